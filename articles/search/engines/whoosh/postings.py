"""Postings as arrays: a term's documents, frequencies and positions, decoded once and kept within a byte bound.

Whoosh's own matchers walk postings one by one in Python; reading its blocks whole is some hundred times faster. This
reads the format of Whoosh's third codec (whoosh/codec/whoosh3.py), which is the only one that the store writes.
"""

import threading
import zlib
from collections import OrderedDict
from collections.abc import Iterator
from pickle import loads

import numpy as np
from whoosh.codec.whoosh3 import W3LeafMatcher
from whoosh.reading import SegmentReader

from articles.search.engines.whoosh.schema import BODY_START, LEAD

MAX_CACHED_BYTES = 256 * 1024 * 1024
POSITION_BITS = 32
POSITION = (1 << POSITION_BITS) - 1
# Of an entry without any postings: its key, its place, the empty arrays (measured: 200 to 600 bytes).
OVERHEAD = 500


class Postings:
    """A term's postings in one segment: `docs` ascending, `frequencies` beside them.

    `places` holds all positions of all documents, ascending: document * 2**32 + position (empty for roots).
    `in_lead` says how often the term stands in the lead of each document.
    """

    __slots__ = ("docs", "frequencies", "in_lead", "places")

    def __init__(self, docs: np.ndarray, frequencies: np.ndarray, places: np.ndarray) -> None:
        self.docs = docs
        self.frequencies = frequencies
        self.places = places
        self.in_lead = np.zeros(len(docs), np.float32)
        if len(places):
            positions = places & POSITION
            leading = (positions >= BODY_START) & (positions < BODY_START + LEAD)
            starts = np.cumsum(frequencies.astype(np.int64)) - frequencies.astype(np.int64)
            self.in_lead = np.add.reduceat(leading, starts, dtype=np.float32)

    @property
    def size(self) -> int:
        """How many bytes the postings take: the arrays, and what is kept around them even where they are empty."""
        return OVERHEAD + self.docs.nbytes + self.frequencies.nbytes + self.in_lead.nbytes + self.places.nbytes


NO_POSTINGS = Postings(np.empty(0, np.int64), np.empty(0, np.float32), np.empty(0, np.int64))


class PostingsReader:
    """Reads the postings of one segment. Safe for threads: the segment's file has one place where it is read."""

    def __init__(self, reader: SegmentReader) -> None:
        self.reader = reader
        self._lock = threading.Lock()

    def read(self, field: str, term: str) -> Postings:
        """Return the postings of `term`; NO_POSTINGS where the segment has none."""
        key = (field, term.encode("utf-8", "replace"))
        with self._lock:
            terms = self.reader._terms
            if key not in terms:
                return NO_POSTINGS
            matcher = terms.matcher(*key, self.reader.schema[field].format)
            blocks = list(_blocks(matcher))
        docs = np.concatenate([np.cumsum(np.array(ids, np.int64)) for ids, _, _ in blocks])
        frequencies = np.concatenate([_frequencies(weights, len(ids)) for ids, weights, _ in blocks])
        positions = np.frombuffer(b"".join(b"".join(values or ()) for _, _, values in blocks), np.uint32)
        places = np.empty(0, np.int64)
        if len(positions):
            places = (np.repeat(docs, frequencies.astype(np.int64)) << POSITION_BITS) + positions
        return Postings(docs, frequencies, places)

    def words(self, field: str, prefix: str) -> Iterator[tuple[str, int]]:
        """Yield (word, number of documents) for the words of `field` that begin with `prefix`, in order."""
        start = prefix.encode("utf-8", "replace")
        with self._lock:
            terms = self.reader._terms
            found = []
            for name, word in terms.terms_from(field, start):
                if name != field or not word.startswith(start):
                    break
                found.append((word.decode("utf-8", "replace"), terms.doc_frequency(field, word)))
        yield from found


def _blocks(matcher: W3LeafMatcher) -> Iterator[tuple[tuple[int, ...], object, tuple[bytes, ...] | None]]:
    """Yield the blocks of a postings list as they were written: (document deltas, weights, positions)."""
    while True:
        data = matcher._postfile.get(matcher._dataoffset, matcher._nextoffset - matcher._dataoffset)
        yield loads(zlib.decompress(data) if matcher._compression else data)
        matcher._next_block()
        if matcher._atend:
            return


def _frequencies(weights: object, count: int) -> np.ndarray:
    """Return a block's weights, which the codec writes as None (all 1), one number (all the same), or all of them."""
    if weights is None:
        return np.ones(count, np.float32)
    if isinstance(weights, float):
        return np.full(count, weights, np.float32)
    return np.array(weights, np.float32)


class PostingsCache:
    """The most recently used postings of all segments, up to a number of bytes."""

    def __init__(self, limit: int = MAX_CACHED_BYTES) -> None:
        self.limit = limit
        self.size = 0
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[str, str, str], Postings] = OrderedDict()

    def get(self, segment: str, reader: PostingsReader, field: str, term: str) -> Postings:
        """Return a term's postings in a segment, from the cache or read now."""
        key = (segment, field, term)
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
                return kept
        postings = reader.read(field, term)
        with self._lock:
            if key not in self._kept:
                self._kept[key] = postings
                self.size += postings.size
                while self.size > self.limit and len(self._kept) > 1:
                    self.size -= self._kept.popitem(last=False)[1].size
        return postings
