"""Files into the archive: read, cleaned, dated, told apart, tagged and written. The same files again change nothing.

file -> reader -> record -> language, date -> known already? -> tagged -> grouped -> database -> committed. A process
that is killed leaves whole batches behind; the same import again does the rest.
"""

import dataclasses
import logging
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User
from django.db import DataError, IntegrityError

from articles.importing import archives, leaving_out, originals, readers, runs
from articles.importing.catalogue import batches
from articles.importing.prepared import Prepared, prepare
from articles.importing.records import (
    ArticleRecord,
    EmptyRecord,
    ImportFile,
    Record,
    Remark,
    UnreadableFile,
    UnreadableRecord,
)
from articles.importing.report import Entry, FileReport, ImportReport
from articles.importing.tagging import gazetteer_to_tag_with
from articles.importing.writing import Origin, Writer
from articles.models import ImportRun, Unindexed

logger = logging.getLogger(__name__)

_BATCH = 200
_SECONDS = 1.0
# Seconds between two times that an index is told what is committed: each change of it has its cost.
_TOLD_EVERY = 10.0
_PATH_LENGTH = 1000
_ATTEMPTS = 3

Committed = Callable[[list[int]], bool | None]
Progress = Callable[[FileReport, int], None]
Only = Callable[[str, int], bool]


def import_files(
    files: Iterable[ImportFile | tuple[str, str]],
    *,
    user: User | None = None,
    paths: Iterable[str | Path] = (),
    with_tags: bool = True,
    dry_run: bool = False,
    committed: Committed | None = None,
    progress: Progress | None = None,
    retry_of: ImportRun | None = None,
    only: Only | None = None,
    catch_up: int | None = None,
) -> ImportReport:
    """Import files (or (path, reason) for one that could not be opened) and return what became of every record.

    `paths` is what was asked for, kept with the run. `committed` is given the keys of articles that were created and
    changed and are committed, for the index: every ten seconds, the last before the run counts as finished; first
    those of which no index has learned yet (Unindexed), for whatever reason, `catch_up` of them at most (None: all). It
    returns False where the index could not be told. `progress` is given a file's report and how many bytes are read of
    all files, after each commit and when a file is `finished`. `only` tells of (place of a file, number of a record; 0:
    the file as a whole) whether it is wanted. A dry run writes nothing and reports the same.

    Raises EmptyGazetteer where tags are wanted and there is nothing to tag with, OSError where DATA_DIR cannot be
    written.
    """
    gazetteer = gazetteer_to_tag_with() if with_tags else None
    running = None if dry_run else runs.begin(user, paths, retry_of)
    importer = _Importer(Writer(running.run if running else None, gazetteer), committed, progress, only)
    report = ImportReport(run_id=running.run.pk if running else None, dry_run=dry_run)
    try:
        if running:
            runs.take_over()
            importer.waiting_keys += Unindexed.objects.order_by("pk").values_list("pk", flat=True)[:catch_up]
            importer.leave_out()
        for file in files:
            report.add(importer.load(file))
        importer.waiting_keys += importer.refused_keys
        importer.tell()
    except BaseException:
        if running:
            running.end(ImportRun.State.INTERRUPTED)
        raise
    if running:
        running.end()
    return report


@dataclass
class _Importer:
    """One run: the batch being gathered, and what it goes into."""

    writer: Writer
    committed: Committed | None
    progress: Progress | None
    only: Only | None
    waiting: list[Prepared] = field(default_factory=list)
    said: list[Entry] = field(default_factory=list)
    waiting_keys: list[int] = field(default_factory=list)
    # Of which an index could not be told: once more in the end.
    refused_keys: list[int] = field(default_factory=list)
    last_commit: float = field(default_factory=time.monotonic)
    last_told: float = field(default_factory=time.monotonic)
    bytes_done: int = 0

    def load(self, file: ImportFile | tuple[str, str]) -> FileReport:
        """Import one file or archive, whatever is wrong with it."""
        if isinstance(file, tuple):
            path, reason = file
            report = FileReport(path)
            self.said.append(Entry(0, "failed", reason))
            self._flush(Origin(path, _storable(str(Path(path).absolute()))), report, 0)
        else:
            report = FileReport(file.place)
            try:
                self._load(file, report)
            except (UnreadableFile, OSError) as error:
                self.said.append(Entry(0, "failed", _reason(error)))
                self._flush(Origin(file.place, _path(file)), report, 0)
        report.finished = True
        if self.progress:
            self.progress(report, self.bytes_done)
        return report

    def _load(self, file: ImportFile, report: FileReport) -> None:
        size, limit = file.size, settings.IMPORT_MAX_FILE_SIZE
        if size > limit:
            raise UnreadableFile(f"The file has {size:,} bytes; at most {limit:,} are taken.")
        whole = originals.keep(file) if self.writer.run else None
        for leaf in archives.leaves(file):
            if isinstance(leaf, tuple):
                place, reason = leaf
                if self._wants(place, 0):
                    self.said.append(Entry(0, "failed", reason, file=place))
                    self._flush(Origin(file.place, _path(file), whole, whole), report, file.position)
            else:
                kept = originals.keep(leaf) if self.writer.run and leaf is not file else whole
                self._read(leaf, Origin(leaf.place, _path(file), whole, kept, leaf.sha256), report, file)
        self.bytes_done += size

    def _wants(self, place: str, number: int) -> bool:
        return self.only is None or self.only(place, number)

    def _read(self, file: ImportFile, origin: Origin, report: FileReport, whole: ImportFile) -> None:
        try:
            for record in _records(file, origin.name):
                self._take(record, file, origin.name)
                if len(self.waiting) >= _BATCH or time.monotonic() - self.last_commit > _SECONDS:
                    self._flush(origin, report, whole.position)
        except UnreadableFile as error:
            self.said.append(Entry(0, "failed", _reason(error), file=origin.name))
        self._flush(origin, report, whole.position)

    def _take(self, record: Record, file: ImportFile, name: str) -> None:
        if isinstance(record, Remark):
            self.said.append(Entry(0, "note", record.reason, record.place, file=name))
            return
        wanted = self._wants(name, record.number)
        if not wanted and not isinstance(record, ArticleRecord):
            return
        if isinstance(record, EmptyRecord):
            self.said.append(Entry(record.number, "empty", record.reason, record.place, file=name))
            return
        if not isinstance(record, UnreadableRecord):
            prepared = prepare(record, file, self.writer.sources, self.writer.boilerplate)
            if isinstance(prepared, Prepared):
                self.waiting.append(prepared if wanted else dataclasses.replace(prepared, wanted=False))
                return
            record = prepared
        if wanted:
            self.said.append(Entry(record.number, "failed", record.reason, record.place, file=name))

    def _flush(self, origin: Origin, report: FileReport, position: int) -> None:
        """Write what is waiting, each batch in one short transaction."""
        waiting, self.waiting = self.waiting, []
        said, self.said = self.said, []
        for batch in batches(waiting):
            self._write(batch, said, origin, report)
            said = []
        self.leave_out(origin, report)
        self.last_commit = time.monotonic()
        self.waiting_keys += self.writer.take_changed()
        self.tell(_TOLD_EVERY)
        if self.progress and not report.finished:
            self.progress(report, self.bytes_done + position)

    def leave_out(self, origin: Origin | None = None, report: FileReport | None = None) -> None:
        """Leave out what was learned as boilerplate, of the articles before as well, and say so."""
        writer = self.writer
        learned = writer.boilerplate.take_learned()
        notes = [Entry(0, "note", str(line)) for line in learned]
        if origin and report and notes:
            writer.say(notes, origin)
            for note in notes:
                report.add(note)
        if writer.run and (learned or origin is None):
            leaving_out.keep(learned, writer.sources)
            writer.changed += leaving_out.take_out_pending(writer.gazetteer, writer.copies)

    def _write(self, batch: list[Prepared], said: list[Entry], origin: Origin, report: FileReport) -> None:
        """Write a batch; record by record where the database refuses one of them."""
        try:
            entries = self.writer.write(batch, said, origin)
        except (IntegrityError, DataError):
            self.writer.catalogue.forget(batch)
            entries = self.writer.write([], said, origin)
            for prepared in batch:
                entries += self._write_alone(prepared, origin)
        for entry in entries:
            report.add(entry)

    def _write_alone(self, prepared: Prepared, origin: Origin) -> list[Entry]:
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                return self.writer.write([prepared], [], origin)
            except (IntegrityError, DataError) as error:
                # Another import may have stored the same record meanwhile: then it is found the next time.
                self.writer.catalogue.forget([prepared])
                if attempt == _ATTEMPTS:
                    logger.exception("Storing record %s of %s failed", prepared.number, origin.name)
                    reason = f"The database refused it ({type(error).__name__})."
        failed = [Entry(prepared.number, "failed", reason, prepared.place)] if prepared.wanted else []
        self.writer.say(failed, origin)
        return failed

    def tell(self, every: float = 0.0) -> None:
        """Tell whoever keeps an index what is committed, unless it was told within the last `every` seconds."""
        if self.waiting_keys and time.monotonic() - self.last_told >= every:
            keys, self.waiting_keys = self.waiting_keys, []
            if self.committed and self.writer.run:
                marks = Unindexed.objects.marks(keys)
                if self.committed(keys) is not False:
                    Unindexed.objects.settle(marks)
                else:
                    self.refused_keys += keys
            self.last_told = time.monotonic()


def _path(file: ImportFile) -> str:
    """Return where a file lies, or an upload's name; the name too where no text can hold the path."""
    return _storable(str(file.path.absolute()) if file.path else file.name) or file.name


def _storable(path: str) -> str:
    """Return a path as it is kept; "" for one that no database holds."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return ""
    return path if len(path) <= _PATH_LENGTH and "\0" not in path else ""


def _records(file: ImportFile, name: str) -> Iterator[Record]:
    """Yield a file's records. Raises UnreadableFile, also for what the reader's author did not think of."""
    try:
        yield from readers.read(file)
    except UnreadableFile:
        raise
    except Exception as error:
        logger.exception("Reading %s failed", name)
        raise UnreadableFile(f"The file cannot be read ({type(error).__name__}).") from error


def _reason(error: UnreadableFile | OSError) -> str:
    if isinstance(error, UnreadableFile):
        return " ".join(str(error).split())[:500]
    return f"The file cannot be kept ({error.strerror or type(error).__name__})."
