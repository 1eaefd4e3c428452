"""Keeping the index in step with the database: call these once the change is committed."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from django.db import DatabaseError
from haystack import connections

from articles.models import Article, Unindexed
from articles.search.engines.base import REBUILD_HINT, EngineUnavailable
from articles.search_indexes import ArticleIndex

logger = logging.getLogger(__name__)

BATCH = 1000
# Each commit has its cost to those who search; a larger one takes more memory.
MOST_IN_A_COMMIT = 5000
# So often an article is indexed again that changes while it is.
ROUNDS = 3
# Some half a minute of indexing.
FIRST_INDEX_MOST = 5000


def _backend() -> object:
    return connections["default"].get_backend()


def _in_batches(ids: Iterable[int], size: int = 0) -> Iterator[list[int]]:
    left = iter(ids)
    while batch := list(islice(left, size or BATCH)):
        yield batch


def exists() -> bool:
    """Whether there is an index, whatever state it is in."""
    return bool(_backend().exists())  # type: ignore[attr-defined]


def update(article_ids: Iterable[int]) -> None:
    """Bring these articles up to date in the index; those that are no longer in the database are taken out.

    Where there is no index yet, one is made of the whole archive. Raises EngineUnavailable where the index cannot be
    written, or is missing beside an archive too large to index while somebody waits.
    """
    if not exists():
        _first_index()
        return
    for keys in _in_batches(dict.fromkeys(article_ids), MOST_IN_A_COMMIT):
        # Read before the articles: what changes while they are indexed stays marked.
        marks = Unindexed.objects.marks(keys)
        left: Iterable[int] = keys
        for _ in range(ROUNDS):
            _backend().bring_up_to_date(left)  # type: ignore[attr-defined]
            left = _overtaken(left)
            if not left:
                break
            # Whoever was quicker has taken its own mark away: until this is put right, or if it never is.
            again = list(Article.objects.filter(pk__in=left).values_list("pk", flat=True))
            Unindexed.objects.mark(again)
            marks |= Unindexed.objects.marks(again)
        else:
            marks = {pk: stamp for pk, stamp in marks.items() if pk not in set(left)}
        _settle(marks)


def _settle(marks: Mapping[int, int]) -> None:
    try:
        Unindexed.objects.settle(marks)
    except DatabaseError:
        # All is indexed. Marks that stay cost no more than that some articles are indexed once more.
        logger.warning("The database was busy: %d articles will be indexed again.", len(marks), exc_info=True)


def _overtaken(ids: Iterable[int]) -> list[int]:
    """Return those of the articles that the index still, or again, holds otherwise than the database.

    Who has changed one while its text was analysed may have been quicker, and have been overwritten with what was read
    before.
    """
    changed: list[int] = []
    kept: set[int] = set()
    for batch in _in_batches(ids):
        articles = list(ArticleIndex().index_queryset().filter(pk__in=batch))
        kept.update(article.pk for article in articles)
        changed += _backend().differing(articles)  # type: ignore[attr-defined]
    gone = (set(ids) - kept) & _backend().ids()  # type: ignore[attr-defined]
    return [*changed, *gone]


def _first_index() -> None:
    """Index the whole archive: an index of a few articles only would hide that the others cannot be found."""
    count = Article.objects.count()
    if count > FIRST_INDEX_MOST:
        raise EngineUnavailable(f"There is no search index, and {count} articles are to go into it. {REBUILD_HINT}")
    rebuild()


def remove(article_ids: Iterable[int]) -> None:
    """Take articles out of the index. Raises EngineUnavailable where it cannot be written."""
    _backend().remove_ids(article_ids)  # type: ignore[attr-defined]


def remove_strangers(known_ids: Iterable[int]) -> int:
    """Take out of the index what is not among `known_ids`; return how many. Raises EngineUnavailable."""
    strangers = _backend().ids() - set(known_ids)  # type: ignore[attr-defined]
    if strangers:
        remove(strangers)
    return len(strangers)


def clear() -> None:
    """Make the index empty."""
    _backend().clear()  # type: ignore[attr-defined]


def is_stale() -> bool:
    """Whether the index is missing, cannot be read, or does not hold exactly the articles of the database."""
    try:
        held = _backend().ids()  # type: ignore[attr-defined]
    except EngineUnavailable:
        return True
    return held != set(Article.objects.values_list("pk", flat=True))


@dataclass(frozen=True)
class Differences:
    """How the index differs from the database: keys of articles that it lacks, has in an old state, or has although
    they are gone; and how many articles the database holds.
    """

    missing: list[int]
    changed: list[int]
    gone: list[int]
    total: int

    def any(self) -> bool:
        """Whether anything differs."""
        return bool(self.missing or self.changed or self.gone)


def damage() -> list[str]:
    """Return a sentence on each part of the index that cannot be read or is not what was written; none where all is."""
    try:
        return list(_backend().damage())  # type: ignore[attr-defined]
    except EngineUnavailable as error:
        return [str(error)]


def compare(progress: Callable[[int, int], None] | None = None) -> Differences:
    """Compare what the index holds of each article with what it should hold. Raises EngineUnavailable.

    `progress` is called with (done, all) after each batch.
    """
    held = _backend().ids()  # type: ignore[attr-defined]
    ids = list(Article.objects.order_by("pk").values_list("pk", flat=True))
    queryset = ArticleIndex().index_queryset()
    missing: list[int] = []
    changed: list[int] = []
    done = 0
    for batch in _in_batches(ids):
        for pk in _backend().differing(queryset.filter(pk__in=batch)):  # type: ignore[attr-defined]
            (changed if pk in held else missing).append(pk)
        done += len(batch)
        if progress:
            progress(done, len(ids))
    return Differences(sorted(missing), sorted(changed), sorted(held - set(ids)), len(ids))


def repair(differences: Differences) -> None:
    """Bring the index up to date where it differs. Raises EngineUnavailable."""
    update([*differences.missing, *differences.changed])
    if differences.gone:
        remove(differences.gone)


def rebuild(progress: Callable[[int, int], None] | None = None) -> int:
    """Build the index anew beside the live one and switch to it; return how many articles it holds.

    `progress` is called with (done, all) after each batch. What the live index learns meanwhile, the new one learns
    too. One that is stopped is gone on with by the next. Raises EngineUnavailable where the index cannot be written or
    another rebuild is at work.
    """
    told = Unindexed.objects.marks()
    making = _backend().rebuild()  # type: ignore[attr-defined]
    queryset = ArticleIndex().index_queryset()
    try:
        ids = list(Article.objects.order_by("pk").values_list("pk", flat=True))
        done = 0
        for batch in _in_batches(ids):
            done += making.add(queryset.filter(pk__in=batch))
            if progress:
                progress(done, len(ids))
        making.finish()
    except BaseException:
        making.abandon()
        raise
    remove_strangers(Article.objects.values_list("pk", flat=True))
    _settle(told)
    return done
