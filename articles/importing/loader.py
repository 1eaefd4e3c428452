"""Records into the archive: cleaned text in, articles, tags and a report out. The same files again change nothing.

file -> reader -> record -> language, date -> known already? -> tagged -> database -> committed. Everything but the
writing happens outside of transactions, which are short; whoever keeps an index is told what was committed.
"""

import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.contrib.auth.models import User
from django.db import DataError, IntegrityError, transaction
from django.utils import timezone

from articles import reference
from articles.enrichment import Tags
from articles.gazetteer.facts import Gazetteer
from articles.importing import originals, readers
from articles.importing.catalogue import Catalogue, Match
from articles.importing.files import reason_of
from articles.importing.prepared import Prepared, prepare
from articles.importing.records import ImportFile, UnreadableFile, UnreadableRecord
from articles.importing.report import Entry, FileReport, ImportReport
from articles.importing.sources import Sources
from articles.importing.tagging import tags_of, write_tags
from articles.models import Article, ImportEntry, ImportRun

logger = logging.getLogger(__name__)

_BATCH = 200
_SECONDS = 1.0
_FIELDS = (
    "url", "external_id", "title", "title_made", "body", "body_hash", "copy_group", "language", "published_at",
    "date_precision", "date_kind", "byline", "forwarded_from",
)  # fmt: skip

Committed = Callable[[list[int]], None]
Progress = Callable[[FileReport], None]


class EmptyGazetteer(Exception):
    """Tags are wanted, but no country or minister is known yet: load_gazetteer has not run."""


def import_files(
    files: Iterable[ImportFile | tuple[str, str]],
    *,
    user: User | None = None,
    paths: Iterable[str | Path] = (),
    with_tags: bool = True,
    dry_run: bool = False,
    committed: Committed | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """Import files (or (name, reason) for one that could not be opened) and return what became of every record.

    `paths` is what was asked for, kept with the run. `committed` is given the keys of created and updated articles
    after each commit, for the index. `progress` is given a file's report after each commit and when it is `finished`.
    A dry run writes nothing and reports the same. Raises EmptyGazetteer where tags are wanted and there is nothing to
    tag with.
    """
    gazetteer = reference.current() if with_tags else None
    if gazetteer is not None and not gazetteer.countries:
        raise EmptyGazetteer
    run = None if dry_run else ImportRun.objects.create(user=user, paths="\n".join(map(str, paths)))
    report = ImportReport(run_id=run.pk if run else None, dry_run=dry_run)
    importer = _Importer(run, gazetteer, committed, progress)
    for file in files:
        report.files.append(importer.load(file))
    if run:
        run.finished_at = timezone.now()
        run.save(update_fields=["finished_at"])
    return report


@dataclass
class _Change:
    """A record with the article it becomes. `tags` is None where the article is left as it is."""

    prepared: Prepared
    match: Match
    entry: Entry
    article: Article | None = None
    tags: Tags | None = None


@dataclass
class _Importer:
    """One run: the batch being gathered, and what it goes into."""

    run: ImportRun | None
    gazetteer: Gazetteer | None
    committed: Committed | None
    progress: Progress | None
    catalogue: Catalogue = field(default_factory=Catalogue)
    sources: Sources = field(default_factory=Sources)
    waiting: list[Prepared] = field(default_factory=list)
    failures: list[Entry] = field(default_factory=list)
    last_commit: float = field(default_factory=time.monotonic)
    digest: str = ""

    def load(self, file: ImportFile | tuple[str, str]) -> FileReport:
        """Import one file, whatever is wrong with it."""
        if isinstance(file, tuple):
            name, reason = file
            report = FileReport(name)
            self.failures.append(Entry(0, "failed", reason))
            self._flush(ImportFile(name, b""), report)
        else:
            report = FileReport(f"{file.folder}/{file.name}" if file.folder else file.name)
            self.catalogue.next_file()
            self.digest = originals.sha256_of(file.content)
            self._read(file, report)
        report.finished = True
        if self.progress:
            self.progress(report)
        return report

    def _read(self, file: ImportFile, report: FileReport) -> None:
        try:
            for record in readers.read(file):
                self._take(prepare(record, file) if not isinstance(record, UnreadableRecord) else record)
                if len(self.waiting) >= _BATCH or time.monotonic() - self.last_commit > _SECONDS:
                    self._flush(file, report)
        except UnreadableFile as error:
            self.failures.append(Entry(0, "failed", reason_of(error)))
        except Exception as error:
            # A file that the reader's author did not think of must not stop the others.
            logger.exception("Reading %s failed", report.name)
            self.failures.append(Entry(0, "failed", f"The file cannot be read ({type(error).__name__})."))
        self._flush(file, report)

    def _take(self, prepared: Prepared | UnreadableRecord) -> None:
        if isinstance(prepared, UnreadableRecord):
            self.failures.append(Entry(prepared.number, "failed", prepared.reason))
        else:
            self.waiting.append(prepared)

    def _flush(self, file: ImportFile, report: FileReport) -> None:
        """Write what is waiting, in one short transaction; record by record where the database refuses one of them."""
        waiting, self.waiting = self.waiting, []
        failures, self.failures = self.failures, []
        try:
            self._write(waiting, failures, file, report)
        except (IntegrityError, DataError):
            self.catalogue.forget(waiting)
            self._write([], failures, file, report)
            for prepared in waiting:
                try:
                    self._write([prepared], [], file, report, thorough=True)
                except (IntegrityError, DataError) as error:
                    logger.exception("Storing record %s of %s failed", prepared.number, report.name)
                    refused = Entry(prepared.number, "failed", f"The database refused it ({type(error).__name__}).")
                    self._write([], [refused], file, report)
        self.last_commit = time.monotonic()
        if self.progress and (waiting or failures):
            self.progress(report)

    def _write(
        self,
        batch: list[Prepared],
        failures: list[Entry],
        file: ImportFile,
        report: FileReport,
        *,
        thorough: bool = False,
    ) -> None:
        if batch:
            self.catalogue.load(batch, thorough=thorough)
        changes = [self._change(prepared) for prepared in batch]
        if self.run:
            self._save(changes, failures, file, report)
        for entry in [*failures, *(change.entry for change in changes)]:
            report.add(entry)
        changed = [change.article.pk for change in changes if change.article and change.tags is not None]
        if changed and self.run and self.committed:
            self.committed(changed)

    def _change(self, prepared: Prepared) -> _Change:
        """Decide what becomes of a record, and find its tags where it becomes or changes an article."""
        match = self.catalogue.match(prepared)
        if match.repeated:
            return _Change(
                prepared, match, Entry(prepared.number, "unchanged", "The same article stands above in this file.")
            )
        known = match.article
        if known is not None and (_is_stored(known, prepared) or self._gave(known)):
            return _Change(prepared, match, Entry(prepared.number, "unchanged"), known)
        article = known or Article(identity=match.identity)
        for name in _FIELDS:
            setattr(article, name, prepared.values[name])
        tags, reason = self._tags(article)
        return _Change(
            prepared, match, Entry(prepared.number, "updated" if known else "created", reason), article, tags
        )

    def _gave(self, article: Article) -> bool:
        """Tell an article that these very bytes gave: where it differs now, an editor corrected it, and that stays."""
        return article.original is not None and article.original.sha256 == self.digest

    def _tags(self, article: Article) -> tuple[Tags, str]:
        if self.gazetteer is None or self.run is None:
            return Tags(), ""
        try:
            return tags_of(article, self.gazetteer), ""
        except Exception as error:
            # Better an article without tags than none.
            logger.exception("Tagging %r failed", article.title)
            return Tags(), f"Imported without tags ({type(error).__name__})."

    def _save(self, changes: list[_Change], failures: list[Entry], file: ImportFile, report: FileReport) -> None:
        new = [change for change in changes if change.entry.outcome == "created"]
        updated = [change for change in changes if change.entry.outcome == "updated"]
        original = originals.keep(file.name, file.content) if new or updated else None
        for change in [*new, *updated]:
            assert change.article is not None
            change.article.source = self.sources.get(change.prepared.source)
            change.article.original = original
            change.article.import_run = self.run
            change.article.updated_at = timezone.now()
        with transaction.atomic():
            Article.objects.bulk_create([change.article for change in new if change.article])
            Article.objects.bulk_update(
                [change.article for change in updated if change.article],
                [*_FIELDS, "source", "original", "import_run", "updated_at"],
                batch_size=50,
            )
            if self.gazetteer is not None:
                write_tags(
                    [(change.article, change.tags) for change in [*new, *updated] if change.article and change.tags]
                )
            self._note(changes, failures, report)

    def _note(self, changes: list[_Change], failures: list[Entry], report: FileReport) -> None:
        """Write a row of the run for every record."""
        entries = [(entry, None) for entry in failures] + [(change.entry, change.article) for change in changes]
        ImportEntry.objects.bulk_create(
            [
                ImportEntry(
                    run=self.run,
                    file=report.name[-500:],
                    record=entry.record,
                    outcome=entry.outcome,
                    reason=entry.reason[:500],
                    article_id=article.pk if article else None,
                )
                for entry, article in entries
            ]
        )


def _is_stored(article: Article, prepared: Prepared) -> bool:
    return article.source.name == prepared.source and all(
        getattr(article, name) == prepared.values[name] for name in _FIELDS
    )
