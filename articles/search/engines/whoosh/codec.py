"""Whoosh's third codec without its greatest brake in writing.

The stock field writer asks for a document's length at every posting, which looks for a file each time (a quarter of all
indexing time). Our fields keep no lengths in Whoosh: scoring reads them from the column `facts`.
"""

from collections.abc import Iterable
from typing import Any

from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter


class FieldWriter(W3FieldWriter):
    """Writes postings without looking up document lengths."""

    def add_postings(self, schema: Any, lengths: Any, items: Iterable[tuple]) -> None:
        """Write `items`: (field, term, document, weight, value), in order."""
        super().add_postings(schema, None, items)


class Codec(W3Codec):
    """What the store's writers use; readers need nothing of it, the format is the same."""

    def field_writer(self, storage: Any, segment: Any) -> FieldWriter:
        return FieldWriter(self, storage, segment)
