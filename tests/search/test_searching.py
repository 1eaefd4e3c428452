"""Searches through the front door: what a page, an export and a command line are told."""

import datetime
import html
import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.db import OperationalError
from django.http import QueryDict
from django.utils import translation
from haystack import connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.models import Article, Unindexed, UnindexedQuerySet
from articles.search import EngineUnavailable, Matches, SearchParams, SearchResults, indexing, matches, names, search
from articles.search.names import Names
from articles.search.results import FacetValue
from tests.search.gazetteers import SMALL

# The way out of a chosen range to all dates.
ALL = ("All dates", "")
Archive = Callable[..., list[Article]]


@pytest.fixture(autouse=True)
def small_gazetteer(monkeypatch: pytest.MonkeyPatch) -> None:
    known = Names(SMALL)
    monkeypatch.setattr(names, "current", lambda: known)


def found(address: str, **fields: Any) -> SearchResults:
    return search(SearchParams.from_query(QueryDict(address)), **fields)


def every(address: str, **fields: Any) -> Matches:
    return matches(SearchParams.from_query(QueryDict(address)), **fields)


def titles(results: SearchResults) -> list[str]:
    return [hit.article.title for hit in results.hits]


def value(results: SearchResults, facet: str, name: str) -> FacetValue:
    (result,) = (result for result in results.facets if result.name == facet)
    (found,) = (found for found in result.values if found.value == name)
    return found


# --- the four states


def test_the_start_page_lists_everything_newest_first(archive: Archive) -> None:
    archive({"title": "old", "date": "2022-01-01"}, {"title": "undated"}, {"title": "new", "date": "2024-01-01"})
    results = found("")
    assert (results.state, results.total, results.stories) == ("found", 3, 3)
    assert titles(results) == ["new", "old", "undated"]
    assert [hit.rank for hit in results.hits] == [1, 2, 3]
    assert results.messages == ()


def test_words_are_searched_and_marked(archive: Archive) -> None:
    archive({"title": "Truce <b>in</b> Gaza", "body": "The truce & more."}, {"title": "Oil"})
    results = found("q=truces")
    assert results.state == "found"
    (hit,) = results.hits
    assert hit.title == "<mark>Truce</mark> &lt;b&gt;in&lt;/b&gt; Gaza"
    assert hit.snippet == "The <mark>truce</mark> &amp; more."
    assert hit.score > 0


def test_nothing_found_is_said_with_the_chosen_values_still_listed(archive: Archive) -> None:
    archive({"body": "truce", "countries": ("RU",)})
    results = found("q=truce&country=IR&minister=wang-yi")
    assert (results.state, results.total, results.hits) == ("nothing", 0, ())
    iran = value(results, "country", "IR")
    assert (iran.count, iran.chosen, iran.label) == (0, True, "Iran")
    assert value(results, "minister", "wang-yi").label == "wang-yi"


@pytest.mark.parametrize("q", ["()", "*", "OR", '"', "-", "country:", "?!", "%E2%80%8B"])
def test_what_cannot_be_understood_is_not_taken_for_nothing_found(archive: Archive, q: str) -> None:
    archive({"body": "truce"})
    results = found(f"q={q}")
    assert (results.state, results.total, results.hits) == ("not_understood", 0, ())
    answer = every(f"q={q}")
    assert (answer.state, answer.total, answer.ids) == ("not_understood", 0, [])


def test_a_part_that_is_not_understood_is_named_and_the_rest_searched(archive: Archive) -> None:
    archive({"body": "truce"}, {"body": "oil"})
    results = found("q=truce+OR+)")
    assert (results.state, results.total) == ("found", 1)
    assert any("“OR”" in message for message in results.messages)
    assert any("“)”" in message for message in results.messages)
    assert every("q=truce+OR+)").messages == results.messages


def remove(index: Path) -> None:
    for path in sorted(index.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    index.rmdir()


def build(index: Path) -> Path:
    return index / (index / "LIVE").read_text()


def rewrite(pattern: str, change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    def damage(index: Path) -> None:
        paths = list(build(index).glob(pattern))
        assert paths
        for path in paths:
            path.write_bytes(change(path.read_bytes()))

    return damage


DAMAGES: dict[str, Callable[[Path], None]] = {
    "no folder": remove,
    "the folder is a file": lambda index: (remove(index), index.write_text("x"))[0],
    "no pointer": lambda index: (index / "LIVE").unlink(),
    "an empty pointer": lambda index: (index / "LIVE").write_text(""),
    "a pointer elsewhere": lambda index: (index / "LIVE").write_text("../../etc"),
    "a pointer below": lambda index: (index / "LIVE").write_text("build-1/../../other"),
    "a pointer to nothing": lambda index: (index / "LIVE").write_text("build-20200101-000000-abcdef"),
    "a pointer of bytes": lambda index: (index / "LIVE").write_bytes(b"build-\xff\x00\xfe"),
    "another version": rewrite("VERSION", lambda data: b"999"),
    "a version of bytes": rewrite("VERSION", lambda data: b"\xff\xfe\x00"),
    "an empty table of contents": rewrite("_MAIN_*.toc", lambda data: b""),
    "half a table of contents": rewrite("_MAIN_*.toc", lambda data: data[: len(data) // 2]),
    "a foreign table of contents": rewrite("_MAIN_*.toc", lambda data: b"GIF89a" + bytes(200)),
    "an empty segment": rewrite("*.arrays", lambda data: b""),
    "half a segment": rewrite("*.arrays", lambda data: data[: len(data) // 2]),
    "a foreign segment": rewrite("*.arrays", lambda data: b"GIF89a" * 200),
    "no segment": lambda index: next(build(index).glob("*.arrays")).unlink(),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_an_index_that_cannot_be_read_is_unavailable_and_the_log_says_what_helps(
    archive: Archive, index: Path, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    from haystack import connections

    archive({"body": "truce"})
    DAMAGES[damage](index)
    # A process that starts now: it has nothing of the index in memory.
    connections.reload("default")
    forget_snapshots()
    results = found("q=truce")
    assert (results.state, results.total) == ("unavailable", 0)
    answer = every("q=truce")
    assert (answer.state, answer.ids) == ("unavailable", [])
    assert "rebuild_index" in caplog.text
    assert "rebuild_index" in answer.messages[0]


def forget_snapshots() -> None:
    from articles.search.engines.whoosh import backend

    backend._snapshots.clear()


# --- between a change and the index


def test_an_article_is_never_shown_for_text_that_it_no_longer_has(archive: Archive) -> None:
    changed, same = archive({"body": "truce"}, {"body": "truce"})
    Article.objects.filter(pk=changed.pk).update(body="accord")
    Unindexed.objects.mark([changed.pk, same.pk])
    assert [hit.article.pk for hit in found("q=truce").hits] == [same.pk]
    assert found("q=accord").hits == ()
    indexing.update([changed.pk, same.pk])
    assert [hit.article.pk for hit in found("q=accord").hits] == [changed.pk]
    assert not Unindexed.objects.exists()


def test_a_change_made_while_the_index_is_told_of_an_earlier_one_is_not_forgotten(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    from articles.search.engines.whoosh.store import Store

    (article,) = archive({"body": "truce"})
    Unindexed.objects.mark([article.pk])
    live_writer = Store.live_writer

    def late(self: Store) -> Any:
        # The text was read for the index; now an editor saves another one.
        Article.objects.filter(pk=article.pk).update(body="accord")
        Unindexed.objects.mark([article.pk])
        return live_writer(self)

    with monkeypatch.context() as patch:
        patch.setattr(Store, "live_writer", late)
        indexing.update([article.pk])
    assert list(Unindexed.objects.marks()) == [article.pk]
    indexing.update(Unindexed.objects.marks())
    assert [hit.article.pk for hit in found("q=accord").hits] == [article.pk]
    assert not Unindexed.objects.exists()


def test_a_sound_copy_stands_for_one_that_is_no_longer_what_was_found(archive: Archive) -> None:
    newer, older = archive(
        {"body": "truce one", "copy_group": "same", "date": "2024-02-02"},
        {"body": "truce two", "copy_group": "same", "date": "2024-01-01"},
    )
    Article.objects.filter(pk=newer.pk).update(body="accord")
    Unindexed.objects.mark([newer.pk])
    (hit,) = found("q=truce").hits
    assert (hit.article.pk, hit.copies, hit.copied) == (older.pk, 0, ())


def test_a_copy_that_stands_for_a_hidden_one_shows_its_own_tags(archive: Archive) -> None:
    secret, shown = archive(
        {"body": "truce", "copy_group": "same", "date": "2024-02-02", "countries": ("IR",), "main": ("IR",)},
        {"body": "truce", "copy_group": "same", "date": "2024-01-01", "countries": ("RU",), "main": ("RU",)},
    )
    (hit,) = found("q=truce").hits
    assert (hit.article.pk, hit.subjects.countries) == (secret.pk, ("IR",))
    # Hidden a moment ago: the index has still to learn of it.
    Article.objects.filter(pk=secret.pk).update(visible=False)
    (hit,) = found("q=truce").hits
    assert (hit.article.pk, hit.subjects.countries) == (shown.pk, ("RU",))


def test_exports_leave_out_what_is_no_longer_what_was_found(archive: Archive) -> None:
    changed, same = archive({"body": "truce"}, {"body": "truce"})
    Article.objects.filter(pk=changed.pk).update(body="accord")
    Unindexed.objects.mark([changed.pk])
    assert [article.pk for article in every("q=truce").articles()] == [same.pk]


def test_an_update_that_was_overtaken_and_then_fails_leaves_a_mark(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    from articles.search.engines.whoosh import backend

    (article,) = archive({"body": "first"})
    Article.objects.filter(pk=article.pk).update(body="second")
    write, calls = backend.write, itertools.count(1)

    def slow(store: Any, prepared: Any, replaced: Any = ()) -> None:
        read = list(prepared)
        call = next(calls)
        if call == 1:
            # While this one analyses the second text, somebody else changes it, and is quicker.
            Article.objects.filter(pk=article.pk).update(body="third")
            Unindexed.objects.mark([article.pk])
            indexing.update([article.pk])
            assert not Unindexed.objects.exists()
        if call == 3:
            raise EngineUnavailable("The disk is full.")
        write(store, read, replaced)

    with monkeypatch.context() as patch:
        patch.setattr(backend, "write", slow)
        with pytest.raises(EngineUnavailable):
            indexing.update([article.pk])
    assert list(Unindexed.objects.marks()) == [article.pk]
    indexing.update(Unindexed.objects.marks())
    assert every("q=third").ids == [article.pk]


def test_a_database_that_is_busy_when_marks_are_taken_away_costs_nothing(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    (article,) = archive({"body": "truce"})
    Unindexed.objects.mark([article.pk])

    def busy(self: Any, marks: Any) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(UnindexedQuerySet, "settle", busy)
    indexing.update([article.pk])
    assert list(Unindexed.objects.marks()) == [article.pk]


# --- names


@pytest.fixture
def lavrov(archive: Archive) -> list[Article]:
    return archive(
        {"title": "latin", "body": "Sergey Lavrov spoke", "ministers": ("sergey-lavrov",)},
        {"title": "arabic", "body": "قال لافروف", "language": "ar", "ministers": ("sergey-lavrov",)},
        {"title": "russian", "body": "Приём у Лаврова", "language": "ru", "ministers": ("sergey-lavrov",)},
        {"title": "by office", "body": "the Russian foreign minister", "ministers": ("sergey-lavrov",)},
        {"title": "namesake", "body": "Lavrov the composer"},
        {"title": "other", "body": "Oil"},
    )


@pytest.mark.parametrize("q", ["Lavrov", "Лаврову", "لافروف", "sergey lavrov", "Сергея Лаврова"])
def test_a_known_name_finds_the_person_in_every_script_and_says_so(lavrov: list[Article], q: str) -> None:
    results = found(f"q={q}")
    assert {"latin", "arabic", "russian", "by office"} <= set(titles(results))
    assert "other" not in titles(results)
    (note,) = results.names
    assert note.typed == q
    assert note.name == "Sergey Lavrov"


def test_with_variants_off_only_what_is_written_is_found(lavrov: list[Article]) -> None:
    results = found("q=Lavrov&variants=0")
    assert set(titles(results)) == {"latin", "namesake"}
    assert results.names == ()
    assert set(titles(found("q=Лавров&variants=0"))) == {"russian"}


def test_a_quoted_name_is_found_as_written(lavrov: list[Article]) -> None:
    assert set(titles(found('q="Lavrov"'))) == {"latin", "namesake"}
    assert titles(found('q="Лаврова"')) == ["russian"]
    assert found('q="Лавров"').state == "nothing"


def test_a_name_left_out_leaves_out_only_what_is_written(lavrov: list[Article]) -> None:
    assert "by office" in titles(found("q=-lavrov"))


def test_function_words_need_not_occur(archive: Archive) -> None:
    archive({"title": "one", "body": "Truce holds"}, {"title": "two", "body": "The band The The"})
    assert titles(found("q=the+truce+in")) == ["one"]
    assert titles(found("q=the")) == ["two"]
    assert titles(found('q="the the"')) == ["two"]
    assert found('q="the truce"').state == "nothing"


def test_a_field_that_names_nothing_known_is_words_and_the_reader_is_told(archive: Archive) -> None:
    archive({"title": "one", "body": "Atlantis rises"})
    results = found("q=country:Atlantis")
    assert titles(results) == ["one"]
    assert any("Atlantis" in message for message in results.messages)


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("country:Россия", ["tagged"]),
        ("-country:RU", ["plain"]),
        ("about:RU", ["tagged"]),
        ("about:gaza", []),
        ("topic:gaza", ["tagged"]),
        ("after:2024", ["tagged"]),
        ("after:2024-05-01", ["tagged"]),
        ("after:2024-05-02", []),
        ("before:2024-05-01", ["plain"]),
        ("before:2024-05-02 after:2024", ["tagged"]),
        ("lang:arabic", ["plain"]),
        ('source:"other desk"', ["plain"]),
        ("title:tagged", ["tagged"]),
    ],
)
def test_fields_of_a_query_narrow_it(archive: Archive, q: str, expected: list[str]) -> None:
    archive(
        {"title": "tagged", "countries": ("RU",), "topics": ("gaza",), "main": ("RU",), "date": "2024-05-01"},
        {"title": "plain", "language": "ar", "source": "Other Desk", "date": "2020-01-01"},
    )
    assert titles(found(f"q={q}")) == expected


# --- filters


@pytest.fixture
def tagged(archive: Archive) -> list[Article]:
    return archive(
        {"title": "a", "countries": ("RU", "IR"), "topics": ("gaza",), "main": ("RU",), "date": "2023-10-07"},
        {"title": "b", "countries": ("RU",), "topics": ("energy",), "date": "2023-11-01"},
        {"title": "c", "countries": ("IR",), "date": "2024-02-29", "language": "ar"},
        {"title": "d", "topics": ("energy",), "language": "ru"},
    )


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("country=RU", "ba"),
        ("country=RU&country=IR", "cba"),
        ("country=RU&country=IR&all=country", "a"),
        ("country=RU&topic=energy", "b"),
        ("-country=RU", "cd"),
        ("country=IR&-country=RU", "c"),
        ("-country=RU&-topic=energy", "c"),
        ("about=RU", "a"),
        ("about=Russia", "a"),
        ("about=IR", ""),
        ("from=2023-11", "cb"),
        ("to=2023", "ba"),
        ("from=2023-10-07&to=2023-10-07", "a"),
        ("from=2024-02&to=2024-02", "c"),
        ("undated=1", "d"),
        ("undated=0", "cba"),
        ("lang=ar&lang=ru", "cd"),
        ("country=ru", "cbad"),
        ("country=RU&country=QQ", "ba"),
        ("country=RU&sort=oldest", "ab"),
        ("sort=oldest", "abcd"),
    ],
)
def test_the_filters_of_an_address_narrow_a_search(tagged: list[Article], address: str, expected: str) -> None:
    assert "".join(titles(found(address))) == expected
    ids = {article.pk: article.title for article in tagged}
    assert "".join(ids[pk] for pk in every(address).ids) == expected


def test_facets_count_what_choosing_them_would_show(tagged: list[Article]) -> None:
    results = found("country=RU")
    assert value(results, "country", "RU").count == 2
    assert value(results, "country", "IR").count == 2
    assert value(results, "topic", "energy").count == 1
    both = found("country=RU&all=country")
    assert value(both, "country", "IR").count == 1
    (country,) = (facet for facet in both.facets if facet.name == "country")
    assert country.all_of
    assert country.toggle_all_query == "?country=RU"


def test_every_value_of_a_facet_leads_to_the_search_it_promises(tagged: list[Article]) -> None:
    for address in ("", "country=RU", "-topic=gaza", "country=RU&country=IR&all=country", "from=2023"):
        results = found(address)
        for facet in results.facets:
            for item in facet.values:
                chosen = found(item.choose_query.removeprefix("?"))
                alone = not any(other.chosen for other in facet.values) or facet.all_of
                if alone and not item.excluded:
                    assert chosen.total == item.count, (address, facet.name, item)
                assert value(chosen, facet.name, item.value).chosen
                assert value(found(item.exclude_query.removeprefix("?")), facet.name, item.value).excluded
                cleared = SearchParams.from_query(QueryDict(item.clear_query.removeprefix("?")))
                assert item.value not in cleared.include.get(facet.name, ())
                assert item.value not in cleared.exclude.get(facet.name, ())


def test_chosen_and_excluded_values_stand_first_then_the_commonest(tagged: list[Article]) -> None:
    (country,) = (facet for facet in found("country=TR&-country=SA").facets if facet.name == "country")
    assert [(item.value, item.count, item.chosen, item.excluded) for item in country.values] == [
        ("TR", 0, True, False),
        ("SA", 0, False, True),
        ("IR", 2, False, False),
        ("RU", 2, False, False),
    ]


def test_facets_speak_the_language_of_the_reader(tagged: list[Article]) -> None:
    assert value(found("", language="ru"), "country", "RU").label == "Россия"
    assert value(found("", language="ar"), "country", "IR").label == "إيران"
    assert value(found("", language="xx"), "country", "RU").label == "Russia"
    assert value(found(""), "lang", "ar").label == "العربية"
    assert value(found(""), "topic", "gaza").label == "Gaza"


def test_values_nobody_knows_are_dropped_and_named(tagged: list[Article]) -> None:
    results = found("country=QQ&topic=none&source=none&-lang=qqq&minister=none&country=RU")
    assert results.total == found("country=RU").total
    assert {(problem.parameter, problem.value) for problem in results.params.problems} == {
        ("country", "QQ"),
        ("topic", "none"),
        ("source", "none"),
        ("-lang", "qqq"),
        ("minister", "none"),
    }
    assert results.params.query_string() == "?country=RU"


def test_filters_are_searched_where_nothing_of_the_words_is_understood(tagged: list[Article]) -> None:
    results = found("q=***&country=RU")
    assert results.state == "found"
    assert results.total == found("country=RU").total
    assert results.messages


def test_the_selections_name_each_choice_and_lead_away_from_it(tagged: list[Article]) -> None:
    address = "q=text&country=RU&-topic=gaza&about=Russia&from=2023&to=2024-05&sort=oldest"
    results = found(address)
    chips = {(str(chip.kind), str(chip.label), chip.excluded): chip.remove_query for chip in results.selections}
    assert set(chips) == {
        ("Words", "text", False),
        ("Country", "Russia", False),
        ("Topic", "Gaza", True),
        ("About", "Russia", False),
        ("Date", "2023 – 2024-05", False),
    }
    assert "country" not in chips["Country", "Russia", False]
    assert "topic" not in chips["Topic", "Gaza", True]
    assert "from" not in chips["Date", "2023 – 2024-05", False]
    assert "q=" not in chips["Words", "text", False]
    assert all("sort=oldest" in query for query in chips.values())
    assert [chip.excluded for chip in found("undated=1").selections] == [False]
    assert [chip.excluded for chip in found("undated=0").selections] == [True]
    assert found("sort=oldest&page=2&all=country").selections == ()


# --- dates


def test_the_histogram_counts_every_day_by_its_bucket(tagged: list[Article]) -> None:
    histogram = found("").histogram
    assert histogram is not None
    assert histogram.unit == "month"
    assert [(bucket.label, bucket.count) for bucket in histogram.buckets] == [
        ("October 2023", 1),
        ("November 2023", 1),
        ("December 2023", 0),
        ("January 2024", 0),
        ("February 2024", 1),
    ]
    assert histogram.undated == 1
    assert found(histogram.undated_query.removeprefix("?")).total == 1
    for bucket in histogram.buckets:
        assert found(bucket.query.removeprefix("?")).total == bucket.count


@pytest.mark.parametrize(
    ("address", "unit", "bars", "counts", "wider"),
    [
        ("from=2023&to=2023", "month", 12, {"October 2023": 1, "November 2023": 1}, ("All dates", "")),
        ("from=2023-10&to=2023-10", "day", 31, {"7 October 2023": 1}, ("2023", "?from=2023&to=2023")),
        ("from=2023-10-07&to=2023-10-07", "day", 31, {"7 October 2023": 1}, ("October 2023", None)),
        ("from=2023-10-01&to=2023-10-15", "day", 15, {"7 October 2023": 1}, ("October 2023", None)),
        ("from=2023-11&to=2024-01", "day", 92, {"1 November 2023": 1}, ("All dates", "")),
        ("from=2023-11", "month", 4, {"November 2023": 1, "February 2024": 1}, ("All dates", "")),
        ("to=2023-10", "day", 25, {"7 October 2023": 1}, ("All dates", "")),
        ("from=1990&to=2030", "year", 41, {"2023": 2, "2024": 1}, ("All dates", "")),
        (
            "from=0001&to=9999-12-31",
            "month",
            5,
            {"October 2023": 1, "November 2023": 1, "February 2024": 1},
            ("All dates", ""),
        ),
        ("from=0001&to=1900", "month", 0, {}, ALL),
        ("from=2040&to=2040", "month", 12, {}, ("All dates", "")),
        ("from=2040", "month", 0, {}, ("All dates", "")),
        ("undated=1", "month", 5, {"October 2023": 1, "November 2023": 1, "February 2024": 1}, None),
    ],
)
def test_the_histogram_shows_the_chosen_range_finer_and_leads_out_of_it(
    tagged: list[Article], address: str, unit: str, bars: int, counts: dict[str, int], wider: tuple[str, str] | None
) -> None:
    histogram = found(address).histogram
    assert histogram is not None
    assert (histogram.unit, len(histogram.buckets)) == (unit, bars)
    assert {bucket.label: bucket.count for bucket in histogram.buckets if bucket.count} == counts
    assert sum(counts.values()) + histogram.outside == 3
    assert histogram.undated == 1
    shown = histogram.wider
    assert (shown and shown.label) == (wider and wider[0])
    if shown is not None and wider is not None and wider[1] is not None:
        assert shown.query == wider[1]


def test_a_year_by_mistake_makes_no_thousand_bars(archive: Archive) -> None:
    archive({"date": "0202-01-01"}, {"date": "1985-01-01"}, {"date": "2024-05-01"})
    histogram = found("").histogram
    assert histogram is not None
    assert (histogram.unit, len(histogram.buckets), histogram.outside) == ("year", 150, 1)


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("from=2024-05-10&to=2024-05-20", "month year"),
        ("q=after:2024-05-10", "month year late"),
        ("q=before:2024-05-10", "month year early"),
        ("q=before:2024-05", "year early"),
        ("q=before:2024", "early"),
        ("q=after:2024-05-10 before:2024-05-20", "month year"),
        ("q=-after:2024-05-10", "early undated"),
        ("from=2024-05&to=2024-05", "month year"),
        ("from=2025", ""),
        ("to=2023-12-31", "early"),
        ("from=2023-12-31&to=2023-12-31", "early"),
        ("q=before:0001", ""),
        ("to=9999-12-31", "early year month late"),
        ("sort=oldest", "early year month late undated"),
        ("sort=newest", "late month year early undated"),
    ],
)
def test_a_month_or_a_year_is_found_by_every_range_that_it_overlaps(archive: Archive, address: str, names: str) -> None:
    archive(
        {"title": "undated"},
        {"title": "month", "date": "2024-05-01", "date_precision": "month"},
        {"title": "late", "date": "2024-06-01"},
        {"title": "year", "date": "2024-01-01", "date_precision": "year"},
        {"title": "early", "date": "2023-12-31T23:59", "date_precision": "minute"},
    )
    results = titles(found(address))
    assert (results if "sort" in address else sorted(results)) == (
        names.split() if "sort" in address else sorted(names.split())
    )


def test_days_are_those_of_the_sites_zone(archive: Archive, settings: Any) -> None:
    settings.TIME_ZONE = "Asia/Tokyo"
    connections.reload("default")
    indexing.clear()
    archive({"title": "midnight", "date": "2024-05-09T15:00", "date_precision": "minute"})
    assert titles(found("from=2024-05-10&to=2024-05-10")) == ["midnight"]
    assert titles(found("q=after:2024-05-10")) == ["midnight"]
    assert found("to=2024-05-09").state == "nothing"
    histogram = found("").histogram
    assert histogram is not None
    assert [bucket.start.isoformat() for bucket in histogram.buckets] == ["2024-05-10"]


def test_a_search_is_unavailable_while_the_index_is_that_of_another_zone(
    archive: Archive, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    archive({"date": "2024-05-09"})
    settings.TIME_ZONE = "Asia/Tokyo"
    connections.reload("default")
    assert found("").state == "unavailable"
    assert "time zone UTC, not Asia/Tokyo" in caplog.text
    indexing.rebuild()
    assert found("").total == 1


@pytest.mark.parametrize(
    ("dates", "unit", "bars"),
    [
        (("2024-01-01",), "day", 1),
        (("2024-01-01", "2024-02-01"), "day", 32),
        (("2024-01-01", "2024-12-31"), "month", 12),
        (("2001-05-01", "2024-12-31"), "year", 24),
        ((), "month", 0),
    ],
)
def test_the_bars_are_days_months_or_years_as_the_span_asks(
    archive: Archive, dates: tuple[str, ...], unit: str, bars: int
) -> None:
    archive({}, *({"date": date} for date in dates))
    histogram = found("").histogram
    assert histogram is not None
    assert (histogram.unit, len(histogram.buckets)) == (unit, bars)
    assert sum(bucket.count for bucket in histogram.buckets) == len(dates)
    assert histogram.highest >= 1


def test_without_any_article_there_is_no_histogram(index: Path) -> None:
    assert found("").histogram is None


# --- paging and copies


def test_pages_follow_one_another_to_the_last_row(archive: Archive) -> None:
    archive(*({"title": f"number {number}", "body": "truce"} for number in range(23)))
    seen = []
    for page in range(1, 4):
        results = found(f"q=truce&per=10&page={page}")
        assert (results.total, results.pages, results.rows) == (23, 3, 23)
        assert [hit.rank for hit in results.hits] == list(range(1 + 10 * (page - 1), min(24, 11 + 10 * (page - 1))))
        seen += [hit.article.pk for hit in results.hits]
    assert len(set(seen)) == 23
    assert seen == every("q=truce").ids
    beyond = found("q=truce&per=10&page=4")
    assert (beyond.state, beyond.total, beyond.hits) == ("found", 23, ())


def test_pages_fold_near_copies_and_lists_do_not(archive: Archive) -> None:
    archive(*({"body": "truce", "copy_group": "same"} for _ in range(4)), {"body": "truce"})
    results = found("q=truce")
    assert (results.total, results.stories, results.rows, len(results.hits)) == (5, 2, 2, 2)
    assert sorted(hit.copies for hit in results.hits) == [0, 3]
    unfolded = found("q=truce&copies=all")
    assert (unfolded.total, unfolded.stories, unfolded.rows, len(unfolded.hits)) == (5, 2, 5, 5)
    assert [hit.copies for hit in unfolded.hits] == [0] * 5
    assert every("q=truce").total == len(every("q=truce").ids) == 5


@pytest.mark.parametrize(
    ("page", "pages", "numbers"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (1, 9, [1, 2, 3, None, 9]),
        (5, 9, [1, None, 3, 4, 5, 6, 7, None, 9]),
        (9, 9, [1, None, 7, 8, 9]),
        (50, 9, [1, None, 9]),
    ],
)
def test_the_pages_to_link_are_the_first_the_last_and_those_near(
    page: int, pages: int, numbers: list[int | None]
) -> None:
    results = SearchResults(SearchParams(page=page), "found", total=pages * 20, stories=pages * 20)
    assert results.page_numbers == numbers


# --- lists without pages


def test_a_list_has_as_many_rows_as_asked_for_and_all_without_a_bound(archive: Archive) -> None:
    articles = archive(*({"body": "truce"} for _ in range(30)))
    assert len(every("q=truce").ids) == 30
    answer = every("q=truce", limit=7)
    assert (len(answer.ids), len(answer.scores), answer.total) == (7, 7, 30)
    # A page of the address bounds no list.
    assert len(every("q=truce&page=2&per=10").ids) == 30
    assert [article.pk for article in every("q=truce").articles(chunk=4)] == every("q=truce").ids
    Article.objects.filter(pk=articles[0].pk).delete()
    assert len(list(every("q=truce").articles())) == 29


def test_an_article_deleted_since_it_was_indexed_is_no_row(archive: Archive) -> None:
    gone, _ = archive({"title": "gone", "body": "truce"}, {"title": "here", "body": "truce"})
    gone.delete()
    assert titles(found("q=truce")) == ["here"]


# --- hidden articles


def test_hidden_articles_are_found_by_editors_only(archive: Archive) -> None:
    archive({"title": "shown", "body": "truce"}, {"title": "secret", "body": "truce", "visible": False})
    reader = User.objects.create_user("reader")
    editor = User.objects.create_user("editor")
    editor.user_permissions.set(Permission.objects.filter(content_type__app_label="articles"))
    for somebody in (None, reader):
        assert titles(found("q=truce", user=somebody)) == ["shown"]
        assert every("q=truce", user=somebody).total == 1
    assert set(titles(found("q=truce", user=User.objects.get(username="editor")))) == {"shown", "secret"}
    assert every("q=truce", user=User.objects.get(username="editor")).total == 2


# --- whatever is typed


def test_what_was_hidden_since_it_was_indexed_is_shown_to_editors_only(
    archive: Archive, django_user_model: Any
) -> None:
    secret, copy = archive(
        {"title": "secret", "body": "truce", "copy_group": "a", "date": "2024-01-02"},
        {"title": "copy", "body": "truce", "copy_group": "a", "date": "2024-01-01"},
    )
    for article in (secret, copy):
        Article.objects.filter(pk=article.pk).update(visible=False)
        results = found("q=truce&sort=newest")
        shown = [other.title for hit in results.hits for other in (hit.article, *hit.copied)]
        assert article.title not in shown
        assert article.title not in [other.title for other in every("q=truce").articles()]
    editor = django_user_model.objects.create_superuser("editor", "", "x")
    assert [other.title for other in every("q=truce", user=editor).articles()] == ["secret", "copy"]
    assert titles(found("q=truce&copies=all&sort=newest", user=editor)) == ["secret", "copy"]


def test_an_index_that_goes_away_after_the_answer_is_unavailable_too(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive({"body": "truce"})
    backend = connections["default"].get_backend()

    def gone(*arguments: Any, **fields: Any) -> dict[str, int]:
        raise EngineUnavailable("gone")

    monkeypatch.setattr(type(backend), "words", gone)
    assert found("q=trucf").state == "unavailable"
    assert found("q=truce").state == "found"


@pytest.mark.parametrize(
    "q",
    [
        "*a*",
        "[a TO z]",
        "a~5",
        '"of the"~100',
        "x" * 50_000,
        " ".join(f"w{number}" for number in range(10_000)),
        "(" * 5_000,
        "NOT " * 2_000,
        '"' * 999,
        "text_exact:truce",
        "django_id:1",
        "ſource:wire",
        "mınıster:lavrov",
        "lang:" + "x" * 60,
        "after:99999999999999",
        "before:0001",
        "after:9999-12-31",
        "aaa* bbb* ccc* truce~",
        "truce\x00\ud800\u202e",
        "{{ 7*7 }} %s %(value)s",
        "'; DROP TABLE articles_article; --",
    ],
    ids=range(21),
)
def test_whatever_is_typed_is_answered(archive: Archive, q: str) -> None:
    archive({"body": "truce"})
    query = QueryDict(mutable=True)
    query["q"] = q
    results = search(SearchParams.from_query(query))
    assert results.state in {"found", "nothing", "not_understood"}
    assert all(isinstance(html.escape(message), str) for message in results.messages)
    assert results.elapsed < 5


SIGNS = (*'()-*~:"«».,#+|^[]{}/ \n\u2028', " OR ", " AND ", " NOT ", '"~3')
FIELDS = ("title:", "country:RU", "country:", "minister:", "about:", "after:", "2023-10", "lang:ar", "lang:", "source:")
WORDS = ("topic:gaza", "truce", "the", "Lavrov", "Лаврова", "الأردن", "al-Sabah", "tru*", "oil~")
PIECES = st.sampled_from((*SIGNS, *FIELDS, *WORDS))


def test_hundreds_of_odd_queries_are_answered_alike_by_page_and_list(archive: Archive) -> None:
    archive(
        {"body": "truce and oil", "countries": ("RU",), "date": "2023-10-07"}, {"body": "قال الأردن", "language": "ar"}
    )

    @settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=40))
    def check(q: str) -> None:
        query = QueryDict(mutable=True)
        query["q"] = q
        params = SearchParams.from_query(query)
        page, listed = search(params), matches(params)
        assert page.state == listed.state != "unavailable"
        assert page.total == listed.total == len(listed.ids)
        assert {hit.article.pk for hit in page.hits} <= set(listed.ids)
        assert page.messages == listed.messages

    check()


def test_messages_speak_the_language_of_the_reader(archive: Archive) -> None:
    archive({"body": "truce"})
    with translation.override("ru"):
        (message,) = found("q=country:Atlantis").messages
    assert "Atlantis" in message
    assert message != found("q=country:Atlantis").messages[0]


def test_the_time_that_a_search_took_is_told(archive: Archive) -> None:
    archive({"body": "truce", "date": datetime.date(2024, 1, 1).isoformat()})
    assert 0 < found("q=truce").elapsed < 5
