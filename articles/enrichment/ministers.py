"""Foreign ministers of a text: by full name, by surname, by office; always those in office on the day of the text.

1. A full name in any spelling. Of namesakes the one in office counts. Who was not in office on that day is not tagged,
   and neither are officials who are known to be something else.
2. A surname of somebody whom the text names in full.
3. A surname beside the office: "Foreign Minister Lavrov", "Lavrov, the Russian foreign minister". The person must be in
   office, and for the country that the office names.
4. A surname alone, if nothing else can be meant: it has six letters or more, nobody else in the gazetteer bears it, it
   is capitalised here and never written small in the text, no other capitalised word stands beside it, the person is
   in office and the text names the person's country. Never in Arabic, where capitals do not tell names from words.
5. The office with a country and a day: "Iran's foreign minister". Tagged by role, unless the person is named anyway or
   the office only introduces a name that is not the minister's.
"""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field

from articles.enrichment.countries import Mention
from articles.enrichment.document import Part
from articles.enrichment.names import NameMatch, Names, Person
from articles.enrichment.offices import DROPPED, LINKS, folded_words
from articles.enrichment.roles import OfficeMatch
from articles.enrichment.tags import Found, Place, sorted_found
from articles.enrichment.tenures import Tenures
from articles.gazetteer.patterns import Case, case_of
from articles.text.stopwords import FUNCTION_WORDS
from articles.text.tokens import script

SHORTEST_ALONE = 6
# What stands between an office or a comma and a name.
_TITLES = folded_words(
    "dr mr mrs ms sir dame lord sheikh shaikh prince excellency his her hon"
    " senor senora sr sra don m mme monsieur madame доктор господин господина г н шейх"
    " السيد السيدة الدكتور الدكتورة د الشيخ الأمير السفير"
)
_COMMAS = frozenset({",", "،", "("})
_ARTICLES = frozenset({"", "the", "el", "la", "le"})


@dataclass
class PartNames:
    """What was found in one part: its names, offices and the lexicon's numbers of its tokens."""

    part: Part
    matches: list[NameMatch]
    offices: list[OfficeMatch]
    numbers: list[tuple[int, ...]]
    covered: set[int] = field(init=False)

    def __post_init__(self) -> None:
        self.covered = {index for match in self.matches for index in range(match.start, match.end)}


class MinisterFinder:
    """Finds the ministers of one text."""

    def __init__(
        self, names: Names, tenures: Tenures, parts: list[PartNames], mentions: list[Mention], day: datetime.date | None
    ) -> None:
        self._names = names
        self._tenures = tenures
        self._parts = parts
        self._countries = {mention.code for mention in mentions}
        self._day = day
        self._places: dict[str, list[Place]] = defaultdict(list)
        # In the order in which the text brings people in: who last bore a surname owns it.
        self._introduced: list[Person] = []

    def find(self) -> tuple[Found, ...]:
        """Return the ministers, named ones first."""
        for part in self._parts:
            self._full_names(part)
        for part in self._parts:
            self._surnames(part)
        found = [
            Found(slug, len(places), self._is_main(places), tuple(sorted(places, key=_reading_order)))
            for slug, places in self._places.items()
        ]
        return sorted_found(found + self._by_role())

    # Names

    def _full_names(self, part: PartNames) -> None:
        for match in part.matches:
            if not match.people:
                continue
            slug = self._one({person.slug for person in match.people if person.slug}, official=_has_official(match))
            self._introduced.extend(person for person in match.people if person.slug in ("", slug))
            if slug:
                self._places[slug].append(part.part.place(match.start, match.end))

    def _one(self, slugs: set[str], official: bool = False, country: str = "") -> str:
        """Return the one of `slugs` who is meant, or "": in office on the day, and if need be of a country of the text.

        Without a day, somebody who is also known as another official is not taken for a minister.
        """
        if official and self._day is None:
            return ""
        serving = self._tenures.in_office(slugs, self._day)
        if country:
            serving = {slug for slug in serving if country in self._tenures.countries(slug, self._day)}
        if len(serving) > 1:
            serving = {slug for slug in serving if self._tenures.countries(slug, self._day) & self._countries}
        return next(iter(serving)) if len(serving) == 1 else ""

    def _surnames(self, part: PartNames) -> None:
        surnames = self._names.surnames
        for index, numbers in enumerate(part.numbers):
            # Ali is also how "على" (on) is folded: a function word is nobody's surname.
            if not numbers or index in part.covered or part.part.tokens[index].folded in FUNCTION_WORDS:
                continue
            bearers = [person for number in numbers for person in surnames.get(number, ())]
            if not bearers:
                continue
            slug = self._introduced_bearer(bearers)
            if slug is None:
                slug = self._beside_office(part, index, bearers) or self._alone(part, index, bearers)
            if slug:
                self._places[slug].append(part.part.place(index, index + 1))

    def _introduced_bearer(self, bearers: list[Person]) -> str | None:
        """Return the slug of the person last introduced who bears the surname ("": no minister); None: nobody was."""
        return next((person.slug for person in reversed(self._introduced) if person in bearers), None)

    def _beside_office(self, part: PartNames, index: int, bearers: list[Person]) -> str:
        slugs = {person.slug for person in bearers if person.slug}
        for office in part.offices:
            if not (_stands_before(part, office, index) or _stands_behind(part.part, office, index)):
                continue
            slug = self._one(slugs, country=office.country)
            if slug:
                self._introduced.extend(person for person in bearers if person.slug == slug)
                return slug
        return ""

    def _alone(self, part: PartNames, index: int, bearers: list[Person]) -> str:
        token = part.part.tokens[index]
        if self._day is None or len(bearers) > 1 or len(token.folded) < SHORTEST_ALONE:
            return ""
        if (
            script(token.text) == "arabic"
            or case_of(token.text) is Case.ANY
            or (part.part.name == "title" and _is_titled(part))
        ):
            return ""
        if self._written_small(token.folded) or not _stands_free(part, index):
            return ""
        slug = self._one({bearers[0].slug})
        return slug if slug and self._tenures.countries(slug, self._day) & self._countries else ""

    def _written_small(self, folded: str) -> bool:
        return any(
            token.folded == folded and case_of(token.text) is Case.ANY
            for part in self._parts
            for token in part.part.tokens
        )

    # Offices

    def _by_role(self) -> list[Found]:
        if self._day is None:
            return []
        places: dict[str, list[Place]] = defaultdict(list)
        for part in self._parts:
            for office in part.offices:
                if not office.country or not self._means_minister(part, office) or _introduces_name(part, office):
                    continue
                slug = self._tenures.holder(office.country, self._day)
                if slug and slug not in self._places:
                    places[slug].append(part.part.place(office.start, office.end))
        return [
            Found(slug, len(found), self._is_main(found), tuple(sorted(found, key=_reading_order)), by_role=True)
            for slug, found in places.items()
        ]

    def _means_minister(self, part: PartNames, office: OfficeMatch) -> bool:
        """Whether a foreign minister is meant: a counterpart is one where a minister is spoken of before."""
        if office.kind != "counterpart":
            return office.kind == "foreign"
        sentence = part.part.sentence_of(part.part.tokens[office.start].start)
        before = [other for other in part.offices if other.kind == "foreign" and other.start < office.start]
        in_sentence = [other.start for other in before if self._sentence(part, other.start) == sentence]
        people = [
            (match.start, any(person.slug in self._places for person in match.people))
            for match in part.matches
            if match.people and match.start < office.start and self._sentence(part, match.start) == sentence
        ]
        nearest = max(people, default=(-1, False))
        return nearest[1] or (bool(in_sentence) and max(in_sentence) > nearest[0])

    @staticmethod
    def _sentence(part: PartNames, index: int) -> int:
        return part.part.sentence_of(part.part.tokens[index].start)

    def _is_main(self, places: list[Place]) -> bool:
        """A minister of the title or the lead is a main subject."""
        lead_ends = {part.part.name: part.part.lead_end for part in self._parts}
        return any(start < lead_ends[name] for name, start, _ in places)


def _has_official(match: NameMatch) -> bool:
    return any(not person.slug for person in match.people)


def _reading_order(place: Place) -> tuple[bool, int]:
    return place[0] != "title", place[1]


def _stands_before(names: PartNames, office: OfficeMatch, index: int) -> bool:
    """Whether the office stands right before a surname: only titles and up to two given names between.

    In Arabic, where capitals do not tell given names, one word that is part of some known name.
    """
    part = names.part
    if not office.end <= index <= office.end + 4 or not part.chained(office.end - 1, index + 1):
        return False
    between = [at for at in range(office.end, index) if part.tokens[at].folded not in _TITLES]
    if any(script(part.tokens[at].text) == "arabic" for at in between):
        return len(between) == 1 and bool(names.numbers[between[0]])
    return len(between) <= 2 and all(case_of(part.tokens[at].text) for at in between)


def _stands_behind(part: Part, office: OfficeMatch, index: int) -> bool:
    """Whether the office stands behind a surname: "Lavrov, the Russian foreign minister"."""
    if office.kind != "foreign" or not index < office.start <= index + 4:
        return False
    gap = part.text[part.tokens[index].end : part.tokens[index + 1].start]
    between = part.tokens[index + 1 : office.start]
    return gap.strip() in _COMMAS and all(token.folded in DROPPED | LINKS for token in between)


def _introduces_name(part: PartNames, office: OfficeMatch) -> bool:
    """Whether a full name stands right behind the office, or right before it: then the name says who it is."""
    for match in part.matches:
        if not match.people:
            continue
        if office.end <= match.start <= office.end + 2 and _only_titles_between(part.part, office.end, match.start):
            return True
        gap = part.part.text[part.part.tokens[match.end - 1].end : part.part.tokens[office.start].start]
        if match.end <= office.start and gap.strip()[:1] in _COMMAS and gap.strip(" ,،(").casefold() in _ARTICLES:
            return True
    return False


def _only_titles_between(part: Part, end: int, start: int) -> bool:
    """Whether only a comma and titles stand between the tokens before `end` and those from `start`."""
    gap = part.text[part.tokens[end - 1].end : part.tokens[end].start].strip()
    return (gap in _COMMAS or part.joined(end)) and all(token.folded in _TITLES for token in part.tokens[end:start])


def _stands_free(part: PartNames, index: int) -> bool:
    """Whether no other capitalised word belongs to a surname: Boris Johnson and Johnson City are not Johnson."""
    tokens = part.part.tokens
    for other, joint in ((index - 1, index), (index + 1, index + 1)):
        if not 0 <= other < len(tokens) or not part.part.joined(joint) or other in part.covered:
            continue
        if case_of(tokens[other].text) and tokens[other].folded not in _TITLES:
            return False
    return True


def _is_titled(part: PartNames) -> bool:
    """Whether a title is written with a capital on (nearly) every word, so that capitals say nothing."""
    words = [token.text for token in part.part.tokens if len(token.text) > 3]
    return len(words) > 2 and all(case_of(word) for word in words)
