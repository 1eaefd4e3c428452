"""From paths to the files to import, one at a time."""

import os
import re
from collections.abc import Container, Iterable, Iterator
from pathlib import Path

from articles.importing.records import ImportFile

# What lies beside articles in a folder and is none: notes on the folder, and the pieces of saved pages.
_NOTES = (".md", ".rst")
_PIECES = {
    ".css", ".js", ".map", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".ico", ".avif", ".bmp", ".woff", ".woff2",
    ".ttf", ".otf", ".eot", ".mp4", ".webm", ".mp3", ".ogg", ".oga", ".m4a", ".tgs", ".download",
}  # fmt: skip
_OF_THE_SYSTEM = {"thumbs.db", "desktop.ini", "__macosx"}
PAGES = {".html", ".htm", ".xhtml", ".shtml"}
# "Webpage, Complete" puts the pieces of `a.html` into `a_files`, by the browser's language under another word.
_PIECES_FOLDER = re.compile(
    r"(?P<page>.+)[_. -](?:files?|dateien|archivos|fichiers|ficheiros|arquivos|bestanden|pliki|soubory|elemei|dosyalar"
    r"|filer|файлы|файли|ملفات)",
    re.IGNORECASE,
)


def files_in(paths: Iterable[str | Path]) -> Iterator[ImportFile | tuple[str, str]]:
    """Yield the files at `paths`, folders walked to their ends in order of name.

    Inside folders hidden files, README files, *.md, *.rst and the styles, scripts and pictures of saved pages are
    passed over; a file named itself is always read. What cannot be opened comes as (path, reason).
    """
    for path in map(Path, paths):
        if path.is_dir():
            for found in _walk(path):
                yield _opened(found) if isinstance(found, Path) else found
        elif path.exists() or path.is_symlink():
            yield _opened(path)
        else:
            yield _readable(str(path)), "There is no such file or folder."


def total_size(paths: Iterable[str | Path]) -> int:
    """Return how many bytes the files at `paths` have together, without reading them."""
    total = 0
    for path in map(Path, paths):
        for file in _walk(path) if path.is_dir() else [path]:
            try:
                total += file.stat().st_size if isinstance(file, Path) else 0
            except OSError:
                continue  # reading it will say why
    return total


def _walk(folder: Path) -> Iterator[Path | tuple[str, str]]:
    """Yield the files below a folder, links followed; (path, reason) for a folder that cannot be looked into."""
    closed: list[OSError] = []
    seen: set[tuple[int, int]] = set()
    for parent, folders, names in os.walk(folder, onerror=closed.append, followlinks=True):
        status = Path(parent).stat()
        if (status.st_dev, status.st_ino) in seen:
            folders.clear()
            yield _readable(parent), "This link leads to a folder that is read already."
            continue
        seen.add((status.st_dev, status.st_ino))
        pages = {Path(name).stem for name in names if Path(name).suffix.lower() in PAGES}
        folders[:] = sorted(name for name in folders if not (name.startswith(".") or is_of_page(name, pages)))
        for name in sorted(names):
            if not is_passed_over(name):
                yield Path(parent, name)
    for error in closed:
        yield _readable(str(error.filename)), f"The folder cannot be opened ({error.strerror})."


def is_of_page(folder: str, pages: Container[str]) -> bool:
    """Tell the folder into which a browser saves the pieces of a page, by its name and those of the pages beside it."""
    match = _PIECES_FOLDER.fullmatch(folder)
    return match is not None and match["page"] in pages


def is_passed_over(name: str) -> bool:
    """Tell by its name a file that lies beside articles in a folder or archive and is none itself."""
    lower = name.lower()
    if lower.startswith((".", "readme")) or lower in _OF_THE_SYSTEM:
        return True
    return lower.endswith(_NOTES) or Path(lower).suffix in _PIECES


def _opened(path: Path) -> ImportFile | tuple[str, str]:
    try:
        if not path.is_file():
            return _readable(str(path)), "This is neither a file nor a folder."
        path.open("rb").close()
        return ImportFile(_readable(path.name), path, _readable(_folder_of(path)))
    except OSError as error:
        return _readable(str(path)), f"The file cannot be opened ({error.strerror})."


def _folder_of(path: Path) -> str:
    """Return the name of the folder in which a file lies, whatever way led there and whatever it is a link to."""
    absolute = path.absolute()
    return (absolute.parent if ".." not in absolute.parts else absolute.parent.resolve()).name


def _readable(name: str) -> str:
    """Return a name from the file system as text: old archives carry names in other encodings than UTF-8."""
    return os.fsencode(name).decode("utf-8", "replace")
