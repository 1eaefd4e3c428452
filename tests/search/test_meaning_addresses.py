"""What an address means, sentence by sentence: the URL is the state."""

import random
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from articles.models import Article
from articles.search import SearchParams
from tests.search import test_searching
from tests.search.asking import (
    FIVE_TALKS,
    Archive,
    found,
    found_at,
    found_silently,
    mistaken,
    results_at,
    text,
    titles,
    visit,
)

small_gazetteer = test_searching.small_gazetteer


@pytest.fixture
def tagged(archive: Archive) -> list[Article]:
    return archive(*FIVE_TALKS)


# --- the URL is the state


def test_pages_are_asked_for_with_get_only(client: Client, tagged: Any) -> None:
    for address in ("/", "/?q=talks", "/countries/RU/", "/ministers/wang-yi/", "/topics/gaza/", "/export.csv"):
        for send in (client.post, client.put, client.patch, client.delete):
            assert send(address).status_code == 405, address
    assert client.head("/?q=talks").status_code == 200


WHOLE = (
    "q=talks&country=IR&country=RU&-country=SA&minister=sergey-lavrov&topic=gaza&source=world-desk&lang=en&-lang=fr"
    "&all=country&all=topic&about=RU&about=gaza&from=2023&to=2023-10-07&undated=0&sort=oldest&per=50&copies=all&variants=0"
)


def test_the_address_that_a_state_is_written_as_is_readable_and_complete() -> None:
    params = SearchParams.from_query(QueryDict(WHOLE))
    assert params.problems == ()
    assert set(params.query_string().removeprefix("?").split("&")) == set(WHOLE.split("&"))
    assert SearchParams.from_query(QueryDict(params.query_string().removeprefix("?"))) == params


def test_the_order_of_an_address_does_not_matter(client: Client, tagged: Any) -> None:
    chance = random.Random(20231007)
    first = results_at(client, f"/?{WHOLE}")
    assert titles(first) == ["alfa talks"]
    parts = WHOLE.split("&")
    for _ in range(6):
        chance.shuffle(parts)
        again = results_at(client, "/?" + "&".join(parts))
        assert again.params == first.params
        assert again.params.query_string() == first.params.query_string()
        assert titles(again) == titles(first)


def test_the_same_address_gives_the_same_page_to_everybody(client: Client, tagged: Any) -> None:
    pages = [visit(reader, "/?q=talks&country=RU&per=10").content for reader in (client, Client(), Client())]
    client.get("/?q=else&lang=ar&sort=oldest&variants=0")
    pages.append(visit(client, "/?q=talks&country=RU&per=10").content)
    assert len(set(pages)) == 1


def test_each_parameter_means_what_its_name_says(tagged: Any) -> None:
    cases = [
        ("q=alfa", "alfa"),
        ("q=alfa&q=bravo", "bravo"),
        ("country=RU&country=SA", "alfa bravo charlie delta"),
        ("-country=RU&-country=SA", "echo"),
        ("minister=sergey-lavrov&minister=wang-yi", "alfa bravo"),
        ("-minister=sergey-lavrov&-minister=wang-yi", "charlie delta echo"),
        ("topic=gaza&topic=energy", "alfa bravo delta"),
        ("-topic=gaza&-topic=energy", "charlie echo"),
        ("source=gulf-desk&source=world-desk", "alfa bravo charlie delta echo"),
        ("-source=world-desk&-source=gulf-desk", ""),
        ("lang=ar&lang=ru", "charlie delta"),
        ("-lang=ar&-lang=ru", "alfa bravo echo"),
        ("country=RU&country=IR&all=country", "alfa"),
        ("minister=sergey-lavrov&minister=wang-yi&all=minister", ""),
        ("topic=gaza&topic=energy&all=topic", ""),
        ("about=RU", "alfa bravo"),
        ("about=Russia", "alfa bravo"),
        ("about=gaza", "alfa"),
        ("about=RU&about=gaza", "alfa"),
        ("undated=1", "echo"),
        ("undated=0", "alfa bravo charlie delta"),
        ("q=Lavrov", "alfa echo"),
        ("q=Lavrov&variants=1", "alfa echo"),
        ("q=Lavrov&variants=0", "echo"),
    ]
    assert mistaken(cases, lambda rest: found_silently("", rest)) == {}


def test_from_and_to_are_inclusive_whole_years_months_and_days(tagged: Any) -> None:
    cases = [
        ("from=2023", "alfa bravo charlie delta"),
        ("from=2024", "delta"),
        ("from=2023-10", "alfa bravo charlie delta"),
        ("from=2023-11", "charlie delta"),
        ("from=2023-10-07", "alfa bravo charlie delta"),
        ("from=2023-10-08", "bravo charlie delta"),
        ("to=2023", "alfa bravo charlie"),
        ("to=2022", ""),
        ("to=2023-10", "alfa bravo"),
        ("to=2023-09", ""),
        ("to=2023-10-31", "alfa bravo"),
        ("to=2023-10-30", "alfa"),
        ("from=2023&to=2023", "alfa bravo charlie"),
        ("from=2023-10&to=2023-10", "alfa bravo"),
        ("from=2023-12-31&to=2024-01-01", "charlie delta"),
        ("from=2023-10-31&to=2023-10-31", "bravo"),
        ("from=2023-10-07&to=2023", "alfa bravo charlie"),
    ]
    assert mistaken(cases, found_at) == {}


def test_a_range_holds_the_whole_of_its_last_day(archive: Archive) -> None:
    archive(
        {"title": "alfa", "date": "2023-10-07T23:59:59", "date_precision": "minute"},
        {"title": "bravo", "date": "2023-10-08T00:00", "date_precision": "minute"},
    )
    assert found("", "to=2023-10-07") == {"alfa"}
    assert found("", "from=2023-10-07&to=2023-10-07") == {"alfa"}
    assert found("", "from=2023-10-08") == {"bravo"}


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("sort=newest", "delta charlie bravo alfa echo"),
        ("sort=oldest", "alfa bravo charlie delta echo"),
        ("", "delta charlie bravo alfa echo"),
        ("q=talks&sort=oldest", "alfa bravo charlie delta echo"),
        ("q=charlie+OR+talks", "charlie"),
        ("q=charlie+OR+talks&sort=relevance", "charlie"),
    ],
)
def test_the_order_is_by_relevance_newest_or_oldest(client: Client, tagged: Any, rest: str, expected: str) -> None:
    order = [title.split()[0] for title in titles(results_at(client, f"/?{rest}"))]
    assert order[: len(expected.split())] == expected.split()


@pytest.mark.parametrize("code", ["pt-BR", "zh-Hant", "sr-Latn", "pt", "zh"])
def test_languages_are_bcp_47(archive: Archive, client: Client, code: str) -> None:
    archive({"title": "alfa", "language": code}, {"title": "bravo", "language": "en"})
    (language,) = (facet for facet in results_at(client, "/").facets if facet.name == "lang")
    assert code in {item.value for item in language.values}
    results = results_at(client, f"/?lang={code}")
    assert titles(results) == ["alfa"]
    assert results.params.problems == ()
    assert found("", f"-lang={code}") == {"bravo"}


def test_slugs_may_be_in_any_script(archive: Archive) -> None:
    archive({"title": "alfa", "source": "Новости"}, {"title": "bravo"})
    assert found("", "source=новости") == {"alfa"}
    assert found("", "-source=новости") == {"bravo"}


# --- bad values

BAD = [
    ("country", "QQ"),
    ("country", "ru"),
    ("country", "Russia"),
    ("-country", "QQ"),
    ("minister", "nobody"),
    ("minister", "Sergey Lavrov"),
    ("-minister", "nobody"),
    ("topic", "nothing"),
    ("-topic", "nothing"),
    ("source", "nowhere"),
    ("-source", "nowhere"),
    ("lang", "qqq"),
    ("lang", "Arabic"),
    ("-lang", "qqq"),
    ("all", "lang"),
    ("all", "source"),
    ("all", "everything"),
    ("about", "nobody"),
    ("about", "QQ"),
    ("about", "Congo"),
    ("about", "colour:red"),
    ("from", "yesterday"),
    ("from", "2023-13"),
    ("from", "2023-02-30"),
    ("from", "0000"),
    ("from", "99999"),
    ("to", "2023-10-07T10:00"),
    ("to", "-1"),
    ("undated", "2"),
    ("undated", "yes"),
    ("sort", "best"),
    ("sort", "-published_at"),
    ("page", "0"),
    ("page", "-1"),
    ("page", "x"),
    ("page", "1.5"),
    ("page", "٢"),
    ("page", "9" * 300),
    ("per", "0"),
    ("per", "7"),
    ("per", "1000000"),
    ("copies", "none"),
    ("variants", "2"),
    ("colour", "red"),
    ("-q", "talks"),
    ("country__in", "RU"),
    ("country[]", "RU"),
    ("Q", "talks"),
]


def test_bad_values_are_dropped_and_named(client: Client, tagged: Any) -> None:
    unnamed, kept = [], []
    for name, bad in BAD:
        response = visit(client, f"/?q=talks&country=RU&{name}={bad}")
        said = text(response)
        if f"Left out of the address: {name}={bad[:80]}" not in said and f"“{bad}” was left out" not in said:
            unnamed.append((name, bad))
        if set(titles(response.context["results"])) != {"alfa talks", "bravo talks"}:
            kept.append((name, bad))
    assert (unnamed, kept) == ([], [])


@pytest.mark.parametrize("bad", ["country:QQ", "topic:nothing", "minister:nobody"])
def test_a_main_subject_that_does_not_exist_is_dropped_and_named(client: Client, tagged: Any, bad: str) -> None:
    response = visit(client, f"/?q=talks&country=RU&about={bad}")
    assert f"“{bad}” was left out" in text(response) or f"about={bad}" in text(response)
    assert set(titles(response.context["results"])) == {"alfa talks", "bravo talks"}


@pytest.mark.parametrize(
    ("address", "dropped", "expected"),
    [
        ("from=2024&to=2023", "to=2023", "delta"),
        ("country=RU&-country=RU", "-country=RU", "alfa bravo"),
        ("country=RU&country=QQ", "country=QQ", "alfa bravo"),
        ("from=2024&to=tomorrow", "to=tomorrow", "delta"),
        ("country=RU&colour=red&sort=oldest", "colour=red", "alfa bravo"),
    ],
)
def test_the_rest_of_an_address_counts_where_a_part_is_dropped(
    client: Client, tagged: Any, address: str, dropped: str, expected: str
) -> None:
    response = visit(client, f"/?{address}")
    assert f"Left out of the address: {dropped}" in text(response)
    assert {title.split()[0] for title in titles(response.context["results"])} == set(expected.split())


@pytest.mark.parametrize(
    "address",
    [
        "/?",
        "/?&&&=&;",
        "/?=",
        "/?q",
        "/?%ff=%fe",
        "/?country=%00",
        "/?country=%ED%A0%80",
        "/?q=%00&page=%00&from=%00&sort=%00",
        "/?page=999999",
        "/?page=1000000&per=100",
        "/?from=0001&to=9999-12-31",
        "/?from=9999-12-31",
        "/?to=0001-01-01",
        "/?" + "&".join(f"country={number}" for number in range(900)),
        "/?" + "&".join(f"p{number}=1" for number in range(3000)),
        "/?q=" + "x" * 100_000,
        "/?country=" + "x" * 100_000,
        "/?" + "x" * 100_000 + "=1",
        "/countries/QQ/",
        "/countries/%00/",
        "/ministers/%ff/",
        "/topics/" + "x" * 5000 + "/",
        "/articles/99999999999999999999999/x/",
        "/articles/0/",
        "/countries/RU/?country=QQ&page=x&-country=RU",
        "/ministers/wang-yi/?-minister=wang-yi",
        "/topics/gaza/?all=topic&topic=energy&page=7",
    ],
    ids=lambda address: address[:40],
)
def test_no_address_is_a_500(client: Client, tagged: Any, address: str) -> None:
    client.raise_request_exception = False
    assert client.get(address).status_code in {200, 301, 400, 404}
