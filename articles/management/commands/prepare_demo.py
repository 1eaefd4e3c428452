"""Makes the archive of sample articles ready in one process: what `make demo` does before it serves."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Runs the commands that docs/commands.md lists, one after the other. A second run changes nothing and is quick."""

    help = "Migrate, collect static files, load the gazetteer, import PATH and see to the index."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", help="The folder of sample articles.")

    def handle(self, *args: Any, path: str, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        call_command("load_gazetteer")
        call_command("import_articles", path)
        call_command("rebuild_index", "--noinput", "--if-stale")
