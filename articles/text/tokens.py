"""Words of a text with their places, in any script. Offsets are of the text as given, never of a folded copy."""

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from articles.text.normalize import fold

# A word: letters, digits and the marks that may stand on them (Python's \w leaves Arabic vowel marks out and would cut
# the word there), with single apostrophes inside. Dotted initials (U.S., U.S, т.е.) are one word; + and # may follow a
# letter (C++, C#). Underscores part words: they come from addresses and hashtags.
_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0640\u06d6-\u06ed\u200c\u200d\u00ad"
_LETTER = rf"(?:[^\W_][{_MARKS}]*)"
# Most words are nothing but letters: they are tried first, and taken whole or not at all.
_WORD = re.compile(
    rf"([^\W\d_ʼ]{{2,}}+(?![\w{_MARKS}'’ʼ`´+#])"
    rf"|(?:[^\W\d_]\.)+[^\W\d_](?!\w)\.?|(?:[^\W\d_]\.){{2,}}"  # dotted initials
    rf"|\d+(?:[.,]\d+)+"  # numbers with separators
    rf"|{_LETTER}+(?:['’ʼ`´]{_LETTER}+)*(?:(?<!\d)(?:\+\+|\+(?!\w)|#(?!\w)))?)"
)
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
    """The words of a text in columns: as they stand, where they start and end, and as they are compared.

    What Token says of one word, for passes over whole texts, which are twice as fast without an object a word.
    """

    texts: list[str]
    starts: list[int]
    ends: list[int]
    folded: list[str]


def tokenize(text: str) -> list[Token]:
    """Return the words of `text` in order. Possessive endings and elided articles are cut off, hashtags are split."""
    return list(map(Token._make, zip(*words_of(text), strict=True)))


def words_of(text: str) -> Words:
    """Return the words of `text` as tokenize does, in columns."""
    # Every text goes through here, so the work is left to loops in C: the pieces between words, and the words.
    pieces = _WORD.split(text)
    boundaries = list(accumulate(map(len, pieces)))
    texts = pieces[1::2]
    words = Words(texts, boundaries[:-1:2], boundaries[1::2], list(map(fold, texts)))
    # From the end, so that places before stay as they are where a word becomes several or none.
    for index in reversed(_special_ones(text, words)):
        parts = [
            part
            for part in _special(text, words.starts[index], words.ends[index])
            # An elongation sign or an apostrophe by itself folds to nothing.
            if any(map(str.isalnum, part.folded))
        ]
        for number, column in enumerate(words):
            column[index : index + 1] = [part[number] for part in parts]  # type: ignore[assignment]
    return words


def _special_ones(text: str, words: Words) -> list[int]:
    """Return the places of the words that hold more than letters and digits, stand in a hashtag or fold to nothing."""
    if "#" in text or "ʼ" in text:
        return [
            index
            for index, (word, start) in enumerate(zip(words.texts, words.starts, strict=True))
            if not word.isalnum() or "ʼ" in word or text[start - 1 : start] == "#" or not words.folded[index].isalnum()
        ]
    if all(map(str.isalnum, words.texts)) and all(map(str.isalnum, words.folded)):
        return []
    return [
        index
        for index, (word, folded) in enumerate(zip(words.texts, words.folded, strict=True))
        if not (word.isalnum() and folded.isalnum())
    ]


def _special(text: str, start: int, end: int) -> Iterator[Token]:
    """Yield what a word becomes that may be a hashtag, or holds more than letters."""
    if start and text[start - 1] == "#" and end - start > 3:
        yield from _hashtag(text, start, end)
        return
    word = text[start:end]
    if word.isalnum() and "ʼ" not in word:
        yield Token(word, start, end, fold(word))
        return
    elided = _ELIDED.match(word)
    if elided:
        start += elided.end()
    else:
        possessive = _POSSESSIVE.search(word)
        if possessive:
            end = start + possessive.start()
    yield _token(text, start, end)


def _token(text: str, start: int, end: int) -> Token:
    word = text[start:end]
    # Before folding, which makes a space and an accent of the acute sign.
    folded = fold(_APOSTROPHES.sub("", word))
    if "." in folded and not folded[0].isdigit():
        folded = folded.replace(".", "")
    return Token(word, start, end, folded)


def _hashtag(text: str, start: int, end: int) -> Iterator[Token]:
    """Yield the parts of a hashtag as words of their own."""
    for part in _CAMEL.finditer(text, start, end):
        yield _token(text, part.start(), part.end())


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
