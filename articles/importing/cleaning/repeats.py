"""Passages that stand more than once in one document: scraped pages and channel posts often come doubled."""

import re

import numpy

_WORD = re.compile(r"\w+")
# A shorter line (a name, a subheading, "Question:") may well be said twice.
_LONG = 60


def passage_key(line: str) -> str:
    """Return what makes two lines the same passage: their words in lower case; the line itself where it has none."""
    return " ".join(_WORD.findall(line.casefold())) or line


def without_repeats(paragraphs: list[str]) -> list[str]:
    """Return `paragraphs` with repeated passages kept once, in place of the first.

    Long paragraphs count by themselves; short ones only as part of a run that repeats.
    """
    keys = [passage_key(paragraph) for paragraph in paragraphs]
    first_at: dict[str, int] = {}
    dropped: set[int] = set()
    for index, key in enumerate(keys):
        earlier = first_at.setdefault(key, index)
        if earlier == index:
            continue
        if len(key) >= _LONG:
            dropped.add(index)
        elif index - 1 in dropped and first_at[keys[index - 1]] == earlier - 1:
            dropped.add(index)  # a short line right behind a repeated one, as it was the first time
    # Short lines before a repeated passage: walk back while they repeat too.
    for index in sorted(dropped, reverse=True):
        earlier, behind = first_at[keys[index]], index
        while (
            behind - 1 not in dropped and earlier > 0 and behind - 1 > earlier and keys[behind - 1] == keys[earlier - 1]
        ):
            earlier, behind = earlier - 1, behind - 1
            dropped.add(behind)
    return [paragraph for index, paragraph in enumerate(paragraphs) if index not in dropped]


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
