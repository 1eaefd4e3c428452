"""Years, months and days as people type them."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.days import covered_days, first_second, parse_period


@pytest.mark.parametrize(
    ("text", "shown", "start", "end"),
    [
        ("2023", "2023", "2023-01-01", "2023-12-31"),
        ("2023-10", "2023-10", "2023-10-01", "2023-10-31"),
        ("2023-2", "2023-02", "2023-02-01", "2023-02-28"),
        ("2024-02", "2024-02", "2024-02-01", "2024-02-29"),
        ("2023-10-07", "2023-10-07", "2023-10-07", "2023-10-07"),
        (" 2023-1-7 ", "2023-01-07", "2023-01-07", "2023-01-07"),
        ("٢٠٢٣-١٠", "2023-10", "2023-10-01", "2023-10-31"),
        ("0001", "0001", "0001-01-01", "0001-12-31"),
        ("9999-12-31", "9999-12-31", "9999-12-31", "9999-12-31"),
    ],
)
def test_a_period_is_read_from_its_first_day_to_its_last(text: str, shown: str, start: str, end: str) -> None:
    period = parse_period(text)
    assert period is not None
    assert (str(period), period.start.isoformat(), period.end.isoformat()) == (shown, start, end)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "0000",
        "23",
        "20233",
        "2023-",
        "2023-00",
        "2023-13",
        "2023-02-29",
        "2023-10-32",
        "2023/10/07",
        "07.10.2023",
        "2023-10-07T00:00",
        "yesterday",
        "-2023",
        "2023-10-07-01",
        "2023 10",
        "²⁰²³",
        "2023\n-10",
    ],
)
def test_what_is_no_period_is_none(text: str) -> None:
    assert parse_period(text) is None


def test_a_period_has_a_first_moment_and_a_day_before_it() -> None:
    period = parse_period("2023-12")
    assert period is not None
    assert period.first_moment == datetime.datetime(2023, 12, 1, tzinfo=datetime.UTC)
    assert period.day_before == datetime.date(2023, 11, 30)


def test_before_the_first_year_of_the_calendar_there_is_no_day() -> None:
    period = parse_period("0001")
    assert period is not None
    assert period.day_before is None


@pytest.mark.parametrize(
    ("moment", "precision", "zone", "first", "last"),
    [
        ("2024-05-01T23:30", "minute", "UTC", "2024-05-01", "2024-05-01"),
        ("2024-05-01T23:30", "minute", "Asia/Tokyo", "2024-05-02", "2024-05-02"),
        ("2024-05-01T15:00", "minute", "Asia/Tokyo", "2024-05-02", "2024-05-02"),
        ("2024-05-01T14:59", "minute", "Asia/Tokyo", "2024-05-01", "2024-05-01"),
        ("2024-05-01T03:59", "minute", "America/New_York", "2024-04-30", "2024-04-30"),
        ("2024-05-01T04:00", "minute", "America/New_York", "2024-05-01", "2024-05-01"),
        # In winter New York is five hours behind.
        ("2024-01-15T04:59", "minute", "America/New_York", "2024-01-14", "2024-01-14"),
        ("2024-01-15T05:00", "minute", "America/New_York", "2024-01-15", "2024-01-15"),
        # A day of the calendar is that day everywhere.
        ("2024-05-01T00:00", "day", "Asia/Tokyo", "2024-05-01", "2024-05-01"),
        ("2024-05-01T00:00", "day", "America/New_York", "2024-05-01", "2024-05-01"),
        ("2024-02-01T00:00", "month", "America/New_York", "2024-02-01", "2024-02-29"),
        ("2023-12-01T00:00", "month", "Asia/Tokyo", "2023-12-01", "2023-12-31"),
        ("2023-01-01T00:00", "year", "America/New_York", "2023-01-01", "2023-12-31"),
        ("9999-12-31T23:59", "minute", "Asia/Tokyo", "9999-12-31", "9999-12-31"),
        ("0001-01-01T00:00", "minute", "America/New_York", "0001-01-01", "0001-01-01"),
        ("9999-01-01T00:00", "year", "Asia/Tokyo", "9999-01-01", "9999-12-31"),
    ],
)
def test_a_date_covers_its_days_in_the_sites_zone(
    moment: str, precision: str, zone: str, first: str, last: str
) -> None:
    when = datetime.datetime.fromisoformat(moment).replace(tzinfo=datetime.UTC)
    days = covered_days(when, precision, ZoneInfo(zone))
    assert [day.isoformat() for day in days] == [first, last]
    assert isinstance(first_second(when, precision, ZoneInfo(zone)), int)


def test_a_day_begins_at_the_local_midnight_also_where_the_clocks_are_put_forward_at_midnight() -> None:
    day = datetime.datetime(2024, 4, 26, tzinfo=datetime.UTC)
    assert first_second(day, "day", ZoneInfo("Asia/Tokyo")) == day.timestamp() - 9 * 3600
    # In Cairo the night of 26 April 2024 had no midnight.
    assert first_second(day, "day", ZoneInfo("Africa/Cairo")) == day.timestamp() - 2 * 3600
    assert first_second(day, "minute", ZoneInfo("Asia/Tokyo")) == day.timestamp()


@given(st.dates(), st.sampled_from([4, 7, 10]))
def test_a_day_lies_in_its_year_month_and_day(day: datetime.date, length: int) -> None:
    period = parse_period(day.isoformat()[:length])
    assert period is not None
    assert period.start <= day <= period.end
    assert parse_period(str(period)) == period
    assert period.day_before is None or period.day_before < period.start


@given(st.text(max_size=20))
def test_no_text_is_an_error(text: str) -> None:
    period = parse_period(text)
    assert period is None or period.start <= period.end
