"""What the index keeps of a document beside its words, as it is given back."""

from typing import Any

from haystack.constants import DJANGO_CT, DJANGO_ID, ID

from articles.search.engines.base import ARTICLE, Document
from articles.search.engines.whoosh.schema import FACETS, Facts, Other
from articles.search.engines.whoosh.values import moment_of, restored
from articles.search_indexes import NO_DAY, UNDATED


def document_of(facts: Facts) -> Document:
    """Return what the index keeps of one row."""
    if facts.other is not None:
        identifier, model, pk, kept = facts.other
        return Document(identifier, model, pk, {name: restored(value) for name, value in kept.items()})
    fields: dict[str, Any] = {name: list(values) for name, values in zip(FACETS, facts.values, strict=True)}
    fields |= {
        "language": language_of(facts),
        "group": facts.group,
        "visible": bool(facts.visible),
        "moment": None if facts.moment == UNDATED else facts.moment,
        "published_at": None if facts.moment == UNDATED else moment_of(facts.moment * 1_000_000),
        "first_day": None if facts.first_day == NO_DAY else facts.first_day,
        "last_day": None if facts.last_day == NO_DAY else facts.last_day,
    }
    return Document(f"{ARTICLE}.{facts.id}", ARTICLE, str(facts.id), fields)


def language_of(facts: Facts) -> str:
    """Return an article's language, empty where it is not known."""
    return next(iter(facts.values[FACETS.index("lang")]), "")


def kept_values(other: Other, name: str) -> list[Any]:
    """Return the values of one field of another model's document, None left out."""
    if name == ID:
        return [other.identifier]
    if name == DJANGO_CT:
        return [other.model]
    if name == DJANGO_ID:
        # Keys are texts to Haystack; most are numbers.
        return [int(other.pk) if other.pk.isascii() and other.pk.isdigit() and len(other.pk) < 19 else other.pk]
    values = restored(other.fields.get(name))
    return [value for value in (values if isinstance(values, list) else [values]) if value is not None]
