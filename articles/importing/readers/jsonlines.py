"""JSON Lines: one article a line, `id, url, source, lang, date, title, body`, all but `body` optional.

A JSON document that is a list of such objects is read too.
"""

import io
import json
from collections.abc import Iterator
from pathlib import PurePath

from articles.importing.cleaning import clean, join, one_line, paragraphs_of
from articles.importing.readers.dated import record_date
from articles.importing.readers.decoding import decode, marked_charset, refuse_binary
from articles.importing.records import ArticleRecord, ImportFile, UnreadableFile, UnreadableRecord
from articles.text.dates import parse_iso

_SUFFIXES = {".jsonl", ".ndjson", ".jsonlines", ".json"}


def recognises(file: ImportFile) -> bool:
    """Tell JSON Lines by the first line, which is an object, else by the extension."""
    first = decode(file.content.lstrip(b"\xef\xbb\xbf \t\r\n")[:200_000]).partition("\n")[0].strip()
    if PurePath(file.name).suffix.lower() in _SUFFIXES:
        return True
    return first.startswith("{") and isinstance(_parsed(first), dict)


def read(file: ImportFile) -> Iterator[ArticleRecord | UnreadableRecord]:
    """Yield a record for each line; blank lines are passed over. `number` is the number of the line, from 1.

    Raises UnreadableFile where the file is empty, binary, or a JSON document without a list of articles.
    """
    refuse_binary(file)
    if PurePath(file.name).suffix.lower() == ".json":
        yield from _document(file)
        return
    for number, line in enumerate(_lines(file.content), start=1):
        if not line.strip():
            continue
        try:
            yield _record(_parsed(line.decode("utf-8")), number)
        except UnicodeDecodeError:
            yield UnreadableRecord(number, "The line is not valid UTF-8.")


def _lines(content: bytes) -> Iterator[bytes]:
    """Yield lines in UTF-8, split at line feeds only and not yet decoded, so that one bad line stays one."""
    if marked_charset(content) not in (None, "utf-8-sig"):
        content = decode(content).encode("utf-8")
    return iter(io.BytesIO(content.removeprefix(b"\xef\xbb\xbf")))


def _document(file: ImportFile) -> Iterator[ArticleRecord | UnreadableRecord]:
    """Read a .json file: a list of articles, one article, or JSON Lines under another name."""
    document = _parsed(decode(file.content))
    if isinstance(document, list):
        for number, item in enumerate(document, start=1):
            yield _record(item, number)
    elif isinstance(document, dict) and "body" in document:
        yield _record(document, 1)
    elif document is None and isinstance(_parsed(decode(file.content).strip().partition("\n")[0]), dict):
        yield from read(ImportFile(f"{file.name}l", file.content, file.folder))
    else:
        raise UnreadableFile(
            "This JSON holds no articles: a Telegram Desktop export, a list of objects with a body or JSON Lines would."
        )


def _parsed(text: str) -> object:
    """Return the value of a JSON text, None where it is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _record(item: object, number: int) -> ArticleRecord | UnreadableRecord:
    if not isinstance(item, dict):
        return UnreadableRecord(number, "The line is not a JSON object.")
    body = item.get("body")
    if body is None:
        return UnreadableRecord(number, "The article has no body.")
    if not isinstance(body, str):
        return UnreadableRecord(number, "The body is not a text.")
    paragraphs = paragraphs_of(body)
    if not paragraphs:
        return UnreadableRecord(number, "The body is empty.")
    title = one_line(_text(item.get("title")), 500)
    identity = one_line(_text(item.get("id")), 200)
    return ArticleRecord(
        body=join(clean(paragraphs, title=title)),
        title=title,
        date=record_date(parse_iso(_text(item.get("date")))),
        url=_text(item.get("url")).strip(),
        source=one_line(_text(item.get("source")), 200),
        language=_text(item.get("lang")).strip(),
        external_id=identity,
        key=f"row {identity}",
        number=number,
    )


def _text(value: object) -> str:
    """Return a field that may be a text or a number as a text; anything else says nothing."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value)
