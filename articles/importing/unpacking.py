"""Bytes out of archives, counted while they come: however much they grow, no more than is allowed comes out."""

import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from gzip import GzipFile
from pathlib import Path
from typing import IO

from django.conf import settings

# How temporary files in DATA_DIR begin.
UNPACKED = "unpacked-"
# Up to this size a member stays in memory.
_IN_MEMORY = 1024 * 1024
# Nothing smaller is taken for harm, however well it was packed.
_HARMLESS = 1024 * 1024
_PIECE = 64 * 1024
# A line longer than this is not held back until its end is seen.
_LINE = 4 * 1024 * 1024

Opened = Callable[[], IO[bytes] | GzipFile]


class Refused(Exception):
    """One member of an archive cannot be unpacked. The message says why, in the user's words."""


class LimitReached(Exception):
    """The archive as a whole is more than is unpacked. The message says why, in the user's words."""


class Unpacking:
    """What was unpacked of one archive and the archives in it, held against the limits of the settings."""

    def __init__(self, packed: int) -> None:
        self._packed = packed
        self._unpacked = 0  # in all, also what was thrown away again
        self._kept = 0
        self._entries = 0
        self.is_cut = False

    def count(self) -> None:
        """Count one more member. Raises LimitReached."""
        self._entries += 1
        limit = settings.IMPORT_MAX_ARCHIVE_ENTRIES
        if self._entries > limit:
            raise LimitReached(f"The archive holds more than {limit:,} files, which is the most that are unpacked.")

    @contextmanager
    def unpacked(self, opened: Opened, packed: int, *, in_lines: bool = False) -> Iterator[bytes | Path]:
        """Give a member's bytes, or the path of a temporary file that goes when the block is left.

        `opened` opens the member, `packed` is its size in the archive. `in_lines`: where the data break off, the whole
        lines before the break are given and `is_cut` is set. Raises Refused, LimitReached.
        """
        with ExitStack() as stack:
            yield self._content(stack, self._pieces(opened, packed, in_lines=in_lines))

    def _content(self, stack: ExitStack, pieces: Iterator[bytes]) -> bytes | Path:
        start = bytearray()
        for piece in pieces:
            start += piece
            if len(start) > _IN_MEMORY:
                break
        else:
            return bytes(start)
        try:
            # The stack closes it, and with that it is gone.
            file = stack.enter_context(tempfile.NamedTemporaryFile(dir=_folder(), prefix=UNPACKED))  # noqa: SIM115
            file.write(start)
            for piece in pieces:
                file.write(piece)
            file.flush()
        except OSError as error:
            raise Refused(f"The file cannot be unpacked ({error.strerror}).") from error
        return Path(file.name)

    def _pieces(self, opened: Opened, packed: int, *, in_lines: bool) -> Iterator[bytes]:
        self.is_cut = False
        size = 0
        line = b""
        try:
            with opened() as stream:
                while piece := stream.read(_PIECE):
                    size += len(piece)
                    self._check(size, len(piece), packed)
                    if in_lines:
                        piece, line = _whole_lines(line + piece)
                    yield piece
            yield line
            self._kept += size
        except EOFError:
            if not in_lines:
                raise Refused("The packed file is cut off.") from None
            self._kept += size
            self.is_cut = True
        except (zipfile.BadZipFile, zlib.error) as error:
            raise Refused("The packed file is damaged.") from error
        except (OSError, ValueError, RuntimeError) as error:
            # Also what zipfile cannot do: NotImplementedError is a RuntimeError.
            raise Refused(f"The file cannot be unpacked ({_words(error)}).") from error

    def _check(self, size: int, more: int, packed: int) -> None:
        largest, total, ratio = (
            settings.IMPORT_MAX_FILE_SIZE, settings.IMPORT_MAX_UNPACKED_SIZE, settings.IMPORT_MAX_ARCHIVE_RATIO,
        )  # fmt: skip
        self._unpacked += more
        if self._unpacked > total:
            raise LimitReached(f"The archive holds more than {total:,} bytes, which is the most that are unpacked.")
        if size > largest:
            raise Refused(f"The file has more than {largest:,} bytes, which is the most that are taken.")
        # A single file that grows too much is left out; many that do so together end the archive.
        if size > max(_HARMLESS, ratio * packed):
            raise Refused(f"The file grows to more than {ratio:,} times its size, as files made to do harm.")
        if self._kept + size > max(_HARMLESS, ratio * self._packed):
            raise LimitReached(f"The archive grows to more than {ratio:,} times its size, as archives made to do harm.")


def _whole_lines(text: bytes) -> tuple[bytes, bytes]:
    end = text.rfind(b"\n") + 1
    return (text[:end], text[end:]) if end or len(text) < _LINE else (text, b"")


def _words(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else "") or str(error) or type(error).__name__


def _folder() -> Path | None:
    """Return where temporary files may grow large: the data folder; the system's own is often in memory."""
    return settings.DATA_DIR if settings.DATA_DIR.is_dir() else None
