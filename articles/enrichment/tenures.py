"""Who held the office for which country on which day."""

import datetime
from calendar import monthrange
from collections import defaultdict
from typing import NamedTuple

from articles.gazetteer.facts import FOREIGN_MINISTER, MinisterFacts, TenureFacts

# News follows a minister who travels home, hands over, or is about to be sworn in.
GRACE = datetime.timedelta(days=60)


class _Held(NamedTuple):
    slug: str
    country: str
    first: datetime.date
    last: datetime.date

    def distance(self, day: datetime.date) -> datetime.timedelta:
        """Return how far the day is outside of the time in office, zero inside."""
        return max(self.first - day, day - self.last, datetime.timedelta())


class Tenures:
    """The tenures of all ministers, by person and by country."""

    def __init__(self, ministers: tuple[MinisterFacts, ...]) -> None:
        self._of: dict[str, list[_Held]] = defaultdict(list)
        self._in: dict[str, list[_Held]] = defaultdict(list)
        for minister in ministers:
            for tenure in minister.tenures:
                if tenure.office == FOREIGN_MINISTER:
                    held = _Held(minister.slug, tenure.country, *days_of(tenure))
                    self._of[minister.slug].append(held)
                    self._in[tenure.country].append(held)

    def countries(self, slug: str, day: datetime.date | None) -> set[str]:
        """Return the countries for which a person held office about that day (ever, without a day)."""
        return {held.country for held in self._of[slug] if day is None or held.distance(day) <= GRACE}

    def in_office(self, slugs: set[str], day: datetime.date | None) -> set[str]:
        """Return those who held office on the day; where none did, those who did within the days of grace.

        Without a day: all who ever held it.
        """
        if day is None:
            return {slug for slug in slugs if self._of[slug]}
        distances = {
            slug: min((held.distance(day) for held in self._of[slug]), default=datetime.timedelta.max) for slug in slugs
        }
        exact = {slug for slug, distance in distances.items() if not distance}
        return exact or {slug for slug, distance in distances.items() if distance <= GRACE}

    def holder(self, country: str, day: datetime.date) -> str | None:
        """Return who held the office for a country on a day; None where nobody or more than one is known."""
        holders = {held.slug for held in self._in[country] if held.first <= day <= held.last}
        if len(holders) == 2:
            # The day of the handover belongs to both; the newcomer is the minister of its news.
            starting = {held.slug for held in self._in[country] if held.first == day}
            ending = {held.slug for held in self._in[country] if held.last == day}
            holders = starting if starting and ending and starting != ending else holders
        return next(iter(holders)) if len(holders) == 1 else None


def days_of(tenure: TenureFacts) -> tuple[datetime.date, datetime.date]:
    """Return the first and the last possible day of a tenure whose days may be known to the year or month only."""
    first = [int(part) for part in tenure.start.split("-")] if tenure.start else [datetime.MINYEAR]
    last = [int(part) for part in tenure.end.split("-")] if tenure.end else [datetime.MAXYEAR]
    year, month, day = [*first, 1, 1][:3]
    last_month = last[1] if len(last) > 1 else 12
    last_day = last[2] if len(last) > 2 else monthrange(last[0], last_month)[1]
    return datetime.date(year, month, day), datetime.date(last[0], last_month, last_day)
