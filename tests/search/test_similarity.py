"""Articles like one that is being read, in its own language and in others, never its copies."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from articles.models import Article
from articles.search import indexing, similar

pytestmark = pytest.mark.django_db

GRAIN = "Ministers met over the grain corridor and ships that carry wheat from the port of Odesa."
NOISE = ("The weather was fine in town.", "A match was played on Sunday.", "Prices rose in shops again.")


@pytest.fixture
def archive(index: Path, make_article: Callable[..., Article]) -> Callable[..., list[Article]]:
    def fill(*rows: dict[str, Any]) -> list[Article]:
        made = [make_article(**row) for row in (*rows, *({"title": "x", "body": text} for text in NOISE))]
        indexing.update([article.pk for article in made])
        return made[: len(rows)]

    return fill


def test_articles_with_the_same_telling_words_are_similar_the_most_alike_first(archive: Any) -> None:
    one, far, near, _other = archive(
        {"title": "Grain corridor", "body": GRAIN},
        {"title": "Port of Odesa", "body": "Repairs in the port of Odesa are under way, said workers of the town."},
        {"title": "Wheat ships", "body": "Ships with wheat left through the grain corridor after ministers met."},
        {"title": "Elections", "body": "Voters chose a new parliament."},
    )
    assert similar(one) == (near, far)


def test_near_copies_and_hidden_articles_are_left_out(archive: Any) -> None:
    one, _copy, _hidden, first, _second = archive(
        {"title": "Grain corridor", "body": GRAIN, "copy_group": "a"},
        {"title": "Grain corridor again", "body": GRAIN, "copy_group": "a"},
        {"title": "Grain secrets", "body": GRAIN, "visible": False},
        {"title": "Wheat ships", "body": "Ships with wheat in the grain corridor. Ships again.", "copy_group": "b"},
        {"title": "Wheat ships", "body": "Ships with wheat in the grain corridor.", "copy_group": "b"},
    )
    assert [article.copy_group for article in similar(one)] == [first.copy_group]


def test_the_same_people_and_subjects_make_articles_similar_across_languages(archive: Any) -> None:
    tags = {"ministers": ("sergey-lavrov",), "countries": ("RU", "TR"), "main": ("RU", "TR"), "topics": ("food",)}
    one, russian, _other = archive(
        {"title": "Grain corridor", "body": GRAIN, **tags},
        {"title": "Зерно", "body": "Министры обсудили вывоз зерна.", "language": "ru", **tags},
        {"title": "Выборы", "body": "Прошли выборы.", "language": "ru"},
    )
    assert similar(one) == (russian,)


def test_there_are_five_at_most(archive: Any) -> None:
    one, *_ = archive(*({"title": f"Grain {number}", "body": f"{GRAIN} {number}"} for number in range(9)))
    assert len(similar(one)) == 5
    assert len(similar(one, most=2)) == 2


def test_an_article_that_says_nothing_is_like_no_other(archive: Any) -> None:
    empty, _ = archive({"title": "", "body": ""}, {"title": "", "body": "the of and"})
    assert similar(empty) == ()


def test_the_articles_page_lists_them_and_does_without_an_index(archive: Any, client: Client, index: Path) -> None:
    one, near = archive(
        {"title": "Grain corridor", "body": GRAIN},
        {"title": "Wheat ships", "body": "Ships with wheat left through the grain corridor after ministers met."},
    )
    html = client.get(one.get_absolute_url()).content.decode()
    assert "Similar articles" in html
    assert f'href="{near.get_absolute_url()}"' in html
    (index / "LIVE").unlink()
    response = client.get(one.get_absolute_url())
    assert response.status_code == 200
    assert "Similar articles" not in response.content.decode()
