"""Periods of a search: a year, a month or a day, as people type them. Pure date arithmetic, UTC."""

import calendar
import datetime
import re
from dataclasses import dataclass

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_PERIOD = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


@dataclass(frozen=True)
class Period:
    """A year, month or day: from its first day `start` to its last day `end`, both inclusive. `str()` is as typed."""

    text: str
    start: datetime.date
    end: datetime.date

    def __str__(self) -> str:
        return self.text

    @property
    def first_moment(self) -> datetime.datetime:
        """The first moment of the period, UTC."""
        return datetime.datetime.combine(self.start, datetime.time(), datetime.UTC)

    @property
    def end_moment(self) -> datetime.datetime:
        """The first moment after the period, UTC; the last moment that Python knows where there is none after it."""
        if self.end == datetime.date.max:
            return datetime.datetime.max.replace(tzinfo=datetime.UTC)
        return datetime.datetime.combine(self.end + datetime.timedelta(days=1), datetime.time(), datetime.UTC)


def parse_period(text: str) -> Period | None:
    """Return the period that `text` names (2023, 2023-10, 2023-10-07; Arabic-Indic digits too), else None."""
    match = _PERIOD.fullmatch(text.strip().translate(_DIGITS))
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    if year is None or year < 1:
        return None
    try:
        if month is None:
            return Period(f"{year:04}", datetime.date(year, 1, 1), datetime.date(year, 12, 31))
        if day is None:
            last = calendar.monthrange(year, month)[1]
            return Period(f"{year:04}-{month:02}", datetime.date(year, month, 1), datetime.date(year, month, last))
        date = datetime.date(year, month, day)
        return Period(date.isoformat(), date, date)
    except ValueError:
        return None
