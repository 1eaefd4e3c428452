"""Dates as web pages write them for machines: ISO 8601 and its relatives, and the day in an address."""

import datetime
import re
from urllib.parse import urlsplit

from articles.importing.cleaning import one_line
from articles.text import dates

_DAY_IN_ADDRESS = re.compile(r"(?<!\d)((?:19|20)\d\d)([/_-]?)(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])(?!\d)")
_MIDNIGHT = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?(?:\s*(?:Z|[+-]\d{2}:?\d{2}))?)?$", re.IGNORECASE
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})\d{0,2}(Z)?)?$")
_UNIX = re.compile(r"(1\d{9})(?:\d{3})?$")
# "… GMT+0300 (Moscow Standard Time)", as JavaScript writes it
_COMMENT = re.compile(r"(?<=[+-]\d{4})\s*\([^()]*\)$")
_BRACKETS = re.compile(r"\s*\([^()]*\)$")
# 2024/07 and 2024/07/25 are ISO 8601 but for their mark.
_SLASHED = re.compile(r"^\d{4}/\d{2}(?:/\d{2})?(?!\d)")
# 05/06/2024, perhaps with a clock time: May or June, as the writer's country has it.
_EITHER = re.compile(
    r"(?P<first>\d{1,2})(?P<mark>[/-])(?P<second>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d\d)(?P<rest>\D.*)?$"
)


def read_moment(text: str, near: list[datetime.date] | None = None) -> dates.Moment | None:
    """Read a date as pages write them: ISO 8601, compact, seconds since 1970, or in words.

    Midnight is a day, which no zone shifts. Where day and month may be either, the reading counts that is nearest to
    one of the days `near` (within a week), else none does.
    """
    text = one_line(text, 100)
    text = _COMMENT.sub("", text)
    day = _MIDNIGHT.match(text)
    if day:
        return dates.parse_iso(day.group(1))
    seconds = _UNIX.match(text)
    if seconds:
        when = datetime.datetime.fromtimestamp(int(seconds.group(1)), datetime.UTC)
        return dates.Moment(when.replace(second=0), "minute")
    text = _SLASHED.sub(lambda match: match.group().replace("/", "-"), text)
    compact = _COMPACT.match(text)
    if compact:
        year, month, number, hour, minute, zone = compact.groups()
        return dates.parse_iso(f"{year}-{month}-{number}" + (f"T{hour}:{minute}{zone or ''}" if hour else ""))
    bare = _BRACKETS.sub("", text)
    return dates.parse_iso(bare) or dates.line_date(text) or dates.line_date(bare) or _nearest(bare, near or [])


def _nearest(text: str, near: list[datetime.date]) -> dates.Moment | None:
    match = _EITHER.match(text)
    if match is None:
        return None
    year, first, second = int(match["year"]), int(match["first"]), int(match["second"])
    readings = []
    for month, day in ((first, second), (second, first)):
        # With dots, which are never American, the parts stand as they are read.
        moment = dates.line_date(f"{day:02}.{month:02}.{year}{match['rest'] or ''}")
        if moment:
            gap = min((abs((moment.when.date() - each).days) for each in near), default=999)
            readings.append((gap, moment))
    gap, moment = min(readings, key=lambda reading: reading[0], default=(999, None))
    return moment if gap <= 7 else None


def address_date(url: str) -> dates.Moment | None:
    """Return the day in an address (/2024/07/25/, /2024-07-25-…, /20240725/), None without exactly one."""
    path = urlsplit(url).path
    found = {(int(match[1]), int(match[3]), int(match[4])) for match in _DAY_IN_ADDRESS.finditer(path)}
    if len(found) != 1:
        return None
    try:
        return dates.plausible(dates.day_moment(*found.pop()))
    except ValueError:
        return None
