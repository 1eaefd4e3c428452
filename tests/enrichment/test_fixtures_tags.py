"""What is found in the sample articles, beside what a careful reader found in them (tests/fixtures_expected.json).

Sums over all articles, so that a change that loses or invents tags fails here even where no single case is pinned. The
bounds lie a little below what was measured; they may be raised, not lowered.
"""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.expectations import Read, names_found, read_file

ROOT = Path(__file__).parents[2]
EXPECTED: dict[str, list[dict[str, Any]]] = json.loads((ROOT / "tests/fixtures_expected.json").read_text("utf-8"))


class Figures(NamedTuple):
    """How many tags were right, how many too many, how many missing."""

    right: int
    wrong: int
    missing: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missing)


@lru_cache(maxsize=1)
def cases() -> list[tuple[dict[str, Any], Read]]:
    return [
        pair
        for name, articles in EXPECTED.items()
        for pair in zip(articles, read_file(ROOT / "fixtures" / name), strict=True)
    ]


def found_in(read: Read, kind: str) -> set[str]:
    if kind == "main":
        return {each.key for each in read.tags.countries if each.main}
    if kind == "mentioned":
        return {each.key for each in read.tags.countries}
    return names_found(read) if kind == "ministers" else {each.key for each in read.tags.topics}


def figures(kind: str) -> Figures:
    right = wrong = missing = 0
    for expected, read in cases():
        wanted, optional = set(expected[kind]), set(expected.get(f"{kind}_optional", []))
        found = found_in(read, kind)
        right += len(found & wanted)
        wrong += len(found - wanted - optional)
        missing += len(wanted - found)
    return Figures(right, wrong, missing)


@pytest.mark.parametrize(
    ("kind", "precision", "recall"),
    [("main", 0.90, 0.85), ("mentioned", 0.98, 0.98), ("ministers", 0.98, 0.98)],
)
def test_countries_and_ministers_are_found_as_a_careful_reader_finds_them(
    kind: str, precision: float, recall: float
) -> None:
    found = figures(kind)
    assert found.precision >= precision, found
    assert found.recall >= recall, found


def test_topics_that_a_reader_is_sure_of_are_found() -> None:
    # Others may be there too: the readers named only the certain ones, so precision is not known.
    found = figures("topics")
    assert found.recall >= 0.80, found


def test_people_who_are_no_foreign_ministers_are_not_taken_for_them() -> None:
    for expected, read in cases():
        assert names_found(read) & set(expected.get("not_ministers", [])) == set()
