"""What the Whoosh engine keeps in memory and on disk, beside the contract that all engines keep."""

import stat
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from haystack import connections

from articles.models import Article
from articles.search import indexing
from articles.search.engines.base import EngineUnavailable, Request
from articles.search.engines.whoosh import store as store_module
from articles.search.engines.whoosh.backend import WhooshBackend
from articles.search.engines.whoosh.building import SegmentBuilder
from articles.search.engines.whoosh.merging import SMALL
from articles.search.engines.whoosh.postings import NO_POSTINGS, PostingsCache
from articles.search.engines.whoosh.segment import SegmentFile
from articles.search.engines.whoosh.store import Store
from articles.search.tree import Word

Archive = Callable[..., list[Article]]


@pytest.fixture
def backend(index: Path) -> WhooshBackend:
    found: WhooshBackend = connections["default"].get_backend()
    return found


def test_threads_share_what_is_in_memory(backend: WhooshBackend, archive: Archive) -> None:
    archive({"body": "truce"})
    here = backend.snapshot()
    there: list[Any] = []
    thread = threading.Thread(target=lambda: there.append(connections["default"].get_backend().snapshot()))
    thread.start()
    thread.join()
    assert there == [here]
    assert backend.snapshot() is here


def test_a_commit_is_seen_by_a_backend_that_did_not_make_it(backend: WhooshBackend, archive: Archive) -> None:
    archive({"body": "truce"})
    other = WhooshBackend("default", PATH=str(backend.store.path))
    assert other.answer(Request(Word("truce"))).total == 1
    archive({"body": "truce"})
    assert other.answer(Request(Word("truce"))).total == 2
    backend.clear()
    assert other.answer(Request()).total == 0


def test_a_commit_keeps_what_was_read_of_the_segments_that_did_not_change(
    backend: WhooshBackend, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive(*({"body": f"truce {number}"} for number in range(SMALL + 1)))
    (before,) = backend.snapshot().segments
    assert backend.answer(Request(Word("truce"))).total == SMALL + 1
    (added,) = archive({"body": "truce"})
    segments = {segment.name: segment for segment in backend.snapshot().segments}
    assert len(segments) == 2
    assert segments[before.name].file is before.file
    backend.answer(Request(Word("truce")))
    read: list[str] = []
    monkeypatch.setattr(SegmentFile, "postings", lambda self, field, term: read.append(term) or NO_POSTINGS)
    assert backend.answer(Request(Word("truce"))).total == SMALL + 2
    indexing.remove([added.pk])
    assert backend.answer(Request(Word("truce"))).total == SMALL + 1
    assert read == []


def test_postings_are_kept_up_to_a_number_of_bytes_and_missing_words_count_too(
    backend: WhooshBackend, archive: Archive
) -> None:
    archive({"body": " ".join(f"word{number}" for number in range(300))})
    (segment,) = backend.snapshot().segments
    cache = PostingsCache(limit=20_000)
    for number in range(300):
        assert len(cache.postings(segment.name, segment.file, "text_exact", f"word{number}").docs) == 1
        assert len(cache.postings(segment.name, segment.file, "text_exact", f"missing{number}").docs) == 0
        assert cache.size <= 20_000
    assert len(cache._kept) <= 40


def test_the_folder_of_a_build_is_private_and_old_ones_are_removed(backend: WhooshBackend, index: Path) -> None:
    for _ in range(3):
        backend.clear()
    (build,) = index.glob("build-*")
    assert stat.S_IMODE(build.stat().st_mode) == 0o700
    assert (index / "LIVE").read_text() == build.name
    assert sorted(path.name for path in index.iterdir()) == ["LIVE", build.name]


def test_a_search_that_opens_an_index_just_replaced_opens_its_successor(
    backend: WhooshBackend, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    (article,) = archive({"body": "truce"})
    late = Store(backend.store.path)
    opened, rebuilt = late._opened, []

    def slow(build: Path) -> Any:
        if not rebuilt:
            rebuilt.append(indexing.rebuild())
        return opened(build)

    monkeypatch.setattr(late, "_opened", slow)
    reader = WhooshBackend("default", PATH=str(backend.store.path))
    reader.store = late
    assert reader.answer(Request(Word("truce"))).ids == (article.pk,)
    assert rebuilt == [1]


def test_a_second_writer_waits_and_then_says_who_holds_the_index(
    backend: WhooshBackend, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    (article,) = archive({"body": "truce"})
    monkeypatch.setattr(store_module, "LOCK_TIMEOUT", 0.2)
    writer = backend.store.writer(backend.store.live())
    try:
        with pytest.raises(EngineUnavailable, match="writing the index"):
            indexing.update([article.pk])
    finally:
        writer.cancel()
    indexing.update([article.pk])
    assert backend.answer(Request(Word("truce"))).total == 1


def test_a_failed_update_leaves_the_lock_free_and_the_index_as_it_was(
    backend: WhooshBackend, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    (article,) = archive({"body": "truce"})
    with monkeypatch.context() as patch:
        patch.setattr(SegmentBuilder, "write", lambda self, path: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            indexing.update([article.pk])
    assert backend.answer(Request(Word("truce"))).total == 1
    indexing.update([article.pk])
    assert backend.answer(Request(Word("truce"))).total == 1


def test_a_folder_that_cannot_be_written_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(EngineUnavailable, match="cannot be written"):
        Store(tmp_path / "file" / "index").new_build()
