"""Offices in a text, with the country they belong to."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from articles.enrichment.document import Part
from articles.enrichment.matcher import Lexicon, Trie, Vocabulary, exact_keys
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
from articles.gazetteer.patterns import Case, case_of
from articles.text.stopwords import FUNCTION_WORDS

_LANGUAGES = ("en", "es", "fr", "ar", "ru")
# The number that stands for a country in the sequences of the trie; words have positive ones.
_COUNTRY_NUMBER = -1
# Units of the longest phrase: "Minister of Foreign Affairs and International Cooperation of the Republic of …".
LONGEST = 14


class CountrySpan(NamedTuple):
    """A country named in a part by its name or adjective, over tokens from `start` to before `end`."""

    code: str
    start: int
    end: int


@dataclass(frozen=True)
class OfficeMatch:
    """An office in a part over tokens from `start` to before `end`; `country` is empty where the text names none."""

    part: Part
    start: int
    end: int
    kind: Kind
    country: str


class Offices:
    """The compiled phrases for the office."""

    def __init__(self) -> None:
        self._trie = Trie()
        # The first words of the phrases, after a country: where to look closer.
        self._first_words: set[int] = set()
        self.lexicon = Lexicon(_vocabularies_of, self._fill)

    def find(self, part: Part, numbers: list[tuple[int, ...]], countries: list[CountrySpan]) -> list[OfficeMatch]:
        """Return the offices of a part in order. `numbers` are those of the lexicon for its tokens."""
        starting = {span.start: span for span in countries}
        ending = {span.end: span for span in countries}
        found: list[OfficeMatch] = []
        for index, known in enumerate(numbers):
            if not known or self._first_words.isdisjoint(known) or (found and index < found[-1].end):
                continue
            before = _country_before(part, index, ending)
            units = _units(part, numbers, index if before is None else before, starting)
            # With the country before it, else without: "Russia, foreign ministers" is no office of Russia.
            for first in range(2 if units[0].country else 1):
                end, names = self._trie.longest([unit.numbers for unit in units], first, partial(_joined, part, units))
                match = _office(part, units, first, end, names)
                if match:
                    if _is_holder(part, match):
                        found.append(match)
                    break
                if any(name.only or name.never for name in names):
                    break  # the Vatican's Secretary of State is not taken for the one without a country
        return found

    def _fill(self, name: str, numbers: Iterator[int]) -> Vocabulary:
        vocabulary = Vocabulary(exact_keys, numbers)
        for language, words, office in phrases():
            if language == name:
                sequence = [_COUNTRY_NUMBER if word == COUNTRY else vocabulary.add(phrase_word(word)) for word in words]
                self._trie.add(sequence, office)
                self._first_words.add(next(number for number in sequence if number != _COUNTRY_NUMBER))
        return vocabulary


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
    """Return where the country's name starts that stands right before token `index`; None: none does."""
    while index > 0 and index not in spans and part.tokens[index - 1].folded in DROPPED:
        index -= 1
    return spans[index].start if index in spans else None


def _units(part: Part, numbers: list[tuple[int, ...]], start: int, spans: dict[int, CountrySpan]) -> list[_Unit]:
    """Return the next LONGEST units from token `start`, countries as one unit, without the words that do not matter."""
    units: list[_Unit] = []
    index = start
    while index < len(numbers) and len(units) < LONGEST:
        span = spans.get(index)
        if span:
            units.append(_Unit((_COUNTRY_NUMBER,), span.start, span.end, span.code))
            index = span.end
            continue
        if part.tokens[index].folded not in DROPPED:
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
    if end < len(part.tokens) and part.joined(end) and part.tokens[end].folded in QUALIFIERS_BEHIND:
        return True
    if start == 0 or not part.joined(start):
        return False
    before = part.tokens[start - 1]
    return case_of(before.text) is Case.CAPITAL and before.folded not in DROPPED | LINKS | FUNCTION_WORDS


def _is_holder(part: Part, match: OfficeMatch) -> bool:
    """Whether the words mean who holds the office: no deputy, no former one, no other portfolio, no spokesperson."""
    if match.end < len(part.tokens) and part.joined(match.end) and part.tokens[match.end].folded in NOT_BEHIND:
        return False
    index = match.start - 1
    while index >= 0 and part.joined(index + 1) and part.tokens[index].folded in LINKS:
        index -= 1
    if index < 0 or not part.joined(index + 1):
        return True
    word = part.tokens[index].folded
    direct = index == match.start - 1
    return word not in NOT_BEFORE and not (match.kind == "title" and direct and word in OTHER_PORTFOLIOS)


def _vocabularies_of(language: str) -> tuple[str, ...]:
    return (language,) if language in _LANGUAGES else ()
