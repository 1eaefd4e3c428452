"""An article's date as pages and exports show it: as precise as it is known, a minute in the site's zone."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest

from articles.models import Article
from articles.presentation.archive import archive_span
from articles.presentation.numbers_and_dates import article_date_text

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("zone", "date", "precision", "short", "long", "iso"),
    [
        ("UTC", "2024-05-07T14:03", "minute", "7 May 2024", "7 May 2024, 14:03 UTC", "2024-05-07T14:03Z"),
        ("UTC", "2024-05-07", "day", "7 May 2024", "7 May 2024", "2024-05-07"),
        ("UTC", "2024-05-01", "month", "May 2024", "May 2024", "2024-05"),
        ("UTC", "2024-01-01", "year", "2024", "2024", "2024"),
        ("Asia/Tokyo", "2024-05-07T15:03", "minute", "8 May 2024", "8 May 2024, 00:03 UTC+9", "2024-05-07T15:03Z"),
        ("America/New_York", "2024-05-07T03:03", "minute", "6 May 2024", "6 May 2024, 23:03 UTC-4",
         "2024-05-07T03:03Z"),
        ("America/New_York", "2024-01-07T12:03", "minute", "7 Jan 2024", "7 January 2024, 07:03 UTC-5",
         "2024-01-07T12:03Z"),
        ("Asia/Kolkata", "2024-05-07T12:00", "minute", "7 May 2024", "7 May 2024, 17:30 UTC+5:30", "2024-05-07T12:00Z"),
        ("Europe/London", "2024-01-07T12:00", "minute", "7 Jan 2024", "7 January 2024, 12:00 UTC", "2024-01-07T12:00Z"),
        # What is no minute is never shifted.
        ("Asia/Tokyo", "2024-05-07", "day", "7 May 2024", "7 May 2024", "2024-05-07"),
        ("America/New_York", "2024-05-07", "day", "7 May 2024", "7 May 2024", "2024-05-07"),
        ("America/New_York", "2024-05-01", "month", "May 2024", "May 2024", "2024-05"),
        ("America/New_York", "2024-01-01", "year", "2024", "2024", "2024"),
    ],
)  # fmt: skip
def test_a_date_is_shown_as_precise_as_it_is_known(
    make_article: Callable[..., Article],
    settings: Any,
    zone: str,
    date: str,
    precision: str,
    short: str,
    long: str,
    iso: str,
) -> None:
    settings.TIME_ZONE = zone
    article = make_article(date=date, date_precision=precision)
    assert article_date_text(article, "en") == short
    assert article_date_text(article, "en", long=True) == long
    assert article.date_text == iso


def test_a_date_is_shown_in_the_readers_language(make_article: Callable[..., Article], settings: Any) -> None:
    settings.TIME_ZONE = "Europe/Moscow"
    article = make_article(date="2024-05-07T12:03", date_precision="minute")
    assert article_date_text(article, "ru", long=True) == "7 мая 2024\u202fг., 15:03 UTC+3"
    assert "2024" in article_date_text(make_article(date="2024-01-01", date_precision="year"), "ar")


def test_a_moment_at_the_end_of_the_calendar_is_shown(make_article: Callable[..., Article], settings: Any) -> None:
    settings.TIME_ZONE = "Asia/Tokyo"
    article = make_article(date_precision="minute")
    article.published_at = datetime.datetime(9999, 12, 31, 23, 59, tzinfo=datetime.UTC)
    assert article_date_text(article, "en") == "31 Dec 9999"


@pytest.mark.parametrize(("zone", "first", "last"), [("UTC", "2022", "May 2024"), ("Asia/Tokyo", "2022", "Jun 2024")])
def test_the_archive_spans_from_its_first_month_to_its_last(
    make_article: Callable[..., Article], settings: Any, zone: str, first: str, last: str
) -> None:
    settings.TIME_ZONE = zone
    make_article(date="2022-01-01", date_precision="year")
    make_article(date="2024-05-31T18:00", date_precision="minute")
    make_article(date="2030-01-01", visible=False)
    make_article()
    span = archive_span("en")
    assert (span.articles, span.first, span.last) == (3, first, last)
