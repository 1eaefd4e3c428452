"""Every file of fixtures/ reads as tests/fixtures_expected.json says a careful reader reads it."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.expectations import Read, read_file, words

ROOT = Path(__file__).resolve().parent.parent.parent
EXPECTED: dict[str, list[dict[str, Any]]] = json.loads((ROOT / "tests/fixtures_expected.json").read_text("utf-8"))
CASES = [(name, number) for name, articles in EXPECTED.items() for number in range(len(articles))]


def read(name: str) -> list[Read]:
    return read_file(ROOT / "fixtures" / name)


def case(name: str, number: int) -> tuple[dict[str, Any], Read]:
    return EXPECTED[name][number], read(name)[number]


def test_every_file_of_the_fixtures_is_expected() -> None:
    files = {
        path.relative_to(ROOT / "fixtures").as_posix()
        for path in (ROOT / "fixtures").rglob("*")
        if path.is_file() and path.suffix != ".md"
    }
    assert files == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_file_gives_as_many_articles_as_it_holds(name: str) -> None:
    assert len(read(name)) == len(EXPECTED[name])


@pytest.mark.parametrize(("name", "number"), CASES)
def test_headline_date_and_language_are_told(name: str, number: int) -> None:
    expected, found = case(name, number)
    if expected["title"] is None:
        assert found.values["title_made"]
        assert found.values["title"]
    else:
        assert (found.values["title"], found.values["title_made"]) == (expected["title"], False)
    assert (found.day, found.values["date_kind"]) == (expected["date"], expected["date_kind"])
    assert found.values["language"] == expected["language"]
    if expected.get("forwarded_from"):
        assert found.values["forwarded_from"] == expected["forwarded_from"]


@pytest.mark.parametrize(("name", "number"), CASES)
def test_the_text_is_the_articles_own_and_whole(name: str, number: int) -> None:
    expected, found = case(name, number)
    body = found.values["body"]
    beginning = words(body).removeprefix(words(expected.get("may_precede", ""))).strip()
    assert beginning.startswith(words(expected["starts"]))
    assert [phrase for phrase in expected["present"] if phrase not in body] == []
    assert [phrase for phrase in expected["absent"] if phrase in body or phrase in found.values["title"]] == []
    assert [phrase for phrase in expected.get("once", []) if body.count(phrase) != 1] == []
