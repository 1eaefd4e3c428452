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
        docs = self.ordered(found, self.ranked(found, scores))
        total = len(docs)
        stories, copies, rows = self.folded(docs)
        if not request.fold:
            rows = docs
        end = None if request.limit is None else request.offset + request.limit
        rows = rows[request.offset : end]
        days, undated = self.by_day(_all(base, *(part for name, part in parts.items() if name != "dates")))
        return Answer(
            ids=tuple(snapshot.ids[rows].tolist()),
            scores=tuple(scores[rows].tolist()),
            copies={int(snapshot.ids[row]): int(copies[snapshot.groups[row]]) - 1 for row in rows}
            if request.fold
            else {},
            copy_ids=self.copy_ids(docs, rows, copies) if request.fold else {},
            total=total,
            stories=stories,
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

    def ordered(self, docs: np.ndarray, scores: np.ndarray) -> np.ndarray:
        """Return `docs` in the order asked for. Equal ones stand newest first, then by id, so that pages never overlap.

        Articles without a date come last by date, either way.
        """
        moments, ids = self.snapshot.moments[docs], self.snapshot.ids[docs]
        newest = -moments
        keys: tuple[np.ndarray, ...]
        if self.request.order == "oldest":
            keys = (ids, moments, moments == UNDATED)
        elif self.request.order == "newest":
            keys = (-ids, newest, moments == UNDATED)
        elif self.request.order == "relevance":
            keys = (-ids, newest, -scores[docs])
        else:
            keys = (-ids, newest)
            for name in reversed(self.request.order):
                keys += self.order_keys(name, docs, scores)
        return docs[np.lexsort(keys)]

    def order_keys(self, name: str, docs: np.ndarray, scores: np.ndarray) -> tuple[np.ndarray, ...]:
        """Return what orders `docs` by a field, or by `score`: documents without a value stand last, either way."""
        sign, field = (-1 if name.startswith("-") else 1), name.removeprefix("-")
        if field == "score":
            return (sign * scores[docs],)
        standing = places(self.snapshot, field, docs)
        return sign * standing, standing == LAST

    def folded(self, docs: np.ndarray) -> tuple[int, np.ndarray, np.ndarray]:
        """Return how many stories `docs` are, how many each group holds, and the first of each group in order."""
        groups = self.snapshot.groups[docs]
        _, first = np.unique(groups, return_index=True)
        return len(first), np.bincount(groups, minlength=1), docs[np.sort(first)]

    def copy_ids(self, docs: np.ndarray, rows: np.ndarray, copies: np.ndarray) -> dict[int, tuple[int, ...]]:
        """Return the other members of each row's group among `docs`, which are in order, MOST_COPIES at most."""
        snapshot = self.snapshot
        groups = snapshot.groups[docs]
        found = {}
        for row in rows:
            group = snapshot.groups[row]
            if copies[group] > 1:
                members = docs[groups == group]
                found[int(snapshot.ids[row])] = tuple(snapshot.ids[members[members != row]][:MOST_COPIES].tolist())
        return found


def _all(*masks: np.ndarray) -> np.ndarray:
    return np.logical_and.reduce(masks)
