"""The facets that a SearchQuerySet asks for: by field, by date, by query."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from haystack.exceptions import SearchBackendError

from articles.search.engines.base import Answer
from articles.search.haystack.fields import declared_fields, index_field, value_field
from articles.search.haystack.typed import narrowed, typed
from articles.search.tree import Node
from articles.text.days import local

Counts = list[tuple[Any, int]]
_SECONDS = {"day": 86_400, "hour": 3600, "minute": 60, "second": 1}


class Facets:
    """What to ask an engine for, and what to tell Haystack of its answer.

    `fields` are names, or a mapping of names to options (`limit`); `dates` map names to the options of date_facet();
    `queries` are pairs of a field and a query. Raises SearchFieldError for fields that do not exist.
    """

    def __init__(self, using: str, fields: Any, dates: Mapping[str, Any] | None, queries: Any) -> None:
        self.using = using
        self.fields: dict[str, Any] = dict.fromkeys(fields or ())
        if isinstance(fields, Mapping):
            self.fields.update(fields)
        self.dates = dict(dates or {})
        self.queries = list(queries.items() if isinstance(queries, Mapping) else queries or ())
        self._names = {name: value_field(name, using, "counted").name for name in (*self.fields, *self.dates)}
        self.names = tuple(dict.fromkeys(self._names.values()))
        self.counted = tuple(self._query(name, str(query)) for name, query in self.queries)

    def _query(self, name: str, query: str) -> Node:
        value = query.replace('"', " ").strip()
        return typed(query) if index_field(name, self.using).is_text else narrowed(f'{name}:"{value}"', self.using)

    def counts(self, answer: Answer) -> dict[str, Any]:
        """Return Haystack's `facets`: lists of (value, count), the commonest first, dates in order; {} without any."""
        if not (self.fields or self.dates or self.queries):
            return {}
        return {
            "fields": {name: self._by_value(name, options, answer) for name, options in self.fields.items()},
            "dates": {name: self._by_date(name, options, answer) for name, options in self.dates.items()},
            "queries": {
                f"{name}:{query}": count for (name, query), count in zip(self.queries, answer.counted, strict=True)
            },
        }

    def _by_value(self, name: str, options: Any, answer: Answer) -> Counts:
        found = self._names[name]
        field = declared_fields(self.using).get(found)
        pairs = [
            (value if field is None or field.is_multivalued else field.convert(value), count)
            for value, count in answer.facets[found].items()
        ]
        pairs.sort(key=lambda pair: (-pair[1], str(pair[0])))
        return pairs[: (options or {}).get("limit")]

    def _by_date(self, name: str, options: Mapping[str, Any], answer: Answer) -> Counts:
        """Return ((first moment, first one after), count) for each gap that holds something, then (None, the rest)."""
        gaps = Gaps(options["start_date"], options["end_date"], options["gap_by"], options.get("gap_amount", 1))
        found: dict[int, int] = {}
        for moment, count in answer.facets[self._names[name]].items():
            number = gaps.number(moment) if isinstance(moment, datetime.datetime) else None
            if number is not None:
                found[number] = found.get(number, 0) + count
        rest = answer.total - sum(found.values())
        counts: Counts = [((gaps.start_of(number), gaps.start_of(number + 1)), found[number]) for number in found]
        return [*sorted(counts), (None, rest)] if rest > 0 else sorted(counts)


class Gaps:
    """Equal parts of the time from `start` to `end`, by the clock of `start`'s zone; the site's where it has none."""

    def __init__(self, start: datetime.date, end: datetime.date, unit: str, amount: int) -> None:
        if amount < 1:
            raise SearchBackendError(f"A gap of {amount} {unit}s has no end: the amount is 1 or more.")
        self.zone = start.tzinfo if isinstance(start, datetime.datetime) else None
        self.aware = self.zone is not None
        self.start = self._clock(start)
        self.end = self._clock(end)
        self.months = {"year": 12, "month": 1}.get(unit, 0) * amount
        self.length = datetime.timedelta(seconds=_SECONDS.get(unit, 0) * amount)

    def _clock(self, moment: datetime.date) -> datetime.datetime:
        if not isinstance(moment, datetime.datetime):
            return datetime.datetime.combine(moment, datetime.time())
        if moment.tzinfo is None:
            return moment
        return local(moment, self.zone or timezone.get_default_timezone()).replace(tzinfo=None)

    def number(self, moment: datetime.datetime) -> int | None:
        """Return in which part a moment lies, from 0; None outside of all."""
        clock = self._clock(moment)
        if not self.start <= clock < self.end:
            return None
        if not self.months:
            return (clock - self.start) // self.length
        months = (clock.year - self.start.year) * 12 + clock.month - self.start.month
        number = months // self.months
        return number - 1 if self._clock_of(number) > clock else number

    def start_of(self, number: int) -> datetime.datetime:
        """Return the first moment of a part, in the zone in which the start was given."""
        clock = self._clock_of(number)
        return clock.replace(tzinfo=self.zone) if self.aware else clock

    def _clock_of(self, number: int) -> datetime.datetime:
        if not self.months:
            try:
                return self.start + number * self.length
            except OverflowError:
                return datetime.datetime.max
        years, month = divmod(self.start.month - 1 + number * self.months, 12)
        if self.start.year + years > datetime.MAXYEAR:
            return datetime.datetime.max
        for day in range(self.start.day, 0, -1):
            try:
                return self.start.replace(year=self.start.year + years, month=month + 1, day=day)
            except ValueError:
                # The 31st of a month of 30 days is its last.
                continue
        raise ValueError("there is no such month")
