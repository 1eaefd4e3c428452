"""The one writer of an index: documents in and out, small segments merged, one new generation a commit."""

import logging
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.index import TOC, FileIndex, LockError, clean_files
from whoosh.writing import IndexWriter

from articles.search.engines.whoosh.building import SegmentBuilder
from articles.search.engines.whoosh.codec import Codec, Segment
from articles.search.engines.whoosh.merging import groups, to_merge
from articles.search.engines.whoosh.schema import Indexed
from articles.search.engines.whoosh.segment import SegmentFile

logger = logging.getLogger(__name__)

# Seconds between two looks whether the lock is free.
LOOK = 0.02


class Writer(IndexWriter):
    """Holds the index's lock from its making to `commit` or `cancel`. Nothing can be seen before `commit`.

    Whoosh's own writer (SegmentWriter) does the same one posting at a time.
    """

    def __init__(self, index: FileIndex, timeout: float) -> None:
        """Raises whoosh.index.LockError where another writer is at work for longer than `timeout` seconds."""
        self.index = index
        self.lock = index.lock("WRITELOCK")
        self._take_lock(timeout)
        try:
            contents = index._read_toc()
        except BaseException:
            self.lock.release()
            raise
        self.generation: int = contents.generation + 1
        self.schema = contents.schema
        self.segments: list[Segment] = contents.segments
        self.builder = SegmentBuilder()
        self.changed = False
        # Whether the commit may merge segments.
        self.merging = True
        self._files: dict[str, SegmentFile] = {}

    def _take_lock(self, timeout: float) -> None:
        until = time.monotonic() + timeout
        told = False
        while not self.lock.acquire():
            if time.monotonic() >= until:
                raise LockError
            if not told:
                logger.warning("Another process is writing the index: waiting for up to %.0f seconds.", timeout)
                told = True
            time.sleep(LOOK)

    def add_document(self, document: Indexed) -> None:
        """Add a document."""
        self.builder.add(document)

    def add_segment(self, segment: Segment) -> None:
        """Add a segment whose file is written."""
        self.segments.append(segment)
        self.changed = True

    def new_segment(self) -> Segment:
        """Return a new segment, without documents and without a file."""
        segment: Segment = Codec().new_segment(self.index.storage, self.index.indexname)
        return segment

    def delete(self, keys: Iterable[str]) -> None:
        """Take out the documents with these keys."""
        wanted = list(keys)
        for segment in self.segments:
            file = self._open(segment)
            for key in wanted:
                number = file.find("key", key)
                if number is not None:
                    self._delete(segment, file.docs("key", number))

    def delete_beginning(self, prefix: str) -> None:
        """Take out the documents whose keys begin so."""
        for segment in self.segments:
            file = self._open(segment)
            for number in file.lexicons["key"].beginning(prefix.encode()):
                self._delete(segment, file.docs("key", number))

    def _delete(self, segment: Segment, docs: np.ndarray) -> None:
        for doc in docs.tolist():
            if not segment.is_deleted(doc):
                segment.delete_document(doc)
                self.changed = True

    def optimize(self) -> None:
        """Make as few segments of those that are there as there may be."""
        self.segments = [
            self._merged(group, SegmentBuilder()) if len(group) > 1 else group[0] for group in groups(self.segments)
        ]
        self.changed, self.merging = True, False

    def commit(self) -> None:
        """Make the changes visible in one step, and let go of the lock; where nothing changed, only that."""
        try:
            if self.builder.size or self.changed:
                self._commit(to_merge(self.segments, self.builder.size) if self.merging else [])
        finally:
            self.lock.release()

    def cancel(self) -> None:
        """Drop the changes and let go of the lock."""
        self.lock.release()

    def _commit(self, merging: Sequence[Segment]) -> None:
        kept = [segment for segment in self.segments if segment not in merging and segment.doc_count()]
        if merging or self.builder.size:
            kept.append(self._merged(merging, self.builder))
        TOC(self.schema, kept, self.generation).write(self.index.storage, self.index.indexname)
        clean_files(self.index.storage, self.index.indexname, self.generation, kept)
        # What a writer that was killed has not come to rename.
        for left in Path(self.index.storage.folder).glob(f"_{self.index.indexname}_*.toc.*"):
            left.unlink(missing_ok=True)

    def _merged(self, merging: Sequence[Segment], builder: SegmentBuilder) -> Segment:
        """Return a new segment of others and of what is added, its file written."""
        for segment in merging:
            builder.merge(self._open(segment), segment.live())
        new = self.new_segment()
        new.set_doc_count(builder.write(new.path(self.index.storage)))
        return new

    def _open(self, segment: Segment) -> SegmentFile:
        if segment.segment_id() not in self._files:
            self._files[segment.segment_id()] = SegmentFile(segment.path(self.index.storage))
        return self._files[segment.segment_id()]

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        if kind:
            self.cancel()
        else:
            self.commit()
