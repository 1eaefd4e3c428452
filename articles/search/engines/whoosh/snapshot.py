"""One generation of the index as arrays: what a search reads. Shared by all threads, never changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from whoosh.index import FileIndex
from whoosh.reading import SegmentReader

from articles.search.engines.base import ARTICLE
from articles.search.engines.whoosh.postings import PostingsCache, PostingsReader
from articles.search.engines.whoosh.schema import FACETS, Facts, read_facts
from articles.text.stemming import script_of

if TYPE_CHECKING:
    from articles.search.engines.whoosh.columns import Column

# How many documents of average length are added to those of a language.
LEANING = 10


class Segment(NamedTuple):
    """A segment of the index: its name, its place among all documents, and what it knows of each."""

    name: str
    first: int
    reader: PostingsReader
    facts: Sequence[Facts]
    live: np.ndarray


@dataclass(frozen=True)
class FacetColumn:
    """A facet's values: pairs of document and ordinal, and what the ordinals stand for."""

    docs: np.ndarray
    ordinals: np.ndarray
    values: Sequence[str]
    ordinal_of: Mapping[str, int]

    def with_value(self, value: str, size: int) -> np.ndarray:
        """Return a mask over `size` documents: those that carry `value`."""
        mask = np.zeros(size, bool)
        ordinal = self.ordinal_of.get(value)
        if ordinal is not None:
            mask[self.docs[self.ordinals == ordinal]] = True
        return mask

    def counts(self, mask: np.ndarray) -> dict[str, int]:
        """Return how many of the documents of `mask` carry each value, values without any left out."""
        numbers = np.bincount(self.ordinals[mask[self.docs]], minlength=len(self.values))
        return {self.values[ordinal]: int(numbers[ordinal]) for ordinal in np.flatnonzero(numbers).tolist()}


class Snapshot:
    """All documents of a generation side by side: arrays with one place a document, over all segments."""

    def __init__(self, index: FileIndex, cache: PostingsCache, earlier: "Snapshot | None" = None) -> None:
        self.generation = index.latest_generation()
        self.cache = cache
        known = {segment.name: segment for segment in earlier.segments} if earlier else {}
        reader = index.reader()
        self.segments: list[Segment] = []
        for leaf, first in reader.leaf_readers():
            if isinstance(leaf, SegmentReader):
                self.segments.append(_segment(leaf, first, known))
        self.facts = facts = [row for segment in self.segments for row in segment.facts]
        self.size = len(facts)
        self.ids = np.array([row.id for row in facts], np.int64)
        self.moments = np.array([row.moment for row in facts], np.int64)
        self.first_days = np.array([row.first_day for row in facts], np.int32)
        self.last_days = np.array([row.last_day for row in facts], np.int32)
        self.live = np.concatenate([segment.live for segment in self.segments] or [np.empty(0, bool)])
        self.visible = np.array([row.visible for row in facts], bool) & self.live
        self.groups = _groups(facts)
        self.facets = {name: _column(facts, place) for place, name in enumerate(FACETS)}
        self.relative_lengths = _relative_lengths(facts, self.facets["lang"], self.live)
        self.documents = int(self.live.sum())
        self.documents_by_script = _by_script(self.facets["lang"], self.live)
        # Documents of other models than articles, each model's and the articles as a mask.
        self.others = [doc for doc, row in enumerate(facts) if row.other is not None]
        self._models = _models(facts, self.others)
        # Columns of further fields, made when they are first asked for: see columns.py.
        self.columns: dict[str, list[Column]] = {}
        self._beginnings: dict[tuple[str, str], dict[str, int]] = {}

    def of_models(self, models: Iterable[str]) -> np.ndarray:
        """Return a mask over the documents: those of the models."""
        masks = [self._models[model] for model in set(models) if model in self._models]
        return masks[0] if len(masks) == 1 else np.logical_or.reduce([np.zeros(self.size, bool), *masks])

    def holding(self, field: str, word: str) -> int:
        """Return how many visible documents hold `word` in `field`."""
        return sum(
            int(np.count_nonzero(self.visible[postings.docs + segment.first]))
            for segment in self.segments
            for postings in (self.cache.get(segment.name, segment.reader, field, word),)
        )

    def beginnings(self, field: str, letter: str) -> dict[str, int]:
        """Return what `words` does for one first letter, remembered: it is much, and asked for again and again."""
        found = self._beginnings.get((field, letter))
        if found is None:
            found = self._beginnings[field, letter] = self.words(field, letter)
        return found

    def words(self, field: str, prefix: str) -> dict[str, int]:
        """Return the words of `field` that begin with `prefix`, with how many documents hold them."""
        found: dict[str, int] = {}
        for segment in self.segments:
            for word, count in segment.reader.words(field, prefix):
                found[word] = found.get(word, 0) + count
        return found


def _segment(leaf: SegmentReader, first: int, known: Mapping[str, Segment]) -> Segment:
    name = leaf.segment().segment_id()
    count = leaf.doc_count_all()
    live = np.ones(count, bool)
    live[list(leaf._perdoc.deleted_docs())] = False
    earlier = known.get(name)
    if earlier is not None:
        # The segment's files never change; only its deletions do.
        return Segment(name, first, earlier.reader, earlier.facts, live)
    facts = [read_facts(column) for column in leaf.column_reader("facts")] if count else []
    return Segment(name, first, PostingsReader(leaf), facts, live)


def _models(facts: Sequence[Facts], others: Sequence[int]) -> dict[str, np.ndarray]:
    masks = {ARTICLE: np.ones(len(facts), bool)}
    masks[ARTICLE][others] = False
    for doc in others:
        other = facts[doc].other
        if other is not None:
            masks.setdefault(other.model, np.zeros(len(facts), bool))[doc] = True
    return masks


def _groups(facts: Sequence[Facts]) -> np.ndarray:
    """Return a number for each document, the same for near-copies of each other."""
    numbers: dict[str, int] = {}
    return np.array(
        [numbers.setdefault(row.group or f"\x00{place}", len(numbers)) for place, row in enumerate(facts)], np.int64
    )


def _column(facts: Sequence[Facts], place: int) -> FacetColumn:
    ordinal_of: dict[str, int] = {}
    docs: list[int] = []
    ordinals: list[int] = []
    for doc, row in enumerate(facts):
        for value in row.values[place]:
            docs.append(doc)
            ordinals.append(ordinal_of.setdefault(value, len(ordinal_of)))
    return FacetColumn(np.array(docs, np.int64), np.array(ordinals, np.int64), list(ordinal_of), ordinal_of)


def _relative_lengths(facts: Sequence[Facts], languages: FacetColumn, live: np.ndarray) -> np.ndarray:
    """Return each document's length divided by the average of those in its language; 1 for an average one."""
    lengths = np.array([row.length for row in facts], np.float32)
    if not live.any():
        return lengths
    average = float(lengths[live].mean()) or 1.0
    averages = np.full(len(facts), average, np.float32)
    for ordinal in range(len(languages.values)):
        docs = languages.docs[languages.ordinals == ordinal]
        known = lengths[docs[live[docs]]]
        # A language of a few documents leans on the others.
        averages[docs] = (float(known.sum()) + LEANING * average) / (len(known) + LEANING)
    return lengths / averages


def _by_script(languages: FacetColumn, live: np.ndarray) -> dict[str, int]:
    """Return how many live documents are in languages of each script, and in languages of none that is known."""
    counts: dict[str, int] = {}
    for language, count in languages.counts(live).items():
        name = script_of(language)
        counts[name] = counts.get(name, 0) + count
    return counts
