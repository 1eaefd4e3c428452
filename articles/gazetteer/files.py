"""The data files of the gazetteer, read into one Gazetteer value.

`data/countries/<language>.toml`  a table per ISO code, lists of names by kind (see COUNTRY_KINDS); the names of a
                                  territory (territories.py) count as its country's
`data/ministers.csv`              slug, name, wikidata_id, country, latin, arabic, cyrillic (spellings parted by |)
`data/tenures.csv`                slug, country, office, start, end
`data/officials.csv`              name, country, role, latin, arabic, cyrillic, start, end
`data/topics.toml`                a table per slug: parent, name = {en = …}, threshold, per language "phrase" = weight

All are UTF-8. What is wrong with a file is told with its name and line, so that whoever edits it finds the place.
"""

import csv
import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel import Locale

from articles.gazetteer.facts import (
    FOREIGN_MINISTER,
    THRESHOLD,
    WEIGHTS,
    CountryFacts,
    CountryPattern,
    Gazetteer,
    MinisterFacts,
    OfficialFacts,
    TenureFacts,
    TopicFacts,
    TopicPhraseFacts,
)
from articles.gazetteer.territories import COUNTRY_OF_TERRITORY

DATA = Path(__file__).parent / "data"
LANGUAGES = ("en", "es", "fr", "ar", "ru")
COUNTRY_KINDS = ("name", "historic", "adjective", "capital", "government", "place", "forms", "not")
SCRIPTS = ("latin", "arabic", "cyrillic")
_NAMES_OF_A_STATE = frozenset({"name", "historic", "adjective", "capital"})

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DAY = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
# What CLDR names otherwise than newspapers do, or not at all.
_ENGLISH_NAMES = {"EU": "European Union", "PS": "Palestine", "HK": "Hong Kong", "MO": "Macao", "MM": "Myanmar"}


class GazetteerFileError(ValueError):
    """A data file is not as it must be. The message names the file, the line where known, and what is wrong."""


def read_gazetteer(folder: Path = DATA) -> Gazetteer:
    """Return what the data files in `folder` say, read once a process. Raises GazetteerFileError."""
    return _read(folder.resolve())


@lru_cache(maxsize=4)
def _read(folder: Path) -> Gazetteer:
    countries = _countries(folder / "countries")
    codes = {country.code for country in countries}
    return Gazetteer(
        countries=countries,
        ministers=_ministers(folder, codes),
        officials=_officials(folder / "officials.csv", codes),
        topics=_topics(folder / "topics.toml"),
    )


def english_name(code: str) -> str:
    """Return the English name of a country by its code, from CLDR; the code itself where CLDR has none."""
    return _ENGLISH_NAMES.get(code) or Locale("en").territories.get(code, code)


# Countries


def _countries(folder: Path) -> tuple[CountryFacts, ...]:
    patterns: dict[str, list[CountryPattern]] = {}
    for language in LANGUAGES:
        path = folder / f"{language}.toml"
        text, tables = _toml(path)
        for code, table in tables.items():
            if not re.fullmatch(r"[A-Z]{2}", code) or not isinstance(table, dict):
                raise _error(path, _line_of(text, code), f"{code!r} is not a table of a two-letter country code")
            owner = COUNTRY_OF_TERRITORY.get(code, code)
            patterns.setdefault(owner, []).extend(_country_patterns(path, text, language, code, table))
    return tuple(
        CountryFacts(code, english_name(code), tuple(dict.fromkeys(found))) for code, found in sorted(patterns.items())
    )


def _country_patterns(
    path: Path, text: str, language: str, code: str, table: dict[str, Any]
) -> Iterator[CountryPattern]:
    for kind, names in table.items():
        line = _line_of(text, kind, after=f"[{code}]")
        if kind not in COUNTRY_KINDS:
            raise _error(path, line, f"{code}: unknown key {kind!r}, known are {', '.join(COUNTRY_KINDS)}")
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise _error(path, line, f"{code}.{kind} is not a list of words in quotes")
        for name in names:
            if not name.strip():
                raise _error(path, line, f"{code}.{kind} has an empty name")
            # A territory has no foreign minister: its names are those of a place.
            place = code in COUNTRY_OF_TERRITORY and kind in _NAMES_OF_A_STATE
            yield CountryPattern(language, "place" if place else kind, name.strip())


# Ministers and officials


def _ministers(folder: Path, codes: set[str]) -> tuple[MinisterFacts, ...]:
    path = folder / "ministers.csv"
    tenures = _tenures(folder / "tenures.csv", codes)
    found: dict[str, MinisterFacts] = {}
    for line, row in _csv(path, ("slug", "name", "wikidata_id", "country", *SCRIPTS)):
        slug = row["slug"]
        if not _SLUG.fullmatch(slug):
            raise _error(path, line, f"{slug!r} is not a slug (a-z, 0-9 and single hyphens)")
        if slug in found:
            raise _error(path, line, f"the slug {slug!r} stands twice")
        if not row["name"]:
            raise _error(path, line, "the name is empty")
        spellings = tuple((script, text) for script in SCRIPTS for text in _parts(row[script]) if text != row["name"])
        found[slug] = MinisterFacts(slug, row["name"], row["wikidata_id"], spellings, tuple(tenures.pop(slug, ())))
    if tenures:
        raise _error(folder / "tenures.csv", 0, f"no minister has the slug {next(iter(tenures))!r}")
    return tuple(found.values())


def _tenures(path: Path, codes: set[str]) -> dict[str, list[TenureFacts]]:
    found: dict[str, list[TenureFacts]] = {}
    for line, row in _csv(path, ("slug", "country", "office", "start", "end")):
        _check_country(path, line, row["country"], codes)
        for column in ("start", "end"):
            if row[column] and not _DAY.fullmatch(row[column]):
                raise _error(path, line, f"{column} {row[column]!r} is not YYYY, YYYY-MM or YYYY-MM-DD")
        if not row["start"]:
            raise _error(path, line, "start is empty")
        if row["end"] and row["end"] < row["start"][: len(row["end"])]:
            raise _error(path, line, f"the end {row['end']} is before the start {row['start']}")
        tenure = TenureFacts(row["country"], row["start"], row["end"], row["office"] or FOREIGN_MINISTER)
        found.setdefault(row["slug"], []).append(tenure)
    return found


def _officials(path: Path, codes: set[str]) -> tuple[OfficialFacts, ...]:
    found: dict[tuple[str, str], OfficialFacts] = {}
    for line, row in _csv(path, ("name", "country", "role", *SCRIPTS)):
        _check_country(path, line, row["country"], codes)
        if not row["name"]:
            raise _error(path, line, "the name is empty")
        if (row["country"], row["name"]) in found:
            raise _error(path, line, f"{row['name']} stands twice")
        spellings = tuple(text for script in SCRIPTS for text in _parts(row[script]) if text != row["name"])
        found[row["country"], row["name"]] = OfficialFacts(row["name"], row["country"], row["role"], spellings)
    return tuple(found.values())


def _check_country(path: Path, line: int, code: str, codes: set[str]) -> None:
    if code not in codes:
        raise _error(path, line, f"the country {code!r} is in none of the files in countries/")


# Topics


def _topics(path: Path) -> tuple[TopicFacts, ...]:
    text, tables = _toml(path)
    found = []
    for slug, table in tables.items():
        line = _line_of(text, slug)
        if not _SLUG.fullmatch(slug) or not isinstance(table, dict):
            raise _error(path, line, f"{slug!r} is not a table named by a slug")
        names = table.get("name")
        if not isinstance(names, dict) or not names.get("en"):
            raise _error(path, line, f'{slug} needs name = {{en = "…"}}')
        parent = table.get("parent", "")
        if parent and parent not in tables:
            raise _error(path, line, f"{slug}: there is no topic {parent!r} to be its parent")
        threshold = table.get("threshold", THRESHOLD)
        if threshold not in range(1, 10):
            raise _error(path, line, f"{slug}: the threshold {threshold!r} is not a number from 1 to 9")
        unknown = set(table) - {"name", "parent", "threshold", *LANGUAGES}
        if unknown:
            raise _error(path, line, f"{slug}: unknown key {min(unknown)!r}")
        phrases = tuple(_phrases(path, text, slug, table))
        found.append(TopicFacts(slug, tuple(sorted(names.items())), parent, phrases, threshold))
    return tuple(found)


def _phrases(path: Path, text: str, slug: str, table: dict[str, Any]) -> Iterator[TopicPhraseFacts]:
    for language in LANGUAGES:
        for phrase, weight in table.get(language, {}).items():
            if weight not in WEIGHTS or not phrase.strip():
                line = _line_of(text, phrase, after=f"[{slug}.{language}]")
                raise _error(path, line, f"{slug}: the weight of {phrase!r} is not 1, 2, 3 or one of them negative")
            yield TopicPhraseFacts(language, phrase.strip(), weight)


# Files


def _csv(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line number, row) with every cell stripped. Raises GazetteerFileError for missing columns or cells."""
    rows = csv.DictReader(_text(path).splitlines())
    missing = [column for column in columns if column not in (rows.fieldnames or ())]
    if missing:
        raise _error(path, 1, f"the column {missing[0]!r} is missing")
    for row in rows:
        if None in row or None in row.values():
            raise _error(path, rows.line_num, f"{len(rows.fieldnames or ())} cells are wanted")
        yield rows.line_num, {column: cell.strip() for column, cell in row.items()}


def _toml(path: Path) -> tuple[str, dict[str, Any]]:
    text = _text(path)
    try:
        return text, tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise GazetteerFileError(f"{path.name}: {error}") from error


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise GazetteerFileError(f"{path}: the file is missing") from error
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise _error(path, line, "this is not UTF-8") from error


def _parts(cell: str) -> list[str]:
    """Return the spellings of a cell, once each."""
    return list(dict.fromkeys(part.strip() for part in cell.split("|") if part.strip()))


def _line_of(text: str, key: str, after: str = "") -> int:
    """Return the line on which `key` stands, from the line `after` on: TOML's parser does not tell. 0: not found."""
    start = max(text.find(after), 0)
    place = text.find(key, start)
    return text.count("\n", 0, place) + 1 if place >= 0 else 0


def _error(path: Path, line: int, what: str) -> GazetteerFileError:
    return GazetteerFileError(f"{path.name}, line {line}: {what}" if line else f"{path.name}: {what}")
