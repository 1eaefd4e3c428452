"""Records into the archive: what becomes of each, the first time and the next times."""

import json
import os
import stat
import time
from collections.abc import Callable, Iterator
from itertools import count, pairwise
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError

from articles import reference
from articles.importing import EmptyGazetteer, ImportFile, ImportReport, import_files, loader, originals, runs
from articles.importing.catalogue import Catalogue
from articles.models import Article, Country, CountryName, CountryTag, ImportEntry, ImportRun, Original, Source

pytestmark = pytest.mark.django_db

FIRST = (
    "The two ministers met in the capital on Monday and spoke about trade, grain and the price of oil for three hours."
)
SECOND = (
    "They agreed to meet again before the end of the year, and to send experts to each other's ports in the meantime."
)
OTHER = (
    "In other places a football club won a cup after many years, and its supporters danced in the streets until dawn."
)


@pytest.fixture(autouse=True)
def originals_dir(settings: Any, tmp_path: Path) -> Path:
    settings.ORIGINALS_DIR = tmp_path / "originals"
    return tmp_path / "originals"


@pytest.fixture
def gazetteer() -> None:
    france = Country.objects.create(code="FR", name="France")
    CountryName.objects.create(country=france, language="en", kind="name", text="France")
    reference.raise_version()


def text(name: str, content: str, folder: str = "folder") -> ImportFile:
    return ImportFile(name, content.encode("utf-8"), folder)


def lines(*rows: dict[str, Any], name: str = "a.jsonl") -> ImportFile:
    return text(name, "\n".join(json.dumps(row) for row in rows))


def load(*files: ImportFile | tuple[str, str], **options: Any) -> ImportReport:
    return import_files(files, **{"with_tags": False, **options})


def counts(report: ImportReport) -> dict[str, int]:
    return dict(report.counts)


def test_a_file_becomes_an_article_with_source_original_and_run(originals_dir: Path) -> None:
    report = load(text("a.txt", f"Ministers meet\n3 May 2024\n{FIRST}\n{SECOND}"), paths=["a.txt"])
    article = Article.objects.get()
    assert (article.title, article.title_made, article.body) == ("Ministers meet", False, f"{FIRST}\n\n{SECOND}")
    assert (article.date_text, article.date_kind, article.language, article.source.name) == (
        "2024-05-03", "stated", "en", "folder",
    )  # fmt: skip
    assert article.original is not None
    path = originals.path_of(article.original.sha256)
    assert path.read_bytes().startswith(b"Ministers meet")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    run = ImportRun.objects.get()
    assert (run.pk, run.paths, run.finished_at is not None) == (report.run_id, "a.txt", True)
    assert [(entry.outcome, entry.article) for entry in run.entries.all()] == [("created", article)]


def test_a_text_without_headline_gets_a_made_title() -> None:
    load(text("a.txt", f"{FIRST}\n{SECOND}"))
    article = Article.objects.get()
    assert article.title_made
    assert article.title == FIRST.removesuffix(".")
    assert article.body.startswith(FIRST)


def test_the_same_file_again_changes_nothing() -> None:
    file = lines({"id": 1, "body": FIRST, "source": "S"}, {"body": SECOND}, {"url": "https://e.org/x", "body": OTHER})
    assert counts(load(file)) == {"created": 3}
    before = list(Article.objects.values_list("pk", "updated_at"))
    assert counts(load(file)) == {"unchanged": 3}
    assert list(Article.objects.values_list("pk", "updated_at")) == before


@pytest.mark.parametrize(
    "make",
    [
        lambda body: lines({"id": 1, "source": "S", "body": body}),
        lambda body: lines({"url": "https://e.org/x", "body": body}),
        lambda body: text(
            "a.html", f"<html><link rel=canonical href=https://e.org/a><title>T</title><p>{body}<p>{SECOND}"
        ),
    ],
)
def test_a_corrected_text_updates_its_article(make: Callable[[str], ImportFile]) -> None:
    load(make(FIRST))
    key = Article.objects.get().pk
    assert counts(load(make(FIRST.replace("Monday", "Tuesday")))) == {"updated": 1}
    article = Article.objects.get()
    assert article.pk == key
    assert "Tuesday" in article.body


def test_another_text_under_the_same_file_name_is_another_article() -> None:
    load(text("a.txt", f"Ministers meet\n{FIRST}"))
    assert counts(load(text("a.txt", f"Club wins\n{OTHER}"))) == {"created": 1}
    assert counts(load(text("a.txt", f"Club wins\n{OTHER}"), text("b.txt", "x y z"))) == {"unchanged": 1, "created": 1}
    assert Article.objects.count() == 3


def test_the_same_text_under_another_file_name_is_no_second_article() -> None:
    file = f"Ministers meet\n{FIRST}"
    assert counts(load(text("a.txt", file), text("copy of a.txt", file))) == {"created": 1, "unchanged": 1}


def test_a_corrected_pasted_text_is_a_near_copy_of_the_first() -> None:
    body = " ".join([FIRST, SECOND, OTHER])
    load(text("a.txt", f"Ministers meet\n{body}"))
    report = load(text("a.txt", f"Ministers meet\n{body.replace('Monday', 'Tuesday')}"))
    assert counts(report) == {"copy": 1}
    assert ImportEntry.objects.get(run=report.run_id).reason.startswith("Nearly the same text as “Ministers meet”")
    assert Article.objects.values("copy_group").distinct().count() == 1


def test_rows_that_share_an_id_or_address_but_not_the_text_are_all_kept() -> None:
    rows = [
        {"id": 1, "url": "https://e.org/x", "source": "S", "title": "A", "body": FIRST},
        {"id": 1, "url": "https://e.org/x", "source": "S", "title": "B", "body": SECOND},
        {"id": 2, "url": "https://e.org/x", "source": "S", "title": "C", "body": OTHER},
        {"id": 1, "source": "S", "title": "D", "body": OTHER},
        {"id": 1, "url": "https://e.org/y", "source": "S", "title": "E", "body": f"{FIRST} Again."},
        {"title": "F", "body": FIRST},
        {"title": "F", "body": SECOND},
        {"title": "G", "body": FIRST},
    ]
    assert counts(load(lines(*rows))) == {"created": 4, "copy": 4}
    assert counts(load(lines(*rows))) == {"unchanged": 8}
    # In another order, and with one more on top, as a feed grows.
    more = [{"id": 1, "url": "https://e.org/x", "source": "S", "title": "New", "body": "A new text of its own."}]
    load(lines(*more, *reversed(rows)))
    assert set(Article.objects.values_list("title", flat=True)) == {*"ABCDEFG", "New"}
    assert Article.objects.count() == 9


def test_the_same_id_again_in_one_file_updates_its_article() -> None:
    rows = [{"id": 1, "source": "S", "body": FIRST}, {"id": 1, "source": "S", "body": f"{FIRST} Then they left."}]
    assert counts(load(lines(*rows))) == {"created": 1, "updated": 1}
    assert Article.objects.get().body == f"{FIRST} Then they left."


def test_rows_with_ids_of_their_own_are_kept_though_all_else_is_equal() -> None:
    rows = [{"id": number, "url": "https://e.org/x", "title": "A", "body": FIRST} for number in (1, 2, 3)]
    assert counts(load(lines(*rows))) == {"created": 1, "copy": 2}
    assert counts(load(lines(*rows))) == {"unchanged": 3}
    Article.objects.filter(external_id__in=["1", "2"]).delete()
    assert counts(load(lines(*rows))) == {"copy": 2, "unchanged": 1}


def test_an_id_is_an_id_within_its_source_and_goes_before_the_address() -> None:
    load(lines({"id": 1, "source": "S", "url": "https://e.org/old", "body": FIRST}))
    assert counts(load(lines({"id": 1, "source": "T", "body": OTHER}))) == {"created": 1}
    assert counts(load(lines({"id": 1, "source": "S", "url": "https://e.org/new", "body": FIRST}))) == {"updated": 1}
    # Known by all that it ever came with.
    assert counts(load(lines({"url": "https://e.org/old", "source": "S", "body": FIRST}))) == {"updated": 1}
    assert Article.objects.count() == 2


def test_a_page_is_known_again_by_its_address_from_wherever_it_comes() -> None:
    load(lines({"id": 7, "source": "A feed", "url": "https://e.org/x?utm_source=feed", "title": "T", "body": FIRST}))
    page = f"<html><link rel=canonical href=https://www.e.org/x><title>T</title><article><p>{FIRST}<p>{SECOND}"
    assert counts(load(text("a.html", page))) == {"updated": 1}
    assert Article.objects.count() == 1


def test_a_sites_front_page_as_address_makes_no_two_pages_one() -> None:
    rows = [
        {"url": "https://e.org/", "source": "S", "body": FIRST},
        {"url": "https://e.org", "source": "S", "body": OTHER},
    ]
    assert counts(load(lines(*rows))) == {"created": 2}
    assert counts(load(lines(*rows))) == {"unchanged": 2}


def test_texts_without_id_and_address_are_one_within_a_source_and_two_across() -> None:
    assert counts(load(lines({"source": "S", "title": "T", "body": FIRST}))) == {"created": 1}
    assert counts(load(lines({"source": "S", "title": "T!", "body": FIRST.upper()}))) == {"updated": 1}
    assert counts(load(lines({"source": "Other", "title": "T", "body": FIRST}))) == {"copy": 1}


def test_a_row_that_repeats_another_is_not_stored_twice() -> None:
    row = {"id": 1, "source": "S", "body": FIRST}
    report = load(lines(row, row))
    assert counts(report) == {"created": 1, "unchanged": 1}
    assert "came before" in ImportEntry.objects.get(run=report.run_id, outcome="unchanged").reason


def test_two_pages_with_one_wrong_address_are_two_articles() -> None:
    page = "<html><link rel=canonical href=https://e.org/section><title>%s</title><p>%s<p>%s"
    files = [text("a.html", page % ("A", FIRST, SECOND)), text("b.html", page % ("B", OTHER, OTHER.upper()))]
    assert counts(load(*files)) == {"created": 2}
    assert counts(load(*files)) == {"unchanged": 2}


def test_what_an_editor_corrected_stays_when_the_same_file_comes_again() -> None:
    file = text("a.txt", f"Ministers meet\n{FIRST}")
    load(file)
    Article.objects.update(title="Ministers met")
    assert counts(load(file)) == {"unchanged": 1}
    assert Article.objects.get().title == "Ministers met"


def test_bad_files_and_records_stop_nothing() -> None:
    report = load(
        ("gone.txt", "There is no such file or folder."),
        ImportFile("a.png", b"\x89PNG\r\n"),
        text("a.jsonl", f'broken\n{{"body": "{FIRST}"}}'),
        text("b.txt", f"Ministers meet\n{SECOND}"),
    )
    assert counts(report) == {"failed": 3, "created": 2}
    assert [(entry.record, entry.outcome) for file in report.files for entry in file.entries] == [
        (0, "failed"), (0, "failed"), (1, "failed"),
    ]  # fmt: skip
    assert ImportEntry.objects.filter(outcome="failed").count() == 3


def test_a_reader_that_breaks_is_one_failed_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(file: ImportFile) -> Any:
        if file.name == "a.txt":
            raise KeyError("x")
        return real(file)

    real = loader.readers.read
    monkeypatch.setattr(loader.readers, "read", read)
    assert counts(load(text("a.txt", FIRST), text("b.txt", SECOND))) == {"failed": 1, "created": 1}


def test_a_text_that_is_too_long_is_refused_with_its_length(settings: Any) -> None:
    settings.ARTICLE_MAX_LENGTH = 50
    report = load(lines({"body": FIRST}, {"body": "Short."}))
    assert counts(report) == {"failed": 1, "created": 1}
    assert f"{len(FIRST)} characters" in report.files[0].entries[0].reason


def test_a_dry_run_reports_and_writes_nothing(originals_dir: Path) -> None:
    file = text("a.txt", f"Ministers meet\n{FIRST}")
    report = load(file, file, lines({"id": 1, "body": SECOND}, {"body": ""}), dry_run=True)
    assert counts(report) == {"created": 2, "unchanged": 1, "empty": 1}
    for model in (Article, ImportRun, ImportEntry, Original, Source):
        assert model._default_manager.count() == 0
    assert not originals_dir.exists()


def test_keys_are_told_some_at_a_time_and_only_of_what_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loader, "_BATCH", 2)
    monkeypatch.setattr(loader, "_TOLD_EVERY", 0.0)
    told: list[list[int]] = []
    rows = [{"id": number, "source": "S", "body": f"{FIRST} {number}"} for number in range(5)]
    load(lines(*rows), committed=told.append)
    assert [len(keys) for keys in told] == [2, 2, 1]
    told.clear()
    rows[3]["title"] = "Now with a title"
    load(lines(*rows), committed=told.append)
    assert [Article.objects.get(pk=key).title for keys in told for key in keys] == ["Now with a title"]


def test_nothing_is_told_within_ten_seconds_until_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loader, "_BATCH", 2)
    now = count(time.monotonic(), 3)
    monkeypatch.setattr(loader.time, "monotonic", lambda: next(now))
    told: list[tuple[float, int]] = []
    rows = [{"id": number, "source": "S", "body": f"{FIRST} {number}"} for number in range(40)]
    load(lines(*rows), committed=lambda keys: told.append((loader.time.monotonic(), len(keys))))
    assert sum(number for _, number in told) == 40
    assert len(told) > 2
    moments = [moment for moment, _ in told]
    assert all(later - earlier >= 10 for earlier, later in pairwise(moments[:-1]))


def test_a_record_that_the_database_refuses_fails_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    real = Article.objects.bulk_create

    def refuse(articles: list[Article], *args: Any, **options: Any) -> Any:
        if any(article.title == "Bad" for article in articles):
            raise IntegrityError
        return real(articles, *args, **options)

    monkeypatch.setattr(type(Article.objects), "bulk_create", lambda self, *args, **options: refuse(*args, **options))
    rows = [
        {"id": title, "source": "S", "title": title, "body": f"{FIRST} {title}"} for title in ("Good", "Bad", "Fine")
    ]
    assert counts(load(lines(*rows))) == {"created": 2, "failed": 1}
    assert set(Article.objects.values_list("title", flat=True)) == {"Good", "Fine"}


def test_somebody_elses_import_of_the_same_record_meanwhile_doubles_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    row = lines({"id": 1, "source": "S", "body": FIRST})
    load(row)
    seen = Catalogue.load
    blind = iter([True])

    def load_late(self: Catalogue, batch: Any) -> None:
        seen(self, batch)
        if next(blind, False):  # the other's commit comes after we looked
            self._known.clear()

    monkeypatch.setattr(Catalogue, "load", load_late)
    assert counts(load(row)) == {"unchanged": 1}
    assert Article.objects.count() == 1


def test_articles_are_tagged(gazetteer: None) -> None:
    load(text("a.txt", f"France and others meet\n{FIRST} France was the host."), with_tags=True)
    tag = CountryTag.objects.get()
    assert (tag.country_id, tag.count, tag.by_editor) == ("FR", 2, False)
    assert ["title", 0, 6, "name"] in tag.evidence


def test_a_corrected_text_is_tagged_anew_and_an_editors_word_stays(gazetteer: None) -> None:
    spain = Country.objects.create(code="ES", name="Spain")
    load(lines({"id": 1, "source": "S", "body": f"{FIRST} France was the host."}), with_tags=True)
    CountryTag.objects.create(article=Article.objects.get(), country=spain, by_editor=True)
    load(lines({"id": 1, "source": "S", "body": f"{FIRST} Nobody was the host."}), with_tags=True)
    assert list(CountryTag.objects.values_list("country", flat=True)) == ["ES"]
    CountryTag.objects.create(article=Article.objects.get(), country_id="FR", removed=True)
    load(lines({"id": 1, "source": "S", "body": f"{FIRST} France was the host again."}), with_tags=True)
    assert CountryTag.objects.get(country="FR").removed


def test_an_empty_gazetteer_is_said_before_anything_is_written() -> None:
    with pytest.raises(EmptyGazetteer):
        load(text("a.txt", FIRST), with_tags=True)
    assert ImportRun.objects.count() == 0


def test_sources_are_told_from_record_address_and_folder() -> None:
    load(
        lines({"body": FIRST, "source": "Порт и гавань"}, {"body": SECOND, "url": "https://www.e.org/x"}),
        text("a.txt", OTHER, folder=""),
        lines({"body": "Порт-и гавань!", "source": "Порт и гавань!"}),
    )
    assert set(Source.objects.values_list("name", "slug")) == {
        ("Порт и гавань", "порт-и-гавань"), ("Порт и гавань!", "порт-и-гавань-2"), ("e.org", "eorg"),
        ("Unknown source", "unknown-source"),
    }  # fmt: skip


def test_what_a_killed_process_left_half_written_is_swept_up(originals_dir: Path) -> None:
    load(text("a.txt", FIRST))
    folder = next(originals_dir.iterdir())
    old, new = folder / ".new-old", folder / ".new-now"
    for path in (old, new):
        path.write_text("half")
    os.utime(old, (0, 0))
    ImportRun.objects.create(paths="killed")
    load(text("a.txt", FIRST))
    assert (old.exists(), new.exists()) == (False, True)
    assert set(ImportRun.objects.values_list("paths", "state")) == {("", "finished"), ("killed", "interrupted")}


def test_an_import_that_is_stopped_says_so_and_keeps_what_it_has() -> None:
    def files() -> Iterator[ImportFile]:
        yield text("a.txt", FIRST)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_files(files(), with_tags=False)
    assert ImportRun.objects.get().state == "interrupted"
    assert Article.objects.count() == 1


def test_a_run_at_work_is_not_taken_for_a_killed_one() -> None:
    at_work = runs.begin(None, ["other"])
    load(text("a.txt", FIRST))
    assert ImportRun.objects.get(paths="other").state == "running"
    at_work.end()
    assert ImportRun.objects.get(paths="other").state == "finished"


def test_the_articles_of_a_killed_run_are_told_to_the_index_by_the_next() -> None:
    load(text("a.txt", FIRST))
    ImportRun.objects.update(state="running")
    told: list[int] = []
    load(text("b.txt", SECOND), committed=told.extend)
    assert set(told) == set(Article.objects.values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("own", "setting", "expected"),
    [
        ("", "UTC", "2024-05-01T10:30Z"),
        ("", "Asia/Tokyo", "2024-05-01T01:30Z"),
        ("America/New_York", "Asia/Tokyo", "2024-05-01T14:30Z"),
    ],
)
def test_a_clock_time_without_a_zone_is_the_sources(own: str, setting: str, expected: str, settings: Any) -> None:
    settings.SOURCE_TIME_ZONE = setting
    Source.objects.create(name="S", slug="s", time_zone=own)
    load(lines({"source": "S", "date": "2024-05-01T10:30", "body": FIRST}))
    assert Article.objects.get().date_text == expected


@pytest.mark.parametrize("date", ["2024-05-01", "2024-05-01T10:30Z", "2024-05"])
def test_days_and_times_with_a_zone_are_not_shifted(date: str) -> None:
    Source.objects.create(name="S", slug="s", time_zone="America/New_York")
    load(lines({"source": "S", "date": date, "body": FIRST}))
    assert Article.objects.get().date_text == date


@pytest.mark.parametrize(("date", "side"), [("2999-05-01", "in the future"), ("1850-05-01", "before 1900")])
def test_an_impossible_date_is_reported_and_the_article_is_undated(date: str, side: str) -> None:
    report = load(lines({"date": date, "body": f"On 16 November 2023 they met. {FIRST}"}))
    article = Article.objects.get()
    assert (article.date_text, article.date_kind) == ("", "none")
    assert side in report.files[0].entries[0].reason


def test_short_posts_and_summaries_are_marked() -> None:
    load(
        lines(
            {"id": 1, "body": "The talks in the capital ended without a result."},
            {"id": 2, "body": f"{FIRST} {SECOND}"},
            {"id": 3, "summary": f"{SECOND} {OTHER}"},
        )
    )
    assert dict(Article.objects.values_list("external_id", "extent")) == {"1": "short", "2": "full", "3": "summary"}


def test_a_file_that_is_too_large_is_refused_and_the_others_go_on(settings: Any) -> None:
    settings.IMPORT_MAX_FILE_SIZE = 200
    report = load(text("a.txt", f"{FIRST} {SECOND} {OTHER}"), text("b.txt", FIRST))
    assert counts(report) == {"failed": 1, "created": 1}
    assert "at most 200 are taken" in report.files[0].entries[0].reason


def test_posts_without_a_text_are_lines_of_the_report() -> None:
    report = load(lines({"id": 1, "body": " "}, {"id": 2, "body": FIRST}))
    assert counts(report) == {"empty": 1, "created": 1}
    entry = ImportEntry.objects.get(outcome="empty")
    assert (entry.record, entry.place, entry.article) == (1, "line 1", None)
    assert entry.reason


def test_every_record_has_a_line_of_its_own_with_its_place() -> None:
    load(lines({"id": 1, "body": FIRST}, {"id": 2, "body": FIRST}), text("b.txt", FIRST), text("b.txt", FIRST, "other"))
    assert list(ImportEntry.objects.order_by("pk").values_list("file", "record", "place", "outcome")) == [
        ("folder/a.jsonl", 1, "line 1", "created"), ("folder/a.jsonl", 2, "line 2", "copy"),
        ("folder/b.txt", 1, "", "unchanged"), ("other/b.txt", 1, "", "copy"),
    ]  # fmt: skip


def test_a_summary_never_takes_the_place_of_a_full_text_and_a_full_text_takes_the_place_of_a_summary() -> None:
    summary = lines({"url": "https://e.org/x", "source": "S", "title": "T", "summary": FIRST})
    full = lines({"url": "https://e.org/x", "source": "S", "title": "T", "body": f"{FIRST} {SECOND} {OTHER}"})
    load(summary)
    assert counts(load(full)) == {"updated": 1}
    assert Article.objects.get().extent == "full"
    report = load(summary)
    assert counts(report) == {"unchanged": 1}
    assert "summary" in ImportEntry.objects.get(run=report.run_id).reason
    assert Article.objects.get().body.endswith(OTHER)


def test_a_record_that_is_silent_on_something_takes_nothing_away() -> None:
    row = {"id": 1, "source": "S", "url": "https://e.org/x", "date": "2024-05-01", "author": "Ana Ruiz", "body": FIRST}
    load(lines(row))
    assert counts(load(lines({"id": 1, "source": "S", "body": FIRST}))) == {"unchanged": 1}
    assert counts(load(lines({"id": 1, "source": "S", "body": f"{FIRST} And left."}))) == {"updated": 1}
    article = Article.objects.get()
    assert (article.url, article.date_text, article.byline) == ("https://e.org/x", "2024-05-01", "Ana Ruiz")
