"""Compares the search index with the database, and mends it where it is told to."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.search import indexing
from articles.search.engines.base import EngineUnavailable

SHOWN = 10
REPAIR_HINT = "Run: python manage.py check_index --repair"


class Command(BaseCommand):
    """Says which articles the index lacks, has in an old state, or has although they are gone. Changes nothing else."""

    help = "Compare the search index with the database, article by article; with --repair also mend it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="Mend what differs; build anew what is damaged.")

    def handle(self, *args: Any, repair: bool, **options: Any) -> None:
        """Raises CommandError (exit code 1) where something differs that was not mended."""
        try:
            damage = indexing.damage()
            if not damage:
                self.compare(repair)
                return
            for what in damage:
                self.stderr.write(what)
            if not repair:
                raise CommandError(f"The index cannot be used as it is. {REPAIR_HINT}")
            count = indexing.rebuild(self.show)
        except EngineUnavailable as error:
            raise CommandError(str(error)) from error
        self.stderr.write(f"The index was built anew. It holds {count} articles.")

    def compare(self, repair: bool) -> None:
        """Compare article by article, and mend. Raises CommandError and EngineUnavailable."""
        found = indexing.compare(self.show)
        for name, keys in (
            ("not in the index", found.missing),
            ("in the index as they were before they changed", found.changed),
            ("in the index although no longer in the database", found.gone),
        ):
            if keys:
                some = ", ".join(map(str, keys[:SHOWN])) + (", …" if len(keys) > SHOWN else "")
                self.stderr.write(f"{len(keys)} {name}: {some}")
        if not found.any():
            self.stderr.write(f"The index is sound. It holds {found.total} articles.")
        elif repair:
            indexing.repair(found)
            self.stderr.write(f"The index is mended. It holds {found.total} articles.")
        else:
            raise CommandError(f"The index differs from the database. {REPAIR_HINT}")

    def show(self, done: int, total: int) -> None:
        """Report how far it is."""
        self.stderr.write(f"looked at {done} of {total}")
