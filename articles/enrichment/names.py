"""Countries and people in a text: one walk over its words, the longest name wins, none inside another."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, cast

from articles.enrichment.automaton import (
    COUNTRY,
    COUNTRY_ALONE,
    END,
    PART_OF_NAME,
    PERSON,
    SURNAME,
    Automaton,
    Node,
    Vocabulary,
    add_sequence,
)
from articles.enrichment.document import Part
from articles.enrichment.matcher import longest
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

# Words between given name and family name that a pattern does not know: patronymics, middle names.
LONGEST_GAP = 2
# Officials whose nationality says nothing of whom they act for.
_ACT_FOR_NO_COUNTRY = frozenset(
    {"head-of-organisation", "envoy", "commissioner", "director-general", "prosecutor", "administrator"}
)
# What stands beside a name and is no middle name.
_PARTICLES = NAME_PARTICLES | ASSIMILATED_PARTICLES


class CountryName(NamedTuple):
    """What a pattern says: this country by this kind of name (see facts.CountryPattern)."""

    code: str
    kind: str


class Person(NamedTuple):
    """A minister by slug, or an official (no slug) by name, and the countries for which this person acts."""

    slug: str
    name: str
    countries: tuple[str, ...] = ()


@dataclass(frozen=True)
class NameMatch:
    """A name in a part of the text, over the words from `start` to before `end`, and what it may stand for."""

    part: Part
    start: int
    end: int
    countries: tuple[CountryName, ...] = ()
    people: tuple[Person, ...] = ()


class Names:
    """The names of an automaton."""

    def __init__(self, automaton: Automaton) -> None:
        self._automaton = automaton

    def find(self, part: Part) -> list[NameMatch]:
        """Return the names of a part in order, phrases of kind "not" among them."""
        found: list[NameMatch] = []
        end = 0
        uses = part.reading.uses
        for start in part.reading.names:
            if start < end:
                continue
            named_person = uses[start] & PERSON and _may_go_on(part, start + 1)
            person_end, meant = self._person(part, start) if named_person else (start, ())
            named_country = uses[start] & COUNTRY_ALONE or (
                uses[start] & COUNTRY and start + 1 < len(uses) and uses[start + 1] & PART_OF_NAME
            )
            country_end, named = self._country(part, start) if named_country else (start, [])
            if person_end > start and person_end >= country_end:
                found.append(NameMatch(part, start, person_end, people=meant))
                end = person_end
            elif named:
                end = country_end
                if not _is_nisba(part, start):
                    found.append(NameMatch(part, start, country_end, countries=tuple(map(CountryName._make, named))))
        return found

    def _country(self, part: Part, start: int) -> tuple[int, list[tuple[str, str]]]:
        """Return (end, (code, kind) pairs) of the longest name of a country from `start`."""
        return longest(self._automaton.countries, part.reading.numbers, start, part.joined)

    def bearers(self, part: Part, index: int) -> list[Person]:
        """Return the people whose surname a word may be."""
        surnames = self._automaton.surnames
        return [Person(*person) for number in part.reading.numbers[index] for person in surnames.get(number, ())]

    def _person(self, part: Part, start: int) -> tuple[int, tuple[Person, ...]]:
        """Return (end, people) of the longest full name from `start`, middle names and Arabic articles included."""
        root, numbers = self._automaton.people, part.reading.numbers
        end, people = start, cast(tuple[Person, ...], ())
        if not part.joined(start + 1):
            return start, people
        states = [(root[number], start + 1, LONGEST_GAP) for number in numbers[start] if number in root]
        best = (start, 0)
        while states:
            node, index, gap = states.pop()
            # Of names that end alike, the one that leaves out fewer words.
            if END in node and (index, gap) > best:
                best, end, people = (index, gap), index, tuple(Person(*person) for person in node[END])
            if index < len(numbers) and part.joined(index):
                states.extend(_steps(part, node, index, gap))
        return end, people


def _may_go_on(part: Part, index: int) -> bool:
    """Whether word `index` may be the second of a name; a full name has two at least."""
    if index == len(part.reading.uses):
        return False
    if part.reading.uses[index] & PART_OF_NAME or part.reading.folded[index] in _PARTICLES:
        return True
    return _may_be_middle_name(part, index)


def _steps(part: Part, node: Node, index: int, gap: int) -> Iterator[tuple[Node, int, int]]:
    """Yield the states that a word leads to: a step in the name, a particle, or a middle name that it leaves out."""
    for number in part.reading.numbers[index]:
        if number in node:
            yield node[number], index + 1, gap
    if part.reading.folded[index] in _PARTICLES:
        yield node, index + 1, gap
    elif gap and END not in node and _may_be_middle_name(part, index):
        yield node, index + 1, gap - 1


# Compiling


def fill_countries(automaton: Automaton, gazetteer: Gazetteer, language: str) -> None:
    """Add the countries' names of a language to an automaton."""
    vocabulary = Vocabulary(automaton, f"country-{language}")
    for country in gazetteer.countries:
        for pattern in country.patterns:
            if pattern.language == language:
                words = [vocabulary.add(word, PART_OF_NAME) for word in country_words(pattern)]
                if words:
                    automaton.use(words[0], COUNTRY if len(words) > 1 else COUNTRY_ALONE)
                    add_sequence(automaton.countries, words, (country.code, pattern.kind))


def fill_people(automaton: Automaton, gazetteer: Gazetteer, kind: str) -> None:
    """Add the people's names of a script to an automaton."""
    vocabulary = Vocabulary(automaton, f"people-{kind}")
    for minister in gazetteer.ministers:
        homes = [tenure.country for tenure in minister.tenures]
        person = Person(minister.slug, minister.name, tuple(dict.fromkeys(homes)))
        for spelling in _spellings(minister, kind):
            _add_person(vocabulary, spelling, person, homes)
    for official in gazetteer.officials:
        acts_for = () if official.role in _ACT_FOR_NO_COUNTRY else (official.country,)
        for spelling in dict.fromkeys((official.name, *official.spellings)):
            if script(spelling) == kind:
                _add_person(vocabulary, spelling, Person("", official.name, acts_for), [official.country])


def _add_person(vocabulary: Vocabulary, spelling: str, person: Person, countries: list[str]) -> None:
    automaton = vocabulary.automaton
    for words in person_patterns(spelling):
        if len(words) > 1:
            numbers = [vocabulary.add(word, PART_OF_NAME) for word in words]
            automaton.use(numbers[0], PERSON)
            add_sequence(automaton.people, numbers, tuple(person))
    for word in surname_words(spelling, countries, person.name):
        people = automaton.surnames.setdefault(vocabulary.add(word, SURNAME | PART_OF_NAME), [])
        if person not in people:
            people.append(tuple(person))


def _spellings(minister: MinisterFacts, kind: str) -> Iterator[str]:
    if kind == "latin":
        yield minister.name
    yield from (text for script_name, text in minister.spellings if script_name == kind)


def _may_be_middle_name(part: Part, index: int) -> bool:
    """Whether a word may stand inside a name: capitalised; in Arabic, a word that is part of some known name."""
    text = part.words.texts[index]
    if script(text) == "arabic":
        return bool(part.reading.uses[index] & PART_OF_NAME)
    return case_of(text) >= Case.CAPITAL


def _is_nisba(part: Part, index: int) -> bool:
    """Whether a word is a family name of the form Al-Kuwaiti, which says where an ancestor came from."""
    if index == 0 or part.reading.folded[index - 1] not in _PARTICLES:
        return False
    return part.text[part.words.ends[index - 1] : part.words.starts[index]] in {"-", "‑", "‐"}
