"""The values of an index's fields as columns: what Compared, orders and counts of such fields read.

A column is made when it is first asked for, and kept as long as its snapshot.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from articles.search.engines.base import ARTICLE
from articles.search.engines.whoosh.documents import kept_values, language_of
from articles.search.engines.whoosh.schema import FACETS, Facts
from articles.search.engines.whoosh.snapshot import Snapshot
from articles.search.engines.whoosh.values import KINDS, Kind, key_of, moment_of, span
from articles.search.tree import Compared
from articles.search_indexes import NO_DAY, UNDATED
from articles.text.edits import one_edit
from articles.text.tokens import tokenize

LAST = np.iinfo(np.int64).max
_TEXTS: Mapping[str, Callable[[Facts], str]] = {
    "id": lambda row: f"{ARTICLE}.{row.id}",
    "django_ct": lambda row: ARTICLE,
    "language": language_of,
    "group": lambda row: row.group,
}


@dataclass(frozen=True)
class Column:
    """A field's values of one kind: pairs of document and rank, and the keys that the ranks stand for, ascending."""

    kind: Kind
    docs: np.ndarray
    ranks: np.ndarray
    keys: Sequence[Any] | np.ndarray

    def wanted(self, node: Compared) -> np.ndarray:
        """Return a mask over the keys: those in the node's relation to its values."""
        mask = np.zeros(len(self.keys), bool)
        if node.relation == "equals":
            for value in node.values:
                places = None if value is None else span(value, self.kind)
                if places is not None:
                    mask[bisect_left(self.keys, places[0]) : bisect_right(self.keys, places[1])] = True
        elif node.relation == "between":
            mask[self._between(node)] = True
        elif self.kind == "text":
            holds = _test(node)
            mask[:] = np.fromiter((holds(key) for key in self.keys), bool, len(self.keys))
        return mask

    def _between(self, node: Compared) -> slice:
        low, high = (None if value is None else span(value, self.kind) for value in node.values)
        if (low is None) != (node.values[0] is None) or (high is None) != (node.values[1] is None):
            return slice(0, 0)
        after, before = node.without_ends
        start, stop = 0, len(self.keys)
        if low is not None:
            start = bisect_right(self.keys, low[1]) if after else bisect_left(self.keys, low[0])
        if high is not None:
            stop = bisect_left(self.keys, high[0]) if before else bisect_right(self.keys, high[1])
        return slice(start, stop)


def _test(node: Compared) -> Callable[[str], bool]:
    wanted = str(node.values[0])
    if node.relation == "begins":
        return lambda text: text.startswith(wanted)
    if node.relation == "ends":
        return lambda text: text.endswith(wanted)
    if node.relation == "contains":
        return lambda text: wanted in text
    words = {token.folded for token in tokenize(wanted)}
    if node.relation == "words":
        return lambda text: text == wanted or (bool(words) and words <= _words(text))
    alike: Callable[[str, str], bool] = one_edit if node.relation == "near" else str.startswith
    return lambda text: bool(words) and all(any(alike(held, word) for held in _words(text)) for word in words)


def _words(text: str) -> set[str]:
    return {token.folded for token in tokenize(text)}


def compared(snapshot: Snapshot, node: Compared) -> np.ndarray:
    """Return a mask over the documents: those that match the node."""
    mask = np.zeros(snapshot.size, bool)
    columns = columns_of(snapshot, node.field)
    if node.relation == "equals" and None in node.values:
        mask[:] = True
        for column in columns:
            mask[column.docs] = False
    for column in columns:
        mask[column.docs[column.wanted(node)[column.ranks]]] = True
    return mask


def counts(snapshot: Snapshot, name: str, mask: np.ndarray) -> dict[Any, int]:
    """Return how many of the documents of `mask` have each value of a field, values without any left out."""
    found: dict[Any, int] = {}
    for column in columns_of(snapshot, name):
        numbers = np.bincount(column.ranks[mask[column.docs]], minlength=len(column.keys))
        for rank in np.flatnonzero(numbers).tolist():
            key = column.keys[rank]
            value = moment_of(key) if column.kind == "moment" else key if column.kind == "text" else _plain(key)
            found[value] = int(numbers[rank])
    return found


def places(snapshot: Snapshot, name: str, docs: np.ndarray) -> np.ndarray:
    """Return where each of `docs` stands by a field: by its least value; LAST without one."""
    found = np.full(snapshot.size, LAST, np.int64)
    before = 0
    for column in columns_of(snapshot, name):
        np.minimum.at(found, column.docs, column.ranks + before)
        before += len(column.keys)
    return found[docs]


def columns_of(snapshot: Snapshot, name: str) -> list[Column]:
    """Return the columns of a field, one for each kind of its values; none where no document has one."""
    found = snapshot.columns.get(name)
    if found is None:
        found = snapshot.columns[name] = [*_of_articles(snapshot, name), *_of_others(snapshot, name)]
    return found


def _of_articles(snapshot: Snapshot, name: str) -> list[Column]:
    articles = snapshot.of_models((ARTICLE,))
    if name in FACETS:
        facet = snapshot.facets[name]
        return [Column("text", facet.docs, facet.ordinals, facet.values)]
    if name in {"moment", "published_at"}:
        docs = np.flatnonzero(articles & (snapshot.moments != UNDATED))
        moments = snapshot.moments[docs]
        return [_ranked("number", docs, moments) if name == "moment" else _ranked("moment", docs, moments * 1_000_000)]
    if name in {"first_day", "last_day"}:
        days = snapshot.first_days if name == "first_day" else snapshot.last_days
        docs = np.flatnonzero(articles & (days != NO_DAY))
        return [_ranked("number", docs, days[docs])]
    docs = np.flatnonzero(articles)
    if name == "django_id":
        return [_ranked("number", docs, snapshot.ids[docs])]
    if name == "visible":
        return [_ranked("number", docs, np.array([snapshot.facts[doc].visible for doc in docs.tolist()], np.int64))]
    text = _TEXTS.get(name)
    return _by_kind((doc, text(snapshot.facts[doc])) for doc in docs.tolist()) if text else []


def _of_others(snapshot: Snapshot, name: str) -> list[Column]:
    if name in FACETS:
        # Every document's values of these stand in the facet's own column.
        return []
    others = ((doc, snapshot.facts[doc].other) for doc in snapshot.others)
    return _by_kind((doc, value) for doc, other in others if other for value in kept_values(other, name))


def _ranked(kind: Kind, docs: np.ndarray, keys: np.ndarray) -> Column:
    distinct, ranks = np.unique(keys, return_inverse=True)
    return Column(kind, docs, ranks, distinct)


def _by_kind(pairs: Iterable[tuple[int, Any]]) -> list[Column]:
    docs: dict[Kind, list[int]] = {}
    keys: dict[Kind, list[Any]] = {}
    for doc, value in pairs:
        kind, key = key_of(value)
        docs.setdefault(kind, []).append(doc)
        keys.setdefault(kind, []).append(key)
    columns = []
    for kind in KINDS:
        if kind in keys:
            distinct = sorted(set(keys[kind]))
            rank_of = {key: rank for rank, key in enumerate(distinct)}
            ranks = np.array([rank_of[key] for key in keys[kind]], np.int64)
            columns.append(Column(kind, np.array(docs[kind], np.int64), ranks, distinct))
    return columns


def _plain(number: Any) -> int | float:
    plain: int | float = number.item() if isinstance(number, np.generic) else number
    return plain
