"""What the gazetteer knows, as plain values: the same shape whether it was read from the data files or the database."""

from dataclasses import dataclass
from typing import NamedTuple

FOREIGN_MINISTER = "foreign-minister"


class CountryPattern(NamedTuple):
    """One way to name a country. `kind` is a key of the data files: name, adjective, capital, government, place, forms,
    or not (a phrase that names no country although a part of it would)."""

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
    """A phrase that speaks for a topic; weight 3 is enough by itself, 2 needs company, 1 only supports."""

    language: str
    text: str
    weight: int


@dataclass(frozen=True)
class TopicFacts:
    """A topic: names by language, the parent's slug or "", and its phrases."""

    slug: str
    names: tuple[tuple[str, str], ...]
    parent: str
    phrases: tuple[TopicPhraseFacts, ...]


@dataclass(frozen=True)
class Gazetteer:
    """All that tagging knows. `version` tells one state from another (0: read from the files)."""

    countries: tuple[CountryFacts, ...]
    ministers: tuple[MinisterFacts, ...]
    officials: tuple[OfficialFacts, ...]
    topics: tuple[TopicFacts, ...]
    version: int = 0
