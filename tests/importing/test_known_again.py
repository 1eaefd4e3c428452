"""The same article again, another under the same id or address, and who knows less about it: over several imports."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError

from articles.importing import ImportFile, import_files, writing
from articles.importing.identity import canonical_url
from articles.models import Article, Identity, ImportEntry, Unindexed
from articles.search import indexing
from tests.importing.test_sketches import CALL, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def originals_dir(settings: Any, tmp_path: Path) -> None:
    settings.ORIGINALS_DIR = tmp_path / "originals"


def text(number: int) -> str:
    return f"{words(60, number).capitalize()}."


def file(*rows: dict[str, Any], name: str = "a.jsonl") -> ImportFile:
    return ImportFile(name, "\n".join(json.dumps(row) for row in rows).encode(), "folder")


def load(*files: ImportFile, **options: Any) -> dict[str, int]:
    return dict(import_files(files, with_tags=False, **options).counts)


def bodies() -> list[str]:
    return sorted(Article.objects.values_list("body", flat=True))


MONDAY = [{"id": n, "source": "S", "date": "2024-05-06", "title": f"M{n}", "body": text(n)} for n in (1, 2)]
TUESDAY = [{"id": n, "source": "S", "date": "2024-05-07", "title": f"T{n}", "body": text(10 + n)} for n in (1, 2)]


def test_a_file_that_numbers_its_rows_anew_overwrites_nothing() -> None:
    monday, tuesday = file(*MONDAY), file(*TUESDAY)
    assert load(monday) == {"created": 2}
    assert load(tuesday) == {"created": 2}
    assert bodies() == sorted(text(n) for n in (1, 2, 11, 12))
    for again in ([monday], [tuesday], [tuesday, monday], [monday, tuesday]):
        assert load(*again) == {"unchanged": 2 * len(again)}


@pytest.mark.parametrize("date", [{}, {"date": "2024-05-06"}])
def test_an_article_that_is_rewritten_from_end_to_end_is_updated(date: dict[str, str]) -> None:
    load(file({"id": 1, "source": "S", "title": "T", "body": text(1), **date}))
    assert load(file({"id": 1, "source": "S", "title": "T", "body": text(2), **date})) == {"updated": 1}
    assert bodies() == [text(2)]


def page(number: int, date: str) -> dict[str, Any]:
    return {"url": "https://e.org/en", "source": "S", "title": f"P{number}", "date": date, "body": text(number)}


@pytest.mark.parametrize("dates", [("2024-05-06", "2024-06-07"), ("", "")])
@pytest.mark.parametrize("together", [True, False])
def test_two_pages_that_name_one_address_stay_two_in_whatever_order_they_come(
    dates: tuple[str, str], together: bool
) -> None:
    one, two = (file(page(number, date), name=f"{number}.jsonl") for number, date in enumerate(dates, start=1))
    for files in [[one, two]] if together else [[one], [two]]:
        assert load(*files) == {"created": len(files)}
    for files in ([one], [two], [two, one], [one, two]):
        assert load(*files) == {"unchanged": len(files)}
    assert bodies() == sorted([text(1), text(2)])


def test_a_record_that_stands_under_two_addresses_protects_both() -> None:
    rows = [
        {"id": 2, "source": "S", "url": "https://e.org/1", "body": text(1)},
        {"id": 2, "source": "S", "url": "https://e.org/2", "body": text(1)},
        {"source": "S", "url": "https://e.org/2", "body": text(2)},
    ]
    load(file(*rows))
    assert bodies() == sorted([text(1), text(2)])


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize("together", [True, False])
def test_a_summary_and_the_full_text_of_one_address_are_one_article(order: tuple[int, int], together: bool) -> None:
    rows = (
        {"url": "https://e.org/x", "source": "S", "title": "T", "summary": words(20, 7)},
        {"url": "https://e.org/x", "source": "S", "title": "T", "body": text(1)},
    )
    files = [file(rows[index], name=f"{index}.jsonl") for index in order]
    for several in [files] if together else [[each] for each in files]:
        load(*several)
    assert bodies() == [text(1)]
    assert load(*files) == {"unchanged": 2}


def test_two_files_with_two_wordings_of_one_article_come_to_rest() -> None:
    old = file({"id": 1, "source": "S", "title": "T", "body": text(1)}, name="old.jsonl")
    new = file({"id": 1, "source": "S", "title": "T", "body": f"{text(1)} Corrected."}, name="new.jsonl")
    assert load(old, new) == {"created": 1, "updated": 1}
    for dry_run in (True, False, False):
        assert load(old, new, dry_run=dry_run) == {"unchanged": 2}
    assert bodies() == [f"{text(1)} Corrected."]


def test_an_editors_correction_stays_though_several_files_gave_the_article() -> None:
    old = file({"id": 1, "source": "S", "title": "T", "body": text(1)}, name="old.jsonl")
    new = file({"id": 1, "source": "S", "title": "T", "body": f"{text(1)} Corrected."}, name="new.jsonl")
    load(old, new)
    Article.objects.update(title="By an editor")
    assert load(old, new) == {"unchanged": 2}
    assert Article.objects.get().title == "By an editor"


def test_who_knows_less_takes_nothing_away() -> None:
    full = {
        "url": "https://e.org/x", "source": "Harbour Wire", "title": "Ministers meet", "date": "2024-05-01T10:30Z",
        "body": text(1),
    }  # fmt: skip
    load(file(full))
    poorer = file({"url": "https://e.org/x", "date": "2024-05-01", "body": text(1)}, name="b.jsonl")
    assert load(poorer) == {"unchanged": 1}
    extract = file({"url": "https://e.org/x", "body": " ".join(text(1).split()[:25])}, name="c.jsonl")
    assert load(extract) == {"unchanged": 1}
    article = Article.objects.get()
    assert (article.title, article.date_text, article.source.name, article.body) == (
        "Ministers meet", "2024-05-01T10:30Z", "Harbour Wire", text(1),
    )  # fmt: skip


def test_a_record_that_failed_is_not_taken_for_its_neighbour_when_it_is_tried_again() -> None:
    rows = file(
        {"url": "https://e.org/x", "source": "S", "title": "A", "body": text(1)},
        {"url": "https://e.org/x", "source": "S", "title": "B", "body": text(2)},
    )
    only_first = import_files([rows], with_tags=False, only=lambda file, record: record == 1)
    assert dict(only_first.counts) == {"created": 1}
    only_second = import_files([rows], with_tags=False, only=lambda file, record: record == 2)
    assert dict(only_second.counts) == {"created": 1}
    assert bodies() == sorted([text(1), text(2)])


@pytest.mark.parametrize(
    "other",
    [
        "https://e.org/وزير/",
        "https://e.org/%D9%88%D8%B2%D9%8A%D8%B1",
        "http://www.e.org/%d9%88%d8%b2%d9%8a%d8%b1?fbclid=1",
    ],
)
def test_an_address_in_letters_and_in_percent_signs_is_one(other: str) -> None:
    assert canonical_url(other) == canonical_url("https://e.org/وزير")


def test_a_form_that_a_ministry_fills_in_again_another_day_is_no_near_copy() -> None:
    rows = [
        {"id": n, "source": "MFA", "date": date, "body": CALL.format(name=name).replace(" from " + name, "")}
        for n, (date, name) in enumerate([("2024-02-04", "Jordan"), ("2024-02-11", "Iraq"), ("2024-03-15", "Kuwait")])
    ]
    assert load(file(*rows)) == {"created": 3}
    # Elsewhere, the very text is a copy of course.
    assert load(file({**rows[0], "source": "A paper"})) == {"copy": 1}


def test_what_no_index_has_learned_of_is_told_by_the_next_import(index: Path) -> None:
    load(file({"id": 1, "source": "S", "body": text(1)}))
    assert Unindexed.objects.count() == 1

    def broken(keys: list[int]) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(file({"id": 2, "source": "S", "body": text(2)}), committed=broken)
    load(file({"id": 3, "source": "S", "body": text(3)}), committed=indexing.update)
    assert not indexing.is_stale()
    assert Unindexed.objects.count() == 0


def test_somebody_who_waits_does_not_wait_for_the_whole_backlog() -> None:
    load(file(*[{"id": number, "source": "S", "body": text(number)} for number in range(5)]))
    told: list[int] = []
    load(file({"id": 9, "source": "S", "body": text(9)}), committed=told.extend, catch_up=2)
    assert len(told) == 3
    assert Unindexed.objects.count() == 3


def test_a_key_that_identifies_nothing_is_marked_though_the_first_try_to_store_it_fails(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = writing.remember
    refused = iter([False, True])

    def remember(texts: Any) -> None:
        real(texts)
        if next(refused, False):
            raise IntegrityError("somebody was faster")

    monkeypatch.setattr(writing, "remember", remember)
    one, two = file(page(1, ""), name="1.jsonl"), file(page(2, ""), name="2.jsonl")
    assert load(one) == {"created": 1}
    assert load(two) == {"created": 1}
    assert Identity.objects.filter(shared=True).count() == 1


def test_many_equal_texts_under_ids_of_their_own_are_written_together(django_assert_max_num_queries: Any) -> None:
    rows = [{"id": number, "source": "S", "title": "T", "body": text(1)} for number in range(150)]
    with django_assert_max_num_queries(80):
        assert load(file(*rows)) == {"created": 1, "copy": 149}
    assert ImportEntry.objects.count() == 150
