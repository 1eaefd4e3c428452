"""The shapes that readers take and give: a file, and the records that they find in it."""

import datetime
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, Literal

from django.conf import settings

DatePrecision = Literal["minute", "day", "month", "year", "none"]
DateKind = Literal["stated", "inferred", "none"]

_HEAD = 64 * 1024
_CHUNK = 1024 * 1024


@dataclass(frozen=True)
class ArticleDate:
    """When an article was published, as precisely as it is known.

    `moment` is an aware UTC datetime: the minute, or the first moment of the day or month; None without a date. Where
    `zoned` is False a clock time came without a zone: `moment` holds its figures as if they were UTC, and the loader
    moves it by the source's zone. `problem` says why a date that was stated is none ("lies in the future").
    """

    moment: datetime.datetime | None = None
    precision: DatePrecision = "none"
    kind: DateKind = "none"
    zoned: bool = True
    problem: str = ""


NO_DATE = ArticleDate()


@dataclass(frozen=True)
class ArticleRecord:
    """One article as a reader found it: cleaned of its page, not yet known to the archive.

    `body` is plain text, paragraphs parted by a blank line, without the title. `title` is empty where the document has
    none. `date` is NO_DATE where the document states none (a day that only the text speaks of is found later).
    `source` is a name to show, empty where unknown (the loader falls back to the host of `url`, then its folder).
    `external_id` is the record's own id within its source (a message's, a feed entry's, a row's).
    `number` counts the records of a file from 1; `place` is where one finds it there ("line 12", "message 345"), empty
    where the file is one article. `summary`: the file holds no more than a summary of the article. `edited_at` is an
    aware UTC datetime, `reply_to` the external id of the message that is answered. `warnings` are sentences for the
    report about what is odd in a record that is imported all the same.
    """

    body: str
    title: str = ""
    date: ArticleDate = NO_DATE
    url: str = ""
    source: str = ""
    language: str = ""
    byline: str = ""
    forwarded_from: str = ""
    external_id: str = ""
    number: int = 1
    place: str = ""
    summary: bool = False
    edited_at: datetime.datetime | None = None
    reply_to: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class UnreadableRecord:
    """One record of a file that cannot become an article; the rest of the file goes on."""

    number: int
    reason: str
    place: str = ""


@dataclass(frozen=True)
class EmptyRecord:
    """One record in which there is nothing to import: a post of a picture only, a service message. No failure."""

    number: int
    reason: str
    place: str = ""


@dataclass(frozen=True)
class Remark:
    """Something to say of a file as a whole, though it can be read: columns that nobody knows, a broken end."""

    reason: str
    place: str = ""


Record = ArticleRecord | UnreadableRecord | EmptyRecord | Remark
Records = Iterator[Record]


class UnreadableFile(Exception):
    """The file as a whole cannot be read. The message says why, in the user's words."""


class ImportFile:
    """A file to read: its name without folders, its bytes, and the folder it lay in (a hint for the source).

    The bytes are given, or lie in a file at a path, of which no more is in memory than is asked for: `head` tells a
    format, `open` gives a stream, `content` the whole of a file that is read as one document. `place` is where the file
    was found, as the report shows it (`folder/pages.zip/a.html`).
    """

    def __init__(self, name: str, content: bytes | Path, folder: str = "", place: str = "") -> None:
        self.name = name
        self.folder = folder
        self.place = place or (f"{folder}/{name}" if folder else name)
        self._content = content
        self._stream: BinaryIO | None = None

    def __repr__(self) -> str:
        return f"ImportFile({self.place!r})"

    def open(self) -> BinaryIO:
        """Return a new stream of the file's bytes from their beginning; the caller closes it. Raises UnreadableFile."""
        try:
            content = self._content
            self._stream = io.BytesIO(content) if isinstance(content, bytes) else content.open("rb")
        except OSError as error:
            raise UnreadableFile(f"The file cannot be opened ({error.strerror}).") from error
        return self._stream

    @property
    def path(self) -> Path | None:
        """Where the file lies; None for bytes that were given."""
        return None if isinstance(self._content, bytes) else self._content

    @property
    def position(self) -> int:
        """How many bytes the stream that was opened last has given: how far the reading is."""
        return 0 if self._stream is None or self._stream.closed else self._stream.tell()

    @property
    def size(self) -> int:
        """How many bytes the file has. Raises UnreadableFile."""
        if isinstance(self._content, bytes):
            return len(self._content)
        try:
            return self._content.stat().st_size
        except OSError as error:
            raise UnreadableFile(f"The file cannot be opened ({error.strerror}).") from error

    @cached_property
    def head(self) -> bytes:
        """The first 64 KiB. Raises UnreadableFile."""
        with self.open() as stream:
            return _read(stream, _HEAD)

    @property
    def content(self) -> bytes:
        """All bytes. Raises UnreadableFile where they are more than one document may have."""
        limit = settings.IMPORT_MAX_DOCUMENT_SIZE
        if self.size > limit:
            raise UnreadableFile(f"The document has {self.size:,} bytes; at most {limit:,} are read as one document.")
        if isinstance(self._content, bytes):
            return self._content
        with self.open() as stream:
            return _read(stream, self.size)

    @cached_property
    def sha256(self) -> str:
        """The hexadecimal SHA-256 of the bytes. Raises UnreadableFile."""
        digest = hashlib.sha256()
        with self.open() as stream:
            while chunk := _read(stream, _CHUNK):
                digest.update(chunk)
        return digest.hexdigest()


def _read(stream: BinaryIO, length: int) -> bytes:
    try:
        return stream.read(length)
    except OSError as error:
        raise UnreadableFile(f"The file cannot be read to its end ({error.strerror}).") from error
