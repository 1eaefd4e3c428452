"""A request over a snapshot -> an answer: filters, facet counts, dates, order, near-copies, the rows asked for."""

import datetime
from typing import Any

import numpy as np

from articles.search.engines.base import MOST_COPIES, Answer, Filters, Request
from articles.search.engines.whoosh.columns import LAST, counts, places
from articles.search.engines.whoosh.documents import document_of
from articles.search.engines.whoosh.evaluation import Evaluation
from articles.search.engines.whoosh.leaves import Matched
from articles.search.engines.whoosh.scoring import PREFERRED_WEIGHT
from articles.search.engines.whoosh.snapshot import Snapshot
from articles.search.tree import Dated, Tagged
from articles.search_indexes import NO_DAY, UNDATED

# So many times as many as are asked for are ordered.
BEST = 4


def answer(snapshot: Snapshot, request: Request) -> Answer:
    """Return the answer to `request`."""
    return _Answering(snapshot, request).answer()


class _Answering:
    def __init__(self, snapshot: Snapshot, request: Request) -> None:
        self.snapshot = snapshot
        self.request = request
        allowed = snapshot.live if request.hidden else snapshot.visible
        self.allowed = allowed if request.models is None else allowed & snapshot.of_models(request.models)
        self.evaluation = Evaluation(snapshot, self.allowed)

    def answer(self) -> Answer:
        snapshot, request = self.snapshot, self.request
        base, scores = self.matched()
        parts = self.filter_masks(request.filters)
        mask = _all(base, *parts.values())
        found = np.flatnonzero(mask)
        copies = np.bincount(snapshot.groups[found], minlength=1)
        rows = self.rows(found, self.ranked(found, scores))
        days, undated = self.by_day(_all(base, *(part for name, part in parts.items() if name != "dates")))
        return Answer(
            ids=tuple(snapshot.ids[rows].tolist()),
            scores=tuple(scores[rows].tolist()),
            copies={int(snapshot.ids[row]): int(copies[snapshot.groups[row]]) - 1 for row in rows}
            if request.fold
            else {},
            copy_ids=self.copy_ids(found, rows, copies, scores) if request.fold else {},
            total=len(found),
            stories=int(np.count_nonzero(copies)),
            facets={name: self.facet_counts(name, base, parts) for name in request.facets},
            days=days,
            undated=undated,
            unknown=tuple(self.evaluation.unknown),
            cut=tuple(self.evaluation.cut),
            documents=tuple(document_of(snapshot.facts[row]) for row in rows.tolist()) if request.documents else (),
            counted=tuple(int((mask & self.evaluation.evaluate(node).mask).sum()) for node in request.counted),
        )

    def matched(self) -> tuple[np.ndarray, np.ndarray]:
        snapshot = self.snapshot
        allowed = self.allowed
        if self.request.tree is None:
            matched = Matched(allowed, np.zeros(snapshot.size, np.float32))
        else:
            # Its arrays may be those that are kept for other searches.
            matched = self.evaluation.evaluate(self.request.tree).copy()
        if self.request.order == "relevance":
            # Of what carries a chosen value, what is about it stands first.
            for facet, values in self.request.filters.include.items():
                chosen = self.evaluation.evaluate(Tagged(facet, values))
                matched.scores += PREFERRED_WEIGHT * chosen.scores
        return matched.mask & allowed, matched.scores

    def ranked(self, found: np.ndarray, scores: np.ndarray) -> np.ndarray:
        """Return the scores by which what was found is ordered: rounded once, for the order and the answer alike.

        What differs by less is equal, and the date decides.
        """
        if self.request.tree is not None and self.request.order == "relevance" and self.request.limit != 0:
            self.evaluation.add_closeness(self.request.tree, found, scores)
        return np.round(scores, 4, out=scores)

    def filter_masks(self, filters: Filters) -> dict[str, np.ndarray]:
        """Return a mask for each part of the filters; a facet's included values are a part by themselves."""
        size = self.snapshot.size
        parts: dict[str, np.ndarray] = {}
        for name, values in filters.include.items():
            masks = [self.snapshot.facets[name].with_value(value, size) for value in values]
            if masks:
                every = name in filters.all_of
                parts[f"include {name}"] = np.logical_and.reduce(masks) if every else np.logical_or.reduce(masks)
        for name, values in filters.exclude.items():
            masks = [self.snapshot.facets[name].with_value(value, size) for value in values]
            if masks:
                parts[f"exclude {name}"] = ~np.logical_or.reduce(masks)
        for value in filters.about:
            parts[f"about {value}"] = self.snapshot.facets["about"].with_value(value, size)
        dates = self.date_mask(filters)
        if dates is not None:
            parts["dates"] = dates
        return parts

    def date_mask(self, filters: Filters) -> np.ndarray | None:
        undated = self.snapshot.moments == UNDATED
        if filters.undated is True:
            return undated
        if filters.first_day is None and filters.last_day is None:
            return None if filters.undated is None else ~undated
        return self.evaluation.evaluate(Dated(filters.first_day, filters.last_day)).mask

    def facet_counts(self, name: str, base: np.ndarray, parts: dict[str, np.ndarray]) -> dict[Any, int]:
        """Count what matches everything but the facet's own included values, unless those are ANDed."""
        own = f"include {name}"
        if name not in self.snapshot.facets:
            return counts(self.snapshot, name, _all(base, *parts.values()))
        keep_own = name in self.request.filters.all_of
        others = [part for key, part in parts.items() if keep_own or key != own]
        return self.snapshot.facets[name].counts(_all(base, *others))

    def by_day(self, mask: np.ndarray) -> tuple[dict[datetime.date, int], int]:
        if not self.request.histogram:
            return {}, 0
        every = self.snapshot.first_days[mask]
        dated = every[every != NO_DAY]
        days, counts = np.unique(dated, return_counts=True)
        by_day = {
            datetime.date.fromordinal(day): count for day, count in zip(days.tolist(), counts.tolist(), strict=True)
        }
        # Leaving out what has no date is an exclusion, and exclusions are kept in counts.
        undated = 0 if self.request.filters.undated is False else len(every) - len(dated)
        return by_day, undated

    def rows(self, found: np.ndarray, scores: np.ndarray) -> np.ndarray:
        """Return the rows asked for of what was found, in order."""
        request = self.request
        if request.limit == 0 or not len(found):
            return found[:0]
        end = None if request.limit is None else request.offset + request.limit
        if end is None or request.order != "relevance":
            return self.folded(self.ordered(found, scores))[request.offset : end]
        # Of many that match, the best are enough: more of them where near-copies share a row.
        wanted = end
        while True:
            wanted *= BEST
            if wanted >= len(found):
                return self.folded(self.ordered(found, scores))[request.offset : end]
            least = np.partition(scores[found], len(found) - wanted)[len(found) - wanted]
            rows = self.folded(self.ordered(found[scores[found] >= least], scores))
            if len(rows) >= end:
                return rows[request.offset : end]

    def ordered(self, docs: np.ndarray, scores: np.ndarray) -> np.ndarray:
        """Return `docs` in the order asked for. Equal ones stand newest first, then by id, so that pages never overlap.

        Articles without a date come last by date, either way.
        """
        order, snapshot = self.request.order, self.snapshot
        if order in {"newest", "oldest"}:
            ranks = snapshot.newest_ranks if order == "newest" else snapshot.oldest_ranks
            return docs[np.argsort(ranks[docs])]
        keys: tuple[np.ndarray, ...] = (snapshot.newest_ranks[docs],)
        if order == "relevance":
            keys += (-scores[docs],)
        else:
            for name in reversed(order):
                keys += self.order_keys(name, docs, scores)
        return docs[np.lexsort(keys)]

    def order_keys(self, name: str, docs: np.ndarray, scores: np.ndarray) -> tuple[np.ndarray, ...]:
        """Return what orders `docs` by a field, or by `score`: documents without a value stand last, either way."""
        sign, field = (-1 if name.startswith("-") else 1), name.removeprefix("-")
        if field == "score":
            return (sign * scores[docs],)
        standing = places(self.snapshot, field, docs)
        return sign * standing, standing == LAST

    def folded(self, docs: np.ndarray) -> np.ndarray:
        """Return of `docs`, which are in order, the first of each group of near-copies, if they are to be folded."""
        if not self.request.fold:
            return docs
        _, first = np.unique(self.snapshot.groups[docs], return_index=True)
        return docs[np.sort(first)]

    def copy_ids(
        self, found: np.ndarray, rows: np.ndarray, copies: np.ndarray, scores: np.ndarray
    ) -> dict[int, tuple[int, ...]]:
        """Return the other members of each row's group among what was found, in order, MOST_COPIES at most."""
        snapshot = self.snapshot
        named = {}
        for row in rows:
            group = snapshot.groups[row]
            if copies[group] > 1:
                members = self.ordered(found[snapshot.groups[found] == group], scores)
                named[int(snapshot.ids[row])] = tuple(snapshot.ids[members[members != row]][:MOST_COPIES].tolist())
        return named


def _all(*masks: np.ndarray) -> np.ndarray:
    return np.logical_and.reduce(masks)
