"""Foreign ministers of a text: by full name, by surname, by office; always those in office on the day of the text.

1. A full name in any spelling. Of namesakes the one in office counts. Who was not in office on that day is not tagged,
   and neither are officials who are known to be something else. Without a date, somebody who is also known in a higher
   office counts only beside the office.
2. A surname of somebody whom the text names in full.
3. A surname beside the office: "Foreign Minister Lavrov", "Lavrov, the Russian foreign minister". The person must be in
   office, and for the country that the office names.
4. A surname alone, if nothing else can be meant: it has six letters or more, nobody else in the gazetteer bears it, it
   is capitalised here and never written small in the text, no other capitalised word stands beside it, the person is
   in office and the text names the person's country. Never in Arabic, where capitals do not tell names from words. Such
   a tag is uncertain.
5. The office with a country and a date that is known to the month at least: "Iran's foreign minister". Tagged by role,
   unless the person is named anyway or the office only introduces a name that is not the minister's. Where several
   people may have held the office, it stays an open question.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from articles.enrichment.beside import (
    People,
    introduces_name,
    is_called_former,
    stands_before,
    stands_behind,
    stands_free,
)
from articles.enrichment.countries import Actor, Mention
from articles.enrichment.document import Part
from articles.enrichment.names import NameMatch, Names, Person
from articles.enrichment.roles import OfficeMatch
from articles.enrichment.tags import Found, Place, Question, Rule, sorted_found
from articles.enrichment.tenures import Tenures
from articles.gazetteer.facts import Period
from articles.gazetteer.patterns import Case, case_of
from articles.text.stopwords import FUNCTION_WORDS
from articles.text.tokens import script

SHORTEST_ALONE = 6
SHORTEST_LEADER = 5
# A date that is known to the month tells who held an office, one known to the year does not.
LONGEST_PERIOD = timedelta(days=31)


# Offices that stand nearer than this to a word are looked at, on either side of it.
_NEAR = 3
_MOST_IN_A_SENTENCE = 20


@dataclass
class PartNames:
    """What was found in one part: its names and offices, in order."""

    part: Part
    matches: list[NameMatch]
    offices: list[OfficeMatch]
    covered: set[int] = field(init=False)
    people: People = field(init=False)
    _named: list[NameMatch] = field(init=False)
    _starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.covered = {index for match in self.matches for index in range(match.start, match.end)}
        self._named = [match for match in self.matches if match.people]
        starts, ends = ({match.start for match in self._named}, {match.end for match in self._named})
        self.people = People(frozenset(starts), frozenset(ends))
        self._starts = [office.start for office in self.offices]

    def offices_near(self, index: int) -> list[OfficeMatch]:
        """Return the offices next to a word, some before it and some behind it."""
        place = bisect_left(self._starts, index)
        return self.offices[max(0, place - _NEAR) : place + _NEAR]

    def offices_before(self, index: int) -> Iterator[OfficeMatch]:
        """Yield the offices of the sentence that start before a word, the nearest first."""
        return self._of_sentence(self.offices, bisect_left(self._starts, index), index)

    def names_before(self, index: int) -> Iterator[NameMatch]:
        """Yield the full names of the sentence that start before a word, the nearest first."""
        return self._of_sentence(self._named, bisect_left(self._named, index, key=lambda match: match.start), index)

    def _of_sentence(self, found: Sequence[Any], place: int, index: int) -> Iterator[Any]:
        sentence = self.part.sentence_at(index)
        for each in reversed(found[max(0, place - _MOST_IN_A_SENTENCE) : place]):
            if self.part.sentence_at(each.start) != sentence:
                return
            yield each


class MinisterFinder:
    """Finds the ministers of one text."""

    def __init__(
        self, names: Names, tenures: Tenures, parts: list[PartNames], mentions: list[Mention], period: Period | None
    ) -> None:
        self._names = names
        self._tenures = tenures
        self._parts = parts
        self._countries = {mention.code for mention in mentions}
        self._period = period
        self._places: dict[str, list[Place]] = defaultdict(list)
        # In the order in which the text brings people in: who last bore a surname owns it.
        self._introduced: dict[Person, None] = {}
        self.actors: list[Actor] = []

    def find(self) -> tuple[tuple[Found, ...], tuple[Question, ...]]:
        """Return the ministers, named ones first, and the offices that several people may have held."""
        for part in self._parts:
            self._full_names(part)
        for part in self._parts:
            self._surnames(part)
        found = [
            Found(
                slug,
                len(places),
                self._is_main(places),
                tuple(sorted(places, key=_reading_order)),
                uncertain=all(place.rule == "surname-alone" for place in places),
            )
            for slug, places in self._places.items()
        ]
        by_role, questions = self._by_role()
        return sorted_found(found + by_role), questions

    # Names

    def _full_names(self, part: PartNames) -> None:
        for match in part.matches:
            if not match.people:
                continue
            slugs = {person.slug for person in match.people if person.slug}
            slug = "" if self._is_someone_else(part, match) else self._one(slugs)
            if slug and self._has_left(part, match, slug):
                slug = ""
            # Somebody may be known as minister and, at another time, as something else.
            meant = [person for person in match.people if person.slug == slug]
            self._introduce(meant)
            self._acts(part.part, match.start, meant or match.people)
            if slug:
                self._places[slug].append(part.part.place(match.start, match.end, "full-name"))

    def _introduce(self, people: list[Person]) -> None:
        for person in people:
            self._introduced.pop(person, None)
            self._introduced[person] = None

    def _is_someone_else(self, part: PartNames, match: NameMatch) -> bool:
        """Whether a name may be an official's, and neither a date nor the office beside it says that it is not."""
        if self._period or all(person.slug for person in match.people):
            return False
        return not any(
            stands_before(part.part, office, match.start) or stands_behind(part.part, office, match.end - 1)
            for office in (*part.offices_near(match.start), *part.offices_near(match.end))
            if office.kind == "foreign"
        )

    def _has_left(self, part: PartNames, match: NameMatch, slug: str) -> bool:
        """Whether somebody in the days of grace is called former, or is yet to take office."""
        return not self._tenures.serves(slug, self._period) and is_called_former(part.part, match.start, match.end)

    def _one(self, slugs: set[str], country: str = "") -> str:
        """Return the one of `slugs` who is meant, or "": in office then, if need be for a country of the text."""
        serving = self._tenures.in_office(slugs, self._period)
        if country:
            serving = {slug for slug in serving if country in self._tenures.countries(slug, self._period)}
        if len(serving) > 1:
            serving = {slug for slug in serving if self._tenures.countries(slug, self._period) & self._countries}
        return next(iter(serving)) if len(serving) == 1 else ""

    def _surnames(self, part: PartNames) -> None:
        for index in part.part.reading.surnames:
            # Ali is also how "على" (on) is folded: a function word is nobody's surname.
            if index in part.covered or part.part.reading.folded[index] in FUNCTION_WORDS:
                continue
            slug, rule = self._bearer(part, index, self._names.bearers(part.part, index))
            if slug:
                self._places[slug].append(part.part.place(index, index + 1, rule))

    def _bearer(self, part: PartNames, index: int, bearers: list[Person]) -> tuple[str, Rule]:
        """Return whom a surname means (""; nobody) and by which rule."""
        for person in reversed(self._introduced):
            if person in bearers:
                self._acts(part.part, index, [person])
                return person.slug, "surname"
        slug = self._beside_office(part, index, bearers)
        if slug:
            return slug, "surname-beside-office"
        slug = self._alone(part, index, bearers)
        if not slug:
            self._leader(part, index, bearers)
        return slug, "surname-alone"

    def _leader(self, part: PartNames, index: int, bearers: list[Person]) -> None:
        """Note a surname alone of people who all act for one country, if the text names it."""
        countries = {country for person in bearers for country in person.countries}
        text = part.part.words.texts[index]
        if len(countries) != 1 or not countries <= self._countries or len(text) < SHORTEST_LEADER:
            return
        if script(text) != "arabic" and case_of(text) and stands_free(part.part, index, part.covered):
            self._acts(part.part, index, bearers)

    def _acts(self, part: Part, index: int, people: Sequence[Person]) -> None:
        """Note that somebody is named who acts for a country, if it is clear for which."""
        countries = {country for person in people for country in person.countries}
        if len(countries) == 1:
            self.actors.append(Actor(countries.pop(), part, part.words.starts[index]))

    def _beside_office(self, part: PartNames, index: int, bearers: list[Person]) -> str:
        slugs = {person.slug for person in bearers if person.slug}
        for office in part.offices_near(index):
            if not (stands_before(part.part, office, index) or stands_behind(part.part, office, index)):
                continue
            slug = self._one(slugs, country=office.country)
            if slug:
                self._introduce([person for person in bearers if person.slug == slug])
                return slug
        return ""

    def _alone(self, part: PartNames, index: int, bearers: list[Person]) -> str:
        text, folded = part.part.words.texts[index], part.part.reading.folded[index]
        if self._period is None or len(folded) < SHORTEST_ALONE:
            return ""
        # Who left office long ago, or has not come to it, is not in the news by surname alone.
        bearers = [
            person for person in bearers if not person.slug or self._tenures.in_office({person.slug}, self._period)
        ]
        if len(bearers) != 1:
            return ""
        if script(text) == "arabic" or case_of(text) is Case.ANY:
            return ""
        if part.part.is_heading or any(folded in other.part.written_small for other in self._parts):
            return ""
        if not stands_free(part.part, index, part.covered):
            return ""
        slug = self._one({bearers[0].slug})
        return slug if slug and self._tenures.countries(slug, self._period) & self._countries else ""

    # Offices

    def _by_role(self) -> tuple[list[Found], tuple[Question, ...]]:
        if self._period is None or self._period.last - self._period.first > LONGEST_PERIOD:
            return [], ()
        places: dict[str, list[Place]] = defaultdict(list)
        open_places: dict[tuple[str, tuple[str, ...]], list[Place]] = defaultdict(list)
        for part in self._parts:
            for office in part.offices:
                if not office.country or not self._means_minister(part, office):
                    continue
                if introduces_name(part.part, office, part.people):
                    continue
                place = part.part.place(office.start, office.end, "office")
                holders = self._tenures.holders(office.country, self._period)
                if len(holders) == 1:
                    places[holders[0]].append(place)
                elif holders and not any(slug in self._places for slug in holders):
                    open_places[office.country, holders].append(place)
        found = [
            Found(slug, len(found), self._is_main(found), tuple(sorted(found, key=_reading_order)), by_role=True)
            for slug, found in places.items()
            if slug not in self._places
        ]
        questions = [
            Question(country, self._period, candidates, tuple(sorted(found, key=_reading_order)))
            for (country, candidates), found in open_places.items()
        ]
        return found, tuple(questions)

    def _means_minister(self, part: PartNames, office: OfficeMatch) -> bool:
        """Whether a foreign minister is meant: a counterpart is one where a minister is spoken of before."""
        if office.kind != "counterpart":
            return office.kind == "foreign"
        nearest = next(part.names_before(office.start), None)
        if nearest and any(person.slug in self._places for person in nearest.people):
            return True
        before = next((other for other in part.offices_before(office.start) if other.kind == "foreign"), None)
        return before is not None and (nearest is None or before.start > nearest.start)

    def _is_main(self, places: list[Place]) -> bool:
        """A minister of the title or the lead is a main subject."""
        lead_ends = {part.part.name: part.part.lead_end for part in self._parts}
        return any(place.start < lead_ends[place.field] for place in places)


def _reading_order(place: Place) -> tuple[bool, int]:
    return place.field != "title", place.start
