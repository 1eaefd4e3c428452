"""How a whole column of dates is written, told from the first rows of a table: what one value alone leaves open.

05/06/2024 is read as its neighbours are: where others can be read in one way only (06/13/2024), that is the column's
way. Where all values are numbers of days as spreadsheets count them (45425; ECMA-376 part 1, 18.17.4.1), they are that.
"""

import datetime
import re
from collections.abc import Iterable, Mapping
from typing import Literal

from articles.importing.readers.tables.columns import column_of, is_utc
from articles.text.dates import parse_iso
from articles.text.day_order import DayOrder, in_order, is_day_first_language, order_of

Way = DayOrder | Literal["serial"]

_DATES = ("published", "edited")
_SERIAL = re.compile(r"(\d{5})(?:[.,](\d{1,15}))?")
# The days from 1970 to 2050.
_SERIALS = range(25569, 54789)
_DAY_ZERO = datetime.datetime(1899, 12, 30)
# Columns of figures that count seconds from somewhere.
_SECONDS = re.compile(r"stamp|unix", re.IGNORECASE)
_LONGEST = 200


def ways_of(rows: Iterable[Mapping[str, object]]) -> dict[str, Way]:
    """Return how each column of dates is written, by its name, where the rows tell."""
    values: dict[str, list[str]] = {}
    for row in rows:
        for name, value in row.items():
            column = column_of(name)
            if column is None or column[0] not in _DATES or value in (None, ""):
                continue
            is_plain = isinstance(value, str | int | float) and not isinstance(value, bool)
            values.setdefault(name, []).append(str(value).strip()[:_LONGEST] if is_plain else "")
    return {name: way for name, texts in values.items() if (way := _way(name, texts)) is not None}


def as_written(name: str, value: object, way: Way | None) -> object:
    """Return a date of a column as it reads by itself: in its column's way, and in UTC where its name says so."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return value
    text = str(value).strip()
    if len(text) > _LONGEST:
        return value
    if way == "serial":
        return _day_of(text) or value
    if way is not None:
        return in_order(text, way)
    if is_utc(name):
        moment = parse_iso(text)
        return f"{text}Z" if moment and not moment.zoned else value
    return value


def _way(name: str, texts: list[str]) -> Way | None:
    if all(map(_day_of, texts)):
        return None if _SECONDS.search(name) else "serial"
    orders = {order for text in texts if (order := order_of(text))}
    if len(orders) == 1:
        return orders.pop()
    # The column's name is a label like any other ("Fecha").
    return "day first" if not orders and is_day_first_language(name) else None


def _day_of(text: str) -> str:
    """Return the day, and the minute, that a spreadsheet's number stands for, in ISO 8601; "" for any other text."""
    match = _SERIAL.fullmatch(text)
    if match is None or int(match[1]) not in _SERIALS:
        return ""
    day = _DAY_ZERO + datetime.timedelta(days=int(match[1]))
    if not match[2] or not int(match[2]):
        return day.date().isoformat()
    minutes = round(float(f"0.{match[2]}") * 24 * 60)
    return (day + datetime.timedelta(minutes=minutes)).isoformat(timespec="minutes")
