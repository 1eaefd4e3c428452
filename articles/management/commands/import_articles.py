"""Import files and folders; standard output stays empty, everything said goes to standard error."""

import sys
from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from articles.importing import EmptyGazetteer, FileReport, ImportReport, Retry, files_in, import_files, sums, total_size
from articles.management.progress import Progress, duration
from articles.models import ImportRun
from articles.search import indexing
from articles.search.engines.base import EngineUnavailable

_AGAIN = "What was imported stays. Run the same command again to go on: nothing doubles."


class Command(BaseCommand):
    """Import what is asked for, tag it, index it, and report what became of every file."""

    help = "Import articles from files and folders, tag and index them. Imported twice, nothing doubles."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="*", metavar="PATH", help="a file, or a folder to import as a whole")
        parser.add_argument("--retry", type=int, metavar="RUN", help="try again only what failed in this import")
        parser.add_argument("--no-tags", action="store_true", help="do not look for countries, ministers and topics")
        parser.add_argument(
            "--no-index", action="store_true", help="leave the index as it is (update_index brings it up)"
        )
        parser.add_argument("--dry-run", action="store_true", help="report what would be done, write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        retry = self._retry(options)
        paths = list(options["paths"])
        files = retry.files() if retry else files_in(paths)
        # Of each article that the index could not be told of, why.
        self.unindexed: dict[int, str] = {}
        self.counts: Counter[str] = Counter()
        self.progress = Progress(self.stderr, 0 if retry else total_size(paths))
        try:
            report = import_files(
                files,
                paths=paths or (f"failed records of import {options['retry']}",),
                with_tags=not options["no_tags"],
                dry_run=options["dry_run"],
                committed=None if options["no_index"] else self._index,
                progress=self._show,
                retry_of=retry.run if retry else None,
                only=retry.wants if retry else None,
            )
        except EmptyGazetteer:
            raise CommandError(
                "The gazetteer is empty: run `manage.py load_gazetteer` first, or import with --no-tags."
            ) from None
        except KeyboardInterrupt:
            raise CommandError(f"Stopped. {_AGAIN}", returncode=130) from None
        except (OperationalError, OSError) as error:
            raise CommandError(f"The import cannot go on: {error}. {_AGAIN}") from error
        self._sum_up(report)
        if report.failed or self.unindexed:
            sys.exit(1)

    def _retry(self, options: dict[str, Any]) -> Retry | None:
        number = options["retry"]
        if (number is None) != bool(options["paths"]):
            raise CommandError("Name the files and folders to import, or the import to try again with --retry RUN.")
        if number is None:
            return None
        run = ImportRun.objects.filter(pk=number).first()
        if run is None:
            raise CommandError(f"There is no import {number}.")
        retry = Retry(run)
        if not retry:
            self.stderr.write(f"Nothing failed in import {number}.", style_func=str)
            sys.exit(0)
        return retry

    def _index(self, keys: list[int]) -> bool:
        try:
            indexing.update(keys)
        except EngineUnavailable as error:
            self.unindexed |= dict.fromkeys(keys, str(error))
            return False
        for key in keys:
            self.unindexed.pop(key, None)
        return True

    def _show(self, file: FileReport, bytes_done: int) -> None:
        """Show the sums of a file under way, and of every finished file with what is to be said of it."""
        if not file.finished:
            records = sum(self.counts.values()) + sum(file.counts.values())
            self.progress.show(str(file), bytes_done, records)
            return
        self.counts.update(file.counts)
        self.progress.say(str(file))
        for entry in file.entries:
            inside = (entry.file or file.name).removeprefix(file.name).strip("/")
            where = ", ".join(part for part in (inside, entry.where) if part) or "file"
            self.stderr.write(f"  {where}: {entry.outcome}: {entry.reason}", style_func=str)
        if file.more:
            self.stderr.write(f"  … and {file.more:,} more, under Import runs in the admin.", style_func=str)

    def _sum_up(self, report: ImportReport) -> None:
        what = "Dry run, nothing written" if report.dry_run else f"Import {report.run_id}"
        files = "1 file" if report.file_count == 1 else f"{report.file_count:,} files"
        self.stderr.write(
            f"{what}: {files}, {sums(report.counts) or 'nothing to import'}, in {duration(self.progress.seconds)}.",
            style_func=str,
        )
        if report.failed and report.run_id:
            self.stderr.write(f"To try the failed ones again: import_articles --retry {report.run_id}", style_func=str)
        if self.unindexed:
            reason = next(iter(self.unindexed.values()))
            help_ = "" if "Run: " in reason else " Run: python manage.py update_index"
            self.stderr.write(f"Not all is indexed. {reason}{help_}", style_func=str)
