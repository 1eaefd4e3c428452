"""Folding: what makes two spellings of a word the same word, in any script.

The same folding serves the index, queries, snippets and the gazetteer, so that they always agree.
"""

import re
import unicodedata
from functools import lru_cache

# Vowel marks, superscript alef, Koranic signs and the elongation (tatweel): how an Arabic word looks, not what it is.
_ARABIC_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]")
_ARABIC_LETTERS = str.maketrans(
    {
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ى": "ي",
        "ی": "ي",
        "ئ": "ي",
        "ؤ": "و",
        "ة": "ه",
        "ک": "ك",
        "گ": "غ",
        "ڤ": "ف",
        "پ": "ب",
        "چ": "ج",
    }
)
# Letters that NFKD leaves whole although a reader takes them for a Latin letter with an ornament.
_LATIN_LETTERS = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ħ": "h", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe"})
_COMBINING = re.compile("[\u0300-\u036f]")
# Zero-width and direction marks: invisible, and pasted text is full of them.
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """Return `word` as it is compared: NFKC, case folded, without diacritics, Arabic letter variants made one, ё as е.

    й stays apart from и: only the marks of Latin letters, stress marks and the dots of ё are dropped.
    """
    word = INVISIBLE.sub("", unicodedata.normalize("NFKC", word)).casefold()
    if word.isascii():
        return word
    word = _ARABIC_MARKS.sub("", word).translate(_ARABIC_LETTERS)
    word = word.replace("й", "\ue000").replace("ї", "\ue001")
    word = _COMBINING.sub("", unicodedata.normalize("NFD", word)).translate(_LATIN_LETTERS)
    return unicodedata.normalize("NFC", word.replace("\ue000", "й").replace("\ue001", "ї"))


@lru_cache(maxsize=64)
def fold_text(text: str) -> str:
    """Return a whole text folded, its white space made single spaces: for comparing passages, not for offsets.

    One line is looked at in several ways, one right after the other: the last ones are remembered.
    """
    return " ".join(fold(part) for part in text.split())
