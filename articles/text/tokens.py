"""Words of a text with their places, in any script. Offsets are of the text as given, never of a folded copy."""

import re
from collections.abc import Iterator
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


def tokenize(text: str) -> list[Token]:
    """Return the words of `text` in order. Possessive endings and elided articles are cut off, hashtags are split."""
    # An elongation sign or an apostrophe by itself folds to nothing.
    return [token for token in _tokens(text) if any(map(str.isalnum, token.folded))]


def _tokens(text: str) -> Iterator[Token]:
    for match in _WORD.finditer(text):
        start, end = match.span()
        if start and text[start - 1] == "#" and end - start > 3:
            yield from _hashtag(text, start, end)
            continue
        word = match.group()
        if word.isalnum() and "ʼ" not in word:
            yield Token(word, start, end, fold(word))
            continue
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
