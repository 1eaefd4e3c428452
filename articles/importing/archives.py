"""Archives opened: the files in a ZIP archive or a gzip file, one after another, never all at once on the disk.

Nothing is written under a name from an archive, and no size that an archive states is believed: what is unpacked is
counted. Formats: ZIP by PKWARE's APPNOTE 6.3, gzip by RFC 1952.
"""

import gzip
from collections.abc import Iterator
from functools import partial
from pathlib import PurePosixPath

from articles.importing.archive_members import BrokenArchive, members_of, office_document, opened_zip
from articles.importing.files import PAGES, is_of_page, is_passed_over
from articles.importing.records import ImportFile
from articles.importing.unpacking import LimitReached, Refused, Unpacking

Leaf = ImportFile | tuple[str, str]

# A ZIP archive in a ZIP archive is opened, one in that is not.
_DEEPEST = 1
_TAR_MARK = slice(257, 262)
# Of these every line stands for itself: the lines before a break are whole.
_OF_LINES = (".jsonl", ".ndjson", ".jsonlines", ".csv", ".tsv")


def leaves(file: ImportFile) -> Iterator[Leaf]:
    """Yield the file itself where it is no archive, else the files in it, archives in archives opened once.

    A member's folder is the folder that it lay in inside the archive, else the archive's name; its place is the
    archive's place and its path there. What cannot be read comes as (place, reason); a broken archive, or an office
    document (which is a ZIP archive only to machines), as (its place, reason). Hidden files, notes and the pieces of
    saved pages are passed over as in a folder. A member is there until the next one is asked for: larger ones lie in a
    temporary file. Of a gzip file that is cut off, whole lines are read where each line stands for itself (JSON Lines,
    CSV); any other is not read at all. Raises UnreadableFile where the file itself cannot be opened.
    """
    unpacking = Unpacking(file.size)
    try:
        yield from _leaves(file, unpacking, 0)
    except LimitReached as limit:
        yield file.place, f"{limit} What follows was left."


def _leaves(file: ImportFile, unpacking: Unpacking, depth: int) -> Iterator[Leaf]:
    kind = _kind_of(file)
    if not kind:
        yield file
    elif kind == "tar":
        yield file.place, "This is a tar archive, which is not read. Pack the files as a ZIP archive."
    elif depth > _DEEPEST:
        yield file.place, "An archive in an archive in an archive is not opened."
    elif kind == "gzip":
        yield from _in_gzip(file, unpacking, depth)
    else:
        yield from _in_zip(file, unpacking, depth)


def _kind_of(file: ImportFile) -> str:
    """Tell an archive by its first bytes, and one that is broken from there by its name."""
    head, name = file.head, file.name.lower()
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")) or name.endswith(".zip"):
        return "zip"
    if head.startswith(b"\x1f\x8b") or name.endswith((".gz", ".tgz")):
        return "gzip"
    return "tar" if head[_TAR_MARK] == b"ustar" else ""


def _in_zip(file: ImportFile, unpacking: Unpacking, depth: int) -> Iterator[Leaf]:
    with file.open() as stream:
        try:
            archive = opened_zip(stream, file.size)
        except BrokenArchive as error:
            yield file.place, str(error)
            return
        office = office_document(archive)
        if office:
            yield file.place, f"This is {office}, not an archive of texts. Save it as HTML or plain text first."
            return
        pages = _pages(archive.namelist())
        for member in members_of(archive):
            unpacking.count()
            path = PurePosixPath(member.path)
            place = f"{file.place}/{path}"
            if _is_passed_over(path, pages):
                continue
            if member.reason:
                yield place, member.reason
                continue
            opened = partial(archive.open, member.info)
            try:
                with unpacking.unpacked(opened, member.info.compress_size) as content:
                    folder = path.parent.name or PurePosixPath(file.name).stem
                    yield from _leaves(ImportFile(path.name, content, folder, place), unpacking, depth + 1)
            except Refused as refused:
                yield place, str(refused)


def _in_gzip(file: ImportFile, unpacking: Unpacking, depth: int) -> Iterator[Leaf]:
    unpacking.count()
    name = _name_inside(file.name)
    place = f"{file.place}/{name}"
    in_lines = name.lower().endswith(_OF_LINES)
    with file.open() as stream:
        opened = partial(gzip.GzipFile, fileobj=stream)
        try:
            with unpacking.unpacked(opened, file.size, in_lines=in_lines) as content:
                is_cut = unpacking.is_cut
                yield from _leaves(ImportFile(name, content, file.folder, place), unpacking, depth + 1)
        except Refused as refused:
            yield file.place, str(refused)
            return
    if is_cut:
        yield file.place, "The file is cut off: the whole lines before the break were read."


def _name_inside(name: str) -> str:
    """Return the name of the file that a gzip file holds, by the custom of gzip: `a.csv.gz` holds `a.csv`."""
    path = PurePosixPath(name)
    return {".gz": path.stem, ".tgz": f"{path.stem}.tar"}.get(path.suffix.lower(), name)


def _pages(names: list[str]) -> dict[PurePosixPath, set[str]]:
    """Return the pages in each folder of an archive, by name without ending."""
    pages: dict[PurePosixPath, set[str]] = {}
    for path in map(PurePosixPath, names):
        if path.suffix.lower() in PAGES:
            pages.setdefault(path.parent, set()).add(path.stem)
    return pages


def _is_passed_over(path: PurePosixPath, pages: dict[PurePosixPath, set[str]]) -> bool:
    """Tell what a folder's walk would pass over, and what macOS puts beside the files of its archives."""
    if is_passed_over(path.name):
        return True
    for folder in path.parents:
        if folder.name == "__MACOSX" or (folder.name.startswith(".") and folder.name != ".."):
            return True
        if folder.name and is_of_page(folder.name, pages.get(folder.parent, ())):
            return True
    return False
