"""What tagging gives: plain values, keyed by ISO code or slug."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from articles.gazetteer.facts import Period

Rule = Literal[
    "name", "historic", "adjective", "capital", "government", "place", "forms", "flag",
    "full-name", "surname", "surname-beside-office", "surname-alone", "office",
    "phrase-3", "phrase-2", "phrase-1",
]  # fmt: skip
"""By what a passage was found. Countries: the kind of name (facts.CountryPattern). Ministers: see ministers.py.
Topics: a phrase with its weight."""


class Place(NamedTuple):
    """A passage: characters from `start` to before `end` of `field`, "title" or "body", as it was given."""

    field: str
    start: int
    end: int
    rule: Rule


@dataclass(frozen=True)
class Found:
    """One country, minister or topic of a text: how often, whether a main subject, and where.

    `key` is an ISO code or a slug. `by_role`: the person is not named, only the office with its country and the date.
    `uncertain`: little speaks for it, so that an editor may want to look.
    """

    key: str
    count: int
    main: bool
    evidence: tuple[Place, ...]
    by_role: bool = False
    uncertain: bool = False


@dataclass(frozen=True)
class Question:
    """An office named in a text that several people may hold in the period of its date: slugs, in order."""

    country: str
    period: Period
    candidates: tuple[str, ...]
    evidence: tuple[Place, ...]


@dataclass(frozen=True)
class Tags:
    """All that was found in a text, main subjects first."""

    countries: tuple[Found, ...] = ()
    ministers: tuple[Found, ...] = ()
    topics: tuple[Found, ...] = ()
    questions: tuple[Question, ...] = ()


def sorted_found(found: list[Found]) -> tuple[Found, ...]:
    """Return main subjects first, then what is named most, then by key."""
    return tuple(sorted(found, key=lambda item: (item.by_role, not item.main, -item.count, item.key)))
