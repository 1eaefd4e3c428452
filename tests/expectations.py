"""What a careful reader finds in a document, held against what the importer and the tagger find. No database."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from articles.enrichment import Tags, tag
from articles.gazetteer.files import read_gazetteer
from articles.importing import readers
from articles.importing.boilerplate import Boilerplate
from articles.importing.prepared import Prepared, prepare
from articles.importing.records import EmptyRecord, ImportFile, Remark, UnreadableRecord
from articles.importing.sources import Sources


@dataclass(frozen=True)
class Read:
    """An article as it would be stored, with its tags found on demand."""

    prepared: Prepared

    @property
    def values(self) -> dict[str, Any]:
        return self.prepared.values

    @property
    def day(self) -> str | None:
        moment = self.values["published_at"]
        return moment.date().isoformat() if moment else None

    @property
    def tags(self) -> Tags:
        return _tags(self.prepared)


@lru_cache(maxsize=1000)
def _tags_of(title: str, body: str, language: str, day: Any) -> Tags:
    return tag(title, body, language, day, _gazetteer())


@lru_cache(maxsize=1)
def _gazetteer() -> Any:
    return read_gazetteer()


def _tags(prepared: Prepared) -> Tags:
    values: dict[str, Any] = prepared.values
    title = "" if values["title_made"] else values["title"]
    day = values["published_at"].date() if values["published_at"] else None
    return _tags_of(title, values["body"], values["language"], day)


def minister_names(slugs: list[str]) -> set[str]:
    """Return the names of ministers, as shown, by their slugs."""
    names = {minister.slug: minister.name for minister in _gazetteer().ministers}
    return {names[slug] for slug in slugs}


class _AnySources(Sources):
    """Sources without a database."""

    def find(self, name: str) -> None:
        return None


class _NoBoilerplate(Boilerplate):
    """Nothing learned yet."""

    def without(self, source: str, body: str) -> str:
        return body


def read_file(path: Path) -> list[Read]:
    """Read a file the way the importer does, up to the database. What is not empty must become an article."""
    file = ImportFile(path.name, path.read_bytes(), path.parent.name)
    found = []
    for record in readers.read(file):
        if isinstance(record, EmptyRecord | Remark):
            continue
        assert not isinstance(record, UnreadableRecord), record.reason
        prepared = prepare(record, file, _AnySources(), _NoBoilerplate())
        assert not isinstance(prepared, UnreadableRecord), prepared.reason
        found.append(Read(prepared))
    return found


def words(text: str) -> str:
    """Return the words of a text, for comparing beginnings whatever flags and signs stand before them."""
    return " ".join(re.findall(r"\w+", text))


def names_found(read: Read) -> set[str]:
    """Return the names of the ministers named in the text."""
    return minister_names([found.key for found in read.tags.ministers if not found.by_role])
