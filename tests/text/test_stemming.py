"""Stems: forms of one word share one."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.normalize import fold
from articles.text.stemming import arabic_candidates, language_of, stems, without_arabic_prefixes, without_arabic_suffix


def share(language: str, *words: str) -> bool:
    """Whether each word shares a stem with the first."""
    first = set(stems(fold(words[0]), language))
    return all(first & set(stems(fold(word), language)) for word in words[1:])


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "sanction sanctions sanctioned"),
        ("en", "minister ministers"),
        ("en", "negotiate negotiating negotiated"),
        ("es", "ministro ministros"),
        ("es", "sanción sanciones"),
        ("fr", "ministre ministres"),
        ("fr", "européen européenne européens"),
        ("ru", "Лавров Лаврова Лаврову Лавровым Лаврове"),
        ("ru", "Иран Ирана Ирану Ираном Иране"),
        ("ru", "Турция Турции Турцию Турцией"),
        ("ru", "министр министра министру министром министре министры министров"),
        ("ru", "переговоры переговоров переговорам переговорами"),
        ("ru", "полёт полета полёты"),
        ("ar", "وزير الوزير ووزير والوزير بالوزير للوزير لوزير"),
        ("ar", "الأردن الاردن بالأردن للأردن والأردن"),
        ("ar", "مفاوضات المفاوضات والمفاوضات بمفاوضات"),
        ("ar", "غزة بغزة وغزة"),
        ("ar", "وَزِير وزير"),
        ("ar", "وزير وبوزير"),
    ],
)
def test_forms_of_one_word_share_a_stem(language: str, words: str) -> None:
    assert share(language, *words.split())


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "iran iraq"),
        ("ru", "Иран Ирак"),
        ("ru", "Лавров Ларов"),
        ("ar", "غزة عزة"),
        ("ar", "سوريا روسيا"),
    ],
)
def test_different_words_share_none(language: str, words: str) -> None:
    assert not share(language, *words.split())


@given(st.text(max_size=40), st.sampled_from(["", "en", "es", "fr", "ru", "ar", "de", "xx"]))
def test_every_word_has_stems_in_every_language(word: str, language: str) -> None:
    found = stems(fold(word), language)
    assert found
    assert all(isinstance(stem, str) for stem in found)


@given(st.text(alphabet="ابتثجحدرسفقكلمنهوي", min_size=1, max_size=12))
def test_an_arabic_word_keeps_three_letters_and_is_its_own_first_candidate(word: str) -> None:
    candidates = arabic_candidates(word)
    assert candidates[0] == word
    assert all(len(candidate) >= min(3, len(word)) for candidate in candidates)
    assert len(candidates) <= 6
    assert without_arabic_prefixes(word)[0] == word
    assert word.startswith(without_arabic_suffix(word))


@pytest.mark.parametrize(
    ("word", "language", "expected"),
    [
        ("Iran", "en", "en"),
        ("Iran", "fr", "fr"),
        ("Iran", "ru", "en"),
        ("Iran", "ar", "en"),
        ("Iran", "", "en"),
        ("Иран", "en", "ru"),
        ("Иран", "ar", "ru"),
        ("إيران", "en", "ar"),
        ("préavis", "fr-CA", "fr"),
        ("2024", "en", "en"),
    ],
)
def test_a_word_is_read_by_the_language_that_its_script_allows(word: str, language: str, expected: str) -> None:
    assert language_of(word, language) == expected


def test_threads_stem_alike() -> None:
    # Fresh words: what is in the cache would hide a shared stemmer.
    words = [f"{start}{end}" for start in ("negoti", "sancti", "minist", "depart") for end in ("ations", "oned", "ers")]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda number: [stems(word + "x" * (number % 3), "en") for word in words], range(64)))
    for number, result in enumerate(found):
        assert result == found[number % 3]


@pytest.mark.parametrize("word", ["\U00017000", "мир\U00017000", "abc", "с1"])
def test_a_word_that_is_not_all_cyrillic_is_its_own_stem_in_russian(word: str) -> None:
    assert stems(word, "ru") == (word,)
