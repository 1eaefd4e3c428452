"""Where a passage of a text may start and end: at whole words, where there are any, and rather with a sentence."""

import re

from articles.text.clusters import cluster_start, is_boundary

# A sentence starts behind such. A full stop behind a short word abbreviates it (Dr., U.S., им.).
_SENTENCE = re.compile(
    r"""(?:(?<=[^\W\d_]{4})\.|(?<=[\d"'»”)\]])\.|[!?؟…۔।]|\.{3})["'»”)\]]*\s+|[。！？]["'»”」』）]*\s*|\n[^\S\n]*\n\s*"""
)
# So many characters more are shown to start with a sentence.
_REACH = 60
# Longer words are not made whole.
_LONG_WORD = 16
_CLOSING = frozenset("、。，．：；！？」』）》】〉’”»")
_OPENING = frozenset("「『（《【〈‘“«")


def beginning(text: str, start: int, floor: int, before: int, limit: int) -> int:
    """Return where a passage starts of which `start` is to be shown, with about `before` characters before it.

    That is where a sentence starts, if this costs few more (`limit` at most); never before `floor`.
    """
    place = start - before
    if place <= floor:
        return _without_space(text, floor, start)
    farthest = max(floor, min(place, start - min(before + _REACH, limit)))
    sentences = [match.end() for match in _SENTENCE.finditer(text, farthest, start)]
    if farthest == floor:
        sentences.insert(0, _without_space(text, floor, start))
    if sentences:
        return next((sentence for sentence in sentences if sentence >= place), sentences[-1])
    while place < start and not _is_edge(text, place):
        place += 1
    return _without_space(text, place, start)


def ending(text: str, start: int, end: int, target: int, last: int) -> int:
    """Return where a passage from `start` ends that shows what is before `end`: about at `target`, by `last`."""
    if target >= last:
        return last
    place = target
    while place > end and not _is_edge(text, place):
        place -= 1
    if place == start or not _is_edge(text, place):
        # One long word.
        place = cluster_start(text, target)
    while place > start and text[place - 1].isspace():
        place -= 1
    return place


def whole_words(text: str, start: int, end: int, floor: int, last: int) -> tuple[int, int]:
    """Return `start` and `end` moved outwards to the edges of words, between `floor` and `last`."""
    left = max(start, floor)
    right = max(end, left)
    return _edge_near(text, left, max(floor, left - _LONG_WORD)), _edge_near(text, right, min(last, right + _LONG_WORD))


def _edge_near(text: str, place: int, farthest: int) -> int:
    """Return the edge next to `place` on the way to `farthest`; where there is none, the start of its cluster."""
    step = 1 if farthest >= place else -1
    for edge in range(place, farthest + step, step):
        if _is_edge(text, edge):
            return edge
    return cluster_start(text, place)


def _without_space(text: str, place: int, end: int) -> int:
    while place < end and text[place].isspace():
        place += 1
    return place


def _is_edge(text: str, place: int) -> bool:
    """Whether a passage may start or end at `place`: beside white space, or in a script that is written without."""
    if not 0 < place < len(text):
        return True
    before, after = text[place - 1], text[place]
    if before.isspace() or after.isspace():
        return is_boundary(text, place)
    if not (_is_spaceless(before) or _is_spaceless(after)) or after in _CLOSING or before in _OPENING:
        return False
    return is_boundary(text, place)


def _is_spaceless(letter: str) -> bool:
    """Whether words are written without spaces in the letter's script; emoji stand without them too."""
    code = ord(letter)
    if code < 0x0E00:
        return False
    return (
        code < 0x10A0  # Thai, Lao, Tibetan, Burmese
        or 0x1780 <= code < 0x1800  # Khmer
        or 0x2E80 <= code < 0xA4D0  # Chinese, Japanese, Yi
        or 0xF900 <= code < 0xFB00
        or 0xFF00 <= code < 0xFFF0
        or code >= 0x1F000  # emoji, rarer Chinese
    )
