"""What can go wrong with the Whoosh engine's files, locks and rebuilds: it is told in a sentence, and can be mended."""

import errno
import logging
import os
import re
import shutil
import signal
import threading
import time
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from haystack import connections
from whoosh.query import And as WhooshAnd
from whoosh.query import Term

from articles.models import Article
from articles.search import indexing
from articles.search.engines.base import EngineUnavailable, Request
from articles.search.engines.whoosh import backend as backend_module
from articles.search.engines.whoosh import rebuilding as rebuilding_module
from articles.search.engines.whoosh import store as store_module
from articles.search.engines.whoosh.arrays import ArrayFile
from articles.search.engines.whoosh.backend import WhooshBackend
from articles.search.engines.whoosh.making import ALONE, SegmentMakers
from articles.search.engines.whoosh.postings import PostingsCache
from articles.search.engines.whoosh.schema import FIELDS
from articles.search.engines.whoosh.store import Store
from articles.search.engines.whoosh.writing import Prepared, prepare, write
from articles.search.tree import And, Phrase, Word
from articles.search_indexes import ArticleIndex

Archive = Callable[..., list[Article]]
MakeArticle = Callable[..., Article]
Damage = Callable[[Path], object]

SENTENCE = "Search is not available at the moment"


def fresh() -> WhooshBackend:
    """Return a backend as a new process has it, which remembers nothing of the files."""
    backend_module._snapshots.clear()
    connections.reload("default")
    found: WhooshBackend = connections["default"].get_backend()
    return found


@pytest.fixture
def backend(index: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[WhooshBackend]:
    monkeypatch.setattr(backend_module, "_cache", PostingsCache())
    yield fresh()
    backend_module._snapshots.clear()


def run(command: str, *arguments: str) -> str:
    """Run a command; return what it says."""
    err = StringIO()
    try:
        call_command(command, *arguments, stdout=err, stderr=err)
    except CommandError as error:
        error.add_note(err.getvalue())
        raise
    return err.getvalue()


def found(word: str) -> set[int]:
    """Return the articles that hold a word, asked of the files as they are."""
    return set(fresh().answer(Request(Word(word), limit=None)).ids)


def live(index: Path) -> Path:
    """Return the folder of the live build."""
    return index / (index / "LIVE").read_text()


def toc(index: Path) -> Path:
    (path,) = live(index).glob("*.toc")
    return path


def segment(index: Path) -> Path:
    return sorted(live(index).glob("*.arrays"))[0]


def cut(path: Path, keep: float) -> None:
    """Leave the first part of a file."""
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * keep)])


def flip(path: Path, place: int, bit: int = 1) -> None:
    """Change a bit of a file."""
    content = bytearray(path.read_bytes())
    content[place] ^= bit
    path.write_bytes(bytes(content))


def place_of(path: Path, name: str) -> int:
    """Return a place within an array of a file."""
    place = ArrayFile(path)._places[name]
    return place.offset + place.length * place.kind.itemsize // 2


def version(index: Path, change: Callable[[str], str]) -> None:
    path = live(index) / "VERSION"
    path.write_text(change(path.read_text()))


def in_the_way(path: Path) -> None:
    """Put a file in the place of a folder."""
    shutil.rmtree(path)
    path.write_text("in the way")


# --- files that cannot be used

DAMAGES: dict[str, Damage] = {
    "no pointer": lambda index: (index / "LIVE").unlink(),
    "empty pointer": lambda index: (index / "LIVE").write_text(""),
    "pointer to nowhere": lambda index: (index / "LIVE").write_text("build-20200101-000000-abcdef"),
    "pointer outside": lambda index: (index / "LIVE").write_text("../build-outside"),
    "pointer to a folder of the system": lambda index: (index / "LIVE").write_text("/etc"),
    "pointer with a folder in it": lambda index: (index / "LIVE").write_text(f"x/../{live(index).name}"),
    "pointer of noise": lambda index: (index / "LIVE").write_bytes(bytes(range(256))),
    "build missing": lambda index: shutil.rmtree(live(index)),
    "build a file": lambda index: in_the_way(live(index)),
    "no version": lambda index: (live(index) / "VERSION").unlink(),
    "version of noise": lambda index: (live(index) / "VERSION").write_bytes(b"\xff\x00"),
    "another schema": lambda index: version(index, lambda text: f"1{text}"),
    "another analysis": lambda index: version(index, lambda text: text.replace(".", ".1", 1)),
    "another zone": lambda index: version(index, lambda text: f"{text.split()[0]} Asia/Tokyo"),
    "no table of contents": lambda index: toc(index).unlink(),
    "empty table of contents": lambda index: cut(toc(index), 0),
    "half a table of contents": lambda index: cut(toc(index), 0.5),
    "table of contents without its end": lambda index: cut(toc(index), 0.98),
    "foreign table of contents": lambda index: toc(index).write_text("<html>" * 100),
    "bit of the table of contents": lambda index: flip(toc(index), toc(index).stat().st_size // 2),
    "segment missing": lambda index: segment(index).unlink(),
    "segment empty": lambda index: cut(segment(index), 0),
    "half a segment": lambda index: cut(segment(index), 0.5),
    "segment without its last bytes": lambda index: cut(segment(index), 0.999),
    "foreign segment": lambda index: segment(index).write_bytes(b"PK\x03\x04" + bytes(5000)),
    "bit of a segment's head": lambda index: flip(segment(index), 3),
    "bit of a segment's directory": lambda index: flip(segment(index), segment(index).stat().st_size - 100),
    "bit of a segment's end": lambda index: flip(segment(index), segment(index).stat().st_size - 1),
    "bit of the ids": lambda index: flip(segment(index), place_of(segment(index), "ids")),
    "build that others may write": lambda index: live(index).chmod(0o777),
    "build that the group may write": lambda index: live(index).chmod(0o770),
    "folder that others may write": lambda index: index.chmod(0o707),
    "folder that the group may write": lambda index: index.chmod(0o770),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_an_index_that_cannot_be_used_is_told_everywhere_and_mended(
    backend: WhooshBackend,
    index: Path,
    archive: Archive,
    client: Client,
    caplog: pytest.LogCaptureFixture,
    name: str,
) -> None:
    articles = archive({"title": "Oil", "body": "truce in Gaza"}, {"body": "truce"}, {"body": "accord"})
    keys = {article.pk for article in articles[:2]}
    assert found("truce") == keys
    DAMAGES[name](index)
    fresh()
    caplog.clear()

    response = client.get("/", {"q": "truce"})
    assert response.status_code == 503
    assert SENTENCE in response.content.decode()
    # The log names the command; the reader of the page is told no path.
    assert re.search(r"manage\.py rebuild_index|chmod", caplog.text)
    assert str(index) not in response.content.decode()
    assert client.get("/").status_code == 503

    with pytest.raises(CommandError, match=r"manage\.py check_index --repair") as told:
        run("check_index")
    (said,) = told.value.__notes__
    assert said.strip(), "not a word on what is wrong"
    assert indexing.is_stale()
    assert client.get("/").status_code == 503

    assert "3 articles" in run("check_index", "--repair")
    assert found("truce") == keys
    assert client.get("/", {"q": "truce"}).status_code == 200
    assert "sound" in run("check_index")
    assert not indexing.is_stale()


@pytest.mark.parametrize("name", [name for name in DAMAGES if name != "no pointer"])
def test_writing_an_index_that_cannot_be_used_is_refused_in_a_sentence(
    backend: WhooshBackend, index: Path, archive: Archive, name: str
) -> None:
    article, *others = archive(*({"body": f"truce {number}"} for number in range(3)))
    Article.objects.filter(pk=article.pk).update(body="accord")
    DAMAGES[name](index)
    for writing in (lambda: indexing.update([article.pk]), lambda: indexing.remove([others[0].pk])):
        fresh()
        try:
            writing()
        except EngineUnavailable as error:
            assert re.search(r"manage\.py \w+_index|chmod", str(error))
    # The lock is free again, whatever it was that failed: a rebuild ends.
    indexing.rebuild()
    assert found("accord") == {article.pk}
    assert found("truce") == {other.pk for other in others}


def test_an_index_damaged_after_it_was_opened_can_be_rebuilt_by_the_same_process(
    backend: WhooshBackend, index: Path, archive: Archive
) -> None:
    (article,) = archive({"body": "truce"})
    for damage in ("no table of contents", "half a table of contents", "segment missing", "build missing"):
        assert backend.answer(Request(Word("truce"))).ids == (article.pk,)
        DAMAGES[damage](index)
        indexing.rebuild()
        assert found("truce") == {article.pk}


# Searches that together read every kind of array.
SEARCHES = ('"truce in gaza"', "gaz* -oil", "title:truce country:RU", "minister truec")


def arrays_of(path: Path) -> list[str]:
    """Return the names of the arrays of a file that hold something."""
    file = ArrayFile(path)
    return [name for name in file._places if file.count(name)]


def test_a_changed_bit_of_any_array_never_breaks_a_page_and_is_found_and_mended(
    backend: WhooshBackend, index: Path, archive: Archive, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive(
        {
            "title": "Truce in Gaza",
            "body": "Ministers spoke of a truce. " * 3,
            "countries": ("RU", "IR"),
            "main": ("RU",),
        },
        {"title": "Oil", "body": "truce and oil and gaza", "topics": ("energy",), "copy_group": "a"},
        {"title": "Oil", "body": "truce and oil and Gaza", "ministers": ("sergey-lavrov",), "copy_group": "a"},
    )
    path = segment(index)
    whole = path.read_bytes()
    names = arrays_of(path)
    assert {"facts", "text_exact.positions", "facet_country.docs"} <= set(names)
    broken: dict[str, str] = {}
    for number, name in enumerate(names):
        bit = (1, 128)[number % 2]
        monkeypatch.setattr(backend_module, "_cache", PostingsCache())
        path.write_bytes(whole)
        flip(path, place_of(path, name), bit)
        fresh()
        for q in SEARCHES:
            try:
                assert client.get("/", {"q": q}).status_code in (200, 503)
            except Exception as error:
                broken[f"{name} ^ {bit}: {q}"] = repr(error)
        (what,) = indexing.damage()
        # By its name, or in general where the index cannot even be opened.
        assert f": {name} is not" in what or "index is damaged" in what
        with pytest.raises(CommandError, match="check_index --repair"):
            run("check_index")
    assert broken == {}
    assert "3 articles" in run("check_index", "--repair")
    assert indexing.damage() == []
    assert len(found("truce")) == 3


def test_any_changed_bit_of_the_table_of_contents_is_found(
    backend: WhooshBackend, index: Path, archive: Archive
) -> None:
    articles = archive(*({"body": f"truce {number}"} for number in range(5)))
    # Deletions stand in it too: a bit of theirs would bring back what an article no longer says.
    Article.objects.filter(pk=articles[0].pk).update(body="accord")
    indexing.update([articles[0].pk])
    path = toc(index)
    whole = path.read_bytes()
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ (1 << place % 8)]) + whole[place + 1 :])
        with pytest.raises(EngineUnavailable):
            Store(index).live()
    path.write_bytes(whole)
    assert Store(index).live().doc_count() == 5


@pytest.mark.parametrize("what", ["LIVE", "build"])
def test_a_symbolic_link_is_followed_only_to_what_is_private_as_well(
    backend: WhooshBackend, index: Path, archive: Archive, tmp_path: Path, what: str
) -> None:
    (article,) = archive({"body": "truce"})
    path = index / "LIVE" if what == "LIVE" else live(index)
    moved = tmp_path / "elsewhere"
    path.rename(moved)
    path.symlink_to(moved)
    assert found("truce") == {article.pk}
    if what == "build":
        moved.chmod(0o777)
        with pytest.raises(EngineUnavailable, match="chmod"):
            found("truce")


# --- the lock


def test_a_writer_that_waits_says_so_and_gives_up_after_its_time(
    backend: WhooshBackend,
    archive: Archive,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    (article,) = archive({"body": "truce"})
    monkeypatch.setattr(store_module, "LOCK_TIMEOUT", 1.0)
    writer = backend.store.live_writer()
    try:
        for write_it in (lambda: run("update_index"), lambda: indexing.remove([article.pk])):
            caplog.clear()
            started = time.monotonic()
            with pytest.raises((CommandError, EngineUnavailable), match="writing the index for 1 seconds"):
                write_it()
            assert 0.9 < time.monotonic() - started < 10
            # At the level that is shown where nobody asked for more.
            (told,) = (record for record in caplog.records if "waiting for up to 1 seconds" in record.getMessage())
            assert told.levelno >= logging.WARNING
    finally:
        writer.cancel()


def test_a_writer_that_waits_goes_on_once_the_lock_is_free(
    backend: WhooshBackend, archive: Archive, caplog: pytest.LogCaptureFixture
) -> None:
    (article,) = archive({"body": "truce"})
    prepared = prepare(ArticleIndex(), Article.objects.with_tags())
    with caplog.at_level(logging.INFO), backend.store.nobody_writing():
        thread = threading.Thread(target=write, args=(backend.store, prepared))
        thread.start()
        wait_until(lambda: "waiting for up to" in caplog.text)
    thread.join(10)
    assert not thread.is_alive()
    assert found("truce") == {article.pk}


def wait_until(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.005)


def test_a_writer_that_waited_for_an_index_that_was_switched_away_writes_into_the_new_one(
    backend: WhooshBackend, index: Path, archive: Archive, caplog: pytest.LogCaptureFixture
) -> None:
    (article,) = archive({"body": "truce"})
    for word in ("accord", "summit", "embargo"):
        Article.objects.filter(pk=article.pk).update(body=word)
        prepared = prepare(ArticleIndex(), Article.objects.with_tags())
        errors: list[BaseException] = []

        def write_it(prepared: Any = prepared, errors: list[BaseException] = errors) -> None:
            try:
                write(Store(index), prepared)
            except BaseException as error:
                errors.append(error)

        thread = threading.Thread(target=write_it)
        caplog.clear()
        with caplog.at_level(logging.INFO), backend.store.nobody_writing():
            thread.start()
            wait_until(lambda: "waiting for up to" in caplog.text)
            build = backend.store.new_build()
            backend.store.create(build)
            backend.store.switch(build)
            # Long enough for the waiting one to look at the lock of a folder that is no longer there.
            time.sleep(0.1)
        thread.join(10)
        assert errors == []
        assert found(word) == {article.pk}
        # Nor has it made the old folder again.
        assert [path.name for path in index.glob("build-*")] == [live(index).name]


def test_the_lock_is_free_after_every_kind_of_failure(
    backend: WhooshBackend, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    (article,) = archive({"body": "truce"})
    monkeypatch.setattr(store_module, "LOCK_TIMEOUT", 0.0)
    for target in (
        "articles.search.engines.whoosh.building.write_arrays",
        "articles.search.engines.whoosh.writer.clean_files",
        "articles.search.engines.whoosh.writer.to_merge",
        "articles.search.engines.whoosh.codec.Storage.rename_file",
    ):
        with monkeypatch.context() as patch:
            patch.setattr(target, lambda *_, **__: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                indexing.update([article.pk])
        indexing.update([article.pk])
        assert found("truce") == {article.pk}


# --- writers beside each other


def test_a_text_read_before_another_change_never_replaces_the_newer_one(
    backend: WhooshBackend, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two editors save one article: the first's text is analysed while the second's is saved and indexed."""
    (article,) = archive({"body": "truce"})
    Article.objects.filter(pk=article.pk).update(body="accord")
    indexed, second = Prepared.indexed, []

    def slow(self: Prepared) -> Any:
        if not second:
            second.append(True)
            Article.objects.filter(pk=article.pk).update(body="summit")
            indexing.update([article.pk])
        return indexed(self)

    monkeypatch.setattr(Prepared, "indexed", slow)
    indexing.update([article.pk])
    assert found("accord") == set()
    assert found("summit") == {article.pk}


def test_an_article_deleted_while_its_text_is_analysed_does_not_come_back(
    backend: WhooshBackend, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    (article,) = archive({"body": "truce"})
    indexed, once = Prepared.indexed, []

    def slow(self: Prepared) -> Any:
        if not once:
            once.append(True)
            Article.objects.filter(pk=article.pk).delete()
            indexing.remove([article.pk])
        return indexed(self)

    monkeypatch.setattr(Prepared, "indexed", slow)
    indexing.update([article.pk])
    assert found("truce") == set()


def test_update_index_keeps_what_was_added_while_it_ran(
    backend: WhooshBackend, archive: Archive, make_article: MakeArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    (old,) = archive({"body": "truce"})
    update, added = indexing.update, []

    def slow(ids: Any) -> None:
        update(ids)
        if not added:
            # An import beside it.
            added.append(make_article("truce"))
            update([added[0].pk])

    monkeypatch.setattr(indexing, "update", slow)
    run("update_index")
    assert found("truce") == {old.pk, added[0].pk}


# --- rebuilds


def test_what_changes_while_a_rebuild_is_in_the_making_is_right_after_the_switch(
    backend: WhooshBackend, archive: Archive, make_article: MakeArticle
) -> None:
    same, changed, twice, removed, cleared = archive(*({"body": "truce"} for _ in range(5)))
    making = backend.rebuild()
    making.add(Article.objects.with_tags())
    for article, body in ((changed, "accord"), (twice, "accord"), (twice, "summit")):
        Article.objects.filter(pk=article.pk).update(body=body)
        indexing.update([article.pk])
    gone, deleted = removed.pk, cleared.pk
    removed.delete()
    indexing.remove([gone])
    cleared.delete()
    # Told of as changed, and no longer there.
    indexing.update([deleted])
    new = make_article("embargo")
    indexing.update([new.pk])
    brief = make_article("embargo")
    indexing.update([brief.pk])
    gone = brief.pk
    brief.delete()
    indexing.remove([gone])
    making.finish()
    assert found("truce") == {same.pk}
    assert found("accord") == {changed.pk}
    assert found("summit") == {twice.pk}
    assert found("embargo") == {new.pk}
    assert fresh().snapshot().documents == 4
    assert not indexing.compare().any()


def test_what_changes_at_any_moment_of_finishing_is_right_after_the_switch(
    backend: WhooshBackend, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the rounds that bring the new index up to date, changes come in as well."""
    articles = archive(*({"body": "truce"} for _ in range(8)))
    waiting = list(articles[:3])
    up_to_date = rebuilding_module.WhooshRebuild._bring_up_to_date

    def beside(self: Any) -> None:
        up_to_date(self)
        if waiting:
            article = waiting.pop()
            Article.objects.filter(pk=article.pk).update(body="accord")
            indexing.update([article.pk])

    monkeypatch.setattr(rebuilding_module.WhooshRebuild, "_bring_up_to_date", beside)
    indexing.rebuild()
    assert waiting == []
    assert found("accord") == {article.pk for article in articles[:3]}
    assert found("truce") == {article.pk for article in articles[3:]}


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that grows by the key of each object whose text is analysed."""
    keys: list[str] = []
    indexed = Prepared.indexed

    def counting(self: Prepared) -> Any:
        keys.append(self.key)
        return indexed(self)

    monkeypatch.setattr(Prepared, "indexed", counting)
    return keys


class Stopped(Exception):
    """What a test stops a rebuild with."""


def stop_after(batches: int) -> Callable[[int, int], None]:
    """Return a progress that breaks a rebuild off."""
    left = [batches]

    def progress(done: int, total: int) -> None:
        left[0] -= 1
        if not left[0]:
            raise Stopped

    return progress


@pytest.fixture
def half_made(
    backend: WhooshBackend, archive: Archive, index: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[list[Article], Path]:
    """Ten articles, and a build that holds the first six of them, left by a rebuild that was stopped."""
    monkeypatch.setattr(indexing, "BATCH", 2)
    backend.processes = 1
    articles = archive(*({"body": f"truce number{number}"} for number in range(10)))
    with pytest.raises(Stopped):
        indexing.rebuild(stop_after(3))
    (build,) = (path.parent for path in index.glob("build-*/MAKING"))
    return articles, build


def test_a_rebuild_goes_on_with_one_that_was_stopped_and_analyses_nothing_twice(
    half_made: tuple[list[Article], Path], index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles, build = half_made
    keys = counted(monkeypatch)
    assert indexing.rebuild() == 10
    assert sorted(keys) == sorted(f"articles.article.{article.pk}" for article in articles[6:])
    assert live(index) == build
    assert sorted(path.name for path in index.glob("build-*")) == [build.name]
    assert found("truce") == {article.pk for article in articles}
    assert not indexing.compare().any()


def test_a_rebuild_that_is_stopped_again_and_again_ends_all_the_same(
    half_made: tuple[list[Article], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    articles, _ = half_made
    keys = counted(monkeypatch)
    for stops in (1, 4, 4):
        with pytest.raises(Stopped):
            indexing.rebuild(stop_after(stops))
    indexing.rebuild()
    assert len(keys) == 4
    assert found("truce") == {article.pk for article in articles}


@pytest.mark.parametrize("told", [True, False], ids=["the index was told", "the index was not told"])
def test_a_rebuild_that_goes_on_knows_what_changed_since(
    half_made: tuple[list[Article], Path], make_article: MakeArticle, monkeypatch: pytest.MonkeyPatch, told: bool
) -> None:
    articles, _ = half_made
    changed, gone, hidden = articles[:3]
    Article.objects.filter(pk=changed.pk).update(body="accord")
    Article.objects.filter(pk=hidden.pk).update(visible=False)
    key = gone.pk
    gone.delete()
    new = make_article("truce")
    if told:
        indexing.update([changed.pk, hidden.pk, new.pk, key])
    keys = counted(monkeypatch)
    indexing.rebuild()
    assert keys.count(f"articles.article.{articles[3].pk}") == 0
    assert found("accord") == {changed.pk}
    assert found("truce") == {new.pk, *(article.pk for article in articles[3:])}
    assert fresh().snapshot().documents == 10
    assert not indexing.compare().any()
    assert indexing.damage() == []


def test_what_was_made_of_an_article_deleted_since_is_never_live(
    half_made: tuple[list[Article], Path], backend: WhooshBackend
) -> None:
    """Also where the index was not told of it: at the switch it is gone, not some time after."""
    articles, _ = half_made
    articles[0].delete()
    making = backend.rebuild()
    making.add(Article.objects.with_tags())
    making.finish()
    assert found("truce") == {article.pk for article in articles[1:]}
    assert fresh().snapshot().documents == 9


@pytest.mark.parametrize("command", [("rebuild_index", "--noinput"), ("update_index",), ("check_index", "--repair")])
def test_a_full_disk_is_told_in_a_sentence_and_the_index_goes_on_answering(
    backend: WhooshBackend, archive: Archive, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    (article,) = archive({"body": "truce"})
    Article.objects.filter(pk=article.pk).update(body="accord")

    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr("articles.search.engines.whoosh.building.write_arrays", full)
        with pytest.raises(CommandError, match=r"cannot be written.*No space left"):
            run(*command)
        assert found("truce") == {article.pk}
    run(*command)
    assert found("accord") == {article.pk}


LEFTOVERS: dict[str, Damage] = {
    "of another version": lambda build: (build / "VERSION").write_text("1.1 UTC"),
    "without a version": lambda build: (build / "VERSION").unlink(),
    "without a table of contents": lambda build: [path.unlink() for path in build.glob("*.toc")],
    "with a foreign table of contents": lambda build: [path.write_text("x") for path in build.glob("*.toc")],
    "without a segment": lambda build: next(build.glob("*.arrays")).unlink(),
    "with a segment cut": lambda build: cut(next(build.glob("*.arrays")), 0.5),
    "with an empty segment": lambda build: cut(next(build.glob("*.arrays")), 0),
    "with a changed bit of its words": lambda build: [
        flip(path, place_of(path, "text_exact.positions")) for path in build.glob("*.arrays")
    ],
    "with a changed bit of its facts": lambda build: [
        flip(path, place_of(path, "facts")) for path in build.glob("*.arrays")
    ],
    "that others may write": lambda build: build.chmod(0o777),
    "of notes only": lambda build: [path.unlink() for path in build.iterdir() if path.name != "MAKING"],
    "with a segment that was being made": lambda build: (build / "making-1-1").write_text("half"),
    "with a segment that no table names": lambda build: (build / "MAIN_abcdefghijklmnop.arrays").write_text("half"),
    "with half a table of contents beside it": lambda build: (build / "_MAIN_9.toc.123.4").write_text("half"),
}


@pytest.mark.parametrize("name", LEFTOVERS)
def test_a_rebuild_ends_whatever_was_left_of_the_one_before(
    half_made: tuple[list[Article], Path], index: Path, name: str
) -> None:
    articles, build = half_made
    LEFTOVERS[name](build)
    assert indexing.rebuild() == 10
    assert found("truce") == {article.pk for article in articles}
    assert indexing.damage() == []
    assert not indexing.compare().any()
    assert [path.name for path in index.glob("build-*")] == [live(index).name]
    names = {path.name for path in live(index).iterdir()}
    assert {re.sub(r"MAIN_\w{16}|\d+", "*", name) for name in names} == {
        "VERSION",
        "MAIN_WRITELOCK",
        "*.arrays",
        "_MAIN_*.toc",
    }


NOTES = (
    "articles.article.",
    "articles.article.x",
    "auth.user.5",
    "no.model.7",
    "nonsense",
    "",
    "a.b.c.d",
    "articles.article.99999999999999999999999",
)


def test_notes_of_what_is_no_article_do_not_keep_a_rebuild_from_ending(
    half_made: tuple[list[Article], Path], backend: WhooshBackend
) -> None:
    articles, _ = half_made
    # `remove` takes any name of an object: one of a model that is no longer indexed, too.
    backend.remove("no.model.7")
    backend.store.note_changes(NOTES)
    indexing.rebuild()
    assert found("truce") == {article.pk for article in articles}


def test_notes_are_read_by_whole_lines(half_made: tuple[list[Article], Path], backend: WhooshBackend) -> None:
    """A reader may see the first part of what is being written."""
    _, build = half_made
    with (build / "MAKING").open("ab") as notes:
        notes.write(b"articles.article.1\narticles.article.2")
    keys, place = backend.store.changes(build)
    assert keys == ["articles.article.1"]
    with (build / "MAKING").open("ab") as notes:
        notes.write(b"34\n")
    assert backend.store.changes(build, place)[0] == ["articles.article.234"]


def test_the_second_of_two_rebuilds_is_told_and_the_first_ends(
    backend: WhooshBackend, archive: Archive, index: Path
) -> None:
    (article,) = archive({"body": "truce"})
    making = backend.rebuild()
    for _ in range(2):
        with pytest.raises(CommandError, match="rebuilt by another process"):
            run("rebuild_index", "--noinput")
    making.add(Article.objects.with_tags())
    making.finish()
    assert found("truce") == {article.pk}
    run("rebuild_index", "--noinput")
    assert len(list(index.glob("build-*"))) == 1


@pytest.mark.parametrize("ends", ["abandon", "finish"])
def test_the_lock_for_rebuilds_is_free_after_one_however_it_ends(
    backend: WhooshBackend, archive: Archive, monkeypatch: pytest.MonkeyPatch, ends: str
) -> None:
    archive({"body": "truce"})
    with monkeypatch.context() as patch:
        patch.setattr(rebuilding_module.WhooshRebuild, "add" if ends == "abandon" else "finish", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            indexing.rebuild()
    assert indexing.rebuild() == 1


def test_clearing_the_index_while_it_is_rebuilt_ends_in_a_whole_one(backend: WhooshBackend, archive: Archive) -> None:
    (article,) = archive({"body": "truce"})
    making = backend.rebuild()
    making.add(Article.objects.with_tags())
    indexing.clear()
    assert found("truce") == set()
    making.finish()
    assert found("truce") == {article.pk}


def test_old_builds_that_nobody_finished_are_removed_after_a_day_and_not_before(
    backend: WhooshBackend, archive: Archive, index: Path
) -> None:
    archive({"body": "truce"})
    young, old = backend.store.new_build(), backend.store.new_build()
    (old / "VERSION").write_text("x")
    long_ago = time.time() - store_module.ABANDONED_AFTER - 60
    os.utime(old, (long_ago, long_ago))
    indexing.rebuild()
    assert {path.name for path in index.glob("build-*")} == {live(index).name, young.name}


# --- several processes


def everything(backend: WhooshBackend) -> dict[str, Any]:
    """Return what an index says, in an order that does not depend on how it was made."""
    snapshot = backend.snapshot()
    docs = snapshot.live.nonzero()[0].tolist()
    return {
        "digests": snapshot.digest_of,
        "facts": sorted(snapshot.facts[doc] for doc in docs),
        "words": backend.words(""),
        "titles": backend.words("", titles=True),
        "answers": [
            backend.answer(Request(tree, facets=("country", "source", "lang"), histogram=True, fold=True, limit=None))
            for tree in (
                None,
                Word("truce"),
                Word("ministers"),
                Phrase("truce number7"),
                And((Word("truce"), Word("7"))),
            )
        ],
    }


@pytest.fixture
def large(backend: WhooshBackend, archive: Archive, monkeypatch: pytest.MonkeyPatch) -> list[Article]:
    """Articles of enough batches for other processes to be started."""
    monkeypatch.setattr(indexing, "BATCH", 5)
    rows = (
        {
            "title": f"Minister {number}",
            "body": f"truce number{number} and a minister",
            "countries": ("RU", "IR")[: number % 3],
        }
        for number in range(5 * (ALONE + 4))
    )
    return archive(*rows)


def test_a_rebuild_by_several_processes_is_that_of_one(large: list[Article], index: Path) -> None:
    answers = []
    for processes in (1, 2):
        backend = fresh()
        backend.processes = processes
        pools: list[Any] = []
        making = backend.rebuild()
        for start in range(0, len(large), 5):
            making.add(Article.objects.with_tags().filter(pk__in=[article.pk for article in large[start : start + 5]]))
            pools.append(making.makers._pool)
        making.finish()
        assert (pools[-1] is not None) is (processes == 2)
        assert not list(live(index).glob("making-*"))
        assert indexing.damage() == []
        answers.append(everything(fresh()))
    assert answers[0] == answers[1]
    assert len(answers[0]["digests"]) == len(large)


def test_a_process_that_is_killed_while_indexing_is_told_and_the_next_rebuild_goes_on(
    large: list[Article], index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh().processes = 2
    submitted = SegmentMakers._submitted

    def killing(self: SegmentMakers, *arguments: Any) -> Any:
        future = submitted(self, *arguments)
        assert self._pool is not None
        for process in list(self._pool._processes.values()):
            # Right after its start: it cannot have made anything.
            os.kill(process.pid, signal.SIGKILL)
        return future

    with monkeypatch.context() as patch:
        patch.setattr(SegmentMakers, "_submitted", killing)
        with pytest.raises(CommandError, match="it goes on where it stopped"):
            run("rebuild_index", "--noinput")
    assert found("truce") == {article.pk for article in large}
    fresh().processes = 1
    keys = counted(monkeypatch)
    assert indexing.rebuild() == len(large)
    # What was made before that process died is not made again.
    assert len(keys) == len(large) - 5 * ALONE
    assert found("truce") == {article.pk for article in large}
    assert len(list(index.glob("build-*"))) == 1


def test_the_setting_that_a_message_names_is_one(settings: Any) -> None:
    from articles.search.engines.whoosh.making import _died

    (name,) = re.findall(r"([A-Z_]{5,})=", str(_died()))
    documented = Path(settings.BASE_DIR, "docs", "settings.md").read_text(encoding="utf-8")
    assert f"`{name}`" in documented


# --- Whoosh's own reader


def test_whooshs_own_searcher_reads_the_index(backend: WhooshBackend, archive: Archive) -> None:
    rows = [{"title": "Oil", "body": f"truce number{number} truce"} for number in range(410)]
    articles = archive(*rows)
    # A second segment, and a document that is deleted in the first.
    archive({"body": "accord"})
    Article.objects.filter(pk=articles[0].pk).update(body="accord")
    indexing.update([articles[0].pk])
    snapshot = backend.snapshot()
    assert len(snapshot.segments) > 1
    index = backend.store.live()
    with index.searcher() as searcher:
        reader = searcher.reader()
        assert (reader.doc_count(), searcher.doc_count()) == (411, 411)
        assert reader.has_deletions()
        for field in FIELDS:
            words = [text.decode() for text in reader.lexicon(field)]
            assert words == sorted(words, key=str.encode)
        assert set(reader.lexicon("text_exact")) >= {b"truce", b"accord", b"number7"}
        assert list(reader.expand_prefix("text_exact", "acc")) == [b"accord"]
        assert ("text_exact", b"truce") in reader
        assert ("text_exact", b"nowhere") not in reader
        assert ("nofield", b"truce") not in reader
        # Deleted ones are counted until they are merged away, as Whoosh counts everywhere.
        assert reader.doc_frequency("text_exact", "accord") == 2
        assert reader.doc_frequency("text_exact", "nowhere") == 0
        assert reader.frequency("text_exact", "number7") == 1
        assert reader.frequency("text_exact", "truce") == 2 * 410
        for word, expected in (("truce", articles[1:]), ("number7", articles[7:8]), ("nowhere", [])):
            hits = searcher.search(Term("text_exact", word), limit=None)
            assert {int(snapshot.ids[doc]) for doc in hits.docs()} == {article.pk for article in expected}
        both = WhooshAnd([Term("text_exact", "truce"), Term("text_exact", "number9")])
        assert {int(snapshot.ids[doc]) for doc in searcher.search(both).docs()} == {articles[9].pk}
    assert index.doc_count() == 411
    assert not index.is_empty()


def test_whooshs_own_reader_of_an_empty_index_holds_nothing(backend: WhooshBackend) -> None:
    with backend.store.live().reader() as reader:
        assert reader.doc_count() == 0
        assert list(reader.all_terms()) == []
