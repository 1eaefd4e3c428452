"""An article's record as it was handed in: read once more from the kept original, by the reader that read it then."""

import logging
import time
from pathlib import PurePosixPath
from typing import Literal

from articles.importing import originals, readers
from articles.importing.records import ArticleRecord, ImportFile, UnreadableFile
from articles.models import Article, ImportEntry

logger = logging.getLogger(__name__)

# Of a file no more is read than an editor would wait for; its records come one after another.
MOST_BYTES = 50 * 1024**2
MOST_SECONDS = 10.0

Reason = Literal["not_imported", "not_kept", "too_large", "too_long", "unreadable"]

_WRITTEN = (ImportEntry.Outcome.CREATED, ImportEntry.Outcome.COPY, ImportEntry.Outcome.UPDATED)


class NotReadAgain(Exception):
    """The record cannot be shown; `reason` says why.

    not_imported: the article was written by hand, or its import is no longer known; not_kept: the original is gone;
    too_large, too_long: to read it would take too much; unreadable: its file no longer gives this record.
    """

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def last_entry(article: Article) -> ImportEntry | None:
    """Return the entry of the import that last created or changed an article; None where that is not known."""
    if article.import_run_id is None:
        return None
    # Of that run only: an entry of another one would go with another file than the article's original.
    entries = ImportEntry.objects.filter(article=article, run=article.import_run_id, outcome__in=_WRITTEN, record__gt=0)
    return entries.select_related("run").order_by("-pk").first()


def as_imported(article: Article, entry: ImportEntry | None) -> ArticleRecord:
    """Return the record from which an import (see `last_entry`) made an article, and nothing else of its file.

    What was left out of it as boilerplate, inferred or changed by hand since is as it was. Raises NotReadAgain.
    """
    if entry is None:
        raise NotReadAgain("not_imported")
    if article.original is None:
        raise NotReadAgain("not_kept")
    # The article's original is the file itself, where that came in an archive the entry's is the archive.
    place = PurePosixPath(entry.file)
    file = originals.kept(article.original, place.name, place.parent.name)
    try:
        if file.size > MOST_BYTES:
            raise NotReadAgain("too_large")
    except UnreadableFile:
        raise NotReadAgain("not_kept") from None
    return _record(file, entry.record)


def _record(file: ImportFile, number: int) -> ArticleRecord:
    started = time.monotonic()
    try:
        for record in readers.read(file):
            if isinstance(record, ArticleRecord) and record.number == number:
                return record
            if time.monotonic() - started > MOST_SECONDS:
                raise NotReadAgain("too_long")
    except NotReadAgain:
        raise
    except UnreadableFile as error:
        raise NotReadAgain("unreadable") from error
    except Exception as error:
        # As in the import: what a reader's author did not think of.
        logger.exception("Reading %s again failed", file.place)
        raise NotReadAgain("unreadable") from error
    raise NotReadAgain("unreadable")
