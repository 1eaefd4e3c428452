"""Articles with their tags, loaded in a fixed number of queries; and names to show, remembered."""

import threading
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from articles import reference
from articles.importing import settling
from articles.models import Article, CountryTag, Unindexed
from articles.search import facets

MakeArticle = Callable[..., Article]


@pytest.mark.parametrize("load", ["get", "list", "iterator", "in_bulk"])
def test_tags_are_loaded_with_their_articles(
    make_article: MakeArticle, django_assert_num_queries: Any, load: str
) -> None:
    first = make_article(countries=("RU", "FR"), topics=("gaza",))
    second = make_article(ministers=("sergey-lavrov",))
    with django_assert_num_queries(4):
        articles = Article.objects.with_tags()
        found = {
            "get": lambda: [articles.get(pk=first.pk)],
            "list": lambda: list(articles),
            "iterator": lambda: list(articles.iterator()),
            "in_bulk": lambda: list(articles.in_bulk().values()),
        }[load]()
        tags = {article.pk: sorted(tag.country.code for tag in article.country_tags.all()) for article in found}
        assert tags == {first.pk: ["FR", "RU"]} | ({second.pk: []} if load != "get" else {})
        assert all(tag.article is article for article in found for tag in article.country_tags.all())
        assert [tag.minister.slug for article in found for tag in article.minister_tags.all()] == (
            ["sergey-lavrov"] if load != "get" else []
        )


def test_what_is_asked_further_is_asked_of_the_articles_own_tags(make_article: MakeArticle) -> None:
    article = make_article(countries=("RU",))
    make_article(countries=("FR", "DE"))
    removed = make_article(countries=("EG",))
    removed.country_tags.update(removed=True)
    loaded = Article.objects.with_tags().get(pk=article.pk)
    assert loaded.country_tags.count() == 1
    assert [tag.country_id for tag in loaded.country_tags.filter(count__gte=0).order_by("country")] == ["RU"]
    assert list(Article.objects.with_tags().get(pk=removed.pk).country_tags.all()) == []


def test_deciding_on_a_tag_and_taking_it_back_mark_the_article(make_article: MakeArticle) -> None:
    article = make_article(countries=("RU",))
    CountryTag.objects.update(uncertain=True)
    decision = settling.decide("country", article.pk, "RU", False)
    assert list(Unindexed.objects.marks()) == [article.pk]
    Unindexed.objects.all().delete()
    settling.undo(decision.token)
    assert list(Unindexed.objects.marks()) == [article.pk]


def gazetteer(name: str) -> Any:
    """Return as much of a gazetteer as names to show need."""
    return SimpleNamespace(ministers=[SimpleNamespace(slug="x", spellings=(), name=name)], topics=[])


def test_names_of_an_older_gazetteer_do_not_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = gazetteer("Old"), gazetteer("New")
    now = [old]
    monkeypatch.setattr(reference, "is_kept", lambda: True)

    def current() -> Any:
        found = now[0]
        if found is old:
            # The gazetteer changes, and another thread asks for names, before this one goes on.
            now[0] = new
            thread = threading.Thread(target=facets.minister_labels, args=(["x"], "ru"))
            thread.start()
            thread.join()
        return found

    monkeypatch.setattr(reference, "current", current)
    assert facets.minister_labels(["x"], "en") == {"x": "Old"}
    assert facets.minister_labels(["x"], "en") == {"x": "New"}
