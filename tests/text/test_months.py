"""Names of months against CLDR's."""

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from articles.text.months import number_of
from articles.text.other_months import other_number_of


@pytest.mark.parametrize(
    "language", ["en", "es", "fr", "ru", "ar", "ar_SY", "ar_IQ", "ar_LB", "ar_JO", "ar_DZ", "ar_TN", "ar_MA", "ar_MR"]
)
@pytest.mark.parametrize("width", ["wide", "abbreviated"])
def test_every_name_that_cldr_gives_a_month_is_known(language: str, width: str) -> None:
    months = Locale.parse(language).months
    for context in ("format", "stand-alone"):
        for number, name in months[context][width].items():
            assert number_of(name.rstrip(".")) == number, name
            assert number_of(name.rstrip(".").upper()) == number, name


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("تشرين الثانى", 11),
        ("كانون  الأول", 12),
        ("نُوفمبر", 11),
        ("اذار", 3),
        ("آب", 8),
        ("أب", None),  # father
        ("جوان", 6),
        ("جويليه", 7),
        ("Sept", 9),
        ("aou\u0302t", 8),
        ("AGOSTO", 8),
        ("Мая", 5),
        ("Monday", None),
        ("تشرين", None),
        ("", None),
    ],
)
def test_names_are_known_as_newspapers_spell_them(name: str, number: int | None) -> None:
    assert number_of(name) == number


@pytest.mark.parametrize(("name", "number"), [("März", 3), ("maggio", 5), ("Ekim", 10), ("січня", 1), ("table", None)])
def test_months_of_further_languages_are_known_for_labelled_dates(name: str, number: int | None) -> None:
    assert other_number_of(name) == number


@given(st.text(max_size=30))
def test_any_word_is_looked_up_without_a_fault(word: str) -> None:
    assert number_of(word) in {None, *range(1, 13)}
    assert other_number_of(word) in {None, *range(1, 13)}
