"""The Haystack backend: writes documents, and answers requests from a snapshot of the live generation.

Documents of any registered SearchIndex may be written and found; a Request is for articles unless it says otherwise.
"""

import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any

from haystack import connections
from haystack.backends import BaseSearchBackend, log_query
from haystack.constants import DJANGO_ID, DOCUMENT_FIELD
from haystack.utils import get_identifier, get_model_ct
from whoosh.fields import Schema
from whoosh.index import FileIndex

from articles.models import Article
from articles.search.engines.base import ARTICLE, REBUILD_HINT, Answer, EngineUnavailable, Request
from articles.search.engines.whoosh.answering import answer
from articles.search.engines.whoosh.making import cores
from articles.search.engines.whoosh.postings import PostingsCache
from articles.search.engines.whoosh.rebuilding import WhooshRebuild
from articles.search.engines.whoosh.snapshot import Snapshot
from articles.search.engines.whoosh.store import Store
from articles.search.engines.whoosh.writing import prepare, remove, write
from articles.search.haystack import searching
from articles.search.spelling import corrected
from articles.search.tree import Node

logger = logging.getLogger(__name__)

# So many articles are read at a time.
BATCH = 500

# Snapshots are shared by all threads of the process: Haystack makes a backend a thread.
_lock = threading.Lock()
_snapshots: dict[Path, tuple[str, Snapshot]] = {}
_cache = PostingsCache()


class WhooshBackend(BaseSearchBackend):
    """Keeps the contract of articles.search.engines.base on Whoosh."""

    def __init__(self, connection_alias: str, **options: Any) -> None:
        super().__init__(connection_alias, **options)
        self.store = Store(Path(options["PATH"]))
        self.processes: int = options.get("PROCESSES") or cores()

    # --- writing, in Haystack's words

    def update(self, index: Any, iterable: Iterable[Any], commit: bool = True) -> None:
        """Put the objects into the index in place of what it had of them, and commit."""
        write(self.store, prepare(index, iterable))

    def bring_up_to_date(self, article_ids: Iterable[int]) -> None:
        """Make the index hold these articles as the database has them now; see SearchEngine. Raises EngineUnavailable.

        They are read and analysed some hundred at a time, so that memory stays bounded.
        """
        keys = list(article_ids)
        search_index = connections[self.connection_alias].get_unified_index().get_index(Article)
        articles = search_index.index_queryset(using=self.connection_alias)
        batches = (articles.filter(pk__in=keys[start : start + BATCH]) for start in range(0, len(keys), BATCH))
        prepared = chain.from_iterable(prepare(search_index, batch) for batch in batches)
        write(self.store, prepared, [get_identifier(Article(pk=key)) for key in keys])

    def remove(self, obj_or_string: Any, commit: bool = True) -> None:
        """Take one object out of the index. `obj_or_string`: the object or Haystack's name for it."""
        self._remove([get_identifier(obj_or_string)])

    def remove_ids(self, ids: Iterable[int]) -> None:
        """Take articles out of the index, in one commit; nothing is to be done where there is no index."""
        self._remove([get_identifier(Article(pk=article_id)) for article_id in ids])

    def _remove(self, keys: Iterable[str]) -> None:
        if self.store.exists():
            remove(self.store, keys)

    def clear(self, models: Iterable[Any] | None = None, commit: bool = True) -> None:
        """Make the index empty, or take out of it what it has of these models."""
        if models is None:
            build = self.store.new_build()
            self.store.create(build)
            self.store.switch(build)
        elif self.store.exists():
            with self.store.writing() as writer:
                for model in models:
                    writer.delete_beginning(f"{get_model_ct(model)}.")

    def exists(self) -> bool:
        """Whether there is an index, whatever state it is in."""
        return self.store.exists()

    def rebuild(self) -> "WhooshRebuild":
        """Start a new index beside the live one."""
        return WhooshRebuild(self.store, self.connection_alias, self.processes)

    # --- reading

    def answer(self, request: Request) -> Answer:
        """Answer a request. Raises EngineUnavailable."""
        with self._reading() as snapshot:
            return answer(snapshot, request)

    def words(self, beginning: str, *, titles: bool = False) -> dict[str, int]:
        """Return the words that begin so, hidden articles' too; see SearchEngine. Raises EngineUnavailable."""
        with self._reading() as snapshot:
            read = snapshot.beginnings if len(beginning) == 1 else snapshot.words
            # The caller's own: what is remembered is shared.
            return dict(read(_field(titles), beginning))

    def holding(self, words: Iterable[str], *, titles: bool = False) -> dict[str, int]:
        """Return how many visible articles (or titles) hold each word. Raises EngineUnavailable."""
        with self._reading() as snapshot:
            return {word: snapshot.holding(_field(titles), word) for word in words}

    def ids(self) -> set[int]:
        """Return the ids of all articles in the index. Raises EngineUnavailable."""
        snapshot = self.snapshot()
        return set(snapshot.ids[snapshot.live & snapshot.of_models((ARTICLE,))].tolist())

    def differing(self, articles: Iterable[Article]) -> list[int]:
        """Return the ids of those that the index lacks or has otherwise. Raises EngineUnavailable."""
        snapshot = self.snapshot()
        search_index = connections[self.connection_alias].get_unified_index().get_index(Article)
        return [
            int(one.fields[DJANGO_ID])
            for one in prepare(search_index, articles)
            if snapshot.digest_of.get(int(one.fields[DJANGO_ID])) != one.digest
        ]

    def damage(self) -> list[str]:
        """Return a sentence on each part of a file that is not what was written. Raises EngineUnavailable."""
        return self.snapshot().damage()

    @contextmanager
    def _reading(self) -> Iterator[Snapshot]:
        """Give the snapshot to a search. Raises EngineUnavailable where one fails because a file is damaged.

        Checking all that is read each time would take longer than the search: it is done once something went wrong.
        """
        snapshot = self.snapshot()
        try:
            yield snapshot
        except Exception as error:
            damage = snapshot.damage()
            if not damage:
                raise
            logger.exception("The search index in %s is damaged: %s %s", self.store.path, damage[0], REBUILD_HINT)
            raise EngineUnavailable(f"The search index is damaged. {REBUILD_HINT}") from error

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

    # --- reading, in Haystack's words

    @log_query
    def search(self, query_string: Node | str, **kwargs: Any) -> dict[str, Any]:
        """Answer Haystack: see articles.search.haystack.searching.

        An index that cannot be read gives no results, and a line in the log, unless SILENTLY_FAIL is off.
        """
        return self._answered(lambda: searching.search(self, query_string, **kwargs))

    def more_like_this(
        self, model_instance: Any, additional_query_string: Node | str | None = None, **kwargs: Any
    ) -> dict[str, Any]:
        """Return articles like this one, without itself and its near-copies. Raises MoreLikeThisError for others."""
        return self._answered(lambda: searching.more_like_this(self, model_instance, additional_query_string, **kwargs))

    def _answered(self, search: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        try:
            return search()
        except EngineUnavailable as error:
            if not self.silently_fail:
                raise
            logger.error("%s", error)
            return {"results": [], "hits": 0}

    def suggestion(self, text: str) -> str | None:
        """Return `text` with its unknown words put right, where INCLUDE_SPELLING is on; None where none could be."""
        return corrected(self, text) if self.include_spelling else None

    # --- what programs know of Haystack's own Whoosh backend

    def setup(self) -> None:
        """Make the index where there is none."""
        self.store.live_or_new()

    @property
    def index(self) -> FileIndex:
        """Whoosh's own index object, of which only numbers (`doc_count()`) mean what they do elsewhere."""
        return self.store.live_or_new()

    @property
    def schema(self) -> Schema:
        return self.index.schema

    content_field_name = DOCUMENT_FIELD

    def delete_index(self) -> None:
        """Make the index empty."""
        self.clear()


def _field(titles: bool) -> str:
    return "title_exact" if titles else "text_exact"


def _snapshot(path: Path, index: FileIndex) -> Snapshot:
    """Return the snapshot of the latest generation of `index`, the one kept for `path` where that still holds."""
    build = index.storage.folder
    with _lock:
        kept_build, kept = _snapshots.get(path, ("", None))
        if kept is None or kept_build != build or kept.generation != index.latest_generation():
            earlier = kept if kept_build == build else None
            kept = Snapshot(index, _cache, earlier)
            if earlier:
                _cache.forget({segment.name for segment in earlier.segments} - {one.name for one in kept.segments})
            _snapshots[path] = (build, kept)
        return kept
