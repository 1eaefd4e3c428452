"""The values of one row: what is taken for a text, a name, a date."""

import datetime
import re
from collections.abc import Iterable

from articles.importing.cleaning import one_line
from articles.importing.cleaning.phrases import MORE
from articles.importing.readers.dated import record_date
from articles.importing.readers.html_text import plain_text
from articles.importing.readers.tables.date_values import value_date
from articles.importing.records import NO_DATE, ArticleDate
from articles.text.dates import Moment, plausible, preferred
from articles.text.normalize import fold_text

# Where an object stands for a text: WordPress's {"rendered": …}, {"name": …} of an author or a source, MongoDB's own
# {"$oid": …} and {"$date": {"$numberLong": …}}.
_INSIDE = ("rendered", "name", "text", "value", "title", "$oid", "$date", "$numberLong")
_LETTER = re.compile(r"[^\W\d_]")
_SHOWN = 60
_CUT = re.compile(r"(?:\.\.\.|…)\W*$")
# What NewsAPI writes behind the two hundred characters that it gives.
_REST = re.compile(r"(?:\.\.\.|…)?\s*\[\+\d{1,9} chars\]\s*$")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_SENTENCE_END = re.compile(r"[.!?؟][»”\"')\]]*$")
_SHORT = 120


def text_value(value: object, between: str = "\n\n") -> str | None:
    """Return a value as a text: a string, a list of strings joined, an object that stands for one. None for others."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        parts = [text_value(part) for part in value if not isinstance(part, list)]
        return between.join(part for part in parts if part) if any(parts) else None
    if isinstance(value, dict):
        return next((text for name in _INSIDE if (text := _inside(value.get(name)))), None)
    return None


def _inside(value: object) -> str | None:
    """Return a text or number of an object, one object deeper at most."""
    if isinstance(value, dict):
        value = next((value[name] for name in _INSIDE if isinstance(value.get(name), str | int)), None)
    return value if isinstance(value, str) else _number(value) or None


def line_value(value: object, limit: int) -> str:
    """Return a value as one line of plain text; numbers are texts too, anything else says nothing."""
    text = _number(value) or text_value(value, ", ") or ""
    return one_line(plain_text(text[: 4 * limit]), limit)


def has_letters(text: str) -> bool:
    """Tell a text in which there is anything to read."""
    return bool(_LETTER.search(text))


def is_cut(paragraphs: list[str]) -> bool:
    """Tell a text that breaks off: "…", "[...]", "Read more", "Continue reading TITLE →".

    One word by itself ("AGENCY…") signs a text, and a sentence may end in the words of a link.
    """
    line = paragraphs[-1]
    if _CUT.search(line):
        return len(line.split()) > 1 or not has_letters(line)
    last = _EDGES.sub("", fold_text(line))
    is_sentence = bool(_SENTENCE_END.search(line))
    return (last.endswith(MORE) and not is_sentence) or (len(last) <= _SHORT and last.startswith(MORE))


def without_rest_mark(text: str) -> str:
    """Return a text without the mark that says how much of it is left out ("[+3456 chars]"); "…" stands for it."""
    return _REST.sub("…", text)


def byline_value(value: object, limit: int) -> str:
    """Return a value as the name of an author; the number by which a program knows one is no name."""
    name = line_value(value, limit)
    return name if has_letters(name) else ""


def date_of(published: Iterable[object], edited: Iterable[object]) -> tuple[ArticleDate, datetime.datetime | None, str]:
    """Return the date of a record, when it was changed after that, and a warning where a value says no date.

    Of several values the first that is understood counts. The date of a change dates what has no other date.
    """
    stated, problem = _first_date(published)
    changed, _problem = _first_date(edited)
    if stated is None:
        return (NO_DATE if changed is None else record_date(changed)), None, problem
    return record_date(stated), changed_later(stated, changed), ""


def changed_later(stated: Moment, changed: Moment | None) -> datetime.datetime | None:
    """Return when an article was changed, None where that is no later than its date, as far as that is known."""
    if changed is None or changed.precision != "minute" or plausible(changed) is None:
        return None
    if stated.precision != "minute" and changed.when.date() <= stated.when.date():
        return None
    return changed.when if changed.when > stated.when else None


def _first_date(values: Iterable[object]) -> tuple[Moment | None, str]:
    texts = [text for value in values if (text := (_number(value) or text_value(value) or "").strip())]
    moment = preferred(map(value_date, texts))
    if moment is not None or not texts:
        return moment, ""
    return None, f"The date “{one_line(texts[0], _SHOWN)}” is not understood."


def _number(value: object) -> str:
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""
