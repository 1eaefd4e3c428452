"""A segment as it is read: its words with their postings, and what it knows of each document.

A segment is one file of arrays. Of a field `f` with words it holds `f.terms`, `f.ends`, `f.starts` (see Lexicon),
`f.docs`, and where they differ from 1 `f.frequencies`; of a field with positions also `f.positions`, `f.places` (where
each term's begin), `f.title` and `f.lead` (how often the word stands in the title and in the lead). Of each document it
holds the numbers in NUMBERS and, as JSON, Facts.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np

from articles.search.engines.whoosh.arrays import ArrayFile, DamagedFile
from articles.search.engines.whoosh.inverted import Inverted, runs
from articles.search.engines.whoosh.lexicon import END, Lexicon
from articles.search.engines.whoosh.postings import NO_POSTINGS, POSITION_BITS, Postings
from articles.search.engines.whoosh.schema import FIELDS, VALUED, Facts, read_facts

# What is kept of each document as a number: its name in the file and its type.
NUMBERS = {
    "ids": np.int64,
    "moments": np.int64,
    "first_days": np.int32,
    "last_days": np.int32,
    "visible": np.bool_,
    "lengths": np.uint32,
    "groups": np.int64,
    "digests": np.int64,
}
EXTENSION = ".arrays"
# Keys are looked up one by one: they are as many as the documents.
COLUMNS = tuple(field for field in VALUED if field != "key")


class Values(NamedTuple):
    """A field's values in a segment, in order: how many documents carry each, and which, value by value."""

    values: list[str]
    sizes: np.ndarray
    docs: np.ndarray


class SegmentFile:
    """A segment's file, open as long as the object lives. Safe for threads."""

    def __init__(self, path: Path) -> None:
        """Raises OSError and DamagedFile."""
        self.file = ArrayFile(path)
        self.numbers = {name: self._number(name) for name in NUMBERS}
        self.size = len(self.numbers["ids"])
        if any(len(values) != self.size for values in self.numbers.values()):
            raise DamagedFile(f"{path}: its documents are not all there.")
        self.lexicons = {field: Lexicon(self.file, field) for field in FIELDS}
        self.values = {field: self._values(field) for field in COLUMNS}
        self.facts: Sequence[Facts] = _StoredFacts(self.file)

    def _number(self, name: str) -> np.ndarray:
        numbers = self.file.whole(name)
        return numbers.view(bool) if name == "visible" else numbers

    def _values(self, field: str) -> Values:
        for part in ("terms", "ends", "starts"):
            # Few and shown on pages: looked at while there is nothing yet that a changed one could lead astray.
            self.file.whole(f"{field}.{part}")
        lexicon = self.lexicons[field]
        numbers = range(len(lexicon))
        docs = self.file.whole(f"{field}.docs").astype(np.intp)
        return Values(lexicon.words(numbers), np.array(lexicon.holding(numbers), np.int64), docs)

    def find(self, field: str, term: str) -> int | None:
        """Return the number of a term in a field's lexicon; None where the segment does not have it."""
        return self.lexicons[field].find(term.encode("utf-8", "replace"))

    def docs(self, field: str, number: int) -> np.ndarray:
        """Return the documents that hold a term."""
        return self.file.part(f"{field}.docs", *self.lexicons[field].postings(number))

    def postings(self, field: str, term: str) -> Postings:
        """Return the postings of a term, without positions; NO_POSTINGS where the segment has none."""
        number = self.find(field, term)
        if number is None:
            return NO_POSTINGS
        start, stop = self.lexicons[field].postings(number)
        docs = self.file.part(f"{field}.docs", start, stop).astype(np.intp)
        return Postings(docs, *(self._beside(field, name, start, stop) for name in ("frequencies", "title", "lead")))

    def postings_of_all(self, field: str, terms: Iterable[str]) -> Postings:
        """Return the postings of several terms, those of one behind those of the other: documents may come again."""
        numbers = [number for term in terms if (number := self.find(field, term)) is not None]
        if not numbers:
            return NO_POSTINGS
        bounds = np.array([self.lexicons[field].postings(number) for number in numbers], np.int64)
        places = runs(bounds[:, 0], bounds[:, 1] - bounds[:, 0])
        docs = self.file.view(f"{field}.docs")[places].astype(np.intp)
        return Postings(docs, *(self._picked(field, name, places) for name in ("frequencies", "title", "lead")))

    def _picked(self, field: str, name: str, places: np.ndarray) -> np.ndarray:
        kept = f"{field}.{name}"
        if kept not in self.file:
            return np.full(len(places), name == "frequencies", np.float32)
        return self.file.view(kept)[places].astype(np.float32)

    def places_in(self, field: str, term: str, docs: np.ndarray) -> np.ndarray:
        """Return where a term stands in `docs` (ascending), ascending: document * 2**32 + position."""
        number = self.find(field, term)
        if number is None or field not in self._places or not len(docs):
            return np.empty(0, np.int64)
        start, stop = self.lexicons[field].postings(number)
        holding = self.file.view(f"{field}.docs")[start:stop].astype(np.int64)
        at = np.minimum(np.searchsorted(holding, docs), len(holding) - 1)
        found = holding[at] == docs
        at = at[found]
        frequencies = self.file.view(f"{field}.frequencies")[start:stop].astype(np.int64)
        firsts = np.cumsum(frequencies) - frequencies + self._places[field][number]
        positions = self.file.view(f"{field}.positions")[runs(firsts[at], frequencies[at])]
        return np.repeat(docs[found].astype(np.int64) << POSITION_BITS, frequencies[at]) + positions

    @cached_property
    def _places(self) -> dict[str, memoryview]:
        return {field: self.file.mapped(f"{field}.places") for field in FIELDS if f"{field}.places" in self.file}

    def _beside(self, field: str, name: str, start: int, stop: int) -> np.ndarray:
        kept = f"{field}.{name}"
        if kept not in self.file:
            return np.full(stop - start, name == "frequencies", np.float32)
        return self.file.part(kept, start, stop).astype(np.float32)

    def inverted(self, field: str) -> Inverted:
        """Return a whole field. Raises DamagedFile where it is not what was written."""
        docs = self.file.whole(f"{field}.docs")
        lexicon = self.lexicons[field]
        terms = bytes(self.file.whole(f"{field}.terms")).split(END)[:-1]
        if len(terms) != len(lexicon):
            raise DamagedFile(f"{self.file.path}: the terms of {field} are not all there.")
        frequencies, positions = np.ones(len(docs), np.uint32), np.empty(0, np.uint32)
        if f"{field}.frequencies" in self.file:
            frequencies = self.file.whole(f"{field}.frequencies")
        if f"{field}.positions" in self.file:
            positions = self.file.whole(f"{field}.positions")
        return Inverted(terms, self.file.whole(f"{field}.starts").astype(np.int64), docs, frequencies, positions)

    def stored(self, docs: np.ndarray) -> list[bytes]:
        """Return what is kept of each of `docs` as JSON."""
        ends = self.file.whole("facts.ends").tolist()
        text = bytes(self.file.whole("facts"))
        return [text[ends[doc - 1] if doc else 0 : ends[doc]] for doc in docs.tolist()]


class _StoredFacts(Sequence[Facts]):
    """The facts of a segment's documents, read one by one when they are asked for."""

    def __init__(self, file: ArrayFile) -> None:
        self._file = file
        self._ends = file.mapped("facts.ends")

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, doc: int) -> Facts:  # type: ignore[override]
        start = self._ends[doc - 1] if doc else 0
        return read_facts(self._file.part("facts", start, self._ends[doc]).tobytes())
