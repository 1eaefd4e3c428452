"""Words of a text with their places, in any script. Offsets are of the text as given, never of a folded copy."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from articles.text.normalize import fold

# A word: letters, digits and the marks that may stand on them (Python's \w leaves Arabic vowel marks out and would cut
# the word there), with single apostrophes inside. Dotted initials (U.S., U.S, т.е.) are one word; + and # may follow a
# letter (C++, C#). Underscores part words: they come from addresses and hashtags.
_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0640\u06d6-\u06ed\u200c\u200d\u00ad"
_LETTER = rf"(?:[^\W_][{_MARKS}]*)"
_WORD = re.compile(
    rf"(?:[^\W\d_]\.)+[^\W\d_](?!\w)\.?|(?:[^\W\d_]\.){{2,}}"  # dotted initials
    rf"|\d+(?:[.,]\d+)+"  # numbers with separators
    rf"|{_LETTER}+(?:['’ʼ`´]{_LETTER}+)*(?:(?<!\d)(?:\+\+|\+(?!\w)|#(?!\w)))?"
)
# What such words lie in: three times as fast, and right for a word that is nothing but letters and digits.
_ROUGH = re.compile(rf"(\w+(?:[.,'’`´]\w+|[{_MARKS}]+\w*)*)")
# RussiaASEAN, UNGAHighLevel, ASEANRussia2024: where a new word starts inside a hashtag.
_SMALL = rf"(?:[^\W\dA-ZА-ЯЁ_]|[{_MARKS}])"
_CAMEL = re.compile(rf"[^\W\d_a-zа-яё]{_SMALL}+|[A-ZА-ЯЁ]+(?![a-zа-яё])|{_SMALL}+|\d+")
_POSSESSIVE = re.compile(r"['’ʼ`´]s?$", re.IGNORECASE)
# French and Italian articles and pronouns that lose their vowel: l'Iran, d'Orsay, qu'Israël.
_ELIDED = re.compile(
    r"^(?:l|d|j|m|n|s|t|c|qu|jusqu|lorsqu|puisqu|dell|nell|sull|all|un)['’ʼ`´](?=\w[\w\u0300-\u036f])", re.I
)
_APOSTROPHES = re.compile("['’ʼ`´]")
# Flags are pairs of regional indicator letters.
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")


class Token(NamedTuple):
    """A word of a text: `text` as it stands between `start` and `end`, and `folded` as it is compared."""

    text: str
    start: int
    end: int
    folded: str


class Words(NamedTuple):
    """The words of a text in columns: as they stand, and where they start and end.

    What Token says of one word, for passes over whole texts, which are faster without an object a word.
    """

    texts: list[str]
    starts: list[int]
    ends: list[int]


def tokenize(text: str) -> list[Token]:
    """Return the words of `text` in order. Possessive endings and elided articles are cut off, hashtags are split."""
    words = words_of(text)
    return list(map(Token, *words, map(fold_word, words.texts)))


def words_of(text: str) -> Words:
    """Return the words of `text` as tokenize does, in columns."""
    # Every text goes through here, so the work is left to loops in C: the pieces between words, and the words.
    pieces = _ROUGH.split(text)
    boundaries = list(accumulate(map(len, pieces)))
    words = Words(pieces[1::2], boundaries[:-1:2], boundaries[1::2])
    rough = _rough_ones(text, words)
    return _with_exact(text, words, rough) if rough else words


def _with_exact(text: str, words: Words, rough: list[int]) -> Words:
    """Return the words with those at the places `rough` as they are exactly: one, several or none each."""
    exact = Words([], [], [])
    last = 0
    for index in rough:
        _append(exact, words, last, index)
        for start, end in _exact(text, words.starts[index], words.ends[index]):
            exact.texts.append(text[start:end])
            exact.starts.append(start)
            exact.ends.append(end)
        last = index + 1
    _append(exact, words, last, len(words.texts))
    return exact


def _append(exact: Words, words: Words, start: int, end: int) -> None:
    exact.texts.extend(words.texts[start:end])
    exact.starts.extend(words.starts[start:end])
    exact.ends.extend(words.ends[start:end])


def _rough_ones(text: str, words: Words) -> list[int]:
    """Return the places of the words that must be looked at closer."""
    if "#" in text or "+" in text:
        return [
            index
            for index, (word, start, end) in enumerate(zip(*words, strict=True))
            if not word.isalnum() or _is_odd(word) or text[start - 1 : start] == "#" or text[end : end + 1] in "+#"
        ]
    if "ʼ" in text or "ـ" in text:
        return [index for index, word in enumerate(words.texts) if not word.isalnum() or _is_odd(word)]
    return [index for index, word in enumerate(words.texts) if not word.isalnum()]


def _is_odd(word: str) -> bool:
    """Whether a word holds a letter that is an apostrophe, or nothing but elongation signs."""
    return "ʼ" in word or (word[0] == "ـ" and not word.strip("ـ"))


def _exact(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of the words in a rough one."""
    while start < end:
        match = _WORD.search(text, start)
        if match is None or match.start() >= end:
            return
        for span in _parts(text, *match.span()):
            # An elongation sign or an apostrophe by itself folds to nothing.
            if any(map(str.isalnum, fold_word(text[slice(*span)]))):
                yield span
        start = match.end()


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield what a word becomes: the parts of a hashtag, or the word without elided article and possessive ending."""
    if start and text[start - 1] == "#" and end - start > 3:
        yield from (part.span() for part in _CAMEL.finditer(text, start, end))
        return
    word = text[start:end]
    elided = _ELIDED.match(word)
    if elided:
        start += elided.end()
    else:
        possessive = _POSSESSIVE.search(word)
        if possessive:
            end = start + possessive.start()
    yield start, end


@lru_cache(maxsize=100_000)
def fold_word(word: str) -> str:
    """Return a word of a text as it is compared: folded, without apostrophes, initials without their dots."""
    if word.isalnum() and "ʼ" not in word:
        return fold(word)
    # Before folding, which makes a space and an accent of the acute sign.
    folded = fold(_APOSTROPHES.sub("", word))
    return folded.replace(".", "") if "." in folded and not folded[0].isdigit() else folded


def flags(text: str) -> list[tuple[str, int, int]]:
    """Return the flag emoji of `text` as (two-letter region code, start, end)."""
    return [
        ("".join(chr(ord(letter) - 0x1F1E6 + ord("A")) for letter in match.group()), *match.span())
        for match in _FLAG.finditer(text)
    ]


def script(word: str) -> str:
    """Return latin, cyrillic, arabic or other, by the first letter of `word`."""
    for letter in word:
        if letter.isalpha():
            code = ord(letter)
            if code < 0x250 or 0x1E00 <= code < 0x1F00:
                return "latin"
            if 0x400 <= code < 0x530:
                return "cyrillic"
            if 0x600 <= code < 0x780 or 0x8A0 <= code < 0x900 or 0xFB50 <= code < 0xFE00 or 0xFE70 <= code < 0xFF00:
                return "arabic"
            return "other"
    return "other"
