"""The fields that a SearchQuerySet may name, and how each is searched."""

from dataclasses import dataclass
from typing import Any, Literal

from haystack import connections
from haystack.constants import DJANGO_CT, DJANGO_ID, DOCUMENT_FIELD, ID
from haystack.exceptions import SearchFieldError

from articles.search_indexes import ArticleIndex

# text, title: words in any of their forms. Values: code (compared whole), words (short texts, by their words),
# beginnings and parts (the same by beginnings of words, or any part), plain (numbers, dates, yes and no).
Kind = Literal["text", "title", "code", "words", "beginnings", "parts", "plain"]
NAMES = (ID, DJANGO_ID, DJANGO_CT)
TITLE = "title"
_KINDS: dict[str, Kind] = {"string": "words", "edge_ngram": "beginnings", "ngram": "parts"}


@dataclass(frozen=True)
class IndexField:
    """A field by its name in the index, and how it is searched."""

    name: str
    kind: Kind

    @property
    def is_text(self) -> bool:
        return self.kind in {"text", "title"}


def index_field(name: str, using: str) -> IndexField:
    """Return the field of this name: of an index, `content`, or one that Haystack adds to every document.

    Raises SearchFieldError where there is none.
    """
    if name in {"content", DOCUMENT_FIELD}:
        return IndexField(DOCUMENT_FIELD, "text")
    if name in {*NAMES, "pk"}:
        return IndexField(DJANGO_ID if name == "pk" else name, "code")
    declared = declared_fields(using)
    found = connections[using].get_unified_index().get_index_fieldname(name)
    # The facet of a field has the field's own values.
    plain = getattr(declared.get(found), "facet_for", None) or found
    if plain not in declared and plain.removesuffix("_exact") in declared:
        plain = plain.removesuffix("_exact")
    if plain not in declared:
        known = ", ".join(sorted({"content", "pk", *NAMES, *declared}))
        raise SearchFieldError(f"The index has no field “{name}”. It has: {known}.")
    return IndexField(plain, _kind(plain, declared[plain]))


def value_field(name: str, using: str, purpose: str) -> IndexField:
    """Return the field of this name. Raises SearchFieldError for a text, of which the index keeps only the words."""
    field = index_field(name, using)
    if field.is_text:
        raise SearchFieldError(f"“{name}” is a text: it cannot be {purpose}.")
    return field


def declared_fields(using: str) -> dict[str, Any]:
    """Return Haystack's fields of all registered indexes, by their names in the index."""
    fields: dict[str, Any] = connections[using].get_unified_index().all_searchfields()
    return fields


def _kind(name: str, field: Any) -> Kind:
    if name == TITLE:
        return "title"
    if field.field_type not in _KINDS:
        return "plain"
    # Beside its words an article has only codes and slugs in the index.
    return "code" if name in ArticleIndex.fields or field.is_multivalued else _KINDS[field.field_type]
