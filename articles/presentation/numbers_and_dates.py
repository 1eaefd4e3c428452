"""Numbers and dates in the reader's language (CLDR), as precise as they are known and no more."""

import datetime
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time
from babel.numbers import format_decimal, format_percent
from django.utils import timezone

from articles.models import Article
from articles.text.days import local, parse_period

# English as most newsrooms outside America write it: 16 Nov 2023.
_REGIONS = {"en": "en_GB"}


@lru_cache
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(_REGIONS.get(language, language.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_GB")


def number_text(number: int, language: str) -> str:
    """Return a whole number with the thousands parted as `language` (BCP 47) does it."""
    # A page shows hundreds of small numbers, which look the same in every language of the interface.
    return str(number) if 0 <= number < 1000 else format_decimal(number, locale=_locale(language))


# CLDR's skeletons of a date that is known to the day, the month, the year; written out, a day has a form of its own.
_SHORT = {"minute": "yMMMd", "day": "yMMMd", "month": "yMMM", "year": "y"}
_LONG = {"month": "yMMMM", "year": "y"}


@lru_cache(maxsize=5000)
def day_text(day: datetime.date, precision: str, long: bool, language: str) -> str:
    """Return a day as precise as it is known; `long` writes the month out."""
    skeleton = (_LONG if long else _SHORT).get(precision)
    if skeleton is None:
        return format_date(day, "long", locale=_locale(language))
    return format_skeleton(skeleton, day, locale=_locale(language))


def _zone_text(moment: datetime.datetime) -> str:
    """Return how far a moment's zone is from UTC, which reads alike in every language: `UTC+5:30`."""
    minutes = int((moment.utcoffset() or datetime.timedelta()).total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    if not minutes:
        return "UTC"
    return f"UTC{'+' if minutes > 0 else '-'}{hours}" + (f":{rest:02}" if rest else "")


def article_date_text(article: Article, language: str, long: bool = False) -> str:
    """Return an article's date as precise as it is known: `16 Nov 2023`, `Nov 2023`, `2023`; empty without a date.

    A minute is shown in the site's zone, a day never shifted. `long` writes the month out and gives the minute where it
    is known, and its zone.
    """
    precision = article.date_precision
    if article.published_at is None or precision == Article.DatePrecision.NONE:
        return ""
    if long:
        return moment_text(article.published_at, precision, language)
    return day_text(shown_moment(article.published_at, precision).date(), precision, False, language)


def moment_text(published_at: datetime.datetime, precision: str, language: str, zoned: bool = True) -> str:
    """Return a moment written out: `16 November 2023, 14:03 UTC`; as it stands, where its zone is not known."""
    moment = shown_moment(published_at, precision) if zoned else published_at
    text = day_text(moment.date(), precision, True, language)
    if precision == Article.DatePrecision.MINUTE:
        text += f", {format_time(moment.time(), 'HH:mm', locale=_locale(language))}"
        text += f" {_zone_text(moment)}" if zoned else ""
    return text


def shown_moment(moment: datetime.datetime, precision: str) -> datetime.datetime:
    """Return the moment whose figures are shown: in the site's zone where the minute is known, else in UTC."""
    zone = timezone.get_default_timezone() if precision == Article.DatePrecision.MINUTE else datetime.UTC
    return local(moment, zone)


def period_text(text: str, language: str) -> str:
    """Return a day or month of the gazetteer (`2004-03-09`, `2004-03`) written out; a year, or else, as it is."""
    period = parse_period(text)
    if period is None or len(period.text) == 4:
        return text
    return day_text(period.start, "day" if len(period.text) == 10 else "month", True, language)


def article_month_text(article: Article, language: str) -> str:
    """Return the month of a dated article, `Nov 2023`, or its year where no more is known."""
    if article.published_at is None:
        return ""
    day = shown_moment(article.published_at, article.date_precision).date()
    return day_text(day, "year" if article.date_precision == Article.DatePrecision.YEAR else "month", False, language)


def percent_text(part: int, whole: int, language: str) -> str:
    """Return what part of a whole this is, in whole percent: `12%`; `<1%` for less than half of one."""
    share = part / whole if whole else 0.0
    written = format_percent(max(share, 0.01) if part else 0, locale=_locale(language))
    return f"<{written}" if part and share < 0.005 else written
