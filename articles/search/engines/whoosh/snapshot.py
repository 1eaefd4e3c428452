"""One generation of the index as arrays: what a search reads. Shared by all threads, never changed."""

import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from whoosh.index import FileIndex

from articles.search.engines.base import ARTICLE
from articles.search.engines.whoosh.codec import Segment as WrittenSegment
from articles.search.engines.whoosh.inverted import starts_of
from articles.search.engines.whoosh.leaves import LeafCache
from articles.search.engines.whoosh.postings import POSITION_BITS, Postings, PostingsCache
from articles.search.engines.whoosh.schema import FACETS, Facts
from articles.search.engines.whoosh.segment import NUMBERS, SegmentFile
from articles.search_indexes import UNDATED
from articles.text.stemming import script_of

if TYPE_CHECKING:
    from articles.search.engines.whoosh.columns import Column

# So many first letters are remembered with their words.
MOST_BEGINNINGS = 12
# How many documents of average length are added to those of a language.
LEANING = 10
# How often, and after how many seconds, a generation is looked up again whose files a writer has just removed.
ATTEMPTS, PAUSE = 10, 0.05


class Segment(NamedTuple):
    """A segment of the index: its name, its place among all documents, its file, and which documents are left.

    `whole` says whether all of them are left, and visible articles.
    """

    name: str
    first: int
    file: SegmentFile
    live: np.ndarray
    whole: bool


@dataclass(frozen=True)
class FacetColumn:
    """A facet's values: pairs of document and ordinal, ordered by ordinal, and what the ordinals stand for.

    The pairs of ordinal `n` are those from `starts[n]` to before `starts[n + 1]`.
    """

    docs: np.ndarray
    starts: np.ndarray
    values: Sequence[str]
    ordinal_of: Mapping[str, int]

    @cached_property
    def ordinals(self) -> np.ndarray:
        """The ordinal of each pair."""
        return np.repeat(np.arange(len(self.values)), np.diff(self.starts))

    def docs_with(self, value: str) -> np.ndarray:
        """Return the documents that carry `value`."""
        ordinal = self.ordinal_of.get(value)
        return self.docs[:0] if ordinal is None else self.docs[self.starts[ordinal] : self.starts[ordinal + 1]]

    def with_value(self, value: str, size: int) -> np.ndarray:
        """Return a mask over `size` documents: those that carry `value`."""
        mask = np.zeros(size, bool)
        mask[self.docs_with(value)] = True
        return mask

    def counts(self, mask: np.ndarray) -> dict[str, int]:
        """Return how many of the documents of `mask` carry each value, values without any left out."""
        before = starts_of(mask[self.docs])
        numbers = np.diff(before[self.starts])
        return {self.values[ordinal]: int(numbers[ordinal]) for ordinal in np.flatnonzero(numbers).tolist()}


class Snapshot:
    """All documents of a generation side by side: arrays with one place a document, over all segments."""

    def __init__(self, index: FileIndex, cache: PostingsCache, earlier: "Snapshot | None" = None) -> None:
        """`earlier`: an older snapshot of the same index, of which the unchanged segments are taken over."""
        self.cache = cache
        self.generation, self.segments = _opened(index, earlier)
        self.size = sum(segment.file.size for segment in self.segments)
        self.facts: Sequence[Facts] = _FactsOfAll(self.segments)
        numbers = {name: self._concatenated(name) for name in NUMBERS}
        self.ids, self.moments = numbers["ids"], numbers["moments"]
        self.first_days, self.last_days = numbers["first_days"], numbers["last_days"]
        self.digests = numbers["digests"]
        self.live = np.concatenate([segment.live for segment in self.segments] or [np.empty(0, bool)])
        self.visible = numbers["visible"] & self.live
        self.groups = _groups(numbers["groups"])
        # Where each document stands by date; what has none stands last. For equal dates see Answering.ordered.
        undated = self.moments == UNDATED
        self.newest_ranks = _ranks(-self.ids, -self.moments, undated)
        self.oldest_ranks = _ranks(self.ids, self.moments, undated)
        self.facets = {name: self._column(f"facet_{name}") for name in FACETS}
        self.relative_lengths = _relative_lengths(numbers["lengths"], self.facets["lang"], self.live)
        self.documents = int(self.live.sum())
        self.documents_by_script = _by_script(self.facets["lang"], self.live)
        # Documents of other models than articles, each model's and the articles as a mask.
        models = self._column("model")
        self.others = np.sort(models.docs).tolist()
        self._models = {name: models.with_value(name, self.size) for name in models.values}
        self._models[ARTICLE] = ~np.logical_or.reduce([np.zeros(self.size, bool), *self._models.values()])
        self.readable = self.visible & self._models[ARTICLE]
        # Columns of further fields, made when they are first asked for: see columns.py.
        self.columns: dict[str, list[Column]] = {}
        # What single words and phrases match, by what was asked: see evaluation.py.
        self.leaves = LeafCache()
        self._lock = threading.Lock()
        self._beginnings: dict[tuple[str, str], dict[str, int]] = {}

    @cached_property
    def digest_of(self) -> dict[int, int]:
        """The digest of each article, by its id."""
        docs = self.live & self._models[ARTICLE]
        return dict(zip(self.ids[docs].tolist(), self.digests[docs].tolist(), strict=True))

    def damage(self) -> list[str]:
        """Return a sentence on each part of a file that is not what was written. Reads all of them."""
        return [
            f"{segment.file.file.path.name}: {name} is not what was written."
            for segment in self.segments
            for name in segment.file.file.damaged()
        ]

    def of_models(self, models: Iterable[str]) -> np.ndarray:
        """Return a mask over the documents: those of the models."""
        masks = [self._models[model] for model in set(models) if model in self._models]
        return masks[0] if len(masks) == 1 else np.logical_or.reduce([np.zeros(self.size, bool), *masks])

    def postings(self, field: str, term: str) -> Iterator[tuple[int, Postings]]:
        """Yield (place of the segment's first document, postings) for the segments that have the term."""
        for segment in self.segments:
            postings = self.cache.postings(segment.name, segment.file, field, term)
            if len(postings.docs):
                yield segment.first, postings

    def postings_of_all(self, field: str, terms: Sequence[str]) -> Iterator[tuple[int, Postings]]:
        """Yield what `postings` does for many terms together, which are not kept; documents may come again."""
        for segment in self.segments:
            yield segment.first, segment.file.postings_of_all(field, terms)

    def places_in(self, field: str, term: str, docs: np.ndarray) -> np.ndarray:
        """Return where a term stands in `docs` (ascending), ascending: document * 2**32 + position."""
        found = []
        for segment in self.segments:
            start, stop = np.searchsorted(docs, (segment.first, segment.first + segment.file.size))
            places = segment.file.places_in(field, term, docs[start:stop] - segment.first)
            found.append(places + (segment.first << POSITION_BITS))
        return np.concatenate(found) if found else np.empty(0, np.int64)

    def holding(self, field: str, word: str) -> int:
        """Return how many visible documents hold `word` in `field`."""
        total = 0
        for segment in self.segments:
            number = segment.file.find(field, word)
            if number is None:
                continue
            if segment.whole:
                start, stop = segment.file.lexicons[field].postings(number)
                total += stop - start
            else:
                visible = self.readable[segment.first : segment.first + segment.file.size]
                total += int(np.count_nonzero(visible[segment.file.docs(field, number)]))
        return total

    def beginnings(self, field: str, letter: str) -> dict[str, int]:
        """Return what `words` does for one first letter, remembered: it is much, and asked for again and again."""
        found = self._beginnings.get((field, letter))
        if found is None:
            found = self.words(field, letter)
            with self._lock:
                # Of all letters it would be every word of the archive, some hundred bytes each.
                while len(self._beginnings) >= MOST_BEGINNINGS:
                    del self._beginnings[next(iter(self._beginnings))]
                self._beginnings[field, letter] = found
        return found

    def words(self, field: str, prefix: str) -> dict[str, int]:
        """Return the words of `field` that begin with `prefix`, with how many documents hold them."""
        found: dict[str, int] = {}
        for segment in self.segments:
            lexicon = segment.file.lexicons[field]
            numbers = lexicon.beginning(prefix.encode("utf-8", "replace"))
            counts = zip(lexicon.words(numbers), lexicon.holding(numbers), strict=True)
            if not found:
                found = dict(counts)
            else:
                for word, count in counts:
                    found[word] = found.get(word, 0) + count
        return found

    def _concatenated(self, name: str) -> np.ndarray:
        kind = NUMBERS[name]
        return np.concatenate([np.empty(0, kind), *(segment.file.numbers[name] for segment in self.segments)])

    def _column(self, field: str) -> FacetColumn:
        """Return a field's values as one column over all segments."""
        parts = [(segment.first, segment.file.values[field]) for segment in self.segments]
        values = sorted({value for _, part in parts for value in part.values})
        ordinal_of = {value: ordinal for ordinal, value in enumerate(values)}
        docs = [part.docs + first for first, part in parts]
        ordinals = [
            np.repeat(np.array([ordinal_of[value] for value in part.values], np.int64), part.sizes) for _, part in parts
        ]
        if len(parts) == 1:
            return FacetColumn(docs[0], starts_of(parts[0][1].sizes), values, ordinal_of)
        every = np.concatenate([np.empty(0, np.int64), *ordinals])
        order = np.argsort(every, kind="stable")
        starts = starts_of(np.bincount(every, minlength=len(values)))
        return FacetColumn(np.concatenate([np.empty(0, np.intp), *docs])[order], starts, values, ordinal_of)


class _FactsOfAll(Sequence[Facts]):
    """The facts of all documents, read one by one when they are asked for."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments
        self._firsts = np.array([segment.first for segment in segments], np.int64)

    def __len__(self) -> int:
        return sum(segment.file.size for segment in self._segments)

    def __getitem__(self, doc: int) -> Facts:  # type: ignore[override]
        segment = self._segments[int(np.searchsorted(self._firsts, doc, "right")) - 1]
        return segment.file.facts[doc - segment.first]


def _opened(index: FileIndex, earlier: Snapshot | None) -> tuple[int, list[Segment]]:
    """Return the latest generation and its segments. A writer may remove files while they are being opened."""
    known = {segment.name: segment.file for segment in earlier.segments} if earlier else {}
    generation = None
    for attempt in range(1, ATTEMPTS + 1):
        try:
            contents = index._read_toc()
            generation = contents.generation
            segments: list[Segment] = []
            first = 0
            for written in contents.segments:
                segments.append(_segment(index, written, first, known))
                first += segments[-1].file.size
            return contents.generation, segments
        except FileNotFoundError:
            # What the latest generation names nobody has removed: it is missing.
            if attempt == ATTEMPTS or index.latest_generation() == generation:
                raise
            time.sleep(PAUSE)
    raise AssertionError("unreachable")


def _segment(index: FileIndex, written: WrittenSegment, first: int, known: Mapping[str, SegmentFile]) -> Segment:
    name = written.segment_id()
    # A segment's file never changes; only its deletions do.
    file = known.get(name) or SegmentFile(written.path(index.storage))
    live = written.live()
    whole = bool((live & file.numbers["visible"]).all()) and not len(file.values["model"].docs)
    return Segment(name, first, file, live, whole)


def _ranks(*keys: np.ndarray) -> np.ndarray:
    """Return each document's place in the order of the last key, equal ones by the key before it."""
    order = np.lexsort(keys)
    ranks = np.empty(len(order), np.int32)
    ranks[order] = np.arange(len(order), dtype=np.int32)
    return ranks


def _groups(numbers: np.ndarray) -> np.ndarray:
    """Return a number for each document, the same for near-copies of each other."""
    alone = numbers == 0
    distinct, groups = np.unique(numbers[~alone], return_inverse=True)
    found = np.empty(len(numbers), np.int64)
    found[~alone] = groups
    found[alone] = len(distinct) + np.arange(int(alone.sum()))
    return found


def _relative_lengths(lengths: np.ndarray, languages: FacetColumn, live: np.ndarray) -> np.ndarray:
    """Return each document's length divided by the average of those in its language; 1 for an average one."""
    lengths = lengths.astype(np.float32)
    if not live.any():
        return lengths
    average = float(lengths[live].mean()) or 1.0
    averages = np.full(len(lengths), average, np.float32)
    for language in languages.values:
        docs = languages.docs_with(language)
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
