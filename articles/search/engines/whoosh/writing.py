"""What Haystack hands over -> what the index takes: objects are prepared by their SearchIndex, then written."""

import logging
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from haystack.constants import ID
from haystack.exceptions import SkipDocument
from haystack.fields import DecimalField
from haystack.utils import get_identifier

from articles.search.engines.whoosh.building import SegmentBuilder
from articles.search.engines.whoosh.schema import Indexed, digest, indexed
from articles.search.engines.whoosh.store import Store

logger = logging.getLogger(__name__)


class Prepared(NamedTuple):
    """What a SearchIndex says of one object, and which of its fields are kept as they are."""

    fields: Mapping[str, Any]
    stored: tuple[str, ...]

    @property
    def key(self) -> str:
        """Haystack's name of the object."""
        return str(self.fields[ID])

    @property
    def digest(self) -> int:
        """What differs where the object differs, without its text having been analysed."""
        return digest(self.fields)

    def indexed(self) -> Indexed:
        """The object as the index takes it, its text analysed."""
        return indexed(self.fields, self.stored)


def prepare(search_index: Any, objects: Iterable[Any]) -> list[Prepared]:
    """Return what a SearchIndex says of each object, those left out that it skips."""
    fields = list(search_index.fields.values())
    stored = tuple(field.index_fieldname for field in fields if field.stored)
    decimals = [field.index_fieldname for field in fields if isinstance(field, DecimalField)]
    found = []
    for thing in objects:
        try:
            prepared = search_index.full_prepare(thing)
        except SkipDocument:
            logger.debug("%s was left out of the index: its SearchIndex says so.", get_identifier(thing))
            continue
        # Haystack prepares these as texts, which would be compared as such.
        prepared |= {name: Decimal(prepared[name]) for name in decimals if prepared.get(name) is not None}
        found.append(Prepared(prepared, stored))
    return found


def write(store: Store, prepared: Iterable[Prepared], replaced: Iterable[str] = ()) -> None:
    """Put objects into the live index in place of what it had of them, and of `replaced` (keys), as one commit.

    Texts are analysed before the write lock is taken, so it is held briefly. Raises EngineUnavailable.
    """
    builder = SegmentBuilder()
    keys = set(replaced)
    for one in prepared:
        builder.add(one.indexed())
        keys.add(one.key)
    if not keys:
        return
    with store.writing() as writer:
        writer.delete(keys)
        writer.builder = builder
        store.note_changes(keys)


def remove(store: Store, keys: Iterable[str]) -> None:
    """Take objects out of the live index by their names. Raises EngineUnavailable."""
    keys = list(keys)
    with store.writing() as writer:
        writer.delete(keys)
        store.note_changes(keys)
