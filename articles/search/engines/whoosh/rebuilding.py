"""A new index beside the live one: made batch by batch, gone on with after a stop, made live in one step."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from haystack import connections
from haystack.utils import get_model_ct
from whoosh.util.filelock import LockBase

from articles.models import Article
from articles.search.engines.whoosh.making import UNFINISHED, SegmentMakers
from articles.search.engines.whoosh.segment import SegmentFile
from articles.search.engines.whoosh.store import Store, telling
from articles.search.engines.whoosh.writing import Prepared, prepare

BATCH = 1000
# So often what changed meanwhile is brought up to date before the switch; what changes while that is done follows it.
ROUNDS = 3


class WhooshRebuild:
    """A new index in the making, in a folder of its own; one at a time.

    What a rebuild that was stopped has made is taken over, of each object if it is still the same.
    """

    def __init__(self, store: Store, using: str, processes: int) -> None:
        """Raises EngineUnavailable where another rebuild is at work or the folder cannot be written."""
        self.store = store
        self.using = using
        self.search_indexes = dict(connections[using].get_unified_index().get_indexes())
        lock = store.lock_rebuild()
        self.lock: LockBase | None = lock
        try:
            self.build, self.index = store.begin()
            for left in self.build.glob(f"{UNFINISHED}*"):
                left.unlink()
            self.made = self._made_before()
        except BaseException:
            lock.release()
            raise
        self.makers = SegmentMakers(self.build, processes, self._take)
        self.noted = 0
        self.met: set[str] = set()

    def add(self, articles: Iterable[Article]) -> int:
        """Index a batch of articles; return how many. Raises EngineUnavailable."""
        with telling():
            return self._add(prepare(self.search_indexes[Article], articles))

    def finish(self) -> None:
        """Make the new index the live one, with the objects of all other registered indexes in it.

        Raises EngineUnavailable.
        """
        with telling():
            self._finish()
        self._end()

    def _finish(self) -> None:
        for model, search_index in self.search_indexes.items():
            if model is not Article:
                objects = search_index.index_queryset(using=self.using).iterator(chunk_size=BATCH)
                while batch := list(islice(objects, BATCH)):
                    self._add(prepare(search_index, batch))
        self.makers.finish()
        # What a rebuild that was stopped has made of objects that are no longer there.
        gone = self.made.keys() - self.met
        if gone:
            with self.store.writer(self.index) as writer:
                writer.delete(gone)
        for _ in range(ROUNDS):
            self._bring_up_to_date()
        with self.store.writer(self.index) as writer:
            writer.optimize()
        # Whoever writes the live index waits, or has noted what it wrote.
        with self.store.nobody_writing():
            self._bring_up_to_date()
            self.store.switch(self.build)

    def abandon(self) -> None:
        """Stop: the live index stays as it is, and the next rebuild goes on from here."""
        self._end()

    def _end(self) -> None:
        self.makers.close()
        if self.lock is not None:
            self.lock.release()
            self.lock = None

    def _add(self, batch: Sequence[Prepared]) -> int:
        self.met.update(prepared.key for prepared in batch)
        new = [prepared for prepared in batch if self.made.get(prepared.key) != prepared.digest]
        if new:
            self.makers.make(new)
        return len(batch)

    def _take(self, path: Path, batch: Sequence[Prepared], count: int) -> None:
        """Take a segment that was made into the index: from here on it outlives a stop."""
        with self.store.writer(self.index) as writer:
            if self.made:
                writer.delete(prepared.key for prepared in batch)
            segment = writer.new_segment()
            segment.set_doc_count(count)
            path.rename(segment.path(self.index.storage))
            writer.add_segment(segment)
            writer.merging = False

    def _bring_up_to_date(self) -> None:
        """Index what has changed in the live index again, as it is now; what is gone is taken out."""
        keys, self.noted = self.store.changes(self.build, self.noted)
        by_model: defaultdict[str, list[str]] = defaultdict(list)
        for key in dict.fromkeys(keys):
            name, _, pk = key.rpartition(".")
            by_model[name].append(pk)
        for model, search_index in self.search_indexes.items():
            # Anything may be taken out of an index by its name: of other models, and without a sound key, nothing is
            # in this one.
            pks = [pk for pk in by_model[get_model_ct(model)] if _is_key(model, pk)]
            for start in range(0, len(pks), BATCH):
                self._index_again(model, search_index, pks[start : start + BATCH])

    def _index_again(self, model: Any, search_index: Any, pks: Sequence[str]) -> None:
        name = get_model_ct(model)
        objects = search_index.index_queryset(using=self.using).filter(pk__in=pks)
        with self.store.writer(self.index) as writer:
            writer.delete(f"{name}.{pk}" for pk in pks)
            for prepared in prepare(search_index, objects):
                writer.add_document(prepared.indexed())

    def _made_before(self) -> dict[str, int]:
        """Return what the folder holds already: key -> digest."""
        made: dict[str, int] = {}
        for written in self.index._segments():
            file = SegmentFile(written.path(self.index.storage))
            lexicon = file.lexicons["key"]
            digests = file.numbers["digests"].tolist()
            for number, key in enumerate(lexicon.words(range(len(lexicon)))):
                for doc in file.docs("key", number).tolist():
                    if not written.is_deleted(doc):
                        made[key] = digests[doc]
        return made


def _is_key(model: Any, text: str) -> bool:
    """Whether `text` can be the primary key of an object of `model`."""
    try:
        model._meta.pk.clean(text, None)
    except ValidationError:
        return False
    return True
