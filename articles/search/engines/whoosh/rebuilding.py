"""A new index beside the live one: made batch by batch, gone on with after a stop, made live in one step."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

from django.apps import apps
from haystack import connections
from whoosh.util.filelock import LockBase

from articles.models import Article
from articles.search.engines.whoosh.making import UNFINISHED, SegmentMakers
from articles.search.engines.whoosh.segment import SegmentFile
from articles.search.engines.whoosh.store import Store
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

    def add(self, articles: Iterable[Article]) -> int:
        """Index a batch of articles; return how many. Raises EngineUnavailable."""
        return self._add(prepare(self.search_indexes[Article], articles))

    def finish(self) -> None:
        """Make the new index the live one, with the objects of all other registered indexes in it."""
        for model, search_index in self.search_indexes.items():
            if model is not Article:
                objects = search_index.index_queryset(using=self.using).iterator(chunk_size=BATCH)
                while batch := list(islice(objects, BATCH)):
                    self._add(prepare(search_index, batch))
        self.makers.finish()
        for _ in range(ROUNDS):
            self._bring_up_to_date()
        with self.store.writer(self.index) as writer:
            writer.optimize()
        # Whoever writes the live index waits, or has noted what it wrote.
        with self.store.nobody_writing():
            self._bring_up_to_date()
            self.store.switch(self.build)
        self._end()

    def abandon(self) -> None:
        """Stop: the live index stays as it is, and the next rebuild goes on from here."""
        self._end()

    def _end(self) -> None:
        self.makers.close()
        if self.lock is not None:
            self.lock.release()
            self.lock = None

    def _add(self, batch: Sequence[Prepared]) -> int:
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
        for name, pks in by_model.items():
            for start in range(0, len(pks), BATCH):
                self._index_again(name, pks[start : start + BATCH])

    def _index_again(self, name: str, pks: Sequence[str]) -> None:
        model = apps.get_model(name)
        search_index = self.search_indexes[model]
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
