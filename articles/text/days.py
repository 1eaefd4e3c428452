"""Days of a search: periods as people type them, and the days that an article's date covers. Pure date arithmetic.

An article of minute precision belongs to its local day in the site's zone; one that is known to the day, month or year
belongs to those days of the calendar, whatever the zone. A period matches every date that it overlaps.
"""

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
        """The first moment of the period, UTC: how a date that is no more precise is kept."""
        return datetime.datetime.combine(self.start, datetime.time(), datetime.UTC)

    @property
    def day_before(self) -> datetime.date | None:
        """The last day before the period; None where the calendar begins with it."""
        return None if self.start == datetime.date.min else self.start - datetime.timedelta(days=1)


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


def covered_days(
    moment: datetime.datetime, precision: str, zone: datetime.tzinfo
) -> tuple[datetime.date, datetime.date]:
    """Return the first and the last day that a date covers, in `zone` where it is known to the minute."""
    if precision == "minute":
        day = local(moment, zone).date()
        return day, day
    day = moment.astimezone(datetime.UTC).date()
    if precision == "year":
        return day.replace(month=1, day=1), day.replace(month=12, day=31)
    if precision == "month":
        return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return day, day


def first_second(moment: datetime.datetime, precision: str, zone: datetime.tzinfo) -> int:
    """Return when a date begins, in seconds since 1970: its minute, or the first second of its first day in `zone`."""
    if precision == "minute":
        return int(moment.timestamp())
    first, _last = covered_days(moment, precision, zone)
    return int(datetime.datetime.combine(first, datetime.time(), zone).timestamp())


def local(moment: datetime.datetime, zone: datetime.tzinfo) -> datetime.datetime:
    """Return `moment` in `zone`; as it is at the ends of the calendar, where the zone would leave it."""
    try:
        return moment.astimezone(zone)
    except OverflowError:
        return moment
