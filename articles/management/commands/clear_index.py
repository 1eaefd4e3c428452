"""Empties the search index. Overrides Haystack's command of this name."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.management.asking import ask
from articles.search import indexing
from articles.search.engines.base import EngineUnavailable


class Command(BaseCommand):
    """The articles stay in the database; nothing is found until the index is built again."""

    help = "Empty the search index. Articles stay in the database; rebuild_index finds them again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--noinput", "--no-input", action="store_true", help="Do not ask before starting.")

    def handle(self, *args: Any, noinput: bool, **options: Any) -> None:
        if not noinput:
            ask(self, "After this nothing is found until rebuild_index has run.")
        try:
            indexing.clear()
        except EngineUnavailable as error:
            raise CommandError(str(error)) from error
        self.stderr.write("The index is empty.")
