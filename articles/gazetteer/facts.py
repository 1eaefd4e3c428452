"""What the gazetteer knows, as plain values: the same shape whether it was read from the data files or the database."""

import datetime
from dataclasses import dataclass
from typing import NamedTuple

FOREIGN_MINISTER = "foreign-minister"
# Of a topic that names no threshold of its own: one strong phrase, or weaker ones together.
THRESHOLD = 3
# The weights that a phrase may have.
WEIGHTS = (3, 2, 1, -1, -2, -3)


class CountryPattern(NamedTuple):
    """One way to name a country. `kind` is a key of the data files: name, historic (of a state that it followed, in
    texts of that time), adjective, capital, government, place, forms, or not (a phrase that names no country although a
    part of it would)."""

    language: str
    kind: str
    text: str


@dataclass(frozen=True)
class CountryFacts:
    """A country by ISO 3166-1 alpha-2 code (also XK, EU), its English name, and the patterns that name it."""

    code: str
    name: str
    patterns: tuple[CountryPattern, ...]


@dataclass(frozen=True)
class TenureFacts:
    """An office held; days as known (YYYY, YYYY-MM, YYYY-MM-DD), an empty `end` means in office."""

    country: str
    start: str
    end: str = ""
    office: str = FOREIGN_MINISTER


@dataclass(frozen=True)
class MinisterFacts:
    """A minister. `spellings` are (script, full name) pairs beside `name`; script is latin, arabic or cyrillic."""

    slug: str
    name: str
    wikidata_id: str
    spellings: tuple[tuple[str, str], ...]
    tenures: tuple[TenureFacts, ...]


@dataclass(frozen=True)
class OfficialFacts:
    """Someone who is often taken for a foreign minister and is none."""

    name: str
    country: str
    role: str
    spellings: tuple[str, ...]


class TopicPhraseFacts(NamedTuple):
    """A phrase that speaks for a topic; weight 3 is enough by itself, 2 needs company, 1 only supports.

    A negative weight speaks against it: the phrase takes its weight off, and no shorter phrase inside it counts.
    """

    language: str
    text: str
    weight: int


@dataclass(frozen=True)
class TopicFacts:
    """A topic: names by language, the parent's slug or "", its phrases, and the score that makes a tag."""

    slug: str
    names: tuple[tuple[str, str], ...]
    parent: str
    phrases: tuple[TopicPhraseFacts, ...]
    threshold: int = THRESHOLD


class Period(NamedTuple):
    """The days that a date may mean, both included: one day, a month or a year."""

    first: datetime.date
    last: datetime.date


class SettledFacts(NamedTuple):
    """What an editor decided: who held the office for a country in a period in which more than one may be meant.

    An empty `slug` means nobody.
    """

    country: str
    period: Period
    slug: str


@dataclass(frozen=True)
class Gazetteer:
    """All that tagging knows. `version` tells one state of the database from another (0: of no database)."""

    countries: tuple[CountryFacts, ...]
    ministers: tuple[MinisterFacts, ...]
    officials: tuple[OfficialFacts, ...]
    topics: tuple[TopicFacts, ...]
    settled: tuple[SettledFacts, ...] = ()
    version: int = 0
