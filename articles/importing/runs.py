"""The life of an import run: begun, finished, or broken off.

A run holds a lock on a file of its own as long as its process lives; the system frees it however the process ends. A
run that says it is running while its lock is free was killed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings
from django.contrib.auth.models import User
from django.core.files import locks
from django.utils import timezone

from articles.importing import originals
from articles.models import ImportRun


@dataclass
class Running:
    """A run at work."""

    run: ImportRun
    lock: IO[bytes]

    def end(self, state: str = ImportRun.State.FINISHED) -> None:
        """Say how the run ended, and free its lock."""
        self.run.state = state
        self.run.finished_at = timezone.now()
        self.run.save(update_fields=["state", "finished_at"])
        _free(self.run.pk, self.lock)


def begin(user: User | None, paths: Iterable[str | Path], retry_of: ImportRun | None = None) -> Running:
    """Begin a run. Raises OSError where DATA_DIR cannot be written."""
    # Until its lock is held it must not look like a run at work whose process died.
    state = ImportRun.State.INTERRUPTED
    run = ImportRun.objects.create(user=user, paths="\n".join(map(str, paths)), retry_of=retry_of, state=state)
    lock = _locked(run.pk)
    if lock is None:
        raise OSError(f"The lock of import {run.pk} is held by another process.")
    run.state = ImportRun.State.RUNNING
    run.save(update_fields=["state"])
    return Running(run, lock)


def take_over() -> None:
    """Mark runs whose process died as interrupted, and sweep up what it left half-written."""
    for run in ImportRun.objects.filter(state=ImportRun.State.RUNNING):
        lock = _locked(run.pk)
        if lock is None:
            continue
        run.state = ImportRun.State.INTERRUPTED
        run.finished_at = timezone.now()
        run.save(update_fields=["state", "finished_at"])
        _free(run.pk, lock)
    originals.sweep()


def _path(key: int) -> Path:
    return Path(settings.DATA_DIR) / "imports" / f"run-{key}.lock"


def _locked(key: int) -> IO[bytes] | None:
    """Return the lock of a run, None where a living process has it."""
    path = _path(key)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = path.open("ab")
    if locks.lock(file, locks.LOCK_EX | locks.LOCK_NB):
        return file
    file.close()
    return None


def _free(key: int, file: IO[bytes]) -> None:
    _path(key).unlink(missing_ok=True)
    locks.unlock(file)
    file.close()
