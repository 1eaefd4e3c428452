"""Archives opened, good and hostile. No database."""

import gzip
import io
import random
import stat
import struct
import tarfile
import warnings
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.archives import leaves
from articles.importing.records import ImportFile

PAGE = b"<html><body><p>Envoys met in Doha on Monday.</p></body></html>"
LINES = b'{"body": "Envoys met in Doha."}\n' * 50


def zipped(*members: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(target, "w", method) as archive:
        warnings.simplefilter("ignore")  # names that stand twice
        for name, content in members:
            archive.writestr(name, content)
    return target.getvalue()


def opened(name: str, content: bytes) -> list[tuple[str, str, bytes] | tuple[str, str]]:
    """Return (place, folder, content) of what was unpacked and (place, reason) of what was not."""
    return [
        leaf if isinstance(leaf, tuple) else (leaf.place, leaf.folder, leaf.content)
        for leaf in leaves(ImportFile(name, content, "news"))
    ]


def reasons(name: str, content: bytes) -> list[tuple[str, str]]:
    found = [leaf for leaf in opened(name, content) if len(leaf) == 2]
    return [(leaf[0], leaf[1]) for leaf in found]


def test_a_file_that_is_no_archive_is_its_own_leaf() -> None:
    file = ImportFile("a.html", PAGE, "news")
    assert list(leaves(file)) == [file]


def test_the_files_of_a_zip_archive_come_with_their_folder_and_place() -> None:
    content = zipped(("a.html", PAGE), ("harbour/2024/b.html", PAGE), ("empty/", b""))
    assert opened("pages.zip", content) == [
        ("news/pages.zip/a.html", "pages", PAGE),
        ("news/pages.zip/harbour/2024/b.html", "2024", PAGE),
    ]


def test_archives_are_known_by_content_whatever_their_name() -> None:
    assert opened("pages.html", zipped(("a.html", PAGE)))[0][0] == "news/pages.html/a.html"
    assert opened("lines", gzip.compress(LINES)) == [("news/lines/lines", "news", LINES)]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
def test_the_usual_methods_of_packing_are_read(method: int) -> None:
    assert opened("a.zip", zipped(("a.jsonl", LINES), method=method)) == [("news/a.zip/a.jsonl", "a", LINES)]


def test_an_archive_written_as_a_stream_is_read() -> None:
    class Unseekable(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_place: int) -> int:
            raise io.UnsupportedOperation

        def tell(self) -> int:
            raise io.UnsupportedOperation

    target = Unseekable()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.jsonl", LINES)
    assert opened("a.zip", target.getvalue()) == [("news/a.zip/a.jsonl", "a", LINES)]


def test_a_gzip_file_gives_the_file_that_was_packed_also_of_several_pieces() -> None:
    content = gzip.compress(LINES) + gzip.compress(LINES)
    assert opened("wire.jsonl.gz", content) == [("news/wire.jsonl.gz/wire.jsonl", "news", LINES * 2)]


def test_archives_in_an_archive_are_opened_once_and_not_twice() -> None:
    innermost = zipped(("c.html", PAGE))
    inner = zipped(("b.html", PAGE), ("innermost.zip", innermost), ("b.jsonl.gz", gzip.compress(LINES)))
    outer = zipped(("inner/inner.zip", inner), ("lines.jsonl.gz", gzip.compress(LINES)))
    found = opened("outer.zip", outer)
    assert found[0] == ("news/outer.zip/inner/inner.zip/b.html", "inner", PAGE)
    assert found[1][0] == "news/outer.zip/inner/inner.zip/innermost.zip"
    assert found[2][0] == "news/outer.zip/inner/inner.zip/b.jsonl.gz"
    assert all("archive in an archive in an archive" in leaf[1] for leaf in found[1:3])  # type: ignore[operator]
    assert found[3] == ("news/outer.zip/lines.jsonl.gz/lines.jsonl", "outer", LINES)


def test_what_is_no_article_is_passed_over_as_in_a_folder() -> None:
    names = ("__MACOSX/._a.html", ".DS_Store", ".git/a.html", "README.txt", "notes.md", "page_files/a.css", "a.png")
    assert opened("a.zip", zipped(*((name, PAGE) for name in names), ("a.html", PAGE))) == [
        ("news/a.zip/a.html", "a", PAGE)
    ]


@pytest.mark.parametrize(
    "name", ["../a.html", "b/../../a.html", "/etc/a.html", "C:\\a.html", "c:a.html", "..\\a.html", "\\\\host\\a.html"]
)
def test_a_name_that_leads_out_of_the_archive_is_refused(name: str) -> None:
    found = opened("a.zip", zipped((name, PAGE), ("b.html", PAGE)))
    assert [len(leaf) for leaf in found] == [2, 3]
    assert "leads out" in str(found[0][1])


def test_folders_with_backslashes_are_folders() -> None:
    assert opened("a.zip", zipped(("harbour\\a.html", PAGE))) == [("news/a.zip/harbour/a.html", "harbour", PAGE)]


@pytest.mark.parametrize(
    ("mode", "reason"), [(stat.S_IFLNK | 0o777, "a link"), (stat.S_IFIFO, "not a file"), (stat.S_IFCHR, "not a file")]
)
def test_links_and_devices_are_refused(mode: int, reason: str) -> None:
    info = zipfile.ZipInfo("a.html")
    info.external_attr = mode << 16
    ((_place, found),) = reasons("a.zip", zipped((info, b"/etc/passwd")))
    assert reason in found


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (("[Content_Types].xml", "word/document.xml"), "office document"),
        (("mimetype", "content.xml"), "e-book"),
        (("META-INF/MANIFEST.MF",), "program"),
    ],
)
def test_an_office_document_is_not_opened(names: tuple[str, ...], kind: str) -> None:
    content = zipped(*((name, PAGE) for name in names))
    ((place, reason),) = reasons("note.docx", content)
    assert place == "news/note.docx"
    assert kind in reason
    assert [place for place, _reason in reasons("a.zip", zipped(("note.docx", content)))] == ["news/a.zip/note.docx"]


def flagged(content: bytes, flag: int, method: int | None = None) -> bytes:
    """Return an archive of one member with a flag set, or another method, in both its headers."""
    data = bytearray(content)
    for start, at in ((data.index(b"PK\x03\x04"), 6), (data.index(b"PK\x01\x02"), 8)):
        data[start + at] |= flag
        if method is not None:
            struct.pack_into("<H", data, start + at + 2, method)
    return bytes(data)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda data: flagged(data, 1), "encrypted"),
        (lambda data: flagged(data, 0, 9), "number 9"),
        (lambda data: flagged(data, 0, zipfile.ZIP_LZMA), "number 14"),
        (lambda data: data.replace(PAGE[:20], b"x" * 20), "damaged"),
        (lambda data: data.replace(b"a.html", b"b.html", 1), "damaged"),
    ],
)
def test_a_member_that_cannot_be_unpacked_is_named_with_the_reason(
    change: Callable[[bytes], bytes], reason: str
) -> None:
    ((place, found),) = reasons("a.zip", change(zipped(("a.html", PAGE), method=zipfile.ZIP_STORED)))
    assert place in ("news/a.zip/a.html", "news/a.zip/b.html")
    assert reason in found


def test_a_broken_member_leaves_the_others() -> None:
    content = zipped(("a.html", PAGE), ("b.html", b"whole"), method=zipfile.ZIP_STORED)
    broken, whole = opened("a.zip", content.replace(PAGE[:20], b"x" * 20))
    assert len(broken) == 2
    assert whole == ("news/a.zip/b.html", "a", b"whole")


@pytest.mark.parametrize("kept", [0, 3, 10, 40, 100, 200])
def test_a_zip_archive_that_is_cut_off_is_one_failure(kept: int) -> None:
    content = zipped(("a.html", PAGE * 20), ("b.html", PAGE))
    ((place, reason),) = reasons("a.zip", content[:kept])
    assert place == "news/a.zip"
    assert "broken or cut off" in reason


def test_of_several_files_under_one_name_the_last_is_read() -> None:
    earlier, last = opened("a.zip", zipped(("a.html", b"old"), ("a.html", b"new")))
    assert "another file of this name" in str(earlier[1])
    assert last[2:] == (b"new",)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Новости дня.html".encode("cp866"), "Новости дня.html"),
        ("Новости дня.html".encode(), "Новости дня.html"),
        ("Déclaration à la presse.html".encode("cp437"), "Déclaration à la presse.html"),
        ("أخبار.html".encode(), "أخبار.html"),
    ],
)
def test_names_without_the_flag_for_utf8_are_guessed(raw: bytes, expected: str) -> None:
    stand_in = b"x" * len(raw)
    content = zipped((stand_in.decode(), PAGE)).replace(stand_in, raw)
    assert opened("a.zip", content)[0][0] == f"news/a.zip/{expected}"


def test_names_lose_their_control_characters() -> None:
    (leaf,) = opened("a.zip", zipped(("a\n\x1b[31m\u202eb.html", PAGE)))
    assert leaf[0] == "news/a.zip/a [31mb.html"


# Truncated and damaged gzip


def test_of_a_gzip_file_of_lines_that_is_cut_off_the_whole_lines_are_read() -> None:
    lines = b"".join(b'{"body": "%d"}\n' % random.Random(n).getrandbits(64) for n in range(5000))
    content = gzip.compress(lines)
    whole, cut = opened("a.jsonl.gz", content[: len(content) // 2])
    assert len(whole) == 3
    assert lines.startswith(whole[2])
    assert whole[2].endswith(b"}\n")
    assert len(whole[2]) > len(lines) // 4
    assert cut[0] == "news/a.jsonl.gz"
    assert "cut off" in str(cut[1])


def test_of_any_other_gzip_file_that_is_cut_off_nothing_is_read() -> None:
    assert reasons("a.html.gz", gzip.compress(PAGE)[:-9]) == [("news/a.html.gz", "The packed file is cut off.")]


@pytest.mark.parametrize(
    "content", [b"plain text", b"\x1f\x8b", gzip.compress(PAGE)[:-8] + bytes(8)], ids=["text", "cut", "changed"]
)
def test_a_damaged_gzip_file_is_one_failure(content: bytes) -> None:
    ((place, _reason),) = reasons("a.html.gz", content)
    assert place == "news/a.html.gz"


def test_a_tar_archive_is_refused_with_advice() -> None:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as archive:
        info = tarfile.TarInfo("a.html")
        info.size = len(PAGE)
        archive.addfile(info, io.BytesIO(PAGE))
    for name, content in (("a.tar", target.getvalue()), ("a.tgz", gzip.compress(target.getvalue()))):
        ((_place, reason),) = reasons(name, content)
        assert "tar archive" in reason


# Limits


def test_an_archive_of_too_many_files_is_refused(settings: Any) -> None:
    settings.IMPORT_MAX_ARCHIVE_ENTRIES = 3
    ((place, reason),) = reasons("a.zip", zipped(*((f"{n}.html", PAGE) for n in range(4))))
    assert place == "news/a.zip"
    assert "more than 3 files" in reason


def test_files_are_counted_over_all_archives_in_the_archive(settings: Any) -> None:
    settings.IMPORT_MAX_ARCHIVE_ENTRIES = 4
    inner = zipped(("a.html", PAGE), ("b.html", PAGE))
    found = opened("a.zip", zipped(("one.zip", inner), ("two.zip", inner)))
    assert [len(leaf) for leaf in found] == [3, 3, 2]
    assert found[-1][0] == "news/a.zip"


def test_no_more_is_unpacked_in_all_than_is_allowed(settings: Any) -> None:
    settings.IMPORT_MAX_UNPACKED_SIZE = 2500
    found = opened("a.zip", zipped(*((f"{n}.txt", b"words " * 200) for n in range(4))))
    assert [len(leaf) for leaf in found] == [3, 3, 2]
    assert "2,500 bytes" in str(found[-1][1])


def test_a_member_larger_than_a_file_may_be_is_refused_and_the_next_is_read(settings: Any) -> None:
    settings.IMPORT_MAX_FILE_SIZE = 1000
    found = opened("a.zip", zipped(("a.txt", b"words " * 200), ("b.txt", b"words")))
    assert "1,000 bytes" in str(found[0][1])
    assert found[1] == ("news/a.zip/b.txt", "a", b"words")


def test_a_bomb_is_stopped_while_it_grows(settings: Any) -> None:
    bomb = bytes(8 * 1024 * 1024)
    stopped, beside = opened("a.zip", zipped(("a.txt", bomb), ("b.txt", b"words")))
    assert stopped[0] == "news/a.zip/a.txt"
    assert "grows to more than 200 times" in str(stopped[1])
    assert beside == ("news/a.zip/b.txt", "a", b"words")
    assert "grows" in reasons("a.gz", gzip.compress(bomb))[0][1]
    assert "grows" in reasons("a.zip", zipped(("a.zip", zipped(("a.txt", bomb)))))[0][1]


def test_many_small_files_that_grow_too_much_together_end_the_archive() -> None:
    found = opened("a.zip", zipped(*((f"{n}.txt", bytes(1_000_000)) for n in range(60))))
    assert found[-1][0] == "news/a.zip"
    assert "grows to more than 200 times" in str(found[-1][1])
    assert len(found) < 60


def test_sizes_that_the_archive_states_are_not_believed() -> None:
    content = bytearray(zipped(("a.txt", b"words " * 1000)))
    struct.pack_into("<L", content, content.index(b"PK\x01\x02") + 24, 10)
    ((_place, reason),) = reasons("a.zip", bytes(content))
    assert "damaged" in reason


def test_members_that_share_their_bytes_are_refused() -> None:
    content = zipped(("a.txt", b"a" * 500), ("b.txt", b"b" * 500), method=zipfile.ZIP_STORED)
    first = content.index(b"PK\x01\x02")
    second = content.index(b"PK\x01\x02", first + 1)
    shared = bytearray(content)
    struct.pack_into("<L", shared, second + 42, 0)
    found = reasons("a.zip", bytes(shared))
    assert len(found) == 2
    assert all("lies over another file" in reason for _place, reason in found)


def test_a_directory_that_would_fill_the_memory_is_refused(settings: Any) -> None:
    settings.IMPORT_MAX_ARCHIVE_ENTRIES = 10
    content = bytearray(zipped(("a.txt", b"words")))
    struct.pack_into("<L", content, len(content) - 10, 0xFFFFFFF0)
    ((place, _reason),) = reasons("a.zip", bytes(content))
    assert place == "news/a.zip"


# Temporary files


def test_a_large_member_lies_in_a_temporary_file_until_the_next_one_is_asked_for(settings: Any) -> None:
    folder = Path(settings.DATA_DIR)
    large = random.Random(1).randbytes(2 * 1024 * 1024)

    def temporary() -> list[Path]:
        return list(folder.glob("unpacked-*"))

    found: Iterator[object] = leaves(ImportFile("a.zip", zipped(("a.txt", large), ("b.txt", b"words"))))
    first = next(found)
    assert isinstance(first, ImportFile)
    assert (first.size, len(temporary())) == (len(large), 1)
    assert first.content == large
    next(found)
    assert temporary() == []
    closed = leaves(ImportFile("a.zip", zipped(("a.zip", zipped(("a.txt", large))))))
    next(closed)
    assert len(temporary()) == 2
    closed.close()
    assert temporary() == []


# Anything


WHOLE = zipped(("a.html", PAGE), ("b/c.zip", zipped(("d.txt", b"words" * 50))), ("e.gz", gzip.compress(LINES)))


@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=8), st.integers(0, len(WHOLE)))
def test_a_mangled_zip_archive_gives_leaves_or_reasons(at: int, bytes_: bytes, end: int) -> None:
    mangled = (WHOLE[:at] + bytes_ + WHOLE[at + len(bytes_) :])[: max(end, at)]
    for leaf in leaves(ImportFile("a.zip", mangled)):
        assert isinstance(leaf, ImportFile) or all(leaf)


@given(st.integers(0, 300), st.binary(min_size=1, max_size=8))
def test_a_mangled_gzip_file_gives_leaves_or_reasons(at: int, bytes_: bytes) -> None:
    whole = gzip.compress(random.Random(2).randbytes(300))
    for leaf in leaves(ImportFile("a.csv.gz", whole[:at] + bytes_ + whole[at + len(bytes_) :])):
        assert isinstance(leaf, ImportFile) or all(leaf)


@given(st.sampled_from(["a.zip", "a.gz", "a"]), st.binary(max_size=400))
def test_any_bytes_give_leaves_or_reasons(name: str, content: bytes) -> None:
    for start in (b"", b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b\x08\x00"):
        for leaf in leaves(ImportFile(name, start + content)):
            assert isinstance(leaf, ImportFile) or all(leaf)


def test_the_pieces_of_a_page_saved_whole_are_passed_over() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in ("a.html", "a_files/saved_resource.html", "a_files/gtm.js.download", "sub/b_files/c.html"):
            archive.writestr(name, "text")
    found = [leaf.name for leaf in leaves(ImportFile("p.zip", content.getvalue())) if isinstance(leaf, ImportFile)]
    assert found == ["a.html", "c.html"]
