"""`rebuild_index`, `update_index`, `clear_index`: Haystack's names, our way; and `check_index`."""

import datetime
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.models import Article, Country, CountryTag, Source, Topic, TopicTag
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


# --- check_index


def differences() -> str:
    """Run `check_index` where something differs; return what it says."""
    err = StringIO()
    with pytest.raises(
        CommandError, match=r"differs from the database. Run: python manage\.py check_index --repair"
    ) as told:
        call_command("check_index", stdout=err, stderr=err)
    # The exit code of the process.
    assert told.value.returncode == 1
    return "\n".join(line for line in err.getvalue().splitlines() if not line.startswith("looked at"))


def test_check_finds_an_index_that_holds_what_the_database_holds_sound(archive: Archive) -> None:
    assert "The index is sound. It holds 0 articles." in run("check_index")
    archive({"body": "truce"}, {"body": "accord", "visible": False}, {"title": "", "body": "", "language": ""})
    for arguments in ((), ("--repair",)):
        assert run("check_index", *arguments).splitlines() == [
            "looked at 3 of 3",
            "The index is sound. It holds 3 articles.",
        ]


def test_check_goes_by_batches_and_tells_how_far_it_is(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    archive(*({"body": "truce"} for _ in range(8)))
    monkeypatch.setattr(indexing, "BATCH", 3)
    assert run("check_index").splitlines()[:3] == ["looked at 3 of 8", "looked at 6 of 8", "looked at 8 of 8"]


def test_check_names_what_is_missing_changed_and_gone_and_repair_mends_it(
    archive: Archive, index: Path, make_article: MakeArticle
) -> None:
    same, changed, gone = archive({"body": "truce"}, {"body": "truce"}, {"body": "truce"})
    Article.objects.filter(pk=changed.pk).update(body="accord")
    Article.objects.filter(pk=gone.pk).delete()
    missing = make_article("accord")
    live = (index / "LIVE").read_text()
    before = sorted(path.name for path in (index / live).iterdir())
    for _ in range(2):
        assert differences().splitlines() == [
            f"1 not in the index: {missing.pk}",
            f"1 in the index as they were before they changed: {changed.pk}",
            f"1 in the index although no longer in the database: {gone.pk}",
        ]
    # Looking changes nothing.
    assert sorted(path.name for path in (index / live).iterdir()) == before
    assert found("truce") == {same.pk, changed.pk, gone.pk}
    said = run("check_index", "--repair")
    assert f"1 not in the index: {missing.pk}" in said
    assert said.splitlines()[-1] == "The index is mended. It holds 3 articles."
    assert (index / "LIVE").read_text() == live
    assert found("truce") == {same.pk}
    assert found("accord") == {changed.pk, missing.pk}
    assert "sound" in run("check_index")


def test_check_names_ten_and_counts_all(index: Path, make_article: MakeArticle) -> None:
    keys = [make_article("truce").pk for _ in range(12)]
    assert differences() == f"12 not in the index: {', '.join(map(str, keys[:10]))}, …"
    for key in keys[10:]:
        Article.objects.filter(pk=key).delete()
    assert differences() == f"10 not in the index: {', '.join(map(str, keys[:10]))}"
    run("check_index", "--repair")
    assert found("truce") == set(keys[:10])


def test_check_mends_an_index_of_which_nothing_is_right(archive: Archive, make_article: MakeArticle) -> None:
    old = archive(*({"body": "truce"} for _ in range(5)))
    for article in old[:2]:
        article.delete()
    Article.objects.update(body="accord")
    new = [make_article("accord") for _ in range(5)]
    assert differences().count("\n") == 2
    run("check_index", "--repair")
    assert found("truce") == set()
    assert found("accord") == {article.pk for article in (*old[2:], *new)}
    assert "It holds 8 articles" in run("check_index")


def test_check_takes_out_of_the_index_all_of_an_archive_that_was_deleted(archive: Archive) -> None:
    archive({"body": "truce"}, {"body": "truce"})
    Article.objects.all().delete()
    assert "2 in the index although no longer in the database" in differences()
    assert "It holds 0 articles" in run("check_index", "--repair")
    assert found("truce") == set()


def tag(article: Article) -> None:
    country, _ = Country.objects.get_or_create(code="FR", defaults={"name": "France"})
    CountryTag.objects.create(article=article, country=country, count=1)


def topic(article: Article) -> None:
    found, _ = Topic.objects.get_or_create(slug="energy", defaults={"names": {"en": "Energy"}})
    TopicTag.objects.create(article=article, topic=found, count=1)


def set_to(**fields: Any) -> Callable[[Article], object]:
    """Return a change of an article's fields that leaves its `updated_at` as it was, as a bulk change does."""
    return lambda article: Article.objects.filter(pk=article.pk).update(**fields)


@pytest.mark.parametrize(
    "change",
    [
        set_to(body="truce, and accord"),
        set_to(body="Truce in Gaza"),
        set_to(title="Another"),
        set_to(title_made=True),
        set_to(language="fr"),
        set_to(visible=False),
        set_to(copy_group="a"),
        set_to(published_at=datetime.datetime(2024, 5, 2, tzinfo=datetime.UTC)),
        set_to(date_precision="month"),
        lambda article: set_to(source=Source.objects.create(slug="other", name="Other"))(article),
        lambda article: Source.objects.filter(pk=article.source_id).update(slug="renamed"),
        tag,
        topic,
        lambda article: article.country_tags.update(removed=True),
        lambda article: article.country_tags.update(main=True),
        lambda article: article.country_tags.all().delete(),
        lambda article: article.minister_tags.all().delete(),
    ],
    ids=[
        "text",
        "capitals",
        "title",
        "title made",
        "language",
        "hidden",
        "group",
        "date",
        "precision of the date",
        "source",
        "name of the source in addresses",
        "country added",
        "topic added",
        "country removed by an editor",
        "main subject",
        "country deleted",
        "minister deleted",
    ],
)
def test_check_sees_every_change_that_a_search_could_tell(
    archive: Archive, change: Callable[[Article], object]
) -> None:
    article, other = archive(
        {"body": "truce in Gaza", "date": "2024-05-01", "countries": ("RU",), "ministers": ("sergey-lavrov",)},
        {"body": "truce", "source": "Elsewhere"},
    )
    before = Article.objects.get(pk=article.pk).updated_at
    change(article)
    assert Article.objects.get(pk=article.pk).updated_at == before
    said = differences()
    assert f"in the index as they were before they changed: {article.pk}" in said
    assert "not in the index:" not in said
    run("check_index", "--repair")
    assert "sound" in run("check_index")
    assert other.pk in found("truce")


def test_check_says_nothing_of_what_no_search_could_tell(archive: Archive) -> None:
    (article,) = archive({"body": "truce", "countries": ("RU",)})
    Article.objects.filter(pk=article.pk).update(updated_at=timezone.now())
    Source.objects.update(name="Another name")
    Country.objects.update(name="Another name")
    article.country_tags.update(count=7)
    assert "sound" in run("check_index")


def test_check_sees_a_change_that_the_index_was_told_of_and_that_was_taken_back(archive: Archive) -> None:
    (article,) = archive({"body": "truce"})
    Article.objects.filter(pk=article.pk).update(body="accord")
    indexing.update([article.pk])
    Article.objects.filter(pk=article.pk).update(body="truce")
    assert f"1 in the index as they were before they changed: {article.pk}" in differences()
    Article.objects.filter(pk=article.pk).update(body="accord")
    assert "sound" in run("check_index")


@pytest.mark.parametrize("repair", [False, True])
def test_check_of_an_index_that_is_missing_says_so_and_repair_makes_one(
    index: Path, make_article: MakeArticle, repair: bool
) -> None:
    article = make_article("truce")
    (index / "LIVE").unlink()
    if repair:
        said = run("check_index", "--repair")
        assert "There is no search index yet" in said
        assert "It holds 1 articles" in said
        assert found("truce") == {article.pk}
    else:
        with pytest.raises(CommandError, match="check_index --repair"):
            run("check_index")
        assert not (index / "LIVE").exists()


def test_check_cannot_repair_what_another_process_is_writing_and_says_so(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    from haystack import connections

    from articles.search.engines.whoosh import store

    monkeypatch.setattr(store, "LOCK_TIMEOUT", 0.1)
    (article,) = archive({"body": "truce"})
    Article.objects.filter(pk=article.pk).update(body="accord")
    writer = connections["default"].get_backend().store.live_writer()
    try:
        assert "1 in the index" in differences()
        with pytest.raises(CommandError, match="Another process has been writing"):
            run("check_index", "--repair")
    finally:
        writer.cancel()
    assert "mended" in run("check_index", "--repair")
    assert found("accord") == {article.pk}
