"""What identifies a record, how titles are made, which files a folder gives. No database."""

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.files import files_in, total_size
from articles.importing.identity import canonical_url, content_key, keys_of
from articles.importing.records import ImportFile
from articles.importing.sketches import Text
from articles.importing.titles import LIMIT, made_title


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


def test_a_record_is_known_by_its_id_within_its_source_by_its_address_and_by_its_text() -> None:
    keys = keys_of("S", "1", "https://example.org/a", "content")
    assert len({keys.id, keys.url, keys.text}) == 3
    assert keys_of("S", "1", "", "other").id == keys.id
    assert keys_of("T", "1", "", "other").id != keys.id
    assert keys_of("T", "", "http://www.example.org/a/?fbclid=2", "other").url == keys.url
    assert keys_of("S", "", "", "content").text == keys.text
    assert keys_of("T", "", "", "content").text != keys.text


def test_what_a_record_does_not_have_makes_no_key() -> None:
    keys = keys_of("S", "", "https://example.org/", "content")
    assert (keys.id, keys.url) == ("", "")


def test_titles_and_bodies_are_compared_by_their_words() -> None:
    one = content_key("A  title!", Text("One,  two.\n\nThree"))
    assert one == content_key("a title", Text("one two three"))
    assert one != content_key("a title", Text("one three"))
    assert content_key("", Text("🇷🇺")) != content_key("", Text("🇨🇳"))


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


def test_a_folder_that_cannot_be_opened_is_named_and_the_others_are_read(tmp_path: Path, monkeypatch: Any) -> None:
    (tmp_path / "a.txt").write_text("Egypt")
    (tmp_path / "closed").mkdir()
    real = os.scandir

    def scandir(path: Any) -> Any:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    file, closed = files_in([tmp_path])
    assert isinstance(file, ImportFile)
    assert closed == (str(tmp_path / "closed"), "The folder cannot be opened (Permission denied).")


def test_sizes_are_added_up_without_reading(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_text("12345")
    (tmp_path / "logo.png").write_text("123")
    assert total_size([tmp_path, tmp_path / "sub" / "a.txt", tmp_path / "gone"]) == 10


def test_links_to_folders_are_followed_and_one_that_loops_is_named(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.txt").write_text("Egypt")
    (tmp_path / "in" / "link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in")
    file, loop = files_in([tmp_path / "in"])
    assert isinstance(file, ImportFile)
    assert (file.name, file.folder) == ("a.txt", "link")
    assert loop == (str(tmp_path / "in" / "loop"), "This link leads to a folder that is read already.")


@pytest.mark.parametrize(
    ("folder", "passed_over"),
    [("page_files", True), ("page-Dateien", True), ("page_archivos", True), ("page_файлы", True),
     ("other_files", False), ("page 2", False), ("pages", False)],
)  # fmt: skip
def test_the_folder_with_the_pieces_of_a_saved_page_is_passed_over(
    folder: str, passed_over: bool, tmp_path: Path
) -> None:
    (tmp_path / "page.html").write_text("x")
    (tmp_path / folder).mkdir()
    (tmp_path / folder / "saved_resource.html").write_text("x")
    found = [file.name for file in files_in([tmp_path]) if isinstance(file, ImportFile)]
    assert found == (["page.html"] if passed_over else ["page.html", "saved_resource.html"])
