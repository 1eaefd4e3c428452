"""The one shape that every reader yields."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

DatePrecision = Literal["minute", "day", "month", "none"]
DateKind = Literal["stated", "inferred", "none"]


@dataclass(frozen=True)
class ArticleDate:
    """When an article was published, as precisely as it is known.

    `moment` is an aware UTC datetime: the minute, or the first moment of the day or month; None without a date.
    """

    moment: datetime.datetime | None = None
    precision: DatePrecision = "none"
    kind: DateKind = "none"


NO_DATE = ArticleDate()


@dataclass(frozen=True)
class ArticleRecord:
    """One article as a reader found it: cleaned of its page, not yet known to the archive.

    `body` is plain text, paragraphs parted by a blank line, without the title. `title` is empty where the document has
    none. `date` is NO_DATE where the document states none (a day that only the text speaks of is found later).
    `source` is a name to show, empty where unknown (the loader falls back to the host of `url`, then its folder).
    `key` tells the records of one file apart (a message id, the id of a JSON line); empty: the file holds one article.
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
    key: str = ""
    number: int = 1


@dataclass(frozen=True)
class ImportFile:
    """A file to read: its name without folders, its bytes, and the folder it lay in (a hint for the source)."""

    name: str
    content: bytes = field(repr=False)
    folder: str = ""


class UnreadableFile(Exception):
    """The file as a whole cannot be read. The message says why, in the user's words."""


@dataclass(frozen=True)
class UnreadableRecord:
    """One record of a file that cannot become an article; the rest of the file goes on."""

    number: int
    reason: str


Reader = Callable[[ImportFile], Iterator[ArticleRecord | UnreadableRecord]]
