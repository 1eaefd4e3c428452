"""`manage.py export_articles`: the contract that outside scripts rely on."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command

from articles.exports import COLUMNS
from articles.models import Article, CountryTag, MinisterTag, Original

pytestmark = pytest.mark.django_db


def exported(*arguments: str) -> str:
    output = io.StringIO()
    call_command("export_articles", *arguments, stdout=output)
    return output.getvalue()


@pytest.fixture
def article(make_article: Callable[..., Article]) -> Article:
    article = make_article(
        "First paragraph.\n\nSecond, with \u2028 and \x85 inside.",
        'A "title", quoted',
        date="2024-07-25T14:03:00",
        date_precision="minute",
        url="https://example.org/a",
        countries=("RU", "CN", "FR"),
        ministers=("sergey-lavrov", "wang-yi"),
        topics=("asean",),
        main=("RU", "CN"),
        original=Original.objects.create(sha256="0" * 64, name="a.txt", size=1),
    )
    MinisterTag.objects.filter(minister__slug="wang-yi").update(by_role=True)
    CountryTag.objects.filter(country="FR").update(removed=True)
    return article


def test_a_line_holds_every_field_of_the_contract(article: Article) -> None:
    (line,) = exported().split("\n")[:-1]
    assert json.loads(line) == {
        "id": article.pk,
        "url": "https://example.org/a",
        "file": "a.txt",
        "title": 'A "title", quoted',
        "title_made": False,
        "date": "2024-07-25T14:03Z",
        "date_precision": "minute",
        "date_kind": "stated",
        "source": "World Desk",
        "language": "en",
        "countries": ["CN", "RU"],
        "countries_mentioned": ["CN", "RU"],
        "ministers": ["Sergey Lavrov"],
        "minister_slugs": ["sergey-lavrov"],
        "ministers_by_role": ["Wang Yi"],
        "topics": ["asean"],
        "visible": True,
        "text": "First paragraph.\n\nSecond, with \u2028 and \x85 inside.",
    }
    assert list(json.loads(line)) == list(COLUMNS)
    assert not {"\u2028", "\u2029", "\x85"} & set(line)


def test_csv_joins_lists_with_bars(article: Article) -> None:
    (row,) = csv.DictReader(io.StringIO(exported("--format", "csv")))
    assert tuple(row) == COLUMNS
    assert (row["countries"], row["title_made"], row["visible"]) == ("CN|RU", "false", "true")
    assert row["text"] == article.body


def test_hidden_and_undated_articles_are_exported_in_order(make_article: Callable[..., Article]) -> None:
    keys = [make_article(f"Text {number}", visible=number % 2 == 0).pk for number in range(4)]
    rows: list[dict[str, Any]] = [json.loads(line) for line in exported().splitlines()]
    assert [row["id"] for row in rows] == keys
    assert [row["visible"] for row in rows] == [True, False, True, False]
    assert {(row["date"], row["date_precision"], row["date_kind"]) for row in rows} == {("", "none", "none")}


def test_the_number_of_queries_does_not_grow_with_the_archive(
    make_article: Callable[..., Article], django_assert_num_queries: Any
) -> None:
    for number in range(30):
        make_article(f"Text {number}", countries=("FR",), ministers=("wang-yi",), topics=("asean",))
    with django_assert_num_queries(4):
        exported()
