"""Values of an index's fields: as JSON keeps them, and as they are compared: numbers, moments, texts.

A moment is a whole number of microseconds since 1970. What is naive, and a day, is of the site's zone.
"""

import datetime
import math
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Literal

from django.conf import settings
from django.utils import timezone

from articles.text.days import local, parse_period

Kind = Literal["number", "moment", "text"]
KINDS: tuple[Kind, ...] = ("number", "moment", "text")
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
MICROSECOND = datetime.timedelta(microseconds=1)
MAX_DIGITS = 40
# Up to here whole numbers and decimals are the same.
MAX_WHOLE = 2.0**53

# What JSON has no value for stands as {name: text}.
_AS_TEXT: Mapping[str, tuple[type, Callable[[str], Any]]] = {
    "datetime": (datetime.datetime, datetime.datetime.fromisoformat),
    "date": (datetime.date, datetime.date.fromisoformat),
    "decimal": (Decimal, Decimal),
}


def kept(value: Any) -> Any:
    """Return a prepared value as JSON keeps it: the text of what is neither a value of JSON nor a date or decimal."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return [kept(part) for part in value]
    for name, (kind, _) in _AS_TEXT.items():
        if isinstance(value, kind):
            return {name: str(value)}
    return str(value)


def restored(value: Any) -> Any:
    """Return what `kept` was given."""
    if isinstance(value, list):
        return [restored(part) for part in value]
    if isinstance(value, dict):
        ((name, text),) = value.items()
        return _AS_TEXT[name][1](text)
    return value


def key_of(value: Any) -> tuple[Kind, Any]:
    """Return the form in which a kept value is compared."""
    if isinstance(value, datetime.date):
        return "moment", _moments(value)[0]
    number = None if isinstance(value, str) else _number(value)
    return ("text", str(value)) if number is None else ("number", number)


def span(value: Any, kind: Kind) -> tuple[Any, Any] | None:
    """Return the first and the last key of `kind` that a value asked for stands for; None where it cannot be one."""
    if kind == "text":
        return str(value), str(value)
    if kind == "moment":
        return _period(value)
    number = _number(value)
    return None if number is None else (number, number)


def moment_of(key: int) -> datetime.datetime:
    """Return the moment of a key: aware, in UTC; naive in the site's zone where the site has no zones."""
    try:
        moment = EPOCH + datetime.timedelta(microseconds=int(key))
    except OverflowError:
        # The first hours of the calendar in a zone that is ahead.
        moment = datetime.datetime.min.replace(tzinfo=datetime.UTC)
    return moment if settings.USE_TZ else local(moment, timezone.get_default_timezone()).replace(tzinfo=None)


def _number(value: Any) -> int | float | None:
    if isinstance(value, str):
        text = value.strip().lower()
        if text in {"true", "false"}:
            return int(text == "true")
        try:
            value = Decimal(text) if 0 < len(text) <= MAX_DIGITS else None
        except ArithmeticError:
            return None
        if value is not None and value.is_finite() and value.adjusted() < MAX_DIGITS and value == int(value):
            return int(value)
    if isinstance(value, bool | int):
        return int(value)
    if isinstance(value, Decimal):
        value = None if value.is_nan() else float(value)
    if not isinstance(value, float) or math.isnan(value):
        return None
    return int(value) if value.is_integer() and abs(value) < MAX_WHOLE else value


def _period(value: Any) -> tuple[int, int] | None:
    if isinstance(value, str):
        period = parse_period(value)
        try:
            if period is not None:
                return _moments(period.start)[0], _moments(period.end)[1]
            value = datetime.datetime.fromisoformat(value)
        except ValueError:
            return None
    return _moments(value) if isinstance(value, datetime.date) else None


def _moments(value: datetime.date) -> tuple[int, int]:
    """Return the first and the last moment of a day or, twice, the moment itself."""
    if isinstance(value, datetime.datetime):
        moment = _microseconds(value)
        return moment, moment
    times = (datetime.time.min, datetime.time.max)
    first, last = (_microseconds(datetime.datetime.combine(value, time)) for time in times)
    return first, last


def _microseconds(moment: datetime.datetime) -> int:
    if moment.utcoffset() is None:
        moment = moment.replace(tzinfo=timezone.get_default_timezone())
    return (moment - EPOCH) // MICROSECOND
