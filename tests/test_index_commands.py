"""`rebuild_index`, `update_index`, `clear_index`: Haystack's names, our way."""

import datetime
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.models import Article
from articles.search import SearchParams, indexing, matches

Archive = Callable[..., list[Article]]
MakeArticle = Callable[..., Article]


def run(command: str, *arguments: str) -> str:
    """Run a command; return what it says on stderr. Nothing may stand on stdout."""
    out, err = StringIO(), StringIO()
    call_command(command, *arguments, stdout=out, stderr=err)
    assert out.getvalue() == ""
    return err.getvalue()


def found(q: str) -> set[int]:
    return set(matches(SearchParams(q=q)).ids)


def test_rebuild_indexes_every_article_and_nothing_else(archive: Archive, make_article: MakeArticle) -> None:
    (gone, old) = archive({"body": "truce"}, {"body": "truce"})
    Article.objects.filter(pk=gone.pk).delete()
    Article.objects.filter(pk=old.pk).update(body="accord")
    new = make_article("accord")
    assert "2 articles" in run("rebuild_index", "--noinput")
    assert found("truce") == set()
    assert found("accord") == {old.pk, new.pk}


def test_rebuild_makes_an_index_where_there_was_none_or_a_broken_one(index: Path, make_article: MakeArticle) -> None:
    article = make_article("truce")
    for damage in ((index / "LIVE").unlink, lambda: (index / "LIVE").write_text("nonsense")):
        damage()
        assert matches(SearchParams(q="truce")).state == "unavailable"
        run("rebuild_index", "--noinput")
        assert found("truce") == {article.pk}


def test_rebuild_goes_by_batches_and_tells_how_far_it_is(
    index: Path, make_article: MakeArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "BATCH", 3)
    keys = {make_article("truce").pk for _ in range(8)}
    told = run("rebuild_index", "--noinput")
    assert [line for line in told.splitlines() if line.startswith("indexed")] == [
        "indexed 3 of 8",
        "indexed 6 of 8",
        "indexed 8 of 8",
    ]
    assert found("truce") == keys


def test_rebuild_of_an_empty_database_is_an_empty_index(index: Path) -> None:
    assert "0 articles" in run("rebuild_index", "--noinput")
    assert matches(SearchParams(q="truce")).state == "nothing"


def test_rebuild_if_stale_does_nothing_while_the_index_holds_what_the_database_holds(
    archive: Archive, index: Path, make_article: MakeArticle
) -> None:
    archive({"body": "truce"})
    live = (index / "LIVE").read_text()
    assert run("rebuild_index", "--noinput", "--if-stale") == ""
    assert (index / "LIVE").read_text() == live
    added = make_article("truce")
    run("rebuild_index", "--noinput", "--if-stale")
    assert (index / "LIVE").read_text() != live
    assert added.pk in found("truce")


@pytest.mark.parametrize(
    "change",
    [
        lambda index: (index / "LIVE").unlink(),
        lambda index: (index / (index / "LIVE").read_text() / "VERSION").write_text("0"),
        lambda index: [path.write_bytes(b"") for path in index.glob("build-*/*.toc")],
        lambda index: Article.objects.all().delete(),
    ],
    ids=["missing", "another version", "damaged", "articles deleted"],
)
def test_an_index_that_is_not_that_of_the_database_is_stale(
    archive: Archive, index: Path, change: Callable[[Path], object]
) -> None:
    archive({"body": "truce"})
    assert not indexing.is_stale()
    from haystack import connections

    connections.reload("default")
    change(index)
    assert indexing.is_stale()
    run("rebuild_index", "--noinput", "--if-stale")
    assert not indexing.is_stale()


def test_update_brings_every_article_up_to_date_and_takes_out_what_is_gone(
    archive: Archive, make_article: MakeArticle
) -> None:
    gone, old = archive({"body": "truce"}, {"body": "truce"})
    gone.delete()
    Article.objects.filter(pk=old.pk).update(body="accord")
    new = make_article("accord")
    assert "removed 1" in run("update_index")
    assert found("truce") == set()
    assert found("accord") == {old.pk, new.pk}


def test_update_by_age_touches_only_what_changed_lately(archive: Archive) -> None:
    old, new = archive({"body": "truce"}, {"body": "truce"})
    before = timezone.now() - datetime.timedelta(hours=5)
    Article.objects.filter(pk=old.pk).update(body="accord", updated_at=before)
    Article.objects.filter(pk=new.pk).update(body="accord")
    run("update_index", "--age", "2")
    assert found("accord") == {new.pk}
    run("update_index", "--age", "6")
    assert found("accord") == {old.pk, new.pk}


@pytest.mark.parametrize("age", ["0", "-1", "x", "99999999999999"])
def test_an_age_that_is_no_number_of_hours_is_refused(archive: Archive, age: str) -> None:
    archive({"body": "truce"})
    with pytest.raises(CommandError, match=r"age|hours"):
        run("update_index", f"--age={age}")


def test_update_where_there_is_no_index_makes_one(index: Path, make_article: MakeArticle) -> None:
    article = make_article("truce")
    (index / "LIVE").unlink()
    run("update_index")
    assert found("truce") == {article.pk}


def test_clear_empties_the_index_and_leaves_the_articles(archive: Archive) -> None:
    archive({"body": "truce"})
    assert "empty" in run("clear_index", "--noinput")
    assert found("truce") == set()
    assert Article.objects.count() == 1


@pytest.mark.parametrize("command", ["rebuild_index", "clear_index"])
@pytest.mark.parametrize(("answer", "goes_on"), [("y", True), ("yes", True), ("", False), ("n", False), (None, False)])
def test_a_person_is_asked_before_anything_is_done(
    archive: Archive, index: Path, command: str, answer: str | None, goes_on: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive({"body": "truce"})
    live = (index / "LIVE").read_text()

    def typed() -> str:
        if answer is None:
            raise EOFError
        return answer

    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", typed)
    if goes_on:
        run(command)
    else:
        with pytest.raises(CommandError, match="Nothing was done"):
            run(command)
    assert ((index / "LIVE").read_text() != live) is goes_on


@pytest.mark.parametrize("command", [("rebuild_index", "--noinput"), ("clear_index", "--noinput"), ("update_index",)])
def test_a_folder_that_cannot_be_written_is_an_error_in_one_sentence(
    index: Path, make_article: MakeArticle, command: tuple[str, ...]
) -> None:
    make_article("truce")
    for path in sorted(index.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    index.rmdir()
    index.write_text("in the way")
    with pytest.raises(CommandError, match="cannot be written"):
        run(*command)


@pytest.mark.parametrize("arguments", [(), ("--age", "2")])
def test_update_makes_the_first_index_of_an_archive_of_any_size(
    index: Path, make_article: MakeArticle, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    (index / "LIVE").unlink()
    monkeypatch.setattr(indexing, "FIRST_INDEX_MOST", 1)
    articles = [make_article(f"truce {number}") for number in range(3)]
    Article.objects.filter(pk=articles[0].pk).update(updated_at=timezone.now() - datetime.timedelta(days=9))
    assert "indexed 3 of 3" in run("update_index", *arguments)
    assert found("truce") == {article.pk for article in articles}
