"""From what a text states of its date to the date of a record, and what is said of a date that cannot be."""

import datetime

import pytest

from articles.importing.cleaning.pasted import read_pasted
from articles.importing.readers.dated import record_date
from articles.importing.records import NO_DATE, ArticleDate
from articles.text import dates

BODY = "The ministers met for two hours and spoke about the harbour and its pilots at length.\n\nThey will meet again."


def day(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).replace(tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("2024-05-01", ArticleDate(day("2024-05-01"), "day", "stated")),
        ("2024-05", ArticleDate(day("2024-05-01"), "month", "stated")),
        ("2024", ArticleDate(day("2024-01-01"), "year", "stated")),
        ("2024-05-01T10:30Z", ArticleDate(day("2024-05-01T10:30"), "minute", "stated")),
        ("2024-05-01T10:30", ArticleDate(day("2024-05-01T10:30"), "minute", "stated", zoned=False)),
        ("no date", NO_DATE),
        ("2999-05-01T10:30", ArticleDate(problem="The date 2999-05-01 lies in the future: it was left out.")),
        ("2999-05", ArticleDate(problem="The date 2999-05 lies in the future: it was left out.")),
        ("2999", ArticleDate(problem="The date 2999 lies in the future: it was left out.")),
        ("0001-01-01", ArticleDate(problem="The date 0001-01-01 lies before 1900: it was left out.")),
    ],
)
def test_a_moment_becomes_a_date_or_a_problem(stated: str, expected: ArticleDate) -> None:
    assert record_date(dates.parse_iso(stated)) == expected


@pytest.mark.parametrize(
    ("head", "stated"),
    [
        ("Published: 5 May 2024\nUpdated: 6 May 2024, 10:30", "2024-05-05"),
        ("Updated: 6 May 2024, 10:30\nPublished: 5 May 2024", "2024-05-05"),
        ("Обновлено: 6 мая 2024\nОпубликовано: 5 мая 2024", "2024-05-05"),
        ("آخر تحديث: 6 مايو 2024\nتاريخ النشر: 5 مايو 2024", "2024-05-05"),
        ("Modifié le 6 mai 2024\nPublié le 5 mai 2024", "2024-05-05"),
        ("Published: 5 May 2999\nUpdated: 6 May 2024", "2024-05-06"),
        ("5 May 2999\n7 May 2024", "2024-05-07"),
        ("Published: 5 May 2999", "2999-05-05"),
        ("Published: 3 May 1812", "1812-05-03"),
    ],
)
def test_a_pasted_text_gives_its_date_of_publication_and_one_that_can_be_before_all_others(
    head: str, stated: str
) -> None:
    pasted = read_pasted(f"A headline about the harbour\n{head}\n\n{BODY}")
    assert pasted.date is not None
    assert pasted.date.when.date().isoformat() == stated
    assert pasted.paragraphs[0].startswith("The ministers met")


def test_a_dateline_is_taken_where_the_stated_date_cannot_be() -> None:
    pasted = read_pasted(f"A headline about the harbour\nPublished: 5 May 2999\n\nCAIRO, 4 May 2024 (Wire) — {BODY}")
    assert pasted.date == dates.day_moment(2024, 5, 4)
