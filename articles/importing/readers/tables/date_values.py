"""A value that holds a date and nothing else: a column of a table, an element of a feed, a header of a message."""

import datetime
import re
from email.utils import parsedate_tz

from articles.text.dates import Moment, day_moment, line_date, parse_iso
from articles.text.day_order import with_whole_year
from articles.text.zones import zone_at

# ISO 8601 without its dashes and colons: 20240501, 20240501T103000Z, 20240501103000.
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})(?:T?([01]\d|2[0-3])([0-5]\d)(?:[0-5]\d)?(Z)?)?", re.IGNORECASE)
_UNIX = re.compile(r"(\d{9,16})(?:\.\d*)?")
# "Thu, 25 Jul 2024 14:03:00 +0300"; C's asctime as social networks write it: "Thu Jul 25 14:03:20 +0000 2024".
_RFC_2822 = re.compile(
    r"(?:[A-Za-z]{3,9},?\s+)?\d{1,2}[\s-][A-Za-z]{3,9}[\s-]\d{2,4}\s+\d{1,2}:\d{2}"
    r"|[A-Za-z]{3}\s+[A-Za-z]{3}\s+\d{1,2}\s+\d{1,2}:\d{2}"
)
_ZONE = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?(?P<zone>\s+\(?(?P<name>[+-]\d{4}|[A-Za-z]{1,5})(?!\w))")
# The names that RFC 2822 (section 4.3) gives a meaning. CST is left out: in China and Cuba it is another time.
_RFC_ZONES = frozenset({"UT", "GMT", "UTC", "Z", "EST", "EDT", "CDT", "MST", "MDT", "PST", "PDT"})
_LONGEST = 200


def value_date(value: str) -> Moment | None:
    """Return the moment that a value names, None where it is not understood.

    Read are ISO 8601 (with its dashes or without), RFC 2822 (e-mail, RSS), Unix time in seconds, milliseconds or
    microseconds, and what `line_date` reads. Whether the moment can be (not in the future) is not looked at.
    """
    value = value.strip()
    if not value or len(value) > _LONGEST:
        return None
    return parse_iso(value) or _compact(value) or _unix(value) or _rfc_2822(value) or line_date(with_whole_year(value))


def _compact(value: str) -> Moment | None:
    match = _COMPACT.fullmatch(value)
    if match is None:
        return None
    year, month, day, hour, minute, zone = match.groups()
    try:
        moment = day_moment(int(year), int(month), int(day))
    except ValueError:
        return None
    if hour is None:
        return moment
    return Moment(moment.when.replace(hour=int(hour), minute=int(minute)), "minute", zoned=bool(zone))


def _unix(value: str) -> Moment | None:
    match = _UNIX.fullmatch(value)
    if match is None:
        return None
    number = int(match.group(1))
    # Nine digits are seconds since March 1973; thirteen are milliseconds, sixteen microseconds.
    for digits in (11, 14):
        if len(match.group(1)) > digits:
            number //= 1000
    when = datetime.datetime.fromtimestamp(number, datetime.UTC)
    return Moment(when.replace(second=0, microsecond=0), "minute")


def _rfc_2822(value: str) -> Moment | None:
    if not _RFC_2822.match(value):
        return None
    try:
        parsed = parsedate_tz(value)
        if parsed is None:
            return None
        year, month, day, hour, minute = parsed[:5]
        local = datetime.datetime(year, month, day, hour, minute, tzinfo=datetime.UTC)
        zone = _ZONE.search(value)
        # RFC 2822: -0000 and no zone at all say nothing of where the clock stood.
        if zone is None or zone["name"] == "-0000":
            return Moment(local, "minute", zoned=False)
        if zone["name"][0] in "+-" or zone["name"].upper() in _RFC_ZONES:
            return Moment(local - datetime.timedelta(seconds=parsed[9] or 0), "minute")
        named = zone_at(value, zone.start("zone"))
        if named is None or named.info is None:
            return Moment(local, "minute", zoned=False)
        return Moment(local.replace(tzinfo=named.info).astimezone(datetime.UTC), "minute")
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
