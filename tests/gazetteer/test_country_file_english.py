"""The English country names: complete, unambiguous, and careful where a name is also something else."""

import tomllib
from collections import defaultdict
from pathlib import Path

import pytest
from babel import Locale

from articles.gazetteer import files

FILE = Path(files.__file__).parent / "data" / "countries" / "en.toml"
TABLES = tomllib.loads(FILE.read_text(encoding="utf-8"))
KINDS = {"name", "historic", "adjective", "capital", "government", "place", "forms", "not"}
# Codes of CLDR that are no countries of ISO 3166-1.
NOT_COUNTRIES = {"EZ", "UN", "ZZ", "QO", "AC", "CP", "DG", "EA", "IC", "TA", "XA", "XB", "CQ"}
# One phrase, two peoples: named on purpose under both.
SHARED = {"Kosovo Albanian", "Kosovo Albanians", "Kosovo Serb", "Kosovo Serbs"}


def test_every_country_is_there():
    expected = {code for code in Locale("en").territories if len(code) == 2 and code.isalpha()} - NOT_COUNTRIES
    assert set(TABLES) == expected
    assert {"XK", "EU", "PS", "TW"} <= set(TABLES)


def test_every_table_has_names_and_known_keys_and_no_empty_pattern():
    for code, table in TABLES.items():
        assert table["name"], code
        assert set(table) <= KINDS, code
        for patterns in table.values():
            assert all(pattern.strip() == pattern and pattern for pattern in patterns), code
            assert len(patterns) == len(set(patterns)), code


def test_no_pattern_stands_for_two_countries():
    claimed = defaultdict(set)
    for code, table in TABLES.items():
        for kind, patterns in table.items():
            if kind != "not":
                for pattern in patterns:
                    claimed[pattern.casefold()].add(code)
    double = {pattern for pattern, codes in claimed.items() if len(codes) > 1}
    assert double - {pattern.casefold() for pattern in SHARED} == set()


def test_what_names_no_country_is_not_also_a_name():
    named = {name for table in TABLES.values() for kind, found in table.items() if kind != "not" for name in found}
    both = [(code, phrase) for code, table in TABLES.items() for phrase in table.get("not", ()) if phrase in named]
    assert both == []


@pytest.mark.parametrize(
    ("code", "kind", "pattern"),
    [
        ("GN", "name", "Guinea"),
        ("GN", "not", "New Guinea"),
        ("GW", "name", "Guinea-Bissau"),
        ("GQ", "name", "Equatorial Guinea"),
        ("PG", "name", "Papua New Guinea"),
        ("NE", "name", "Niger"),
        ("NG", "place", "Niger Delta"),
        ("NG", "name", "Nigeria"),
        ("CD", "name", "DR Congo"),
        ("CG", "name", "Congo"),
        ("GE", "not", "Georgia Tech"),
        ("GE", "not", "state of Georgia"),
        ("JO", "capital", "Amman"),
        ("JO", "not", "Michael Jordan"),
        ("OM", "capital", "Muscat"),
        ("TD", "not", "Chad Smith"),
        ("TR", "name", "Türkiye"),
        ("TR", "not", "Turkish Airlines"),
        ("FR", "not", "Agence France-Presse"),
        ("FR", "government", "Quai d'Orsay"),
        ("US", "place", "New Mexico"),
        ("SS", "name", "South Sudan"),
        ("DM", "name", "Dominica"),
        ("DO", "name", "Dominican Republic"),
        ("KP", "name", "North Korea"),
        ("KR", "name", "South Korea"),
        ("CI", "name", "Côte d'Ivoire"),
        ("CZ", "name", "Czechia"),
        ("PS", "place", "Gaza"),
        ("PS", "place", "West Bank"),
        ("PS", "place", "East Jerusalem"),
        ("RU", "government", "Kremlin"),
        ("US", "government", "White House"),
        ("US", "not", "Latin America"),
        ("IN", "not", "Indian Ocean"),
        ("CN", "not", "South China Sea"),
    ],
)
def test_a_pattern_is_where_it_belongs(code, kind, pattern):
    assert pattern in TABLES[code][kind]


@pytest.mark.parametrize("word", ["Sabah", "Male", "Nice", "Georgetown", "Victoria", "Santiago", "New York", "Geneva"])
def test_a_word_that_is_too_often_something_else_stands_for_no_country(word):
    assert not any(word in table.get(kind, ()) for table in TABLES.values() for kind in KINDS - {"not"})
