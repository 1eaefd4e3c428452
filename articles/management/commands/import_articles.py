"""Import files and folders; standard output stays empty, everything said goes to standard error."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.importing import EmptyGazetteer, FileReport, ImportReport, files_in, import_files
from articles.search import indexing
from articles.search.engines.base import EngineUnavailable

# Committed articles wait for so many others before they are indexed together: each commit to the index has its cost.
_INDEX_TOGETHER = 1000


class Command(BaseCommand):
    """Import what is asked for, tag it, index it, and report what became of every file."""

    help = "Import articles from files and folders, tag and index them. Imported twice, nothing doubles."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH", help="a file, or a folder to import as a whole")
        parser.add_argument("--no-tags", action="store_true", help="do not look for countries, ministers and topics")
        parser.add_argument(
            "--no-index", action="store_true", help="leave the index as it is (update_index brings it up)"
        )
        parser.add_argument("--dry-run", action="store_true", help="report what would be done, write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        waiting: list[int] = []
        unindexed: list[str] = []

        def committed(ids: list[int]) -> None:
            waiting.extend(ids)
            if len(waiting) >= _INDEX_TOGETHER:
                index()

        def index() -> None:
            keys = list(waiting)
            waiting.clear()
            try:
                indexing.update(keys)
            except EngineUnavailable as error:
                unindexed.append(str(error))

        try:
            report = import_files(
                files_in(options["paths"]),
                paths=options["paths"],
                with_tags=not options["no_tags"],
                dry_run=options["dry_run"],
                committed=None if options["no_index"] else committed,
                progress=self._progress,
            )
        except EmptyGazetteer:
            raise CommandError(
                "The gazetteer is empty: run `manage.py load_gazetteer` first, or import with --no-tags."
            ) from None
        if waiting:
            index()
        self._sum_up(report)
        if unindexed:
            self.stderr.write(f"Not all is indexed ({unindexed[0]}): run `manage.py update_index`.", style_func=str)
        if report.failed or unindexed:
            sys.exit(1)

    def _progress(self, file: FileReport) -> None:
        """Show the sums of a file under way on a terminal, and of every finished file anywhere."""
        if file.finished:
            clear = "\r\x1b[K" if self.stderr.isatty() else ""
            self.stderr.write(f"{clear}{file}", style_func=str)
            for entry in file.entries:
                place = f"  record {entry.record}" if entry.record else "  file"
                self.stderr.write(f"{place}: {entry.outcome}: {entry.reason}", style_func=str)
        elif self.stderr.isatty():
            self.stderr.write(f"\r\x1b[K{file}", ending="", style_func=str)

    def _sum_up(self, report: ImportReport) -> None:
        counts = report.counts
        sums = ", ".join(f"{counts[outcome]} {outcome}" for outcome in ("created", "updated", "unchanged", "failed"))
        what = "Dry run, nothing written" if report.dry_run else f"Import {report.run_id}"
        self.stderr.write(f"{what}: {len(report.files)} files, {sums}.", style_func=str)
