"""The files as they came, kept byte for byte under their SHA-256. They have no address on the site."""

import contextlib
import hashlib
import os
import tempfile
import time
from pathlib import Path
from typing import IO, BinaryIO

from django.conf import settings

from articles.importing.records import ImportFile, UnreadableFile
from articles.importing.unpacking import UNPACKED
from articles.models import Original

_HALF_WRITTEN = ".new-"
# Nobody takes so long to copy one file; seconds.
_ABANDONED = 6 * 3600


def path_of(sha256: str) -> Path:
    """Return where the file with this hash lies."""
    return Path(settings.ORIGINALS_DIR) / sha256[:2] / sha256


def keep(file: ImportFile) -> Original:
    """Keep a file once, readable by the program only, and return its row. A file that is half-written never shows.

    Raises UnreadableFile where the file cannot be read, OSError where it cannot be written.
    """
    digest = file.sha256
    path = path_of(digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=_HALF_WRITTEN)  # made with mode 600
        try:
            with os.fdopen(handle, "wb") as copy, file.open() as stream:
                copied = _copy(stream, copy)
            if copied != digest:
                raise UnreadableFile("The file was changed while it was read. Import it again.")
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    original, _created = Original.objects.get_or_create(
        sha256=digest, defaults={"name": file.name[-255:], "size": file.size}
    )
    return original


def _copy(stream: BinaryIO, copy: IO[bytes]) -> str:
    """Copy a stream to a file, to the disk itself, and return the SHA-256 of what was copied."""
    digest = hashlib.sha256()
    while chunk := stream.read(1024 * 1024):
        digest.update(chunk)
        copy.write(chunk)
    copy.flush()
    os.fsync(copy.fileno())
    return digest.hexdigest()


def sweep() -> None:
    """Remove what processes that were killed left half-written or unpacked."""
    unpacked = Path(settings.DATA_DIR).glob(f"{UNPACKED}*")
    for path in (*Path(settings.ORIGINALS_DIR).glob(f"*/{_HALF_WRITTEN}*"), *unpacked):
        with contextlib.suppress(OSError):
            if time.time() - path.stat().st_mtime > _ABANDONED:
                path.unlink()


def kept(original: Original, name: str, folder: str) -> ImportFile:
    """Return a kept file under the name and folder that it came in with, to read it again."""
    return ImportFile(name, path_of(original.sha256), folder)
