"""The histogram of a search: its articles by year, month or day, finer as the chosen range narrows, with a way back."""

import datetime
from collections import Counter
from collections.abc import Callable
from typing import Literal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.search.engines.base import Answer
from articles.search.params import SearchParams
from articles.search.results import Bucket, Histogram, Wider
from articles.text.days import Period, parse_period

Unit = Literal["day", "month", "year"]
Range = tuple[datetime.date, datetime.date]
# Neither one bar nor hundreds of them.
MOST_DAYS = 92
MOST_YEARS = 150
MOST_MONTHS_IN_DAYS = 366 * 10


def histogram(params: SearchParams, answer: Answer) -> Histogram | None:
    """Return the histogram of an answer whose days were counted whatever dates are chosen; None where it has nothing.

    Without chosen dates it shows all days that there are, else the chosen range; of one day the month around it.
    """
    if not answer.days and not answer.undated:
        return None
    shown = _shown(params, answer)
    undated_query = params.with_undated(True).query_string()
    if shown is None:
        return Histogram("month", (), answer.undated, undated_query, sum(answer.days.values()), _wider(params))
    first, last = shown
    unit = _unit(first, last)
    periods = _periods(first, last, unit)
    counts = Counter[str]()
    for day, count in answer.days.items():
        # The bars at both ends may reach over the range: each counts what choosing it would show.
        if periods[0].start <= day <= periods[-1].end:
            counts[_text(day, unit)] += count
    address = _addresses(params, periods[0])
    buckets = tuple(_bucket(period, counts[period.text], unit, params, address(period)) for period in periods)
    outside = sum(answer.days.values()) - counts.total()
    return Histogram(unit, buckets, answer.undated, undated_query, outside, _wider(params))


def _shown(params: SearchParams, answer: Answer) -> Range | None:
    first = params.date_from.start if params.date_from else min(answer.days, default=None)
    last = params.date_to.end if params.date_to else max(answer.days, default=None)
    if first is None or last is None or first > last:
        return None
    if last.year - first.year >= MOST_YEARS:
        # Nobody wants a bar for each year from 1 to 9999, or since the year of somebody's slip of the pen.
        within = [day for day in answer.days if first <= day <= last]
        if not within:
            return None
        last = max(within)
        since = datetime.date(max(last.year - MOST_YEARS + 1, 1), 1, 1)
        first = max(min(within), since)
    if (params.date_from or params.date_to) and first == last:
        around = _around(first, last, 7)
        return (around.start, around.end) if around else (first, last)
    return first, last


def _around(first: datetime.date, last: datetime.date, length: Literal[4, 7]) -> Period | None:
    """Return the year (4 characters of a date) or month (7) that holds both days; None where none does."""
    text = first.isoformat()[:length]
    return parse_period(text) if last.isoformat()[:length] == text else None


def _wider(params: SearchParams) -> Wider | None:
    """Return the search in the month or year around the chosen range, or at all times; None without a range."""
    if params.date_from is None and params.date_to is None:
        return None
    if params.date_from is not None and params.date_to is not None:
        first, last = params.date_from.start, params.date_to.end
        for length in (7, 4):
            around = _around(first, last, length)
            if around is not None and (around.start, around.end) != (first, last):
                return Wider(_label(around, "month" if length == 7 else "year"), _with(params, around))
    return Wider(_("All dates"), params.with_dates(None, None).query_string())


def _with(params: SearchParams, period: Period) -> str:
    return params.with_dates(period, period).query_string()


def _addresses(params: SearchParams, example: Period) -> Callable[[Period], str]:
    """Return what gives the query string of the search in a period: made once, they differ in the period alone."""
    before, dates, behind = _with(params, example).partition(_dates(example))
    return lambda period: f"{before}{_dates(period)}{behind}" if dates else _with(params, period)


def _dates(period: Period) -> str:
    return f"from={period.text}&to={period.text}"


def _unit(first: datetime.date, last: datetime.date) -> Unit:
    span = (last - first).days
    return "day" if span < MOST_DAYS else "month" if span <= MOST_MONTHS_IN_DAYS else "year"


def _text(day: datetime.date, unit: Unit) -> str:
    return day.isoformat()[: {"day": 10, "month": 7, "year": 4}[unit]]


def _periods(first: datetime.date, last: datetime.date, unit: Unit) -> list[Period]:
    """Return every period from the first day to the last, also those without an article."""
    periods, day = [], first
    while True:
        period = parse_period(_text(day, unit))
        if period is None:
            raise ValueError(f"{day} is in no {unit}")
        periods.append(period)
        if period.end >= last:
            return periods
        day = period.end + datetime.timedelta(days=1)


def _bucket(period: Period, count: int, unit: Unit, params: SearchParams, query: str) -> Bucket:
    after = params.date_from is None or period.end >= params.date_from.start
    before = params.date_to is None or period.start <= params.date_to.end
    chosen = after and before and params.undated is not True
    return Bucket(period.start, period.end, _label(period, unit), count, chosen, query)


def _label(period: Period, unit: Unit) -> str:
    return period.text if unit == "year" else date_format(period.start, "F Y" if unit == "month" else "j F Y")
