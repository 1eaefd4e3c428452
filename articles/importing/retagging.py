"""Tags articles again, after the gazetteer or the rules changed. What editors set or removed stays."""

from collections.abc import Callable
from itertools import islice
from typing import Any

from django.db.models import QuerySet

from articles import reference
from articles.importing.tagging import tags_of, write_tags
from articles.models import Article, CountryTag, MinisterTag, TopicTag

BATCH = 200
Show = Callable[[int, int], None]


def retag(articles: QuerySet[Article], show: Show = lambda done, total: None) -> list[int]:
    """Tag `articles` again and return the primary keys of those whose tags changed, which the index must learn of.

    Each batch is read, tagged and then written in a transaction of its own, so that the database is never locked while
    tagging, and what is done stays done if the work is stopped. `show` is told after each batch.
    """
    gazetteer = reference.current()
    keys = list(articles.order_by("pk").values_list("pk", flat=True))
    changed: list[int] = []
    waiting = iter(keys)
    done = 0
    while batch := list(islice(waiting, BATCH)):
        # An article that was deleted under way is not in the answer.
        present = list(Article.objects.filter(pk__in=batch).order_by("pk"))
        before = _tags(batch)
        write_tags([(article, tags_of(article, gazetteer)) for article in present])
        after = _tags(batch)
        changed.extend(pk for pk in batch if before.get(pk) != after.get(pk))
        done += len(batch)
        show(done, len(keys))
    return changed


def _tags(batch: list[int]) -> dict[int, list[tuple]]:
    """Return all that is known of the tags of each article, in an order that does not depend on their keys."""
    found: dict[int, list[tuple]] = {}
    common = ("count", "main", "evidence", "by_editor", "removed")
    kinds: tuple[tuple[Any, tuple[str, ...]], ...] = (
        (CountryTag, ("country_id", *common)),
        (MinisterTag, ("minister_id", *common, "by_role")),
        (TopicTag, ("topic_id", *common)),
    )
    for model, columns in kinds:
        rows = model._default_manager.filter(article__in=batch).order_by("article_id", columns[0])
        for pk, *values in rows.values_list("article_id", *columns):
            found.setdefault(pk, []).append((model, *values))
    return found
