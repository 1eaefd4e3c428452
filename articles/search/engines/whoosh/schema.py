"""The fields of the index, and a document made from what Haystack prepared of an article or another object.

The text is analysed once by articles.text.analysis; Whoosh stores the postings. All that is not text stands in one
column, `facts`, read into arrays when an index generation is opened.
"""

import json
from array import array
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django.conf import settings
from haystack.constants import DJANGO_CT, DJANGO_ID, DOCUMENT_FIELD, ID
from whoosh import columns, fields, formats

from articles.search.engines.base import ARTICLE
from articles.search.engines.whoosh.values import kept
from articles.search_indexes import NO_DAY, UNDATED
from articles.text.analysis import analyze

# Raised when the schema or the analysis changes: an index of another version is stale and must be rebuilt.
VERSION = 4

FACETS = ("country", "minister", "topic", "source", "lang", "about")
# The body's first position: far enough behind the title for no phrase to span both, and the same in all documents, so
# that a place tells whether it lies in the lead.
BODY_START = 1000
TITLE_GAP = 100
# So many words are the lead: a news article's first two or three sentences.
LEAD = 40


class PreparedField(fields.FieldType):
    """A field whose postings are made beforehand: not stored, no lengths, no column."""

    def __init__(self, format_: formats.Format) -> None:
        self.format = format_
        self.analyzer = None
        self.column_type = None
        self.indexed = True
        self.stored = self.scorable = self.unique = self.spelling = self.sortable_typecode = False
        self.vector = None

    def separate_spelling(self) -> bool:
        return False


class WordField(PreparedField):
    """Words or stems, with positions: a mapping of each to its positions."""

    def __init__(self) -> None:
        super().__init__(formats.Positions())

    def index(self, value: Mapping[str, list[int]], **kwargs: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield Whoosh's postings: (word, frequency, weight, positions as 32-bit numbers)."""
        for word, positions in value.items():
            places = array("I", positions).tobytes()
            yield word.encode("utf-8", "replace"), len(positions), float(len(positions)), places


class RootField(PreparedField):
    """Roots, with how often they occur and no positions: a mapping of roots to counts."""

    def __init__(self) -> None:
        super().__init__(formats.Existence())

    def index(self, value: Mapping[str, int], **kwargs: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield Whoosh's postings: (root, frequency, weight, nothing)."""
        for root, count in value.items():
            yield root.encode("utf-8", "replace"), count, float(count), b""


def schema() -> fields.Schema:
    """Return the index's schema. `key` is Haystack's name of the object, by which it is replaced and removed."""
    return fields.Schema(
        key=fields.ID(unique=True),
        facts=fields.COLUMN(columns.VarBytesColumn()),
        text_exact=WordField(),
        text_stem=WordField(),
        text_root=RootField(),
        title_exact=WordField(),
        title_stem=WordField(),
    )


class Facts(NamedTuple):
    """What an index knows of an article beside its words. See ArticleIndex for `moment` and the days."""

    id: int
    moment: int
    first_day: int
    last_day: int
    visible: int
    length: int
    group: str
    values: list[list[str]]
    other: "Other | None" = None


class Other(NamedTuple):
    """What an index knows of an object that is no article: what it is, and its fields as values of JSON."""

    identifier: str
    model: str
    pk: str
    fields: Mapping[str, Any]


def document(prepared: Mapping[str, Any], stored: Iterable[str] = ()) -> dict[str, Any]:
    """Return Whoosh's document for what a SearchIndex prepared of one object.

    Of an article the index keeps what Facts says; of another model's object also the fields that are in `stored`.
    """
    article = prepared[DJANGO_CT] == ARTICLE
    language = prepared["language"] if article else prepared.get("language") or settings.LANGUAGE_CODE
    title = analyze(prepared.get("title") or "", language)
    body = analyze(prepared.get(DOCUMENT_FIELD) or "", language, max(BODY_START, title.length + TITLE_GAP))
    length = title.length + body.length
    facts = _article_facts(prepared, length) if article else _other_facts(prepared, length, stored)
    return {
        "key": prepared[ID],
        "facts": json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace"),
        "text_exact": _merged(title.exact, body.exact),
        "text_stem": _merged(title.stems, body.stems),
        "text_root": title.roots + body.roots,
        "title_exact": title.exact,
        "title_stem": title.stems,
    }


def _article_facts(prepared: Mapping[str, Any], length: int) -> Facts:
    return Facts(
        int(prepared[DJANGO_ID]),
        prepared["moment"],
        prepared["first_day"],
        prepared["last_day"],
        int(prepared["visible"]),
        length,
        prepared["group"] or "",
        [list(prepared[name] or []) for name in FACETS],
    )


def _other_facts(prepared: Mapping[str, Any], length: int, stored: Iterable[str]) -> Facts:
    fields = {name: kept(prepared[name]) for name in stored if name in prepared}
    other = Other(prepared[ID], prepared[DJANGO_CT], prepared[DJANGO_ID], fields)
    values = [_texts(prepared.get(name)) for name in FACETS]
    return Facts(0, UNDATED, NO_DAY, NO_DAY, 1, length, "", values, other)


def _texts(value: Any) -> list[str]:
    values = value if isinstance(value, list | tuple | set) else [value]
    return [str(part) for part in values if part is not None]


def _merged(title: Mapping[str, list[int]], body: Mapping[str, list[int]]) -> dict[str, list[int]]:
    return {**title, **{word: title.get(word, []) + positions for word, positions in body.items()}}


def read_facts(column: bytes) -> Facts:
    """Return what `document` wrote into the column."""
    facts = Facts(*json.loads(column))
    return facts if facts.other is None else facts._replace(other=Other(*facts.other))
