"""Near-copies of one text under several identities stand in one group; the report names the head."""

import json
import random
from pathlib import Path
from typing import Any

import pytest

from articles.importing import ImportFile, ImportReport, import_files
from articles.importing.copies import regroup
from articles.models import Article, ImportEntry, SketchBand, TextSketch
from tests.importing.test_sketches import RATES, WIRE, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def originals_dir(settings: Any, tmp_path: Path) -> None:
    settings.ORIGINALS_DIR = tmp_path / "originals"


def load(*rows: dict[str, Any], **options: Any) -> ImportReport:
    content = "\n".join(json.dumps(row) for row in rows).encode()
    return import_files([ImportFile("a.jsonl", content, "folder")], with_tags=False, **options)


def row(source: str, body: str, **fields: Any) -> dict[str, Any]:
    return {"id": len(body), "source": source, "title": f"From {source}", "body": body, **fields}


def groups() -> list[set[str]]:
    found: dict[str, set[str]] = {}
    for group, source in Article.objects.values_list("copy_group", "source__name"):
        found.setdefault(group, set()).add(source)
    return sorted(found.values(), key=sorted)


SITES = [
    row("A", WIRE, date="2024-05-03"),
    row("B", f"Ministers sign in the customs house. {WIRE}", date="2024-05-02"),
    row("C", WIRE.upper(), date="2024-05-04"),
    row("D", WIRE.replace("Tuesday", "Wednesday")),
    row("E", WIRE[: WIRE.rindex("The next")], date="2024-05-05"),
    row("F", words(80, 5)),
]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("at_once", [True, False])
def test_one_wire_story_on_five_sites_is_one_group_of_five_articles(seed: int, at_once: bool) -> None:
    rows = random.Random(seed).sample(SITES, len(SITES))
    for batch in [rows] if at_once else [[each] for each in rows]:
        load(*batch)
    assert Article.objects.count() == 6
    assert groups() == [{"A", "B", "C", "D", "E"}, {"F"}]


def test_the_report_names_the_earliest_article_of_the_group() -> None:
    report = load(*SITES)
    assert dict(report.counts) == {"created": 2, "copy": 4}
    reasons = ImportEntry.objects.filter(outcome="copy").order_by("pk").values_list("reason", flat=True)
    assert reasons[0] == "Nearly the same text as “From A” (A, 2024-05-03)."
    assert reasons[1] == "Nearly the same text as “From B” (B, 2024-05-02)."
    assert ImportEntry.objects.filter(outcome="copy", article=None).count() == 0


def test_a_dry_run_finds_the_same_copies_and_writes_nothing() -> None:
    told = load(*SITES, dry_run=True)
    assert Article.objects.count() == TextSketch.objects.count() == 0
    assert told.counts == load(*SITES).counts


def test_a_text_that_is_near_to_two_groups_makes_them_one() -> None:
    parts = [words(60, seed) for seed in (1, 2, 3)]
    one, other = " ".join([words(300, 9), parts[0]]), " ".join([words(300, 9), parts[1], parts[2]])
    third = " ".join([words(300, 9), parts[2]])
    far = other + " " + words(120, 4)
    keys: list[int] = []
    load(row("A", one), row("Z", far))
    assert len(groups()) == 2
    load(row("B", third), row("C", other), committed=keys.extend)
    assert groups() == [{"A", "B", "C", "Z"}]
    # Those that were drawn into another group must be indexed again, though they are as they were.
    changed = set(Article.objects.filter(pk__in=keys).values_list("source__name", flat=True))
    assert {"B", "C"} < changed


def test_rates_of_two_days_and_short_posts_that_differ_in_a_name_stand_alone() -> None:
    load(
        row("A", RATES.format(a="106,7", b="112,5", c="2641", d="72,9", e="2514")),
        row("B", RATES.format(a="95,9", b="104,6", c="2649", d="77,5", e="2718")),
        row("C", "Talks with the foreign minister of Laos began in the capital."),
        row("D", "Talks with the foreign minister of Chad began in the capital."),
        row("E", "Talks with the foreign minister of Chad began in the capital!"),
    )
    assert groups() == [{"A"}, {"B"}, {"C"}, {"D", "E"}]


def test_an_article_whose_text_changes_leaves_its_group() -> None:
    load({"id": 1, "source": "A", "body": WIRE}, {"id": 1, "source": "B", "body": WIRE})
    assert groups() == [{"A", "B"}]
    load({"id": 1, "source": "B", "body": words(80, 7)})
    assert groups() == [{"A"}, {"B"}]
    # What it said before is nobody's text any more and attracts nothing but its like.
    load({"id": 1, "source": "C", "body": WIRE})
    assert groups() == [{"A", "C"}, {"B"}]


def test_equal_texts_share_one_sketch() -> None:
    load(*[{"id": number, "source": "S", "body": WIRE} for number in range(5)])
    assert TextSketch.objects.count() == 1
    assert SketchBand.objects.count() == 16


def test_adding_one_article_does_not_compare_it_with_all(django_assert_max_num_queries: Any) -> None:
    load(*[{"id": number, "source": "S", "body": words(80, 100 + number)} for number in range(300)])
    compared: list[int] = []
    from articles.importing.sketches import Text

    real = Text.is_near
    Text.is_near = lambda self, other: compared.append(1) or real(self, other)  # type: ignore[method-assign,func-returns-value]
    try:
        with django_assert_max_num_queries(45):
            load({"id": "new", "source": "T", "body": f"{words(80, 100)} and more"})
    finally:
        Text.is_near = real  # type: ignore[method-assign]
    assert len(compared) <= 2
    assert {"S", "T"} in groups()


def test_an_archive_is_grouped_anew_as_it_was_grouped_at_first() -> None:
    load(*SITES)
    Article.objects.update(copy_group="")
    TextSketch.objects.all().delete()
    shown: list[tuple[int, int]] = []
    assert regroup(lambda done, total: shown.append((done, total))) == 5
    assert groups() == [{"A", "B", "C", "D", "E"}, {"F"}]
    assert shown == [(6, 6)]
    load(row("G", f"{WIRE} And so on."))
    assert groups() == [{"A", "B", "C", "D", "E", "G"}, {"F"}]
