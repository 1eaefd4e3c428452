"""A point in time as precisely as it is known, and how machines write one (ISO 8601)."""

import datetime
import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

Precision = Literal["minute", "day", "month", "year"]

# Nothing that is imported here was published before; such a date is a slip.
EARLIEST_YEAR = 1900

_ISO = re.compile(
    r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ]\s?(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?"
    r"\s?(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?)?)?",
    re.IGNORECASE,
)


class Moment(NamedTuple):
    """A point in time as precisely as it is known: aware, UTC; the minute, or the first moment of day, month or year.

    `zoned` is False for a clock time without a zone: its figures stand in `when` as if they were UTC.
    """

    when: datetime.datetime
    precision: Precision
    zoned: bool = True


def day_moment(year: int, month: int, day: int | None) -> Moment:
    """Return the calendar day, or the month where `day` is None. Raises ValueError for a day that does not exist."""
    return Moment(datetime.datetime(year, month, day or 1, tzinfo=datetime.UTC), "day" if day else "month")


def plausible(moment: Moment | None, now: datetime.datetime | None = None) -> Moment | None:
    """Return `moment` unless it lies before 1900 or in the future (a day's grace: zones differ), else None."""
    if moment is None or moment.when.year < EARLIEST_YEAR:
        return None
    latest = (now or datetime.datetime.now(datetime.UTC)) + datetime.timedelta(days=1)
    return moment if moment.when <= latest else None


def preferred(moments: Iterable[Moment | None]) -> Moment | None:
    """Return the first of `moments` that can be, the surest first; a mere year only where nothing else can be.

    Where none can be (before 1900, in the future), the first that was stated is returned, to be reported. `moments` is
    not read on behind the one that is taken.
    """
    year = impossible = None
    for moment in moments:
        if plausible(moment) is None:
            impossible = impossible or moment
        elif moment is not None and moment.precision == "year":
            year = year or moment
        else:
            return moment
    return year or impossible


def parse_iso(text: str) -> Moment | None:
    """Read YYYY, YYYY-MM, YYYY-MM-DD or an ISO 8601 date and time, else None. Seconds are dropped.

    A time without a zone gives a moment that is not `zoned`.
    """
    match = _ISO.fullmatch(text.strip())
    if match is None:
        return None
    year, month, day, hour, minute, second, zone = match.groups()
    try:
        when = datetime.datetime(int(year), int(month or 1), int(day or 1), tzinfo=datetime.UTC)
        if hour is None:
            return Moment(when, "day" if day else "month" if month else "year")
        datetime.time(int(hour), int(minute), int(second or 0))
        local = when.replace(hour=int(hour), minute=int(minute))
        return Moment(local - _offset(zone), "minute", zoned=bool(zone))
    except (ValueError, OverflowError):
        return None


def _offset(zone: str | None) -> datetime.timedelta:
    if not zone or zone[0] not in "+-":
        return datetime.timedelta()
    digits = zone[1:].replace(":", "").ljust(4, "0")
    offset = datetime.timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    if offset >= datetime.timedelta(hours=24):
        raise ValueError(zone)
    return -offset if zone[0] == "-" else offset
