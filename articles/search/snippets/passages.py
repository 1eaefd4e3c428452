"""Which passages of a text to show for a search: up to three that hold most of its different words."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from articles.search.snippets.edges import beginning, ending, whole_words
from articles.search.snippets.finding import Match

Span = tuple[int, int]
FRAGMENTS = 3
# All passages of a text together: what is aimed at, and what is never exceeded.
LENGTH = 290
MOST = 320
# A passage of matches, before the words around it are added.
_WIDTH = 64
# Matches that stand together in so much are one passage.
_ONE_PASSAGE = 230
# Passages so close to each other are shown as one.
_CLOSE = 10
# Different words so close to each other are near.
_NEAR = 20
# Of a word that stands everywhere, so many places are compared.
_COMPARED = 200


class _Window(NamedTuple):
    """Matches from `start` to `end`: how many together and how many at all, and the query's words in them."""

    start: int
    end: int
    words: int
    together: int
    marks: int


def passages(text: str, matches: Sequence[Match], opening: int = 0) -> list[Span]:
    """Return the passages of `text` to show, in its order; its beginning where nothing matches.

    The first `opening` characters are what the title repeats: they are shown only if all that matches is there.
    """
    first, last = len(text) - len(text.lstrip()), len(text.rstrip())
    if first >= last:
        return []
    if opening < last:
        behind = [match for match in matches if match.start >= opening]
        if behind or not matches:
            matches = behind
            first = max(first, last - len(text[opening:last].lstrip()))
    if last - first <= MOST:
        return [(first, last)]
    matches = [match for match in matches if first <= match.start < match.end <= last]
    if not matches:
        return [(first, ending(text, first, first, first + LENGTH, last))]
    cores: list[Span] = []
    for start, end in _cores(matches):
        start, end = whole_words(text, start, end, cores[-1][1] if cores else first, last)
        cores.append((start, end))
    return _grown(text, cores, first, last)


def _cores(matches: Sequence[Match]) -> list[Span]:
    """Return where the best passages are, without the words around them."""
    start, end = min(match.start for match in matches), max(match.end for match in matches)
    if end - start <= _ONE_PASSAGE:
        return [(start, end)]
    matches = _few(matches)
    counts = Counter(bit for match in matches for bit in _bits(match.words))
    windows = _windows(matches)
    worths = {window.words: _worth(window.words, counts) for window in windows}
    chosen: list[_Window] = []
    covered = 0
    while windows and len(chosen) < FRAGMENTS:
        best = max(
            windows,
            key=lambda window: (
                _worth(window.words & ~covered, counts),
                worths[window.words],
                window.together,
                window.marks,
                -window.start,
            ),
        )
        if chosen and not best.words & ~covered and 2 * best.words.bit_count() < chosen[0].words.bit_count():
            break
        chosen.append(best)
        covered |= best.words
        windows = [window for window in windows if window.end <= best.start or window.start >= best.end]
    return sorted((window.start, window.end) for window in chosen)


def _few(matches: Sequence[Match]) -> Sequence[Match]:
    """Return the matches in order, without those of words that stand everywhere from some place on."""
    if len(matches) <= _COMPARED:
        return sorted(matches)
    seen: Counter[int] = Counter()
    few = []
    for match in sorted(matches):
        seen[match.words] += 1
        if seen[match.words] <= _COMPARED:
            few.append(match)
    return few


def _windows(matches: Sequence[Match]) -> list[_Window]:
    """Return the passages that start at each of `matches`."""
    windows = []
    for index, first in enumerate(matches):
        # What is longer than a passage is cut.
        end, words, together, marks = min(first.end, first.start + _WIDTH), first.words, int(first.together), 1
        before = first
        for match in matches[index + 1 : index + _WIDTH]:
            if match.end > first.start + _WIDTH:
                break
            end = max(end, match.end)
            words |= match.words
            together += match.together + (0 <= match.start - before.end <= _NEAR and match.words != before.words)
            marks += 1
            before = match
        windows.append(_Window(first.start, end, words, together, marks))
    return windows


def _bits(words: int) -> list[int]:
    bits = []
    while words:
        bit = words & -words
        bits.append(bit)
        words -= bit
    return bits


def _worth(words: int, counts: Counter[int]) -> float:
    """Return how much it is worth to show these words: any further one most of all, of them rather the rare ones."""
    if not words:
        return 0.0
    return sum(len(counts) + 1 / counts[bit] for bit in _bits(words))


def _grown(text: str, cores: list[Span], first: int, last: int) -> list[Span]:
    """Return the passages with the words around them, those that come to touch each other as one."""
    share = max(0, LENGTH - sum(end - start for start, end in cores)) // len(cores)
    grown: list[Span] = []
    for number, (start, end) in enumerate(cores):
        floor = grown[-1][1] if grown else first
        ceiling = cores[number + 1][0] if number + 1 < len(cores) else last
        before = min(start - floor, max(share // 3, share - (ceiling - end)))
        left = beginning(text, start, floor, before, share * 5 // 6)
        right = ending(text, left, end, min(ceiling, end + share - (start - left)), last)
        if grown and left - floor <= _CLOSE:
            grown[-1] = (grown[-1][0], right)
        else:
            grown.append((left, right))
    return grown
