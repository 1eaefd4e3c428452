"""The Arabic and Russian files of country names: complete, in their letters, clear of words with another meaning."""

import re
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest
from babel import Locale

from articles.text.normalize import fold

FOLDER = Path(__file__).parents[2] / "articles" / "gazetteer" / "data" / "countries"
LANGUAGES = ("ar", "ru")
FILES: dict[str, dict[str, dict[str, list[str]]]] = {
    language: tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8")) for language in LANGUAGES
}
KINDS = {"name", "historic", "adjective", "capital", "government", "place", "forms", "not"}
# What CLDR lists beside countries: groups, exceptional reservations, places for testing.
NO_COUNTRIES = {"AC", "CP", "CQ", "DG", "EA", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
CODES = sorted(set(filter(re.compile("[A-Z]{2}").fullmatch, Locale("en").territories)) - NO_COUNTRIES)
LETTERS = {"ar": re.compile(r"[\u0621-\u064a\u064f\d -]+"), "ru": re.compile(r"[А-Яа-яЁё\d ,—’-]+")}
# One spelling for two states: the text must tell which is meant.
_CONGO = {"CD", "CG"}
_CONGOLESE = [f"كونغولي{ending}" for ending in ("", "ة", "ون", "ين", "ات", "ان", "تان", "تين")]
SHARED = {
    "ar": {fold(word): _CONGO for word in ("الكونغو", *_CONGOLESE)} | {"عمان": {"JO", "OM"}},
    "ru": dict.fromkeys(("Конго", "конголезский", "конголезец"), _CONGO),
}


def written(language: str, pattern: str) -> str:
    """Return a pattern as it is compared: Russian keeps its capitals, which tell Чад from чад."""
    return fold(pattern) if language == "ar" else pattern.replace("ё", "е")


def owners(language: str) -> dict[str, set[str]]:
    """Return which countries claim each pattern that names a country."""
    found: dict[str, set[str]] = defaultdict(set)
    for code, table in FILES[language].items():
        for kind, patterns in table.items():
            if kind != "not":
                for pattern in patterns:
                    found[written(language, pattern)].add(code)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_country_has_a_name_and_the_codes_are_sorted(language: str) -> None:
    assert list(FILES[language]) == CODES
    assert len(CODES) == 251
    assert [code for code, table in FILES[language].items() if not table.get("name")] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_the_known_kinds_are_used_and_nothing_is_empty(language: str) -> None:
    for code, table in FILES[language].items():
        assert set(table) <= KINDS, code
        for kind, patterns in table.items():
            assert patterns, (code, kind)
            assert [pattern for pattern in patterns if pattern != " ".join(pattern.split()) or not pattern] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_patterns_are_written_in_the_letters_of_their_language(language: str) -> None:
    strange = [
        (code, pattern)
        for code, table in FILES[language].items()
        for patterns in table.values()
        for pattern in patterns
        if not LETTERS[language].fullmatch(pattern)
    ]
    assert strange == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_countries_claim_the_same_pattern_but_those_that_share_one(language: str) -> None:
    claimed_twice = {pattern: codes for pattern, codes in owners(language).items() if len(codes) > 1}
    assert claimed_twice == SHARED[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_country_lists_a_pattern_once(language: str) -> None:
    for code, table in FILES[language].items():
        found = [
            written(language, pattern) for kind, patterns in table.items() if kind != "not" for pattern in patterns
        ]
        assert sorted(set(found)) == sorted(found), code


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_names_no_country_is_not_also_a_name(language: str) -> None:
    named = owners(language)
    both = [
        (code, phrase)
        for code, table in FILES[language].items()
        for phrase in table.get("not", [])
        if written(language, phrase) in named
    ]
    assert both == []


@pytest.mark.parametrize(
    ("language", "code", "kind", "pattern"),
    [
        ("ru", "RU", "name", "Россия"),
        ("ru", "RU", "adjective", "россиянин"),
        ("ru", "RU", "government", "Кремль"),
        ("ru", "RU", "government", "Госдума"),
        ("ru", "RU", "forms", "российско"),
        ("ru", "US", "name", "США"),
        ("ru", "US", "government", "Белый дом"),
        ("ru", "US", "not", "Латинская Америка"),
        ("ru", "MX", "not", "Нью-Мексико"),
        ("ru", "FR", "not", "Ажанс Франс-Пресс"),
        ("ru", "IN", "not", "Индийский океан"),
        ("ru", "CN", "not", "Южно-Китайское море"),
        ("ru", "CN", "not", "Китай-город"),
        ("ru", "MK", "not", "Александр Македонский"),
        ("ru", "US", "not", "Вашингтон пост"),
        ("ru", "US", "forms", "американо"),
        ("ru", "US", "not", "чашка американо"),
        ("ru", "GN", "not", "Новая Гвинея"),
        ("ru", "PG", "name", "Папуа — Новая Гвинея"),
        ("ru", "GQ", "name", "Экваториальная Гвинея"),
        ("ru", "CD", "name", "ДР Конго"),
        ("ru", "SS", "name", "Южный Судан"),
        ("ru", "KR", "name", "Республика Корея"),
        ("ru", "KP", "name", "КНДР"),
        ("ru", "PS", "place", "сектор Газа"),
        ("ru", "PS", "forms", "Газе"),
        ("ru", "PS", "not", "поставки газа"),
        ("ru", "PS", "place", "Западный берег реки Иордан"),
        ("ru", "UA", "place", "Крым"),
        ("ru", "UA", "not", "Львова-Белова"),
        ("ru", "UA", "not", "Леся Украинка"),
        ("ru", "SY", "place", "Голанские высоты"),
        ("ru", "GE", "place", "Южная Осетия"),
        ("ru", "BE", "capital", "Брюссель"),
        ("ru", "EU", "government", "Еврокомиссия"),
        ("ru", "VA", "name", "Святой престол"),
        ("ru", "TG", "forms", "в Того"),
        ("ru", "AF", "forms", "Кабула"),
        ("ru", "LB", "not", "Ливанов"),
        ("ar", "RU", "government", "الكرملين"),
        ("ar", "RU", "not", "روسيا اليوم"),
        ("ar", "BY", "name", "روسيا البيضاء"),
        ("ar", "US", "adjective", "أميركي"),
        ("ar", "US", "government", "البيت الأبيض"),
        ("ar", "US", "not", "أمريكا اللاتينية"),
        ("ar", "US", "not", "واشنطن بوست الأمريكية"),
        ("ar", "FR", "government", "الإليزيه"),
        ("ar", "FR", "not", "وكالة الصحافة الفرنسية"),
        ("ar", "GB", "government", "داونينغ ستريت"),
        ("ar", "GB", "not", "هيئة الإذاعة البريطانية"),
        ("ar", "IN", "not", "المحيط الهندي"),
        ("ar", "IN", "not", "هند رجب"),
        ("ar", "CN", "not", "بحر الصين الجنوبي"),
        ("ar", "CN", "not", "منظمة شنغهاي للتعاون"),
        ("ar", "OM", "name", "سلطنة عمان"),
        ("ar", "OM", "not", "مسقط رأسه"),
        ("ar", "JO", "capital", "العاصمة عمان"),
        ("ar", "JO", "not", "نهر الأردن"),
        ("ar", "ML", "forms", "في مالي"),
        ("ar", "ML", "place", "شمال مالي"),
        ("ar", "BJ", "name", "جمهورية بنين"),
        ("ar", "MA", "not", "المغرب العربي"),
        ("ar", "MA", "not", "صلاة المغرب"),
        ("ar", "EG", "not", "القوة القاهرة"),
        ("ar", "EG", "place", "شرم الشيخ"),
        ("ar", "IR", "government", "فيلق القدس"),
        ("ar", "IL", "place", "القدس"),
        ("ar", "IL", "not", "القدس العربي"),
        ("ar", "PS", "place", "القدس الشرقية"),
        ("ar", "PS", "place", "قطاع غزة"),
        ("ar", "SY", "place", "مرتفعات الجولان"),
        ("ar", "SS", "name", "جنوب السودان"),
        ("ar", "GW", "name", "غينيا بيساو"),
        ("ar", "DO", "name", "جمهورية الدومينيكان"),
        ("ar", "KP", "adjective", "كوري شمالي"),
        ("ar", "GE", "not", "جورجيا ميلوني"),
        ("ar", "CM", "not", "ديفيد كاميرون"),
        ("ar", "TR", "not", "تركي الفيصل"),
        ("ar", "YE", "not", "اليد اليمنى"),
        ("ar", "EU", "name", "الاتحاد الأوروبي"),
        ("ar", "EU", "not", "الاتحاد الأوروبي لكرة القدم"),
        ("ar", "NO", "not", "اتفاق أوسلو"),
        ("ar", "AT", "not", "اتفاقية فيينا"),
        ("ar", "LB", "government", "قصر بعبدا"),
        ("ar", "TN", "government", "قصر قرطاج"),
        ("ar", "QA", "not", "القطر"),
        ("ar", "GH", "forms", "أكرا"),
    ],
)
def test_a_pattern_that_news_texts_need_is_there(language: str, code: str, kind: str, pattern: str) -> None:
    assert pattern in FILES[language][code].get(kind, [])


@pytest.mark.parametrize(
    ("language", "pattern", "why"),
    [
        ("ru", "Того", "the pronoun at the head of a sentence"),
        ("ru", "Рада", "a short adjective"),
        ("ru", "София", "a first name"),
        ("ru", "русский", "a language"),
        ("ru", "Корея", "two states"),
        ("ru", "корейский", "two states"),
        ("ru", "чехов", "the writer"),
        ("ru", "Николаев", "a surname"),
        ("ru", "Женева", "conferences"),
        ("ru", "Нью-Йорк", "conferences"),
        ("ar", "مالي", "financial"),
        ("ar", "بنين", "sons"),
        ("ar", "سيول", "floods"),
        ("ar", "الخليل", "a name"),
        ("ar", "جدة", "his grandfather, once folded"),
        ("ar", "مأرب", "an aim"),
        ("ar", "مجري", "a course, once folded"),
        ("ar", "قمري", "lunar"),
        ("ar", "رياض", "a first name"),
        ("ar", "هند", "a first name"),
        ("ar", "كاميرون", "a surname"),
        ("ar", "طرابلس", "two cities"),
        ("ar", "كوريا", "two states"),
        ("ar", "أوروبي", "a continent"),
        ("ar", "ماليه", "financial, once folded"),
        ("ar", "جنيف", "conferences"),
        ("ar", "نيويورك", "conferences"),
    ],
)
def test_a_word_that_mostly_means_something_else_stands_alone_nowhere(language: str, pattern: str, why: str) -> None:
    assert written(language, pattern) not in owners(language), why


@pytest.mark.parametrize(
    ("code", "masculine", "feminine", "plural"),
    [
        ("RU", "روسي", "روسية", "الروس"),
        ("US", "أمريكي", "أمريكية", "أمريكيين"),
        ("SA", "سعودي", "سعودية", "سعوديون"),
        ("TR", "تركي", "تركيين", "أتراك"),
        ("AF", "أفغاني", "أفغانية", "أفغان"),
        ("PS", "فلسطيني", "فلسطينيات", "فلسطينيين"),
        ("MA", "مغربي", "مغربية", "مغاربة"),
    ],
)
def test_arabic_adjectives_have_gender_and_number(code: str, masculine: str, feminine: str, plural: str) -> None:
    assert {masculine, feminine, plural} <= set(FILES["ar"][code]["adjective"])


def test_russian_adjectives_are_given_in_the_masculine_singular() -> None:
    endings = ("ская", "ское", "ские", "цкая", "цкое", "цкие")
    found = [word for table in FILES["ru"].values() for word in table.get("adjective", []) if word.endswith(endings)]
    assert found == []
