"""What an answer tells: articles and stories, and three states kept apart, sentence by sentence."""

import csv
import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.management import call_command
from django.test import Client
from haystack import connections

from articles.models import Article
from tests.search import test_searching
from tests.search.asking import Archive, links, results_at, soup, text, titles, visit
from tests.search.test_searching import every, forget_snapshots, value

small_gazetteer = test_searching.small_gazetteer


# --- copies


@pytest.fixture
def copies(archive: Archive) -> list[Article]:
    group = {"copy_group": "same", "countries": ("RU",)}
    return archive(
        {"title": "weak", "body": "truce and many other words that weaken it", "date": "2024-01-03", **group},
        {"title": "truce", "body": "truce truce", "date": "2024-01-02", **group},
        {"title": "early", "body": "truce and some other words", "date": "2024-01-01", **group},
        {"title": "late", "body": "truce and some other words", "date": "2024-01-04", **group},
        {"title": "truce truce", "body": "truce", "date": "2024-01-05", "visible": False, **group},
        {"title": "single", "body": "truce", "countries": ("IR",), "date": "2023-01-01"},
    )


def test_total_and_facet_counts_hold_copies_and_pages_fold_them_into_one_row(client: Client, copies: Any) -> None:
    response = visit(client, "/?q=truce")
    results = response.context["results"]
    assert (results.total, results.stories, len(results.hits)) == (5, 2, 2)
    assert [value(results, "country", code).count for code in ("RU", "IR")] == [4, 1]
    assert results.histogram is not None
    assert sum(bucket.count for bucket in results.histogram.buckets) == 5
    assert "5 articles" in text(response)
    assert "2 stories" in text(response)
    assert "and 3 near-copies" in text(response) or "and 3 copies" in text(response)
    assert len(soup(response).select("article.result")) == 2


def test_folding_is_the_pages_default_and_copies_all_shows_each(client: Client, copies: Any) -> None:
    assert titles(results_at(client, "/?q=truce&copies=fold")) == titles(results_at(client, "/?q=truce"))
    response = visit(client, "/?q=truce&copies=all")
    assert len(response.context["results"].hits) == len(soup(response).select("article.result")) == 5
    assert "and 3" not in text(response)
    assert "5 articles" in text(response)
    assert any("copies=all" in link for link in links(visit(client, "/?q=truce")))


def test_the_export_holds_every_copy(client: Client, copies: Any) -> None:
    user = User.objects.create_user("exporter", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="export_article"))
    client.force_login(user)
    for address in ("/export.csv?q=truce", "/export.csv?q=truce&copies=fold", "/export.csv?q=truce&per=10&page=2"):
        response: Any = client.get(address)
        content = b"".join(response.streaming_content).decode("utf-8-sig")
        assert len(list(csv.DictReader(io.StringIO(content, newline="")))) == 5


def test_the_command_line_counts_and_lists_every_copy(copies: Any) -> None:
    out = io.StringIO()
    call_command("search", "truce", "--format", "jsonl", stdout=out, stderr=io.StringIO())
    line = json.loads(out.getvalue())
    assert (line["total"], len(line["hits"])) == (5, 5)
    assert every("q=truce").total == len(every("q=truce").ids) == 5


@pytest.mark.parametrize(("sort", "row"), [("relevance", "truce"), ("newest", "late"), ("oldest", "early")])
def test_the_row_of_copies_is_the_best_ranked_visible_member(client: Client, copies: Any, sort: str, row: str) -> None:
    results = results_at(client, f"/?q=truce&sort={sort}")
    assert set(titles(results)) == {row, "single"}
    unfolded = titles(results_at(client, f"/?q=truce&sort={sort}&copies=all"))
    assert next(title for title in unfolded if title != "single") == row
    assert {hit.article.title: hit.copies for hit in results.hits} == {row: 3, "single": 0}


def test_the_row_is_the_best_of_those_that_pass_the_filters(client: Client, copies: Any) -> None:
    results = results_at(client, "/?q=truce&to=2024-01-01&from=2024")
    assert [(hit.article.title, hit.copies) for hit in results.hits] == [("early", 0)]


def test_who_may_see_hidden_articles_sees_the_best_of_all(client: Client, copies: Any) -> None:
    client.force_login(User.objects.create_superuser("editor"))
    results = results_at(client, "/?q=truce")
    assert (results.total, results.stories) == (6, 2)
    assert {hit.article.title: hit.copies for hit in results.hits} == {"truce truce": 4, "single": 0}


@pytest.fixture
def many_copies(archive: Archive) -> list[Article]:
    singles = ({"body": f"truce {number}"} for number in range(160))
    pairs = ({"body": f"truce {number}", "copy_group": f"pair-{number // 2}"} for number in range(54))
    return archive(*singles, *pairs)


def test_the_page_says_how_many_articles_and_how_many_stories(client: Client, many_copies: Any) -> None:
    response = visit(client, "/?q=truce")
    results = response.context["results"]
    assert (results.total, results.stories) == (214, 187)
    assert "214 articles" in text(response)
    assert "187 stories" in text(response)
    assert results.pages == 10


def test_between_the_articles_and_the_stories_there_is_a_comma_or_a_space(client: Client, many_copies: Any) -> None:
    said = text(visit(client, "/?q=truce"))
    assert "214 articles, 187 stories" in said or "214 articles 187 stories" in said


# --- the three states


@pytest.fixture
def few(archive: Archive) -> list[Article]:
    return archive(
        {"title": "alfa", "body": "truce", "countries": ("RU",), "main": ("RU",), "date": "2023-10-07"},
        {"title": "bravo", "body": "truce", "ministers": ("wang-yi",), "topics": ("gaza",), "date": "2023-11-01"},
        {"title": "charlie", "body": "oil", "countries": ("IR",), "language": "ar", "source": "Gulf Desk"},
    )


NOTHING, NOT_UNDERSTOOD, UNAVAILABLE = (
    "Nothing found",
    "This search was not understood",
    "Search is not available at the moment",
)


@pytest.mark.parametrize(
    ("address", "without", "total"),
    [
        ("/?q=truce&country=IR", "/?q=truce", 2),
        ("/?q=truce&country=IR", "/?country=IR", 1),
        ("/?q=truce&minister=sergey-lavrov", "/?q=truce", 2),
        ("/?q=truce&topic=energy", "/?q=truce", 2),
        ("/?q=truce&source=gulf-desk", "/?q=truce", 2),
        ("/?q=truce&lang=ar", "/?q=truce", 2),
        ("/?q=oil&-country=IR", "/?q=oil", 1),
        ("/?q=oil&-lang=ar", "/?q=oil", 1),
        ("/?q=oil&-source=gulf-desk", "/?q=oil", 1),
        ("/?q=oil&about=RU", "/?q=oil", 1),
        ("/?q=oil&from=2023", "/?q=oil", 1),
        ("/?q=oil&to=2023", "/?q=oil", 1),
        ("/?q=oil&from=2023&to=2024", "/?q=oil", 1),
        ("/?q=truce&undated=1", "/?q=truce", 2),
        ("/?q=oil&undated=0", "/?q=oil", 1),
        ("/?country=IR&topic=gaza", "/?country=IR", 1),
        ("/?country=IR&topic=gaza", "/?topic=gaza", 1),
        ("/?q=truce&country=RU&from=2024", "/?q=truce&country=RU", 1),
        ("/?q=truce&country=RU&country=IR&all=country", "/?q=truce&country=RU&all=country", 1),
        ("/?country=TR", "/", 3),
        ("/?from=2025", "/", 3),
    ],
)
def test_nothing_found_names_the_filter_to_blame_with_the_count_without_it(
    client: Client, few: Any, address: str, without: str, total: int
) -> None:
    response = visit(client, address)
    assert response.context["results"].state == "nothing"
    said = text(response)
    assert NOTHING in said
    assert NOT_UNDERSTOOD not in said
    assert UNAVAILABLE not in said
    ways = {str(way["href"]): way.parent for way in soup(response).select("#content .empty li > a")}
    assert without in ways
    parent = ways[without]
    assert parent is not None
    assert parent.select(".count")[0].text == str(total) == str(results_at(client, without).total)


@pytest.mark.parametrize("q", ["()", "***", "OR", '"', "-", "country:", "?!", "*:*"])
def test_not_understood_is_neither_nothing_found_nor_unavailable(client: Client, few: Any, q: str) -> None:
    response = visit(client, f"/?q={q}")
    assert response.context["results"].state == "not_understood"
    said = text(response)
    assert NOT_UNDERSTOOD in said
    assert NOTHING not in said
    assert UNAVAILABLE not in said


@pytest.mark.parametrize("q", ["truce", "nowhere", ""])
def test_unavailable_is_neither_nothing_found_nor_not_understood(client: Client, few: Any, index: Path, q: str) -> None:
    shutil.rmtree(index)
    connections.reload("default")
    forget_snapshots()
    response: Any = client.get(f"/?q={q}&country=IR")
    assert response.status_code == 503
    assert response.context["results"].state == "unavailable"
    said = text(response)
    assert UNAVAILABLE in said
    assert NOTHING not in said
    assert NOT_UNDERSTOOD not in said


def test_what_is_found_is_none_of_the_three(client: Client, few: Any) -> None:
    for address in ("/?q=truce", "/", "/?q=***&country=RU", "/?q=truce+OR&country=RU"):
        response = visit(client, address)
        assert response.context["results"].state == "found"
        assert not [state for state in (NOTHING, NOT_UNDERSTOOD, UNAVAILABLE) if state in text(response)]
