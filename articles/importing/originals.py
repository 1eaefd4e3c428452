"""The files as they came, kept byte for byte under their SHA-256. They have no address on the site."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings

from articles.models import Original


def sha256_of(content: bytes) -> str:
    """Return the hexadecimal SHA-256 of a file's bytes."""
    return hashlib.sha256(content).hexdigest()


def path_of(sha256: str) -> Path:
    """Return where the file with this hash lies."""
    return Path(settings.ORIGINALS_DIR) / sha256[:2] / sha256


def keep(name: str, content: bytes) -> Original:
    """Keep a file once, readable by the program only, and return its row. A file that is half-written never shows."""
    digest = sha256_of(content)
    path = path_of(digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")  # made with mode 600
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    original, _created = Original.objects.get_or_create(
        sha256=digest, defaults={"name": name[-255:], "size": len(content)}
    )
    return original
