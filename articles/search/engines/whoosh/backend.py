"""The Haystack backend: writes documents, and answers requests from a snapshot of the live generation."""

import logging
import shutil
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from haystack import connections
from haystack.backends import BaseSearchBackend
from haystack.utils import get_identifier
from whoosh.index import FileIndex

from articles.models import Article
from articles.search.engines.base import Answer, EngineUnavailable, Request
from articles.search.engines.whoosh.answering import answer
from articles.search.engines.whoosh.postings import PostingsCache
from articles.search.engines.whoosh.schema import document
from articles.search.engines.whoosh.snapshot import Snapshot
from articles.search.engines.whoosh.store import REBUILD_HINT, Store

logger = logging.getLogger(__name__)

# Snapshots are shared by all threads of the process: Haystack makes a backend a thread.
_lock = threading.Lock()
_snapshots: dict[Path, tuple[str, Snapshot]] = {}
_cache = PostingsCache()


class WhooshBackend(BaseSearchBackend):
    """Keeps the contract of articles.search.engines.base on Whoosh."""

    def __init__(self, connection_alias: str, **options: Any) -> None:
        super().__init__(connection_alias, **options)
        self.store = Store(Path(options["PATH"]))

    # --- writing, in Haystack's words

    def update(self, index: Any, iterable: Iterable[Article], commit: bool = True) -> None:
        """Put the articles into the index in place of what it had of them, and commit."""
        articles = list(iterable)
        if articles:
            _write(self.store, self.store.live_or_new(), index, articles)

    def remove(self, obj_or_string: Any, commit: bool = True) -> None:
        """Take one article out of the index. `obj_or_string`: the article or Haystack's name for it."""
        self.remove_ids([int(get_identifier(obj_or_string).rsplit(".", 1)[-1])])

    def remove_ids(self, ids: Iterable[int]) -> None:
        """Take articles out of the index, in one commit; nothing is to be done where there is no index."""
        if not self.store.exists():
            return
        writer = self.store.writer(self.store.live())
        with writer:
            for article_id in ids:
                writer.delete_by_term("key", str(article_id))

    def clear(self, models: Any = None, commit: bool = True) -> None:
        """Make the index empty."""
        build = self.store.new_build()
        self.store.create(build)
        self.store.switch(build)

    def exists(self) -> bool:
        """Whether there is an index, whatever state it is in."""
        return self.store.exists()

    def rebuild(self) -> "WhooshRebuild":
        """Start a new index beside the live one."""
        return WhooshRebuild(self.store, connections[self.connection_alias].get_unified_index().get_index(Article))

    # --- reading

    def answer(self, request: Request) -> Answer:
        """Answer a request. Raises EngineUnavailable."""
        return answer(self.snapshot(), request)

    def ids(self) -> set[int]:
        """Return the ids of all articles in the index. Raises EngineUnavailable."""
        snapshot = self.snapshot()
        return set(snapshot.ids[snapshot.live].tolist())

    def snapshot(self) -> Snapshot:
        """Return the arrays of the live generation, made anew only when it has changed."""
        while True:
            index = self.store.live()
            try:
                return _snapshot(self.store.path, index)
            except Exception as error:
                if not self.store.is_live(index):
                    # A rebuild took this one's place, and its files away, while it was being opened.
                    continue
                # Whoosh raises whatever a damaged file leads it to: the reader is told one thing, the log the rest.
                logger.exception("The search index in %s cannot be read. %s", self.store.path, REBUILD_HINT)
                raise EngineUnavailable(f"The search index is damaged. {REBUILD_HINT}") from error

    def search(self, query_string: str, **kwargs: Any) -> dict[str, Any]:
        """Haystack's own way to search is not offered: its query strings are an engine's syntax."""
        raise NotImplementedError("Search through articles.search.search().")


def _snapshot(path: Path, index: FileIndex) -> Snapshot:
    """Return the snapshot of the latest generation of `index`, the one kept for `path` where that still holds."""
    build = index.storage.folder
    with _lock:
        kept_build, kept = _snapshots.get(path, ("", None))
        if kept is None or kept_build != build or kept.generation != index.latest_generation():
            kept = Snapshot(index, _cache, kept if kept_build == build else None)
            _snapshots[path] = (build, kept)
        return kept


class WhooshRebuild:
    """A new index in the making, in a folder of its own."""

    def __init__(self, store: Store, search_index: Any) -> None:
        self.store = store
        self.search_index = search_index
        self.lock = store.lock_rebuild()
        self.build = store.new_build()
        self.index = store.create(self.build)

    def add(self, articles: Iterable[Article]) -> int:
        """Index a batch of articles; return how many."""
        batch = list(articles)
        _write(self.store, self.index, self.search_index, batch, replace=False)
        return len(batch)

    def finish(self) -> None:
        """Make the new index the live one."""
        self.store.switch(self.build)
        self.lock.release()

    def abandon(self) -> None:
        """Give up: remove what was made; the live index stays."""
        shutil.rmtree(self.build, ignore_errors=True)
        self.lock.release()


def _write(store: Store, index: FileIndex, search_index: Any, articles: list[Article], replace: bool = True) -> None:
    """Write the articles as one commit. Documents are made before the write lock is taken, so it is held briefly."""
    documents = [document(search_index.full_prepare(article)) for article in articles]
    writer = store.writer(index)
    try:
        for prepared in documents:
            if replace:
                writer.delete_by_term("key", prepared["key"])
            writer.add_document(**prepared)
    except BaseException:
        writer.cancel()
        raise
    writer.commit()
