"""What facets and their counts mean, sentence by sentence, asked through the front door and the page."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from articles.models import Article
from articles.search import SearchParams, SearchResults, search
from tests.search import test_searching
from tests.search.asking import Archive, found, found_at, links, mistaken, results_at, soup, text, titles, visit
from tests.search.test_searching import value

small_gazetteer = test_searching.small_gazetteer


@pytest.fixture
def tagged(archive: Archive) -> list[Article]:
    return archive(
        {
            "title": "alfa",
            "countries": ("RU", "IR"),
            "main": ("RU",),
            "ministers": ("sergey-lavrov", "wang-yi"),
            "topics": ("gaza",),
            "date": "2023-10-07",
        },
        {
            "title": "bravo",
            "countries": ("RU",),
            "ministers": ("wang-yi",),
            "topics": ("energy",),
            "source": "Gulf Desk",
            "date": "2023-11-01",
        },
        {
            "title": "charlie",
            "countries": ("IR", "SA"),
            "ministers": ("ayman-safadi",),
            "topics": ("gaza", "energy"),
            "language": "ar",
            "date": "2024-02-01",
            "date_precision": "month",
        },
        {"title": "delta", "countries": ("SA",), "topics": ("energy",), "source": "Gulf Desk", "language": "ru"},
        {"title": "echo"},
    )


def counts(results: SearchResults, facet: str) -> dict[str, int]:
    """Return the values that a facet lists, with their counts."""
    (listed,) = (result for result in results.facets if result.name == facet)
    return {item.value: item.count for item in listed.values}


def bars(results: SearchResults) -> dict[str, int]:
    """Return how many articles the histogram shows for each month, however wide its bars are."""
    assert results.histogram is not None
    months: Counter[str] = Counter()
    for bucket in results.histogram.buckets:
        months[f"{bucket.start:%Y-%m}"] += bucket.count
    return {month: count for month, count in months.items() if count}


def undated(results: SearchResults) -> int:
    assert results.histogram is not None
    return results.histogram.undated


# --- what narrows a search


def test_the_facets_are_source_language_country_minister_topic_and_a_histogram(client: Client, tagged: Any) -> None:
    response = visit(client, "/")
    results = response.context["results"]
    assert {facet.name for facet in results.facets} == {"source", "lang", "country", "minister", "topic"}
    assert counts(results, "source") == {"world-desk": 3, "gulf-desk": 2}
    assert counts(results, "lang") == {"en": 3, "ar": 1, "ru": 1}
    assert counts(results, "country") == {"RU": 2, "IR": 2, "SA": 2}
    assert counts(results, "minister") == {"wang-yi": 2, "sergey-lavrov": 1, "ayman-safadi": 1}
    assert counts(results, "topic") == {"energy": 3, "gaza": 2}
    assert bars(results) == {"2023-10": 1, "2023-11": 1, "2024-02": 1}
    assert undated(results) == 2
    page = soup(response)
    assert {box["name"] for box in page.select('input[type="checkbox"][form="search-form"]')} == {
        facet.name for facet in results.facets
    }
    assert page.select_one('input[name="from"]')
    assert page.select_one('input[name="to"]')


def test_a_country_counts_whether_it_is_mentioned_or_the_main_subject(tagged: Any) -> None:
    assert found("", "country=RU") == {"alfa", "bravo"}
    assert found("", "about=RU") == {"alfa"}


def test_values_of_one_facet_are_alternatives(tagged: Any) -> None:
    cases = [
        ("country=RU&country=SA", "alfa bravo charlie delta"),
        ("minister=sergey-lavrov&minister=ayman-safadi", "alfa charlie"),
        ("topic=gaza&topic=energy", "alfa bravo charlie delta"),
        ("source=gulf-desk&source=world-desk", "alfa bravo charlie delta echo"),
        ("lang=ar&lang=ru", "charlie delta"),
        ("country=IR&country=TR", "alfa charlie"),
    ]
    assert mistaken(cases, found_at) == {}


def test_all_makes_the_values_of_a_facet_requirements(tagged: Any) -> None:
    cases = [
        ("country=RU&country=IR&all=country", "alfa"),
        ("country=RU&country=SA&all=country", ""),
        ("country=SA&all=country", "charlie delta"),
        ("minister=sergey-lavrov&minister=wang-yi&all=minister", "alfa"),
        ("topic=gaza&topic=energy&all=topic", "charlie"),
        ("topic=gaza&topic=energy&all=country", "alfa bravo charlie delta"),
        ("country=IR&country=SA&topic=gaza&topic=energy&all=country&all=topic", "charlie"),
        ("country=RU&country=IR&topic=gaza&topic=energy&all=country", "alfa"),
        ("all=country", "alfa bravo charlie delta echo"),
    ]
    assert mistaken(cases, found_at) == {}


def test_facets_narrow_each_other(tagged: Any) -> None:
    cases = [
        ("country=RU&topic=energy", "bravo"),
        ("country=RU&country=SA&topic=energy", "bravo charlie delta"),
        ("country=SA&topic=energy&source=gulf-desk&lang=ru", "delta"),
        ("country=RU&lang=ar", ""),
        ("minister=wang-yi&from=2023-11", "bravo"),
        ("topic=energy&undated=1", "delta"),
    ]
    assert mistaken(cases, found_at) == {}


def test_any_value_can_be_excluded(tagged: Any) -> None:
    cases = [
        ("-country=RU", "charlie delta echo"),
        ("-country=RU&-country=SA", "echo"),
        ("-minister=wang-yi", "charlie delta echo"),
        ("-topic=energy", "alfa echo"),
        ("-source=world-desk", "bravo delta"),
        ("-lang=en", "charlie delta"),
        ("country=IR&-country=RU", "charlie"),
        ("country=RU&-topic=gaza", "bravo"),
        ("country=RU&country=IR&-country=SA&all=country", "alfa"),
        ("-country=TR", "alfa bravo charlie delta echo"),
    ]
    assert mistaken(cases, found_at) == {}


def test_every_listed_value_has_a_link_that_excludes_it(client: Client, tagged: Any) -> None:
    response = visit(client, "/?from=2023")
    for facet in response.context["results"].facets:
        for item in facet.values:
            assert f"/?-{facet.name}={item.value}&from=2023" in links(response)


def test_a_filter_that_nothing_passes_is_not_taken_for_no_filter(client: Client, tagged: Any) -> None:
    for rest in ("country=TR", "about=TR", "from=1900&to=1901", "lang=fr", "country=TR&-lang=fr", "undated=1&lang=ar"):
        assert results_at(client, f"/?{rest}").total == 0
        assert results_at(client, f"/?q=title&{rest}").total == 0


def test_a_value_is_whole_and_finds_no_other_that_only_shares_words_with_it(archive: Archive, client: Client) -> None:
    archive({"title": "alfa", "source": "Wire"}, {"title": "bravo", "source": "Wire Two"})
    assert found("", "source=wire") == {"alfa"}
    assert found("", "source=wire-two") == {"bravo"}
    assert found("", "-source=wire") == {"bravo"}
    assert counts(results_at(client, "/"), "source") == {"wire": 1, "wire-two": 1}


# --- counts

STATES = (
    "",
    "q=title",
    "country=RU",
    "country=RU&country=SA",
    "country=RU&country=IR&all=country",
    "-country=RU",
    "country=IR&-country=RU",
    "country=IR&-country=SA&all=country",
    "topic=energy&-lang=ar",
    "topic=gaza&topic=energy&all=topic&country=SA",
    "minister=wang-yi&source=world-desk",
    "-source=gulf-desk&lang=en",
    "from=2023-11&country=IR",
    "undated=1&topic=energy",
    "undated=0&-topic=gaza",
    "about=RU&country=TR",
    "q=delta+OR+bravo&country=RU",
)
KNOWN = {
    "country": ("RU", "IR", "SA", "TR"),
    "minister": ("sergey-lavrov", "wang-yi", "ayman-safadi", "ivan-petrov"),
    "topic": ("gaza", "energy"),
    "source": ("world-desk", "gulf-desk"),
    "lang": ("en", "ar", "ru", "fr"),
}


@pytest.mark.parametrize("state", STATES)
def test_a_count_is_what_matches_everything_but_the_facets_own_choice_and_carries_the_value(
    tagged: Any, state: str
) -> None:
    params = SearchParams.from_query(QueryDict(state))
    results = search(params)
    for facet, values in KNOWN.items():
        listed = counts(results, facet)
        assert set(listed) <= set(values)
        for known in values:
            kept = params.include.get(facet, ()) if facet in params.all_of else ()
            include = {**params.include, facet: tuple(sorted({*kept, known}))}
            alone = replace(params, include=include, all_of=params.all_of | ({facet} if kept else set()))
            assert listed.get(known, 0) == search(alone).total, (facet, known)


@pytest.mark.parametrize(
    ("state", "facet", "expected"),
    [
        ("country=RU", "country", {"RU": 2, "IR": 2, "SA": 2}),
        ("country=RU&country=IR", "country", {"RU": 2, "IR": 2, "SA": 2}),
        ("country=RU", "topic", {"gaza": 1, "energy": 1}),
        ("country=RU&country=IR&all=country", "country", {"RU": 1, "IR": 1}),
        ("country=IR&all=country", "country", {"RU": 1, "IR": 2, "SA": 1}),
        ("-country=RU", "country", {"RU": 0, "IR": 1, "SA": 2}),
        ("country=IR&-country=RU", "country", {"RU": 0, "IR": 1, "SA": 2}),
        ("-country=RU", "topic", {"gaza": 1, "energy": 2}),
        ("topic=gaza&country=SA", "country", {"RU": 1, "IR": 2, "SA": 1}),
        ("lang=ar", "lang", {"en": 3, "ar": 1, "ru": 1}),
        ("lang=ar&source=gulf-desk", "lang", {"en": 1, "ru": 1, "ar": 0}),
        ("from=2023-11", "country", {"RU": 1, "IR": 1, "SA": 1}),
        ("undated=1", "topic", {"energy": 1}),
    ],
)
def test_own_choices_are_ignored_exclusions_kept_and_with_all_the_own_choice_too(
    client: Client, tagged: Any, state: str, facet: str, expected: dict[str, int]
) -> None:
    assert counts(results_at(client, f"/?{state}"), facet) == expected


def test_a_count_on_the_page_is_the_count_of_the_facet(client: Client, tagged: Any) -> None:
    response = visit(client, "/?country=RU")
    for facet in response.context["results"].facets:
        for item in facet.values:
            box = soup(response).select_one(f'input[name="{facet.name}"][value="{item.value}"]')
            assert box is not None
            row = box.find_parent("li")
            assert row is not None
            assert row.select(".count")[0].text == str(item.count)
            assert box.has_attr("checked") == item.chosen


@pytest.mark.parametrize(
    ("facet", "chosen"),
    [("country", "TR"), ("minister", "ivan-petrov"), ("topic", "energy"), ("source", "gulf-desk"), ("lang", "fr")],
)
@pytest.mark.parametrize("words", ["alfa", "nowhere"])
def test_a_chosen_value_stays_listed_even_at_0(
    client: Client, tagged: Any, facet: str, chosen: str, words: str
) -> None:
    response = visit(client, f"/?q={words}&{facet}={chosen}")
    item = value(response.context["results"], facet, chosen)
    assert (item.count, item.chosen) == (0, True)
    box = soup(response).select_one(f'input[type="checkbox"][name="{facet}"][value="{chosen}"]')
    assert box is not None
    assert box.has_attr("checked")


# --- dates


@pytest.mark.parametrize(
    ("state", "expected", "without"),
    [
        ("", {"2023-10": 1, "2023-11": 1, "2024-02": 1}, 2),
        ("country=RU", {"2023-10": 1, "2023-11": 1}, 0),
        ("topic=energy", {"2023-11": 1, "2024-02": 1}, 1),
        ("-lang=en", {"2024-02": 1}, 1),
        # The bars show the chosen range.
        ("from=2023-11", {"2023-11": 1, "2024-02": 1}, 2),
        ("from=2023-11&to=2023-11&topic=energy", {"2023-11": 1}, 1),
        ("undated=1", {"2023-10": 1, "2023-11": 1, "2024-02": 1}, 2),
        ("undated=1&topic=energy", {"2023-11": 1, "2024-02": 1}, 1),
        ("from=1990&to=1991", {}, 2),
        ("q=echo", {}, 1),
    ],
)
def test_articles_without_a_date_have_a_bucket_that_is_counted_like_the_bars(
    client: Client, tagged: Any, state: str, expected: dict[str, int], without: int
) -> None:
    results = results_at(client, f"/?{state}")
    assert bars(results) == expected
    assert undated(results) == without


def test_the_bucket_of_undated_articles_leads_to_them(client: Client, tagged: Any) -> None:
    response = visit(client, "/?topic=energy&from=2024")
    assert "1 without a date" in text(response)
    (way,) = {link for link in links(response) if "undated=1" in link}
    results = results_at(client, way)
    assert titles(results) == ["delta"]


def test_excluding_the_undated_is_an_exclusion_and_kept_in_their_count(client: Client, tagged: Any) -> None:
    results = results_at(client, "/?undated=0")
    assert results.total == 3
    assert undated(results) == 0


def test_a_range_is_chosen_with_from_and_to(client: Client, tagged: Any) -> None:
    response = visit(client, "/?from=2023-11&to=2024-02-10")
    assert set(titles(response.context["results"])) == {"bravo", "charlie"}
    page = soup(response)
    assert [page.select(f'input[name="{name}"]')[0]["value"] for name in ("from", "to")] == ["2023-11", "2024-02-10"]
