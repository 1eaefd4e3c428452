"""Who held the office for which country on which day."""

import datetime
from calendar import monthrange
from collections import defaultdict
from typing import NamedTuple

from articles.gazetteer.facts import FOREIGN_MINISTER, MinisterFacts, Period, SettledFacts, TenureFacts

# News follows a minister who travels home, hands over, or is about to be sworn in.
GRACE = datetime.timedelta(days=31)


class _Held(NamedTuple):
    slug: str
    country: str
    first: datetime.date
    last: datetime.date

    def distance(self, period: Period) -> datetime.timedelta:
        """Return how far a period is outside of the time in office, zero where they meet."""
        return max(self.first - period.last, period.first - self.last, datetime.timedelta())


class Tenures:
    """The tenures of all ministers, by person and by country, and what editors settled."""

    def __init__(self, ministers: tuple[MinisterFacts, ...], settled: tuple[SettledFacts, ...] = ()) -> None:
        self._of: dict[str, list[_Held]] = defaultdict(list)
        self._in: dict[str, list[_Held]] = defaultdict(list)
        self._settled = {(each.country, each.period): each.slug for each in settled}
        for minister in ministers:
            for tenure in minister.tenures:
                if tenure.office == FOREIGN_MINISTER:
                    held = _Held(minister.slug, tenure.country, *days_of(tenure))
                    self._of[minister.slug].append(held)
                    self._in[tenure.country].append(held)

    def countries(self, slug: str, period: Period | None) -> set[str]:
        """Return the countries for which a person held office about that time (ever, without a period)."""
        return {held.country for held in self._of[slug] if period is None or held.distance(period) <= GRACE}

    def serves(self, slug: str, period: Period | None) -> bool:
        """Return whether a person held office in a period, days of grace left aside (ever, without a period)."""
        return any(period is None or not held.distance(period) for held in self._of[slug])

    def in_office(self, slugs: set[str], period: Period | None) -> set[str]:
        """Return those who held office in the period; where none did, those who did within the days of grace.

        Without a period: all who ever held it.
        """
        if period is None:
            return {slug for slug in slugs if self._of[slug]}
        distances = {
            slug: min((held.distance(period) for held in self._of[slug]), default=datetime.timedelta.max)
            for slug in slugs
        }
        exact = {slug for slug, distance in distances.items() if not distance}
        return exact or {slug for slug, distance in distances.items() if distance <= GRACE}

    def holders(self, country: str, period: Period) -> tuple[str, ...]:
        """Return who may have held the office for a country in a period, by slug: one where it is known or settled."""
        settled = self._settled.get((country, period))
        if settled is not None:
            return (settled,) if settled else ()
        held = [held for held in self._in[country] if held.first <= period.last and held.last >= period.first]
        if period.first == period.last:
            # The day of the handover belongs to both; the newcomer is the minister of its news.
            starting = {each.slug for each in held if each.first == period.first}
            ending = {each.slug for each in held if each.last == period.first}
            if starting and ending and not starting & ending and len(starting | ending) == len(held):
                held = [each for each in held if each.slug in starting]
        return tuple(sorted({each.slug for each in held}))


def days_of(tenure: TenureFacts) -> tuple[datetime.date, datetime.date]:
    """Return the first and the last possible day of a tenure whose days may be known to the year or month only."""
    first = [int(part) for part in tenure.start.split("-")] if tenure.start else [datetime.MINYEAR]
    last = [int(part) for part in tenure.end.split("-")] if tenure.end else [datetime.MAXYEAR]
    year, month, day = [*first, 1, 1][:3]
    last_month = last[1] if len(last) > 1 else 12
    last_day = last[2] if len(last) > 2 else monthrange(last[0], last_month)[1]
    return datetime.date(year, month, day), datetime.date(last[0], last_month, last_day)
