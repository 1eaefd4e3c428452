"""One analysis for index, query and snippets."""

from hashlib import blake2b

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.analysis import VERSION, analyze, compounds, query_stems, search_tokens, word_stems
from articles.text.tokens import tokenize, words_of


def test_words_and_stems_keep_their_positions() -> None:
    terms = analyze("Ministers met. The minister met ministers.", "en", 10)
    assert terms.exact == {"ministers": [10, 15], "met": [11, 14], "the": [12], "minister": [13]}
    assert terms.stems["en:minist"] == [10, 13, 15]
    assert terms.length == 6


def test_an_empty_text_has_no_terms() -> None:
    terms = analyze("", "en")
    assert (terms.exact, terms.stems, terms.length) == ({}, {}, 0)


@pytest.mark.parametrize(
    ("text", "joined", "position"),
    [
        ("Hossein Amir-Abdollahian spoke", "amirabdollahian", 1),
        ("on #RussiaASEAN today", "russiaasean", 1),
        ("the Ash-Shaikh-Ali family", "ashshaikhali", 1),
        ("U.S.-led", "usled", 0),
        ("Тянь-Шань", "тяньшань", 0),
        ("non‑breaking", "nonbreaking", 0),
        ("قال أمير عبد اللهيان أمس", "عبداللهيان", 2),
        ("أحمد أبو الغيط", "ابوالغيط", 1),
    ],
)
def test_words_joined_in_writing_are_also_one_word(text: str, joined: str, position: int) -> None:
    terms = analyze(text, "en")
    assert terms.exact[joined] == [position]
    assert terms.length == len(tokenize(text))


@pytest.mark.parametrize("text", ["one - two", "one – two", "one, two", "one. two", "one two", "one\ntwo"])
def test_words_with_a_space_between_are_not_joined(text: str) -> None:
    assert list(compounds(text, words_of(text))) == []


@pytest.mark.parametrize(
    ("query", "text", "language"),
    [
        ("ministers", "The minister left", "en"),
        ("ministros", "El ministro salió", "es"),
        ("européennes", "une mission européenne", "fr"),
        ("Лаврова", "Лавров прибыл", "ru"),
        ("Лаврова", "Sergey Lavrov (Лавров) arrived", "en"),
        ("وزير", "وقال ووزير آخر", "ar"),
        ("الأردن", "وصل إلى الاردن", "ar"),
        ("sanctions", "В тексте: sanctions и меры", "ru"),
        ("ASEAN", "قمة ASEAN اليوم", "ar"),
        ("ministers", "minister", ""),
    ],
)
def test_a_word_of_a_query_meets_its_forms_in_a_text(query: str, text: str, language: str) -> None:
    (token,) = tokenize(query)
    assert set(query_stems(token)) & set(analyze(text, language).stems)


def test_a_flag_is_a_term_that_takes_no_place_among_the_words() -> None:
    terms = analyze("🇷🇺 Russia 🇮🇷 and 🇹🇷", "en")
    assert terms.exact == {"🇷🇺": [0], "russia": [0], "🇮🇷": [1], "and": [1], "🇹🇷": [2]}
    assert terms.length == 2
    assert [token.text for token in search_tokens("x🇷🇺 y")] == ["x", "🇷🇺", "y"]


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("зерновой", "зерно", {"ru:зерно"}),
        ("украинская", "Украину", {"ru:украи"}),
        ("британские", "Британия", {"ru:брита"}),
        # Four letters are too few to tell a family.
        ("иранский", "Иран", set()),
        ("перемирие", "переговоры", set()),
    ],
)
def test_russian_words_of_one_family_share_a_root(one: str, other: str, shared: set[str]) -> None:
    assert analyze(one, "ru").roots.keys() & analyze(other, "ru").roots.keys() == shared


@pytest.mark.parametrize(("text", "language"), [("grains", "en"), ("الحبوب", "ar"), ("мир", "ru")])
def test_other_languages_and_short_words_have_no_root(text: str, language: str) -> None:
    assert analyze(text, language).roots == {}


def test_stems_of_two_languages_never_meet() -> None:
    assert word_stems("son", "en") == ("en:son",)
    assert not set(word_stems("actual", "en")) & set(word_stems("actual", "es"))


@given(st.text(), st.sampled_from(["", "en", "ru", "ar", "fr"]), st.integers(0, 1000))
def test_positions_are_ascending_and_without_doubles(text: str, language: str, first: int) -> None:
    terms = analyze(text, language, first)
    for positions in terms.exact.values():
        assert positions == sorted(set(positions))
        assert all(first <= position < first + terms.length for position in positions)
    assert "" not in terms.exact
    assert all(positions == sorted(positions) for positions in terms.stems.values())


SAMPLES = (
    ("en", "Foreign Minister Sergey Lavrov's envoys met al-Sabah in Kuwait; oil-rich states' talks resumed 🇷🇺🇰🇼."),
    ("ru", "Министр иностранных дел Сергей Лавров встретился с представителями Турции и зерновыми трейдерами."),
    ("ar", "التقى وزير الخارجية الأردني أيمن الصفدي عبد الله بن زايد، وبحث معه الأوضاع في غزة وللبنان."),
    ("es", "El canciller iraní habló con los ministros sobre las sanciones y la energía."),
    ("fr", "Le ministre des Affaires étrangères s'est rendu à l'Élysée pour parler d'énergie."),
)


def test_the_version_is_raised_when_words_come_out_otherwise() -> None:
    found = [analyze(text, language, 1000) for language, text in SAMPLES]
    content = repr(
        [(sorted(terms.exact.items()), sorted(terms.stems.items()), sorted(terms.roots.items())) for terms in found]
    )
    made = (VERSION, blake2b(content.encode(), digest_size=8).hexdigest())
    # An index made before would be searched for words that it holds in another form: raise VERSION, then this.
    assert made == (1, "7e6b538f2910251e")
