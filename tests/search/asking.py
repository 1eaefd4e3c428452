"""Searches as a reader asks for them: by the address of the page, and by what the page then says."""

import html
import re
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from bs4 import BeautifulSoup
from django.http import QueryDict
from django.test import Client

from articles.models import Article
from articles.search import SearchParams, SearchResults, search

Archive = Callable[..., list[Article]]

# Rows for `archive`: tags of every kind, three languages, dates in three years and none.
FIVE_TALKS: tuple[dict[str, Any], ...] = (
    {
        "title": "alfa talks",
        "countries": ("RU", "IR"),
        "main": ("RU", "gaza"),
        "ministers": ("sergey-lavrov",),
        "topics": ("gaza",),
        "date": "2023-10-07",
    },
    {
        "title": "bravo talks",
        "countries": ("RU",),
        "main": ("RU",),
        "ministers": ("wang-yi",),
        "topics": ("energy",),
        "source": "Gulf Desk",
        "date": "2023-10-31",
    },
    {"title": "charlie talks", "countries": ("IR", "SA"), "language": "ar", "date": "2023-12-31"},
    {"title": "delta talks", "countries": ("SA",), "topics": ("energy",), "language": "ru", "date": "2024-01-01"},
    {"title": "echo talks", "body": "Lavrov"},
)


def address_of(q: str, rest: str = "") -> str:
    """Return the address of the search page with these words and the `rest` of the parameters as written."""
    return "/?" + "&".join(part for part in (urlencode({"q": q}, quote_via=quote) if q else "", rest) if part)


def visit(client: Client, address: str) -> Any:
    """Return the response to an address that must answer with a page."""
    response: Any = client.get(address)
    assert response.status_code == 200, address
    return response


def results_at(client: Client, address: str) -> SearchResults:
    """Return what the page at an address was told by the front door."""
    results = visit(client, address).context["results"]
    assert isinstance(results, SearchResults)
    return results


def ask(client: Client, q: str, rest: str = "") -> SearchResults:
    """Return the results of typing `q` into the box, with the `rest` of the address as written."""
    return results_at(client, address_of(q, rest))


def titles(results: SearchResults) -> list[str]:
    """Return the titles of the rows in order."""
    return [hit.article.title for hit in results.hits]


def found(q: str, rest: str = "") -> set[str]:
    """Return the titles of what the front door finds, whatever the order; all of it stands on one page."""
    results = search(SearchParams.from_query(QueryDict(address_of(q, rest).removeprefix("/?"))))
    assert len(results.hits) == results.rows
    return set(titles(results))


def found_at(rest: str) -> set[str]:
    """Return the titles of what an address finds, without its `/?`."""
    return found("", rest)


def found_silently(q: str, rest: str = "") -> set[str]:
    """Return the titles of what is found where there is nothing to tell the reader."""
    results = search(SearchParams.from_query(QueryDict(address_of(q, rest).removeprefix("/?"))))
    assert (results.messages, results.params.problems) == ((), ())
    return set(titles(results))


def mistaken(cases: Sequence[tuple[str, str]], finds: Callable[[str], set[str]] = found) -> dict[str, set[str]]:
    """Return the cases of a table that are answered otherwise than they say, with the answer.

    A case is what is asked, and the first words of the titles that are to be found.
    """
    answers = {asked: {title.split()[0] for title in finds(asked)} for asked, _ in cases}
    return {asked: answers[asked] for asked, expected in cases if answers[asked] != set(expected.split())}


def soup(response: Any) -> BeautifulSoup:
    """Return the page as a tree."""
    return BeautifulSoup(response.content, "lxml")


def text(response: Any) -> str:
    """Return the words of the page, without its markup, as a reader sees or hears them."""
    words = re.sub(r"<[^>]*>", "", response.content.decode())
    return " ".join(html.unescape(words).split())


def links(response: Any) -> set[str]:
    """Return the addresses of all links of the page."""
    return {str(link["href"]) for link in soup(response).select("a[href]")}
