"""From paths to the files to import, one at a time."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from articles.importing.records import ImportFile, UnreadableFile

# What lies beside articles in a folder and is none: notes on the folder, and the pieces of saved pages.
_NOTES = (".md", ".rst")
_PIECES = {
    ".css", ".js", ".map", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".ico", ".avif", ".bmp", ".woff", ".woff2",
    ".ttf", ".otf", ".eot", ".mp4", ".webm", ".mp3", ".ogg", ".oga", ".m4a", ".tgs",
}  # fmt: skip


def files_in(paths: Iterable[str | Path]) -> Iterator[ImportFile | tuple[str, str]]:
    """Yield the files at `paths`, folders walked to their ends in order of name, one file's bytes at a time.

    Inside folders hidden files, README files, *.md, *.rst and the styles, scripts and pictures of saved pages are
    passed over; a file named itself is always read. What cannot be opened comes as (path, reason).
    """
    for path in map(Path, paths):
        if path.is_dir():
            for file in _walk(path):
                yield _opened(file)
        elif path.exists() or path.is_symlink():
            yield _opened(path)
        else:
            yield _readable(str(path)), "There is no such file or folder."


def _walk(folder: Path) -> Iterator[Path]:
    # os.walk does not follow links to folders: a link that loops ends here.
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not _is_passed_over(name):
                yield Path(parent, name)


def _is_passed_over(name: str) -> bool:
    lower = name.lower()
    return lower.startswith((".", "readme")) or lower.endswith(_NOTES) or Path(lower).suffix in _PIECES


def _opened(path: Path) -> ImportFile | tuple[str, str]:
    try:
        if not path.is_file():
            return _readable(str(path)), "This is neither a file nor a folder."
        return ImportFile(_readable(path.name), path.read_bytes(), _readable(path.resolve().parent.name))
    except OSError as error:
        return _readable(str(path)), f"The file cannot be opened ({error.strerror})."


def _readable(name: str) -> str:
    """Return a name from the file system as text: old archives carry names in other encodings than UTF-8."""
    return os.fsencode(name).decode("utf-8", "replace")


def reason_of(error: UnreadableFile) -> str:
    """Return why a file cannot be read, as one line for the report."""
    return " ".join(str(error).split())[:500]
