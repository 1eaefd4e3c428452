"""A writer of the index is killed at any moment: what it leaves behind opens, is whole, free and easily mended."""

import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.search.killed_writer import ARTICLES, BATCH

ROOT = Path(__file__).resolve().parent.parent.parent
Kill = Callable[[dict[str, Any]], dict[str, Any]]

# What is written, the instant, and which of its calls in the writer's life.
INSTANTS = [
    ("update", "segment written", 1),
    ("update", "synced", 1),
    ("update", "synced", 2),
    ("update", "table renamed", 1),
    ("update", "table renamed", 3),
    ("update", "files cleaned", 1),
    ("update", "files cleaned", 2),
    ("rebuild", "build begun", 1),
    ("rebuild", "segment made", 1),
    ("rebuild", "segment taken", 1),
    ("rebuild", "segment taken", 3),
    ("rebuild", "table renamed", 1),
    ("rebuild", "table renamed", 2),
    ("rebuild", "table renamed", 6),
    ("rebuild", "brought up to date", 4),
    ("rebuild", "segments made one", 1),
    ("rebuild", "synced", 12),
    ("rebuild", "pointer renamed", 1),
    ("rebuild", "notes removed", 1),
    ("rebuild", "old build removed", 1),
]
MOMENTS = 6


@pytest.fixture(scope="module")
def kill(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kill]:
    """Return a function that has a writer killed, and what was found afterwards."""
    folder = tmp_path_factory.mktemp("killed")
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment = {**kept, "DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "diplomacy_search.settings"}
    with (
        (folder / "log").open("w") as log,
        subprocess.Popen(
            [sys.executable, "-m", "tests.search.killed_writer"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        ) as helper,
    ):
        assert helper.stdin is not None
        assert helper.stdout is not None

        def ask(order: dict[str, Any]) -> dict[str, Any]:
            helper.stdin.write(f"{json.dumps(order)}\n")
            helper.stdin.flush()
            answer = helper.stdout.readline()
            assert answer, (folder / "log").read_text()[-4000:]
            facts: dict[str, Any] = json.loads(answer)
            return facts

        yield ask
        helper.stdin.close()
        try:
            helper.wait(20)
        finally:
            helper.kill()


def check(facts: dict[str, Any]) -> None:
    """Nothing is broken, everything is restored, nothing is left."""
    assert facts["signal"] == signal.SIGKILL, "the writer was not killed"
    # The index opens; each article is there, and says all of one of its states and nothing of another.
    assert facts["missing"] == 0
    assert facts["torn"] == []
    # No lock is left.
    assert facts["waited"] < 1
    # One call restores what the index has not learned.
    assert "The index is sound" in facts["mended"] or "The index is mended" in facts["mended"]
    assert f"The index is sound. It holds {ARTICLES} articles." in facts["checked"]
    assert facts["damage"] == []
    assert facts["restored"]
    assert facts["documents"] == ARTICLES
    # The next commit and the next rebuild leave nothing but what the table of contents names.
    assert facts["stray"] == []
    assert facts["left"] == []
    assert "The index is sound" in facts["sound"]


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(("kind", "instant", "nth"), INSTANTS)
def test_a_writer_killed_at_an_instant_leaves_an_index_that_can_be_mended(
    kill: Kill, kind: str, instant: str, nth: int, when: str
) -> None:
    facts = kill({"kind": kind, "instant": instant, "when": when, "nth": nth})
    check(facts)
    # Until the pointer is renamed a rebuild goes on in the folder of the one that was killed.
    begun = (instant, nth, when) not in {("build begun", 1, "before"), ("table renamed", 1, "before")}
    switched = instant in {"notes removed", "old build removed"} or (instant, when) == ("pointer renamed", "after")
    if kind == "rebuild" and instant != "synced":
        assert facts["goes on"] is (begun and not switched)


@pytest.mark.parametrize("kind", ["update", "rebuild"])
@pytest.mark.parametrize("moment", range(MOMENTS))
def test_a_writer_killed_at_any_moment_leaves_an_index_that_can_be_mended(kill: Kill, kind: str, moment: int) -> None:
    seconds = random.Random(f"{kind} {moment}").uniform(0.02, 0.4)
    check(kill({"kind": kind, "seconds": seconds}))


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked up as Linux shows them")
def test_processes_that_a_killed_rebuild_had_started_end_as_well(kill: Kill) -> None:
    facts = kill({"kind": "rebuild", "instant": "segment taken", "when": "after", "nth": 3, "processes": 2})
    assert facts["orphans"] == 0
    check(facts)
    assert facts["goes on"]


def test_the_archive_is_of_several_batches() -> None:
    assert ARTICLES > 3 * BATCH
