"""Stems by script and language: the words that count as forms of one word.

Russian: dictionary lemmas by pymorphy3 (the usual stemmer makes different stems of the cases of one name). Arabic: an
own light analysis that keeps the candidates side by side, with and without a leading و ف ب ل ك and ال, since which
letters are prefixes cannot be known without a dictionary. Other languages: PyStemmer's Snowball stemmers.
"""

import re
import threading
from functools import lru_cache

import pymorphy3
import Stemmer

from articles.text.tokens import script

SNOWBALL = {
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "de": "german",
    "it": "italian",
    "pt": "portuguese",
    "nl": "dutch",
    "tr": "turkish",
}
# Words in another script than the text's: what language to take them for.
_LANGUAGE_OF_SCRIPT = {"latin": "en", "cyrillic": "ru", "arabic": "ar"}
_CYRILLIC_WORD = re.compile("[\u0400-\u052f]+")
_CYRILLIC = frozenset({"ru", "uk", "be", "bg", "sr", "mk", "kk"})
_ARABIC = frozenset({"ar", "fa", "ur"})

# Longest first. Folded letters: ال, and what may stand before it.
_ARABIC_PREFIXES = ("وبال", "وكال", "فبال", "وال", "فال", "بال", "كال", "ولل", "فلل", "لل", "ال")
_ARABIC_PARTICLES = ("و", "ف", "ب", "ل", "ك")
# Sound plurals, dual, relation and pronouns at a word's end, folded; the longest goes that leaves three letters.
_ARABIC_SUFFIXES = (
    "يتين", "يتان", "يين", "يون", "يات", "تين", "تان", "هما", "كما", "ات", "ان", "ون", "ين", "ها", "هم", "هن", "نا",
    "كم", "يه", "ته", "ه", "ي", "ا",
)  # fmt: skip

_local = threading.local()


def language_of(word: str, language: str) -> str:
    """Return the language by whose rules to read `word` in a text in `language` (BCP 47, empty: unknown)."""
    base = language.split("-")[0]
    kind = script(word)
    if kind == "latin":
        return base if base and base not in _ARABIC and base not in _CYRILLIC else "en"
    return _LANGUAGE_OF_SCRIPT.get(kind, base)


def script_of(language: str) -> str:
    """Return the script that `language` (BCP 47; empty: unknown) is usually written in: latin, cyrillic or arabic."""
    base = language.split("-")[0]
    return "cyrillic" if base in _CYRILLIC else "arabic" if base in _ARABIC else "latin" if base else ""


def stems(folded: str, language: str) -> tuple[str, ...]:
    """Return the stems of a folded word by the rules of `language`: one, or for Arabic and Russian up to a few.

    Two forms of a word share at least one stem. Never empty.
    """
    if language == "ru":
        return _russian(folded)
    if language == "ar":
        return arabic_candidates(folded)
    algorithm = SNOWBALL.get(language)
    if algorithm is None or not folded.isalpha():
        return (folded,)
    return (_snowball(algorithm, folded),)


@lru_cache(maxsize=200_000)
def _snowball(algorithm: str, folded: str) -> str:
    # Stemmer objects are not thread-safe: one a thread.
    stemmers = _local.__dict__.setdefault("stemmers", {})
    if algorithm not in stemmers:
        stemmers[algorithm] = Stemmer.Stemmer(algorithm)
    return stemmers[algorithm].stemWord(folded)


@lru_cache(maxsize=1)
def morphology() -> pymorphy3.MorphAnalyzer:
    """Return the Russian dictionary, read once a process (0.2 s, 30 MB)."""
    return pymorphy3.MorphAnalyzer()


@lru_cache(maxsize=200_000)
def _russian(folded: str) -> tuple[str, ...]:
    # The dictionary fails on letters that have no name in Unicode, such as 𗀀.
    if not _CYRILLIC_WORD.fullmatch(folded):
        return (folded,)
    readings = morphology().parse(folded)
    best = readings[0].score
    lemmas = dict.fromkeys(reading.normal_form.replace("ё", "е") for reading in readings if reading.score >= best * 0.5)
    return tuple(list(lemmas)[:3]) or (folded,)


@lru_cache(maxsize=200_000)
def arabic_candidates(folded: str) -> tuple[str, ...]:
    """Return what a folded Arabic word may be without its prefixes, each also without its ending; the whole word first.

    Three letters always stay. The caller indexes or looks up all of them at one position.
    """
    bases = without_arabic_prefixes(folded)
    return tuple(dict.fromkeys((*bases, *(without_arabic_suffix(base) for base in bases))))


@lru_cache(maxsize=200_000)
def without_arabic_prefixes(folded: str) -> tuple[str, ...]:
    """Return what a folded Arabic word may be without و ف ب ل ك and ال before it; the whole word first.

    Three letters always stay. Endings are kept: names need them (روسيا and روسي are not one word).
    """
    bases = dict.fromkeys([folded])
    for prefix in _ARABIC_PREFIXES:
        if folded.startswith(prefix) and len(folded) - len(prefix) >= 3:
            # للأردن is ل + الأردن: the article's alef is written out of it.
            bases[folded[len(prefix) :]] = None
            if prefix.endswith("لل"):
                # للبنان is ل + لبنان.
                bases[folded[len(prefix) - 1 :]] = None
            break
    else:
        for particle in _ARABIC_PARTICLES:
            if folded.startswith(particle) and len(folded) >= 4:
                rest = folded[1:]
                bases[rest] = None
                if rest.startswith(("ب", "ل", "ك")) and particle in "وف" and len(rest) >= 4:
                    bases[rest[1:]] = None
                break
    return tuple(bases)


def without_arabic_suffix(folded: str) -> str:
    """Return a folded Arabic word without its longest ending (plural, dual, relation, pronoun); three letters stay."""
    for suffix in _ARABIC_SUFFIXES:
        if folded.endswith(suffix) and len(folded) - len(suffix) >= 3:
            return folded[: -len(suffix)]
    return folded
