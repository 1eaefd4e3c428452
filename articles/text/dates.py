"""Dates as news texts write them, in English, Arabic, Russian, Spanish and French. One name for all that reads them.

A day without a clock time is a calendar day: its moment is that day's midnight UTC, whatever the zone of the source. A
clock time without a zone gives a moment that is not `zoned`: its figures stand as if they were UTC.
"""

from articles.text.date_labels import is_change, label_of
from articles.text.date_lines import dateline_date, line_date, place_date
from articles.text.date_mentions import Mention, mentions
from articles.text.event_dates import event_date
from articles.text.moments import (
    EARLIEST_YEAR,
    Moment,
    Precision,
    day_moment,
    parse_iso,
    plausible,
    preferred,
)

__all__ = [
    "EARLIEST_YEAR",
    "Mention",
    "Moment",
    "Precision",
    "dateline_date",
    "day_moment",
    "event_date",
    "is_change",
    "label_of",
    "line_date",
    "mentions",
    "parse_iso",
    "place_date",
    "plausible",
    "preferred",
]
