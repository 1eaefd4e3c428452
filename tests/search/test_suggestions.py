"""Suggestions while somebody types: names that find something, in any script, and then words of titles."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import QueryDict

from articles.models import Article
from articles.search import SearchParams, indexing, names, search, suggest, suggestions
from articles.search.names import Names
from tests.search.gazetteers import SMALL

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_gazetteer(monkeypatch: pytest.MonkeyPatch) -> None:
    known = Names(SMALL)
    monkeypatch.setattr(names, "current", lambda: known)
    monkeypatch.setattr(suggestions, "current_names", lambda: known)
    monkeypatch.setattr(suggestions, "_kept", [])


@pytest.fixture
def archive(index: Any, make_article: Callable[..., Article]) -> None:
    rows: list[dict[str, Any]] = [
        {
            "title": "Gaza ceasefire holds",
            "ministers": ("sergey-lavrov",),
            "countries": ("RU", "SA"),
            "topics": ("gaza",),
        },
        {"title": "Gas for Europe", "ministers": ("sergey-lavrov",), "countries": ("RU",), "topics": ("energy",)},
        {"title": "Gaza aid", "ministers": ("ayman-safadi",), "source": "Gazette of Amman"},
        {"title": "Garden secrets", "visible": False, "countries": ("IR",)},
    ]
    indexing.update([make_article(**row).pk for row in rows])


def shown(typed: str, language: str = "en") -> list[tuple[str, str, int]]:
    return [(found.kind, found.label, found.count) for found in suggest(typed, language=language)]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("lav", [("minister", "Sergey Lavrov", 2)]),
        ("LAV", [("minister", "Sergey Lavrov", 2)]),
        ("sergey la", [("minister", "Sergey Lavrov", 2)]),
        ("Лав", [("minister", "Sergey Lavrov", 2)]),
        ("Лаврова", [("minister", "Sergey Lavrov", 2)]),
        ("لاف", [("minister", "Sergey Lavrov", 2)]),
        ("rus", [("country", "Russia", 2)]),
        ("росс", [("country", "Russia", 2)]),
        ("saudi ar", [("country", "Saudi Arabia", 1)]),
        ("ener", [("topic", "Energy", 1)]),
        ("gaz", [("topic", "Gaza", 1), ("source", "Gazette of Amman", 1), ("word", "gaza", 2)]),
        ("ga", [("topic", "Gaza", 1), ("source", "Gazette of Amman", 1), ("word", "gaza", 2), ("word", "gas", 1)]),
        ("amm", [("source", "Gazette of Amman", 1)]),
        ("ceas", [("word", "ceasefire", 1)]),
        ("gaza ceas", [("word", "gaza ceasefire", 1)]),
        # Words that never stand together are no suggestion.
        ("gas ceas", []),
        # Behind a sign of the query language nothing is completed: who knows what would be found.
        ("gaza OR ceas", []),
        ("gaza -ceas", []),
        ("gaza NOT ceas", []),
        ("(gaza OR ceas", []),
        ("gaza OR title:ceas", []),
        ("gaza OR gard", []),
        ("gaza -gard", []),
        ("gaza gard", []),
        ('"gaza ceas', []),
        ("country:ru", []),
        ("gaza " * 19 + "gard", []),
        ("gaza " * 40 + "ceas", []),
        # What finds nothing, or only hidden articles, is none either.
        ("iran", []),
        ("gard", []),
        ("pavel", []),
        ("", []),
        ("g", []),
        ("  ", []),
        ("?!", []),
        ("\x00", []),
        ("ga\ud800", []),
    ],
)
def test_names_stand_before_words_and_everything_finds_something(
    archive: None, typed: str, expected: list[tuple[str, str, int]]
) -> None:
    assert shown(typed) == expected


def test_a_suggestion_leads_to_the_search_that_it_counts(archive: None) -> None:
    for typed in ("lav", "rus", "ener", "gaz", "ceas", "gaza ce"):
        for suggestion in suggest(typed):
            params = SearchParams.from_query(QueryDict(suggestion.query.removeprefix("?")))
            assert params == suggestion.params
            assert search(params).total >= suggestion.count > 0


def test_labels_are_in_the_language_of_the_reader_and_the_matched_name_is_told(archive: None) -> None:
    (found,) = suggest("росс", language="ar")
    assert (found.label, found.matched) == ("روسيا", "Россия")
    (found,) = suggest("rus", language="en")
    assert (found.label, found.matched) == ("Russia", "")


def test_there_are_no_more_than_asked_for(archive: None) -> None:
    assert len(suggest("ga", most=2)) == 2
    assert suggest("ga", most=0) == ()


def test_long_and_odd_texts_are_answered(archive: None) -> None:
    for typed in ("a" * 50_000, "lav " * 5000, '"gaza', "gaza -", "(((", "country:ru", "🇷🇺", "\u202e lav"):
        assert isinstance(suggest(typed), tuple)
