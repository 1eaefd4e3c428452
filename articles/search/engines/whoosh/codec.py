"""The format of the index as a Whoosh codec: Whoosh keeps its segments, generations, deletions and locks, we the rest.

Whoosh's own format is pickled, compressed blocks of postings, written and read one posting at a time; looking up
document lengths at each posting, sorting all of them as tuples and unpickling them took most of the time of indexing
and of a search. Ours are arrays (see segment.py). Whoosh's readers and searchers can use it like any other codec; its
stock writer cannot, the documents come through writer.Writer.
"""

import os
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.codec import base
from whoosh.codec.whoosh3 import W3Segment
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile
from whoosh.formats import Format
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo, TermNotFound

from articles.search.engines.whoosh.arrays import DamagedFile
from articles.search.engines.whoosh.schema import FIELDS
from articles.search.engines.whoosh.segment import EXTENSION, SegmentFile

TOC_EXTENSION = ".toc"
_SEAL = struct.Struct("<I4s")
_SEALED = b"toc1"


class Storage(FileStorage):
    """A folder of files of which what a rename puts in place is on the disk, even where the power fails after it.

    Whoosh pickles its tables of contents: each gets a checksum at its end, without which it is not read.
    """

    def open_file(self, name: str, **kwargs: Any) -> StructFile:
        """Open a file for reading. Raises OSError, and DamagedFile for a table of contents that is not whole."""
        if name.endswith(TOC_EXTENSION):
            content = Path(self._fpath(name)).read_bytes()
            end = len(content) - _SEAL.size
            if end < 0 or content[end:] != _seal(content[:end]):
                raise DamagedFile(f"{self._fpath(name)} is not what was written.")
        return super().open_file(name, **kwargs)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Rename a file that is written, in one step: Whoosh's own removes the file in its place first.

        Raises NameError, as Whoosh's own does, for a file in its place where `safe` is set.
        """
        if safe and self.file_exists(newname):
            raise NameError(f"File {newname!r} exists")
        if newname.endswith(TOC_EXTENSION):
            with Path(self._fpath(oldname)).open("r+b") as file:
                seal = _seal(file.read())
                file.write(seal)
        _sync(self._fpath(oldname))
        Path(self._fpath(oldname)).replace(self._fpath(newname))
        _sync(self.folder)


def _seal(content: bytes) -> bytes:
    return _SEAL.pack(zlib.crc32(content), _SEALED)


def _sync(path: str) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class Codec(base.Codec):
    """Reads the files that SegmentBuilder writes."""

    def new_segment(self, storage: Storage, indexname: str) -> "Segment":
        return Segment(self, indexname)

    def terms_reader(self, storage: Storage, segment: "Segment") -> "TermsReader":
        return TermsReader(SegmentFile(segment.path(storage)))

    def per_document_reader(self, storage: Storage, segment: "Segment") -> "PerDocumentReader":
        return PerDocumentReader(segment)

    def supports_columns(self) -> bool:
        return False


class Segment(W3Segment):
    """What Whoosh's table of contents keeps of a segment: its name, its size and which documents are deleted."""

    def live(self) -> np.ndarray:
        """Return a mask over its documents: those that are not deleted."""
        mask = np.ones(self.doc_count_all(), bool)
        mask[list(self.deleted_docs())] = False
        return mask

    def path(self, storage: Storage) -> Path:
        """Return where its file lies."""
        return Path(storage.folder) / self.make_filename(EXTENSION)


class TermsReader(base.TermsReader):
    """The terms of a segment in Whoosh's words."""

    def __init__(self, file: SegmentFile) -> None:
        self.file = file

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        field, text = term
        return field in self.file.lexicons and self.file.lexicons[field].find(text) is not None

    def indexed_field_names(self) -> tuple[str, ...]:
        return FIELDS

    def terms(self) -> Iterator[tuple[str, bytes]]:
        for field in sorted(FIELDS):
            yield from self.terms_from(field, b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        lexicon = self.file.lexicons[fieldname]
        for number in range(lexicon.beginning(prefix).start, len(lexicon)):
            yield fieldname, lexicon.term(number)

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        docs, weights = self._postings(fieldname, text)
        heaviest = max(weights)
        return TermInfo(sum(weights), len(docs), None, 0, heaviest, docs[0], docs[-1])

    def frequency(self, fieldname: str, text: bytes) -> float:
        return sum(self._postings(fieldname, text)[1]) if (fieldname, text) in self else 0

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        return len(self._postings(fieldname, text)[0]) if (fieldname, text) in self else 0

    def matcher(self, fieldname: str, text: bytes, format_: Format, scorer: Any = None) -> ListMatcher:
        docs, weights = self._postings(fieldname, text)
        return ListMatcher(docs, weights, None, format_, scorer, term=(fieldname, text))

    def _postings(self, field: str, text: bytes) -> tuple[list[int], list[float]]:
        if (field, text) not in self:
            raise TermNotFound(f"No term {field}:{text!r}")
        postings = self.file.postings(field, text.decode())
        return postings.docs.tolist(), postings.frequencies.tolist()


class PerDocumentReader(base.PerDocumentReader):
    """The documents of a segment in Whoosh's words: how many they are, and which are deleted."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment

    def doc_count(self) -> int:
        return int(self._segment.doc_count())

    def doc_count_all(self) -> int:
        return int(self._segment.doc_count_all())

    def has_deletions(self) -> bool:
        return bool(self._segment.has_deletions())

    def is_deleted(self, docnum: int) -> bool:
        return bool(self._segment.is_deleted(docnum))

    def deleted_docs(self) -> Iterator[int]:
        return iter(self._segment.deleted_docs())

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        return default

    def field_length(self, fieldname: str) -> int:
        return 0

    min_field_length = max_field_length = field_length

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        return {}
