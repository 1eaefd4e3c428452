"""Where the words, beginnings, phrases and near words of a search stand in texts.

A text is looked at by what stands between its white space, since no word reaches over it: the same again and again
within a text and from text to text, so that each such piece is read and judged once.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple

from articles.search.snippets.needles import PART, Needles
from articles.search.snippets.pieces import pieces_of
from articles.text.analysis import compounds, flag_tokens
from articles.text.tokens import Words, fold_word, words_of


class Match(NamedTuple):
    """A place to mark. `words` are the query's words that stand there, a bit each; `together`: as phrase or near."""

    start: int
    end: int
    words: int = PART << 1
    together: bool = False


class _Word(NamedTuple):
    """A word, or the words from `first` to `last` written as one, that matches `bits`."""

    start: int
    end: int
    first: int
    last: int
    bits: int
    folded: str

    def moved(self, characters: int, words: int) -> "_Word":
        """Return the same word so many characters and words further on."""
        start, end, first, last, bits, folded = self
        return _Word(start + characters, end + characters, first + words, last + words, bits, folded)


class Finder:
    """Finds what is looked for in texts in one language."""

    def __init__(self, needles: Needles, language: str) -> None:
        self._needles = needles
        self._language = language
        self._verdicts: dict[str, int] = {}
        # By piece: what matches in it, and how many words it has.
        self._known: dict[str, tuple[_Word, ...]] = {}
        self._sizes: dict[str, int] = {}

    def find(self, text: str) -> list[Match]:
        """Return all matches in `text`, in order."""
        needles = self._needles
        if not (needles.exact or needles.prefixes or needles.fuzzy):
            return []
        words = self._words(text)
        matches = {
            Match(word.start, word.end, word.bits & ~PART, word.first < word.last)
            for word in words
            if word.bits & ~PART
        }
        if needles.with_positions:
            matches.update(_together(needles, words))
        return sorted(matches)

    def _words(self, text: str) -> list[_Word]:
        """Return the words of `text` that match something."""
        pieces = text.split()
        new = set(pieces).difference(self._known)
        if new:
            self._learn(new)
        holding = [(index, words) for index, words in enumerate(map(self._known.__getitem__, pieces)) if words]
        before = [0] * len(pieces)
        if holding and self._needles.with_positions:
            before = list(accumulate(map(self._sizes.__getitem__, pieces), initial=0))
        found: list[_Word] = []
        place = 0
        for index, words in holding:
            piece = pieces[index]
            place = _next(text, piece, place)
            found += [word.moved(place, before[index]) for word in words]
            place += len(piece)
        return found

    def _learn(self, new: set[str]) -> None:
        """Learn what matches in pieces; those that hold nothing of what is looked for are told at once."""
        self._known.update(dict.fromkeys(new, ()))
        known = pieces_of(new, self._language)
        holding = self._needles.holding({piece: one.forms for piece, one in known.items()})
        if holding:
            self._look_closer(holding)
        if self._needles.with_positions:
            self._sizes.update((piece, known[piece].size) for piece in new)

    def _look_closer(self, pieces: list[str]) -> None:
        # Not by spaces: words that may be written together across one do not stand beside each other here.
        text = "\n".join(pieces)
        starts = list(accumulate((len(piece) + 1 for piece in pieces), initial=0))
        words = words_of(text)
        found: dict[int, list[_Word]] = defaultdict(list)
        for word in self._judged(text, words):
            number = bisect_right(starts, word.start) - 1
            first = bisect_left(words.starts, starts[number])
            found[number].append(word.moved(-starts[number], -first))
        self._known.update((pieces[number], tuple(of_piece)) for number, of_piece in found.items())

    def _judged(self, text: str, words: Words) -> Iterator[_Word]:
        verdicts = self._verdicts
        verdicts.update(self._needles.judge(set(words.texts).difference(verdicts), self._language))
        for index, bits in enumerate(map(verdicts.__getitem__, words.texts)):
            if bits:
                yield _Word(words.starts[index], words.ends[index], index, index, bits, fold_word(words.texts[index]))
        for token in flag_tokens(text):
            bits = self._needles.judge_exact(token.folded)
            if bits:
                index = bisect_left(words.starts, token.start)
                yield _Word(token.start, token.end, index, index, bits, token.folded)
        for first, last, joined in compounds(text, words):
            bits = self._needles.judge_exact(joined)
            if bits:
                yield _Word(words.starts[first], words.ends[last], first, last, bits, joined)


def _next(text: str, piece: str, place: int) -> int:
    """Return where the next `piece` between white space starts."""
    while True:
        place = text.index(piece, place)
        end = place + len(piece)
        if (not place or text[place - 1].isspace()) and (end == len(text) or text[end].isspace()):
            return place
        place += 1


def _together(needles: Needles, words: Iterable[_Word]) -> Iterator[Match]:
    """Yield the phrases and near words among the words of a text."""
    places: dict[str, dict[int, _Word]] = defaultdict(dict)
    for word in words:
        if word.bits & PART:
            places[word.folded][word.first] = word
    for phrase, bit in needles.phrases:
        yield from _phrases([places.get(part, {}) for part in phrase], bit)
    for needed, slop, bit in needles.near:
        yield from _near(needed, slop, [word for part in needed for word in places.get(part, {}).values()], bit)
    for head, bit in needles.before:
        opened = {word.first: word for word in words if word.bits & bit}
        yield from _phrases([*(places.get(part, {}) for part in head), opened], bit)


def _phrases(columns: list[dict[int, _Word]], bit: int) -> Iterator[Match]:
    """Yield where words, each given by its places, stand one behind the other."""
    for first, word in columns[0].items():
        if all(first + offset in column for offset, column in enumerate(columns)):
            yield Match(word.start, columns[-1][first + len(columns) - 1].end, bit, True)


def _near(needed: Counter[str], slop: int, words: list[_Word], bit: int) -> Iterator[Match]:
    """Yield each word that stands in a passage with all that are needed and `slop` others at most."""
    words = sorted(words, key=lambda word: word.first)
    width = needed.total() + slop
    held: Counter[str] = Counter()
    end = yielded = 0
    for start, word in enumerate(words):
        while end < len(words) and words[end].first < word.first + width:
            held[words[end].folded] += 1
            end += 1
        if held >= needed:
            yield from (Match(near.start, near.end, bit, True) for near in words[max(start, yielded) : end])
            yielded = end
        held[word.folded] -= 1
