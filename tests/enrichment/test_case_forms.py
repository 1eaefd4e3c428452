"""A hundred and twenty ministers in the six Russian cases (case_forms.csv): each form tags the person.

The forms were declined by hand, by somebody who did not know the program's rules.
"""

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from articles.enrichment import tag
from articles.enrichment.tenures import days_of
from articles.gazetteer.facts import Gazetteer, Period
from articles.gazetteer.files import read_gazetteer

with (Path(__file__).parent / "case_forms.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))
CASES = ("nominative", "genitive", "dative", "accusative", "instrumental", "prepositional")


@pytest.fixture(scope="module")
def in_office() -> Callable[[str], Period]:
    """Return a function: a day in the last time in office of a minister."""
    tenures = {minister.slug: minister.tenures for minister in read_gazetteer().ministers}

    def day(slug: str) -> Period:
        first, last = days_of(tenures[slug][-1])
        middle = first + (min(last, date(2026, 1, 1)) - first) / 2 if last > first else first
        return Period(middle, middle)

    return day


def test_there_are_enough_of_them() -> None:
    assert len({row["slug"] for row in ROWS}) >= 100


@pytest.mark.parametrize("row", ROWS, ids=[row["slug"] for row in ROWS])
def test_each_case_of_a_ministers_name_is_found(
    gazetteer: Gazetteer, in_office: Callable[[str], Period], row: dict[str, str]
) -> None:
    day = in_office(row["slug"])
    missing = [
        row[case]
        for case in CASES
        if row["slug"]
        not in {found.key for found in tag("", f"Вчера говорили о {row[case]}.", "ru", day, gazetteer).ministers}
    ]
    assert missing == []
