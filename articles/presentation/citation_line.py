"""A citation as a line to read, in pieces, so that a page can keep names in other scripts apart from each other."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from articles.presentation.citations import Citation
from articles.presentation.numbers_and_dates import day_text

_ENDS = (".", "!", "?", "؟", "…", "。", "۔")
_PRECISION = {1: "year", 2: "month", 3: "day"}


@dataclass(frozen=True)
class LinePart:
    """A part of the line, and what stands around it; `language` is that of an article's text, None for all others."""

    text: str
    before: str = ""
    after: str = " "
    language: str | None = None


def citation_line(cited: Citation, reader: str) -> list[LinePart]:
    """Return the line in the language of the interface: `Author. “Title.” Source, date. Accessed day. Address.`"""
    parts = [
        LinePart(cited.credited, after=_end(cited.credited) + " "),
        LinePart(cited.title, "“", _end(cited.title) + "” ", cited.language),
    ]
    if cited.author:
        parts.append(LinePart(cited.source, after=", "))
    date = _date(cited, reader)
    accessed = _("Accessed %(day)s") % {"day": day_text(cited.accessed, "day", True, reader)}
    return [
        *parts,
        LinePart(date, after=_end(date) + " "),
        LinePart(accessed, after=_end(accessed) + " "),
        LinePart(cited.address, after="."),
    ]


def _date(cited: Citation, reader: str) -> str:
    if not cited.date:
        return _("n.d.")
    day = datetime.date(*(*cited.date, 1, 1)[:3])
    text = day_text(day, _PRECISION[len(cited.date)], True, reader)
    return f"[{text}]" if cited.inferred else text


def _end(text: str) -> str:
    """Return the full stop behind a part, unless it has an end of its own."""
    return "" if text.endswith(_ENDS) else "."
