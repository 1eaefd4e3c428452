"""Lines that recur at the ends of a source's articles are learned and left out, in sight and with a way back."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import reference
from articles.importing import ImportFile, ImportReport, import_files, tagging
from articles.importing.boilerplate import stripped
from articles.importing.cleaning.repeats import passage_key
from articles.models import Article, BoilerplateLine, Country, CountryName, ImportEntry
from tests.importing.test_sketches import words

SIGN_OFF = "Harbour Live – be the first to know | Send us your news"
OPENER = "HARBOUR NEWS AGENCY, THE PORT"


@pytest.fixture(autouse=True)
def originals_dir(settings: Any, tmp_path: Path) -> None:
    settings.ORIGINALS_DIR = tmp_path / "originals"


def load(*rows: dict[str, Any], **options: Any) -> ImportReport:
    content = "\n".join(json.dumps(row) for row in rows).encode()
    return import_files([ImportFile("a.jsonl", content, "folder")], with_tags=False, **options)


def post(number: int, *lines: str, source: str = "Harbour", first: str = "") -> dict[str, Any]:
    text = f"{words(30, number).capitalize()}."
    return {"id": number, "source": source, "body": "\n\n".join(filter(None, (first, text, *lines)))}


@pytest.mark.django_db
def test_a_line_at_the_end_of_many_articles_is_learned_and_left_out_of_all_of_them() -> None:
    report = load(*[post(number, SIGN_OFF) for number in range(30)])
    assert not Article.objects.filter(body__contains="Harbour Live").exists()
    line = BoilerplateLine.objects.get()
    assert (line.text, line.source.name, line.active) == (SIGN_OFF, "Harbour", True)
    note = ImportEntry.objects.get(run=report.run_id, outcome="note").reason
    assert SIGN_OFF in note and "stands in 10 of the last 10 articles of Harbour" in note
    assert [entry.outcome for entry in report.files[0].entries] == ["note"]
    # The same file again changes nothing, and what comes later is cleaned from the start.
    assert dict(load(*[post(number, SIGN_OFF) for number in range(30)]).counts) == {"unchanged": 30}
    load(post(99, SIGN_OFF))
    assert not Article.objects.filter(body__contains="Harbour Live").exists()


@pytest.mark.django_db
def test_lines_are_learned_across_imports_too() -> None:
    for number in range(12):
        load(post(number, SIGN_OFF, first=OPENER))
    assert set(BoilerplateLine.objects.values_list("text", flat=True)) == {SIGN_OFF, OPENER}
    assert not Article.objects.filter(body__contains="HARBOUR").exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("in too few articles", [post(number, SIGN_OFF) for number in range(9)]),
        ("in too small a share", [post(number, *([SIGN_OFF] if number % 5 == 0 else [])) for number in range(100)]),
        ("of another source each", [post(number, SIGN_OFF, source=f"S{number}") for number in range(30)]),
        ("amid the text", [post(n, SIGN_OFF, *[f"{words(9, 50 * n + k)}." for k in range(6)]) for n in range(30)]),
        ("of hashtags", [post(number, "#Harbour #Grain") for number in range(30)]),
        ("too long for a line", [post(number, "word " * 80) for number in range(30)]),
        ("the whole text", [{"id": n, "source": "Harbour", "body": SIGN_OFF} for n in range(30)]),
    ],
)
def test_other_lines_stay(name: str, rows: list[dict[str, Any]]) -> None:
    load(*rows)
    assert BoilerplateLine.objects.count() == 0
    assert set(Article.objects.values_list("body", flat=True)) == {row["body"].strip() for row in rows}


@pytest.mark.django_db
def test_what_an_editor_lets_stay_stays() -> None:
    load(*[post(number, SIGN_OFF) for number in range(10)])
    BoilerplateLine.objects.update(active=False)
    load(*[post(number, SIGN_OFF) for number in range(100, 120)])
    assert Article.objects.filter(body__contains=SIGN_OFF).count() == 20
    assert BoilerplateLine.objects.count() == 1


@pytest.mark.django_db
def test_a_text_that_cannot_be_tagged_anew_does_not_end_the_import(monkeypatch: pytest.MonkeyPatch) -> None:
    country = Country.objects.create(code="FR", name="France")
    CountryName.objects.create(country=country, language="en", kind="name", text="France")
    reference.raise_version()

    def broken(*arguments: object) -> None:
        raise ValueError("no tags today")

    monkeypatch.setattr(tagging, "tags_of", broken)
    rows = [post(number, SIGN_OFF) for number in range(12)]
    content = "\n".join(json.dumps(row) for row in rows).encode()
    report = import_files([ImportFile("a.jsonl", content, "folder")])
    assert report.counts["created"] == 12
    assert not Article.objects.filter(body__contains="Harbour Live").exists()


@pytest.mark.django_db
def test_a_dry_run_says_what_it_would_learn() -> None:
    rows = [post(number, SIGN_OFF) for number in range(30)]
    told = load(*rows, dry_run=True)
    assert BoilerplateLine.objects.count() == 0
    assert [entry.reason for entry in told.files[0].entries] == [entry.reason for entry in load(*rows).files[0].entries]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Text.\n\nBye", "Text."),
        ("Text.\n\nBye\n\n#Tag", "Text.\n\n#Tag"),
        ("Bye\n\nA text that is longer.\n\nBye\n\nBYE!", "A text that is longer."),
        ("Bye\n\nText.\n\nBye\n\nBYE!", "Bye\n\nText.\n\nBye\n\nBYE!"),
        ("One.\n\nBye\n\nTwo.\n\nThree.\n\nFour.\n\nFive.", "One.\n\nBye\n\nTwo.\n\nThree.\n\nFour.\n\nFive."),
        ("Bye", "Bye"),
        ("Bye\n\n12:30", "Bye\n\n12:30"),
    ],
)
def test_lines_go_at_the_ends_only_and_never_all(body: str, expected: str) -> None:
    assert stripped(body, [passage_key("Bye")]) == expected


@given(st.lists(st.sampled_from(["Bye", "One.", "Two.", "12", "#Tag"]), min_size=1, max_size=12))
def test_whatever_is_left_out_something_is_left_and_in_order(paragraphs: list[str]) -> None:
    kept = stripped("\n\n".join(paragraphs), [passage_key("Bye")]).split("\n\n")
    assert kept
    assert [each for each in kept if each != "Bye"] == [each for each in paragraphs if each != "Bye"]
