"""What identifies a record, how titles are made, which files a folder gives. No database."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.duplicates import base_identity, body_hash, canonical_url, similarity
from articles.importing.files import files_in
from articles.importing.records import ArticleRecord, ImportFile
from articles.importing.titles import LIMIT, made_title

FILE = ImportFile("a.txt", b"", "folder")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.Example.org/a/b/?utm_source=x&id=5#top", "example.org/a/b?id=5"),
        ("http://example.org/a/b", "example.org/a/b"),
        ("https://example.org:8443/a", "example.org:8443/a"),
        ("https://example.org/", ""),
        ("https://example.org/?fbclid=1", ""),
        ("https://example.org/?p=1", "example.org/?p=1"),
        ("urn:isbn:1", "urn:isbn:1"),
        ("https://[broken/a", "https://[broken/a"),
        ("", ""),
    ],
)
def test_addresses_are_compared_without_what_does_not_name_the_page(url: str, expected: str) -> None:
    assert canonical_url(url).replace("org?", "org/?") == expected


def test_a_record_is_known_by_address_then_id_then_file() -> None:
    by_url = ArticleRecord("x", url="https://example.org/a", external_id="1", source="S")
    assert base_identity(by_url, FILE) == base_identity(ArticleRecord("y", url="http://example.org/a/"), FILE)
    by_id = ArticleRecord("x", external_id="1", source="S")
    assert base_identity(by_id, FILE) == base_identity(by_id, ImportFile("b.txt", b""))
    of_no_source = ArticleRecord("x", external_id="1")
    assert base_identity(of_no_source, FILE) != base_identity(of_no_source, ImportFile("b.txt", b""))
    by_file = ArticleRecord("x")
    assert base_identity(by_file, FILE) == base_identity(ArticleRecord("corrected"), FILE)
    assert base_identity(by_file, FILE) != base_identity(by_file, ImportFile("a.txt", b"", "other"))


def test_a_root_address_is_no_identity() -> None:
    root = ArticleRecord("x", url="https://example.org/")
    assert base_identity(root, FILE) == base_identity(ArticleRecord("x"), FILE)


def test_bodies_are_compared_by_their_words() -> None:
    assert body_hash("One,  two.\n\nThree") == body_hash("one two three")
    assert body_hash("one two") != body_hash("one three")
    assert body_hash("🇷🇺") != body_hash("🇨🇳")
    assert similarity("a b c d", "a b c e") == pytest.approx(0.6)


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("🇷🇺🇨🇳 Talks were held. They went on.", "Talks were held"),
        ("Dr. Ana Ruiz of the U.S. met her colleague. They spoke.", "Dr. Ana Ruiz of the U.S. met her colleague."),
        ("Will they meet? Nobody knows.", "Will they meet?"),
        ("First line without an end\n\nSecond", "First line without an end"),
        ("«Мы против», сказал министр. Потом ушел.", "«Мы против», сказал министр"),
        ("وصل الوزير إلى القاهرة. وغادر بعد ساعة.", "وصل الوزير إلى القاهرة"),
        ("🇷🇺\n\nTalks", "Talks"),
        ("🇷🇺", "🇷🇺"),
        (".", "."),
    ],
)
def test_a_title_is_made_of_the_first_sentence(body: str, title: str) -> None:
    assert made_title(body) == title


def test_a_long_first_sentence_is_cut_at_a_word() -> None:
    title = made_title("word " * 60)
    assert len(title) <= LIMIT
    assert title.endswith("word…")


@given(st.text(min_size=1, max_size=400).filter(lambda text: text.strip()))
def test_a_made_title_is_never_empty_or_long(body: str) -> None:
    assert 0 < len(made_title(body)) <= LIMIT


def test_folders_are_walked_without_what_is_no_article(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "a.txt",
        "sub/c.html",
        "sub/c_files/style.css",
        "sub/logo.png",
        ".hidden",
        "README.txt",
        "n.md",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    (tmp_path / "sub" / "loop").symlink_to(tmp_path)
    found = [file.name for file in files_in([tmp_path]) if isinstance(file, ImportFile)]
    assert found == ["a.txt", "b.txt", "c.html"]
    (named,) = files_in([tmp_path / "n.md"])
    assert isinstance(named, ImportFile)
    assert named.folder == tmp_path.name


def test_a_path_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert list(files_in([tmp_path / "gone"])) == [(str(tmp_path / "gone"), "There is no such file or folder.")]


def test_a_name_that_is_not_utf_8_is_read_all_the_same(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text("Egypt", encoding="utf-8")
    (file,) = files_in([tmp_path])
    assert isinstance(file, ImportFile)
    assert file.name == "caf\ufffd.txt"
    missing = os.fsdecode(os.fsencode(tmp_path) + b"/gone\xe9")
    assert list(files_in([missing])) == [(f"{tmp_path}/gone\ufffd", "There is no such file or folder.")]
