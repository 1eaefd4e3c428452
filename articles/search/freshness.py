"""Articles as they are now, of those that were found: the index may have to learn of some."""

from typing import Any

from django.db.models import F, QuerySet
from haystack import connections

from articles.models import Article


def marked(articles: QuerySet[Any]) -> QuerySet[Any]:
    """Return the articles with what `up_to_date` goes by."""
    return articles.annotate(marked=F("unindexed"))


def up_to_date(found: dict[int, Any]) -> dict[int, Any]:
    """Leave out of articles by key, loaded through `marked`, those that were found by what they no longer are.

    Raises EngineUnavailable.
    """
    waiting = [pk for pk, article in found.items() if article.marked is not None]
    if waiting:
        articles = Article.objects.with_tags().filter(pk__in=waiting)
        for pk in connections["default"].get_backend().differing(articles):
            del found[pk]
    return found
