"""What single leaves of trees match, kept: a search whose facets are chosen one by one asks for the same words."""

import threading
from collections import OrderedDict
from dataclasses import dataclass

import numpy as np

MAX_BYTES = 32 * 1024 * 1024
# Of an entry over arrays without any place (measured).
OVERHEAD = 600


@dataclass
class Matched:
    """`mask`: the documents that match; `scores`: how well, 0 where nothing of the words stands."""

    mask: np.ndarray
    scores: np.ndarray

    def copy(self) -> "Matched":
        """Return the same in arrays of its own, which may be changed."""
        return Matched(self.mask.copy(), self.scores.copy())


@dataclass(frozen=True)
class Leaf:
    """What a leaf matches, never changed; `cut`: it stands for more words than were looked for."""

    matched: Matched
    cut: bool


class LeafCache:
    """The most recently asked leaves of one generation, up to a number of bytes. Safe for threads."""

    def __init__(self, limit: int = MAX_BYTES) -> None:
        self._limit = limit
        self._size = 0
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple, Leaf] = OrderedDict()

    def get(self, key: tuple) -> Leaf | None:
        """Return what is kept for a leaf."""
        with self._lock:
            leaf = self._kept.get(key)
            if leaf is not None:
                self._kept.move_to_end(key)
            return leaf

    def keep(self, key: tuple, leaf: Leaf) -> None:
        """Keep what a leaf matches. Its arrays are read-only from here on."""
        leaf.matched.mask.flags.writeable = leaf.matched.scores.flags.writeable = False
        with self._lock:
            if key in self._kept:
                return
            self._kept[key] = leaf
            self._size += _size(leaf)
            while self._size > self._limit and len(self._kept) > 1:
                self._size -= _size(self._kept.popitem(last=False)[1])


def _size(leaf: Leaf) -> int:
    return OVERHEAD + leaf.matched.mask.nbytes + leaf.matched.scores.nbytes
