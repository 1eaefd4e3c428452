"""Keeping the search index in step with what an editor saves: after the commit, and never at the cost of the page."""

import logging
from collections.abc import Callable, Iterable

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest

from articles.models import Article, Unindexed
from articles.search import indexing

logger = logging.getLogger(__name__)


def update_after_commit(request: HttpRequest, article_ids: Iterable[int]) -> None:
    """Bring the articles up to date in the index once they are committed."""
    _after_commit(request, indexing.update, article_ids)


def remove_after_commit(request: HttpRequest, article_ids: Iterable[int]) -> None:
    """Take the articles out of the index once their deletion is committed."""
    _after_commit(request, indexing.remove, article_ids)


def _after_commit(request: HttpRequest, change: Callable[[Iterable[int]], None], article_ids: Iterable[int]) -> None:
    ids = list(article_ids)

    def run() -> None:
        try:
            change(ids)
        except indexing.EngineUnavailable as error:
            logger.error("The index could not be changed: %s", error)
            # The next import or update_index catches up with what is still there.
            there = Article.objects.filter(pk__in=ids).values_list("pk", flat=True)
            Unindexed.objects.bulk_create([Unindexed(article_id=pk) for pk in there], ignore_conflicts=True)
            messages.warning(
                request,
                "The change is saved, but the search index could not be changed. "
                "Until “python manage.py update_index” is run, searches show the old state.",
            )

    if ids:
        transaction.on_commit(run)
