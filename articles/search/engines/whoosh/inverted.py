"""An inverted field: its terms in order, and the postings of each one after the other, all in arrays.

Postings are made and merged by whole arrays: one by one, in Python, they would take most of the time of indexing.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, count
from typing import NamedTuple

import numpy as np


class Inverted(NamedTuple):
    """The terms of a field, ascending, and their postings in that order.

    The postings of term `n` are those from `starts[n]` to before `starts[n + 1]`: `docs` ascending, `frequencies`
    beside them. `positions` holds those of each posting one after the other, as many as its frequency; it is empty for
    a field without positions.
    """

    terms: list[bytes]
    starts: np.ndarray
    docs: np.ndarray
    frequencies: np.ndarray
    positions: np.ndarray


class Inverter:
    """Takes the words of documents one document after the other, and makes an inverted field of them."""

    def __init__(self) -> None:
        self._numbers: defaultdict[str, int] = defaultdict(count().__next__)
        self._terms = array("I")
        self._docs: list[int] = []
        self._sizes: list[int] = []
        self._frequencies = array("I")
        self._positions = array("I")

    def add_positions(self, doc: int, words: Mapping[str, Sequence[int]]) -> None:
        """Add a document's words with their positions, ascending. Documents come in order."""
        self._add(doc, words)
        self._frequencies.extend(map(len, words.values()))
        self._positions.extend(chain.from_iterable(words.values()))

    def add_counts(self, doc: int, words: Mapping[str, int]) -> None:
        """Add a document's words with how often each occurs."""
        self._add(doc, words)
        self._frequencies.extend(words.values())

    def _add(self, doc: int, words: Iterable[str]) -> None:
        before = len(self._terms)
        self._terms.extend(map(self._numbers.__getitem__, words))
        self._docs.append(doc)
        self._sizes.append(len(self._terms) - before)

    def inverted(self) -> Inverted:
        """Return what was added."""
        terms = [term.encode("utf-8") for term in self._numbers]
        order = sorted(range(len(terms)), key=terms.__getitem__)
        ranks = np.empty(len(terms), np.uint32)
        ranks[order] = np.arange(len(terms), dtype=np.uint32)
        of_postings = ranks[np.frombuffer(self._terms, np.uint32)]
        sorting = np.argsort(of_postings, kind="stable")
        docs = np.repeat(np.array(self._docs, np.uint32), np.array(self._sizes, np.int64))[sorting]
        frequencies = np.frombuffer(self._frequencies, np.uint32)
        positions = np.frombuffer(self._positions, np.uint32)
        if len(positions):
            positions = positions[runs((_ends(frequencies) - frequencies)[sorting], frequencies[sorting])]
        starts = starts_of(np.bincount(of_postings, minlength=len(terms)))
        return Inverted([terms[place] for place in order], starts, docs, frequencies[sorting], positions)


def merged(parts: Sequence[tuple[Inverted, np.ndarray]]) -> Inverted:
    """Return several inverted fields as one.

    Each part comes with the new number of each of its documents, -1 for those that are left out; numbers ascend within
    a part, and from part to part.
    """
    renumbered = [_renumbered(*part) for part in parts]
    terms = sorted(set().union(*(part.terms for part in renumbered)))
    rank_of = {term: rank for rank, term in enumerate(terms)}
    ranks = [np.fromiter(map(rank_of.__getitem__, part.terms), np.int64, len(part.terms)) for part in renumbered]
    sizes = np.zeros(len(terms), np.int64)
    for part, rank in zip(renumbered, ranks, strict=True):
        sizes[rank] += np.diff(part.starts)
    starts = starts_of(sizes)
    free = starts[:-1].copy()
    docs, frequencies = np.empty(starts[-1], np.uint32), np.empty(starts[-1], np.uint32)
    targets = []
    for part, rank in zip(renumbered, ranks, strict=True):
        lengths = np.diff(part.starts)
        target = runs(free[rank], lengths)
        free[rank] += lengths
        docs[target], frequencies[target] = part.docs, part.frequencies
        targets.append(target)
    positions = np.empty(sum(len(part.positions) for part in renumbered), np.uint32)
    if len(positions):
        places = _ends(frequencies) - frequencies
        for part, target in zip(renumbered, targets, strict=True):
            positions[runs(places[target], part.frequencies)] = part.positions
    return Inverted(terms, starts, docs, frequencies, positions)


def _renumbered(part: Inverted, numbers: np.ndarray) -> Inverted:
    docs = numbers[part.docs]
    kept = docs >= 0
    if kept.all():
        return part._replace(docs=docs)
    ranks = np.repeat(np.arange(len(part.terms)), np.diff(part.starts))[kept]
    sizes = np.bincount(ranks, minlength=len(part.terms))
    left = np.flatnonzero(sizes)
    positions = part.positions
    if len(positions):
        positions = positions[np.repeat(kept, part.frequencies)]
    terms = [part.terms[rank] for rank in left.tolist()]
    return Inverted(terms, starts_of(sizes[left]), docs[kept], part.frequencies[kept], positions)


def starts_of(sizes: np.ndarray) -> np.ndarray:
    """Return where runs of these sizes start that follow one another, and where the last one ends."""
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes, dtype=np.int64)])


def _ends(sizes: np.ndarray) -> np.ndarray:
    return np.cumsum(sizes, dtype=np.int64)


def runs(firsts: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """Return the numbers from each of `firsts` on, as many as `lengths` says, one run after the other."""
    lengths = lengths.astype(np.int64)
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    return np.repeat(firsts - (ends - lengths), lengths) + np.arange(total)
