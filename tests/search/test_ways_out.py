"""What the page offers when a search found nothing."""

import pytest
from django.http import QueryDict

from articles import reference
from articles.models import Minister, MinisterName
from articles.search import SearchParams, search


def ways(address):
    results = search(SearchParams.from_query(QueryDict(address)))
    assert results.state == "nothing"
    return {way.label: (way.total, way.query) for way in results.ways_out}


@pytest.fixture
def small_archive(archive):
    return archive(
        {"body": "A ceasefire in Gaza.", "countries": ("PS",), "date": "2024-01-01"},
        {"body": "A truce in Sudan.", "countries": ("SD",), "date": "2023-01-01"},
        {"body": "Oil prices rose.", "countries": ("SA",), "date": "2023-05-01", "visible": False},
    )


def test_the_filter_that_is_to_blame_is_named_with_what_the_search_finds_without_it(small_archive):
    assert ways("q=ceasefire&country=SD") == {
        "without “Words: ceasefire”": (1, "?country=SD"),
        "without “Country: Sudan”": (1, "?q=ceasefire"),
    }


def test_each_word_is_left_out_in_turn_and_all_are_offered_as_alternatives(small_archive):
    found = ways("q=ceasefire+sudan")
    assert found["any of the words: ceasefire OR sudan"] == (2, "?q=ceasefire+OR+sudan")
    assert found["without the word “ceasefire”"] == (1, "?q=sudan")
    assert found["without the word “sudan”"] == (1, "?q=ceasefire")


def test_small_words_are_no_alternatives(small_archive):
    assert ways("q=the+ceasefire+in+sudan")["any of the words: ceasefire OR sudan"] == (2, "?q=ceasefire+OR+sudan")


def test_the_only_filter_is_to_blame_too(small_archive):
    assert ways("from=2030") == {"without “Date: 2030 – …”": (2, "")}


def test_quotation_marks_are_taken_off(small_archive):
    assert ways("q=%22Gaza+ceasefire%22") == {"without quotation marks: Gaza ceasefire": (1, "?q=Gaza+ceasefire")}


def test_a_way_that_finds_nothing_either_or_only_hidden_articles_is_not_offered(small_archive):
    assert ways("q=oil&from=2025") == {}


def test_a_value_that_was_left_out_is_offered_by_letting_it_in(small_archive):
    assert ways("q=ceasefire&-country=PS")["not excluding “Country: Palestine”"] == (1, "?q=ceasefire")


def test_names_in_all_scripts_are_offered_where_that_was_switched_off(archive):
    archive({"body": "The two ministers spoke.", "ministers": ("sergey-lavrov",)})
    minister = Minister.objects.get(slug="sergey-lavrov")
    MinisterName.objects.create(minister=minister, script="cyrillic", text="Сергей Лавров")
    reference.raise_version()
    assert ways("q=Лавров&variants=0") == {"with names in all scripts": (1, "?q=%D0%9B%D0%B0%D0%B2%D1%80%D0%BE%D0%B2")}
