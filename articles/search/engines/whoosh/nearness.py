"""Words beside each other: phrases, words within a distance, and how close the words of a search stand in a document.

Everything works on places: ascending numbers, document * 2**32 + position, so that two words are close to each other in
one document exactly if their places differ by little.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from articles.search.engines.whoosh.postings import POSITION_BITS

# Words farther from each other than this say nothing about each other.
REACH = 10


def adjacent(words: Sequence[np.ndarray]) -> np.ndarray:
    """Return where the first of `words` stands with the others right behind it, in order."""
    # The rarest first: what it leaves is looked for in the others.
    rarest, *others = sorted(range(len(words)), key=lambda place: len(words[place]))
    starts = words[rarest] - rarest
    for offset in others:
        places = words[offset]
        if not len(starts) or not len(places):
            return starts[:0]
        found = np.searchsorted(places, starts + offset)
        found[found == len(places)] = 0
        starts = starts[places[found] == starts + offset]
    return starts


def together_in_order(several: Sequence[np.ndarray]) -> np.ndarray:
    """Return the places of several arrays, each ascending, as one, each place once."""
    if len(several) == 1:
        return several[0]
    # Sorts what consists of sorted runs in one pass.
    places = np.sort(np.concatenate(several), kind="stable")
    return places[np.concatenate([np.ones(min(len(places), 1), bool), places[1:] != places[:-1]])]


def together(words: Mapping[str, np.ndarray], needed: Mapping[str, int], slop: int) -> np.ndarray:
    """Return where passages start that hold all words, in any order, with at most `slop` others between them.

    `words` maps each different word to its places, `needed` to how often it must occur.
    """
    width = sum(needed.values()) + slop
    ends = together_in_order(list(words.values()))
    starts = ends
    for word, places in words.items():
        # The last places of the word up to each end.
        latest = np.searchsorted(places, ends, "right") - needed[word]
        enough = latest >= 0
        ends, starts = ends[enough], np.minimum(starts[enough], places[latest[enough]])
    return np.unique(starts[ends - starts < width])


def closeness(words: Sequence[np.ndarray], rarities: Sequence[float], size: int) -> np.ndarray:
    """Return for each of `size` documents and each word how near rare other words stand to it.

    The sum over a word's places of the rarity of the other word next to it, divided by the square of the distance
    (BM25TP: Büttcher, Clarke and Lushman, "Term Proximity Scoring for Ad-Hoc Retrieval on Very Large Text
    Collections", SIGIR 2006), for neighbours at most REACH apart.
    """
    count = len(words)
    places = np.concatenate(words)
    which = np.repeat(np.arange(count), [len(word) for word in words])
    order = np.argsort(places, kind="stable")
    places, which = places[order], which[order]
    distances = np.diff(places)
    left = np.flatnonzero((distances <= REACH) & (distances > 0) & (which[1:] != which[:-1]))
    right = left + 1
    pull = 1.0 / np.square(distances[left].astype(np.float64))
    weights = np.asarray(rarities)
    cells = (places >> POSITION_BITS) * count + which
    total = np.bincount(cells[left], pull * weights[which[right]], size * count)
    total += np.bincount(cells[right], pull * weights[which[left]], size * count)
    return total.reshape(size, count)
