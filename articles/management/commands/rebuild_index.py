"""Builds the search index anew. Overrides Haystack's command of this name, which deletes the live index first."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.management.asking import ask
from articles.search import indexing
from articles.search.engines.base import EngineUnavailable


class Command(BaseCommand):
    """Every article goes into a new index; searches go on in the old one until it is done."""

    help = "Build the search index anew; searches go on in the old one until the new one is ready."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--noinput", "--no-input", action="store_true", help="Do not ask before starting.")
        parser.add_argument("--if-stale", action="store_true", help="Only if the index is missing, old or incomplete.")

    def handle(self, *args: Any, noinput: bool, if_stale: bool, **options: Any) -> None:
        if if_stale and not indexing.is_stale():
            return
        if not noinput:
            ask(self, "This builds the search index anew.")
        try:
            count = indexing.rebuild(self.show)
        except EngineUnavailable as error:
            raise CommandError(str(error)) from error
        self.stderr.write(f"The index holds {count} articles.")

    def show(self, done: int, total: int) -> None:
        """Report how far the rebuild is."""
        self.stderr.write(f"indexed {done} of {total}")
