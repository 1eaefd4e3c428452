"""Large numbers, many segments and empty things: the engine's answers do not depend on how the index lies on disk."""

import itertools
import random
import string
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from haystack import connections

from articles.models import Article
from articles.search import indexing
from articles.search.engines.base import Answer, Request
from articles.search.engines.whoosh import writer
from articles.search.engines.whoosh.backend import WhooshBackend
from articles.search.engines.whoosh.schema import Facts, Indexed
from articles.search.engines.whoosh.snapshot import MOST_BEGINNINGS
from articles.search.engines.whoosh.store import Store
from articles.search.tree import And, Fuzzy, InTitle, Node, Not, Or, Phrase, Prefer, Prefix, Same, Word
from articles.text.analysis import Terms

Archive = Callable[..., list[Article]]
TREES: tuple[Node | None, ...] = (
    None,
    Word("w1"),
    Word("w1-w2"),
    Or((Word("w1"), Word("w2"), Word("w3"))),
    And((Word("w1"), Word("w2"))),
    And((Prefix("w"), Not(Word("w3")))),
    Phrase("w1 w2"),
    Phrase("w1 w2", 3),
    Prefix("w1"),
    Fuzzy("w11"),
    InTitle(Word("w1")),
    Prefer(Word("w1"), Word("w2")),
    Same((Word("w1"), Word("w2"))),
)
WORDS = [f"w{number}" for number in range(1, 25)]


@pytest.fixture
def backend(index: Path) -> WhooshBackend:
    found: WhooshBackend = connections["default"].get_backend()
    return found


@pytest.fixture
def many_segments(monkeypatch: pytest.MonkeyPatch) -> None:
    """No commit merges segments."""
    monkeypatch.setattr(writer, "to_merge", lambda segments, added: [])


def varied(archive_of: Callable[..., Article], chance: random.Random, number: int) -> list[int]:
    """Make articles of few words, some of them hidden, undated, tagged or copies; return their keys."""
    return [
        archive_of(
            body=" ".join(chance.choices(WORDS, k=chance.choice([1, 5, 60]))),
            title=" ".join(chance.choices(WORDS, k=2)),
            date=chance.choice(["", "2024-01-01", "2024-02-02"]),
            visible=chance.random() > 0.1,
            language=chance.choice(["en", "ru", ""]),
            copy_group=chance.choice(["", "", "one", "two", "three"]),
            countries=chance.choice([(), ("RU",), ("RU", "FR")]),
        ).pk
        for _ in range(number)
    ]


def answers(backend: WhooshBackend) -> list[Answer]:
    """Return the whole answers to all questions."""
    asked = itertools.product(TREES, ("relevance", "newest", "oldest"), (True, False), (True, False))
    facets = ("country", "about")
    return [
        backend.answer(Request(tree, order=order, limit=None, fold=fold, hidden=hidden, facets=facets, histogram=True))
        for tree, order, fold, hidden in asked
    ]


@pytest.mark.parametrize("seed", [1, 2])
def test_answers_are_the_same_from_many_segments_with_deletions_and_from_one(
    backend: WhooshBackend, make_article: Callable[..., Article], many_segments: None, seed: int
) -> None:
    chance = random.Random(seed)
    keys = varied(make_article, chance, 120)
    for start in range(0, len(keys), 7):
        indexing.update(keys[start : start + 7])
    indexing.update(chance.sample(keys, 20))
    assert len(backend.snapshot().segments) > 15
    first = answers(backend)
    # Once more, from what is kept of the leaves.
    assert answers(backend) == first
    indexing.rebuild()
    assert len(backend.snapshot().segments) == 1
    for before, after in zip(first, answers(backend), strict=True):
        assert (before.ids, before.total, before.stories, before.copies, before.copy_ids, before.facets) == (
            after.ids,
            after.total,
            after.stories,
            after.copies,
            after.copy_ids,
            after.facets,
        )
        assert np.allclose(before.scores, after.scores, atol=2e-4)


@pytest.mark.parametrize("per", [1, 3, 10])
@pytest.mark.parametrize("fold", [True, False])
def test_pages_joined_are_the_whole_answer(
    backend: WhooshBackend, make_article: Callable[..., Article], per: int, fold: bool
) -> None:
    indexing.update(varied(make_article, random.Random(9), 80))
    for tree, order in itertools.product(TREES, ("relevance", "newest")):
        whole = backend.answer(Request(tree, order=order, limit=None, fold=fold)).ids
        pages = [
            backend.answer(Request(tree, order=order, fold=fold, offset=offset, limit=per)).ids
            for offset in range(0, len(whole) + per, per)
        ]
        assert tuple(itertools.chain.from_iterable(pages)) == whole
    assert backend.answer(Request(Word("w1"), offset=10**9, limit=10)).ids == ()


def document(pk: int, *words: str) -> Indexed:
    """Return a document of words that stand one behind the other in its text."""
    exact: dict[str, list[int]] = {}
    for position, word in enumerate(words, 1000):
        exact.setdefault(word, []).append(position)
    body = Terms(exact, {}, Counter(), len(words))
    facts = Facts(pk, 1, 700_000, 700_000, 1, len(words), "", [[], [], [], [], ["en"], []])
    return Indexed(f"articles.article.{pk}", facts, Terms(), body, pk)


def test_a_segment_may_hold_more_documents_than_two_bytes_can_number(backend: WhooshBackend) -> None:
    rare = {65_535, 65_536, 65_537, 70_000}
    with backend.store.writing() as writer_:
        for pk in range(1, 70_001):
            writer_.add_document(document(pk, "all", f"x{pk % 7}", *(("rare", "pair") if pk in rare else ())))
    assert set(backend.answer(Request(Phrase("rare pair"), limit=None)).ids) == rare
    assert backend.answer(Request(Word("x3"), limit=0)).total == 10_000
    with backend.store.writing() as writer_:
        writer_.delete(f"articles.article.{pk}" for pk in range(1, 70_001, 2))
    assert backend.snapshot().size == 35_000
    assert set(backend.answer(Request(Phrase("rare pair"), limit=None)).ids) == {65_536, 70_000}


def test_a_text_may_hold_more_words_than_two_bytes_can_number(backend: WhooshBackend, archive: Archive) -> None:
    (article,) = archive({"body": " ".join(["alpha"] * 300 + [f"n{number}" for number in range(70_000)] + ["omega"])})
    for phrase, found in (("n69999 omega", (article.pk,)), ("omega n69999", ()), ("n10 n65546", ())):
        assert backend.answer(Request(Phrase(phrase))).ids == found
    (segment,) = backend.snapshot().segments
    assert segment.file.postings("text_exact", "alpha").frequencies.tolist() == [300]


def test_no_phrase_reaches_over_the_border_of_segments(
    backend: WhooshBackend, archive: Archive, many_segments: None
) -> None:
    archive({"body": "one two"})
    (second,) = archive({"body": "three four"})
    assert backend.answer(Request(Phrase("two three", 5))).total == 0
    assert backend.answer(Request(Phrase("three four"))).ids == (second.pk,)


def test_more_flags_before_a_word_than_a_byte_can_count_are_counted(backend: WhooshBackend, archive: Archive) -> None:
    flag = "🇷🇺"
    archive({"body": f"{flag * 256} word"})
    (segment,) = backend.snapshot().segments
    assert segment.file.postings("text_exact", flag).in_lead.tolist() == [256]


def test_an_index_of_deleted_documents_only_answers(backend: WhooshBackend, archive: Archive) -> None:
    indexing.remove([article.pk for article in archive({"body": "one"}, {"body": "one"})])
    for order in ("relevance", "newest"):
        answer = backend.answer(Request(Prefix("o"), order=order, fold=True, histogram=True, facets=("country",)))
        assert (answer.total, answer.facets) == (0, {"country": {}})


@pytest.mark.parametrize("number", [0, 50])
def test_leaves_are_kept_up_to_a_number_of_bytes_also_of_small_archives(
    backend: WhooshBackend, archive: Archive, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    archive(*({"body": f"truce {place}"} for place in range(number)))
    leaves = backend.snapshot().leaves
    monkeypatch.setattr(leaves, "_limit", 50_000)
    for place in range(300):
        backend.answer(Request(Word(f"missing{place}"), limit=0))
    assert 1 < len(leaves._kept) <= 90


def test_the_words_of_a_few_first_letters_are_remembered(backend: WhooshBackend, archive: Archive) -> None:
    archive({"body": " ".join(f"{letter}word" for letter in string.ascii_lowercase)})
    for letter in (*string.ascii_lowercase, "a"):
        assert backend.words(letter)[f"{letter}word"] == 1
    assert len(backend.snapshot()._beginnings) == MOST_BEGINNINGS


def test_notes_of_changes_are_parted_by_line_feeds_alone(tmp_path: Path) -> None:
    store = Store(tmp_path / "index")
    build, _ = store.begin()
    store.note_changes(["app.model.a\u2028b", "articles.article.1"])
    assert store.changes(build)[0] == ["app.model.a\u2028b", "articles.article.1"]


def test_a_full_disk_is_not_mended_by_a_rebuild(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    import errno

    from articles.search.engines.base import EngineUnavailable
    from articles.search.engines.whoosh import building

    def full(path: Path, arrays: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    (article,) = archive({"body": "truce"})
    monkeypatch.setattr(building, "write_arrays", full)
    with pytest.raises(EngineUnavailable, match="No space left") as raised:
        indexing.update([article.pk])
    assert "rebuild_index" not in str(raised.value)
