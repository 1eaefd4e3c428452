"""A tree over a snapshot -> which documents match, and how well. One mask and one score a document.

A word's forms count as one term; what is added for its form as typed, for words that stand together and for main
subjects is in scoring.py.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import reduce
from heapq import nsmallest

import numpy as np

from articles.search.engines.base import MAX_EXPANSIONS
from articles.search.engines.whoosh import nearness
from articles.search.engines.whoosh.columns import compared
from articles.search.engines.whoosh.leaves import Leaf, Matched
from articles.search.engines.whoosh.postings import POSITION, POSITION_BITS, Postings
from articles.search.engines.whoosh.schema import BODY_START, LEAD
from articles.search.engines.whoosh.scoring import (
    CLOSENESS_WEIGHT,
    EXACT_WEIGHT,
    K1,
    LEAD_WEIGHT,
    MAIN_WEIGHT,
    MENTIONED_WEIGHT,
    MOST_COMPARED,
    PREFERRED_WEIGHT,
    ROOT_WEIGHT,
    TITLE_WEIGHT,
    rarity,
    relative_lengths,
    saturated,
)
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
    Prefer,
    Prefix,
    Same,
    Tagged,
    Word,
)
from articles.search_indexes import NO_DAY
from articles.text.analysis import is_flag, query_root, query_stems, search_tokens
from articles.text.edits import FIXED_LETTERS, one_edit
from articles.text.stopwords import FUNCTION_WORDS
from articles.text.tokens import Token, script

# Facets of which an article can have main subjects.
SUBJECTS = frozenset({"country", "minister", "topic"})


class Evaluation:
    """Evaluates the nodes of one tree, and notes what Answer says of its words: `unknown` and `cut`."""

    def __init__(self, snapshot: Snapshot, allowed: np.ndarray | None = None) -> None:
        """`allowed` are the documents that may be found; None: those that are visible."""
        self.snapshot = snapshot
        self.allowed = snapshot.visible if allowed is None else allowed
        self.size = snapshot.size
        self.norms = relative_lengths(snapshot)
        self.unknown: list[Word] = []
        self.cut: list[Prefix | Fuzzy] = []

    def add_closeness(self, node: Node, found: np.ndarray, scores: np.ndarray) -> None:
        """Add to the scores of the best of `found` what the words of `node` gain by standing together in them."""
        words = {token.folded: token for word in _words(node) for token in search_tokens(word.text)}
        words = {folded: token for folded, token in words.items() if folded not in FUNCTION_WORDS}
        if len(words) > 1 and len(found):
            self._add_closeness(list(words.values()), found, scores)

    def evaluate(self, node: Node) -> Matched:
        """Return what matches `node`. A Field (a name not yet resolved) is taken as words."""
        if isinstance(node, And | Or):
            return self._combined(node)
        if isinstance(node, Same):
            return self._same(node)
        if isinstance(node, Prefer):
            matched, preferred = self.evaluate(node.child), self.evaluate(node.preferred)
            return Matched(matched.mask, matched.scores + PREFERRED_WEIGHT * preferred.scores * matched.mask)
        if isinstance(node, Not):
            # What is left out need not be known.
            with self._without_unknown():
                return self._flat(~self.evaluate(node.child).mask)
        if isinstance(node, Tagged):
            return self._tagged(node)
        if isinstance(node, Dated):
            return self._flat(self._dated(node))
        if isinstance(node, Compared):
            return self._flat(compared(self.snapshot, node))
        if isinstance(node, InTitle):
            return self._leaf(node.child, "title")
        if isinstance(node, Field):
            return self._leaf(Phrase(node.value), "text")
        return self._leaf(node, "text")

    def _combined(self, node: And | Or) -> Matched:
        parts = [self.evaluate(child) for child in node.children]
        combine = np.logical_and if isinstance(node, And) else np.logical_or
        mask = reduce(combine, [part.mask for part in parts])
        return Matched(mask, reduce(np.add, [part.scores for part in parts]))

    def _same(self, node: Same) -> Matched:
        before = list(self.unknown)
        parts = [self.evaluate(child) for child in node.children]
        mask = reduce(np.logical_or, [part.mask for part in parts])
        if mask.any():
            self.unknown = before
        return Matched(mask, reduce(np.maximum, [part.scores for part in parts]))

    @contextmanager
    def _without_unknown(self) -> Iterator[None]:
        before = list(self.unknown)
        yield
        self.unknown = before

    def _flat(self, mask: np.ndarray) -> Matched:
        return Matched(mask, np.zeros(self.size, np.float32))

    def _tagged(self, node: Tagged) -> Matched:
        mask = self._carrying(node.facet, node.values)
        if node.facet not in SUBJECTS | {"about"}:
            return self._flat(mask)
        main = mask
        if node.facet != "about":
            main = self._carrying("about", [f"{node.facet}:{value}" for value in node.values])
        weight = rarity(self.snapshot.documents, int(np.count_nonzero(mask & self.snapshot.live)))
        scores = np.where(mask & main, MAIN_WEIGHT * weight, np.where(mask, MENTIONED_WEIGHT * weight, 0.0))
        return Matched(mask, scores.astype(np.float32))

    def _carrying(self, facet: str, values: Iterable[str]) -> np.ndarray:
        column = self.snapshot.facets[facet]
        masks = [column.with_value(value, self.size) for value in values]
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

    def _leaf(self, node: Word | Prefix | Fuzzy | Phrase, field: str) -> Matched:
        tokens = search_tokens(node.text)
        if not tokens:
            return self._flat(np.zeros(self.size, bool))
        key = (type(node), node.text, node.slop if isinstance(node, Phrase) else 0, field)
        leaf = self.snapshot.leaves.get(key)
        if leaf is None:
            leaf = self._read_leaf(node, tokens, field)
            self.snapshot.leaves.keep(key, leaf)
        if leaf.cut and isinstance(node, Prefix | Fuzzy):
            self.cut.append(node)
        if isinstance(node, Word) and field == "text" and not (leaf.matched.mask & self.allowed).any():
            self.unknown.append(node)
        return leaf.matched

    def _read_leaf(self, node: Word | Prefix | Fuzzy | Phrase, tokens: list[Token], field: str) -> Leaf:
        if isinstance(node, Phrase):
            return Leaf(self._with_flags(tokens, field, node.slop), cut=False)
        if isinstance(node, Word):
            return Leaf(self._compound(tokens, field) if len(tokens) > 1 else self._word(tokens[0], field), cut=False)
        words, cut = self._expanded(tokens[-1].folded, node, field)
        matched = self._any_of_many(words, field)
        if len(tokens) > 1:
            before = self._phrase(tokens[:-1], field, 0)
            matched = Matched(before.mask & matched.mask, before.scores + matched.scores)
        return Leaf(matched, cut)

    def _word(self, token: Token, field: str) -> Matched:
        kind = script(token.text)
        matched = self._any_of(_forms(token, field), field, kind)
        if matched.mask.any():
            matched.scores += EXACT_WEIGHT * self._any_of([(f"{field}_exact", token.folded)], field, kind).scores
        root = query_root(token)
        if root and field == "text":
            related = self._any_of([("text_root", root)], field, kind)
            matched.scores += ROOT_WEIGHT * related.scores
        return matched

    def _compound(self, tokens: list[Token], field: str) -> Matched:
        """A word of several parts (al-Sabah): the parts in order, or written as one word."""
        apart = self._with_flags(tokens, field, 0)
        joined = self._any_of([(f"{field}_exact", "".join(token.folded for token in tokens))], field)
        return Matched(apart.mask | joined.mask, np.maximum(apart.scores, joined.scores))

    def _expanded(self, folded: str, node: Prefix | Fuzzy, field: str) -> tuple[list[str], bool]:
        """Return the commonest words that begin with `folded`, or that differ from it by one edit at most.

        And whether there are more of them.
        """
        fuzzy = isinstance(node, Fuzzy)
        found = self.snapshot.words(f"{field}_exact", folded[:FIXED_LETTERS] if fuzzy else folded)
        if fuzzy:
            found = {word: count for word, count in found.items() if one_edit(folded, word)}
        if len(found) <= MAX_EXPANSIONS:
            return list(found), False
        return nsmallest(MAX_EXPANSIONS, found, key=lambda word: (-found[word], word)), True

    def _any_of(self, terms: list[tuple[str, str]], field: str, kind: str = "") -> Matched:
        """Match documents that hold any of `terms` (field, term), taken as one term when scoring.

        `kind` is the script of what was typed: a word's rarity is counted among the documents in that script.
        """
        weighted = np.zeros(self.size, np.float32)
        for name, term in terms:
            for start, postings in self.snapshot.postings(name, term):
                docs = postings.docs + start
                weighted[docs] = np.maximum(weighted[docs], self._weighted(field, docs, postings))
        mask = weighted > 0
        return Matched(mask, self._rarity(mask, kind) * saturated(weighted))

    def _any_of_many(self, words: list[str], field: str) -> Matched:
        """Do what `_any_of` does for the words that a beginning stands for."""
        weighted = np.zeros(self.size, np.float32)
        for start, postings in self.snapshot.postings_of_all(f"{field}_exact", words):
            docs = postings.docs + start
            np.maximum.at(weighted, docs, self._weighted(field, docs, postings))
        mask = weighted > 0
        return Matched(mask, self._rarity(mask, "") * saturated(weighted))

    def _weighted(self, field: str, docs: np.ndarray, postings: Postings) -> np.ndarray:
        """Return what the occurrences of a term in `docs` weigh together."""
        if field == "title":
            return TITLE_WEIGHT * postings.frequencies
        body = postings.frequencies - postings.in_title + LEAD_WEIGHT * postings.in_lead
        return body / self.norms[docs] + TITLE_WEIGHT * postings.in_title

    def _rarity(self, mask: np.ndarray, kind: str) -> float:
        holding = int(np.count_nonzero(mask & self.snapshot.live))
        among = self.snapshot.documents_by_script
        documents = among.get(kind, 0) + among.get("", 0) if kind in among else self.snapshot.documents
        return rarity(max(documents, holding), holding)

    def _holding(self, terms: Iterable[tuple[str, str]]) -> np.ndarray:
        """Return a mask over the documents: those that hold any of `terms`."""
        mask = np.zeros(self.size, bool)
        for name, term in terms:
            for start, postings in self.snapshot.postings(name, term):
                mask[postings.docs + start] = True
        return mask

    # --- words beside each other

    def _phrase(self, tokens: list[Token], field: str, slop: int) -> Matched:
        words = [token.folded for token in tokens]
        if len(words) == 1:
            return self._any_of([(f"{field}_exact", words[0])], field, script(tokens[0].text))
        name = f"{field}_exact"
        docs = np.flatnonzero(np.logical_and.reduce([self._holding([(name, word)]) for word in dict.fromkeys(words)]))
        places = {word: self.snapshot.places_in(name, word, docs) for word in dict.fromkeys(words)}
        if slop:
            starts = nearness.together(places, Counter(words), slop)
        else:
            starts = nearness.adjacent([places[word] for word in words])
        positions, docs = starts & POSITION, starts >> POSITION_BITS
        in_title = positions < BODY_START if field == "text" else np.ones(len(starts), bool)
        weights = np.where(in_title, TITLE_WEIGHT, 1.0 + LEAD_WEIGHT * (positions < BODY_START + LEAD))
        weights[~in_title] /= self.norms[docs[~in_title]]
        frequencies = np.bincount(docs, weights, self.size).astype(np.float32)
        mask = frequencies > 0
        return Matched(mask, self._rarity(mask, script(tokens[0].text)) * len(words) * saturated(frequencies))

    def _with_flags(self, tokens: list[Token], field: str, slop: int) -> Matched:
        """A phrase: its flags, which take no place among the words, need only be there."""
        words = [token for token in tokens if not is_flag(token)]
        signs = dict.fromkeys(token.folded for token in tokens if is_flag(token))
        parts = [self._any_of([(f"{field}_exact", sign)], field) for sign in signs]
        parts += [self._phrase(words, field, slop)] if words else []
        mask = reduce(np.logical_and, [part.mask for part in parts])
        return Matched(mask, reduce(np.add, [part.scores for part in parts]))

    def _add_closeness(self, tokens: list[Token], docs: np.ndarray, scores: np.ndarray) -> None:
        # Only the best are compared: it takes time.
        if len(docs) > MOST_COMPARED:
            docs = docs[np.argpartition(-scores[docs], MOST_COMPARED)[:MOST_COMPARED]]
            docs.sort()
        words, rarities = [], []
        for token in tokens:
            forms = _forms(token, "text")
            places = nearness.together_in_order([self.snapshot.places_in(*form, docs) for form in forms])
            numbers = np.searchsorted(docs, places >> POSITION_BITS)
            words.append((numbers << POSITION_BITS) + (places & POSITION))
            held = int(np.count_nonzero(self._holding(forms) & self.snapshot.live))
            rarities.append(rarity(max(self.snapshot.documents, held), held))
        near = nearness.closeness(words, rarities, len(docs))
        gains = near * (K1 + 1) / (near + K1 * self.norms[docs, None]) * np.minimum(1.0, rarities)
        scores[docs] += CLOSENESS_WEIGHT * gains.sum(1)


def _forms(token: Token, field: str) -> list[tuple[str, str]]:
    """Return the terms (field, term) that are a word in one of its forms."""
    return [(f"{field}_exact", token.folded), *((f"{field}_stem", stem) for stem in query_stems(token))]


def _words(node: Node) -> Iterator[Word]:
    """Yield the words that a tree asks for anywhere in a text, in the order of the query."""
    if isinstance(node, Word):
        yield node
    elif isinstance(node, And | Or | Same):
        for child in node.children:
            yield from _words(child)
    elif isinstance(node, Prefer):
        yield from _words(node.child)
