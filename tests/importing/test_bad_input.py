"""A folder full of what goes wrong: each is named in the report, the process lives, and nothing else is lost."""

import gzip
import io
import json
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest

from articles.importing import ImportReport, files_in, import_files
from articles.models import Article, ImportEntry, Original

pytestmark = pytest.mark.django_db

TEXT = "The two ministers met in the capital on Monday and spoke about trade, grain and the price of oil for hours."
ROW = json.dumps({"id": 1, "source": "S", "body": TEXT})
ENTITY_BOMB = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "boom">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' if n else '<!ENTITY a0 "&a;">' for n in range(9))
    + "]><rss version='2.0'><channel><title>&a8;</title><item><title>T</title>"
    + f"<description>{TEXT}</description></item></channel></rss>"
)
ENTITY_FILE = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'
    "<rss version='2.0'><channel><title>x</title>"
    f"<item><description>&secret; {TEXT}</description></item></channel></rss>"
)


def zipped(**members: bytes | str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return content.getvalue()


def outside() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("../../escaped.txt", f"Escaped. {TEXT}")
        archive.writestr("inside.txt", f"Inside. {TEXT}")
    return content.getvalue()


def bomb() -> bytes:
    return zipped(**{"zeros.txt": b"0" * 60_000_000, "good.txt": f"Beside the bomb. {TEXT}"})


# File name -> its bytes, a part of the reason that is reported, and how many articles it gives all the same.
BAD: dict[str, tuple[bytes, str, int]] = {
    "truncated.gz": (gzip.compress(os.urandom(4000))[:2000], "", 0),
    "truncated.zip": (zipped(**{"a.txt": TEXT * 50, "b.txt": TEXT})[:-40], "", 0),
    "bomb.zip": (bomb(), "bomb.zip", 1),
    "outside.zip": (outside(), "outside.zip", 1),
    "long-line.jsonl": (
        ROW.encode() + b'\n{"body": "' + b"x" * 20_000_000 + b'"}\n{"id": 2, "source": "S", "body": "After it."}',
        "longer than",
        2,
    ),
    "nul.jsonl": (b'{"id": 3, "source": "S", "body": "before\\u0000 and \x00 after the NUL"}\n' + b"\x00" * 50, "", 0),
    "deep.html": (b"<html><body>" + b"<div>" * 10_000 + TEXT.encode(), "deep", 0),
    "keys.json": (
        json.dumps({f"key{n}": n for n in range(1_000_000)}).encode(),
        "",
        0,
    ),
    "nested.json": (b"[" * 1_000_000, "", 0),
    "entities.rss": (ENTITY_BOMB.encode(), "entit", 0),
    "secret.rss": (ENTITY_FILE.encode(), "entit", 0),
    "empty.txt": (b"", "empty", 0),
    "empty.html": (b" \n ", "empty", 0),
    "picture.html": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "picture", 0),
    "unknown.html": (bytes(range(256)) * 40, "binary", 0),
}


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.ORIGINALS_DIR = tmp_path / "originals"
    folder = tmp_path / "in"
    folder.mkdir()
    for name, (content, _reason, _articles) in BAD.items():
        (folder / name).write_bytes(content)
    (folder / "loop").symlink_to(folder)
    (folder / "gone.txt").symlink_to(folder / "nowhere.txt")
    (folder / "aaa-first.txt").write_text(f"First. {TEXT}")
    (folder / "zzz-last.txt").write_text(f"Last. {TEXT}")
    return folder


def load(folder: Path) -> ImportReport:
    return import_files(files_in([folder]), with_tags=False)


def test_each_is_named_in_the_report_and_the_good_ones_come_in(folder: Path) -> None:
    report = load(folder)
    failed = ImportEntry.objects.filter(outcome="failed")
    for name, (_content, part, articles) in BAD.items():
        reasons = [f"{entry.file}: {entry.reason}" for entry in failed if entry.file.startswith(f"in/{name}")]
        assert reasons, name
        assert all(part.lower() in reason.lower() for reason in reasons), (name, reasons)
        assert all("Error)" not in reason for reason in reasons), f"{name}: {reasons} is no reason in words"
        given = ImportEntry.objects.filter(file__startswith=f"in/{name}", article__isnull=False)
        assert given.count() == articles, name
    assert failed.filter(file__endswith="gone.txt").exists()
    assert failed.filter(file__endswith="/loop", reason__contains="link").exists()
    titles = " ".join(Article.objects.values_list("body", flat=True))
    for word in ("First.", "Last.", "Beside the bomb.", "Inside.", "After it."):
        assert word in titles
    assert "root:" not in titles
    assert "Escaped" not in titles
    assert report.counts["failed"] == failed.count()


def test_no_file_is_written_outside_and_the_originals_are_what_came(folder: Path, tmp_path: Path) -> None:
    load(folder)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "originals"]
    assert not (tmp_path.parent / "escaped.txt").exists()
    kept = {path.name: path for path in (tmp_path / "originals").rglob("*") if path.is_file()}
    assert set(kept) == set(Original.objects.values_list("sha256", flat=True))
    for name, (content, _reason, _articles) in BAD.items():
        assert any(path.read_bytes() == content for path in kept.values()), name


def test_the_same_folder_again_doubles_nothing(folder: Path) -> None:
    first = load(folder)
    second = load(folder)
    assert second.counts["created"] == second.counts["copy"] == second.counts["updated"] == 0
    assert second.counts["failed"] == first.counts["failed"]
