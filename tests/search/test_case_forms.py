"""The six Russian cases of a hundred and twenty ministers (tests/enrichment/case_forms.csv) in a query."""

import csv
from pathlib import Path

import pytest

from articles.gazetteer.files import read_gazetteer
from articles.search.names import Names
from articles.text.tokens import tokenize

with (Path(__file__).parents[1] / "enrichment" / "case_forms.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))


@pytest.fixture(scope="module")
def known() -> Names:
    return Names(read_gazetteer())


@pytest.mark.parametrize("row", ROWS, ids=[row["slug"] for row in ROWS])
def test_a_query_with_any_case_of_the_name_means_the_minister(known: Names, row: dict[str, str]) -> None:
    missing = []
    for case, form in row.items():
        if case == "slug":
            continue
        _length, people = known.people_at(tokenize(form))
        if [person.slug for person in people] != [row["slug"]]:
            missing.append(form)
    assert missing == []
