"""A tree over a snapshot -> which documents match, and how well. One mask and one score a document.

Scores are BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009; k1 1.2, b 0.75), where a word's
forms count as one term, a word in the title counts as several, and the form as typed counts a little more than others.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce

import numpy as np

from articles.search.engines.whoosh.columns import compared
from articles.search.engines.whoosh.postings import POSITION_BITS, Postings
from articles.search.engines.whoosh.snapshot import Snapshot
from articles.search.tree import (
    And,
    Compared,
    Dated,
    Field,
    Fuzzy,
    InTitle,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Tagged,
    Word,
)
from articles.search_indexes import NO_DAY
from articles.text.analysis import query_stems
from articles.text.edits import one_edit
from articles.text.tokens import Token, tokenize

K1, B = 1.2, 0.75
TITLE_WEIGHT = 3.0
EXACT_WEIGHT = 0.5
MAX_EXPANSIONS = 200
FUZZY_PREFIX = 2
NOWHERE = (np.empty(0, np.int64), np.empty(0, np.int64))


@dataclass
class Matched:
    """`mask`: the documents that match; `scores`: how well, 0 where nothing of the words stands."""

    mask: np.ndarray
    scores: np.ndarray


class Evaluation:
    """Evaluates the nodes of one tree."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.size = snapshot.size

    def evaluate(self, node: Node) -> Matched:
        """Return what matches `node`. A Field (a name not yet resolved) is taken as words."""
        if isinstance(node, And | Or):
            return self._combined(node)
        if isinstance(node, Not):
            return Matched(~self.evaluate(node.child).mask, np.zeros(self.size, np.float32))
        if isinstance(node, Tagged):
            return self._flat(self._tagged(node))
        if isinstance(node, Dated):
            return self._flat(self._dated(node))
        if isinstance(node, Compared):
            return self._flat(compared(self.snapshot, node))
        if isinstance(node, InTitle):
            return self._words(node.child, "title")
        if isinstance(node, Field):
            return self._words(Phrase(node.value), "text")
        return self._words(node, "text")

    def _combined(self, node: And | Or) -> Matched:
        parts = [self.evaluate(child) for child in node.children]
        combine = np.logical_and if isinstance(node, And) else np.logical_or
        mask = reduce(combine, [part.mask for part in parts])
        return Matched(mask, reduce(np.add, [part.scores for part in parts]))

    def _flat(self, mask: np.ndarray) -> Matched:
        return Matched(mask, np.zeros(self.size, np.float32))

    def _tagged(self, node: Tagged) -> np.ndarray:
        column = self.snapshot.facets[node.facet]
        masks = [column.with_value(value, self.size) for value in node.values]
        return reduce(np.logical_or, masks, np.zeros(self.size, bool))

    def _dated(self, node: Dated) -> np.ndarray:
        snapshot = self.snapshot
        mask = snapshot.first_days != NO_DAY
        if node.first is not None:
            mask &= snapshot.last_days >= node.first.toordinal()
        if node.last is not None:
            mask &= snapshot.first_days <= node.last.toordinal()
        return mask

    # --- words

    def _words(self, node: Word | Prefix | Fuzzy | Phrase, field: str) -> Matched:
        tokens = tokenize(node.text)
        if not tokens:
            return self._flat(np.zeros(self.size, bool))
        if isinstance(node, Phrase):
            return self._phrase(tokens, field, node.slop)
        if isinstance(node, Word) and len(tokens) > 1:
            return self._compound(tokens, field)
        if isinstance(node, Word):
            return self._word(tokens[0], field)
        words = self._expanded(tokens[-1].folded, fuzzy=isinstance(node, Fuzzy), field=field)
        last = self._any_of([(f"{field}_exact", word, 1.0) for word in words], field)
        if len(tokens) == 1:
            return last
        first = self._phrase(tokens[:-1], field, 0)
        return Matched(first.mask & last.mask, first.scores + last.scores)

    def _word(self, token: Token, field: str) -> Matched:
        exact = (f"{field}_exact", token.folded, 1.0)
        stems = [(f"{field}_stem", stem, 1.0) for stem in query_stems(token)]
        matched = self._any_of([exact, *stems], field)
        if stems:
            matched.scores += EXACT_WEIGHT * self._any_of([exact], field).scores
        return matched

    def _compound(self, tokens: list[Token], field: str) -> Matched:
        """A word of several parts (al-Sabah): the parts in order, or written as one word."""
        apart = self._phrase(tokens, field, 0)
        joined = self._any_of([(f"{field}_exact", "".join(token.folded for token in tokens), 1.0)], field)
        return Matched(apart.mask | joined.mask, np.maximum(apart.scores, joined.scores))

    def _expanded(self, folded: str, *, fuzzy: bool, field: str) -> list[str]:
        """Return the commonest words that begin with `folded`, or that differ from it by one edit at most."""
        start = folded[:FUZZY_PREFIX] if fuzzy else folded
        found = self.snapshot.words(f"{field}_exact", start)
        if fuzzy:
            found = {word: count for word, count in found.items() if one_edit(folded, word)}
        return sorted(found, key=lambda word: (-found[word], word))[:MAX_EXPANSIONS]

    def _any_of(self, terms: list[tuple[str, str, float]], field: str) -> Matched:
        """Match documents that hold any of `terms` (field, term, weight), taken as one term when scoring."""
        frequencies = np.zeros(self.size, np.float32)
        for name, term, weight in terms:
            for docs, counts in self._read(name, term):
                np.maximum.at(frequencies, docs, counts * weight)
        mask = frequencies > 0
        if field == "text":
            in_title = np.zeros(self.size, np.float32)
            for name, term, weight in terms:
                for docs, counts in self._read(name.replace("text", "title"), term):
                    np.maximum.at(in_title, docs, counts * weight)
            frequencies += TITLE_WEIGHT * in_title
        return Matched(mask, self._bm25(frequencies, mask))

    def _read(self, field: str, term: str) -> list[tuple[np.ndarray, np.ndarray]]:
        return [
            (postings.docs + first, postings.frequencies)
            for first, postings in self._postings(field, term)
            if len(postings.docs)
        ]

    def _postings(self, field: str, term: str) -> list[tuple[int, Postings]]:
        snapshot = self.snapshot
        return [
            (segment.first, snapshot.cache.get(segment.name, segment.reader, field, term))
            for segment in snapshot.segments
        ]

    def _bm25(self, frequencies: np.ndarray, mask: np.ndarray) -> np.ndarray:
        snapshot = self.snapshot
        scores = np.zeros(self.size, np.float32)
        docs = np.flatnonzero(mask)
        live = int(snapshot.live.sum())
        found = int(np.count_nonzero(snapshot.live[docs]))
        rarity = np.log(1.0 + (live - found + 0.5) / (found + 0.5))
        frequency = frequencies[docs]
        norm = K1 * (1 - B + B * snapshot.lengths[docs] / snapshot.average_length)
        scores[docs] = rarity * frequency * (K1 + 1) / (frequency + norm)
        return scores

    # --- phrases

    def _phrase(self, tokens: list[Token], field: str, slop: int) -> Matched:
        words = [token.folded for token in tokens]
        if len(words) == 1:
            return self._any_of([(f"{field}_exact", words[0], 1.0)], field)
        frequencies = np.zeros(self.size, np.float32)
        lists = {word: self._postings(f"{field}_exact", word) for word in words}
        for number, segment in enumerate(self.snapshot.segments):
            postings = {word: found[number][1] for word, found in lists.items()}
            docs, counts = _close(words, postings, slop) if slop else _adjacent(words, postings)
            frequencies[docs + segment.first] = counts
        mask = frequencies > 0
        return Matched(mask, self._bm25(frequencies, mask) * len(words))


def _adjacent(words: list[str], postings: Mapping[str, Postings]) -> tuple[np.ndarray, np.ndarray]:
    """Return (documents, how often) of a segment in which the words follow one another."""
    starts = postings[words[0]].places
    for offset, word in enumerate(words[1:], 1):
        places = postings[word].places
        if not len(starts) or not len(places):
            return NOWHERE
        found = np.searchsorted(places, starts + offset)
        found[found == len(places)] = 0
        starts = starts[places[found] == starts + offset]
    return np.unique(starts >> POSITION_BITS, return_counts=True)


def _close(words: list[str], postings: Mapping[str, Postings], slop: int) -> tuple[np.ndarray, np.ndarray]:
    """Return (documents, how often) of a segment in which the words stand with at most `slop` others between them."""
    common = reduce(np.intersect1d, [posting.docs for posting in postings.values()])
    docs, counts = [], []
    for doc in common.tolist():
        bounds = (doc << POSITION_BITS, (doc + 1) << POSITION_BITS)
        positions = {word: posting.places[slice(*np.searchsorted(posting.places, bounds))]
                     for word, posting in postings.items()}  # fmt: skip
        count = _near(words, positions, slop)
        if count:
            docs.append(doc)
            counts.append(count)
    return np.array(docs, np.int64), np.array(counts, np.int64)


def _near(words: list[str], positions: dict[str, np.ndarray], slop: int) -> int:
    """Return how many windows hold all words with at most `slop` others between them, in any order."""
    needed = {word: words.count(word) for word in positions}
    events = sorted((int(position), word) for word, places in positions.items() for position in places)
    width = len(words) + slop
    held = dict.fromkeys(needed, 0)
    left = found = 0
    for position, word in events:
        held[word] += 1
        while position - events[left][0] >= width:
            held[events[left][1]] -= 1
            left += 1
        if all(held[word] >= count for word, count in needed.items()):
            found += 1
            held[events[left][1]] -= 1
            left += 1
    return found
