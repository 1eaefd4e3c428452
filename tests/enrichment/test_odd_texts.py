"""Texts that no reader would call one: endless, empty, of marks alone. Each is tagged in time in proportion."""

import datetime
from collections.abc import Callable

import pytest

from articles.enrichment import Tags, tag
from articles.gazetteer.facts import Gazetteer

LONG = 200_000


@pytest.mark.parametrize(
    "piece",
    [
        "Russian Foreign Minister Sergey Lavrov met Lavrov in Iran. ",
        "The Russian foreign minister and the Iranian foreign minister met his Turkish counterpart. ",
        "Russia, as Lavrov said and Jaishankar knew. ",
        "Gaza ceasefire talks and oil sanctions. ",
        "Iran said that Russia spoke. ",
        "Foreign Minister ",
        "#RussiaASEAN",
        "a'",
        "a.",
        "1,",
        "x",
        "\n",
        "\u064b",
        "\u200f\u202e",
        "🇷🇺",
        "ـ",
    ],
)
def test_a_very_long_text_of_anything_is_tagged(gazetteer: Gazetteer, piece: str) -> None:
    # A step that looks at all for each would take minutes here.
    body = piece * (LONG // len(piece))
    tags = tag("", body, "en", datetime.date(2024, 1, 1), gazetteer)
    for found in (*tags.countries, *tags.ministers, *tags.topics):
        assert found.count == len(found.evidence)
        assert all(0 <= place.start < place.end <= len(body) for place in found.evidence)


@pytest.mark.parametrize("language", ["", "en", "ar", "ru", "zh", "fa", "sr-Latn", "??"])
@pytest.mark.parametrize("text", ["", " ", "中国外交部长王毅", "იანგი", "𗀀𗀁", "\x00", "é" * 50, "Россия \u202eIran"])
def test_odd_texts_in_any_language_are_tagged(tagged: Callable[..., Tags], language: str, text: str) -> None:
    tags = tagged(text, language, "2024-01-01", text)
    places = [place for found in (*tags.countries, *tags.ministers, *tags.topics) for place in found.evidence]
    assert all(text[place.start : place.end] for place in places)
    # The only known name among them is written in two scripts at once.
    assert {found.key for found in tags.countries} <= ({"RU", "IR"} if "Iran" in text else set())
    assert tags.questions == ()


@pytest.mark.parametrize(("day", "expected"), [(datetime.date.min, set()), (datetime.date.max, {"sergey-lavrov"})])
def test_the_first_and_the_last_day_of_the_calendar_are_days(
    gazetteer: Gazetteer, day: datetime.date, expected: set[str]
) -> None:
    # Who is in office has no last day yet.
    tags = tag("", "Sergey Lavrov met guests.", "en", day, gazetteer)
    assert {found.key for found in tags.ministers} == expected
