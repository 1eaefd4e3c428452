"""Loads the gazetteer's data files into the database."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles import reference
from articles.enrichment import prepare
from articles.gazetteer.files import GazetteerFileError, read_gazetteer
from articles.importing.seeding import seed


class Command(BaseCommand):
    """Idempotent: what editors changed or dropped is kept, a second run changes nothing."""

    help = "Load countries, ministers, officials and topics from the data files; what editors changed is kept."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            gazetteer = read_gazetteer()
        except GazetteerFileError as error:
            raise CommandError(str(error)) from error
        report = seed(gazetteer, self.stderr.write)
        if report:
            self.stderr.write(f"created {report.created}, updated {report.updated}, deleted {report.deleted} rows")
        else:
            self.stderr.write("nothing changed")
        # So that neither an import nor the first editor waits for it.
        prepare(reference.current())
