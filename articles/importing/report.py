"""What became of an import: a line for each record, sums for each file."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

Outcome = Literal["created", "copy", "updated", "unchanged", "empty", "failed", "note"]
# How outcomes are called, one and several, in the order of the sums. A note is said of a file and counted nowhere.
OUTCOMES: dict[Outcome, tuple[str, str]] = {
    "created": ("created", "created"),
    "copy": ("near-copy", "near-copies"),
    "updated": ("updated", "updated"),
    "unchanged": ("unchanged", "unchanged"),
    "empty": ("empty", "empty"),
    "failed": ("failed", "failed"),
}
# Entries that are kept to be shown; the database has them all.
_MOST_SHOWN = 1000
# What is counted but hardly worth a line on the screen; it stands in the import's entries.
_QUIET = ("empty", "unchanged", "copy")


@dataclass(frozen=True)
class Entry:
    """What became of one record; `record` is its number in the file, 0 for the file as a whole, `place` where it is.

    `file` is the place of the file, empty where only one is spoken of.
    """

    record: int
    outcome: Outcome
    reason: str = ""
    place: str = ""
    file: str = ""

    @property
    def where(self) -> str:
        """The place in words: "line 12", "record 3", empty for the file as a whole."""
        return self.place or (f"record {self.record}" if self.record else "")


@dataclass
class FileReport:
    """What became of one file. `entries` holds what a reader of the report should see; all are counted in `counts`."""

    name: str
    counts: Counter[str] = field(default_factory=Counter)
    entries: list[Entry] = field(default_factory=list)
    more: int = 0
    finished: bool = False

    def add(self, entry: Entry) -> None:
        """Count an entry, and keep it where there is something to say about it."""
        if entry.outcome != "note":
            self.counts[entry.outcome] += 1
        if entry.reason and entry.outcome not in _QUIET:
            if len(self.entries) < _MOST_SHOWN:
                self.entries.append(entry)
            else:
                self.more += 1

    @property
    def failed(self) -> int:
        """How many records (or the file itself) could not be imported."""
        return self.counts["failed"]

    def __str__(self) -> str:
        return f"{self.name}: {sums(self.counts) or 'nothing to import'}"


@dataclass
class ImportReport:
    """What became of a whole import. `run_id` is the ImportRun's key, None for a dry run.

    `counts` are the sums of all files; `files` keeps the reports of the last files only where there are very many.
    """

    files: list[FileReport] = field(default_factory=list)
    run_id: int | None = None
    dry_run: bool = False
    file_count: int = 0
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, file: FileReport) -> None:
        """Take in the report of a file that is finished."""
        self.file_count += 1
        self.counts.update(file.counts)
        if len(self.files) < _MOST_SHOWN or file.entries:
            self.files.append(file)

    @property
    def failed(self) -> int:
        """How many records and files could not be imported."""
        return self.counts["failed"]


def sums(counts: Counter[str]) -> str:
    """Return "3 created, 1 failed"; empty where nothing was counted."""
    return ", ".join(
        f"{counts[outcome]:,} {words[counts[outcome] > 1]}" for outcome, words in OUTCOMES.items() if counts[outcome]
    )
