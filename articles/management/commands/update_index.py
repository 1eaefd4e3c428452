"""Brings the search index up to date. Overrides Haystack's command of this name."""

import datetime
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from articles.models import Article
from articles.search import indexing
from articles.search.engines.base import EngineUnavailable

MOST_HOURS = 24 * 366 * 100


def hours(text: str) -> int:
    """Read a number of hours, from 1 to those of a century. Raises ArgumentTypeError."""
    if not (text.isascii() and text.isdigit()) or len(text) > 12 or not 1 <= int(text) <= MOST_HOURS:
        raise ArgumentTypeError(f"{text!r} is not a number of hours")
    return int(text)


class Command(BaseCommand):
    """Indexes all articles again in place, or those that changed in the last hours."""

    help = "Index articles again: all of them, or with --age those that changed in the last hours."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--age", type=hours, metavar="HOURS", help="Only articles that changed in the last HOURS.")

    def handle(self, *args: Any, age: int | None, **options: Any) -> None:
        try:
            if indexing.exists():
                self.update(age)
            else:
                # Of some articles only, a first index would hide that the others cannot be found.
                indexing.rebuild(self.show)
        except EngineUnavailable as error:
            raise CommandError(str(error)) from error
        self.stderr.write("The index is up to date.")

    def update(self, age: int | None) -> None:
        """Index all articles again, or those that changed in the last `age` hours. Raises EngineUnavailable."""
        articles = Article.objects.order_by("pk")
        if age is not None:
            articles = articles.filter(updated_at__gte=timezone.now() - datetime.timedelta(hours=age))
        ids = list(articles.values_list("pk", flat=True))
        for first in range(0, len(ids), indexing.BATCH):
            indexing.update(ids[first : first + indexing.BATCH])
            self.show(min(first + indexing.BATCH, len(ids)), len(ids))
        if age is None:
            # Asked again: what came in meanwhile is no stranger.
            removed = indexing.remove_strangers(Article.objects.values_list("pk", flat=True))
            if removed:
                self.stderr.write(f"removed {removed} that are no longer in the database")

    def show(self, done: int, total: int) -> None:
        """Report how far it is."""
        self.stderr.write(f"indexed {done} of {total}")
