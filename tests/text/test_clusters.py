"""What a reader takes for one character is one, however many it is in the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.clusters import LONGEST, cluster_end, cluster_start, is_boundary

CLUSTERS = {
    "a letter": "a",
    "a letter with an accent": "e\u0301",
    "an Arabic letter with vowel marks": "مَّ",
    "a Hebrew letter with a point": "שׁ",
    "a Thai letter with a vowel above and a tone": "ที่",
    "a Thai vowel behind its letter": "กำ",
    "a Hindi conjunct": "क्ष",
    "a Hindi conjunct written with a joiner": "क्\u200dष",
    "a Hindi letter with a vowel": "नि",
    "a Korean syllable": "한",
    "a Korean syllable in parts": "\u1112\u1161\u11ab",
    "a Korean syllable and its last consonant": "하\u11ab",
    "a flag": "🇺🇦",
    "the flag of Scotland": "🏴󠁧󠁢󠁳󠁣󠁴󠁿",
    "a skin tone": "👍🏽",
    "a family": "👨‍👩‍👧",
    "a profession with a skin tone": "👩🏽‍⚕️",
    "a heart as a picture": "❤️",
    "a key": "1️⃣",
    "the end of a line": "\r\n",
}


def boundaries(text: str) -> list[int]:
    return [place for place in range(len(text) + 1) if is_boundary(text, place)]


@pytest.mark.parametrize("cluster", CLUSTERS.values(), ids=CLUSTERS)
def test_a_cluster_is_never_cut(cluster: str) -> None:
    text = f"{cluster}{cluster} {cluster}"
    size = len(cluster)
    assert boundaries(text) == [0, size, 2 * size, 2 * size + 1, 3 * size + 1]
    assert [cluster_start(text, place) for place in range(size)] == [0] * size
    assert [cluster_end(text, place) for place in range(1, size + 1)] == [size] * size


@given(st.lists(st.sampled_from(sorted(CLUSTERS.values()))))
def test_clusters_beside_each_other_are_told_apart(clusters: list[str]) -> None:
    places = [0]
    for cluster in clusters:
        places.append(places[-1] + len(cluster))
    assert boundaries("".join(clusters)) == places


def test_an_endless_heap_of_marks_is_cut_after_all() -> None:
    text = "a" + "\u0301" * 1000
    assert cluster_start(text, 500) == cluster_end(text, 500) == 500
    assert cluster_start(text, LONGEST - 1) == 0
