"""Offices in a text, with the country they belong to."""

from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from articles.enrichment.automaton import OFFICE, Automaton, Vocabulary, add_sequence
from articles.enrichment.document import Part
from articles.enrichment.matcher import longest
from articles.enrichment.offices import (
    COUNTRY,
    DROPPED,
    LINKS,
    NOT_BEFORE,
    NOT_BEHIND,
    OTHER_PORTFOLIOS,
    QUALIFIERS_BEHIND,
    Kind,
    OfficeName,
    phrase_word,
    phrases,
)
from articles.gazetteer.facts import Gazetteer
from articles.gazetteer.patterns import Case, case_of
from articles.text.stopwords import FUNCTION_WORDS

_SMALL_WORDS = DROPPED | LINKS | FUNCTION_WORDS
# The number that stands for a country in the sequences of the trie; words have positive ones.
_COUNTRY_NUMBER = -1
# Units of the longest phrase: "Minister of Foreign Affairs and International Cooperation of the Republic of …".
LONGEST = 14


class CountrySpan(NamedTuple):
    """A country named in a part by its name or adjective, over words from `start` to before `end`."""

    code: str
    start: int
    end: int


@dataclass(frozen=True)
class OfficeMatch:
    """An office in a part over words from `start` to before `end`; `country` is empty where the text names none."""

    part: Part
    start: int
    end: int
    kind: Kind
    country: str


class Offices:
    """The phrases for the office in an automaton."""

    def __init__(self, automaton: Automaton) -> None:
        self._automaton = automaton

    def find(self, part: Part, countries: list[CountrySpan]) -> list[OfficeMatch]:
        """Return the offices of a part in order."""
        starting = {span.start: span for span in countries}
        ending = {span.end: span for span in countries}
        found: list[OfficeMatch] = []
        for index in part.reading.offices:
            if found and index < found[-1].end:
                continue
            before = _country_before(part, index, ending)
            units = _units(part, index if before is None else before, starting)
            # With the country before it, else without: "Russia, foreign ministers" is no office of Russia.
            for first in range(2 if units[0].country else 1):
                end, values = longest(
                    self._automaton.offices, [unit.numbers for unit in units], first, partial(_joined, part, units)
                )
                names = [OfficeName(*value) for value in values]
                match = _office(part, units, first, end, names)
                if match:
                    if _is_holder(part, match):
                        found.append(match)
                    break
                if any(name.only or name.never for name in names):
                    break  # the Vatican's Secretary of State is not taken for the one without a country
        return found


def fill_offices(automaton: Automaton, gazetteer: Gazetteer, language: str) -> None:
    """Add the ways to name the office in a language to an automaton. They are the same for every gazetteer."""
    vocabulary = Vocabulary(automaton, f"office-{language}")
    for of_language, words, office in phrases():
        if of_language == language:
            sequence = [_COUNTRY_NUMBER if word == COUNTRY else vocabulary.add(phrase_word(word)) for word in words]
            value = (office.kind, office.only, office.never)
            add_sequence(automaton.offices, sequence, value)
            automaton.use(next(number for number in sequence if number != _COUNTRY_NUMBER), OFFICE)


class _Unit(NamedTuple):
    """A word or a country's name: a step of the trie."""

    numbers: tuple[int, ...]
    start: int
    end: int
    country: str = ""


def _joined(part: Part, units: list[_Unit], index: int) -> bool:
    """Whether a unit follows the one before it within one phrase, words dropped between them included."""
    return part.chained(units[index - 1].end - 1, units[index].start + 1)


def _country_before(part: Part, index: int, spans: dict[int, CountrySpan]) -> int | None:
    """Return where the country's name starts that stands right before word `index`; None: none does."""
    while index > 0 and index not in spans and part.reading.folded[index - 1] in DROPPED:
        index -= 1
    return spans[index].start if index in spans else None


def _units(part: Part, start: int, spans: dict[int, CountrySpan]) -> list[_Unit]:
    """Return the next LONGEST units from word `start`, countries as one unit, without the words that do not matter."""
    units: list[_Unit] = []
    numbers = part.reading.numbers
    index = start
    while index < len(numbers) and len(units) < LONGEST:
        span = spans.get(index)
        if span:
            units.append(_Unit((_COUNTRY_NUMBER,), span.start, span.end, span.code))
            index = span.end
            continue
        if part.reading.folded[index] not in DROPPED:
            units.append(_Unit(numbers[index], index, index + 1))
        index += 1
    return units


def _office(part: Part, units: list[_Unit], index: int, end: int, names: list[OfficeName]) -> OfficeMatch | None:
    """Return the match for the first of `names` that this country may have."""
    countries = [unit.country for unit in units[index:end] if unit.country]
    for name in names:
        country = countries[0] if countries else ""
        if len(set(countries)) > 1 or country in name.never or (country and name.only and country not in name.only):
            continue
        if not country and len(name.only) == 1:
            if _is_qualified(part, units[index].start, units[end - 1].end):
                continue
            country = next(iter(name.only))
        return OfficeMatch(part, units[index].start, units[end - 1].end, name.kind, country)
    return None


def _is_qualified(part: Part, start: int, end: int) -> bool:
    """Whether words beside an office say that it is another of this name, which no country need do:

    "Secretary of State for Transport", "Michigan Secretary of State", "госсекретарь Союзного государства".
    """
    if end < len(part.words.texts) and part.joined(end) and part.reading.folded[end] in QUALIFIERS_BEHIND:
        return True
    if start == 0 or not part.joined(start):
        return False
    before = part.words.texts[start - 1]
    return case_of(before) is Case.CAPITAL and part.reading.folded[start - 1] not in _SMALL_WORDS


def _is_holder(part: Part, match: OfficeMatch) -> bool:
    """Whether the words mean who holds the office: no deputy, no former one, no other portfolio, no spokesperson."""
    if match.end < len(part.words.texts) and part.joined(match.end) and part.reading.folded[match.end] in NOT_BEHIND:
        return False
    index = match.start - 1
    while index >= 0 and part.joined(index + 1) and part.reading.folded[index] in LINKS:
        index -= 1
    if index < 0 or not part.joined(index + 1):
        return True
    word = part.reading.folded[index]
    direct = index == match.start - 1
    return word not in NOT_BEFORE and not (match.kind == "title" and direct and word in OTHER_PORTFOLIOS)
