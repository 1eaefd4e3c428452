"""A record made ready for the archive: title, language and date settled. No database."""

import datetime
from dataclasses import dataclass

from django.conf import settings

from articles.importing.cleaning import one_line
from articles.importing.duplicates import base_identity, body_hash, content_key
from articles.importing.readers.dated import record_date
from articles.importing.records import ArticleDate, ArticleRecord, ImportFile, UnreadableRecord
from articles.importing.sources import source_name
from articles.importing.titles import made_title
from articles.text import dates
from articles.text.language import detect

_URL_LENGTH = 2000
# Addresses that run a program where a reader clicks on them.
_UNSAFE_SCHEMES = ("javascript:", "data:", "vbscript:")


@dataclass(frozen=True)
class Prepared:
    """What an article will be, apart from its database keys. `values` are fields of the model, without `source`."""

    number: int
    base: str
    content: str
    keyed: bool
    source: str
    values: dict[str, str | bool | datetime.datetime | None]

    @property
    def title(self) -> str:
        """The article's title."""
        return str(self.values["title"])

    @property
    def body(self) -> str:
        """The article's body."""
        return str(self.values["body"])


def prepare(record: ArticleRecord, file: ImportFile) -> Prepared | UnreadableRecord:
    """Return the record ready to store, or why it cannot be."""
    limit = settings.ARTICLE_MAX_LENGTH
    if len(record.body) > limit:
        return UnreadableRecord(
            record.number, f"The text has {len(record.body):,} characters; at most {limit:,} are taken."
        )
    title = one_line(record.title, 500)
    date = record.date if record.date.moment else _inferred(record)
    url = _safe_url(record.url)
    language = detect(f"{title}\n{record.body}", record.language)
    return Prepared(
        number=record.number,
        base=base_identity(record, file),
        content=content_key(title, record.body),
        keyed=bool(url or record.external_id or record.key.startswith("row")),
        source=source_name(record, file),
        values={
            "url": url,
            "external_id": record.external_id[:200],
            "title": title or one_line(made_title(record.body), 500),
            "title_made": not title,
            "body": record.body,
            "body_hash": body_hash(record.body),
            # Word for word the same text is a copy; texts that are only nearly the same stand apart.
            "copy_group": body_hash(record.body),
            "language": language[:10],
            "published_at": date.moment,
            "date_precision": date.precision,
            "date_kind": date.kind,
            "byline": one_line(record.byline, 300),
            "forwarded_from": one_line(record.forwarded_from, 200),
        },
    )


def _inferred(record: ArticleRecord) -> ArticleDate:
    return record_date(dates.event_date(record.title, record.body), "inferred")


def _safe_url(url: str) -> str:
    url = one_line(url, _URL_LENGTH + 1)
    return "" if len(url) > _URL_LENGTH or url.lower().startswith(_UNSAFE_SCHEMES) else url
