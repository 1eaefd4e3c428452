"""Texts as they are compared: what makes two of them equal, alike, or nearly the same. No database.

Nearly the same are texts that share most of their runs of three words (Jaccard index of word shingles). Which texts are
worth comparing is found by MinHash with banding (A. Broder, "On the resemblance and containment of documents", 1997;
J. Leskovec, A. Rajaraman, J. Ullman, "Mining of Massive Datasets", chapter 3): 64 minima in 16 bands of 4, so that two
texts alike by 0.7 share a band with a probability of 0.99, alike by 0.3 with one of 0.12.
"""

import hashlib
import re
import zlib
from collections import Counter
from functools import cached_property

import numpy as np

# From here on two texts are copies of one another.
NEAR = 0.7
# Shorter texts are copies only when equal: in a post of two sentences one name makes another piece of news.
FEWEST_WORDS = 50
# Less alike than this, two texts are two articles, whatever address they share.
SAME_ARTICLE = 0.5

_SHINGLE = 3
_BANDS = 16
_ROWS = 4
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+")
# Numbers that both texts name: fewer, and it is one form filled in twice (rates of the day, results of the week).
_SAME_NUMBERS = 0.8
# A word said so often in one text and never in the other is what the text is about.
_SUBJECT = 3
_MIX = np.uint64(0x9E3779B97F4A7C15)  # 2^64 divided by the golden ratio, an odd multiplier that spreads bits
_HASHES = range(_BANDS * _ROWS)
# So many of a text's smallest word hashes are kept to tell how alike it is to another; below it the answer is exact.
_SAMPLE = 128


def _parameters(name: str) -> np.ndarray:
    """Return a 64-bit number for each hash function. Sketches are stored: the numbers must be the same for ever."""
    digests = (hashlib.sha256(f"{name} {number}".encode()).digest() for number in _HASHES)
    return np.array([int.from_bytes(digest[:8], "big") for digest in digests], dtype=np.uint64)


# 64 hash functions x -> (a * x + b) mod 2^64, of which the upper half counts; a is odd.
_FACTORS = _parameters("factor") | np.uint64(1)
_ADDENDS = _parameters("addend")


class Text:
    """A text by its words in lower case, with all that is derived from them, each made when it is first asked for."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = _WORD.findall(text.casefold())

    @cached_property
    def hash(self) -> str:
        """The SHA-256 of the words, or of the text itself where it has none, in hexadecimal digits."""
        return hashlib.sha256((" ".join(self.words) or self.text).encode("utf-8", "replace")).hexdigest()

    @cached_property
    def word_hashes(self) -> np.ndarray:
        """A 32-bit hash of each word, in order."""
        hashes = (zlib.crc32(word.encode("utf-8", "replace")) for word in self.words)
        return np.fromiter(hashes, dtype=np.uint32, count=len(self.words))

    @cached_property
    def sample(self) -> bytes:
        """The smallest of the distinct word hashes, as uint32: enough to tell how alike two texts are."""
        return np.unique(self.word_hashes)[:_SAMPLE].tobytes()

    @cached_property
    def shingles(self) -> np.ndarray:
        """The distinct 64-bit hashes of the runs of three words, in ascending order."""
        hashes = self.word_hashes.astype(np.uint64)
        length = max(len(hashes) - _SHINGLE + 1, 1)
        mixed = np.zeros(length, dtype=np.uint64)
        for offset in range(min(_SHINGLE, len(hashes))):
            mixed = (mixed * _MIX) ^ hashes[offset : offset + length]
            mixed ^= mixed >> np.uint64(29)
        return np.unique(mixed * _MIX)

    @cached_property
    def bands(self) -> list[int]:
        """The numbers of the sketch, 32 bits with sign: texts that share none are not worth comparing.

        None for a text too short to have near-copies.
        """
        if len(self.words) < FEWEST_WORDS:
            return []
        minima = (self.shingles[:, None] * _FACTORS + _ADDENDS).min(axis=0) >> np.uint64(32)
        rows = minima.astype(np.uint32).reshape(_BANDS, _ROWS)
        return [zlib.crc32(row.tobytes(), band) - 2**31 for band, row in enumerate(rows)]

    def is_near(self, other: "Text") -> bool:
        """Tell whether two texts are the same but for small changes: a headline, a paragraph, a correction.

        Texts of one form that speak of other figures or other names are not.
        """
        if len(self.words) < FEWEST_WORDS or len(other.words) < FEWEST_WORDS:
            return self.hash == other.hash
        shorter, longer = sorted((len(self.shingles), len(other.shingles)))
        if shorter < NEAR * longer:
            return False
        common = len(np.intersect1d(self.shingles, other.shingles, assume_unique=True))
        return common >= NEAR * (shorter + longer - common) and not self._is_other_filling(other)

    def _is_other_filling(self, other: "Text") -> bool:
        """Tell two fillings of one form: other figures, or each of them about something that the other never names."""
        mine, theirs = (set(_NUMBER.findall(each.text)) for each in (self, other))
        fewer = min(len(mine), len(theirs))
        if fewer and len(mine & theirs) < _SAME_NUMBERS * fewer:
            return True
        return bool(self._subjects(other)) and bool(other._subjects(self))

    def _subjects(self, other: "Text") -> set[str]:
        counts = Counter(self.words)
        often = {word for word, count in counts.items() if count >= _SUBJECT and len(word) > 2}
        return often - set(other.words)


def likeness(one: bytes, other: bytes) -> float:
    """Return how alike two texts are, 0 to 1, from their `sample`s: the share of their words that both have (Jaccard).

    Exact where each has at most 128 different words, else an estimate from the 128 smallest of both.
    """
    first, second = (np.frombuffer(sample, dtype=np.uint32) for sample in (one, other))
    if not len(first) and not len(second):
        return 1.0
    union = np.union1d(first, second)
    if max(len(first), len(second)) >= _SAMPLE:
        union = union[:_SAMPLE]
    both = np.intersect1d(first, second, assume_unique=True)
    return int(np.isin(union, both, assume_unique=True).sum()) / len(union)
