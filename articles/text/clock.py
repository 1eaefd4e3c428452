"""Clock times beside a date, as news texts write them in five languages, with the zone behind them."""

import datetime
import re
from collections.abc import Iterator
from typing import NamedTuple

from articles.text.zones import zone_at

_HALF = (
    r"(?P<half>[ap]\.?\s?m(?:\b\.?)|[صم](?!\w)|(?:صباح|مساء|فجر|عصر|ظهر)\w{0,2}[\u064b-\u0652]?|(?:قبل|بعد)\sالظهر"
    r"|de\sla\s(?:mañana|tarde|noche|madrugada)|du\s(?:matin|soir)|de\sl['’]après-midi|утра|вечера|дня|ночи)"
)
_HOUR = r"(?:[01]?\d|2[0-3])"
_CLOCK = re.compile(
    rf"(?<![\d:.,])(?:{_HOUR}[:：][0-5]\d(?:[:.][0-5]\d(?:[.,]\d{{1,9}})?)?(?![\d:])"
    # 10h30 · 14 h 30 · 10h · 14 ч 30 мин
    rf"|{_HOUR}\s?(?:h|ч\.?)(?:\s?[0-5]\d(?!\d)(?:\s?(?:min|мин)\b\.?)?)?(?![^\W_])"
    # 2.30 pm · 14.30 Uhr · в 14.30
    rf"|{_HOUR}\.[0-5]\d(?![\d.])(?=\s?(?:{_HALF.replace('?P<half>', '?:')}|(?:h|hrs|hours|horas|uhr|ч)\b))"
    # 14.30 BST
    rf"|{_HOUR}\.[0-5]\d(?![\d.])(?=\s?\(?(?-i:[A-Z]{{1,3}}T|UTC|MSK|МСК)\b)"
    rf"|(?:(?<=\bв )|(?<=\bat )|(?<=الساعة )|(?<=\blas )){_HOUR}\.[0-5]\d(?![\d.])"
    # 2 p.m. · 2 مساءً
    rf"|(?:0?[1-9]|1[0-2])(?=\s?{_HALF.replace('?P<half>', '?:')}))"
    rf"(?:\s?{_HALF})?(?:\s?(?:hrs|hours|horas|heures|uhr|h|ч)\b\.?)?",
    re.IGNORECASE,
)
_FIGURES = re.compile(r"\d+")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_AFTERNOON = re.compile(r"p|م|عصر|ظهر|بعد|.*(?:tarde|noche|soir|après)|вечера|дня", re.IGNORECASE)
_NOON = re.compile(r"ظهر|дня", re.IGNORECASE)


class Clock(NamedTuple):
    """A clock time between `start` and `end` of a text. `zone` is None where it names none that is sure."""

    start: int
    end: int
    hour: int
    minute: int
    zone: datetime.tzinfo | None

    def on(self, year: int, month: int, day: int) -> tuple[datetime.datetime, bool]:
        """Return the moment in UTC and whether its zone is known (else its figures stand as if they were UTC).

        Raises ValueError for a day that does not exist, OverflowError at the ends of the calendar.
        """
        local = datetime.datetime(year, month, day, self.hour, self.minute, tzinfo=self.zone or datetime.UTC)
        return local.astimezone(datetime.UTC), self.zone is not None


def clocks(text: str) -> Iterator[Clock]:
    """Yield the clock times of a short text in order."""
    text = text.translate(_DIGITS)
    end = 0
    for match in _CLOCK.finditer(text):
        if match.start() < end:
            continue
        hour, minute = _read(match)
        zone = zone_at(text, match.end())
        end = zone.end if zone else match.end()
        yield Clock(match.start(), end, hour, minute, zone.info if zone else None)


def without_clocks(text: str) -> str:
    """Return a short text with its clock times, and the zones behind them, blanked out."""
    for clock in reversed(list(clocks(text))):
        text = f"{text[: clock.start]} {text[clock.end :]}"
    return text


def _read(match: re.Match[str]) -> tuple[int, int]:
    figures = [int(each) for each in _FIGURES.findall(match[0])]
    hour, minute = figures[0], figures[1] if len(figures) > 1 else 0
    half = (match["half"] or "").strip()
    if not half or hour > 12:
        return hour, minute
    if _AFTERNOON.match(half):
        late = hour < 12 and not (hour >= 10 and _NOON.match(half))
        return hour + 12 if late else hour, minute
    return 0 if hour == 12 else hour, minute
