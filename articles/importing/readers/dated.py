"""From a date as articles.text.dates finds it to the date of a record."""

from articles.importing.records import NO_DATE, ArticleDate, DateKind
from articles.text.dates import Moment, plausible


def record_date(moment: Moment | None, kind: DateKind = "stated") -> ArticleDate:
    """Return the record's date; NO_DATE for None and for dates that cannot be (before 1900, in the future)."""
    possible = plausible(moment)
    return ArticleDate(possible.when, possible.precision, kind) if possible else NO_DATE
