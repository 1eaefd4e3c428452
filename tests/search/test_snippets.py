"""Where the words of a search stand in a text, and the passage that shows most of them."""

import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.search.grammar import parse
from articles.search.snippets import LENGTH, SEARCHED, Marker, evidence, marked, snippet
from articles.search.tree import And, Or, Tagged, Word

MARK = re.compile(r"<mark>(.*?)</mark>", re.DOTALL)


def marks(query: str, text: str, language: str = "en") -> list[str]:
    """Return what a query marks in a text, as read by a person."""
    shown = marked(text, Marker.of(parse(query).tree).spans(text, language))
    return [html.unescape(found) for found in MARK.findall(shown)]


@pytest.mark.parametrize(
    ("query", "text", "language", "found"),
    [
        ("truce", "The truce held; the TRUCE, they said.", "en", ["truce", "TRUCE"]),
        ("minister", "Two ministers met a minister.", "en", ["ministers", "minister"]),
        ('"minister"', "Two ministers met a minister.", "en", ["minister"]),
        ("gaza truce", "A truce in Gaza", "en", ["truce", "Gaza"]),
        ("gaza OR truce", "A truce", "en", ["truce"]),
        ("gaza -truce", "A truce in Gaza", "en", ["Gaza"]),
        ("gaza -(truce OR aid)", "Aid and a truce in Gaza", "en", ["Gaza"]),
        ('"truce in Gaza"', "A truce in Gaza, a truce in Sudan", "en", ["truce in Gaza"]),
        ('"gaza truce"~5', "A truce in Gaza", "en", ["truce", "Gaza"]),
        ("sanct*", "Sanctions on a sanctuary", "en", ["Sanctions", "sanctuary"]),
        ("lavrof~", "Lavrov met Lavro", "en", ["Lavrov", "Lavro"]),
        ("title:gaza", "A truce in Gaza", "en", ["Gaza"]),
        ("country:RU", "Russia RU", "en", []),
        ("al-sabah", "Sheikh al-Sabah, alsabah, Al Sabah", "en", ["al-Sabah", "alsabah", "Al Sabah"]),
        ("U.S.", "The U.S. and the US", "en", ["U.S.", "US"]),
        ("iran", "Iran's envoy; l'Iran", "en", ["Iran", "Iran"]),
        ("asean", "On #RussiaASEAN today", "en", ["ASEAN"]),
        ("Лаврова", "Лавров и Лаврову", "ru", ["Лавров", "Лаврову"]),
        ("лавров", "Lavrov (Лаврова)", "en", ["Лаврова"]),
        ("وزير", "وقال ووزير الخارجية", "ar", ["ووزير"]),
        ("الاردن", "في الأردن وبالأردن", "ar", ["الأردن", "وبالأردن"]),
        ("وزير", "قال وَزِيرُ الخارجية", "ar", ["وَزِيرُ"]),
        ("turkiye", "Türkiye", "en", ["Türkiye"]),
        ("gaza", "", "en", []),
        ("c++", "C, C++", "en", ["C++"]),
    ],
)
def test_the_words_of_a_search_are_marked_in_all_their_forms(
    query: str, text: str, language: str, found: list[str]
) -> None:
    assert marks(query, text, language) == found


def test_markup_in_a_text_is_shown_and_never_obeyed() -> None:
    text = "<script>alert('gaza')</script> & <b title=\"x\">truce</b>"
    shown = marked(text, Marker.of(parse("gaza script").tree).spans(text, "en"))
    assert "<script" not in shown
    assert "<b" not in shown
    assert "&lt;<mark>script</mark>&gt;alert(&#x27;<mark>gaza</mark>&#x27;)" in shown
    assert html.unescape(re.sub("</?mark>", "", shown)) == text


def test_spans_that_overlap_or_touch_are_one_mark() -> None:
    assert marked("abcdef", [(1, 3), (2, 4), (4, 5), (1, 3)]) == "a<mark>bcde</mark>f"
    assert marked("abcdef", [(4, 5), (0, 1)]) == "<mark>a</mark>bcd<mark>e</mark>f"
    assert marked("abcdef", []) == "abcdef"


def test_a_mark_that_the_passage_cuts_is_cut_with_it() -> None:
    assert marked("abcdef", [(0, 6)], 2, 4) == "<mark>cd</mark>"
    assert marked("abcdef", [(0, 1), (5, 6)], 2, 4) == "cd"


# --- the passage

FILLER = " ".join(f"word{number}" for number in range(400))


def test_a_short_text_is_shown_whole() -> None:
    assert snippet("A truce in Gaza.", [(2, 7)]) == "A <mark>truce</mark> in Gaza."


def test_without_anything_to_mark_the_beginning_is_shown() -> None:
    shown = snippet(FILLER, [])
    assert shown.startswith("word0 word1 ")
    assert shown.endswith(" …")
    assert len(shown) <= LENGTH + 2


def test_the_passage_with_most_marks_is_shown() -> None:
    text = f"gaza {FILLER} gaza truce gaza {FILLER} gaza"
    shown = snippet(text, Marker.of(parse("gaza truce").tree).spans(text, "en"))
    assert MARK.findall(shown) == ["gaza", "truce", "gaza"]
    assert shown.startswith("… ")
    assert shown.endswith(" …")


def test_a_passage_starts_and_ends_with_whole_words() -> None:
    text = f"{FILLER} truce {FILLER}"
    shown = snippet(text, Marker.of(parse("truce").tree).spans(text, "en"))
    words = re.sub("</?mark>|…", "", shown).split()
    assert set(words) <= set(text.split())


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("a" * 3000, "aaa*"),
        (f"{FILLER} {'a' * 3000}", "aaa*"),
        (f"{'a' * 3000} {FILLER}", "aaa*"),
        ("#" + "GazaTruce" * 100, "gaza truce"),
        ("غزة" * 500, "غزة*"),
        ("gaza " * 2000, "gaza"),
        ("gaza\n" * 200, "gaza"),
        ("😀" * 1000 + " gaza", "gaza"),
        (" " * 1000 + "gaza", "gaza"),
    ],
)
def test_odd_texts_have_a_passage_too(text: str, query: str) -> None:
    shown = snippet(text, Marker.of(parse(query).tree).spans(text, "en"))
    assert "<mark>" in shown
    assert len(html.unescape(MARK.sub(r"\1", shown))) <= LENGTH + 4


SPANS = st.lists(st.tuples(st.integers(0, 1200), st.integers(1, 400)), max_size=12)


@given(
    st.builds(lambda piece, times: piece * times, st.text(alphabet="ab <&>غ\n😀", max_size=40), st.integers(1, 40)),
    SPANS,
)
@settings(deadline=None)
def test_any_passage_is_a_piece_of_the_text_with_nothing_but_marks_added(
    text: str, places: list[tuple[int, int]]
) -> None:
    spans = [(start, min(start + size, len(text))) for start, size in places if start < len(text)]
    shown = snippet(text, spans)
    bare = html.unescape(re.sub("</?mark>", "", shown))
    assert bare.removeprefix("… ").removesuffix(" …") in text
    assert len(bare) <= LENGTH + 4
    assert shown.count("<mark>") == shown.count("</mark>")
    assert "<" not in re.sub("</?mark>", "", shown)
    if spans:
        assert "<mark>" in shown


# --- people


def test_a_person_asked_for_is_marked_where_the_text_names_him(make_article) -> None:  # type: ignore[no-untyped-def]
    article = make_article("قال لافروف أمس", "Lavrov speaks", ministers=("sergey-lavrov", "wang-yi"))
    tag = article.minister_tags.get(minister__slug="sergey-lavrov")
    tag.evidence = [["title", 0, 6], ["body", 4, 10], ["body", 4, 9999]]
    tag.save()
    tree = Or((Word("Лавров"), Tagged("minister", ("sergey-lavrov",))))
    assert Marker.of(tree).spans_in(article, "title") == [(0, 6)]
    assert Marker.of(tree).spans_in(article, "body") == [(4, 10)]
    assert evidence(article, {"wang-yi"}, "title", 100) == []
    assert Marker.of(And((Word("x"), Tagged("country", ("RU",))))).spans_in(article, "title") == []


def test_a_very_long_text_is_looked_through_from_its_beginning_only(make_article) -> None:  # type: ignore[no-untyped-def]
    article = make_article("gaza " + "x " * SEARCHED + "gaza")
    assert Marker.of(Word("gaza")).spans_in(article, "body") == [(0, 4)]
