"""JSON Lines (jsonlines.org, ndjson): one JSON object a line, each an article. Which key means what: columns.py.

The file is read line by line and may have any size.
"""

import codecs
import io
import itertools
import json
from collections.abc import Iterator
from pathlib import PurePath
from typing import IO, BinaryIO

from django.conf import settings

from articles.importing.readers.decoding import decode, marked_charset, refuse_binary
from articles.importing.readers.tables.records import Row, records_of
from articles.importing.records import ImportFile, Records, UnreadableFile

SUFFIXES = (".jsonl", ".ndjson", ".jsonlines")
_BLANK = b" \t\r\n\xef\xbb\xbf"


def recognises(file: ImportFile) -> bool:
    """Tell JSON Lines by the first line, which is an object by itself; by the extension where it is broken.

    A list is one document whatever it is named, and so is a file of one line that is named .json.
    """
    is_named = PurePath(file.name).suffix.lower() in SUFFIXES
    start = _utf8(file.head)
    if start[:1] == b"[":
        return is_named and _is_whole(start)
    if start[:1] != b"{":
        return is_named
    is_object, follows = _begins_with_object(file, start)
    return is_named or (is_object and (follows or not file.name.lower().endswith(".json")))


def read(file: ImportFile) -> Records:
    """Yield a record for each line; blank lines are passed over. `number` is the number of the line, from 1.

    A line that is no JSON object, not in UTF-8, or longer than any article comes as an UnreadableRecord. Raises
    UnreadableFile where the file is empty or binary, or no line has a key for a text.
    """
    refuse_binary(file)
    yield from records_of(_rows(file))


def longest_line() -> int:
    """Return how many bytes a line may have: escaped and with its markup, an article takes more room than its text."""
    return 8 * settings.ARTICLE_MAX_LENGTH + 65536


def _rows(file: ImportFile) -> Iterator[Row]:
    for number, line in enumerate(_lines(file), start=1):
        place = f"line {number}"
        if line is None:
            yield number, place, f"The line is longer than {longest_line():,} bytes."
        elif line.strip():
            yield number, place, _row(line)


def _row(line: bytes | str) -> dict | str:
    try:
        value = json.loads(line.decode("utf-8") if isinstance(line, bytes) else line)
    except UnicodeDecodeError:
        return "The line is not valid UTF-8."
    except (ValueError, RecursionError):
        value = None
    return value if isinstance(value, dict) else "The line is not a JSON object."


def _lines(file: ImportFile) -> Iterator[bytes | str | None]:
    """Yield lines, split at line feeds only and in UTF-8 not yet decoded, so that one bad line stays one.

    None stands for a line that is longer than any article.
    """
    limit = longest_line()
    charset = marked_charset(file.head)
    with file.open() as stream:
        if charset == "utf-8-sig":
            stream.read(len(codecs.BOM_UTF8))
        source: IO = stream if charset in (None, "utf-8-sig") else _text(stream, charset)
        end = "\n" if isinstance(source, io.TextIOWrapper) else b"\n"
        try:
            while line := source.readline(limit + 1):
                if len(line) <= limit:
                    yield line
                    continue
                while line and not line.endswith(end):
                    line = source.readline(limit)
                yield None
        except OSError as error:
            raise UnreadableFile(f"The file cannot be read to its end ({error.strerror}).") from error


def _text(stream: BinaryIO, charset: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(stream, charset, errors="replace", newline="\n")


def _utf8(head: bytes) -> bytes:
    if marked_charset(head) in (None, "utf-8-sig"):
        return head.lstrip(_BLANK)
    return decode(head).lstrip("\ufeff \t\r\n").encode("utf-8", "replace")


def _begins_with_object(file: ImportFile, start: bytes) -> tuple[bool, bool]:
    """Tell whether the first line is an object by itself, and whether something follows it."""
    first, _end, rest = start.partition(b"\n")
    follows = bool(rest.strip())
    if not follows and file.size > len(file.head):
        lines = _lines(file)
        whole = next(lines, None) or b""
        follows = any(line is None or line.strip() for line in itertools.islice(lines, 10))
        return isinstance(_row(whole), dict), follows
    return isinstance(_row(first), dict), follows


def _is_whole(start: bytes) -> bool:
    """Tell that the first line is a value by itself."""
    try:
        json.loads(start.partition(b"\n")[0])
    except (ValueError, RecursionError):
        return False
    return b"\n" in start.strip()
