"""05/06/2024: the fifth of June or the sixth of May? What stands beside such a date may tell.

A day of the week tells that fits one reading only. Labels and words in another language than English tell too: of the
languages read here only English has writers who put the month first (CLDR 45, dateFormats short: en-US).
"""

import datetime
import re
from collections.abc import Iterable
from typing import Literal

from articles.text.normalize import fold_text

DayOrder = Literal["day first", "month first"]

_EITHER = re.compile(
    r"(?<![\d./-])(?P<first>\d{1,2})\s?(?P<sign>[/-])\s?(?P<second>\d{1,2})\s?(?P=sign)\s?(?P<year>\d{4})(?![\d/-])"
)
# 15.06.24: with dots the day stands first. Years from 70 on may be of either century: they are not read.
_SHORT_YEAR = re.compile(r"(?<![\d.,:])(?P<day>\d{1,2}\.\d{1,2}\.)(?P<year>[0-6]\d)(?![\d.])")
_ENGLISH_DAYS = "monday mon|tuesday tue tues|wednesday wed|thursday thu thur thurs|friday fri|saturday sat|sunday sun"
_OTHER_DAYS = (
    "lunes lundi понедельник пн الاثنين الإثنين اثنين montag lunedì segunda",
    "martes mardi вторник вт الثلاثاء ثلاثاء dienstag martedì terça",
    "miércoles mercredi среда среду ср الأربعاء الاربعاء أربعاء mittwoch mercoledì quarta",
    "jueves jeudi четверг чт الخميس خميس donnerstag giovedì quinta",
    "viernes vendredi пятница пятницу пт الجمعة جمعة freitag venerdì sexta",
    "sábado samedi суббота субботу сб السبت سبت samstag sabato",
    "domingo dimanche воскресенье вс الأحد الاحد أحد sonntag domenica",
)
# Words that stand on the line of a date, in languages of Latin script other than English.
_OTHER_WORDS = """fecha publicado publicada publicación actualizado actualizada actualización modificado el las del de
    por publié publiée parution parue posté postée mise mis modifié modifiée jour ligne le du par hora horas heure
    heures veröffentlicht uhr pubblicato il em"""
_ENGLISH_LABELS = frozenset(
    {"published", "posted", "released", "issued", "updated", "modified", "last", "by", "on", "at"}
)
# 18h30, à 18:30
_OTHER_CLOCK = re.compile(r"\b\d{1,2}\s?h(?:\s?\d\d)?\b|(?<!\w)à\s\d")
_OTHER_SCRIPTS = re.compile("[\u0400-\u04ff\u0600-\u06ff]")
_WORDS = re.compile(r"[^\W\d_]+")


def _table(days: Iterable[str]) -> dict[str, int]:
    return {fold_text(name): number for number, names in enumerate(days) for name in names.split()}


_ENGLISH = _table(_ENGLISH_DAYS.split("|"))
_OTHER = _table(_OTHER_DAYS)
_OTHER_FOLDED = frozenset(fold_text(word) for word in _OTHER_WORDS.split())


def with_day_first(text: str, beside: str = "") -> str:
    """Return `text` with its numeric dates written day.month.year, where it, or what stands `beside` it, tells how.

    A date that may be read either way, with nothing to tell, stays as it is.
    """
    if "/" not in text and "-" not in text:
        return text
    context = f"{beside} {text}"
    return _EITHER.sub(lambda match: _dotted(match, _order(match, context)), text)


def in_order(text: str, order: DayOrder) -> str:
    """Return `text` with its numeric dates written day.month.year, read in the order that is known for them."""
    return _EITHER.sub(lambda match: _dotted(match, order if _is_either(match) else None), text)


def order_of(text: str) -> DayOrder | None:
    """Return in which order a numeric date is written that can be read in one way only; None for any other text."""
    match = _EITHER.search(text)
    if match is None:
        return None
    first, second = int(match["first"]), int(match["second"])
    if first <= 12 < second <= 31:
        return "month first"
    return "day first" if second <= 12 < first <= 31 else None


def with_whole_year(text: str) -> str:
    """Return `text` with the years of dates like 15.06.24 written out."""
    return _SHORT_YEAR.sub(r"\g<day>20\g<year>", text)


def is_day_first_language(text: str) -> bool:
    """Tell words of a language in which no one writes the month first."""
    if _OTHER_SCRIPTS.search(text):
        return True
    words = [fold_text(word) for word in _WORDS.findall(text)]
    if _ENGLISH_LABELS.intersection(words):
        return False
    return bool(_OTHER_CLOCK.search(text)) or any(word in _OTHER_FOLDED or word in _OTHER for word in words)


def _is_either(match: re.Match[str]) -> bool:
    first, second = int(match["first"]), int(match["second"])
    return 0 < first <= 12 and 0 < second <= 12 and first != second


def _order(match: re.Match[str], context: str) -> DayOrder | None:
    if not _is_either(match):
        return None
    words = [fold_text(word) for word in _WORDS.findall(context)]
    weekday = next((day for word in words if (day := _ENGLISH.get(word, _OTHER.get(word))) is not None), None)
    year, first, second = int(match["year"]), int(match["first"]), int(match["second"])
    if weekday is not None and year:
        fits = [datetime.date(year, *each).weekday() == weekday for each in ((second, first), (first, second))]
        if fits[0] != fits[1]:
            return "day first" if fits[0] else "month first"
        if not any(fits):
            return None
    return "day first" if is_day_first_language(context) else None


def _dotted(match: re.Match[str], order: DayOrder | None) -> str:
    if order is None:
        return match[0]
    day, month = (match["first"], match["second"]) if order == "day first" else (match["second"], match["first"])
    return f"{int(day):02}.{int(month):02}.{match['year']}"
