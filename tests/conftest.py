"""What all tests share: an index of their own, and articles made in a line."""

import datetime
import itertools
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

# The same examples in every run of the CI: what is new there is the change, never the luck.
hypothesis.settings.register_profile("ci", derandomize=True, deadline=None)
hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") == "true" else "here")

_numbers = itertools.count(1)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Every test begins in English, whatever language a page before it was asked for in."""
    from django.utils import translation

    with translation.override("en"):
        yield


@pytest.fixture
def index(db: None, tmp_path: Path) -> Iterator[Path]:
    """An empty search index in a folder of its own, for all threads; its path."""
    from haystack import connections

    from articles.search import indexing

    options = connections.connections_info["default"]
    before = options["PATH"]
    options["PATH"] = str(tmp_path / "index")
    # Haystack keeps a backend a thread; this thread's would still have the old path.
    connections.reload("default")
    indexing.clear()
    yield tmp_path / "index"
    options["PATH"] = before
    connections.reload("default")


@pytest.fixture
def make_article(db: None) -> Callable[..., Any]:
    """Return a function that makes an article in the database.

    `date` is ISO text; `countries`, `ministers`, `topics` list codes and slugs, made where missing. `main` names
    those of the countries, ministers and topics that are main subjects.
    """
    from articles.models import Article, Country, CountryTag, Minister, MinisterTag, Source, Topic, TopicTag

    def make(
        body: str = "A text.",
        title: str = "A title",
        *,
        date: str = "",
        source: str = "World Desk",
        countries: tuple[str, ...] = (),
        ministers: tuple[str, ...] = (),
        topics: tuple[str, ...] = (),
        main: tuple[str, ...] = (),
        **fields: Any,
    ) -> Article:
        number = next(_numbers)
        moment = datetime.datetime.fromisoformat(date).replace(tzinfo=datetime.UTC) if date else None
        slug = source.lower().replace(" ", "-")
        article = Article.objects.create(
            **{
                "source": Source.objects.get_or_create(slug=slug, defaults={"name": source})[0],
                "title": title,
                "body": body,
                "language": "en",
                "published_at": moment,
                "date_precision": "day" if moment else "none",
                "date_kind": "stated" if moment else "none",
                "body_hash": f"hash-{number}",
                **fields,
            }
        )
        for code in countries:
            country, _ = Country.objects.get_or_create(code=code, defaults={"name": code})
            CountryTag.objects.create(article=article, country=country, count=1, main=code in main)
        for minister_slug in ministers:
            name = minister_slug.replace("-", " ").title()
            minister, _ = Minister.objects.get_or_create(slug=minister_slug, defaults={"name": name})
            MinisterTag.objects.create(article=article, minister=minister, count=1, main=minister_slug in main)
        for topic_slug in topics:
            topic, _ = Topic.objects.get_or_create(slug=topic_slug, defaults={"names": {"en": topic_slug.title()}})
            TopicTag.objects.create(article=article, topic=topic, count=1, main=topic_slug in main)
        return article

    return make


@pytest.fixture
def archive(index: Path, make_article: Callable[..., Any]) -> Callable[..., list[Any]]:
    """Return a function that makes articles from dictionaries of `make_article`'s arguments and indexes them."""
    from articles.search import indexing

    def fill(*rows: dict[str, Any]) -> list[Any]:
        articles = [make_article(**row) for row in rows]
        indexing.update([article.pk for article in articles])
        return articles

    return fill
