"""`manage.py import_articles` as scripts use it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from articles.models import Article
from articles.search import indexing
from articles.search.engines.base import EngineUnavailable

ROOT = Path(__file__).resolve().parent.parent
TEXT = (
    "The two ministers met in the capital on Monday and spoke about trade, grain and the price of oil for three hours."
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def originals_dir(settings: Any, tmp_path: Path) -> None:
    settings.ORIGINALS_DIR = tmp_path / "originals"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(f"Ministers meet\n{TEXT}")
    return folder


@pytest.fixture
def indexed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    keys: list[int] = []
    monkeypatch.setattr(indexing, "update", keys.extend)
    return keys


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Return exit status, standard output and standard error."""
    status = 0
    try:
        call_command("import_articles", *arguments)
    except SystemExit as exit:
        status = int(exit.code or 0)
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def test_what_was_committed_is_indexed_and_reported_on_standard_error(
    folder: Path, indexed: list[int], capsys: pytest.CaptureFixture[str]
) -> None:
    status, output, said = run(capsys, str(folder), "--no-tags")
    assert (status, output) == (0, "")
    assert "in/a.txt: 1 created" in said
    assert "1 file, 1 created" in said
    assert indexed == [Article.objects.get().pk]
    indexed.clear()
    assert "1 unchanged" in run(capsys, str(folder), "--no-tags")[2]
    assert indexed == []


def test_no_index_leaves_the_index_alone(folder: Path, indexed: list[int]) -> None:
    call_command("import_articles", str(folder), "--no-tags", "--no-index")
    assert (Article.objects.count(), indexed) == (1, [])


def test_a_dry_run_writes_and_indexes_nothing(
    folder: Path, indexed: list[int], capsys: pytest.CaptureFixture[str]
) -> None:
    status, _output, said = run(capsys, str(folder), "--no-tags", "--dry-run")
    assert (status, Article.objects.count(), indexed) == (0, 0, [])
    assert "1 created" in said
    assert "nothing written" in said


def test_a_failure_is_named_the_rest_goes_on_and_the_status_is_1(
    folder: Path, indexed: list[int], capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "b.jsonl").write_text(f"broken\n{json.dumps({'body': TEXT})}")
    status, output, said = run(capsys, str(folder / "gone"), str(folder), "--no-tags")
    assert (status, output) == (1, "")
    assert "no such file" in said
    assert "line 1: failed: The line is not a JSON object." in said
    assert Article.objects.count() == 2


def test_articles_that_could_not_be_indexed_are_imported_and_the_command_that_mends_it_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(keys: list[int]) -> None:
        raise EngineUnavailable("locked")

    monkeypatch.setattr(indexing, "update", refuse)
    status, _output, said = run(capsys, str(folder), "--no-tags")
    assert (status, Article.objects.count()) == (1, 1)
    assert "update_index" in said


def test_without_a_gazetteer_the_command_that_loads_it_is_named(folder: Path, indexed: list[int]) -> None:
    with pytest.raises(CommandError, match="load_gazetteer"):
        call_command("import_articles", str(folder))
    assert Article.objects.count() == 0


@pytest.mark.django_db(transaction=False)
def test_standard_output_stays_empty_in_a_real_process(tmp_path: Path, folder: Path) -> None:
    environment = {"DATA_DIR": str(tmp_path / "data"), "PATH": "/usr/bin:/bin"}

    def manage(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    assert manage("migrate", "-v0").returncode == 0
    done = manage("import_articles", str(folder), str(tmp_path / "gone"), "--no-tags", "--no-index")
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    refused = manage("import_articles", str(folder))
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "load_gazetteer" in refused.stderr
