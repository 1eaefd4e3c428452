"""Grapheme clusters: what a reader takes for one character, though it is several in the text.

The rules of Unicode's UAX #29 that occur in news: marks on letters, vowel signs, emoji with skin tones or joined to
one, flags, Indic conjuncts, Korean written in parts.
"""

import unicodedata

# Longer ones are ornaments (or attacks); Unicode's Stream-Safe Text Format allows 30 marks on a letter.
LONGEST = 32
_JOINER = "\u200d"
_VIRAMA = 9


def is_boundary(text: str, place: int) -> bool:
    """Whether `text` can be cut at `place` without cutting a grapheme cluster."""
    if not 0 < place < len(text):
        return True
    before, after = text[place - 1], text[place]
    if before in "\r\n":
        return before + after != "\r\n"
    if after < "\u0300":
        return True
    if _continues(after):
        return False
    if _is_indicator(after) and _is_indicator(before):
        return not _indicators_before(text, place) % 2
    if before == _JOINER:
        # A family or a profession; in Indian scripts the joiner stands behind the sign that joins two consonants.
        return unicodedata.category(after) != "So" and not _is_conjunct(text[place - 2 : place - 1], after)
    return not _is_conjunct(before, after) and not _is_syllable(before, after)


def cluster_start(text: str, place: int) -> int:
    """Return `place`, or the start of the cluster that it lies in."""
    for start in range(place, max(-1, place - LONGEST), -1):
        if is_boundary(text, start):
            return start
    return place


def cluster_end(text: str, place: int) -> int:
    """Return `place`, or the end of the cluster that it lies in."""
    for end in range(place, min(len(text), place + LONGEST) + 1):
        if is_boundary(text, end):
            return end
    return place


def _continues(letter: str) -> bool:
    """Whether a character always belongs to the one before it."""
    return (
        unicodedata.category(letter) in {"Mn", "Me", "Mc"}
        or letter in "\u200c\u200d\u0e33\u0eb3\uff9e\uff9f"
        or "\U0001f3fb" <= letter <= "\U0001f3ff"
        or "\U000e0020" <= letter <= "\U000e007f"
    )


def _is_indicator(letter: str) -> bool:
    return "\U0001f1e6" <= letter <= "\U0001f1ff"


def _indicators_before(text: str, place: int) -> int:
    start = place
    while start and _is_indicator(text[start - 1]):
        start -= 1
    return place - start


def _is_conjunct(before: str, after: str) -> bool:
    """Whether two characters are the joining sign and the second consonant of an Indic conjunct."""
    return (
        "\u0900" <= before <= "\u0d7f"
        and unicodedata.combining(before) == _VIRAMA
        and "\u0900" <= after <= "\u0d7f"
        and unicodedata.category(after) == "Lo"
    )


def _is_syllable(before: str, after: str) -> bool:
    """Whether two characters are parts of one Korean syllable."""
    if "\u1100" <= before <= "\u115f" or "\ua960" <= before <= "\ua97c":
        return "\u1100" <= after <= "\u11a7" or "\ua960" <= after <= "\ua97c" or "\uac00" <= after <= "\ud7a3"
    if not ("\u1160" <= before <= "\u11ff" or "\uac00" <= before <= "\ud7fb"):
        return False
    closed = "\u11a8" <= before <= "\u11ff" or "\ud7cb" <= before <= "\ud7fb"
    if "\uac00" <= before <= "\ud7a3":
        closed = (ord(before) - 0xAC00) % 28 != 0
    vowel = "\u1160" <= after <= "\u11a7" or "\ud7b0" <= after <= "\ud7c6"
    return (vowel and not closed) or "\u11a8" <= after <= "\u11ff" or "\ud7cb" <= after <= "\ud7fb"
