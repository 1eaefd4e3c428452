"""Passages that stand more than once in one document: scraped pages and channel posts often come doubled."""

import re
from collections.abc import Iterator

import numpy

_WORD = re.compile(r"\w+")
# A shorter line (a name, a subheading, "Question:") may well be said twice; one of this length begins a passage.
_LONG = 60
# Up to this length an answer may be given again word by word, and as long must a passage of several paragraphs be.
_LONG_BY_ITSELF = 200
# "MR MILLER: I have nothing on that."
_SPEAKER = re.compile(r"[^\W\d_][^:：.!?؟]{0,50}[:：]")
_LEAD_IN = 50


def passage_key(line: str) -> str:
    """Return what makes two lines the same passage: their words in lower case; the line itself where it has none."""
    return " ".join(_WORD.findall(line.casefold())) or line


def without_repeats(paragraphs: list[str]) -> list[str]:
    """Return `paragraphs` with repeated passages kept once, in place of the first.

    A paragraph counts by itself where it is long, or stands right behind itself; others only as part of a passage of
    several. What somebody says ("NAME: …") never counts by itself: the same answer is given again and again.
    """
    keys = [passage_key(paragraph) for paragraph in paragraphs]
    dropped: set[int] = set()
    for earlier, start, end in _runs(keys):
        if _is_passage(paragraphs[start:end], keys[start:end], is_tandem=earlier + end - start == start):
            dropped.update(range(start, end))
    return [paragraph for index, paragraph in enumerate(paragraphs) if index not in dropped]


def _runs(keys: list[str]) -> Iterator[tuple[int, int, int]]:
    """Yield the passages that stand a second time: where they stood first, and their beginning and end."""
    first_at: dict[str, int] = {}
    index = behind = 0
    while index < len(keys):
        earlier = first_at.setdefault(keys[index], index)
        if earlier == index or len(keys[index]) < _LONG:
            index += 1
            continue
        start, end = index, index + 1
        # Short lines before it repeat with it, and whatever stands behind it.
        while start > behind and earlier > 0 and start - 1 > earlier and keys[start - 1] == keys[earlier - 1]:
            start, earlier = start - 1, earlier - 1
            if index - start == _LEAD_IN:
                break
        while end < len(keys) and earlier + end - start < start and keys[end] == keys[earlier + end - start]:
            first_at.setdefault(keys[end], end)
            end += 1
        yield earlier, start, end
        index = behind = end


def _is_passage(paragraphs: list[str], keys: list[str], *, is_tandem: bool) -> bool:
    """Tell a run of repeated paragraphs that nobody would write twice."""
    spoken = [bool(_SPEAKER.match(paragraph)) for paragraph in paragraphs]
    length = sum(map(len, keys))
    if len(set(keys)) == 1:
        return not spoken[0] and (is_tandem or length >= _LONG_BY_ITSELF)
    if all(spoken):
        return length >= 2 * _LONG_BY_ITSELF
    return is_tandem or length >= _LONG_BY_ITSELF


def tandems(keys: list[str], longest: int = 400) -> list[int]:
    """Return for each place how many keys from there stand a second time right behind themselves, at most `longest`."""
    numbers: dict[str, int] = {}
    numbered = numpy.fromiter((numbers.setdefault(key, len(numbers)) for key in keys), numpy.int64, len(keys))
    found = numpy.zeros(len(keys), numpy.int64)
    # Length by length for all places at once: place by place, like lines one after the other would take for ever.
    for length in range(1, min(longest, len(keys) // 2) + 1):
        alike = numpy.concatenate(([0], numpy.cumsum(numbered[:-length] == numbered[length:])))
        found[numpy.flatnonzero(alike[length:] - alike[:-length] == length)] = length
    return [int(length) for length in found]
