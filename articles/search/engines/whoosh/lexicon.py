"""The terms of a field in a segment, found by bisection in the file as the system maps it into memory."""

from bisect import bisect_left

import numpy as np

from articles.search.engines.whoosh.arrays import ArrayFile

# Ends each term in the file, and stands in no text: it is no part of UTF-8.
END = b"\xff"
_END_DECODED = END.decode("utf-8", "surrogateescape")


class Lexicon:
    """The terms of a field in ascending order of their bytes, by number, and how many documents hold each."""

    def __init__(self, file: ArrayFile, field: str) -> None:
        """Raises DamagedFile."""
        self._text = file.mapped(f"{field}.terms")
        self._ends = file.mapped(f"{field}.ends")
        self._starts = file.mapped(f"{field}.starts")
        self._numbers = range(len(self._ends))

    def __len__(self) -> int:
        return len(self._numbers)

    def term(self, number: int) -> bytes:
        """Return a term in UTF-8."""
        start = self._ends[number - 1] if number else 0
        return bytes(self._text[start : self._ends[number] - 1])

    def find(self, term: bytes) -> int | None:
        """Return the number of a term; None where the field does not have it."""
        number = bisect_left(self._numbers, term, key=self.term)
        return number if number < len(self) and self.term(number) == term else None

    def beginning(self, prefix: bytes) -> range:
        """Return the numbers of the terms that begin with `prefix`."""
        first = bisect_left(self._numbers, prefix, key=self.term)
        return range(first, bisect_left(self._numbers, prefix + END, first, key=self.term))

    def words(self, numbers: range) -> list[str]:
        """Return terms that follow one another, decoded."""
        if not numbers:
            return []
        start = self._ends[numbers.start - 1] if numbers.start else 0
        text = str(self._text[start : self._ends[numbers.stop - 1] - 1], "utf-8", "surrogateescape")
        return text.split(_END_DECODED)

    def postings(self, number: int) -> tuple[int, int]:
        """Return the first and the last but one place of a term's postings among those of the field."""
        return self._starts[number], self._starts[number + 1]

    def holding(self, numbers: range) -> list[int]:
        """Return how many documents hold each of terms that follow one another, deleted ones too."""
        starts = np.array(self._starts[numbers.start : numbers.stop + 1], np.int64)
        return np.diff(starts).tolist() if numbers else []
