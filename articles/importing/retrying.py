"""Another try of what failed in an import, and of nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.db.models import QuerySet

from articles.importing import originals
from articles.importing.files import files_in
from articles.importing.records import ImportFile, UnreadableFile
from articles.models import ImportEntry, ImportRun


@dataclass
class Retry:
    """The failed entries of a run: the files to read again (`files`), and what of them is wanted (`wants`)."""

    run: ImportRun
    _failed: dict[str, set[int]] = field(default_factory=dict)
    # Files that were changed since: all of them is read, for their records may be numbered anew.
    _changed: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for file, record in self._entries().values_list("file", "record"):
            self._failed.setdefault(file, set()).add(record)

    def __len__(self) -> int:
        return sum(map(len, self._failed.values()))

    def _entries(self) -> QuerySet[ImportEntry]:
        return self.run.entries.filter(outcome=ImportEntry.Outcome.FAILED)

    def files(self) -> Iterator[ImportFile | tuple[str, str]]:
        """Yield the files in which something failed, each once: from where they lay, else as they were kept."""
        done: set[tuple[str, int | None]] = set()
        for entry in self._entries().select_related("original").order_by("pk"):
            key = (entry.path, entry.original_id)
            if key not in done:
                done.add(key)
                yield from self._file(entry)

    def _file(self, entry: ImportEntry) -> Iterator[ImportFile | tuple[str, str]]:
        path = Path(entry.path)
        if path.is_absolute() and (path.exists() or entry.original is None):
            for file in files_in([path]):
                if isinstance(file, ImportFile) and _is_another(file, entry):
                    self._changed.add(file.place)
                yield file
        elif entry.original is not None:
            yield originals.kept(entry.original, path.name, path.parent.name)
        else:
            yield entry.file, "The file was not kept: it must be handed in again."

    def wants(self, file: str, record: int) -> bool:
        """Tell whether a record (0: the file as a whole) of a file, by its place, is to be tried."""
        if any(file == changed or file.startswith(f"{changed}/") for changed in self._changed):
            return True
        if record in self._failed.get(file[-500:], ()):
            return True
        # Of an archive that failed as a whole some members may never have been met.
        parts = file.split("/")
        return any(0 in self._failed.get("/".join(parts[:end])[-500:], ()) for end in range(1, len(parts) + 1))


def _is_another(file: ImportFile, entry: ImportEntry) -> bool:
    try:
        return entry.original is None or file.sha256 != entry.original.sha256
    except UnreadableFile:
        return True
