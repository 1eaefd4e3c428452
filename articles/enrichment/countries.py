"""Countries of a text: every mention, and which are its main subjects.

The rule for main subjects adds up, for each country:

- 2 x log2(1 + mentions): a second mention says more than a tenth;
- 3 if the title names it: editors put the subject there;
- 2 if the lead names it, 3 if there is no title: who acts stands in the first paragraph;
- 1 if its foreign minister is named: the text is about what that country does.

Who acts for a country that the text names (a minister, a president, a spokesperson) counts as a mention of it, in the
title and the lead too. A country is a main subject if it reaches FLOOR and SHARE of the highest sum. So what is
mentioned in passing is never main, however short the text, and a text may have several main subjects but not ten: where
a sentence lists LIST or more countries, those mentions count a fifth and earn nothing for standing in the title or the
lead. A city that only says where something happened ("in Vientiane", "MOSCOW, 3 July - ", "(Geneva, May 2024)") counts
half and earns nothing more either: the host of a meeting need not be its subject.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from math import log2
from typing import NamedTuple, cast

from articles.enrichment.document import Part
from articles.enrichment.names import NameMatch
from articles.enrichment.namesakes import without_namesakes
from articles.enrichment.tags import Found, Place, Rule, sorted_found
from articles.gazetteer.facts import Period
from articles.gazetteer.patterns import Case, case_of
from articles.gazetteer.territories import COUNTRY_OF_TERRITORY
from articles.text.tokens import flags

TITLE, LEAD, LEAD_WITHOUT_TITLE, MINISTER = 3.0, 2.0, 3.0, 1.0
FLOOR = 4.5
SHARE = 0.5
LIST = 5
LISTED = 0.2
SCENE = 0.5
ACTS = 1.0

# A day, month or year behind a city: "Vientiane, July 25", "Москва, 16 ноября".
_DATE_BEHIND = re.compile(r"\s*,\s*(?:\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\b)", re.IGNORECASE)
_LOCATIVE = frozenset({"in", "at", "near", "en", "a", "в", "во", "под", "في"})
# Words that capitals make look like an acronym: JOIN US is no news from Washington.
_ORDINARY_IN_CAPITALS = frozenset({"us"})
# Amman with its doubled letter, Oman with its vowel: without the marks they are one word.
_MARKED = {"عمّان": "JO", "عمَّان": "JO", "عَمّان": "JO", "عَمَّان": "JO", "عُمان": "OM", "عُمَان": "OM"}
# Of states that others followed: Yugoslavia's name was Serbia and Montenegro's until 2003.
_LAST_YEAR = {"RS": 2003}
_BEFORE_A_COUNTRY = frozenset({"the", "in", "from", "by", "and", "on", "at", "with", "of", "vs", "says"})


class Mention(NamedTuple):
    """A country named once: over words from `start` to before `end` of a part; a flag has no words (start = end).

    `doubtful`: the name may mean another country too, and nothing else in the text says which.
    """

    code: str
    kind: str
    part: Part
    start: int
    end: int
    place: Place
    doubtful: bool = False


class Actor(NamedTuple):
    """Somebody who acts for a country, named at a character of a part."""

    code: str
    part: Part
    start: int


@dataclass
class _Weighed:
    """What speaks for a country as a main subject."""

    mentions: float = 0
    in_title: bool = False
    in_lead: bool = False
    places: list[Place] = field(default_factory=list)

    def stands(self, part: Part, start: int) -> None:
        """Note where a mention stands."""
        if part.name == "title":
            self.in_title = True
        elif start < part.lead_end:
            self.in_lead = True

    def sum(self, lead: float, has_minister: bool) -> float:
        return 2 * log2(1 + self.mentions) + TITLE * self.in_title + lead * self.in_lead + MINISTER * has_minister


def mentions_of(matches: list[NameMatch], parts: list[Part], known: set[str], period: Period | None) -> list[Mention]:
    """Return the mentions among the names of a text, one country each, and the flags in its heading.

    A name of several countries (Congo, عمان) means the one that the text names otherwise; else the one whose own name
    it is (rather than its capital); else the first by code. Who acts for a country names it in this sense. Vowel marks
    decide where they are written.
    """
    ends = {(match.part.name, match.end) for match in matches}
    named = without_namesakes(
        [
            match
            for match in matches
            if match.countries
            and not _is_pronoun(match, ends)
            and not _is_ticker(match)
            and _is_of_its_time(match, period)
        ]
    )
    sure = {match.countries[0].code for match in named if len({name.code for name in match.countries}) == 1}
    sure |= {person.countries[0] for match in matches for person in match.people if len(person.countries) == 1}
    mentions = []
    for match in named:
        marked = _MARKED.get(match.part.written(match.start, match.end), "")
        name = min(
            match.countries,
            key=lambda name: (name.code != marked, name.code not in sure, name.kind != "name", name.code),
        )
        place = match.part.place(match.start, match.end, cast(Rule, name.kind))
        several = len({name.code for name in match.countries}) > 1
        doubtful = several and name.code not in sure and name.code != marked
        mentions.append(Mention(name.code, name.kind, match.part, match.start, match.end, place, doubtful))
    mentions.extend(_flags(parts, known))
    return mentions


def countries_of(
    mentions: list[Mention], actors: list[Actor], countries_of_ministers: set[str], has_title: bool
) -> tuple[Found, ...]:
    """Return the countries of a text. `countries_of_ministers`: those whose foreign minister it names."""
    lead = LEAD if has_title else LEAD_WITHOUT_TITLE
    weighed: dict[str, _Weighed] = defaultdict(_Weighed)
    listed = _sentences_that_list(mentions)
    for mention in mentions:
        country = weighed[mention.code]
        country.places.append(mention.place)
        start = mention.place[1]
        if (mention.part.name, mention.part.sentence_of(start)) in listed:
            country.mentions += LISTED
            continue
        if _is_scene(mention):
            country.mentions += SCENE
            continue
        country.mentions += 1
        country.stands(mention.part, start)
    for actor in actors:
        # A country is mentioned by its name; who acts for it only says how much the text is about it.
        if actor.code in weighed:
            weighed[actor.code].mentions += ACTS
            weighed[actor.code].stands(actor.part, actor.start)
    doubtful = {mention.code for mention in mentions} - {mention.code for mention in mentions if not mention.doubtful}
    sums = {code: country.sum(lead, code in countries_of_ministers) for code, country in weighed.items()}
    highest = max(sums.values(), default=0)
    return sorted_found(
        [
            Found(
                code,
                len(country.places),
                main=sums[code] >= max(FLOOR, SHARE * highest),
                evidence=tuple(sorted(country.places, key=lambda place: (place[0] != "title", place[1]))),
                uncertain=code in doubtful,
            )
            for code, country in weighed.items()
        ]
    )


def _sentences_that_list(mentions: list[Mention]) -> set[tuple[str, int]]:
    """Return the (part, sentence) in which LIST or more countries stand."""
    codes: dict[tuple[str, int], set[str]] = defaultdict(set)
    for mention in mentions:
        codes[mention.part.name, mention.part.sentence_of(mention.place[1])].add(mention.code)
    return {sentence for sentence, found in codes.items() if len(found) >= LIST}


def _flags(parts: list[Part], known: set[str]) -> list[Mention]:
    """Return the flags of the heading: the title, or the first line of the body. Elsewhere flags are ornaments."""
    found: list[Mention] = []
    for part in parts:
        heading = part.text if part.name == "title" else part.text.partition("\n")[0]
        found.extend(
            Mention(country, "flag", part, 0, 0, Place(part.name, start, end, "flag"))
            for code, start, end in flags(heading)
            if (country := COUNTRY_OF_TERRITORY.get(code, code)) in known
        )
    return found


def _is_scene(mention: Mention) -> bool:
    """Whether a capital, or anything in the dateline, is named only for where something happened."""
    part, start, end = mention.part, mention.place[1], mention.place[2]
    if start < part.dateline_end:
        return True
    if mention.kind != "capital":
        return False
    if _DATE_BEHIND.match(part.text, end):
        return True
    return mention.start > 0 and part.joined(mention.start) and part.reading.folded[mention.start - 1] in _LOCATIVE


def _is_ticker(match: NameMatch) -> bool:
    """Whether a word is a firm's letters at the exchange, as wires write it: <UK>."""
    part = match.part
    start, end = part.words.starts[match.start], part.words.ends[match.end - 1]
    return part.text[max(0, start - 1) : start] == "<" and part.text[end : end + 1] == ">"


def _is_of_its_time(match: NameMatch, period: Period | None) -> bool:
    """Whether the text is of the time of the state that it names: today Soviet is a word of history."""
    if match.countries[0].kind != "historic":
        return True
    return period is not None and period.first.year <= _LAST_YEAR.get(match.countries[0].code, 1992)


def _is_pronoun(match: NameMatch, ends_of_names: set[tuple[str, int]]) -> bool:
    """Whether US may be a pronoun: undotted, right behind a word in capitals that is neither an article nor a name."""
    part = match.part
    words = part.words
    if match.end - match.start > 1 or part.reading.folded[match.start] not in _ORDINARY_IN_CAPITALS:
        return False
    if "." in words.texts[match.start]:
        return False
    if match.start == 0 or not part.joined(match.start) or (part.name, match.start) in ends_of_names:
        return False
    before = match.start - 1
    return case_of(words.texts[before]) is Case.ACRONYM and part.reading.folded[before] not in _BEFORE_A_COUNTRY
