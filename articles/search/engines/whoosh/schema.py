"""What the index keeps of an object, made from what Haystack prepared of it.

The text is analysed once by articles.text.analysis. All that is not text is kept as numbers, as the terms of fields
without positions, and as Facts, which give it back.
"""

import json
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import Any, NamedTuple

from django.conf import settings
from haystack.constants import DJANGO_CT, DJANGO_ID, DOCUMENT_FIELD, ID
from whoosh import fields, formats

from articles.search.engines.base import ARTICLE
from articles.search.engines.whoosh.values import kept
from articles.search_indexes import NO_DAY, UNDATED
from articles.text.analysis import Terms, analyze

# Raised when what is kept, or how, changes: an index of another version is stale and must be rebuilt.
VERSION = 6

FACETS = ("country", "minister", "topic", "source", "lang", "about")
# The body's first position: far enough behind the title for no phrase to span both, and the same in all documents, so
# that a place tells whether it lies in the lead.
BODY_START = 1000
TITLE_GAP = 100
# So many words are the lead: a news article's first two or three sentences.
LEAD = 40

# Words and stems, with positions.
POSITIONED = ("text_exact", "text_stem", "title_exact", "title_stem")
# Roots, with how often they occur.
COUNTED = ("text_root",)
# Haystack's name of the object, by which it is replaced and removed; the model of what is no article; facets.
VALUED = ("key", "model", *(f"facet_{name}" for name in FACETS))
FIELDS = (*POSITIONED, *COUNTED, *VALUED)
LEADING = ("text_exact", "text_stem")


class TermsField(fields.FieldType):
    """A field whose terms are made before they come to Whoosh: it stores nothing and knows no lengths."""

    def __init__(self) -> None:
        self.format = formats.Frequency()
        self.analyzer = self.vector = self.column_type = None
        self.indexed = True
        self.stored = self.scorable = self.unique = self.spelling = self.sortable_typecode = False


def schema() -> fields.Schema:
    """Return the index's schema as Whoosh's own tools see it."""
    return fields.Schema(**{name: TermsField() for name in FIELDS})


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


class Indexed(NamedTuple):
    """One object as the index takes it: its name, its facts, its words, and a digest of all that they were made of."""

    key: str
    facts: Facts
    title: Terms
    body: Terms
    digest: int


def indexed(prepared: Mapping[str, Any], stored: Iterable[str] = ()) -> Indexed:
    """Return what the index keeps of what a SearchIndex prepared of one object.

    Of an article that is what Facts says; of another model's object also the fields that are in `stored`.
    """
    article = prepared[DJANGO_CT] == ARTICLE
    language = prepared["language"] if article else prepared.get("language") or settings.LANGUAGE_CODE
    title = analyze(_sound(prepared.get("title") or ""), language)
    body = analyze(_sound(prepared.get(DOCUMENT_FIELD) or ""), language, max(BODY_START, title.length + TITLE_GAP))
    length = title.length + body.length
    facts = _article_facts(prepared, length) if article else _other_facts(prepared, length, stored)
    return Indexed(prepared[ID], facts, title, body, digest(prepared))


def digest(prepared: Mapping[str, Any]) -> int:
    """Return 64 bits that differ where what was prepared differs (BLAKE2b): by them an index is compared."""
    content = json.dumps(prepared, default=_as_text, sort_keys=True, ensure_ascii=False).encode("utf-8", "replace")
    return _bits(content)


def _as_text(value: Any) -> Any:
    # A set's order differs from process to process.
    return sorted(map(str, value)) if isinstance(value, set | frozenset) else str(value)


def group_number(group: str) -> int:
    """Return 64 bits for a group of near-copies; 0 for none."""
    return _bits(group.encode()) if group else 0


def _bits(content: bytes) -> int:
    return int.from_bytes(blake2b(content, digest_size=8).digest(), "little", signed=True)


def _sound(text: str) -> str:
    """Return a text without what UTF-8 cannot hold."""
    return text.encode("utf-8", "replace").decode()


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
    return [_sound(str(part)) for part in values if part is not None]


def written_facts(facts: Facts) -> bytes:
    """Return facts as they are kept."""
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def read_facts(content: bytes) -> Facts:
    """Return what `written_facts` made."""
    facts = Facts(*json.loads(content))
    return facts if facts.other is None else facts._replace(other=Other(*facts.other))
