"""Postings as arrays: a term's documents, frequencies and positions, kept within a byte bound once they were read."""

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from articles.search.engines.whoosh.segment import SegmentFile

MAX_CACHED_BYTES = 128 * 1024 * 1024
POSITION_BITS = 32
POSITION = (1 << POSITION_BITS) - 1
# Of an entry without any postings: its key, its place, the empty arrays (measured: 200 to 600 bytes).
OVERHEAD = 500


class Postings(NamedTuple):
    """A term's postings in one segment: `docs` ascending; beside them how often each holds the term, how often in its
    title and how often in its lead.
    """

    docs: np.ndarray
    frequencies: np.ndarray
    in_title: np.ndarray
    in_lead: np.ndarray


_NOTHING = np.empty(0, np.float32)
NO_POSTINGS = Postings(np.empty(0, np.intp), _NOTHING, _NOTHING, _NOTHING)


class PostingsCache:
    """The most recently used postings of all segments, up to a number of bytes. Safe for threads."""

    def __init__(self, limit: int = MAX_CACHED_BYTES) -> None:
        self.limit = limit
        self.size = 0
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[str, str, str], Postings] = OrderedDict()

    def postings(self, name: str, segment: "SegmentFile", field: str, term: str) -> Postings:
        """Return a term's postings in the segment of this name, kept or read now."""
        key = (name, field, term)
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
                return kept
        postings = segment.postings(field, term)
        with self._lock:
            if key not in self._kept:
                self._kept[key] = postings
                self.size += _size(postings)
                while self.size > self.limit and len(self._kept) > 1:
                    self.size -= _size(self._kept.popitem(last=False)[1])
        return postings

    def forget(self, names: set[str]) -> None:
        """Drop what is kept of the segments of these names: nothing will ask for it again."""
        with self._lock:
            for key in [key for key in self._kept if key[0] in names]:
                self.size -= _size(self._kept.pop(key))


def _size(postings: Postings) -> int:
    """Return how many bytes an entry takes: the arrays, and what is kept around them even where they are empty."""
    return OVERHEAD + sum(array.nbytes for array in postings)
