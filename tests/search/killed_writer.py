"""Writes an index in a process that is killed, and says what is found of it: started by test_whoosh_kills.py.

`python -m tests.search.killed_writer` with an empty DATA_DIR; each line of stdin is a kill as JSON, answered by a line
of JSON on stdout. A kill happens `before` or `after` the `nth` call of an instant, or `seconds` after the start.

The writers are forked, so that Django is loaded once: there are no other threads, and no connection is open then.
"""

import json
import os
import re
import signal
import sys
import time
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

ARTICLES, BATCH = 24, 6
# The words of an article: of each of its states it holds all of these or none.
WORDS = ("title", "first", "second", "third")


def instants() -> dict[str, tuple[Any, str, Callable[..., bool]]]:
    """Return the instants: where the function stands, its name, and which of its calls are meant."""
    from articles.search.engines.whoosh import building, making, rebuilding, store, writer
    from articles.search.engines.whoosh.codec import Storage

    def every(*_: Any, **__: Any) -> bool:
        return True

    return {
        "segment written": (building, "write_arrays", every),
        "synced": (os, "fsync", every),
        "segment made": (making, "make_segment", every),
        "segment taken": (Path, "rename", lambda path, *_: path.name.startswith(making.UNFINISHED)),
        "table renamed": (Storage, "rename_file", lambda self, old, new, **_: new.endswith(".toc")),
        "files cleaned": (writer, "clean_files", every),
        "pointer renamed": (Storage, "rename_file", lambda self, old, new, **_: new == "LIVE"),
        "notes removed": (Path, "unlink", lambda path, **_: path.name == store.MAKING),
        "old build removed": (store.shutil, "rmtree", every),
        "brought up to date": (rebuilding.WhooshRebuild, "_bring_up_to_date", every),
        "build begun": (store.Store, "create", every),
        "segments made one": (writer.Writer, "optimize", every),
    }


def kill_at(instant: str, when: str, nth: int) -> None:
    """Let this process kill itself before or after the `nth` call that is meant."""
    place, name, meant = instants()[instant]
    function = getattr(place, name)
    left = [nth]

    def killing(*arguments: Any, **named: Any) -> Any:
        if not meant(*arguments, **named):
            return function(*arguments, **named)
        left[0] -= 1
        if left[0] == 0 and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = function(*arguments, **named)
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(place, name, killing)


def texts(state: int) -> dict[str, str]:
    """Return what an article says in a state."""
    title, *body = (f"{word}{state}" for word in WORDS)
    return {"title": title, "body": " ".join(body)}


def change(state: int) -> None:
    """Give all articles the texts of a state, in the database alone."""
    from articles.models import Article

    Article.objects.update(**texts(state))


def write(kind: str, state: int) -> None:
    """Update a part of the articles again and again, or rebuild the index; each time with new texts."""
    from articles.models import Article
    from articles.search import indexing

    keys = list(Article.objects.order_by("pk").values_list("pk", flat=True))
    for number in range(1000):
        change(state + number)
        if kind == "rebuild":
            indexing.rebuild()
        else:
            indexing.update(keys[number % 2 :: 2])


def states() -> dict[int, list[list[int]]]:
    """Return for each article in the index the states of which it holds each of the words."""
    from haystack import connections

    snapshot = connections["default"].get_backend().snapshot()
    found: dict[int, list[list[int]]] = {int(pk): [[] for _ in WORDS] for pk in snapshot.ids[snapshot.live].tolist()}
    for place, word in enumerate(WORDS):
        for segment in snapshot.segments:
            for term in segment.file.lexicons["text_exact"].words(
                segment.file.lexicons["text_exact"].beginning(word.encode())
            ):
                for doc in segment.file.postings("text_exact", term).docs.tolist():
                    if segment.live[doc]:
                        found[int(snapshot.ids[segment.first + doc])][place].append(int(term.removeprefix(word)))
    return found


def run(command: str, *arguments: str) -> str:
    """Run a command; return what it said, or the error that it ended with."""
    from django.core.management import CommandError, call_command

    told = StringIO()
    try:
        call_command(command, *arguments, stdout=told, stderr=told)
    except CommandError as error:
        return f"error: {error}"
    return told.getvalue()


def stray(index: Path) -> list[str]:
    """Return the names of the files of the live build that its table of contents does not name."""
    from articles.search.engines.whoosh.store import Store

    live = Store(index).live()
    named = {f"{segment.segment_id()}.arrays" for segment in live._segments()}
    named |= {"VERSION", "MAIN_WRITELOCK", f"_MAIN_{live.latest_generation()}.toc", "MAKING"}
    return sorted({path.name for path in Path(live.storage.folder).iterdir()} - named)


def orphans(group: int) -> int:
    """Return how many processes of a group are still there, after a while for them to end; then end them."""
    until = time.monotonic() + 10
    while True:
        found = 0
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                state, _, of = path.read_text().rpartition(")")[2].split()[:3]
            except OSError:
                continue
            # One that has ended may wait for its exit code to be asked for.
            found += int(of) == group and state != "Z"
        if not found:
            return 0
        if time.monotonic() > until:
            os.killpg(group, signal.SIGKILL)
            return found
        time.sleep(0.05)


def killed(order: dict[str, Any], index: Path, state: int) -> dict[str, Any]:
    """Fork a writer, see it killed, and return what was found afterwards and after each mend."""
    from django.db import connections as databases
    from haystack import connections

    from articles.models import Article
    from articles.search import indexing
    from articles.search.engines.whoosh.store import Store

    databases.close_all()
    child = os.fork()
    if not child:
        try:
            # What it starts is known by its group.
            os.setpgid(0, 0)
            sys.stdin.close()
            if "instant" in order:
                kill_at(order["instant"], order["when"], order["nth"])
            connections["default"].get_backend().processes = order.get("processes", 1)
            write(order["kind"], state)
        finally:
            os._exit(3)
    if "seconds" in order:
        time.sleep(order["seconds"])
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    facts: dict[str, Any] = {"signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else None}
    facts["orphans"] = orphans(child)
    # As a new process: what this one remembers is of before.
    connections.reload("default")
    keys = set(Article.objects.values_list("pk", flat=True))
    found = states()
    facts["missing"] = len(keys - set(found))
    facts["torn"] = [held for held in found.values() if len({tuple(words) for words in held}) != 1 or len(held[0]) != 1]
    store = Store(index)
    started = time.monotonic()
    store.live_writer().cancel()
    store.lock_rebuild().release()
    facts["waited"] = time.monotonic() - started

    facts["mended"] = run("check_index", "--repair")
    facts["checked"] = run("check_index")
    facts["damage"] = indexing.damage()
    wanted = {
        pk: [[int(word.removeprefix("title"))]] * len(WORDS) for pk, word in Article.objects.values_list("pk", "title")
    }
    facts["restored"] = states() == wanted
    facts["documents"] = connections["default"].get_backend().snapshot().documents

    # The next commit, and then the next rebuild, take away what was left.
    change(state + 2000)
    indexing.update(keys)
    facts["stray"] = stray(index)
    facts["unfinished"] = [path.parent.name for path in index.glob("build-*/MAKING")]
    for build in index.glob("build-*"):
        # As if a day had passed: a build that is not live and not in the making may be somebody's at work until then.
        os.utime(build, (1, 1))
    indexing.rebuild()
    live = (index / "LIVE").read_text()
    facts["left"] = sorted({path.name for path in index.iterdir()} - {"LIVE", "REBUILD", live})
    facts["stray"] += stray(index)
    facts["goes on"] = live in facts["unfinished"]
    facts["sound"] = run("check_index")
    return facts


def main() -> None:
    """Make the archive and its index, then answer each line."""
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    from articles.models import Article, Source
    from articles.search import indexing

    call_command("migrate", verbosity=0)
    indexing.BATCH = BATCH
    source = Source.objects.create(slug="desk", name="Desk")
    Article.objects.bulk_create(
        Article(source=source, language="en", body_hash=str(number), **texts(0)) for number in range(ARTICLES)
    )
    index = Path(settings.HAYSTACK_CONNECTIONS["default"]["PATH"])
    settings.HAYSTACK_CONNECTIONS["default"]["PROCESSES"] = 1
    indexing.rebuild()
    assert re.fullmatch(r"build-[\w-]+", (index / "LIVE").read_text())
    for number, line in enumerate(sys.stdin, 1):
        print(json.dumps(killed(json.loads(line), index, number * 10_000)), flush=True)


if __name__ == "__main__":
    main()
