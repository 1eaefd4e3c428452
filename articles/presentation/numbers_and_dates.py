"""Numbers and dates in the reader's language (CLDR), as precise as they are known and no more."""

import datetime
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime, format_skeleton
from babel.numbers import format_decimal

from articles.models import Article
from articles.search.days import parse_period

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


def _day_text(moment: datetime.date, with_day: bool, long: bool, language: str) -> str:
    if long and with_day:
        return format_date(moment, "long", locale=_locale(language))
    skeleton = "yMMMd" if with_day else "yMMMM" if long else "yMMM"
    return format_skeleton(skeleton, moment, locale=_locale(language))


def article_date_text(article: Article, language: str, long: bool = False) -> str:
    """Return an article's date as precise as it is known: `16 Nov 2023`, `Nov 2023`; empty without a date.

    `long` writes the month out and gives the minute where it is known, in UTC.
    """
    if article.published_at is None or article.date_precision == Article.DatePrecision.NONE:
        return ""
    moment = article.published_at.astimezone(datetime.UTC)
    text = _day_text(moment, article.date_precision != Article.DatePrecision.MONTH, long, language)
    if long and article.date_precision == Article.DatePrecision.MINUTE:
        text += f", {format_datetime(moment, 'HH:mm', locale=_locale(language))} UTC"
    return text


def period_text(text: str, language: str) -> str:
    """Return a day or month of the gazetteer (`2004-03-09`, `2004-03`) written out; a year, or else, as it is."""
    period = parse_period(text)
    if period is None or len(period.text) == 4:
        return text
    return _day_text(period.start, len(period.text) == 10, True, language)


def month_text(day: datetime.date, language: str) -> str:
    """Return the month of `day`: `Nov 2023`."""
    return _day_text(day, False, False, language)
