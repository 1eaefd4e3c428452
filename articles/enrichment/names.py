"""Countries and people in a text: one walk over its words, the longest name wins, none inside another."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from articles.enrichment.document import Part
from articles.enrichment.matcher import Lexicon, Trie, Vocabulary, exact_keys, name_keys
from articles.gazetteer.facts import Gazetteer, MinisterFacts
from articles.gazetteer.patterns import (
    ASSIMILATED_PARTICLES,
    NAME_PARTICLES,
    Case,
    case_of,
    country_words,
    person_patterns,
    surname_words,
)
from articles.text.tokens import script

COUNTRY_LANGUAGES = ("en", "es", "fr", "ar", "ru")
# Names of people are written alike in all languages of a script.
_SCRIPT_OF_LANGUAGE = {"ar": "arabic", "ru": "cyrillic"}
# Words between given name and family name that a pattern does not know: patronymics, middle names.
LONGEST_GAP = 2
# What stands beside a name and is no middle name.
_PARTICLES = NAME_PARTICLES | ASSIMILATED_PARTICLES


class CountryName(NamedTuple):
    """What a pattern says: this country by this kind of name (see facts.CountryPattern)."""

    code: str
    kind: str


class Person(NamedTuple):
    """A minister by slug, or an official (no slug) by name."""

    slug: str
    name: str


@dataclass(frozen=True)
class NameMatch:
    """A name in a part of the text, over the tokens from `start` to before `end`, and what it may stand for."""

    part: Part
    start: int
    end: int
    countries: tuple[CountryName, ...] = ()
    people: tuple[Person, ...] = ()


class Names:
    """The compiled names of one gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._countries = Trie()
        self._people = Trie()
        self.surnames: dict[int, list[Person]] = {}
        self.lexicon = Lexicon(_vocabularies_of, self._fill)

    def find(self, part: Part, numbers: list[tuple[int, ...]]) -> list[NameMatch]:
        """Return the names of a part in order. `numbers` are those of the lexicon for its tokens."""
        found = []
        index = 0
        countries, people = self._countries.root.keys(), self._people.root.keys()
        for start, known in enumerate(numbers):
            if not known or start < index or (countries.isdisjoint(known) and people.isdisjoint(known)):
                continue
            country_end, named = self._countries.longest(numbers, start, part.joined)
            person_end, meant = self._person(part, numbers, start)
            if person_end > start and person_end >= country_end:
                found.append(NameMatch(part, start, person_end, people=meant))
                index = person_end
            elif named:
                index = country_end
                if not _is_nisba(part, start) and all(name.kind != "not" for name in named):
                    found.append(NameMatch(part, start, country_end, countries=tuple(named)))
        return found

    # Walking over a name

    def _person(self, part: Part, numbers: list[tuple[int, ...]], start: int) -> tuple[int, tuple[Person, ...]]:
        """Return (end, people) of the longest full name from `start`, middle names and Arabic articles included."""
        first = [self._people.root[number] for number in numbers[start] if number in self._people.root]
        states = [(node, start + 1, LONGEST_GAP) for node in first]
        end, people = start, ()
        while states:
            node, index, gap = states.pop()
            if Trie.END in node and index > end:
                end, people = index, tuple(node[Trie.END])
            if index < len(numbers) and part.joined(index):
                states.extend(self._steps(part, numbers, node, index, gap))
        return end, people

    def _steps(
        self, part: Part, numbers: list[tuple[int, ...]], node: dict[int, Any], index: int, gap: int
    ) -> Iterator[tuple[dict[int, Any], int, int]]:
        for number in numbers[index]:
            if number in node:
                yield node[number], index + 1, gap
        token = part.tokens[index]
        if token.folded in _PARTICLES:
            yield node, index + 1, gap
        elif gap and Trie.END not in node and _may_be_middle_name(token.text, bool(numbers[index])):
            yield node, index + 1, gap - 1

    # Compiling

    def _fill(self, name: str, numbers: Iterator[int]) -> Vocabulary:
        group, _, language = name.partition("-")
        if group == "people":
            return self._fill_people(language, Vocabulary(name_keys, numbers))
        base = language.removesuffix("*")
        vocabulary = Vocabulary(exact_keys, numbers, capitals_only=language != base)
        for country in self._gazetteer.countries:
            for pattern in country.patterns:
                if pattern.language == base:
                    words = [vocabulary.add(word) for word in country_words(pattern)]
                    if words:
                        self._countries.add(words, CountryName(country.code, pattern.kind))
        return vocabulary

    def _fill_people(self, kind: str, vocabulary: Vocabulary) -> Vocabulary:
        for minister in self._gazetteer.ministers:
            person = Person(minister.slug, minister.name)
            for spelling in _spellings(minister, kind):
                self._add_person(vocabulary, spelling, person, [tenure.country for tenure in minister.tenures])
        for official in self._gazetteer.officials:
            for spelling in dict.fromkeys((official.name, *official.spellings)):
                if script(spelling) == kind:
                    self._add_person(vocabulary, spelling, Person("", official.name), [official.country])
        return vocabulary

    def _add_person(self, vocabulary: Vocabulary, spelling: str, person: Person, countries: list[str]) -> None:
        for words in person_patterns(spelling):
            if len(words) > 1:
                self._people.add([vocabulary.add(word) for word in words], person)
        for word in surname_words(spelling, countries, person.name):
            people = self.surnames.setdefault(vocabulary.add(word), [])
            if person not in people:
                people.append(person)


def _spellings(minister: MinisterFacts, kind: str) -> Iterator[str]:
    if kind == "latin":
        yield minister.name
    yield from (text for script_name, text in minister.spellings if script_name == kind)


def _vocabularies_of(language: str) -> tuple[str, ...]:
    """Return the vocabularies to look a word up in. An unknown Latin-script language borrows capitalised names."""
    people = f"people-{_SCRIPT_OF_LANGUAGE.get(language, 'latin')}"
    if language in COUNTRY_LANGUAGES:
        return f"country-{language}", people
    return "country-en*", "country-es*", "country-fr*", people


def _may_be_middle_name(text: str, known: bool) -> bool:
    """Whether a word may stand inside a name: capitalised; in Arabic, a word that is part of some known name."""
    return known if script(text) == "arabic" else case_of(text) >= Case.CAPITAL


def _is_nisba(part: Part, index: int) -> bool:
    """Whether a word is a family name of the form Al-Kuwaiti, which says where an ancestor came from."""
    if index == 0 or part.tokens[index - 1].folded not in _PARTICLES:
        return False
    return part.text[part.tokens[index - 1].end : part.tokens[index].start] in {"-", "‑", "‐"}
