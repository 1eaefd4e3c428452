"""JSON (RFC 8259): one document with a list of articles in it, or with a single article.

The list is the document itself, or stands under a name that says so (`articles`, `items`, `results`, …), up to three
objects deep. Which key of an article means what: columns.py. JSON Feed (jsonfeed.org) is such a document; its
title is the source of its items. A small document is read as a whole, a large or broken one item by item.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import PurePath

from django.conf import settings

from articles.importing.readers.decoding import text_of
from articles.importing.readers.json_events import BrokenJson
from articles.importing.readers.tables.columns import has_text
from articles.importing.readers.tables.json_items import OBJECTS_DEEP, is_name_of_list, items_of
from articles.importing.readers.tables.records import Row, no_text_column, records_of, unwrapped
from articles.importing.records import ImportFile, Records, Remark, UnreadableFile

_BLANK = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"


def recognises(file: ImportFile) -> bool:
    """Tell a document by its beginning, a list of objects or an object with a member; else by the extension."""
    start = file.head.lstrip(_BLANK).replace(b"\x00", b"")
    if PurePath(file.name).suffix.lower() == ".json":
        return True
    after = start[1:].lstrip(_BLANK)
    return (start[:1] == b"[" and after[:1] == b"{") or (start[:1] == b"{" and after[:1] == b'"')


def read(file: ImportFile) -> Records:
    """Yield a record for each article; `number` counts them from 1.

    Where the JSON breaks off, what stands before is read and a remark says so. Raises UnreadableFile where the file is
    empty, binary, nested too deep, or holds no articles.
    """
    if file.size <= settings.IMPORT_MAX_DOCUMENT_SIZE:
        text = text_of(file)
        try:
            document = json.loads(text)
        except RecursionError:
            raise UnreadableFile("The JSON is nested too deep.") from None
        except ValueError:
            pass  # what stands before the break may be read all the same
        else:
            items, source = _articles_of(document)
            yield from records_of(map(_row, enumerate(items, start=1)), source)
            return
    yield from _read_by_items(file)


def _row(numbered: tuple[int, object]) -> Row:
    number, item = numbered
    return number, f"item {number}", item if isinstance(item, dict) else "The item is not a JSON object."


def _articles_of(document: object) -> tuple[Iterable[object], str]:
    """Return the articles of a document, and the source that it names for all. Raises UnreadableFile without any."""
    if isinstance(document, list):
        return document, ""
    if isinstance(document, dict):
        found = _list_in(document, OBJECTS_DEEP)
        if found is not None:
            return found, _feed_title(document)
        if has_text(unwrapped(document)):
            return [document], ""
        # Articles by their ids, as databases write them.
        values = list(document.values())
        if values and all(isinstance(value, dict) and has_text(unwrapped(value)) for value in values):
            return values, ""
        raise no_text_column(document)
    raise UnreadableFile("This JSON holds no articles: it is neither a list nor an object.")


def _list_in(document: dict, deep: int) -> list | None:
    """Return the first list of objects that stands under a name for one, in the order of the document."""
    for name, value in document.items():
        if isinstance(value, list) and is_name_of_list(name) and value and isinstance(value[0], dict):
            return value
        if isinstance(value, dict) and deep > 1:
            found = _list_in(value, deep - 1)
            if found is not None:
                return found
    return None


def _feed_title(document: dict) -> str:
    version, title = document.get("version"), document.get("title")
    return title if isinstance(version, str) and "jsonfeed.org" in version and isinstance(title, str) else ""


def _read_by_items(file: ImportFile) -> Records:
    broken: list[str] = []
    count = 0
    for record in records_of(map(_row, enumerate(_until_broken(items_of(file), broken), start=1))):
        if not isinstance(record, Remark):
            count += 1
        elif not count:
            break
        yield record
    if not count:
        raise UnreadableFile(broken[0] if broken else "This JSON holds no list of articles.")
    if broken:
        yield Remark(f"{broken[0]} What stands before the break was read.")


def _until_broken(items: Iterator[object], broken: list[str]) -> Iterator[object]:
    try:
        yield from items
    except BrokenJson as error:
        broken.append(str(error))
