"""What tagging gives: plain values, keyed by ISO code or slug."""

from dataclasses import dataclass

Place = tuple[str, int, int]
"""("title" or "body", start, end): characters of that text as it was given."""


@dataclass(frozen=True)
class Found:
    """One country, minister or topic of a text: how often, whether a main subject, and where.

    `key` is an ISO code or a slug. `by_role`: the person is not named, only the office with its country and the date.
    """

    key: str
    count: int
    main: bool
    evidence: tuple[Place, ...]
    by_role: bool = False


@dataclass(frozen=True)
class Tags:
    """All that was found in a text, main subjects first."""

    countries: tuple[Found, ...] = ()
    ministers: tuple[Found, ...] = ()
    topics: tuple[Found, ...] = ()


def sorted_found(found: list[Found]) -> tuple[Found, ...]:
    """Return main subjects first, then what is named most, then by key."""
    return tuple(sorted(found, key=lambda item: (item.by_role, not item.main, -item.count, item.key)))
