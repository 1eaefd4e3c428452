"""Finds the near-copies of the whole archive anew, and builds the index that folds them."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.importing import regroup
from articles.management.progress import Progress
from articles.search import indexing
from articles.search.engines.base import EngineUnavailable


class Command(BaseCommand):
    """Imports group what they bring in by themselves: this is for archives from before, and after a change of rules."""

    help = "Group equal and nearly equal articles of the whole archive anew."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-index", action="store_true", help="Leave the search index alone.")

    def handle(self, *args: Any, no_index: bool, **options: Any) -> None:
        progress = Progress(self.stderr)
        grouped = regroup(lambda done, total: progress.show(f"grouped {done:,} of {total:,}", done, done))
        progress.say(f"{grouped:,} articles stand in groups of near-copies")
        if no_index:
            return
        try:
            indexing.rebuild()
        except EngineUnavailable as error:
            raise CommandError(f"The groups are saved, but the index is not up to date: {error}") from error
