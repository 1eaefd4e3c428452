"""What a ZIP archive says it holds, looked through before anything is unpacked."""

import re
import stat
import struct
import zipfile
from dataclasses import dataclass
from typing import BinaryIO

from django.conf import settings

from articles.importing.cleaning import one_line

# APPNOTE 4.3.16, 4.3.14: the end of the central directory, and its form for large archives.
_END, _END_64 = b"PK\x05\x06", b"PK\x06\x06"
_END_LENGTH = 22
_LONGEST_END = _END_LENGTH + 0xFFFF + 76
_LOCAL_HEADER = 30
# An entry of the directory has 46 bytes and a name, mostly less than this in all.
_ENTRY = 300
_SMALLEST_DIRECTORY = 1024 * 1024
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
# LZMA is left out: an archive names how much memory unpacking it takes.
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2})
_PATH_LENGTH = 500
_DRIVE = re.compile(r"[A-Za-z]:")
_OFFICE = {
    "[Content_Types].xml": "an office document",
    "mimetype": "an office document or an e-book",
    "META-INF/container.xml": "an e-book",
    "META-INF/MANIFEST.MF": "a program",
    "AndroidManifest.xml": "a program",
}


class BrokenArchive(Exception):
    """The archive as a whole cannot be read. The message says why, in the user's words."""


@dataclass(frozen=True)
class Member:
    """One file of an archive: its path, clean and with `/`; `reason` says why it is not unpacked, empty if it is."""

    info: zipfile.ZipInfo
    path: str
    reason: str = ""


def opened_zip(stream: BinaryIO, size: int) -> zipfile.ZipFile:
    """Return the archive in a stream of so many bytes. Raises BrokenArchive."""
    limit = settings.IMPORT_MAX_ARCHIVE_ENTRIES
    try:
        # zipfile reads the whole directory at once.
        if _directory_size(stream, size) > max(_SMALLEST_DIRECTORY, _ENTRY * limit):
            raise BrokenArchive(f"The archive holds more than {limit:,} files, which is the most that are unpacked.")
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, struct.error, IndexError, OverflowError) as error:
        raise BrokenArchive("The ZIP archive is broken or cut off.") from error
    if len(archive.infolist()) > limit:
        raise BrokenArchive(f"The archive holds more than {limit:,} files, which is the most that are unpacked.")
    return archive


def office_document(archive: zipfile.ZipFile) -> str:
    """Return what an archive is that only programs take for one ("an office document"), empty for any other."""
    names = {info.filename for info in archive.infolist()}
    return next((kind for name, kind in _OFFICE.items() if name in names), "")


def members_of(archive: zipfile.ZipFile) -> list[Member]:
    """Return the files of an archive in its order. Of several under one name the last counts, as for every unpacker."""
    infos = archive.infolist()
    overlapping = _overlapping(infos, archive.start_dir)
    members: list[Member] = []
    seen: set[str] = set()
    for info in reversed(infos):
        path = _path_of(info)
        if not path or path.endswith("/"):
            continue
        reason = _reason(info, path)
        if id(info) in overlapping:
            reason = "It lies over another file of the archive, as in archives made to do harm."
        elif path in seen:
            reason = reason or "The archive holds another file of this name, which is read."
        seen.add(path)
        members.append(Member(info, _clean_path(path), reason))
    return members[::-1]


def _directory_size(stream: BinaryIO, size: int) -> int:
    """Return how many bytes an archive says that its directory has, looking for it where zipfile does."""
    stream.seek(max(0, size - _LONGEST_END))
    tail = stream.read(_LONGEST_END)
    stream.seek(0)
    is_last = tail[-_END_LENGTH:].startswith(_END) and tail.endswith(b"\x00\x00")
    at = len(tail) - _END_LENGTH if is_last else tail.rfind(_END)
    if at < 0 or len(tail) < at + _END_LENGTH:
        return 0
    (length,) = struct.unpack_from("<L", tail, at + 12)
    at_64 = tail.rfind(_END_64, 0, at)
    if at_64 >= 0 and len(tail) >= at_64 + 48:
        length = max(length % 0xFFFFFFFF, *struct.unpack_from("<Q", tail, at_64 + 40))
    return int(length)


def _path_of(info: zipfile.ZipInfo) -> str:
    """Return a member's path with `/`, its letters read by the flag, else as UTF-8, else as DOS wrote them."""
    name = info.orig_filename.partition("\x00")[0]
    if not info.flag_bits & _UTF8_NAME:
        raw = name.encode("cp437", "replace")
        try:
            name = raw.decode("utf-8")
        except UnicodeDecodeError:
            name = raw.decode(_dos_charset(raw))
    return name.replace("\\", "/")


def _dos_charset(raw: bytes) -> str:
    """Tell Russian names from Western ones: there letters beyond ASCII stand in rows, here between others."""
    return "cp866" if re.search(rb"[\x80-\xaf\xe0-\xf1]{3}", raw) else "cp437"


def _clean_path(path: str) -> str:
    parts = (one_line(part, 200) for part in path.split("/"))
    return "/".join(part for part in parts if part not in ("", "."))[-_PATH_LENGTH:].lstrip("/") or "unnamed"


def _reason(info: zipfile.ZipInfo, path: str) -> str:
    if path.startswith("/") or _DRIVE.match(path) or ".." in path.split("/"):
        return "Its name leads out of the archive."
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        return "This is a link, not a file." if kind == stat.S_IFLNK else "This is not a file."
    if info.flag_bits & _ENCRYPTED:
        return "The file is encrypted."
    if info.compress_type not in _METHODS:
        return f"The file is packed by a method that is not read (number {info.compress_type})."
    return ""


def _overlapping(infos: list[zipfile.ZipInfo], end: int) -> set[int]:
    """Return the members (by `id`) whose bytes reach into another's: so few bytes are made to unpack to many."""
    found: set[int] = set()
    # A byte that two members share is in what the one reaching furthest so far and the next one have.
    furthest: zipfile.ZipInfo | None = None
    for info in sorted(infos, key=lambda each: each.header_offset):
        if furthest is not None and _end_of(furthest) > info.header_offset:
            found |= {id(furthest), id(info)}
        if furthest is None or _end_of(info) > _end_of(furthest):
            furthest = info
    return found | {id(info) for info in infos if _end_of(info) > end}


def _end_of(info: zipfile.ZipInfo) -> int:
    return info.header_offset + _LOCAL_HEADER + len(info.orig_filename) + info.compress_size
