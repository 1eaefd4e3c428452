"""A record made ready for the archive: source, title, language, date and keys settled. Nothing is written."""

import datetime
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from articles.importing.boilerplate import Boilerplate
from articles.importing.cleaning import one_line
from articles.importing.identity import Keys, content_key, keys_of
from articles.importing.readers.dated import record_date
from articles.importing.records import ArticleDate, ArticleRecord, ImportFile, UnreadableRecord
from articles.importing.sketches import Text
from articles.importing.sources import Sources, source_name
from articles.importing.titles import made_title
from articles.text import dates
from articles.text.language import detect

_URL_LENGTH = 2000
# Addresses that run a program where a reader clicks on them.
_UNSAFE_SCHEMES = ("javascript:", "data:", "vbscript:")
# A text of fewer words is marked as short.
_SHORT = 20


@dataclass(frozen=True)
class Prepared:
    """What an article will be, apart from its database keys. `values` are fields of the model, without `source`.

    `content` is a hash of title and text as the reader gave them: it stays the same whatever is left out later on.
    `source_stated`: the record names its source itself. `wanted` is False for one that only stands beside those that
    are to be written: it counts for what is known by which key.
    """

    number: int
    place: str
    source: str
    keys: Keys
    content: str
    text: Text
    values: dict[str, Any]
    source_stated: bool = True
    wanted: bool = True
    warnings: tuple[str, ...] = ()

    @property
    def stored_content(self) -> str:
        """A hash of title and text as they are stored."""
        return content_key("" if self.values["title_made"] else self.title, self.text)

    @property
    def title(self) -> str:
        """The article's title."""
        return str(self.values["title"])

    @property
    def body(self) -> str:
        """The article's body."""
        return str(self.values["body"])


def prepare(
    record: ArticleRecord, file: ImportFile, sources: Sources, boilerplate: Boilerplate
) -> Prepared | UnreadableRecord:
    """Return the record ready to store, or why it cannot be."""
    limit = settings.ARTICLE_MAX_LENGTH
    if len(record.body) > limit:
        return UnreadableRecord(
            record.number, f"The text has {len(record.body):,} characters; at most {limit:,} are taken.", record.place
        )
    title = one_line(record.title, 500)
    source = source_name(record, file)
    body = boilerplate.without(source, record.body)
    raw = Text(record.body)
    text = raw if body == record.body else Text(body)
    content = content_key(title, raw)
    url = _safe_url(record.url)
    external_id = one_line(record.external_id, 200)
    date = _date(record, sources.time_zone(source))
    return Prepared(
        number=record.number,
        place=record.place,
        source=source,
        keys=keys_of(source, external_id, url, content),
        content=content,
        text=text,
        values={
            "url": url,
            "external_id": external_id,
            "title": title or one_line(made_title(body), 500),
            "title_made": not title,
            "body": body,
            "body_hash": text.hash,
            "language": detect(f"{title}\n{body}", record.language)[:10],
            "published_at": date.moment,
            "date_precision": date.precision,
            "date_kind": date.kind,
            "byline": one_line(record.byline, 300),
            "forwarded_from": one_line(record.forwarded_from, 200),
            "reply_to": one_line(record.reply_to, 200),
            "edited_at": record.edited_at,
            "extent": extent_of(text, summary=record.summary),
        },
        source_stated=bool(record.source),
        warnings=(*record.warnings, date.problem) if date.problem else record.warnings,
    )


def extent_of(text: Text, *, summary: bool) -> str:
    """Return how much of an article a text is, as Article.Extent has it."""
    return "summary" if summary else "short" if len(text.words) < _SHORT else "full"


def _date(record: ArticleRecord, zone: ZoneInfo) -> ArticleDate:
    """Return when a record was published; a day that only its text speaks of where it states nothing."""
    date = record.date
    if date.moment is None:
        # Where a date was stated and cannot be, the article is undated: its text would only be a guess beside it.
        return date if date.problem else record_date(dates.event_date(record.title, record.body), "inferred")
    if date.zoned:
        return date
    # The clock of the source: its figures are kept, its zone is added. What falls out of Python's years stays.
    local = date.moment.replace(tzinfo=zone)
    return ArticleDate(local.astimezone(datetime.UTC), date.precision, date.kind)


def _safe_url(url: str) -> str:
    url = one_line(url, _URL_LENGTH + 1)
    return "" if len(url) > _URL_LENGTH or url.lower().startswith(_UNSAFE_SCHEMES) else url
