"""Dates as they stand in running text, in English, Arabic, Russian, Spanish and French, wherever they stand.

Every date has a figure. So the text is searched for figures of one, two or four digits, and only what stands beside
one is looked at: a text without them costs nothing. All patterns are bounded and begin at a figure: none runs away.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from articles.text import months

_FIGURES = re.compile(r"\d+")
_RANGE = r"(?:\s{0,2}(?:[-–—/]|and|to|y|al|et|au|и|по|و|إلى)\s{0,2}\d{1,2}(?:st|nd|rd|th|º)?(?!\d))?"
_ORDINAL = r"(?:st|nd|rd|th|er|º|ª|°|-?го|-е)?"
# 16th of November · 4 de mayo · 16 ноября · 21 أيلول · 26-27 июля · 05-Feb
_DAY_FIRST = re.compile(
    rf"\d{{1,2}}{_ORDINAL}{_RANGE},?[\s/-]{{0,3}}(?:(?:of|de|del|من)\s{{1,3}})?(?P<month>{months.PATTERN})",
    re.IGNORECASE,
)
# What follows the day in "July 25", "Feb. 6th", "mayo 4"; a percentage, a clock time or a decimal is no day.
_AFTER_MONTH = re.compile(rf"\d{{1,2}}{_ORDINAL}{_RANGE}(?!\w)", re.IGNORECASE)
_NO_DAY = re.compile(r"[:%]|[.,]\d|\s?[h٪]\b")
# A second name of the same month: أيلول/سبتمبر, نوفمبر (تشرين الثاني)
_OTHER_NAME = re.compile(rf"\s{{0,2}}[/(–-]\s{{0,2}}(?P<month>{months.PATTERN})\s{{0,2}}\)?")
_YEAR = re.compile(
    r"\.?(?:[,،]?\s{0,3}(?:(?:de|del|of|عام|سنة|لعام|لسنة)\s{1,3})?|\s{0,2}[-/]\s{0,2})(?P<year>\d{4})(?!\d)",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})(?![\d-])")
_NUMERIC = re.compile(
    r"(?P<first>\d{1,2})\s?(?P<sign>[./-])\s?(?P<second>\d{1,2})\s?(?P=sign)\s?(?P<year>\d{4})(?![\d-])"
)
_WORD = re.compile(months.WORD)
# How far before a figure a month's name may begin: two words, another name of the month, "de".
_REACH = 50
_LONGEST_WORD = 14
_BEFORE_DAY = re.compile(r"\.\s{0,3}|\s{1,3}")
_BEFORE_YEAR = re.compile(r"[.)]{0,2}(?:[,،]?\s{0,3}|\s{0,2}[-/]\s{0,2})")
_BETWEEN_NAMES = re.compile(r"\s{0,2}[/(–-]\s{0,2}")
_OF = frozenset({"de", "del", "of", "عام", "سنة", "لعام", "لسنة"})
# Other words in small letters, where no year says that they are months: "it may 10 times", "a march of 5 miles".
_NEEDS_CAPITAL = frozenset({"may", "march", "mar", "sep", "dec", "jan", "mars", "mai", "ماي"})
_NEEDS_CAPITAL_BEHIND_A_DAY = frozenset({"may", "march", "mar"})
# "Years ago 5 of them …": a month only where a year is written.
_NEEDS_YEAR = frozenset({"ago", "set"})
_USUAL_YEARS = range(1900, 2100)
_ALL_YEARS = range(1000, 3000)


@dataclass(frozen=True)
class Mention:
    """A date as it stands in a text between `start` and `end`; year or day is None where it is not written."""

    start: int
    end: int
    year: int | None
    month: int
    day: int | None


class _Month(NamedTuple):
    """The name of a month as it stands in a text."""

    start: int
    end: int
    name: str
    number: int


def mentions(text: str, *, all_years: bool = False) -> list[Mention]:
    """Return the dates of `text` in order, without overlaps. Days that no calendar has (31.02.) are left out.

    Years are those from 1900 to 2099, with `all_years` from 1000 to 2999: in running text other figures are no years.
    """
    years = _ALL_YEARS if all_years else _USUAL_YEARS
    found: list[Mention] = []
    end = 0
    for figures in _FIGURES.finditer(text):
        start = figures.start()
        length = figures.end() - start
        if start < end or length > 4 or length == 3:
            continue
        candidates = [each for each in _candidates(text, start, length, years) if each.start >= end]
        if candidates:
            best = min(candidates, key=lambda each: (each.year is None, each.start, -each.end))
            found.append(best)
            end = best.end
    return found


def _candidates(text: str, start: int, length: int, years: range) -> Iterator[Mention]:
    before = text[start - 1 : start]
    if length == 4:
        yield from _year_first(text, start, before, years)
        yield from _month_and_year(text, start, years)
        return
    if before not in tuple("./-"):
        yield from _numeric(text, start, years)
    if before not in tuple(".,:/-"):
        yield from _day_first(text, start, years)
    yield from _month_first(text, start, years)


def _year_first(text: str, start: int, before: str, years: range) -> Iterator[Mention]:
    match = _YEAR_FIRST.match(text, start)
    if match and before not in tuple("./-"):
        yield from _mention(*match.span(), int(match["year"]), int(match["month"]), int(match["day"]), years)


def _numeric(text: str, start: int, years: range) -> Iterator[Mention]:
    match = _NUMERIC.match(text, start)
    if match is None:
        return
    first, second = int(match["first"]), int(match["second"])
    # 07/25/2024 is American; 05/06/2024 may be either, and a guess would be wrong half the time. Dots are European.
    if match["sign"] != "." and first <= 12 and second <= 12 and first != second:
        return
    day, month = (second, first) if second > 12 else (first, second)
    yield from _mention(*match.span(), int(match["year"]), month, day, years)


def _day_first(text: str, start: int, years: range) -> Iterator[Mention]:
    """16th of November, 2023 · 4 de mayo de 2024 · 16 ноября 2023 · 21 أيلول/سبتمبر 2023 · 26-27 июля"""
    match = _DAY_FIRST.match(text, start)
    number = months.number_of(match["month"]) if match else None
    if match is None or number is None:
        return
    end = match.end()
    other = _OTHER_NAME.match(text, end)
    if other and months.number_of(other["month"]) == number:
        end = other.end()
    year, end = _year_after(text, end, years)
    if year is None and (_is_joined(text, end) or not _is_month(match["month"], _NEEDS_CAPITAL_BEHIND_A_DAY)):
        return
    day = int(_FIGURES.match(text, start)[0])  # type: ignore[index]
    yield from _mention(start, end, year, number, day, years)


def _month_first(text: str, start: int, years: range) -> Iterator[Mention]:
    """July 25, 2024 · Feb. 6 · mayo 4 de 2024"""
    name = _month_before(text, start)
    day = _AFTER_MONTH.match(text, start) if name and _BEFORE_DAY.fullmatch(text, name.end, start) else None
    if name is None or day is None:
        return
    year, end = _year_after(text, day.end(), years)
    if year is None and (_NO_DAY.match(text, end) or not _is_month(name.name, _NEEDS_CAPITAL)):
        return
    yield from _mention(name.start, end, year, name.number, int(_FIGURES.match(text, start)[0]), years)  # type: ignore[index]


def _month_and_year(text: str, start: int, years: range) -> Iterator[Mention]:
    """July 2024 · juillet 2024 · mayo de 2024 · تموز 2024"""
    name = _month_before(text, start, with_of=True)
    if name and _BEFORE_YEAR.fullmatch(text, name.end, start):
        yield from _mention(name.start, start + 4, int(text[start : start + 4]), name.number, None, years)


def _month_before(text: str, position: int, *, with_of: bool = False) -> _Month | None:
    """Return the month whose name is the last word before `position` (`with_of`: "de", "عام" may follow it)."""
    words = _words_before(text, position)
    of = words.pop() if with_of and len(words) > 1 and words[-1][0].lower() in _OF else None
    name = _last_name(words)
    if name is None or (of and text[name.end : of.start()].strip(" ,،.")):
        return None
    other = _last_name(words[: -1 - name.name.count(" ")])
    twice = other and other.number == name.number and _BETWEEN_NAMES.fullmatch(text, other.end, name.start)
    return name._replace(start=other.start if other and twice else name.start, end=of.end() if of else name.end)


def _words_before(text: str, position: int) -> list[re.Match[str]]:
    """Return the words that stand right before `position`, whole ones only; none where there are other signs."""
    place = position - 1
    while place >= 0 and position - place < 6 and not text[place].isalpha():
        place -= 1
    if place < 0 or not text[place].isalpha():
        return []
    last = next(reversed(list(_WORD.finditer(text, max(0, place - _LONGEST_WORD), position))), None)
    # Most figures have no month before them: nothing more is looked at.
    if last is None or not (months.number_of(last[0]) or last[0] in months.LAST_WORDS or last[0].lower() in _OF):
        return []
    lowest = max(0, position - _REACH)
    words = _WORD.finditer(text, lowest, position)
    return [word for word in words if not (word.start() > 0 and _is_joined(text, word.start() - 1))]


def _last_name(words: list[re.Match[str]]) -> _Month | None:
    """Return the month that the last word names, or the last two."""
    if not words:
        return None
    last = words[-1]
    if len(words) > 1 and words[-2][0] in months.FIRST_WORDS:
        name, start = f"{words[-2][0]} {last[0]}", words[-2].start()
    else:
        name, start = last[0], last.start()
    number = months.number_of(name)
    return None if number is None else _Month(start, last.end(), name, number)


def _year_after(text: str, end: int, years: range) -> tuple[int | None, int]:
    """Return the year that follows and where it ends; None and `end` where none follows."""
    match = _YEAR.match(text, end)
    if match and int(match["year"]) in years:
        return int(match["year"]), match.end()
    return None, end


def _is_month(name: str, need_capital: frozenset[str]) -> bool:
    """Tell a name that needs no year to be a month's."""
    lower = name.lower()
    return lower not in _NEEDS_YEAR and not (lower in need_capital and name[0].islower())


def _is_joined(text: str, place: int) -> bool:
    """Tell that the sign at `place` belongs to a word."""
    return text[place : place + 1].isalnum() or text[place : place + 1] == "_"


def _mention(start: int, end: int, year: int | None, month: int, day: int | None, years: range) -> Iterator[Mention]:
    if year is not None and year not in years:
        return
    try:
        datetime.date(year or 2024, month, 1 if day is None else day)
    except ValueError:
        return
    yield Mention(start, end, year, month, day)
