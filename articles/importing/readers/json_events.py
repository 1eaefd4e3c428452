"""A JSON file of any size as a stream of events: no more of it is in memory than the piece at hand.

JSON as in RFC 8259, several values one after the other allowed, read by ijson. What files really hold is mended on the
way: bytes that are not UTF-8, control characters, halves of surrogate pairs, and the `\\x0B` that Telegram Desktop
writes for a control character though JSON knows no such escape.
"""

import codecs
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

import ijson
from django.conf import settings

from articles.importing.readers.decoding import marked_charset
from articles.importing.records import ImportFile, UnreadableFile

Event = tuple[str, Any]
Events = Iterator[Event]

STARTS = frozenset({"start_map", "start_array"})
ENDS = frozenset({"end_map", "end_array"})

_PIECE = 64 * 1024
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]+")
_HEXADECIMAL = "[0-9a-fA-F]"
_HIGH, _LOW = rf"\\u[dD][89abAB]{_HEXADECIMAL}{{2}}", rf"\\u[dD][c-fC-F]{_HEXADECIMAL}{{2}}"
# The longest escape, a pair of surrogates, has twelve characters: further from the end of a piece none is cut in two.
_LONGEST = 12
_WHOLE = re.compile(
    rf"(?:[^\\]++|{_HIGH}(?=.{{6}})|\\u(?![dD][89abAB]){_HEXADECIMAL}{{4}}|\\x{_HEXADECIMAL}{{2}}|\\[^ux])*+", re.DOTALL
)
_ESCAPE = re.compile(rf"{_HIGH}{_LOW}|\\[^ux]|(?P<half>{_HIGH}|{_LOW})|\\x(?P<control>{_HEXADECIMAL}{{2}})", re.DOTALL)
# No number that anybody means; Python refuses to read much longer ones.
_ENDLESS_NUMBER = re.compile(r"([0-9]{1000})[0-9]+")
_QUOTE = re.compile(r'(?<!\\)"')


class BrokenJson(UnreadableFile):
    """The rest of the file is no JSON."""


def events_of(file: ImportFile) -> Events:
    """Yield the events of a file as ijson names them: ("start_map", None), ("map_key", "id"), ("number", 7), …

    Raises BrokenJson behind the last event that could be read, UnreadableFile where the file cannot be opened or one
    value of it is larger than a document may be.
    """
    with file.open() as stream:
        yield from _parsed(_mended(_texts(stream)))


def events_of_head(file: ImportFile) -> list[Event]:
    """Return the events of a file's first 64 KiB. Raises UnreadableFile."""
    found: list[Event] = []
    text = file.head.decode(marked_charset(file.head) or "utf-8", errors="replace")
    try:
        for event in _parsed(_mended(iter([text]))):
            found.append(event)
    except BrokenJson:
        pass
    return found


def skip(events: Events, event: str) -> None:
    """Pass over the value that begins with `event`, however deep it goes."""
    depth = int(event in STARTS)
    while depth:
        event, _value = next(events)
        depth += (event in STARTS) - (event in ENDS)


def members(events: Events) -> Iterator[tuple[str, str, Any]]:
    """Yield (key, event, value) for each member of the object just begun. Whoever asks reads or skips the value."""
    for event, key in events:
        if event == "end_map":
            return
        event, value = next(events)
        yield key, event, value


def _parsed(texts: Iterator[str]) -> Events:
    found = ijson.sendable_list()
    parser = ijson.basic_parse_coro(found, multiple_values=True)
    try:
        for text in filter(None, texts):  # nothing at all would mean the end
            parser.send(text.encode("utf-8", errors="replace"))
            yield from found
            found.clear()
        parser.close()
    except (ijson.JSONError, ValueError) as error:
        # What stood before the break in the same piece counts like all before it.
        yield from found
        is_cut = "premature EOF" in str(error)
        raise BrokenJson("The JSON is broken: it ends in the middle." if is_cut else "The JSON is broken.") from error


def _texts(stream: BinaryIO) -> Iterator[str]:
    piece = _read(stream)
    decoder = codecs.getincrementaldecoder(marked_charset(piece) or "utf-8")(errors="replace")
    while piece:
        yield decoder.decode(piece)
        piece = _read(stream)
    yield decoder.decode(b"", final=True)


def _read(stream: BinaryIO) -> bytes:
    try:
        return stream.read(_PIECE)
    except OSError as error:
        raise UnreadableFile(f"The file cannot be read to its end ({error.strerror}).") from error


def _mended(texts: Iterator[str]) -> Iterator[str]:
    """Yield the same JSON in pieces that cut no escape in two, without what ijson cannot read."""
    held = ""
    unquoted = 0
    for text in texts:
        if text.isdecimal() and len(text) > 1000:
            continue  # in the middle of an endless number
        text = held + _ENDLESS_NUMBER.sub(r"\1", _CONTROLS.sub("", text))
        text, held = _parted(text)
        unquoted = 0 if _QUOTE.search(text) else unquoted + len(text)
        if unquoted > settings.IMPORT_MAX_DOCUMENT_SIZE:
            raise UnreadableFile("One text of this file is larger than a whole document may be.")
        yield text
    yield _without_strange_escapes(held)


def _parted(text: str) -> tuple[str, str]:
    """Return a text mended as far as its escapes are whole, and the rest, which waits for what follows."""
    is_strange = "\\x" in text or "\\ud" in text or "\\uD" in text
    if not is_strange and "\\" not in text[-_LONGEST:]:
        return text, ""
    whole = _WHOLE.match(text)
    end = whole.end() if whole else 0
    if len(text) - end > _LONGEST:
        end = len(text)  # an escape that is none: ijson will say so
    return _without_strange_escapes(text[:end]), text[end:]


def _without_strange_escapes(text: str) -> str:
    return _ESCAPE.sub(_as_json, text)


def _as_json(escape: re.Match[str]) -> str:
    if escape["half"]:
        return ""
    return f"\\u00{escape['control']}" if escape["control"] else escape[0]
