"""Years, months and days as people type them."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.days import parse_period


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


def test_the_moments_of_a_period_are_its_first_and_the_first_after_it() -> None:
    period = parse_period("2023-12")
    assert period is not None
    assert period.first_moment == datetime.datetime(2023, 12, 1, tzinfo=datetime.UTC)
    assert period.end_moment == datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC)


def test_the_last_year_of_the_calendar_has_an_end() -> None:
    period = parse_period("9999")
    assert period is not None
    assert period.end_moment > datetime.datetime(9999, 12, 31, 23, 59, tzinfo=datetime.UTC)


@given(st.dates(), st.sampled_from([4, 7, 10]))
def test_a_day_lies_in_its_year_month_and_day(day: datetime.date, length: int) -> None:
    period = parse_period(day.isoformat()[:length])
    assert period is not None
    assert period.start <= day <= period.end
    assert parse_period(str(period)) == period
    assert period.first_moment < period.end_moment


@given(st.text(max_size=20))
def test_no_text_is_an_error(text: str) -> None:
    period = parse_period(text)
    assert period is None or period.start <= period.end
