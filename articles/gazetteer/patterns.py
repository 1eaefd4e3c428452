"""Facts as patterns: sequences of words, each with the keys that a word of a text may have and the case it must have.

A text word has keys too (see enrichment/matcher.py); a pattern word matches where they share one. Case: a pattern
word that starts with a capital matches capitalised words only (Mali, not the Russian мали); one of up to four capitals
matches capitals only (US, not us); a small one matches any. Arabic has no case.
"""

import re
from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import NamedTuple

from articles.gazetteer.facts import CountryPattern
from articles.gazetteer.inflection import base
from articles.gazetteer.russian import name_forms, phrase_forms, word_forms
from articles.text.stemming import without_arabic_suffix
from articles.text.tokens import Token, script, tokenize

# A key of the whole written word, for what must not be analysed; and of an initial ("S." for Sergey).
EXACT = "="
INITIAL = "."

# The Arabic article and its assimilated forms as written in other scripts: optional in names, in patterns and texts.
NAME_PARTICLES = frozenset({"al", "el", "ul", "аль", "эль", "ال"})
ASSIMILATED_PARTICLES = frozenset({"ad", "an", "ar", "as", "ash", "at", "az", "ад", "ан", "ар", "ас", "аш", "ат", "аз"})
# Spellings of "son of", which newspapers exchange freely.
_SON_OF = (("bin", "ben", "ibn"), ("бен", "бин", "ибн"), ("بن", "ابن"))
# Countries where the family name stands first.
EASTERN_ORDER = frozenset({"CN", "KP", "KR", "TW"})
# Countries where two family names are usual and the first of them is the one that newspapers use.
TWO_SURNAMES = frozenset(
    {"AR", "BO", "CL", "CO", "CR", "CU", "DO", "EC", "ES", "GQ", "GT", "HN", "MX", "NI"}
) | frozenset({"PA", "PE", "PR", "PY", "SV", "UY", "VE"})


class Case(IntEnum):
    """How a word is, or must be, written."""

    ANY = 0
    CAPITAL = 1
    ACRONYM = 2


class Word(NamedTuple):
    """A word of a pattern: it matches a text word that has one of `keys` and at least this case."""

    keys: tuple[str, ...]
    case: Case


def case_of(text: str) -> Case:
    """Return how `text` is written. One capital is CAPITAL; all capitals (two or more letters) ACRONYM."""
    if not text[:1].isupper():
        return Case.ANY
    return Case.ACRONYM if text.isupper() and sum(map(str.isalpha, text)) > 1 else Case.CAPITAL


def required_case(text: str) -> Case:
    """Return the case that a pattern word asks for: capitals only for acronyms of up to four letters."""
    case = case_of(text)
    return Case.CAPITAL if case is Case.ACRONYM and sum(map(str.isalpha, text)) > 4 else case


# Countries


def country_words(pattern: CountryPattern) -> tuple[Word, ...]:
    """Return the words of a country's name; Russian words carry all their case forms unless `forms` were asked for."""
    return tuple(_country_word(token, pattern) for token in tokenize(pattern.text))


def _country_word(token: Token, pattern: CountryPattern) -> Word:
    case = required_case(token.text)
    if pattern.kind == "forms":
        # Only Arabic words of a text are analysed (prefixes off); elsewhere the folded word is exact enough, and so it
        # is for an Arabic word with its article, which no analysis adds to a word that has none.
        analysed = pattern.language == "ar" and not token.folded.startswith("ال")
        return Word((EXACT + token.folded if analysed else token.folded,), case)
    if pattern.language == "ru" and script(token.text) == "cyrillic":
        forms = word_forms(token.text)
        # МИД, МИДа: an acronym with a case ending is no longer all capitals.
        return Word(_sorted(forms), Case.CAPITAL if len(forms) > 1 and case else case)
    return Word((token.folded,), case)


# People


def person_patterns(name: str) -> Iterator[tuple[Word, ...]]:
    """Yield the ways to write a full name: without Arabic articles, with hyphenated parts joined, with an initial."""
    for variant in dict.fromkeys(_written(name)):
        words = [name_word(token) for token in name_tokens(variant)]
        if not words:
            continue
        yield tuple(words)
        if len(words) > 1 and script(variant) != "arabic":
            yield Word((INITIAL + words[0].keys[0][0],), Case.CAPITAL), words[-1]


def _written(name: str) -> Iterator[str]:
    yield name
    if "-" in name:
        yield re.sub(r"(?<=\w)-(?=\w)", "", name)
    if "عبد" in name:
        yield re.sub(r"\bعبد +", "عبد", name)
        yield re.sub(r"\bعبد(?=\w{3})", "عبد ", name)


def name_tokens(name: str) -> list[Token]:
    """Return the tokens of a name without the Arabic article standing by itself."""
    tokens = tokenize(name)
    if not tokens:
        return []
    kept = [
        token
        for token, after in zip(tokens, [*tokens[1:], None], strict=True)
        if not (
            token.folded in NAME_PARTICLES
            or (token.folded in ASSIMILATED_PARTICLES and after and name[token.end : after.start] == "-")
        )
    ]
    return kept or tokens


def name_word(token: Token) -> Word:
    """Return the pattern word of a part of a name, in all its case forms."""
    for spellings in _SON_OF:
        if token.folded in spellings:
            return Word(spellings, Case.ANY)
    kind = script(token.text)
    if kind == "cyrillic":
        return Word(_sorted(name_forms(token.text), first=token.folded), required_case(token.text))
    if kind == "arabic":
        without = token.folded.removeprefix("ال")
        return Word(tuple(dict.fromkeys((token.folded, without if len(without) > 2 else token.folded))), Case.ANY)
    return Word((token.folded,), min(required_case(token.text), Case.CAPITAL))


def surname_words(spelling: str, countries: Iterable[str], name: str) -> list[Word]:
    """Return the words of a full name by which newspapers call the person alone. Empty for a name of one word.

    The last word; the first where the family name stands first. Where two family names are usual, a spelling longer
    than
    `name`, the one the person is known by, has the second one added (Yván Gil Pinto): the word before it counts. A
    `name` of three words leaves open whether two are given or two are family names: then both may be meant.
    """
    tokens = name_tokens(spelling)
    if len(tokens) < 2:
        return []
    homes = set(countries)
    if homes & EASTERN_ORDER:
        return [name_word(tokens[0])]
    chosen = [tokens[-1]]
    if homes & TWO_SURNAMES and len(tokens) > 2:
        longer = len(tokens) > len(name_tokens(name))
        chosen = [tokens[-2]] if longer else [tokens[-2], tokens[-1]]
    hyphenated = re.search(r"(\w+)-(\w+)$", spelling)
    words = [name_word(token) for token in chosen]
    if hyphenated and hyphenated.group(1).casefold() not in NAME_PARTICLES | ASSIMILATED_PARTICLES:
        words.extend(name_word(token) for token in tokenize(hyphenated.group().replace("-", "")))
    return words


# Topics


def phrase_words(text: str, language: str) -> tuple[Word, ...]:
    """Return the words of a topic phrase in `language`; those that stand as they are written have one exact key.

    As written: a word behind "=" (=Homs, which is no plural of home), and an acronym where inflections are taken off.
    """
    return tuple(
        Word(
            (EXACT + token.folded,) if _is_exact(token, text, language) else phrase_keys(token.folded, language),
            required_case(token.text),
        )
        for token in tokenize(text)
    )


def _is_exact(token: Token, text: str, language: str) -> bool:
    if text[: token.start].endswith(EXACT):
        return True
    return language not in {"ar", "ru"} and required_case(token.text) is Case.ACRONYM


def phrase_keys(folded: str, language: str) -> tuple[str, ...]:
    """Return the keys of a phrase word: without its inflection, or for Russian all its forms (no text need be
    analysed).

    An Arabic word keeps its first letters but for the article: the text's word is tried with all its possible prefixes
    off, and a pattern that did so too would match by chance.
    """
    if language == "ru":
        return _sorted(phrase_forms(folded))
    if language != "ar":
        return (base(folded, language),)
    bare = folded.removeprefix("ال")
    kept = bare if len(bare) > 2 else folded
    return tuple(dict.fromkeys((kept, without_arabic_suffix(kept))))


def _sorted(forms: Iterable[str], first: str = "") -> tuple[str, ...]:
    return tuple(sorted(forms, key=lambda form: (form != first, form)))
