"""The fields of the index, and a document made from what Haystack prepared of an article.

The text is analysed once by articles.text.analysis; Whoosh stores the postings. All that is not text stands in one
column, `facts`, read into arrays when an index generation is opened.
"""

import json
from array import array
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from whoosh import columns, fields, formats

from articles.text.analysis import Terms, analyze

# Raised when the schema or the analysis changes: an index of another version is stale and must be rebuilt.
VERSION = 3

FACETS = ("country", "minister", "topic", "source", "lang", "about")
# Between the last word of the title and the first of the body, so that no phrase spans them.
TITLE_GAP = 100


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


class ExactField(PreparedField):
    """Words as written, with positions: a mapping of words to positions."""

    def __init__(self) -> None:
        super().__init__(formats.Positions())

    def index(self, value: Mapping[str, list[int]], **kwargs: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield Whoosh's postings: (word, frequency, weight, positions as 32-bit numbers)."""
        for word, positions in value.items():
            places = array("I", positions).tobytes()
            yield word.encode("utf-8", "replace"), len(positions), float(len(positions)), places


class StemField(PreparedField):
    """Stems, with how often they occur and no positions: a mapping of stems to counts."""

    def __init__(self) -> None:
        super().__init__(formats.Existence())

    def index(self, value: Mapping[str, int], **kwargs: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield Whoosh's postings: (stem, frequency, weight, nothing)."""
        for stem, count in value.items():
            yield stem.encode("utf-8", "replace"), count, float(count), b""


def schema() -> fields.Schema:
    """Return the index's schema. `key` is the article's id, by which it is replaced and removed."""
    return fields.Schema(
        key=fields.ID(unique=True),
        facts=fields.COLUMN(columns.VarBytesColumn()),
        text_exact=ExactField(),
        text_stem=StemField(),
        title_exact=ExactField(),
        title_stem=StemField(),
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


def document(prepared: Mapping[str, Any]) -> dict[str, Any]:
    """Return Whoosh's document for what ArticleIndex prepared of one article."""
    language = prepared["language"]
    title = analyze(prepared["title"], language)
    body = analyze(prepared["text"], language, title.length + TITLE_GAP)
    key = str(prepared["django_id"])
    facts = Facts(
        int(key),
        prepared["moment"],
        prepared["first_day"],
        prepared["last_day"],
        int(prepared["visible"]),
        title.length + body.length,
        prepared["group"] or "",
        [list(prepared[name] or []) for name in FACETS],
    )
    return {
        "key": key,
        "facts": json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace"),
        "text_exact": {**title.exact, **_merged(title, body)},
        "text_stem": _summed(title.stems, body.stems),
        "title_exact": title.exact,
        "title_stem": title.stems,
    }


def _merged(title: Terms, body: Terms) -> dict[str, list[int]]:
    return {word: title.exact.get(word, []) + positions for word, positions in body.exact.items()}


def _summed(first: Mapping[str, int], second: Mapping[str, int]) -> dict[str, int]:
    total = dict(first)
    for stem, count in second.items():
        total[stem] = total.get(stem, 0) + count
    return total


def read_facts(column: bytes) -> Facts:
    """Return what `document` wrote into the column."""
    return Facts(*json.loads(column))
