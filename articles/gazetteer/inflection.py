"""Inflection of English, Spanish and French nouns and adjectives taken off: one key for the forms of one word.

Weaker than a stemmer on purpose. Stemmers are made to find more, and make one word of imports and importance, of
extremist and extremely; a phrase that speaks for a topic must not be found in its cousins.
"""

from collections.abc import Callable

_VOWELS = frozenset("aeiouy")


def base(folded: str, language: str) -> str:
    """Return the key of a folded word; words of other languages as they are."""
    take_off = _TAKE_OFF.get(language)
    return take_off(folded) if take_off and folded.isalpha() and len(folded) > 3 else folded


def _english(word: str) -> str:
    """Plural, -ed, -ing and a final -e (Harman's S-stemmer, and step 1b of Porter's)."""
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith(("sses", "shes", "ches", "xes", "zes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if word.endswith("ied") and len(word) > 4:
        return word[:-3] + "y"
    for ending in ("ing", "ed"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2 and not _VOWELS.isdisjoint(stem):
            doubled = stem[-1] == stem[-2] and stem[-1] not in "lsz"
            word = stem[:-1] if doubled else stem
            break
    return word.removesuffix("e") if len(word) > 3 else word


def _spanish(word: str) -> str:
    """Plural -s and -es, then the vowel of the gender."""
    if word.endswith("ces"):
        word = word[:-3] + "z"
    elif word.endswith("s"):
        word = word[:-1]
    return word[:-1] if word[-1] in "oae" and len(word) > 3 else word


def _french(word: str) -> str:
    """Plural -s and -x (-aux of -al), then the feminine -e; -elle, -enne and -ette lose their double letter."""
    if word.endswith("aux") and len(word) > 4:
        return word[:-2] + "l"
    if word[-1] in "sx":
        word = word[:-1]
    if word.endswith(("elle", "enne", "onne", "ette")):
        return word[:-2]
    return word[:-1] if word[-1] == "e" and len(word) > 3 else word


_TAKE_OFF: dict[str, Callable[[str], str]] = {"en": _english, "es": _spanish, "fr": _french}
