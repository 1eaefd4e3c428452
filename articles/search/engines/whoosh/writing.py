"""Writing documents: a batch into the live index, and a new index beside it."""

import logging
import shutil
from collections.abc import Iterable
from decimal import Decimal
from itertools import islice
from typing import Any

from haystack import connections
from haystack.exceptions import SkipDocument
from haystack.fields import DecimalField
from haystack.utils import get_identifier
from whoosh.index import FileIndex

from articles.models import Article
from articles.search.engines.whoosh.schema import Indexed, indexed
from articles.search.engines.whoosh.store import Store

logger = logging.getLogger(__name__)

BATCH = 1000


class WhooshRebuild:
    """A new index in the making, in a folder of its own."""

    def __init__(self, store: Store, using: str) -> None:
        self.store = store
        self.using = using
        self.search_indexes = dict(connections[using].get_unified_index().get_indexes())
        self.lock = store.lock_rebuild()
        self.build = store.new_build()
        self.index = store.create(self.build)

    def add(self, articles: Iterable[Article]) -> int:
        """Index a batch of articles; return how many."""
        batch = list(articles)
        write(self.store, self.index, self.search_indexes[Article], batch, replace=False)
        return len(batch)

    def finish(self) -> None:
        """Make the new index the live one, with the objects of all other registered indexes in it."""
        for model, search_index in self.search_indexes.items():
            if model is not Article:
                objects = search_index.index_queryset(using=self.using).iterator(chunk_size=BATCH)
                while batch := list(islice(objects, BATCH)):
                    write(self.store, self.index, search_index, batch, replace=False)
        self.store.switch(self.build)
        self.lock.release()

    def abandon(self) -> None:
        """Give up: remove what was made; the live index stays."""
        shutil.rmtree(self.build, ignore_errors=True)
        self.lock.release()


def write(store: Store, index: FileIndex, search_index: Any, objects: Iterable[Any], replace: bool = True) -> None:
    """Write the objects as one commit. Documents are made before the write lock is taken, so it is held briefly."""
    documents = _documents(search_index, objects)
    writer = store.writer(index)
    try:
        if replace:
            writer.delete(document.key for document in documents)
        for document in documents:
            writer.add_document(document)
    except BaseException:
        writer.cancel()
        raise
    writer.commit()


def _documents(search_index: Any, objects: Iterable[Any]) -> list[Indexed]:
    fields = list(search_index.fields.values())
    stored = [field.index_fieldname for field in fields if field.stored]
    decimals = [field.index_fieldname for field in fields if isinstance(field, DecimalField)]
    documents = []
    for thing in objects:
        try:
            prepared = search_index.full_prepare(thing)
        except SkipDocument:
            logger.debug("%s was left out of the index: its SearchIndex says so.", get_identifier(thing))
            continue
        # Haystack prepares these as texts, which would be compared as such.
        prepared |= {name: Decimal(prepared[name]) for name in decimals if prepared.get(name) is not None}
        documents.append(indexed(prepared, stored))
    return documents
