"""Tags articles again, after the gazetteer or the rules changed. What editors set or removed stays."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from articles import reference
from articles.enrichment import Tags, prepare
from articles.gazetteer.facts import Gazetteer
from articles.importing.tagging import gazetteer_to_tag_with, lock, state, tags_if_possible, write_tags
from articles.models import Article, CountryTag, MinisterTag, TopicTag, Unindexed

BATCH = 200
_ATTEMPTS = 5
Show = Callable[[int, int], None]


def changed(articles: QuerySet[Article]) -> QuerySet[Article]:
    """Return those of `articles` whose tags were made by another gazetteer or by other rules than those of now."""
    return articles.exclude(tagged_with=state(reference.current()))


@dataclass
class Retagged:
    """What became of the articles: how many were looked at; keys of those whose tags changed, or could not be made."""

    done: int = 0
    changed: list[int] = field(default_factory=list)
    failed: list[int] = field(default_factory=list)


def retag(articles: QuerySet[Article], show: Show = lambda done, total: None) -> Retagged:
    """Tag `articles` again.

    Each batch is read and tagged, and then written in a transaction of its own, so that the database is never locked
    while tagging. What is done stays done if the work is stopped: articles of which the index has to learn are marked
    (Unindexed), and what is left is found by `changed`. `show` is told (done, all) after each batch. What editors
    change in the gazetteer meanwhile counts from the next batch on.

    Raises EmptyGazetteer where nothing is known to tag with.
    """
    prepare(gazetteer_to_tag_with())
    keys = list(articles.order_by("pk").values_list("pk", flat=True))
    found = Retagged()
    waiting = iter(keys)
    while batch := list(islice(waiting, BATCH)):
        _retag(batch, found)
        found.done += len(batch)
        show(found.done, len(keys))
    return found


def _retag(batch: list[int], found: Retagged) -> None:
    """Tag a batch, again where the gazetteer changed before the tags were written: they would undo what it says now."""
    for _attempt in range(_ATTEMPTS):
        gazetteer = gazetteer_to_tag_with()
        failed: list[int] = []
        pairs = list(_tagged(batch, gazetteer, failed))
        with transaction.atomic():
            lock(batch)
            if reference.current() is not gazetteer:
                continue
            found.changed += _write(pairs)
            found.failed += failed
            return
    raise RuntimeError("The gazetteer changes too fast to tag by it.")


def _tagged(batch: list[int], gazetteer: Gazetteer, failed: list[int]) -> Iterator[tuple[Article, Tags]]:
    """Yield the articles that are still there with their tags of now. One that breaks the tagger keeps what it has."""
    for article in Article.objects.filter(pk__in=batch).order_by("pk"):
        tags, reason = tags_if_possible(article, gazetteer)
        if reason:
            failed.append(article.pk)
        else:
            yield article, tags


def _write(pairs: list[tuple[Article, Tags]]) -> list[int]:
    """Write the tags of a batch; return the keys of the articles whose tags changed."""
    # What an import or an editor changed meanwhile was tagged by them, with its new text.
    present = dict(
        Article.objects.filter(pk__in=[article.pk for article, _tags in pairs]).values_list("pk", "updated_at")
    )
    same = [(article, tags) for article, tags in pairs if present.get(article.pk) == article.updated_at]
    keys = [article.pk for article, _tags in same]
    before = _tags(keys)
    write_tags(same)
    after = _tags(keys)
    differing = [pk for pk in keys if before.get(pk) != after.get(pk)]
    Unindexed.objects.mark(differing)
    return differing


def _tags(batch: list[int]) -> dict[int, list[tuple]]:
    """Return all that is known of the tags of each article, in an order that does not depend on their keys."""
    found: dict[int, list[tuple]] = {}
    common = ("count", "main", "evidence", "uncertain", "by_editor", "removed")
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
