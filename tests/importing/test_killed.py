"""A process that imports is killed at any moment; the same import again does the rest."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
ROWS = 2000
PAGES = 40
CHECK = """
import json, hashlib
import django
django.setup()
from articles.importing import originals
from articles.models import Article, ImportRun, Original, Unindexed
from articles.search import indexing
bodies = list(Article.objects.values_list("body", flat=True))
print(json.dumps({
    "articles": len(bodies),
    "distinct": len(set(bodies)),
    "whole": all(body.startswith("Begin") and body.endswith("end.") for body in bodies),
    "without_identity": Article.objects.filter(identities=None).count(),
    "without_group": Article.objects.filter(copy_group="").count(),
    "without_original": Article.objects.filter(original=None).count(),
    "originals": sum(
        hashlib.sha256(originals.path_of(each.sha256).read_bytes()).hexdigest() == each.sha256
        for each in Original.objects.all()
    ),
    "states": sorted(ImportRun.objects.values_list("state", flat=True)),
    "stale": indexing.is_stale(),
    "unindexed": Unindexed.objects.count(),
}))
"""


def environment(folder: Path) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "DATA_DIR": str(folder / "data"),
        "DJANGO_SETTINGS_MODULE": "diplomacy_search.settings",
        "PYTHONPATH": str(ROOT),
    }


def manage(folder: Path, *arguments: str) -> list[str]:
    return [sys.executable, str(ROOT / "manage.py"), *arguments]


def body(number: int) -> str:
    chosen = random.Random(number)
    words = " ".join("".join(chosen.choices("abcdefghij", k=6)) for _ in range(60))
    return f"Begin {number}. {words.capitalize()} end."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    rows = (json.dumps({"id": number, "source": "S", "body": body(number)}) for number in range(ROWS))
    (tmp_path / "in" / "rows.jsonl").write_text("\n".join(rows))
    for number in range(PAGES):
        (tmp_path / "in" / f"text-{number:02}.txt").write_text(body(ROWS + number))
    # There is an index already: what a killed import had not told it is not made good by building it as a whole.
    (tmp_path / "first.txt").write_text(body(-1))
    for arguments in (["migrate", "--verbosity=0"], ["import_articles", str(tmp_path / "first.txt"), "--no-tags"]):
        subprocess.run(manage(tmp_path, *arguments), env=environment(tmp_path), check=True, timeout=120)
    return tmp_path


def count(folder: Path) -> int:
    database = sqlite3.connect(f"file:{folder}/data/diplomacy.sqlite3?mode=ro", uri=True, timeout=20)
    try:
        return int(database.execute("SELECT COUNT(*) FROM articles_article").fetchone()[0])
    finally:
        database.close()


def kill_under_way(folder: Path, command: list[str], seed: int) -> None:
    """Start an import and kill it a moment after it has written more than was there before."""
    before = count(folder)
    with subprocess.Popen(command, env=environment(folder), stderr=subprocess.DEVNULL) as process:
        deadline = time.monotonic() + 60
        while count(folder) <= before and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.02)
        time.sleep(random.Random(seed).random() / 2)
        assert process.poll() is None, "it was done before it could be killed"
        process.send_signal(signal.SIGKILL)


def test_killed_again_and_again_an_import_ends_whole(folder: Path) -> None:
    command = manage(folder, "import_articles", str(folder / "in"), "--no-tags")
    for seed in range(3):
        kill_under_way(folder, command, seed)
    assert 1 < count(folder) < ROWS + PAGES
    last = subprocess.run(command, env=environment(folder), capture_output=True, text=True, timeout=120, check=False)
    assert last.returncode == 0, last.stderr
    checked = subprocess.run(
        [sys.executable, "-c", CHECK], env=environment(folder), capture_output=True, text=True, timeout=120, check=True
    )
    assert json.loads(checked.stdout) == {
        "articles": 1 + ROWS + PAGES, "distinct": 1 + ROWS + PAGES, "whole": True, "without_identity": 0,
        "without_group": 0, "without_original": 0, "originals": 2 + PAGES, "stale": False, "unindexed": 0,
        "states": ["finished", "finished", "interrupted", "interrupted", "interrupted"],
    }  # fmt: skip
