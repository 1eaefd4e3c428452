"""Where the index lies on disk: a folder a build, and a pointer file that names the live one.

    index/LIVE                  the name of the live build
    index/build-20260701-…/     Whoosh's table of contents, a file a segment, and
        VERSION                 the versions of the format and of the analysis, and the site's time zone
        MAKING                  only while the build is in the making: what was changed in the live one meanwhile

A rebuild fills a new folder while searches go on in the old one; replacing the pointer is one atomic step.
"""

import datetime
import os
import re
import secrets
import shutil
import stat
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from whoosh.index import FileIndex, LockError
from whoosh.util.filelock import LockBase

from articles.search.engines.base import REBUILD_HINT, EngineUnavailable
from articles.search.engines.whoosh import schema
from articles.search.engines.whoosh.arrays import ArrayFile, DamagedFile
from articles.search.engines.whoosh.codec import Storage
from articles.search.engines.whoosh.writer import Writer
from articles.text.analysis import VERSION as ANALYSIS

POINTER, VERSION, MAKING = "LIVE", "VERSION", "MAKING"
_BUILD = re.compile(r"build-[0-9a-z-]+")
LOCK_TIMEOUT = 60.0
OTHERS_MAY_WRITE = stat.S_IWGRP | stat.S_IWOTH
ABANDONED_AFTER = 24 * 60 * 60.0


class Store:
    """The folder of an index. All methods raise EngineUnavailable where its files cannot be used."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._pointer_path = str(path / POINTER)
        self._lock = threading.Lock()
        self._open: tuple[str, FileIndex] | None = None

    def live(self) -> FileIndex:
        """Return the live index, opened once a build."""
        while True:
            name = self._pointer()
            with self._lock:
                if self._open is not None and self._open[0] == name:
                    return self._open[1]
                try:
                    self._open = (name, self._opened(self.path / name))
                    return self._open[1]
                except EngineUnavailable:
                    # A rebuild may have taken its place, and its files away, between the two steps.
                    if self._pointer() == name:
                        raise

    def is_live(self, index: FileIndex) -> bool:
        """Whether `index` is still the live one."""
        return self._pointer() == Path(index.storage.folder).name

    def live_or_new(self) -> FileIndex:
        """Return the live index; a new empty one where none was ever made."""
        if not self.exists():
            build = self.new_build()
            self.create(build)
            self.switch(build)
        return self.live()

    def _make_private(self) -> None:
        """Make the folder of the index, writable by nobody else. Raises OSError."""
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        mode = self.path.stat().st_mode
        if mode & OTHERS_MAY_WRITE:
            self.path.chmod(stat.S_IMODE(mode) & ~OTHERS_MAY_WRITE)

    def new_build(self) -> Path:
        """Return a new folder for a build, private to the user: Whoosh unpickles what it finds in it."""
        stamp = datetime.datetime.now(datetime.UTC).strftime("%Y%m%d-%H%M%S")
        build = self.path / f"build-{stamp}-{secrets.token_hex(3)}"
        try:
            self._make_private()
            build.mkdir(mode=0o700)
        except OSError as error:
            raise _cannot_be_written(self.path, error) from error
        return build

    def create(self, build: Path) -> FileIndex:
        """Return a new empty index in the folder of a build."""
        try:
            (build / VERSION).write_text(_version())
            return Storage(str(build)).create_index(schema.schema())
        except OSError as error:
            raise _cannot_be_written(build, error) from error

    def begin(self) -> tuple[Path, FileIndex]:
        """Return the folder of a build in the making and its index: the one that a rebuild left when it was stopped,
        or a new one. The caller holds the lock for rebuilds.
        """
        for build in sorted(self._unfinished(), reverse=True):
            try:
                index = self._opened(build)
                _check(index)
                return build, index
            except (EngineUnavailable, DamagedFile, OSError):
                shutil.rmtree(build, ignore_errors=True)
        build = self.new_build()
        # From here on changes of the live index are noted.
        self._journal(build).touch(mode=0o600)
        return build, self.create(build)

    def note_changes(self, keys: Iterable[str]) -> None:
        """Note for builds in the making which objects change in the live index; the caller holds its lock."""
        lines = "".join(f"{key}\n" for key in keys).encode("utf-8", "replace")
        for build in self._unfinished():
            try:
                descriptor = os.open(self._journal(build), os.O_WRONLY | os.O_APPEND)
            except FileNotFoundError:
                continue
            try:
                os.write(descriptor, lines)
            finally:
                os.close(descriptor)

    def changes(self, build: Path, start: int = 0) -> tuple[list[str], int]:
        """Return what was noted for a build from place `start` of its notes on, and the place behind it."""
        noted = self._journal(build).read_bytes()
        # Of the last line a part may still be on its way.
        end = noted.rfind(b"\n") + 1
        return noted[start:end].decode("utf-8", "replace").split("\n")[:-1], max(start, end)

    def _journal(self, build: Path) -> Path:
        return build / MAKING

    def _unfinished(self) -> list[Path]:
        try:
            live = self._pointer()
        except EngineUnavailable:
            live = ""
        return [path.parent for path in self.path.glob(f"build-*/{MAKING}") if path.parent.name != live]

    def switch(self, build: Path) -> None:
        """Make `build` the live index and remove the one before it, and what broken-off rebuilds left behind."""
        try:
            before = self._pointer()
        except EngineUnavailable:
            before = ""
        try:
            # In the folder of the build until then: what is left of one that was killed goes with it.
            (build / POINTER).write_text(build.name)
            Storage(str(self.path)).rename_file(f"{build.name}/{POINTER}", POINTER)
            self._journal(build).unlink(missing_ok=True)
        except OSError as error:
            raise _cannot_be_written(self.path, error) from error
        for other in self.path.glob("build-*"):
            # Not every other folder: a rebuild may be at work in it. Readers keep the files that they hold open.
            if other.name == before or (other != build and _is_forsaken(other)):
                shutil.rmtree(other, ignore_errors=True)

    def exists(self) -> bool:
        """Whether an index was ever made here."""
        return (self.path / POINTER).exists()

    def lock_rebuild(self) -> LockBase:
        """Take the lock that lets one rebuild at a time be at work; the caller releases it.

        Raises EngineUnavailable where another process holds it. The system frees it when its holder dies.
        """
        try:
            self._make_private()
            lock = Storage(str(self.path)).lock("REBUILD")
            held = lock.acquire()
        except OSError as error:
            raise _cannot_be_written(self.path, error) from error
        if not held:
            raise EngineUnavailable("The index is being rebuilt by another process. Try again when it is done.")
        return lock

    def writer(self, index: FileIndex) -> Writer:
        """Return a writer, waiting for the one at work. Raises EngineUnavailable where it takes too long."""
        try:
            return Writer(index, LOCK_TIMEOUT)
        except LockError as error:
            raise EngineUnavailable(
                f"Another process has been writing the index for {LOCK_TIMEOUT:.0f} seconds. Try again when it is done."
            ) from error
        except OSError as error:
            raise _cannot_be_written(self.path, error) from error
        except Exception as error:
            # Whoosh raises whatever a damaged file leads it to.
            raise EngineUnavailable(f"The search index is damaged ({error}). {REBUILD_HINT}") from error

    def live_writer(self) -> Writer:
        """Return a writer of the live index, of a new one where none was ever made."""
        while True:
            index = self.live_or_new()
            try:
                writer = self.writer(index)
            except EngineUnavailable:
                if self.is_live(index):
                    raise
                continue
            if self.is_live(index):
                return writer
            # A rebuild took its place while the lock was waited for: what is written there would be lost.
            writer.cancel()

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """Give a writer of the live index, and commit in the end. Raises EngineUnavailable, also for damaged files."""
        with telling(), self.live_writer() as writer:
            yield writer

    @contextmanager
    def nobody_writing(self) -> Iterator[None]:
        """Keep writers of the live index waiting, if there is one that can be written."""
        try:
            # Opened anew: it may have been damaged since.
            self._opened(self.path / self._pointer())
        except EngineUnavailable:
            # Nobody can write what cannot be opened.
            yield
            return
        writer = self.live_writer()
        try:
            yield
        finally:
            writer.cancel()

    def _pointer(self) -> str:
        try:
            # Asked several times a search.
            with open(self._pointer_path, "rb") as file:  # noqa: PTH123 (a Path takes three times as long)
                name = file.read(100).decode(errors="replace").strip()
        except OSError as error:
            raise EngineUnavailable(f"There is no search index yet. {REBUILD_HINT}") from error
        if not _BUILD.fullmatch(name):
            raise EngineUnavailable(f"The search index is damaged. {REBUILD_HINT}")
        return name

    def _opened(self, build: Path) -> FileIndex:
        try:
            mode = build.stat().st_mode | self.path.stat().st_mode
            version = (build / VERSION).read_text(errors="replace").strip()
        except OSError as error:
            raise EngineUnavailable(f"The search index is damaged. {REBUILD_HINT}") from error
        if mode & OTHERS_MAY_WRITE:
            # Whoosh unpickles what it finds there: whoever can write it could run programs as this user.
            raise EngineUnavailable(f"Others may write in the index folder. Run: chmod -R go-w {self.path}")
        if version != _version():
            made, _, zone = version.rpartition(" ")
            if made == _version().rpartition(" ")[0]:
                # The days of its articles are those of another zone.
                now = settings.TIME_ZONE
                raise EngineUnavailable(
                    f"The search index was made for the time zone {zone}, not {now}. {REBUILD_HINT}"
                )
            raise EngineUnavailable(f"The search index was made by another version. {REBUILD_HINT}")
        try:
            return Storage(str(build)).open_index()
        except Exception as error:
            # Whoosh raises whatever a damaged file leads it to.
            raise EngineUnavailable(f"The search index is damaged. {REBUILD_HINT}") from error


@contextmanager
def telling() -> Iterator[None]:
    """Tell of files that are damaged or cannot be written in a sentence: raises EngineUnavailable."""
    try:
        yield
    except DamagedFile as error:
        raise EngineUnavailable(f"The search index is damaged ({error}). {REBUILD_HINT}") from error
    except FileNotFoundError as error:
        raise EngineUnavailable(f"A file of the search index is missing ({error.filename}). {REBUILD_HINT}") from error
    except OSError as error:
        raise _cannot_be_written(error.filename or "of the search index", error) from error


def _cannot_be_written(where: object, error: OSError) -> EngineUnavailable:
    return EngineUnavailable(f"The index folder {where} cannot be written: {error.strerror or error}.")


def _check(index: FileIndex) -> None:
    """Read all segments of an index. Raises OSError and DamagedFile."""
    for segment in index._segments():
        path = segment.path(index.storage)
        if ArrayFile(path).damaged():
            raise DamagedFile(f"{path} is not what was written.")


def _version() -> str:
    return f"{schema.VERSION}.{ANALYSIS} {settings.TIME_ZONE}"


def _is_forsaken(build: Path) -> bool:
    """Whether nobody has written to a build for a day: its rebuild was broken off."""
    try:
        return time.time() - build.stat().st_mtime > ABANDONED_AFTER
    except OSError:
        return False
