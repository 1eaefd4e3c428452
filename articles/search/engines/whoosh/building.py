"""A segment in the making: documents are added, other segments are merged into it, then it is written as one file."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np

from articles.search.engines.whoosh.arrays import smallest, write_arrays
from articles.search.engines.whoosh.inverted import Inverted, Inverter, merged, starts_of
from articles.search.engines.whoosh.lexicon import END
from articles.search.engines.whoosh.schema import (
    BODY_START,
    COUNTED,
    FACETS,
    FIELDS,
    LEAD,
    LEADING,
    POSITIONED,
    Indexed,
    group_number,
    written_facts,
)
from articles.search.engines.whoosh.segment import NUMBERS, SegmentFile


class SegmentBuilder:
    """Takes documents in order. What is merged comes before what was added."""

    def __init__(self) -> None:
        self.size = 0
        self._inverters = {field: Inverter() for field in FIELDS}
        self._numbers: dict[str, list[int]] = {name: [] for name in NUMBERS}
        self._facts: list[bytes] = []
        self._merged: list[tuple[SegmentFile, np.ndarray]] = []

    def add(self, document: Indexed) -> None:
        """Add one document."""
        doc, (key, facts, title, body, digest) = self.size, document
        self.size += 1
        positions = {
            "title_exact": title.exact,
            "title_stem": title.stems,
            "text_exact": _joined(title.exact, body.exact),
            "text_stem": _joined(title.stems, body.stems),
        }
        for field in POSITIONED:
            self._inverters[field].add_positions(doc, positions[field])
        values = {"text_root": title.roots + body.roots, "key": {key: 1}}
        values["model"] = {facts.other.model: 1} if facts.other is not None else {}
        values |= {f"facet_{name}": dict.fromkeys(facts.values[place], 1) for place, name in enumerate(FACETS)}
        for field, counts in values.items():
            self._inverters[field].add_counts(doc, counts)
        numbers = (
            facts.id,
            facts.moment,
            facts.first_day,
            facts.last_day,
            facts.visible,
            facts.length,
            group_number(facts.group),
            digest,
        )
        for name, number in zip(NUMBERS, numbers, strict=True):
            self._numbers[name].append(number)
        self._facts.append(written_facts(facts))

    def merge(self, segment: SegmentFile, live: np.ndarray) -> None:
        """Take over the live documents of a segment, `live` being a mask over its documents."""
        self._merged.append((segment, live))

    def write(self, path: Path) -> int:
        """Write the segment into a new file; return how many documents it has. Raises OSError and DamagedFile."""
        arrays = self._of_documents()
        numbers, count = self._new_numbers()
        for field in FIELDS:
            parts = [(segment.inverted(field), new) for (segment, _), new in zip(self._merged, numbers, strict=True)]
            if self.size:
                own = self._inverters.pop(field).inverted()
                parts.append((own, np.arange(count, count + self.size)))
            # One field after the other: a large segment's fields together would take much memory.
            arrays |= _as_arrays(field, merged(parts) if len(parts) != 1 or self._merged else parts[0][0])
        write_arrays(path, arrays)
        return count + self.size

    def _new_numbers(self) -> tuple[list[np.ndarray], int]:
        """Return the new number of each document of each merged segment, -1 for deleted ones; and the first unused."""
        numbers, count = [], 0
        for _, live in self._merged:
            numbers.append(np.where(live, np.cumsum(live) - 1 + count, -1))
            count += int(live.sum())
        return numbers, count

    def _of_documents(self) -> dict[str, np.ndarray]:
        arrays: dict[str, np.ndarray] = {
            name: np.concatenate(
                [*(segment.numbers[name][live] for segment, live in self._merged), np.array(self._numbers[name], kind)]
            ).astype(kind)
            for name, kind in NUMBERS.items()
        }
        arrays["visible"] = arrays["visible"].view(np.uint8)
        kept = [facts for segment, live in self._merged for facts in segment.stored(np.flatnonzero(live))]
        return arrays | _texts("facts", [*kept, *self._facts])


def _joined(title: Mapping[str, list[int]], body: Mapping[str, list[int]]) -> dict[str, list[int]]:
    return {**title, **{word: title[word] + places if word in title else places for word, places in body.items()}}


def _as_arrays(field: str, inverted: Inverted) -> dict[str, np.ndarray]:
    """Return an inverted field as the arrays that SegmentFile says."""
    terms, starts, docs, frequencies, positions = inverted
    text = b"".join([term + END for term in terms])
    arrays: dict[str, np.ndarray] = {
        f"{field}.terms": np.frombuffer(text, np.uint8),
        f"{field}.ends": np.cumsum([len(term) + 1 for term in terms], dtype=np.uint32),
        f"{field}.starts": starts.astype(np.uint32),
        f"{field}.docs": smallest(docs),
    }
    if field in (*POSITIONED, *COUNTED):
        arrays[f"{field}.frequencies"] = smallest(frequencies)
    if field in POSITIONED:
        ends = starts_of(frequencies)
        arrays[f"{field}.positions"] = smallest(positions)
        arrays[f"{field}.places"] = ends[starts].astype(np.uint64)
        if field in LEADING and len(docs):
            leading = (positions >= BODY_START) & (positions < BODY_START + LEAD)
            arrays[f"{field}.lead"] = smallest(np.add.reduceat(leading, ends[:-1], dtype=np.uint32))
            arrays[f"{field}.title"] = smallest(np.add.reduceat(positions < BODY_START, ends[:-1], dtype=np.uint32))
    return arrays


def _texts(name: str, texts: Iterable[bytes]) -> dict[str, np.ndarray]:
    texts = list(texts)
    return {
        name: np.frombuffer(b"".join(texts), np.uint8),
        f"{name}.ends": np.cumsum([len(text) for text in texts], dtype=np.uint64),
    }
