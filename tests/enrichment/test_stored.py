"""What is compiled of a gazetteer is kept for other processes, and never believed when it is damaged."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from articles.enrichment import compilation, prepare, stored, tag
from articles.enrichment.automaton import Automaton
from articles.gazetteer.facts import CountryFacts, CountryPattern, Gazetteer, TopicFacts, TopicPhraseFacts
from articles.gazetteer.files import read_gazetteer

SMALL = Gazetteer(
    (CountryFacts("XA", "Alandia", (CountryPattern("en", "name", "Alandia"),)),),
    (),
    (),
    (TopicFacts("oil", (("en", "Oil"),), "", (TopicPhraseFacts("en", "crude oil", 3),)),),
    version=7,
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(compilation, "_folder", tmp_path / "kept")
    monkeypatch.setattr(compilation, "_kept", [])
    yield tmp_path / "kept"


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.automaton"))


def keys(gazetteer: Gazetteer, text: str) -> list[str]:
    tags = tag("", text, "en", None, gazetteer)
    return [each.key for each in (*tags.countries, *tags.topics)]


def test_the_whole_gazetteer_tags_alike_when_it_is_read_back(tmp_path: Path, tagged) -> None:
    gazetteer = read_gazetteer()
    automaton = Automaton()
    for vocabulary in compilation.vocabularies():
        compilation.fill(automaton, gazetteer, vocabulary)
    stored.write(tmp_path, 5, automaton)
    again = stored.read(tmp_path, 5)
    assert again == automaton
    assert again is not automaton


def test_another_process_does_not_compile_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare(SMALL)
    assert len(files(folder)) == 1
    monkeypatch.setattr(compilation, "_kept", [])
    monkeypatch.setattr(compilation, "_FILL", {})
    assert keys(replace(SMALL), "Alandia sells crude oil.") == ["XA", "oil"]


@pytest.mark.parametrize("damage", [lambda content: content[:-1], lambda content: b"", lambda content: content[::-1]])
def test_a_damaged_file_is_made_anew(
    folder: Path, damage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    prepare(SMALL)
    (path,) = files(folder)
    whole = path.read_bytes()
    path.write_bytes(damage(whole))
    monkeypatch.setattr(compilation, "_kept", [])
    again = replace(SMALL)
    assert keys(again, "Alandia sells crude oil.") == ["XA", "oil"]
    assert "is damaged" in caplog.text
    prepare(again)
    assert path.read_bytes()[:32] == whole[:32]


def test_only_the_newest_state_is_kept_and_only_its_user_may_read_it(folder: Path) -> None:
    prepare(SMALL)
    prepare(replace(SMALL, version=8))
    (path,) = files(folder)
    assert path.name.startswith("8-")
    assert path.stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be_written_is_only_logged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setattr(compilation, "_folder", tmp_path / "file" / "kept")
    monkeypatch.setattr(compilation, "_kept", [])
    prepare(SMALL)
    assert keys(SMALL, "Alandia sells crude oil.") == ["XA", "oil"]
    assert "cannot be written" in caplog.text


def test_a_gazetteer_without_a_version_is_not_kept(folder: Path) -> None:
    prepare(replace(SMALL, version=0))
    assert files(folder) == []
