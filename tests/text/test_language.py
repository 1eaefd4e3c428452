"""The language of texts long and short."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.language import detect, primary_subtag


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ministers met in Vienna and agreed to go on with the talks next week, officials said.", "en"),
        ("Los ministros se reunieron en Viena y acordaron seguir con las conversaciones la próxima semana.", "es"),
        (
            "Les ministres se sont réunis à Vienne et ont décidé de poursuivre les discussions la semaine prochaine.",
            "fr",
        ),
        ("Министры встретились в Вене и договорились продолжить переговоры на следующей неделе.", "ru"),
        ("التقى الوزراء في فيينا واتفقوا على مواصلة المحادثات الأسبوع المقبل.", "ar"),
        ("گفتگوی وزیر خارجه ایران با همتای چینی خود در پکن", "fa"),
        ("Міністр прибув до Києва, де відбудеться їхня зустріч", "uk"),
        ("Der Minister und die Kollegin sind in Berlin eingetroffen", "de"),
        ("Dışişleri Bakanı Fidan ve mevkidaşı Ankara'da bir araya geldi", "tr"),
        ("中国外交部长北京会谈", "zh"),
        ("Lavrov met Gil", "en"),
        ("Лавров в Каире", "ru"),
        ("وزير الخارجية", "ar"),
        ("El canciller llegó a Quito", "es"),
        ("🇷🇺🇨🇳 #ASEAN https://example.org/новости Talks in Vientiane on the sidelines", "en"),
        ("🇷🇺 2024", ""),
        ("", ""),
    ],
)
def test_the_language_is_told_from_the_text(text: str, expected: str) -> None:
    assert detect(text) == expected


@pytest.mark.parametrize(
    ("text", "stated", "expected"),
    [
        ("Los ministros de Exteriores se reunieron", "es-MX", "es"),
        ("Palabras", "es", "es"),
        ("Министры встретились в Вене", "en", "ru"),  # the page's attribute is wrong
        ("Міністри зустрілися у Відні", "uk_UA", "uk"),
        ("The ministers met in Vienna and the talks went on", "no language at all!", "en"),
    ],
)
def test_what_a_document_says_holds_where_the_script_agrees(text: str, stated: str, expected: str) -> None:
    assert detect(text, stated) == expected


@pytest.mark.parametrize(
    ("code", "expected"), [("en-US", "en"), ("pt_BR", "pt"), ("AR", "ar"), ("x", ""), ("english!", "")]
)
def test_the_language_part_of_a_code(code: str, expected: str) -> None:
    assert primary_subtag(code) == expected


@given(st.text(max_size=200), st.text(max_size=10))
def test_any_text_has_a_language_or_none(text: str, stated: str) -> None:
    assert len(detect(text, stated)) <= 3
