"""The five sample documents of the acceptance data, read as a careful reader reads them.

They lie in the folder that ACCEPTANCE_DATA names (default: `shared` beside the project); without it the tests are
skipped.
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.expectations import Read, names_found, read_file, words

ROOT = Path(__file__).resolve().parent.parent
SEEDS = Path(os.environ.get("ACCEPTANCE_DATA", ROOT.parent / "shared")) / "seeds"

pytestmark = pytest.mark.skipif(
    not (SEEDS / "expected.json").exists(), reason=f"SKIPPED: no acceptance data in {SEEDS} (set ACCEPTANCE_DATA)"
)


def _expected() -> dict[str, dict[str, Any]]:
    path = SEEDS / "expected.json"
    found = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return {name: expected for name, expected in found.items() if isinstance(expected, dict)}


EXPECTED = _expected()
NAMES = sorted(EXPECTED)
SINGLE = [name for name in NAMES if "posts" not in EXPECTED[name]]
POSTS = [(name, number) for name in NAMES for number in range(len(EXPECTED[name].get("posts", [])))]


def read(name: str) -> list[Read]:
    return read_file(SEEDS / name)


def post(name: str, number: int) -> tuple[dict[str, Any], Read]:
    return EXPECTED[name]["posts"][number], read(name)[number]


def hold_topics(expected: dict[str, Any], found: Read) -> None:
    topics = {each.key for each in found.tags.topics}
    assert set(expected["topics"]) - topics == set()
    assert set(expected.get("not_topics", [])) & topics == set()


def hold_ministers(expected: dict[str, Any], found: Read) -> None:
    assert set(expected["ministers"]) - names_found(found) == set()
    assert set(expected.get("not_ministers", [])) & names_found(found) == set()


@pytest.mark.parametrize("name", NAMES)
def test_a_document_gives_as_many_articles_as_it_holds(name: str) -> None:
    assert len(read(name)) == EXPECTED[name]["articles"]


@pytest.mark.parametrize("name", NAMES)
def test_the_language_is_told(name: str) -> None:
    assert {found.values["language"] for found in read(name)} == {EXPECTED[name]["language"]}


@pytest.mark.parametrize("name", NAMES)
def test_only_the_articles_own_text_is_kept(name: str) -> None:
    text = "\n".join(f"{found.values['title']}\n{found.values['body']}" for found in read(name))
    assert [phrase for phrase in EXPECTED[name].get("absent", []) if phrase in text] == []
    assert [phrase for phrase in EXPECTED[name].get("present", []) if phrase not in text] == []


@pytest.mark.parametrize("name", SINGLE)
def test_headline_and_date_are_told(name: str) -> None:
    expected, (found,) = EXPECTED[name], read(name)
    if expected["title"] is None:
        assert found.values["title_made"]
        assert words(found.values["body"]).startswith(words(found.values["title"].rstrip("…")))
    else:
        assert (found.values["title"], found.values["title_made"]) == (expected["title"], False)
    assert (found.day, found.values["date_kind"]) == (expected["date"], expected["date_kind"])


@pytest.mark.parametrize(("name", "number"), POSTS)
def test_a_post_begins_where_it_begins_and_has_its_date(name: str, number: int) -> None:
    expected, found = post(name, number)
    # The heading may name an office before the words that are quoted here.
    assert words(expected["starts"]) in words(found.values["body"].split("\n\n")[0])
    assert found.day in expected.get("date_any", [expected.get("date")])
    assert found.values["date_kind"] == expected["date_kind"]
    assert found.values["forwarded_from"] == expected.get("forwarded_from", "")


@pytest.mark.parametrize(("name", "number"), POSTS)
def test_a_posts_text_stands_once(name: str, number: int) -> None:
    _expected, found = post(name, number)
    long = [paragraph for paragraph in found.values["body"].split("\n\n") if len(paragraph) > 60]
    assert len(long) == len(set(long))


@pytest.mark.parametrize("name", SINGLE)
def test_countries_are_found(name: str) -> None:
    expected, (found,) = EXPECTED[name]["countries"], read(name)
    mentioned = {each.key for each in found.tags.countries}
    main = {each.key for each in found.tags.countries if each.main}
    assert mentioned - set(expected.get("optional", [])) == set(expected["mentioned"]) - set(
        expected.get("optional", [])
    )
    assert main - set(expected.get("main_optional", [])) == set(expected["main"])
    assert mentioned & set(EXPECTED[name].get("not_countries", [])) == set()


@pytest.mark.parametrize("name", SINGLE)
def test_foreign_ministers_are_found(name: str) -> None:
    (found,) = read(name)
    hold_ministers(EXPECTED[name], found)
    assert names_found(found) == set(EXPECTED[name]["ministers"])


@pytest.mark.parametrize("name", SINGLE)
def test_topics_are_found(name: str) -> None:
    (found,) = read(name)
    hold_topics(EXPECTED[name], found)


@pytest.mark.parametrize(("name", "number"), POSTS)
def test_a_posts_countries_ministers_and_topics_are_found(name: str, number: int) -> None:
    expected, found = post(name, number)
    assert set(expected["main"]) - {each.key for each in found.tags.countries} == set()
    hold_ministers(expected, found)
    hold_topics(expected, found)
