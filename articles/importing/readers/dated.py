"""From a date as articles.text.dates finds it to the date of a record."""

from articles.importing.records import NO_DATE, ArticleDate, DateKind
from articles.text.dates import EARLIEST_YEAR, Moment, plausible

# How much of YYYY-MM-DD is known.
_LENGTHS = {"minute": 10, "day": 10, "month": 7, "year": 4}


def record_date(moment: Moment | None, kind: DateKind = "stated") -> ArticleDate:
    """Return the record's date. What cannot be (before 1900, in the future) is no date but a problem to report."""
    if moment is None:
        return NO_DATE
    if plausible(moment) is None:
        side = f"lies before {EARLIEST_YEAR}" if moment.when.year < EARLIEST_YEAR else "lies in the future"
        text = moment.when.date().isoformat()[: _LENGTHS[moment.precision]]
        return ArticleDate(problem=f"The date {text} {side}: it was left out.")
    return ArticleDate(moment.when, moment.precision, kind, moment.zoned)
