"""Folding: spellings that readers take for one word become one; words that differ stay apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.normalize import fold, fold_text


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Türkiye", "turkiye"),
        ("TÜRKİYE", "turkiye"),
        ("Erdoğan", "erdogan"),
        ("ERDOGAN", "erdogan"),
        ("São", "sao"),
        ("España", "espana"),
        ("Çavuşoğlu", "cavusoglu"),
        ("Straße", "strasse"),
        ("cœur", "coeur"),
        ("Łódź", "lodz"),
        ("Søreide", "soreide"),
        ("e\u0301tat", "état"),
        ("ﬁnance", "finance"),
        ("ＡＳＥＡＮ", "asean"),
        ("Ёлка", "елка"),
        ("е\u0308лка", "елка"),
        ("за\u0301мок", "замок"),
        ("Йемен", "йемен"),
        ("И\u0306емен", "йемен"),
        ("Україна", "україна"),
        ("الأردن", "الاردن"),
        ("إيران", "ايران"),
        ("آسيان", "اسيان"),
        ("غزّة", "غزه"),
        ("غَزَّة", "غزة"),
        ("مصطفى", "مصطفي"),
        ("وزيـــر", "وزير"),
        ("مسؤول", "مسوول"),
        ("شئون", "شيون"),
        ("کویت", "كويت"),
        ("ایران", "ايران"),
        ("so\u00adft", "soft"),
        ("\u200fغزة\u200e", "غزة"),
        ("\ufeffGaza", "gaza"),
        ("zero\u200bwidth", "zerowidth"),
    ],
)
def test_two_spellings_of_a_word_fold_to_the_same(left: str, right: str) -> None:
    assert fold(left) == fold(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("мой", "мои"),
        ("Йемен", "Иемен"),
        ("Київ", "Киив"),
        ("غزة", "عزة"),
        ("كلب", "قلب"),
        ("Iran", "Iraq"),
        ("ministre", "minister"),
    ],
)
def test_different_words_stay_apart(left: str, right: str) -> None:
    assert fold(left) != fold(right)


@given(st.text())
def test_folding_a_folded_word_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_folding_does_not_ask_for_the_case(text: str) -> None:
    assert fold(text.casefold()) == fold(text)


@given(
    st.text(alphabet="اأإآبتةثجحخدذرزسشصضطظعغفقكلمنهوىيئؤ", max_size=12), st.text(alphabet="\u064b\u064e\u0651\u0640")
)
def test_vowel_marks_and_elongation_anywhere_in_an_arabic_word_do_not_matter(letters: str, marks: str) -> None:
    dressed = "".join(letter + marks for letter in letters)
    assert fold(dressed) == fold(letters)


def test_white_space_of_a_text_becomes_single_spaces() -> None:
    assert fold_text("  Güney\u00a0 Kıbrıs\n\nTürkiye ") == "guney kibris turkiye"
    assert fold_text("") == ""
