"""Words and their places, in any script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.tokens import flags, script, tokenize

# Letters, marks, signs and spaces that real posts mix.
MIXED = st.text(alphabet=st.sampled_from(list("aAbZéß'’-.,#+_ 0٣\n@*\"яЯйё") + list("غزةوَّـ\u200c\u0301\u200f🇷🇺😀ǅ²ʼﷺ")))


def folded(text: str) -> list[str]:
    return [token.folded for token in tokenize(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        (" \n\t", []),
        ("— … !?", []),
        ("The truce held.", ["the", "truce", "held"]),
        ("the U.S. and the U.N.", ["the", "us", "and", "the", "un"]),
        ("the U.S envoy", ["the", "us", "envoy"]),
        ("the U.S.-led talks", ["the", "us", "led", "talks"]),
        ("и т.е. так", ["и", "те", "так"]),
        ("C++ and C# and c", ["c++", "and", "c#", "and", "c"]),
        ("10+ countries", ["10", "countries"]),
        ("a+b", ["a", "b"]),
        ("Iran's envoy", ["iran", "envoy"]),
        ("Iran’s envoy", ["iran", "envoy"]),
        ("Iranʼs envoy", ["iran", "envoy"]),
        ("O´Brien", ["obrien"]),
        ("the ministers' statement", ["the", "ministers", "statement"]),
        ("O'Brien", ["obrien"]),
        ("l'Iran et l’Irak", ["iran", "et", "irak"]),
        ("d'Orsay, qu'Israël", ["orsay", "israel"]),
        ("aujourd'hui", ["aujourdhui"]),
        ("Amir-Abdollahian", ["amir", "abdollahian"]),
        ("al-Sabah", ["al", "sabah"]),
        ("3.5 million, 1,200 tonnes, 2024", ["3.5", "million", "1,200", "tonnes", "2024"]),
        ("#RussiaASEAN", ["russia", "asean"]),
        ("#UNGAHighLevel2024", ["unga", "high", "level", "2024"]),
        ("#ASEAN", ["asean"]),
        ("#ЛавровВТурции", ["лавров", "в", "турции"]),
        ("#غزة", ["غزه"]),
        ("#فِلسطين", ["فلسطين"]),
        ("#القاهرة_الإخبارية", ["القاهره", "الاخباريه"]),
        ("#ÉtatsUnis", ["etats", "unis"]),
        ("#gaza#israel", ["gaza", "israel"]),
        ("وَزِيرُ الخَارِجِيَّة", ["وزير", "الخارجيه"]),
        ("وزيـــر", ["وزير"]),
        ("ـ", []),
        ("ʼ", []),
        ("سوريا، لبنان؛ مصر؟", ["سوريا", "لبنان", "مصر"]),
        ("Лаврова «о Сирии»", ["лаврова", "о", "сирии"]),
        ("🇷🇺 Russia 🇮🇷", ["russia"]),
        ("snake_case_word", ["snake", "case", "word"]),
        ("Türkiye İran", ["turkiye", "iran"]),
        ("e\u0301tat d'e\u0301xil", ["etat", "exil"]),
    ],
)
def test_a_text_is_cut_into_the_words_that_a_reader_sees(text: str, words: list[str]) -> None:
    assert folded(text) == words


@given(st.one_of(st.text(), MIXED))
def test_offsets_point_at_the_word_in_the_text_as_given(text: str) -> None:
    end = 0
    for token in tokenize(text):
        assert end <= token.start < token.end <= len(text)
        assert text[token.start : token.end] == token.text
        end = token.end


@given(st.one_of(st.text(), MIXED))
def test_no_word_folds_to_nothing(text: str) -> None:
    for token in tokenize(text):
        assert any(letter.isalnum() for letter in token.folded), repr(token)


@given(st.text(alphabet="abcXYZéÉяЯ٣7غزةَ", max_size=30))
def test_a_hashtag_loses_no_letter(tag: str) -> None:
    assert "".join(folded(f"#{tag}")) == "".join(folded(tag))


def test_flags_are_their_country_codes_with_their_places() -> None:
    text = "Talks 🇷🇺🇮🇷 in 🇴🇲"
    assert [code for code, _, _ in flags(text)] == ["RU", "IR", "OM"]
    assert all(text[start:end] for _, start, end in flags(text))
    assert flags("no flag here 😀") == []


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Iran", "latin"),
        ("Élysée", "latin"),
        ("Иран", "cyrillic"),
        ("إيران", "arabic"),
        ("ایران", "arabic"),
        ("Αθήνα", "other"),
        ("2024", "other"),
        ("", "other"),
        ("2я", "cyrillic"),
    ],
)
def test_the_script_of_a_word_is_that_of_its_first_letter(word: str, kind: str) -> None:
    assert script(word) == kind
