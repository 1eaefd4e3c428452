"""The words of a text to the numbers of an automaton: one look-up a word, for all taggers at once.

What a written word means is remembered, so that a word costs one dictionary look-up; most words mean nothing.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, NamedTuple

from articles.enrichment.automaton import (
    COUNTRY,
    COUNTRY_ALONE,
    END,
    OFFICE,
    PART_OF_NAME,
    PART_OF_TOPIC,
    PERSON,
    SURNAME,
    TOPIC,
    TOPIC_ALONE,
    Automaton,
    Node,
)
from articles.gazetteer.inflection import base
from articles.gazetteer.patterns import EXACT, INITIAL, Case, case_of
from articles.text.stemming import arabic_candidates, language_of, without_arabic_prefixes
from articles.text.tokens import Words, fold_word, script

# Words remembered a language, at about 150 bytes each, before all are forgotten.
REMEMBERED = 300_000
LONGEST_REMEMBERED = 40
LANGUAGES = ("en", "es", "fr", "ar", "ru")
# Names of people are written alike in all languages of a script.
_SCRIPT_OF_LANGUAGE = {"ar": "arabic", "ru": "cyrillic"}
# What taggers look closer at.
_NAMES = COUNTRY_ALONE | PERSON
_LOOKED_AT = _NAMES | COUNTRY | SURNAME | OFFICE | TOPIC | TOPIC_ALONE
Keys = Callable[[str, str], Iterable[str]]


class Seen(NamedTuple):
    """A written word as it is compared, the numbers of pattern words that it may be, and what these are used for."""

    folded: str
    numbers: tuple[int, ...]
    uses: int


@dataclass(frozen=True)
class Reading:
    """What the words of a part may be, in columns, and at which words each tagger looks closer."""

    folded: Sequence[str]
    numbers: Sequence[tuple[int, ...]]
    uses: Sequence[int]
    names: list[int]
    surnames: list[int]
    offices: list[int]
    topics: list[int]


# Keys


def exact_keys(text: str, folded: str) -> Iterable[str]:
    """The folded word; for Arabic also without its prefixes, with its article alone (بالأردن: الأردن), marked exact."""
    if script(folded) != "arabic":
        return (folded,)
    return (*_arabic_forms(folded), EXACT + folded)


# One word is asked for by each kind of key, one right after the other.
@lru_cache(maxsize=16)
def _arabic_forms(folded: str) -> tuple[str, ...]:
    """Return a folded Arabic word, then what it is without its prefixes, and that with its article alone."""
    bases = without_arabic_prefixes(folded)
    return bases + tuple("ال" + base for base in bases[1:] if folded[: -len(base)].endswith(("ال", "لل")))


def name_keys(text: str, folded: str) -> Iterable[str]:
    """As exact_keys, and the first letter for an initial."""
    if text[-1:] == "." or len(folded) == 1:
        return (folded, INITIAL + folded[:1])
    return exact_keys(text, folded)


@cache
def phrase_keys(language: str) -> Keys:
    """The word without its inflection in `language`; a Russian word as it is: its patterns carry all their forms.

    Marked exact also as it is written, an Arabic word with and without what is written together with it.
    """
    if language == "ar":
        return lambda text, folded: (
            *arabic_candidates(folded),
            *(EXACT + form for form in _arabic_forms(folded)),
        )
    return lambda text, folded: (base(folded, language), EXACT + folded)


# Vocabularies


class Consulted(NamedTuple):
    """A vocabulary to look a word up in; `capitals_only`: for a language that only lends its names."""

    name: str
    keys: Keys
    capitals_only: bool = False


@cache
def consulted(language: str) -> tuple[Consulted, ...]:
    """Return the vocabularies for the words of a language. An unknown one borrows names and acronyms."""
    people = Consulted(f"people-{_SCRIPT_OF_LANGUAGE.get(language, 'latin')}", name_keys)
    if language in LANGUAGES:
        return (
            Consulted(f"country-{language}", exact_keys),
            people,
            Consulted(f"office-{language}", exact_keys),
            Consulted(f"topic-{language}", phrase_keys(language)),
        )
    lent = [language for language in LANGUAGES if language not in _SCRIPT_OF_LANGUAGE]
    return (
        *(Consulted(f"country-{lender}", exact_keys, capitals_only=True) for lender in lent),
        people,
        *(Consulted(f"topic-{lender}", phrase_keys(lender), capitals_only=True) for lender in lent),
    )


def vocabularies() -> list[str]:
    """Return the names of all vocabularies."""
    return list(dict.fromkeys(each.name for language in LANGUAGES for each in consulted(language)))


class Lexicon:
    """An automaton with what is known of words seen. `fill` adds a vocabulary to it when a text first needs it."""

    def __init__(self, automaton: Automaton, fill: Callable[[str], None]) -> None:
        self.automaton = automaton
        self._fill = fill
        self._remembered: dict[str, dict[str, Seen]] = {}

    def read(self, words: Words, text: str, language: str) -> Reading:
        """Return what the words of `text`, an article in `language`, may be."""
        seen = self._seen(words, language)
        if "#" in text:
            self._hashtags(seen, words, text, language)
        folded, numbers, uses = zip(*seen, strict=True) if seen else ((), (), ())
        used = [
            (index, use, following)
            for index, (use, following) in enumerate(zip(uses, (*uses[1:], 0), strict=False))
            if use & _LOOKED_AT
        ]
        return Reading(
            folded,
            numbers,
            uses,
            # A name or phrase of several words needs a second one; that of a person may have another word between.
            [index for index, use, following in used if use & _NAMES or (use & COUNTRY and following & PART_OF_NAME)],
            [index for index, use, _following in used if use & SURNAME],
            [index for index, use, _following in used if use & OFFICE],
            [
                index
                for index, use, following in used
                if use & TOPIC_ALONE or (use & TOPIC and following & PART_OF_TOPIC)
            ],
        )

    def _seen(self, words: Words, language: str) -> list[Seen]:
        remembered = self._remembered.setdefault(language, {})
        try:
            return [remembered[text] for text in words.texts]
        except KeyError:
            pass
        if len(remembered) > REMEMBERED:
            remembered.clear()
        found = []
        for text in words.texts:
            seen = remembered.get(text)
            if seen is None:
                seen = self._look_up(text, language, case_of(text))
                if len(text) <= LONGEST_REMEMBERED:
                    remembered[text] = seen
            found.append(seen)
        return found

    def _hashtags(self, seen: list[Seen], words: Words, text: str, language: str) -> None:
        """A word after # counts as capitalised: people write hashtags as they like."""
        for index, start in enumerate(words.starts):
            if start and text[start - 1] == "#":
                word = words.texts[index]
                seen[index] = self._look_up(word, language, max(case_of(word), Case.CAPITAL))

    def _look_up(self, text: str, language: str, case: Case) -> Seen:
        if script(text) == "arabic":
            case = Case.ACRONYM
        folded = fold_word(text)
        keys_by: dict[Keys, list[str]] = {}
        found: dict[int, None] = {}
        for vocabulary in consulted(language_of(text, language)):
            if vocabulary.name not in self.automaton.filled:
                self._fill(vocabulary.name)
            keys = keys_by.get(vocabulary.keys)
            if keys is None:
                keys = keys_by[vocabulary.keys] = list(vocabulary.keys(text, folded))
            by_key = self.automaton.words[vocabulary.name]
            for key in keys:
                for entry in by_key.get(key, ()):
                    if entry & 3 <= case and (entry & 3 or not vocabulary.capitals_only):
                        found[entry >> 2] = None
        uses = 0
        for number in found:
            uses |= self.automaton.uses[number]
        return Seen(folded, tuple(found), uses)


def longest(
    root: Node, numbers: Sequence[tuple[int, ...]], start: int, joined: Callable[[int], bool]
) -> tuple[int, list[Any]]:
    """Return (end, values) of the longest sequence of a trie from word `start`; (start, []) where there is none."""
    end, values = start, []
    for length, here in enumerate(sequences(root, numbers, start, joined), 1):
        if here:
            end, values = start + length, here
    return end, values


def sequences(
    root: Node, numbers: Sequence[tuple[int, ...]], start: int, joined: Callable[[int], bool]
) -> list[list[Any]]:
    """Return the values of the sequences of a trie from word `start`: those of one word, of two, and so on."""
    nodes = [root[number] for number in numbers[start] if number in root]
    found = []
    index, last = start + 1, len(numbers)
    while nodes:
        found.append([value for node in nodes if END in node for value in node[END]])
        if index == last or not numbers[index]:
            break
        nodes = [node[number] for number in numbers[index] for node in nodes if number in node]
        # Whether the words stand together is asked last: it looks into the text.
        if not nodes or not joined(index):
            break
        index += 1
    return found
