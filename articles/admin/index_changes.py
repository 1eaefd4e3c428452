"""Keeping the search index in step with what an editor saves: after the commit, and never at the cost of the page."""

import logging
from collections.abc import Callable, Iterable

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest

from articles.models import Unindexed
from articles.search import indexing

logger = logging.getLogger(__name__)


def update_after_commit(request: HttpRequest, article_ids: Iterable[int]) -> None:
    """Bring the articles up to date in the index once they are committed."""
    ids = list(article_ids)
    # Until then no search shows them as they were.
    Unindexed.objects.mark(ids)
    _after_commit(request, indexing.update, ids)


def remove_after_commit(request: HttpRequest, article_ids: Iterable[int]) -> None:
    """Take the articles out of the index once their deletion is committed."""
    _after_commit(request, indexing.remove, list(article_ids))


def _after_commit(request: HttpRequest, change: Callable[[Iterable[int]], None], ids: list[int]) -> None:
    def run() -> None:
        try:
            change(ids)
        except indexing.EngineUnavailable as error:
            logger.error("The index could not be changed: %s", error)
            # What is marked the next import or update_index catches up with.
            messages.warning(
                request,
                "The change is saved, but the search index could not be changed. "
                "Until “python manage.py update_index” is run, searches show the old state.",
            )

    if ids:
        transaction.on_commit(run)
