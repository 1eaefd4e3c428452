"""What became of an import: a line for each record, sums for each file."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

Outcome = Literal["created", "updated", "unchanged", "failed"]
OUTCOMES: tuple[Outcome, ...] = ("created", "updated", "unchanged", "failed")


@dataclass(frozen=True)
class Entry:
    """What became of one record; `record` is its number in the file, 0 for the file as a whole."""

    record: int
    outcome: Outcome
    reason: str = ""
    article_id: int | None = None


@dataclass
class FileReport:
    """What became of one file. `entries` holds what failed or has a reason; every record is counted in `counts`."""

    name: str
    counts: Counter[str] = field(default_factory=Counter)
    entries: list[Entry] = field(default_factory=list)
    finished: bool = False

    def add(self, entry: Entry) -> None:
        """Count an entry, and keep it where there is something to say about it."""
        self.counts[entry.outcome] += 1
        if entry.outcome == "failed" or entry.reason:
            self.entries.append(entry)

    @property
    def failed(self) -> int:
        """How many records (or the file itself) could not be imported."""
        return self.counts["failed"]

    def __str__(self) -> str:
        sums = ", ".join(f"{self.counts[outcome]} {outcome}" for outcome in OUTCOMES if self.counts[outcome])
        return f"{self.name}: {sums or 'nothing to import'}"


@dataclass
class ImportReport:
    """What became of a whole import. `run_id` is the ImportRun's key, None for a dry run."""

    files: list[FileReport] = field(default_factory=list)
    run_id: int | None = None
    dry_run: bool = False

    @property
    def counts(self) -> Counter[str]:
        """The sums of all files, by outcome."""
        return sum((file.counts for file in self.files), Counter())

    @property
    def failed(self) -> int:
        """How many records and files could not be imported."""
        return self.counts["failed"]
