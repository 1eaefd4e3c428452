"""What a person typed -> a tree. Whatever is typed is read; what could not be understood is named with its place."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles.search import grammar
from articles.search.grammar import MAX_LENGTH, MAX_NESTING, MAX_WORD_LENGTH, MAX_WORDS, parse
from articles.search.tree import And, Field, Fuzzy, InTitle, Node, Not, Or, Phrase, Prefix, Word
from articles.text.tokens import tokenize

GAZA, TRUCE, CEASEFIRE, OIL = (Word(text) for text in ("gaza", "truce", "ceasefire", "oil"))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("", None),
        ("   \n\t", None),
        ("gaza", GAZA),
        ("gaza truce", And((GAZA, TRUCE))),
        ("gaza AND truce", And((GAZA, TRUCE))),
        ("gaza OR truce", Or((GAZA, TRUCE))),
        ("gaza truce OR ceasefire", And((GAZA, Or((TRUCE, CEASEFIRE))))),
        ("gaza OR truce ceasefire OR oil", And((Or((GAZA, TRUCE)), Or((CEASEFIRE, OIL))))),
        ("gaza OR truce OR oil", Or((GAZA, TRUCE, OIL))),
        ("gaza OR (truce OR oil)", Or((GAZA, TRUCE, OIL))),
        ("(gaza truce) oil", And((GAZA, TRUCE, OIL))),
        ("(gaza truce) OR oil", Or((And((GAZA, TRUCE)), OIL))),
        ("gaza -truce", And((GAZA, Not(TRUCE)))),
        ("gaza NOT truce", And((GAZA, Not(TRUCE)))),
        ("gaza -(truce OR oil)", And((GAZA, Not(Or((TRUCE, OIL)))))),
        ("-truce", Not(TRUCE)),
        ("NOT NOT truce", TRUCE),
        ("-(-truce)", TRUCE),
        ("-(NOT (-truce))", Not(TRUCE)),
        ("gaza or truce", And((GAZA, Word("or"), TRUCE))),
        ("gaza not truce", And((GAZA, Word("not"), TRUCE))),
        ('"gaza truce"', Phrase("gaza truce")),
        ('"  gaza   truce "', Phrase("gaza truce")),
        ("“gaza truce”", Phrase("gaza truce")),
        ("«перемирие в Газе»", Phrase("перемирие в Газе")),
        ("„gaza truce“", Phrase("gaza truce")),
        ('"gaza truce"~5', Phrase("gaza truce", 5)),
        ('-"gaza truce"', Not(Phrase("gaza truce"))),
        ('"The The"', Phrase("The The")),
        ('"OR"', Phrase("OR")),
        ("sanct*", Prefix("sanct")),
        ("وزي*", Prefix("وزي")),
        ("Lavrof~", Fuzzy("Lavrof")),
        ("title:gaza", InTitle(GAZA)),
        ("TITLE:gaza", InTitle(GAZA)),
        ('title:"gaza truce"', InTitle(Phrase("gaza truce"))),
        ("title:sanct*", InTitle(Prefix("sanct"))),
        ("-title:gaza", Not(InTitle(GAZA))),
        ("country:RU", Field("country", "RU")),
        ("country:روسيا", Field("country", "روسيا")),
        ('country:"Saudi Arabia"', Field("country", "Saudi Arabia")),
        ("-country:RU", Not(Field("country", "RU"))),
        ("after:2023-10-01 oil", And((Field("after", "2023-10-01"), OIL))),
        ("country:RU OR country:IR", Or((Field("country", "RU"), Field("country", "IR")))),
        ("subtitle:gaza", Word("subtitle:gaza")),
        ("https://example.org/a?b=c", Word("https://example.org/a?b=c")),
        ("al-Sabah", Word("al-Sabah")),
        ("C++", Word("C++")),
        ("U.S.", Word("U.S.")),
        ("a", Word("a")),
        ("x:y", Word("x:y")),
        ("body_exact:gaza", Word("body_exact:gaza")),
        ("django_ct:articles.article", Word("django_ct:articles.article")),
        ("🇷🇺", Word("🇷🇺")),
        ("gaza 🇵🇸🇮🇱", And((GAZA, Word("🇵🇸🇮🇱")))),
        ('"🇷🇺 talks"', Phrase("🇷🇺 talks")),
        ("gaza~1", Fuzzy("gaza")),
        ("[a TO z]", And((Word("[a"), Word("TO"), Word("z]")))),
        ("gaza^5", Word("gaza^5")),
        ("gaza\u2028truce", And((GAZA, TRUCE))),
        ("gaza(truce)", And((GAZA, TRUCE))),
        ('gaza"truce"', And((GAZA, Phrase("truce")))),
        # Letters that only look like those of a field's name, or that case folding takes for them.
        ("ſource:wire", Word("ſource:wire")),
        ("mınıster:lavrov", Word("mınıster:lavrov")),
        ("tİtle:gaza", Word("tİtle:gaza")),
    ],
)
def test_a_query_is_read_without_complaint(text: str, tree: Node | None) -> None:
    query = parse(text)
    assert query.tree == tree
    assert query.problems == ()


@pytest.mark.parametrize(
    ("text", "tree", "left_out"),
    [
        ("OR", None, ["OR"]),
        ("AND", None, ["AND"]),
        ("NOT", None, ["NOT"]),
        ("gaza OR", GAZA, ["OR"]),
        ("gaza AND", GAZA, ["AND"]),
        ("OR gaza", GAZA, ["OR"]),
        ("gaza OR OR truce", Or((GAZA, TRUCE)), ["OR"]),
        ("gaza AND OR truce", Or((GAZA, TRUCE)), ["AND"]),
        ("gaza AND AND truce", And((GAZA, TRUCE)), ["AND"]),
        ("gaza OR AND truce", Or((GAZA, TRUCE)), ["AND"]),
        ("gaza NOT", GAZA, ["NOT"]),
        ("gaza OR NOT OR truce", Or((GAZA, TRUCE)), ["NOT", "OR"]),
        ("gaza NOT OR truce", Or((GAZA, TRUCE)), ["NOT"]),
        ("gaza~5", Fuzzy("gaza"), ["5"]),
        ("gaza~0.5 oil", And((Fuzzy("gaza"), OIL)), ["0.5"]),
        ("ga~2", Word("ga"), ["~2"]),
        ("👍", None, ["👍"]),
        ("gaza -", GAZA, ["-"]),
        ("-", None, ["-"]),
        ("()", None, []),
        ("gaza ()", GAZA, []),
        ("(gaza", GAZA, ["("]),
        ("gaza)", GAZA, [")"]),
        (")(", None, [")", "("]),
        ("((gaza) truce", And((GAZA, TRUCE)), ["("]),
        ('gaza "truce', And((GAZA, TRUCE)), ['"']),
        ('""', None, ['""']),
        ('gaza "…"', GAZA, ['"…"']),
        ("*", None, ["*"]),
        ("gaza ?!", GAZA, ["?!"]),
        ("ga*", Word("ga"), ["*"]),
        ("ga~", Word("ga"), ["~"]),
        ("بــ*", Word("بــ"), ["*"]),
        ("al-S*", Word("al-S"), ["*"]),
        ("OR*", Phrase("OR"), ["*"]),
        ("gaza**", Prefix("gaza"), ["**"]),
        ("gaza*~", Prefix("gaza"), ["*~"]),
        ('"gaza truce"~50', Phrase("gaza truce", 10), ["50"]),
        ('"gaza truce"~99999999999999999999', Phrase("gaza truce", 10), ["99999999999999999999"]),
        ("country:", None, ["country:"]),
        ("country: RU", Word("RU"), ["country:"]),
        ('country:"" gaza', GAZA, ["country:", '""']),
        ("title:(gaza truce)", And((GAZA, TRUCE)), ["title:"]),
        ("title:country:RU", Field("country", "RU"), ["title:"]),
        ("title:-gaza", Not(GAZA), ["title:"]),
        ("title:* gaza", GAZA, ["title:*"]),
        ("gaza country:RU:", And((GAZA, Field("country", "RU:"))), []),
    ],
)
def test_what_is_not_understood_is_named_and_the_rest_is_read(
    text: str, tree: Node | None, left_out: list[str]
) -> None:
    query = parse(text)
    assert query.tree == tree
    assert [problem.text for problem in query.problems] == left_out
    for problem in query.problems:
        assert text[slice(*problem.place)] == problem.text
        assert problem.reason


# --- bounds


def leaves(node: Node | None) -> Iterator[Node]:
    if isinstance(node, And | Or):
        for child in node.children:
            yield from leaves(child)
    elif isinstance(node, Not | InTitle):
        yield from leaves(node.child)
    elif node is not None:
        yield node


def test_the_first_500_characters_are_read() -> None:
    query = parse("gaza " * 6 + "x" * 20 + " " * 450 + " truce")
    assert query.tree is not None
    assert Word("truce") not in list(leaves(query.tree))
    assert query.problems[-1].place == (MAX_LENGTH, 506)
    assert parse("gaza" + " " * (MAX_LENGTH - 4)).problems == ()


def test_32_words_are_read_and_the_rest_is_named() -> None:
    words = [f"w{number}" for number in range(40)]
    query = parse(" ".join(words))
    assert [leaf.text for leaf in leaves(query.tree)] == words[:MAX_WORDS]
    assert [problem.text for problem in query.problems] == words[MAX_WORDS:]


@pytest.mark.parametrize("form", ["{}", '"{}"', 'title:"{}"', 'country:"{}"', '"{}"~3'])
def test_words_are_counted_wherever_they_stand(form: str) -> None:
    assert parse(form.format(" ".join(["ab"] * MAX_WORDS))).problems == ()
    query = parse(form.format(" ".join(["ab"] * (MAX_WORDS + 1))))
    assert query.problems
    assert sum(len(str(leaf).split()) for leaf in leaves(query.tree)) <= MAX_WORDS


@pytest.mark.parametrize("form", ["{}", "{}*", "{}~", "title:{}", "country:{}", '"a {}"', 'country:"a {}"', "-{}"])
def test_a_word_has_64_letters_at_most(form: str) -> None:
    assert parse(form.format("x" * MAX_WORD_LENGTH)).problems == ()
    query = parse(f"gaza {form.format('x' * (MAX_WORD_LENGTH + 1))} truce")
    assert "x" * (MAX_WORD_LENGTH + 1) not in str(query.tree)
    assert {GAZA, TRUCE} <= set(leaves(query.tree))
    assert query.problems


def test_parentheses_stand_20_deep() -> None:
    inside = parse("(" * MAX_NESTING + "gaza" + ")" * MAX_NESTING)
    assert (inside.tree, inside.problems) == (GAZA, ())
    beyond = parse("truce " + "(" * (MAX_NESTING + 1) + "gaza" + ")" * (MAX_NESTING + 1))
    assert beyond.tree == TRUCE
    assert len(beyond.problems) == 1


def test_a_hundred_open_parentheses_are_no_trouble() -> None:
    query = parse("(" * 250 + "gaza" + ")" * 246)
    assert query.tree is None
    assert query.problems


# --- for every text

SIGNS = (*"()-*~:\"“”«»'.,#+&|^[]{}\\/ \n\u2028\x00", "OR", "AND", "NOT", " ", " OR ", " -", '"~', "~3", '" "')
NAMES = ("title:", "country:", "after:2023", "lang:")
SOME = ("gaza", "truce", "غزة", "وَزِير", "Лаврова", "al-Sabah", "U.S.", "a", "٣", "ſ", "🇷🇺", "\ud800")
PIECES = st.sampled_from((*SIGNS, *NAMES, *SOME))
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=60).map("".join))


@given(TEXTS)
@example("((((((((((((((((((((((((((((")
@example('country:"-x"')
@example("0~0*")
@example("gaza~1~2*")
@example("gaza~*5")
@example("NOT -(-(x))")
def test_a_tree_as_text_is_read_as_the_same_tree(text: str) -> None:
    tree = parse(text).tree
    written = "" if tree is None else str(tree)
    # Writing may add a space or a quotation mark here and there: at the very bound that can be one too many.
    if len(written) <= MAX_LENGTH:
        again = parse(written)
        assert again.tree == tree
        assert again.problems == ()


def depth(node: Node | None) -> int:
    if isinstance(node, And | Or):
        return 1 + max(depth(child) for child in node.children)
    if isinstance(node, Not | InTitle):
        return 1 + depth(node.child)
    return 0


@given(st.one_of(TEXTS, st.lists(PIECES, min_size=150, max_size=400).map("".join)))
@settings(max_examples=50, deadline=None)
def test_whatever_is_typed_stays_within_the_bounds(text: str) -> None:
    query = parse(text)
    found = list(leaves(query.tree))
    words = [word for leaf in found for word in (leaf.value if isinstance(leaf, Field) else leaf.text).split()]  # type: ignore[union-attr]
    assert len(words) <= MAX_WORDS
    assert all(len(word) <= MAX_WORD_LENGTH for word in words)
    assert depth(query.tree) <= 4 * MAX_NESTING
    for leaf in found:
        assert text[slice(*leaf.place)]  # type: ignore[union-attr]
        if isinstance(leaf, Phrase):
            assert 0 <= leaf.slop <= grammar.MAX_SLOP
        if isinstance(leaf, Prefix | Fuzzy):
            assert len(tokenize(leaf.text)[-1].folded) >= grammar.MIN_PREFIX
    for problem in query.problems:
        start, end = problem.place
        assert 0 <= start < end <= len(text)
        assert len(problem.text) <= 80
        assert text[start:end].startswith(problem.text)


@pytest.mark.parametrize(
    "piece", ["(", ")", '"', "-", "a ", "a OR ", "NOT ", "title:", "*", '"a"~9', "(-", "country:a "]
)
def test_reading_takes_a_number_of_steps_in_proportion_to_the_length(
    piece: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = 0
    original = re.Pattern.finditer

    class Counted:
        def finditer(self, text: str) -> Iterator[re.Match[str]]:
            nonlocal steps
            for match in original(lexeme, text):
                steps += 1 + len(match.group())
                yield match

    lexeme = grammar._LEXEME
    monkeypatch.setattr(grammar, "_LEXEME", Counted())
    text = (piece * MAX_LENGTH)[:MAX_LENGTH]
    parse(text)
    assert steps <= 2 * len(text)
