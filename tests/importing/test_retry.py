"""`import_articles --retry RUN` tries what failed, and nothing else."""

import contextlib
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from articles.importing import ImportFile, import_files
from articles.models import Article, ImportEntry, ImportRun

pytestmark = pytest.mark.django_db

TEXT = "The two ministers met in the capital and spoke about trade."


@pytest.fixture(autouse=True)
def originals_dir(settings: Any, tmp_path: Path) -> None:
    settings.ORIGINALS_DIR = tmp_path / "originals"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


def command(*arguments: object) -> ImportRun:
    """Run the command whatever its exit status, and return the run that it made."""
    with contextlib.suppress(SystemExit):
        call_command("import_articles", *map(str, arguments), "--no-tags", "--no-index")
    return ImportRun.objects.latest("pk")


def outcomes(run: ImportRun) -> list[tuple[str, int, str]]:
    return list(run.entries.order_by("pk").values_list("file", "record", "outcome"))


def rows(*bodies: object) -> str:
    return "\n".join(json.dumps({"id": index, "body": body}) for index, body in enumerate(bodies))


def test_only_the_records_that_failed_are_read_again(folder: Path, settings: Any) -> None:
    settings.ARTICLE_MAX_LENGTH = 100
    (folder / "a.jsonl").write_text(rows(TEXT, "long " * 40, f"{TEXT} Again."))
    (folder / "b.txt").write_text(f"{TEXT} At last.")
    first = command(folder)
    assert [entry for entry in outcomes(first) if entry[2] == "failed"] == [("in/a.jsonl", 2, "failed")]
    settings.ARTICLE_MAX_LENGTH = 1000
    second = command("--retry", first.pk)
    assert outcomes(second) == [("in/a.jsonl", 2, "created")]
    assert (second.retry_of, second.state) == (first, "finished")
    assert Article.objects.count() == 4
    assert command("--retry", second.pk) == second, "nothing failed, so nothing is begun"


def test_a_file_that_was_mended_is_read_as_a_whole(folder: Path) -> None:
    (folder / "a.jsonl").write_text(f"{rows(TEXT)}\nbroken")
    first = command(folder)
    (folder / "a.jsonl").write_text(f"{rows(TEXT, 'One more.')}\n{json.dumps({'id': 'x', 'body': 'Mended.'})}")
    assert [outcome for _file, _record, outcome in outcomes(command("--retry", first.pk))] == [
        "unchanged", "created", "created",
    ]  # fmt: skip


def test_a_file_that_was_not_there_is_looked_for_again(folder: Path) -> None:
    first = command(folder / "late.txt")
    assert outcomes(first) == [(str(folder / "late.txt"), 0, "failed")]
    (folder / "late.txt").write_text(TEXT)
    assert outcomes(command("--retry", first.pk)) == [("in/late.txt", 1, "created")]


def test_a_file_that_is_gone_is_read_as_it_was_kept(folder: Path, settings: Any) -> None:
    settings.ARTICLE_MAX_LENGTH = 20
    (folder / "a.txt").write_text(TEXT)
    first = command(folder)
    (folder / "a.txt").unlink()
    settings.ARTICLE_MAX_LENGTH = 1000
    assert outcomes(command("--retry", first.pk)) == [("in/a.txt", 1, "created")]


def test_an_upload_is_read_as_it_was_kept(settings: Any) -> None:
    settings.ARTICLE_MAX_LENGTH = 20
    first = import_files([ImportFile("a.txt", TEXT.encode())], with_tags=False)
    assert first.counts["failed"] == 1
    settings.ARTICLE_MAX_LENGTH = 1000
    assert outcomes(command("--retry", first.run_id)) == [("a.txt", 1, "created")]


def test_of_an_archive_that_was_too_large_the_rest_is_read(folder: Path, settings: Any) -> None:
    with zipfile.ZipFile(folder / "news.zip", "w") as archive:
        for number in range(5):
            archive.writestr(f"{number}.txt", f"{TEXT} {number}.")
    settings.IMPORT_MAX_ARCHIVE_ENTRIES = 3
    first = command(folder)
    assert first.entries.filter(outcome="failed").exists()
    settings.IMPORT_MAX_ARCHIVE_ENTRIES = 30
    second = command("--retry", first.pk)
    assert second.entries.filter(outcome="failed").count() == 0
    assert Article.objects.count() == 5


@pytest.mark.parametrize("name", ["with\u00a0blank", "وثائق\u200f", "café"])
def test_folders_of_any_name_are_found_again(name: str, tmp_path: Path, settings: Any) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "a.txt").write_text(TEXT)
    settings.ARTICLE_MAX_LENGTH = 20
    first = command(tmp_path / name)
    settings.ARTICLE_MAX_LENGTH = 1000
    assert [outcome for _file, _record, outcome in outcomes(command("--retry", first.pk))] == ["created"]


def test_what_fails_again_can_be_tried_again(folder: Path) -> None:
    (folder / "a.jsonl").write_text("broken")
    first = command(folder)
    second = command("--retry", first.pk)
    assert outcomes(second) == [("in/a.jsonl", 1, "failed")]
    assert ImportEntry.objects.filter(outcome="failed").count() == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "Name the files"),
        (("a.txt", "--retry", "1"), "Name the files"),
        (("--retry", "999"), "There is no import 999"),
    ],
)
def test_what_makes_no_sense_is_refused(arguments: tuple[str, ...], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        call_command("import_articles", *arguments)
