"""What tagging is not sure of, and an editor's word on it: offices that several people may hold, and uncertain tags.

The door of the list “To settle”. Whoever calls it tells the index of the articles that it says have changed.
"""

from articles.importing.settling.questions import Settled, reopen, settle
from articles.importing.settling.refusing import CannotSettle
from articles.importing.settling.tags import Decision, decide, undo
from articles.importing.settling.waiting import (
    KINDS,
    QUESTION,
    OpenQuestion,
    OpenTag,
    Wanted,
    load,
    open_count,
    open_countries,
    open_entries,
    open_topics,
    settled_questions,
)

__all__ = [
    "KINDS",
    "QUESTION",
    "CannotSettle",
    "Decision",
    "OpenQuestion",
    "OpenTag",
    "Settled",
    "Wanted",
    "decide",
    "load",
    "open_count",
    "open_countries",
    "open_entries",
    "open_topics",
    "reopen",
    "settle",
    "settled_questions",
    "undo",
]
