"""The passages of a text that show most of a search, as safe HTML."""

import html
import re
import time
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.grammar import parse
from articles.search.snippets.finding import Match
from articles.search.snippets.html import article_snippet, marked, snippet
from articles.search.snippets.marking import Marker
from articles.search.snippets.passages import FRAGMENTS, LENGTH, MOST, passages
from articles.search.tree import And, Same, Tagged, Word

MARK = re.compile(r"<mark>(.*?)</mark>", re.DOTALL)
TAG = re.compile(r"</?(?:mark|bdi)>")
LRM, RLM = "\u200e", "\u200f"


def shown_of(query: str, text: str, language: str = "en") -> str:
    return snippet(text, Marker.of(parse(query).tree).matches(text, language))


def fragments_of(shown: str) -> list[str]:
    """Return the passages of a snippet, marks in them, without what was put around them."""
    isolated = re.findall(r"<bdi>(.*?)</bdi>", shown, re.DOTALL)
    bare = [shown.lstrip(LRM + RLM).removeprefix("… ").removesuffix(" …")]
    return [fragment.lstrip(LRM + RLM) for fragment in isolated or bare]


def read(shown: str) -> str:
    """Return HTML as read by a person."""
    return html.unescape(TAG.sub("", shown))


# --- as HTML


def test_markup_in_a_text_is_shown_and_never_obeyed() -> None:
    text = "<script>alert('gaza')</script> & &amp; <b title=\"x\">truce</b></mark><bdi>"
    spans = Marker.of(parse("gaza script").tree).spans(text, "en")
    for shown in (marked(text, spans), shown_of("gaza script", text)):
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


def test_a_mark_holds_whole_characters_and_no_space_at_its_ends() -> None:
    assert marked("cafe\u0301 bar", [(0, 4)]) == "<mark>cafe\u0301</mark> bar"
    assert marked("👍🏽👍", [(1, 2)]) == "<mark>👍🏽</mark>👍"
    assert marked("a b c", [(1, 4), (4, 4)]) == "a <mark>b</mark> c"


@pytest.mark.parametrize("sign", [*"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", "\x00", "\ud83d"])
def test_what_would_reach_over_the_end_of_a_passage_is_left_out(sign: str) -> None:
    text = f"{sign}A {sign}truce{sign} in {sign}Gaza."
    assert shown_of("truce", text) == "A <mark>truce</mark> in Gaza."
    assert marked(text, [(0, 1)]) == "A truce in Gaza."
    assert shown_of("truce", sign) == ""


# --- the passages

FILLER = " ".join(f"word{number}" for number in range(400))


def test_a_short_text_is_shown_whole() -> None:
    assert shown_of("truce", "A truce in Gaza.") == "A <mark>truce</mark> in Gaza."
    text = f"Truce.{' The talks go on.' * 18}"
    assert len(text) < MOST
    assert read(shown_of("truce", text)) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Heading\n\nA truce.", "Heading · A <mark>truce</mark>."),
        ("It ended.\n\nA truce.", "It ended. A <mark>truce</mark>."),
        ("Truce\n\n \n talks", "<mark>Truce</mark> · talks"),
        ("عنوان\n\nهدنة؟\n\nنعم truce", "عنوان · هدنة؟ نعم <mark>truce</mark>"),
        ("  A\u00a0truce\tin \n Gaza ", "A <mark>truce</mark> in Gaza"),
    ],
)
def test_a_passage_is_one_line(text: str, shown: str) -> None:
    assert shown_of("truce", text) == shown


def test_without_anything_to_mark_the_beginning_is_shown() -> None:
    shown = snippet(f"  {FILLER}", [])
    assert shown.startswith("word0 word1 ")
    assert shown.endswith(" …")
    assert LENGTH - 20 < len(shown) <= LENGTH + 2
    assert snippet(" \n ", []) == snippet("", []) == ""


def test_matches_that_stand_together_are_one_passage() -> None:
    text = f"{FILLER} gaza {FILLER[:100]} truce {FILLER[:60]} aid {FILLER}"
    shown = shown_of("gaza truce aid", text)
    assert MARK.findall(shown) == ["gaza", "truce", "aid"]
    assert "<bdi>" not in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert LENGTH - 40 <= len(read(shown)) <= MOST


def test_three_passages_at_most_show_the_different_words() -> None:
    text = f"gaza gaza gaza {FILLER} truce {FILLER} gaza gaza {FILLER} aid {FILLER} gaza gaza gaza gaza {FILLER}"
    shown = shown_of("gaza truce aid", text)
    assert [set(MARK.findall(fragment)) for fragment in fragments_of(shown)] == [{"truce"}, {"aid"}, {"gaza"}]
    assert re.sub("<bdi>.*?</bdi>", "F", shown) == "… F … F … F …"
    assert LENGTH - 60 <= sum(len(read(fragment)) for fragment in fragments_of(shown)) <= MOST


def test_different_words_go_before_many_and_a_phrase_before_single_words() -> None:
    shown = shown_of("gaza truce", f"{'gaza ' * 9} {FILLER} truce in gaza {FILLER} truce {FILLER}")
    assert any("<mark>truce</mark> in <mark>gaza</mark>" in fragment for fragment in fragments_of(shown))
    far_apart = f"gaza {FILLER[:50]} truce {FILLER} " * 5
    shown = shown_of("gaza truce", f"{far_apart} truce in gaza {far_apart}")
    assert any("<mark>truce</mark> in <mark>gaza</mark>" in fragment for fragment in fragments_of(shown))
    shown = shown_of('gaza OR "truce in gaza"', f"{'gaza ' * 9} {FILLER} truce in gaza {FILLER} gaza {FILLER}")
    assert any("<mark>truce in gaza</mark>" in fragment for fragment in fragments_of(shown))


def test_a_passage_with_less_than_half_of_the_words_is_not_worth_showing() -> None:
    text = f"gaza truce aid {FILLER} gaza {FILLER} gaza {FILLER}"
    shown = shown_of("gaza truce aid", text)
    assert MARK.findall(shown) == ["gaza", "truce", "aid"]


def test_one_word_is_shown_at_several_places() -> None:
    shown = shown_of("truce", f"{FILLER} truce {FILLER} truce {FILLER} truce {FILLER} truce")
    assert len(fragments_of(shown)) == 3
    assert MARK.findall(shown) == ["truce"] * 3


@pytest.mark.parametrize(
    ("before", "starts"),
    [
        (f"{FILLER}. Ministers from five states agreed in the night on a ", "Ministers from five"),
        (f"{FILLER}? – Министры пяти стран в ночь на вторник договорились: ", "– Министры пяти"),
        (f"{FILLER}؟ وافق الوزراء ليل أمس على ", "وافق الوزراء"),
        (f"{FILLER}。部长们昨晚同意", "部长们"),
        (f"{FILLER}\n\nMinistros de cinco estados acordaron una ", "Ministros de"),
        (f"{FILLER} and then Mr. Smith agreed to the ", "word"),
    ],
)
def test_a_passage_rather_starts_with_a_sentence(before: str, starts: str) -> None:
    shown = shown_of("truce", f"{before} truce {FILLER}")
    assert fragments_of(shown)[0].startswith(starts)


@pytest.mark.parametrize("word", ["truce", "Лавров", "وزير", "#GazaTruce", "U.S.-backed", "«мир»"])
def test_passages_start_and_end_with_whole_words(word: str) -> None:
    for filler in (FILLER, "слово дом-музей объявлено " * 100, "كلمة والكلمات لِلمَدينَةِ " * 100):
        text = f"{filler} {word} {filler} {word} {filler}"
        query = {"#GazaTruce": "truce", "U.S.-backed": "U.S.", "«мир»": "мир"}.get(word, word)
        fragments = fragments_of(shown_of(query, text))
        assert len(fragments) == 2
        for fragment in fragments:
            assert set(read(fragment).split()) <= set(text.split())


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
        ("gaza," * 2000, "gaza"),
        ("😀" * 1000 + " gaza", "gaza"),
        ("🇺🇦" * 1000 + "gaza" + "🇺🇦" * 1000, "gaza"),
        (" " * 1000 + "gaza", "gaza"),
        ("停火协议今天生效，" * 100 + "gaza，" + "部长们说。" * 100, "gaza"),
        ("ที่ประชุม" * 200 + " gaza " + "ที่ประชุม" * 200, "gaza"),
    ],
)
def test_odd_texts_have_a_passage_too(text: str, query: str) -> None:
    shown = shown_of(query, text)
    assert "<mark>" in shown
    assert sum(len(read(fragment)) for fragment in fragments_of(shown)) <= MOST


def test_texts_without_spaces_are_cut_between_characters() -> None:
    text = "ที่ประชุมรัฐมนตรี" * 200
    shown = read(snippet(text, [Match(2000, 2017)])).strip("… ")
    assert shown in text
    assert not unicodedata.combining(shown[0])
    assert len(shown) > LENGTH - 40


# --- the title made from the text

REST = "The envoys met again on Tuesday and spoke of the border, of water and of grain."


@pytest.mark.parametrize(
    ("title", "body", "query", "shown"),
    [
        ("A truce holds", f"A truce holds.\n\n{REST}", "envoys", f"… {REST}"),
        ("A truce holds", f"A truce holds.\n\n{REST}", "", f"… {REST}"),
        ("A truce holds", f"A truce holds.\n\n{REST} The truce, too.", "truce", f"… {REST} The truce, too."),
        ("A truce holds", f"A truce holds.\n\n{REST}", "truce", f"A truce holds. {REST}"),
        ("A truce holds", f"🇺🇦🇺🇦 A  truce\tholds.\n\n{REST}", "grain", f"… {REST}"),
        ("The envoys met again…", REST, "water", "… on Tuesday and spoke of the border, of water and of grain."),
        ("A truce holds", "A truce holds.", "truce", "A truce holds."),
        ("A truce holds", "A truce holds.", "", "A truce holds."),
        ("Edited since", f"A truce holds.\n\n{REST}", "envoys", f"A truce holds. {REST}"),
    ],
)
def test_a_title_made_from_the_text_is_not_repeated(
    make_article: Callable[..., Any], title: str, body: str, query: str, shown: str
) -> None:
    article = make_article(body, title, title_made=True)
    assert read(article_snippet(article, Marker.of(parse(query).tree))) == shown


def test_a_headline_may_be_repeated(make_article: Callable[..., Any]) -> None:
    article = make_article(f"A truce holds.\n\n{REST}", "A truce holds")
    assert read(article_snippet(article, Marker.of(Word("envoys")))) == f"A truce holds. {REST}"


# --- both directions

ARABIC = "قال الوزير إن المفاوضات مستمرة في العاصمة منذ أسابيع " * 20


def test_passages_of_a_text_from_right_to_left_are_isolated_and_the_whole_runs_like_the_text() -> None:
    shown = shown_of("truce", f"{ARABIC} truce {ARABIC} truce {ARABIC}", "ar")
    assert re.sub("<bdi>.*?</bdi>", "F", shown) == f"{RLM}… F … F …"
    assert all(unicodedata.bidirectional(fragment[0]) == "AL" for fragment in fragments_of(shown))


def test_a_passage_that_starts_with_a_word_of_the_other_direction_keeps_the_text_s_own() -> None:
    assert shown_of("nato", "NATO: قال الوزير إن المفاوضات مستمرة", "ar").startswith(f"{RLM}<mark>NATO</mark>")
    assert shown_of("هدنة", "هدنة is the Arabic word for a truce", "en").startswith(f"{LRM}<mark>هدنة</mark>")
    long = f"{ARABIC.strip()}. NATO {ARABIC.strip()}. NATO {ARABIC}"
    assert re.sub("<bdi>.*?(<mark>.*?)</bdi>", r"F", shown_of("nato", long, "ar")) == f"{RLM}… F … F …"
    assert shown_of("nato", long, "ar").count(f"<bdi>{RLM}<mark>NATO") == 2
    assert shown_of("truce", f"{FILLER} truce {FILLER} truce {FILLER}").count(LRM) == 0


# --- any text, any matches

CLUSTERS = ["مَّ", "e\u0301", "👨‍👩‍👧", "🇺🇦", "👍🏽", "ที่", "क्ष"]
PIECES = [
    "a",
    "gaza",
    " ",
    "  ",
    "\n",
    "\n\n",
    "<b>",
    "&amp;",
    "&",
    '"',
    ". ",
    "غزة",
    "中",
    "。",
    "\u202e",
    "\u2069",
    "mark",
]
# What the passages may consist of: nothing that is a part of a cluster.
WHOLE = re.compile(f'(?:{"|".join(CLUSTERS)}|[a-dg-z<>&;. ·。中غزة"])*')
DROPPED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]")
MATCHES = st.lists(st.tuples(st.integers(0, 3000), st.integers(1, 400), st.integers(1, 7), st.booleans()), max_size=12)


def within(text: str, places: list[tuple[int, int, int, bool]]) -> list[Match]:
    return [
        Match(start, min(start + size, len(text)), words << 1, together)
        for start, size, words, together in places
        if text[start : start + size].strip()
    ]


def one_line(text: str) -> str:
    return re.sub(r"(?:\s|·)+", " ", DROPPED.sub("", text))


def check(text: str, matches: list[Match], opening: int = 0) -> list[str]:
    """Check what holds for every snippet; return its passages."""
    shown = snippet(text, matches, opening)
    fragments = fragments_of(shown)
    assert len(fragments) <= FRAGMENTS
    assert sum(len(read(fragment).replace(" · ", "  ")) for fragment in fragments) <= MOST
    rest = one_line(text)
    for fragment in fragments:
        piece = one_line(read(fragment)).strip()
        assert piece in rest
        rest = rest[rest.index(piece) + len(piece) :]
    assert "<" not in TAG.sub("", shown)
    assert re.fullmatch(r"(?:[^<]|<mark>[^<]+</mark>)*", TAG.sub(lambda tag: tag[0] if "mark" in tag[0] else "", shown))
    assert re.fullmatch(r"(?:[^<]|</?mark>|<bdi>(?:[^<]|</?mark>)*</bdi>)*", shown)
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", shown)
    assert re.sub(r"&(?:amp|lt|gt|quot|#x27);", "", shown).count("&") == 0
    return fragments


@given(st.lists(st.sampled_from(PIECES + CLUSTERS), max_size=60), st.integers(1, 40), MATCHES, st.integers(0, 30))
def test_any_passages_are_pieces_of_the_text_in_order_with_no_character_cut(
    pieces: list[str], times: int, places: list[tuple[int, int, int, bool]], opening: int
) -> None:
    text = "".join(pieces) * times
    fragments = check(text, within(text, places), len("".join(pieces[:opening])))
    for fragment in fragments:
        for part in TAG.split(fragment):
            assert WHOLE.fullmatch(html.unescape(part))


@given(st.text(st.characters(exclude_characters="·…", exclude_categories=["Cs"])), st.integers(1, 100), MATCHES)
def test_any_text_in_any_script_is_shown_safely(
    text: str, times: int, places: list[tuple[int, int, int, bool]]
) -> None:
    text *= times
    matches = within(text, places)
    check(text, matches)
    shown = marked(text, [(match.start, match.end) for match in matches])
    assert read(shown) == DROPPED.sub("", text)


@given(st.text(max_size=300), st.integers(1, 20), MATCHES, st.integers(0, 500))
def test_passages_are_few_short_and_in_order(
    text: str, times: int, places: list[tuple[int, int, int, bool]], opening: int
) -> None:
    text *= times
    found = passages(text, within(text, places), opening)
    assert len(found) <= FRAGMENTS
    assert sum(end - start for start, end in found) <= MOST
    edges = [place for passage in found for place in passage]
    assert edges == sorted(set(edges))
    assert not edges or (edges[0] >= 0 and edges[-1] <= len(text))


# --- an article


def test_a_name_in_another_script_shows_the_words_that_ask_for_it(make_article: Callable[..., Any]) -> None:
    """Gaza and the name by whichever words: the passage with both is the best, and nothing of it is missing."""
    body = f"Sergey spoke. {FILLER} غزة لافروف {FILLER} gaza {FILLER}"
    article = make_article(body, ministers=("sergey-lavrov",))
    tag = article.minister_tags.get()
    tag.evidence = [["body", body.index("لافروف"), body.index("لافروف") + 6]]
    tag.save()
    name = Same((And((Word("sergey"), Word("lavrov"))), Tagged("minister", ("sergey-lavrov",))))
    shown = article_snippet(article, Marker.of(And((name, Word("غزة")))))
    assert "<mark>غزة</mark> <mark>لافروف</mark>" in shown


def test_snippets_come_fast() -> None:
    """Twenty long texts: 0.1 s where nothing else runs."""
    texts = [f"{number} {FILLER} gaza truce {FILLER} aid. " * 12 for number in range(20)]
    assert all(len(text) > 50_000 for text in texts)
    marker = Marker.of(parse('gaza truce "gaza truce" aid*').tree)
    started = time.perf_counter()
    for text in texts:
        snippet(text, marker.matches(text, "en"))
    assert time.perf_counter() - started < 2
