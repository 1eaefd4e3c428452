"""Which paths there are, in which language, and how one pages through what is found, sentence by sentence."""

import csv
import io
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from articles.models import Article
from tests.search import test_searching
from tests.search.asking import FIVE_TALKS, Archive, links, results_at, soup, text, titles, visit
from tests.search.test_searching import every

small_gazetteer = test_searching.small_gazetteer


@pytest.fixture
def tagged(archive: Archive) -> list[Article]:
    return archive(*FIVE_TALKS)


# --- paths


SUBJECTS = ["/ministers/wang-yi/", "/countries/RU/", "/topics/energy/"]


def test_the_search_exists_in_each_language_with_its_parameters(client: Client, tagged: Any) -> None:
    for prefix in ("", "/ar", "/ru"):
        results = results_at(client, f"{prefix}/?q=talks&country=RU&from=2023-10-31&to=2023-11")
        assert titles(results) == ["bravo talks"]


@pytest.mark.parametrize("path", SUBJECTS)
def test_a_page_of_a_subject_exists_in_each_language_and_quietly_takes_no_parameters(
    client: Client, tagged: Any, path: str
) -> None:
    for prefix in ("", "/ar", "/ru"):
        own = titles(results_at(client, prefix + path))
        assert "bravo talks" in own
        for address in ("?q=nosuchword", "?page=7", "?page=x&colour=red&from=yesterday&lang=qqq", "?-country=RU"):
            assert titles(results_at(client, prefix + path + address)) == own
            assert "colour" not in text(visit(client, prefix + path + address))


def test_bad_values_are_named_on_the_page_of_a_search(client: Client, tagged: Any) -> None:
    said = text(visit(client, "/?q=talks&colour=red&from=yesterday&lang=qqq"))
    for part in ("colour=red", "from=yesterday", "lang=qqq"):
        assert f"Left out of the address: {part}" in said


def test_a_search_can_be_paged_by_its_address(client: Client, long_list: Any) -> None:
    first, second = (results_at(client, f"/?country=RU&q=talks&per=10&page={number}") for number in (1, 2))
    assert [hit.rank for hit in first.hits] == list(range(1, 11))
    assert [hit.rank for hit in second.hits] == list(range(11, 21))


def test_a_page_of_a_subject_shows_the_newest_ten_and_leads_to_all(client: Client, long_list: Any) -> None:
    page = visit(client, "/countries/RU/")
    assert len(soup(page).select(".lines > li")) == 10
    assert "/?country=RU" in links(page)


@pytest.mark.parametrize("title", ["Talks in Doha", "لقاء في القاهرة", "Встреча", "?!", "x" * 300])
def test_a_wrong_slug_redirects_to_the_right_one(archive: Archive, client: Client, title: str) -> None:
    (article,) = archive({"title": title, "body": "The only text."})
    right = article.get_absolute_url()
    for prefix in ("", "/ar", "/ru"):
        assert "The only text." in text(visit(client, prefix + right))
        for wrong in ("wrong/", "", "%D9%84/"):
            response: Any = client.get(f"{prefix}/articles/{article.pk}/{wrong}")
            assert (response.status_code, response["Location"]) == (301, prefix + right)


def test_every_row_links_to_the_right_slug(client: Client, tagged: Any) -> None:
    for row in soup(visit(client, "/?q=talks")).select("article.result h2 a"):
        assert client.get(str(row["href"])).status_code == 200


@pytest.mark.parametrize(
    "address", ["q=talks&country=RU", "-lang=en&sort=oldest", "q=Lavrov&variants=0", "undated=1", ""]
)
def test_the_export_takes_the_searchs_parameters(client: Client, tagged: Any, address: str) -> None:
    user = User.objects.create_user("exporter", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="export_article"))
    client.force_login(user)
    response: Any = client.get(f"/export.csv?{address}")
    content = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content, newline="")))
    assert [row["title"] for row in rows] == titles(results_at(client, f"/?{address}")) != []


# --- the interface's language


@pytest.mark.parametrize("path", ["/", "/?q=talks", "/countries/RU/", "/ministers/wang-yi/", "/topics/gaza/"])
def test_the_language_is_in_the_path_whatever_browser_and_cookie_say(client: Client, tagged: Any, path: str) -> None:
    client.cookies["django_language"] = "ru"
    for prefix, language in (("", "en"), ("/ar", "ar"), ("/ru", "ru")):
        for browser in ("", "ru", "ar,ru;q=0.8"):
            response: Any = client.get(prefix + path, headers={"accept-language": browser} if browser else {})
            assert response.status_code == 200
            assert soup(response).select("html")[0]["lang"] == response["Content-Language"] == language
            assert not response.cookies


@pytest.mark.parametrize(
    "path",
    ["/", "/?q=talks&-country=RU&page=2&per=10", "/countries/RU/?q=talks", "/ministers/wang-yi/", "/topics/gaza/"],
)
def test_each_page_links_to_itself_in_the_other_languages(client: Client, tagged: Any, path: str) -> None:
    own = {"en": path, "ar": f"/ar{path}", "ru": f"/ru{path}"}
    # Crawlers want whole addresses, and one for readers of other languages.
    expected = {code: f"http://testserver{address}" for code, address in {**own, "x-default": path}.items()}
    for address in own.values():
        page = soup(visit(client, address))
        assert {str(link["hreflang"]): str(link["href"]) for link in page.select("link[hreflang]")} == expected


def test_an_article_links_to_itself_in_the_other_languages(client: Client, tagged: Any) -> None:
    path = tagged[0].get_absolute_url()
    page = soup(visit(client, path))
    assert {str(link["href"]) for link in page.select("link[hreflang]")} == {
        f"http://testserver{prefix}{path}" for prefix in ("", "/ar", "/ru")
    }


def test_english_has_no_path_of_its_own_and_exports_have_one_path(client: Client, tagged: Any) -> None:
    for address in ("/en/", "/en/?q=talks", "/ar/export.csv", "/ru/export.csv", "/en/export.csv"):
        assert client.get(address).status_code == 404


def test_links_of_a_page_stay_in_its_language(client: Client, tagged: Any) -> None:
    page = soup(visit(client, "/ar/?q=talks&country=RU"))
    addresses = [str(link["href"]) for link in page.select("a[href]:not([hreflang])")]
    # A feed has one address, whatever the language.
    elsewhere = [address for address in addresses if address.startswith("/") and not address.startswith("/ar/")]
    assert elsewhere == ["/feed.atom?q=talks&country=RU"]


# --- paging


@pytest.fixture
def long_list(archive: Archive) -> list[Article]:
    return archive(
        *(
            {
                "title": f"number {number}",
                "body": "equal talks",
                "date": f"2024-01-{number % 9 + 1:02}" if number % 4 else "",
                "countries": ("RU",),
                "copy_group": "copies" if number % 10 == 3 else "",
            }
            for number in range(67)
        ),
        {"title": "hidden", "body": "equal talks", "countries": ("RU",), "visible": False},
    )


def test_any_change_but_paging_goes_back_to_page_1(client: Client, long_list: Any) -> None:
    path = "/?q=talks&country=RU&from=2024&sort=oldest&per=10&page=3"
    response = visit(client, path)
    assert len(response.context["results"].hits) == 10
    page = soup(response)
    paging = {str(link["href"]) for link in page.select(".pages a")}
    others = {str(link["href"]) for link in page.select("a[href]:not([hreflang])")} - paging
    assert len(others) > 20
    assert [address for address in others if "page=" in address] == []
    assert not page.select('[name="page"]')
    # One of each: facet, exclusion, chip, bar, order, number of rows, copies.
    for part in ("country=RU&-lang=en", "-country=RU", "from=2024-01-05", "sort=newest", "per=50", "copies=all"):
        assert any(part in address for address in others), part


def test_paging_changes_nothing_but_the_page(client: Client, long_list: Any) -> None:
    state = "q=talks&country=RU&sort=oldest&per=10&copies=all"
    page = soup(visit(client, f"/?{state}&page=3"))
    addresses = [str(link["href"]) for link in page.select(".pages a")]
    assert len(addresses) >= 5
    for address in addresses:
        pairs = parse_qsl(urlsplit(address).query)
        assert {pair for pair in pairs if pair[0] != "page"} == set(parse_qsl(state))


@pytest.mark.parametrize(
    "rest", ["q=talks", "q=talks&sort=newest", "q=talks&sort=oldest", "country=RU", "q=nowhere+OR+talks"]
)
@pytest.mark.parametrize(("copies", "per"), [("fold", 10), ("all", 20)])
def test_paging_is_exact_to_the_last_row(client: Client, long_list: Any, rest: str, copies: str, per: int) -> None:
    address = f"/?{rest}&copies={copies}&per={per}"
    first = results_at(client, address)
    assert (first.total, first.stories) == (67, 61)
    rows = 67 if copies == "all" else 61
    assert (first.rows, first.pages) == (rows, -(-rows // per))
    seen: list[int] = []
    for number in range(1, first.pages + 1):
        response = visit(client, f"{address}&page={number}")
        results = response.context["results"]
        assert results.total == 67
        assert len(results.hits) == min(per, rows - len(seen))
        assert [hit.rank for hit in results.hits] == list(range(len(seen) + 1, len(seen) + len(results.hits) + 1))
        assert len(soup(response).select("article.result")) == len(results.hits)
        seen += [hit.article.pk for hit in results.hits]
    assert len(set(seen)) == len(seen) == rows
    if copies == "all":
        assert seen == every(rest).ids
    beyond = visit(client, f"{address}&page={first.pages + 1}")
    assert (beyond.context["results"].total, beyond.context["results"].hits) == (67, ())
    assert "past the last page" in text(beyond)
    assert f"page={first.pages}" in " ".join(links(beyond)) or first.pages == 1
