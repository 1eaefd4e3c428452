"""SearchParams: the whole state of a search page, from a URL and back to it.

The URL is the state: readable, the order of its parts does not matter, and what is unknown or malformed is dropped and
named, never an error. Adding and removing a filter live here together, each returning a new state on page 1.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Protocol
from urllib.parse import quote_plus

from django.utils.translation import gettext as _

from articles.text.days import Period, parse_period

FACET_NAMES = ("country", "minister", "topic", "source", "lang")
COMBINABLE = ("country", "minister", "topic")
SORTS = ("relevance", "newest", "oldest")
PER_PAGE = (10, 20, 50, 100)
MAX_QUERY_LENGTH = 500
MAX_VALUES = 100
MAX_PAGE = 1_000_000


class QueryDict(Protocol):
    """What is needed of Django's QueryDict: all values of a parameter, and the parameters' names."""

    def getlist(self, key: str) -> list[str]: ...

    def __iter__(self) -> Iterator[str]: ...


@dataclass(frozen=True)
class Problem:
    """A part of the address that was left out: the parameter, its value, and why, in a few words."""

    parameter: str
    value: str
    reason: str


@dataclass(frozen=True)
class SearchParams:
    """One search. `include` and `exclude` map facet names to values; `all_of` names facets whose values are ANDed.

    `date_from` and `date_to` are periods as typed (2023, 2023-10, 2023-10-07), both inclusive. `undated`: True only
    articles without a date, False none of them, None as it comes. `sort` is "" for the default: by relevance where
    there are words, else newest first.
    """

    q: str = ""
    include: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    exclude: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    all_of: frozenset[str] = frozenset()
    about: tuple[str, ...] = ()
    date_from: Period | None = None
    date_to: Period | None = None
    undated: bool | None = None
    sort: str = ""
    page: int = 1
    per: int = 20
    fold_copies: bool = True
    variants: bool = True
    problems: tuple[Problem, ...] = field(default=(), compare=False)

    # --- from and to an address

    @classmethod
    def from_query(cls, query: QueryDict) -> "SearchParams":
        """Return the state that a request's GET parameters describe. Never raises; see `problems`."""
        return _Reader(query).params()

    def to_pairs(self) -> list[tuple[str, str]]:
        """Return the parameters of this state in canonical order, defaults left out."""
        pairs: list[tuple[str, str]] = [("q", self.q)] if self.q else []
        for name in FACET_NAMES:
            pairs += [(name, value) for value in sorted(self.include.get(name, ()))]
            pairs += [(f"-{name}", value) for value in sorted(self.exclude.get(name, ()))]
        pairs += [("all", name) for name in sorted(self.all_of)]
        pairs += [("about", value) for value in sorted(self.about)]
        pairs += [("from", str(self.date_from))] if self.date_from else []
        pairs += [("to", str(self.date_to))] if self.date_to else []
        pairs += [("undated", "1" if self.undated else "0")] if self.undated is not None else []
        pairs += [("sort", self.sort)] if self.sort else []
        pairs += [("per", str(self.per))] if self.per != 20 else []
        pairs += [] if self.fold_copies else [("copies", "all")]
        pairs += [] if self.variants else [("variants", "0")]
        pairs += [("page", str(self.page))] if self.page != 1 else []
        return pairs

    def query_string(self) -> str:
        """Return the address behind the question mark, with the question mark; "" for the empty search."""
        pairs = self.to_pairs()
        return f"?{_encoded(pairs)}" if pairs else ""

    # --- other states, each on page 1 unless it is the page that changes

    def _with(self, **changes: object) -> "SearchParams":
        return replace(self, **{"page": 1, "problems": (), **changes})  # type: ignore[arg-type]

    def with_page(self, page: int) -> "SearchParams":
        """The same search, another page."""
        return self._with(page=page)

    def with_words(self, q: str) -> "SearchParams":
        """The same filters, other words."""
        return self._with(q=q)

    def with_sort(self, sort: str) -> "SearchParams":
        """The same search in another order."""
        return self._with(sort=sort)

    def with_per(self, per: int) -> "SearchParams":
        """The same search, another number of results a page."""
        return self._with(per=per)

    def with_variants(self, variants: bool) -> "SearchParams":
        """With or without finding known persons by their other spellings."""
        return self._with(variants=variants)

    def with_copies(self, fold: bool) -> "SearchParams":
        """Near-copies folded into one row, or each on its own."""
        return self._with(fold_copies=fold)

    def with_value(self, name: str, value: str) -> "SearchParams":
        """With a facet's value chosen (and no longer excluded)."""
        state = self.without_value(name, value)
        return state._with(include=_added(state.include, name, value))

    def with_exclusion(self, name: str, value: str) -> "SearchParams":
        """With a facet's value excluded (and no longer chosen)."""
        state = self.without_value(name, value)
        return state._with(exclude=_added(state.exclude, name, value))

    def without_value(self, name: str, value: str) -> "SearchParams":
        """Without a facet's value, chosen or excluded."""
        return self._with(include=_removed(self.include, name, value), exclude=_removed(self.exclude, name, value))

    def with_all_of(self, name: str, every: bool) -> "SearchParams":
        """With a facet's values ANDed (`every`) or ORed."""
        return self._with(all_of=self.all_of | {name} if every else self.all_of - {name})

    def without_about(self, value: str) -> "SearchParams":
        """Without a main subject."""
        return self._with(about=tuple(other for other in self.about if other != value))

    def with_dates(self, date_from: Period | None, date_to: Period | None) -> "SearchParams":
        """Within other days; None means open."""
        return self._with(date_from=date_from, date_to=date_to, undated=None)

    def with_undated(self, undated: bool | None) -> "SearchParams":
        """Only (True), without (False) or with (None) articles that have no date."""
        return self._with(undated=undated, date_from=None if undated else self.date_from,
                          date_to=None if undated else self.date_to)  # fmt: skip

    # --- what the page asks

    @property
    def is_filtered(self) -> bool:
        """Whether anything but the words narrows the search."""
        chosen = any(self.include.values()) or any(self.exclude.values()) or self.about
        return bool(chosen or self.date_from or self.date_to or self.undated is not None)

    @property
    def is_empty(self) -> bool:
        """Whether this is the start page: no words and no filters."""
        return not self.q.strip() and not self.is_filtered

    @property
    def order(self) -> str:
        """The sort in force: relevance, newest or oldest."""
        return self.sort or ("relevance" if self.q.strip() else "newest")


# As urllib's urlencode does it: a page has hundreds of addresses, made of the same few words.
_quoted = lru_cache(maxsize=5000)(quote_plus)


def _encoded(pairs: Iterable[tuple[str, str]]) -> str:
    return "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in pairs)


def _added(values: Mapping[str, tuple[str, ...]], name: str, value: str) -> dict[str, tuple[str, ...]]:
    return {**values, name: tuple(sorted((*values.get(name, ()), value)))}


def _removed(values: Mapping[str, tuple[str, ...]], name: str, value: str) -> dict[str, tuple[str, ...]]:
    kept = {key: tuple(other for other in held if key != name or other != value) for key, held in values.items()}
    return {key: held for key, held in kept.items() if held}


# As it is written from Moscow to Cairo: 16.11.2023, 11.2023, also with slashes, the day first.
_DAY_FIRST = re.compile(r"(?:(\d{1,2})[./])?(\d{1,2})[./](\d{4})")


def _as_iso(typed: str) -> str:
    """Return a date that was typed, in any script's digits and with the day first or not, as an address has it."""
    digits = "".join(str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in typed)
    written = _DAY_FIRST.fullmatch(digits)
    if written is None:
        return digits
    day, month, year = written.groups()
    return "-".join(part.zfill(2) for part in (year, month, day) if part)


def _writable(text: str) -> str:
    """Return `text` without what a database or a page cannot hold: NUL becomes a space, lone surrogates go."""
    return text.replace("\x00", " ").encode("utf-8", "ignore").decode("utf-8")


class _Reader:
    """Reads one request's parameters, noting what it leaves out."""

    KNOWN = frozenset(
        {"q", "all", "about", "from", "to", "undated", "sort", "page", "per", "copies", "variants"}
        | set(FACET_NAMES)
        | {f"-{name}" for name in FACET_NAMES}
    )

    def __init__(self, query: QueryDict) -> None:
        self.query = query
        self.problems: list[Problem] = []

    def params(self) -> SearchParams:
        include, exclude = self.values(""), self.values("-")
        for name, chosen in include.items():
            both = set(chosen) & set(exclude.get(name, ()))
            for value in sorted(both):
                self.leave_out(f"-{name}", value, _("the same value is chosen"))
            if both:
                exclude[name] = tuple(value for value in exclude[name] if value not in both)
        date_from, date_to = self.period("from"), self.period("to")
        if date_from and date_to and date_from.start > date_to.end:
            self.leave_out("to", str(date_to), _("earlier than from"))
            date_to = None
        undated = self.choice("undated", ("", "0", "1"))
        for name in dict.fromkeys(self.query):
            if name not in self.KNOWN:
                self.leave_out(name, self.last(name), _("unknown parameter"))
        return SearchParams(
            q=self.words(),
            include={name: values for name, values in include.items() if values},
            exclude={name: values for name, values in exclude.items() if values},
            all_of=frozenset(self.known("all", COMBINABLE)),
            about=self.distinct("about"),
            date_from=date_from,
            date_to=date_to,
            undated={"": None, "0": False, "1": True}[undated],
            sort=self.choice("sort", ("", *SORTS)),
            page=self.number("page", 1, MAX_PAGE),
            per=int(self.choice("per", ("20", *map(str, PER_PAGE)))),
            fold_copies=self.choice("copies", ("fold", "all")) == "fold",
            variants=self.choice("variants", ("1", "0")) == "1",
            problems=tuple(self.problems),
        )

    def leave_out(self, parameter: str, value: str, reason: str) -> None:
        self.problems.append(Problem(parameter[:40], value[:80], reason))

    def last(self, name: str) -> str:
        values = self.query.getlist(name)
        return values[-1].strip() if values else ""

    def words(self) -> str:
        text = " ".join(_writable(self.last("q")).split())
        if len(text) > MAX_QUERY_LENGTH:
            self.leave_out(
                "q",
                text[MAX_QUERY_LENGTH:],
                _("only the first %(number)s characters are searched") % {"number": MAX_QUERY_LENGTH},
            )
            text = text[:MAX_QUERY_LENGTH].rstrip()
        return text

    def distinct(self, name: str) -> tuple[str, ...]:
        values = dict.fromkeys(value.strip() for value in self.query.getlist(name))
        kept: list[str] = []
        for value in values:
            if not value:
                continue
            if len(value) > 120 or value != _writable(value) or len(kept) >= MAX_VALUES:
                self.leave_out(name, value, _("not a value"))
            else:
                kept.append(value)
        return tuple(sorted(kept))

    def values(self, prefix: str) -> dict[str, tuple[str, ...]]:
        return {name: self.distinct(f"{prefix}{name}") for name in FACET_NAMES}

    def known(self, name: str, allowed: tuple[str, ...]) -> list[str]:
        chosen = self.distinct(name)
        for value in chosen:
            if value not in allowed:
                self.leave_out(name, value, _("not a value"))
        return [value for value in chosen if value in allowed]

    def choice(self, name: str, allowed: tuple[str, ...]) -> str:
        """Return the parameter's value where allowed, else the first of `allowed`, which is the default."""
        value = self.last(name)
        if value and value not in allowed:
            self.leave_out(name, value, _("not a value"))
        return value if value in allowed else allowed[0]

    def number(self, name: str, default: int, most: int) -> int:
        value = self.last(name)
        if not value:
            return default
        if not (value.isascii() and value.isdigit()) or len(value) > 12 or not 1 <= int(value) <= most:
            self.leave_out(name, value, _("not a page number"))
            return default
        return int(value)

    def period(self, name: str) -> Period | None:
        value = self.last(name)
        if not value:
            return None
        period = parse_period(_as_iso(value))
        if period is None:
            self.leave_out(name, value, _("not a date (2023, 2023-10 or 2023-10-07)"))
        return period
