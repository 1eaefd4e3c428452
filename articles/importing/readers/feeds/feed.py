"""Feeds: RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, read by feedparser from the file and never from the net.

An entry is an article where it holds the text, and else a summary of one (see feed_text.py). Taken are title, address,
id, author and dates; the feed's title is the source, where the entry does not name another (RSS's and Atom's `source`).
"""

import datetime
import io
import re
from pathlib import PurePath
from typing import Any
from xml.sax import SAXException

import feedparser

from articles.importing.cleaning import one_line
from articles.importing.readers.dated import record_date
from articles.importing.readers.feeds.source import feed_xml, is_feed
from articles.importing.readers.feeds.text import entry_text
from articles.importing.readers.html_text import plain_text
from articles.importing.readers.tables.date_values import value_date
from articles.importing.readers.tables.values import changed_later
from articles.importing.records import ArticleRecord, EmptyRecord, ImportFile, Record, Records, Remark, UnreadableFile
from articles.text.dates import Moment, preferred

_SUFFIXES = {".rss", ".atom", ".rdf"}
_ADDRESS = re.compile(r"\S+@\S+")
_EDGES = re.compile(r"^[\s(<]+|[\s)>]+$")
_DATES = ("published", "created", "updated")
_UTF8_XML = {"content-type": "application/xml; charset=utf-8"}


def recognises(file: ImportFile) -> bool:
    """Tell a feed by its first element, else by the extension."""
    return is_feed(file.head) or PurePath(file.name).suffix.lower() in _SUFFIXES


def read(file: ImportFile) -> Records:
    """Yield a record for each entry. A feed that is no well-formed XML is read as far as it goes, with a remark.

    Raises UnreadableFile where the file is empty, binary or no feed, or declares entities.
    """
    feed = _parsed(feed_xml(file))
    fault = feed.get("bozo_exception")
    if not feed.get("version") and not feed.entries:
        raise UnreadableFile("This is no feed: there is neither RSS nor Atom in it.")
    if fault is not None:
        reason = fault.getMessage() if isinstance(fault, SAXException) else str(fault)
        yield Remark(f"The feed is no well-formed XML ({one_line(reason, 120)}): what can be told was read.")
    if not feed.entries:
        yield Remark("There are no entries in this feed.")
    for number, entry in enumerate(feed.entries, start=1):
        yield _record(entry, feed.feed, number)


def _parsed(xml: str) -> Any:
    try:
        # A stream: of a string feedparser may think that it is an address or a path.
        return feedparser.parse(
            io.BytesIO(xml.encode("utf-8", "replace")),
            response_headers=_UTF8_XML,
            resolve_relative_uris=False,
            sanitize_html=False,
        )
    except Exception as error:
        # feedparser raises whatever it stumbles over.
        raise UnreadableFile(f"The feed cannot be read ({type(error).__name__}).") from error


def _record(entry: Any, feed: Any, number: int) -> Record:
    place = f"entry {number}"
    title = _line(entry.get("title"), 500)
    source = _line(_member(entry, "source").get("title"), 200) or _line(feed.get("title"), 200)
    text = entry_text(entry, title, source)
    if not text.body:
        reason = "The entry has a title only." if title else "There is no text."
        return EmptyRecord(number, reason, place)
    published = _moment(entry, "published") or _moment(entry, "created")
    updated = _moment(entry, "updated")
    return ArticleRecord(
        body=text.body,
        title=title,
        date=record_date(preferred((published, updated))),
        url=_line(entry.get("feedburner_origlink") or entry.get("link"), 4000),
        source=source,
        language=_line(text.language or feed.get("language"), 40),
        byline=_authors(entry),
        external_id=_line(entry.get("id"), 200),
        number=number,
        place=place,
        summary=text.summary,
        edited_at=changed_later(published, updated) if published else None,
        warnings=_warnings(entry, published or updated),
    )


def _warnings(entry: Any, moment: Moment | None) -> tuple[str, ...]:
    stated = next((value for name in _DATES if (value := _line(dict.get(entry, name), 60))), "")
    return (f"The date “{stated}” is not understood.",) if stated and moment is None else ()


def _moment(entry: Any, name: str) -> Moment | None:
    """Return a date of an entry, of the element itself: feedparser gives one date for another where that is missing."""
    value = dict.get(entry, name)
    moment = value_date(value) if isinstance(value, str) else None
    parsed = dict.get(entry, f"{name}_parsed")
    if moment is None and parsed:
        try:
            year, month, day, hour, minute = parsed[:5]
            return Moment(datetime.datetime(year, month, day, hour, minute, tzinfo=datetime.UTC), "minute")
        except (ValueError, OverflowError):
            return None
    return moment


def _authors(entry: Any) -> str:
    """Return the authors by name: RSS writes `address (name)`, others `name <address>`."""
    listed = entry.get("authors") or []
    names = [author.get("name") for author in listed if isinstance(author, dict)]
    if len(names) < 2:
        names = [entry.get("author")]
    return ", ".join(dict.fromkeys(filter(None, (_without_address(_line(name, 300)) for name in names))))


def _without_address(name: str) -> str:
    return _EDGES.sub("", _ADDRESS.sub("", name)) if "@" in name else name


def _member(entry: Any, name: str) -> dict:
    value = entry.get(name)
    return value if isinstance(value, dict) else {}


def _line(value: object, limit: int) -> str:
    return one_line(plain_text(value[: 4 * limit]), limit) if isinstance(value, str) else ""
