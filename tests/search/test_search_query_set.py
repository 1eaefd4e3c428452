"""Haystack's SearchQuerySet over our engine: filters, slices, facets, orders, and indexes of other models."""

import copy
import datetime
import pickle
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from haystack import connections
from haystack.exceptions import MoreLikeThisError, SearchBackendError, SearchFieldError, SpatialError
from haystack.inputs import AltParser, AutoQuery, Clean, Exact, Not, Raw
from haystack.models import SearchResult
from haystack.query import SQ, SearchQuerySet
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.models import Article
from articles.search import indexing, names
from articles.search.engines.base import EngineUnavailable
from articles.search.names import Names
from tests.search.gazetteers import SMALL

Archive = Callable[..., list[Article]]
Query = Callable[[SearchQuerySet], Any]

ROWS: dict[str, dict[str, Any]] = {
    "truce": {
        "title": "Truce in Gaza",
        "body": "Mediators announced a ceasefire. Oil prices fell.",
        "date": "2023-10-07",
        "countries": ("IR", "RU"),
        "ministers": ("sergey-lavrov",),
        "topics": ("gaza",),
        "main": ("RU",),
        "copy_group": "a",
    },
    "oil": {
        "title": "Oil ministers meet",
        "body": "Prices of crude oil rose after the minister spoke of truces.",
        "date": "2023-10-08T10:30",
        "date_precision": "minute",
        "countries": ("SA",),
        "source": "Wire",
        "copy_group": "b",
    },
    "russian": {
        "title": "Переговоры",
        "body": "Лавров прибыл в Турцию.",
        "date": "2024-05-01",
        "date_precision": "month",
        "language": "ru",
        "countries": ("RU",),
        "copy_group": "a",
    },
    "arabic": {"title": "لقاء", "body": "الهُدنة في غزّة تبدأ.", "language": "ar"},
    "hidden": {"title": "Truce", "body": "A secret truce in oil.", "date": "2023-10-07", "visible": False},
}


@pytest.fixture(autouse=True)
def small_gazetteer(monkeypatch: pytest.MonkeyPatch) -> None:
    known = Names(SMALL)
    monkeypatch.setattr(names, "current", lambda: known)


@pytest.fixture
def named(archive: Archive) -> dict[str, Article]:
    """The articles of ROWS, in the index, by name."""
    return dict(zip(ROWS, archive(*ROWS.values()), strict=True))


def found(query: SearchQuerySet, named: dict[str, Article]) -> set[str]:
    name_of = {str(article.pk): name for name, article in named.items()}
    return {name_of[result.pk] for result in query}


def utc(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).replace(tzinfo=datetime.UTC)


# --- filters

ALL = "truce oil russian arabic"


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        # Words.
        (SQ(content="truce"), "truce oil"),
        (SQ(content="TRUCES"), "truce oil"),
        (SQ(text="truce"), "truce oil"),
        (SQ(content="oil gaza"), "truce"),
        (SQ(content="the truce of oil"), "truce oil"),
        (SQ(content__contains="oil gaza"), "truce"),
        (SQ(content=["gaza", "crude oil"]), "truce oil"),
        (SQ(content__exact="oil prices"), "truce"),
        (SQ(content__exact="prices oil"), ""),
        (SQ(content__startswith="mediat"), "truce"),
        (SQ(content__startswith="oil pric"), "truce oil"),
        (SQ(content__fuzzy="crudo oill"), "oil"),
        (SQ(content__in=["oil prices", "Турцию"]), "truce russian"),
        (SQ(content="Лаврова"), "russian"),
        (SQ(content="هدنة"), "arabic"),
        (SQ(title="oil"), "oil"),
        (SQ(title__exact="truce in gaza"), "truce"),
        (SQ(title__startswith="перег"), "russian"),
        (SQ(title__fuzzy="truse"), "truce"),
        (SQ(title__in=["Truce in Gaza", "Oil ministers"]), "truce oil"),
        (SQ(content=2023), ""),
        # Codes.
        (SQ(country="RU"), "truce russian"),
        (SQ(country__exact="RU"), "truce russian"),
        (SQ(country_exact="RU"), "truce russian"),
        (SQ(country="ru"), ""),
        (SQ(country__in=["RU", "SA"]), "truce oil russian"),
        (SQ(country__in={"SA"}), "oil"),
        (SQ(country__in=(code for code in ())), ""),
        (SQ(country="RU") & SQ(country="IR"), "truce"),
        (SQ(country=None), "arabic"),
        (SQ(country__in=[None, "SA"]), "oil arabic"),
        (SQ(country__gte="RU"), "truce oil russian"),
        (SQ(country__gt="RU"), "oil"),
        (SQ(country__lt="RU"), "truce"),
        (SQ(country__range=("IR", "RU")), "truce russian"),
        (SQ(country__startswith="R"), "truce russian"),
        (SQ(minister__endswith="lavrov"), "truce"),
        (SQ(minister__contains="ey-lav"), "truce"),
        (SQ(minister__fuzzy="lavrow"), "truce"),
        (SQ(topic="gaza"), "truce"),
        (SQ(source="wire"), "oil"),
        (SQ(lang="ru"), "russian"),
        (SQ(language="ru"), "russian"),
        (SQ(about="country:RU"), "truce"),
        (SQ(group="a"), "truce russian"),
        (SQ(group=""), "arabic"),
        # Yes and no: what is hidden is never found.
        (SQ(visible=True), ALL),
        (SQ(visible="true"), ALL),
        (SQ(visible=False), ""),
        # Numbers.
        (SQ(moment__gte=1_714_521_600), "russian"),
        (SQ(moment__lt=0), ""),
        (SQ(moment=None), "arabic"),
        (SQ(moment__lte="1696636800.0"), "truce"),
        (SQ(first_day=datetime.date(2023, 10, 7).toordinal()), "truce"),
        (SQ(last_day__range=(datetime.date(2024, 5, 31).toordinal(), None)), "russian"),
        # Together.
        (SQ(content="truce") | SQ(lang="ru"), "truce oil russian"),
        (SQ(content="truce") & ~SQ(country="SA"), "truce"),
        (~SQ(content="truce"), "russian arabic"),
        (~(SQ(content="truce") | SQ(lang="ru")), "arabic"),
        (~(SQ(content="truce") & SQ(country="SA")), "truce russian arabic"),
        (~(SQ(content="truce") & ~SQ(country="SA")), "oil russian arabic"),
        ((SQ(lang="ru") | SQ(lang="ar")) & (SQ(country="RU") | SQ(country="SA")), "russian"),
        ((SQ(lang="ru") & SQ(country="RU")) | (SQ(lang="en") & SQ(country="SA")), "oil russian"),
        (SQ(content="oil", country="SA"), "oil"),
        (SQ(), ALL),
    ],
    # Without the addresses of objects: names of tests are the same in every process.
    ids=lambda value: re.sub(r" at 0x[0-9a-f]+", "", str(value)),
)
def test_a_filter_finds_what_it_says(named: dict[str, Article], condition: SQ, expected: str) -> None:
    every = SearchQuerySet()
    assert found(every.filter(condition), named) == set(expected.split())
    if condition:
        assert found(every.exclude(condition), named) == set(ALL.split()) - set(expected.split())
    assert every.filter(condition).count() == len(expected.split())


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (lambda every: every.filter(content="truce").filter(country="SA"), "oil"),
        (lambda every: every.filter(content="truce").exclude(country="SA"), "truce"),
        (lambda every: every.exclude(lang="en").exclude(lang="ru"), "arabic"),
        (lambda every: every.exclude(lang="en", country="SA"), "truce russian arabic"),
        (lambda every: every.filter(lang="ru").filter_or(lang="ar"), "russian arabic"),
        (lambda every: every.filter_or(lang="ar"), "arabic"),
        (lambda every: every.filter(SQ(lang="ru") | SQ(lang="ar")).filter(SQ(country="RU") | SQ(topic="x")), "russian"),
        (lambda every: every.filter(lang="ru") | every.filter(lang="ar"), "russian arabic"),
        (lambda every: every.filter(lang="en") & every.filter(country="SA"), "oil"),
        (lambda every: every.filter(lang="en") | every, ALL),
        (lambda every: every.filter(lang="en") & every, "truce oil"),
        (lambda every: every.none(), ""),
        (lambda every: every.models(Article).filter(lang="ru"), "russian"),
        (lambda every: every.filter().filter(lang="ru"), "russian"),
        (lambda every: every.filter().filter_or(lang="ru"), "russian"),
        (lambda every: every.exclude().filter(SQ(lang="ru") | SQ() & ~SQ()), "russian"),
    ],
)
def test_filters_one_after_another_narrow_each_other(named: dict[str, Article], query: Query, expected: str) -> None:
    assert found(query(SearchQuerySet()), named) == set(expected.split())


EVERY = frozenset(ALL.split())
# Conditions with what they find, and all that can be made of them.
LEAVES = st.sampled_from(
    [
        (SQ(content="truce"), frozenset({"truce", "oil"})),
        (SQ(lang="ru"), frozenset({"russian"})),
        (SQ(country="RU"), frozenset({"truce", "russian"})),
        (SQ(published_at=None), frozenset({"arabic"})),
        (SQ(country__in=[]), frozenset()),
        (SQ(visible=True), EVERY),
    ]
)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        inner.map(lambda part: (~part[0], EVERY - part[1])),
        st.tuples(inner, inner).map(lambda pair: (pair[0][0] & pair[1][0], pair[0][1] & pair[1][1])),
        st.tuples(inner, inner).map(lambda pair: (pair[0][0] | pair[1][0], pair[0][1] | pair[1][1])),
    ),
    max_leaves=6,
)
STEPS = st.lists(st.tuples(st.sampled_from(("filter", "exclude", "filter_or")), TREES), min_size=1, max_size=4)


def test_any_tree_of_conditions_finds_what_sets_give(named: dict[str, Article]) -> None:
    @settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(STEPS)
    def check(steps: list[tuple[str, tuple[SQ, frozenset[str]]]]) -> None:
        query, expected = SearchQuerySet(), EVERY
        for number, (step, (condition, finds)) in enumerate(steps):
            query = getattr(query, step)(condition)
            if step == "filter_or" and number:
                expected |= finds
            else:
                expected &= EVERY - finds if step == "exclude" else finds
        assert found(query, named) == expected
        assert query.count() == len(expected)

    check()


def test_a_thousand_filters_one_after_another_are_answered(named: dict[str, Article]) -> None:
    query = SearchQuerySet()
    for number in range(1000):
        query.query.add_filter(~SQ(country=f"x{number}"))
    assert found(query, named) == set(ALL.split())


def test_values_that_can_be_read_only_once_are_kept(named: dict[str, Article]) -> None:
    for values in ((code for code in ("SA", "XX")), {"SA": 1}.keys(), iter(["SA"]), map(str, ["SA"])):
        query = SearchQuerySet().filter(country__in=values)
        assert query.filter(lang="en").count() == 1
        assert found(query, named) == found(query.all(), named) == {"oil"}


def test_ids_are_found_as_numbers_texts_and_identifiers(named: dict[str, Article]) -> None:
    key = named["oil"].pk
    every = SearchQuerySet()
    for query in (
        every.filter(pk=key),
        every.filter(django_id=key),
        every.filter(django_id__in=[str(key), -1, "x"]),
        every.filter(id=f"articles.article.{key}"),
        every.filter(id__in=[key]),
        every.filter(pk__range=(key, key)),
        every.filter(pk__gte=key, pk__lt=key + 1),
        every.filter(pk__in=Article.objects.filter(title="Oil ministers meet").values_list("pk", flat=True)),
        every.filter(django_ct="articles.article", pk=key),
    ):
        assert found(query, named) == {"oil"}


# --- dates


@pytest.mark.parametrize(
    ("lookup", "value", "expected"),
    [
        ("gte", datetime.date(2023, 10, 8), "oil russian"),
        ("gt", datetime.date(2023, 10, 7), "oil russian"),
        ("gt", datetime.date(2023, 10, 8), "russian"),
        ("lte", datetime.date(2023, 10, 8), "truce oil"),
        ("lt", datetime.date(2023, 10, 8), "truce"),
        ("exact", datetime.date(2023, 10, 8), "oil"),
        ("in", [datetime.date(2023, 10, 8), "2024-05-01"], "oil russian"),
        ("range", (datetime.date(2023, 10, 7), datetime.date(2023, 10, 8)), "truce oil"),
        ("range", ("2023-10", "2023-10"), "truce oil"),
        ("range", (None, "2023-10-07"), "truce"),
        ("gte", "2024", "russian"),
        ("gt", "2023", "russian"),
        ("exact", "2023", "truce oil"),
        ("exact", utc("2023-10-08T10:30"), "oil"),
        ("exact", datetime.datetime(2023, 10, 8, 10, 30), "oil"),
        ("exact", "2023-10-08T10:30:00Z", "oil"),
        ("exact", utc("2023-10-08T10:31"), ""),
        ("lt", utc("2023-10-08T10:30"), "truce"),
        ("lte", datetime.datetime(2023, 10, 8, 13, 30, tzinfo=ZoneInfo("Asia/Riyadh")), "truce oil"),
        ("lt", datetime.datetime(2023, 10, 8, 13, 30, tzinfo=ZoneInfo("Asia/Riyadh")), "truce"),
        ("exact", None, "arabic"),
        ("lte", datetime.date.max, "truce oil russian"),
        ("gte", datetime.datetime.min, "truce oil russian"),
        ("gte", "nonsense", ""),
        ("range", ("nonsense", "2024"), ""),
        ("exact", 20231008, ""),
    ],
)
def test_dates_are_compared_as_moments_and_a_day_is_the_whole_day(
    named: dict[str, Article], lookup: str, value: Any, expected: str
) -> None:
    query = SearchQuerySet().filter(**{f"published_at__{lookup}": value})
    assert found(query, named) == set(expected.split())


def test_naive_moments_and_days_are_of_the_sites_zone(
    settings: Any, index: Path, make_article: Callable[..., Article]
) -> None:
    settings.TIME_ZONE = "Asia/Tokyo"
    connections.reload("default")
    indexing.clear()
    minute = make_article(date="2024-05-09T15:00", date_precision="minute")  # 00:00 of the next day in Tokyo
    day = make_article(date="2024-05-10")
    indexing.update([minute.pk, day.pk])

    def pks(**condition: Any) -> set[int]:
        return {int(result.pk) for result in SearchQuerySet().filter(**condition)}

    assert pks(published_at=datetime.date(2024, 5, 10)) == {minute.pk, day.pk}
    assert pks(published_at=datetime.datetime(2024, 5, 10)) == {minute.pk, day.pk}
    assert pks(published_at__lt=datetime.date(2024, 5, 10)) == set()
    assert pks(published_at=utc("2024-05-09T15:00")) == {minute.pk, day.pk}
    (result, _) = SearchQuerySet().order_by("pk")
    assert result.published_at == utc("2024-05-09T15:00")


# --- queries as typed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("truce", "truce oil"),
        ("the truce", "truce oil"),
        ("truce -crude", "truce"),
        ('"oil prices"', "truce"),
        ("gaza OR crude", "truce oil"),
        ("country:Russia", "truce russian"),
        ("-country:Russia truce", "oil"),
        ("title:oil", "oil"),
        ("after:2024", "russian"),
        ("cease*", "truce"),
        ("Лавров", "truce russian"),
        ("", ALL),
        ("  ", ALL),
        ("*", ALL),
        ("!!! ***", ""),
        ("(((", ""),
        ('"', ""),
        ("[a TO z]", ""),
        ("nofield:truce", ""),
        ("crude\x00oil", "oil"),
    ],
)
def test_what_is_typed_goes_through_our_grammar(named: dict[str, Article], text: str, expected: str) -> None:
    every = SearchQuerySet()
    for query in (
        every.auto_query(text),
        every.raw_search(text),
        every.filter(content=AutoQuery(text)),
        every.filter(content=Raw(text)),
        every.filter(text=AutoQuery(text)),
    ):
        assert found(query, named) == set(expected.split())
    if text.strip():
        every.query.raw_search(text)
        assert {result.pk for result in every.query.get_results()} == {str(named[name].pk) for name in expected.split()}


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (SQ(title=AutoQuery("oil -meet")), ""),
        (SQ(title=AutoQuery("truce OR oil")), "truce oil"),
        (SQ(country=AutoQuery("Russia")), "truce russian"),
        (SQ(country=Raw('"Saudi Arabia"')), "oil"),
        (SQ(lang=AutoQuery("ru")), "russian"),
        (SQ(group=Raw("b")), "oil"),
        (SQ(content=Clean("oil gaza")), "truce"),
        (SQ(content=Exact("oil prices")), "truce"),
        (SQ(content=Exact("oil prices", clean=True)), "truce"),
        (SQ(content=Not("oil")), "russian arabic"),
        (SQ(country=Exact("SA")), "oil"),
        (SQ(country=Not("RU")), "oil arabic"),
        (SQ(title=Clean("truce")), "truce"),
    ],
    ids=str,
)
def test_inputs_of_haystack_mean_what_they_say(named: dict[str, Article], condition: SQ, expected: str) -> None:
    assert found(SearchQuerySet().filter(condition), named) == set(expected.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("country:RU", "truce russian"),
        ('country:"Russia"', "truce russian"),
        ("country_exact:RU", "truce russian"),
        ('group:"a"', "truce russian"),
        ("visible:true", ALL),
        ("language:ru", "russian"),
        ("published_at:2023", "truce oil"),
        ("truce crude", "oil"),
        ("text:crude", "oil"),
        ("nofield:x", ""),
        (SQ(country="RU"), "truce russian"),
        (SQ(country="RU") & ~SQ(lang="en"), "russian"),
        (SQ(lang="ar") | SQ(lang="ru"), "russian arabic"),
        (SQ(content="truce oil"), "truce oil"),
        (SQ(content__exact="oil prices"), "truce"),
        (SQ(group="b"), "oil"),
    ],
    ids=str,
)
def test_a_query_set_is_narrowed_by_queries_and_by_values_of_fields(
    named: dict[str, Article], text: Any, expected: str
) -> None:
    assert found(SearchQuerySet().narrow(text), named) == set(expected.split())
    assert found(SearchQuerySet().filter(lang="en").narrow(text), named) == {"truce", "oil"} & set(expected.split())


# --- slices and orders


@pytest.fixture
def forty(archive: Archive) -> list[str]:
    """Forty articles of which all words are equal; their keys in the order of all of them."""
    archive(*({"body": "truce", "date": f"2024-01-{number % 28 + 1:02}"} for number in range(40)))
    return [result.pk for result in SearchQuerySet().filter(content="truce")[0:40]]


def test_slices_are_those_of_the_whole_list(forty: list[str]) -> None:
    assert len(set(forty)) == 40

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.none() | st.integers(0, 50), st.none() | st.integers(0, 50))
    def check(start: int | None, stop: int | None) -> None:
        query = SearchQuerySet().filter(content="truce")
        assert [result.pk for result in query[start:stop]] == forty[start:stop]
        assert query.count() == len(query) == 40
        backend = connections["default"].get_backend()
        answer = backend.search("truce", start_offset=start, end_offset=stop)
        assert [result.pk for result in answer["results"]] == forty[start:stop]
        assert answer["hits"] == 40

    check()


def test_pages_repeat_no_row_and_the_one_past_the_end_is_empty(forty: list[str]) -> None:
    query = SearchQuerySet().filter(content="truce")
    pages = [[result.pk for result in query.all()[first : first + 15]] for first in range(0, 60, 15)]
    assert [len(page) for page in pages] == [15, 15, 10, 0]
    assert [key for page in pages for key in page] == forty
    beyond = query.all()
    assert beyond[100:110] == []
    assert beyond.count() == 40
    assert query[7].pk == forty[7]
    assert query.best_match().pk == forty[0]
    assert [result.pk for result in query] == forty
    with pytest.raises(IndexError):
        query.all()[40]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (("published_at",), "truce oil russian arabic"),
        (("-published_at",), "russian oil truce arabic"),
        (("-moment",), "russian oil truce arabic"),
        (("pk",), "truce oil russian arabic"),
        (("-pk",), "arabic russian oil truce"),
        (("-django_id",), "arabic russian oil truce"),
        (("lang", "-published_at"), "arabic oil truce russian"),
        (("-lang", "published_at"), "russian truce oil arabic"),
        (("country", "published_at"), "truce russian oil arabic"),
        (("group", "pk"), "arabic truce russian oil"),
        (("score", "pk"), "truce oil russian arabic"),
    ],
)
def test_results_stand_in_the_order_asked_for_and_those_without_a_value_last(
    named: dict[str, Article], order: tuple[str, ...], expected: str
) -> None:
    results = SearchQuerySet().order_by(*order)
    assert [result.pk for result in results] == [str(named[name].pk) for name in expected.split()]


def test_results_stand_by_relevance_and_carry_their_score(named: dict[str, Article]) -> None:
    results = list(SearchQuerySet().filter(content="truce"))
    assert [result.pk for result in results] == [str(named[name].pk) for name in ("truce", "oil")]
    assert results[0].score > results[1].score > 0
    assert [result.pk for result in SearchQuerySet().filter(content="truce").order_by("score")] == [
        result.pk for result in reversed(results)
    ]
    assert SearchQuerySet().latest("published_at").pk == str(named["russian"].pk)


# --- results


def test_a_result_carries_what_the_index_keeps(named: dict[str, Article]) -> None:
    (result,) = SearchQuerySet().filter(topic="gaza")
    article = named["truce"]
    assert isinstance(result, SearchResult)
    assert (result.pk, result.model, result.id) == (str(article.pk), Article, f"articles.article.{article.pk}")
    assert (sorted(result.country), result.minister, result.about) == (["IR", "RU"], ["sergey-lavrov"], ["country:RU"])
    assert (result.language, result.group, result.visible) == ("en", "a", True)
    assert result.published_at == utc("2023-10-07T00:00")
    assert result.object == article
    assert result.get_additional_fields()["source"] == ["world-desk"]
    (undated,) = SearchQuerySet().filter(lang="ar")
    assert (undated.published_at, undated.moment, undated.country) == (None, None, [])


def test_objects_are_loaded_in_one_query(forty: list[str], django_assert_num_queries: Any) -> None:
    query = SearchQuerySet().filter(content="truce").order_by("pk").load_all()
    with django_assert_num_queries(1):
        results = query[5:25]
        titles = [(result.object.title, result.object.source.name) for result in results]
    assert len(titles) == 20
    assert [result.object.pk for result in results] == sorted(map(int, forty))[5:25]


def test_values_and_values_lists_and_result_classes_are_given(named: dict[str, Article]) -> None:
    query = SearchQuerySet().filter(country="RU").order_by("pk")
    keys = [str(named[name].pk) for name in ("truce", "russian")]
    assert list(query.values("pk", "lang")) == [
        {"pk": keys[0], "lang": ["en"]},
        {"pk": keys[1], "lang": ["ru"]},
    ]
    assert list(query.values_list("pk", flat=True)) == keys
    assert query.values_list("language", flat=True)[1:9] == ["ru"]

    class Result(SearchResult):
        pass

    assert isinstance(query.result_class(Result)[0], Result)
    assert type(query.result_class(None)[0]) is SearchResult


def test_a_query_set_can_be_copied_and_pickled(named: dict[str, Article]) -> None:
    query = SearchQuerySet().filter(SQ(country="RU") | ~SQ(content="x"), published_at__gte="2024").order_by("-pk")
    for same in (copy.copy(query), pickle.loads(pickle.dumps(query)), query.all()):
        assert found(same, named) == {"russian"}
    assert "country" in str(query.query)
    assert repr(query)


@pytest.mark.parametrize(
    ("query", "name", "passage", "title"),
    [
        ("truces", "truce", "Mediators announced a ceasefire. Oil prices fell.", "<mark>Truce</mark> in Gaza"),
        ("oil prices", "truce", "ceasefire. <mark>Oil</mark> <mark>prices</mark> fell.", "Truce in Gaza"),
        ("Турция", "russian", "Лавров прибыл в <mark>Турцию</mark>.", "Переговоры"),
        ("هدنة", "arabic", "<mark>الهُدنة</mark> في غزّة تبدأ.", "لقاء"),
    ],
)
def test_words_are_highlighted_in_every_script(
    named: dict[str, Article], query: str, name: str, passage: str, title: str
) -> None:
    for asked in (SearchQuerySet().filter(content=query), SearchQuerySet().auto_query(query)):
        (marks,) = (result.highlighted for result in asked.highlight() if result.pk == str(named[name].pk))
        assert passage in marks["text"][0]
        assert marks["title"] == [title]


def test_a_highlighted_text_is_escaped(archive: Archive) -> None:
    archive({"title": "<b>truce</b>", "body": "<script>truce</script>"})
    (result,) = SearchQuerySet().filter(content="truce").highlight()
    assert result.highlighted["text"] == ["&lt;script&gt;<mark>truce</mark>&lt;/script&gt;"]
    assert "<b>" not in result.highlighted["title"][0]


# --- facets


def test_facets_count_the_found_as_lists_of_value_and_count(named: dict[str, Article]) -> None:
    query = SearchQuerySet()
    for name in ("country", "lang", "visible", "group", "minister"):
        query = query.facet(name)
    assert query.facet_counts()["fields"] == {
        "country": [("RU", 2), ("IR", 1), ("SA", 1)],
        "lang": [("en", 2), ("ar", 1), ("ru", 1)],
        "visible": [(True, 4)],
        "group": [("a", 2), ("", 1), ("b", 1)],
        "minister": [("sergey-lavrov", 1)],
    }
    narrowed = query.filter(content="truce").narrow("country:RU")
    assert narrowed.facet_counts()["fields"]["country"] == [("IR", 1), ("RU", 1)]
    assert narrowed.count() == 1
    assert SearchQuerySet().facet("country", limit=1).facet_counts()["fields"] == {"country": [("RU", 2)]}
    assert SearchQuerySet().facet_counts() == {}
    run = query.filter(lang="ru")
    assert run[0].lang == ["ru"]
    assert run.facet_counts()["fields"]["lang"] == [("ru", 1)]


@pytest.mark.parametrize(
    ("start", "end", "gap", "amount", "expected"),
    [
        ("2023-10-01", "2024-06-01", "month", 1, [("2023-10-01", "2023-11-01", 2), ("2024-05-01", "2024-06-01", 1)]),
        ("2023-10-01", "2025-01-01", "year", 1, [("2023-10-01", "2024-10-01", 3)]),
        ("2023-08-31", "2024-01-01", "month", 1, [("2023-09-30", "2023-10-31", 2)]),
        ("2023-10-07", "2023-10-09", "day", 1, [("2023-10-07", "2023-10-08", 1), ("2023-10-08", "2023-10-09", 1)]),
        ("2023-10-07", "2023-11-01", "day", 7, [("2023-10-07", "2023-10-14", 2)]),
        ("2023-10-08", "2023-10-09", "hour", 6, [("2023-10-08T06", "2023-10-08T12", 1)]),
        ("2030-01-01", "2031-01-01", "second", 1, []),
    ],
)
def test_dates_are_counted_by_gaps_and_the_rest_is_none(
    named: dict[str, Article], start: str, end: str, gap: str, amount: int, expected: list[tuple[str, str, int]]
) -> None:
    bounds = (datetime.date.fromisoformat(start), datetime.date.fromisoformat(end))
    query = SearchQuerySet().date_facet("published_at", *bounds, gap, amount)
    moment = datetime.datetime.fromisoformat
    counts = [((moment(first), moment(last)), count) for first, last, count in expected]
    rest = 4 - sum(count for *_, count in expected)
    assert query.facet_counts()["dates"] == {"published_at": [*counts, (None, rest)]}


def test_gaps_have_a_length_and_may_reach_behind_the_calendar(named: dict[str, Article]) -> None:
    for unit, amount in (("year", 9000), ("day", 10_000_000), ("month", 200_000)):
        query = SearchQuerySet().date_facet(
            "published_at", datetime.date(2022, 1, 1), datetime.date(9999, 12, 31), unit, amount
        )
        (found, *_) = query.facet_counts()["dates"]["published_at"]
        assert found[1] == 3
    with pytest.raises(SearchBackendError, match="1 or more"):
        SearchQuerySet().date_facet(
            "published_at", datetime.date(2022, 1, 1), datetime.date(2023, 1, 1), "month", 0
        ).facet_counts()


def test_gaps_follow_the_zone_in_which_they_begin(named: dict[str, Article]) -> None:
    zone = ZoneInfo("Asia/Riyadh")
    start, end = (datetime.datetime(2023, 10, day, tzinfo=zone) for day in (7, 10))
    (first, second, _) = (
        SearchQuerySet().date_facet("published_at", start, end, "day").facet_counts()["dates"]["published_at"]
    )
    assert first == ((start, start + datetime.timedelta(days=1)), 1)
    assert second[0][0].tzinfo is zone


def test_queries_are_counted_through_our_grammar(named: dict[str, Article]) -> None:
    query = SearchQuerySet().filter(lang__in=["en", "ru"])
    for field, text in (("content", "truce -crude"), ("country", "Russia"), ("group", "a"), ("text", "[a TO z]")):
        query = query.query_facet(field, text)
    assert query.facet_counts()["queries"] == {
        "content:truce -crude": 1,
        "country:Russia": 2,
        "group:a": 2,
        "text:[a TO z]": 0,
    }


# --- what there is not

ODD_VALUES = [
    None,
    "",
    " ",
    "*",
    "?",
    "[a TO z]",
    "a\x00b",
    "\ud800",
    "\\",
    '"',
    "(" * 3000,
    "x" * 50_000,
    "word " * 3000,
    0,
    -1,
    10**400,
    -(10**18),
    1.5,
    float("nan"),
    float("inf"),
    True,
    b"bytes",
    object(),
    [],
    {},
    [None],
    [["x"], {"a": 1}],
    datetime.date.min,
    datetime.datetime.max,
    datetime.time(1, 2),
    datetime.timedelta(1),
    range(100),
    ["word", 1, None, b"x", datetime.date(2024, 1, 1)],
]


@pytest.mark.parametrize("number", range(len(ODD_VALUES)))
def test_no_value_is_an_error(named: dict[str, Article], number: int) -> None:
    value = ODD_VALUES[number]
    every = SearchQuerySet()
    for name in ("content", "title", "country", "group", "moment", "visible", "published_at", "pk", "id"):
        lookups = {"content", "exact", "in"}
        lookups |= {"startswith", "fuzzy"} if name in {"content", "title"} else {"gt", "gte", "lt", "lte"}
        for lookup in lookups:
            count = every.filter(**{f"{name}__{lookup}": value}).count()
            assert 0 <= count <= 4
            assert every.exclude(**{f"{name}__{lookup}": value}).count() == 4 - count
        if name not in {"content", "title"}:
            assert 0 <= every.filter(**{f"{name}__range": (value, value)}).count() <= 4
    for asked in (AutoQuery(value), Raw(value), Exact(value), Not(str(value))):
        assert 0 <= every.filter(content=asked).count() <= 4
        assert 0 <= every.filter(country=asked).count() <= 4


def test_ten_thousand_values_are_answered_quickly(named: dict[str, Article]) -> None:
    keys = [*range(-10_000, 0), named["oil"].pk]
    assert found(SearchQuerySet().filter(pk__in=keys), named) == {"oil"}
    texts = [f"X{key}" for key in keys]
    assert found(SearchQuerySet().filter(country__in=[*texts, "SA"]), named) == {"oil"}
    assert found(SearchQuerySet().filter(content__in=[*texts, "crude oil"]), named) == {"oil"}
    assert found(SearchQuerySet().exclude(content=" ".join(texts)), named) == set(ALL.split())


@pytest.mark.parametrize(
    ("query", "error", "message"),
    [
        (lambda every: every.filter(nofield=1), SearchFieldError, "no field “nofield”.*country"),
        (lambda every: every.filter(country__like="x"), SearchBackendError, "no lookup “like”.*startswith"),
        (lambda every: every.filter(published_at__date__gt="x"), SearchBackendError, "no lookup “date__gt”"),
        (lambda every: every.exclude(SQ(lang="en") | SQ(nofield__gt=1)), SearchFieldError, "nofield"),
        (lambda every: every.order_by("nofield"), SearchFieldError, "nofield"),
        (lambda every: every.order_by("title"), SearchFieldError, "cannot be ordered by"),
        (lambda every: every.facet("text"), SearchFieldError, "cannot be counted"),
        (lambda every: every.facet("nofield"), SearchFieldError, "nofield"),
        (lambda every: every.filter(content__endswith="x"), SearchBackendError, "cannot be asked of a text"),
        (lambda every: every.filter(title__gt="x"), SearchBackendError, "cannot be asked of a text"),
        (lambda every: every.filter(moment__startswith="1"), SearchBackendError, "holds no texts"),
        (lambda every: every.filter(country__range=("a",)), SearchBackendError, "two values"),
        (lambda every: every.filter(content=AltParser("dismax", "x")), SearchBackendError, "AltParser"),
        (lambda every: every.narrow(SQ(pk__gt=1)), SearchBackendError, "filter"),
        (lambda every: every.narrow("group:a OR group:b"), SearchBackendError, "filter"),
        (lambda every: every.more_like_this(object()), MoreLikeThisError, "Only articles"),
    ],
)
def test_what_does_not_exist_is_said_clearly(
    named: dict[str, Article], query: Query, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        list(query(SearchQuerySet()))


def test_places_are_not_searched(named: dict[str, Article]) -> None:
    with pytest.raises(SpatialError):
        connections["default"].get_backend().search("*", within={"field": "place"})
    with pytest.warns(UserWarning, match="boost"):
        assert SearchQuerySet().filter(content="truce").boost("oil", 2).count() == 2


def test_hidden_articles_are_never_found(named: dict[str, Article]) -> None:
    every = SearchQuerySet()
    assert not every.filter(visible=False)
    assert str(named["hidden"].pk) not in {result.pk for result in every}
    assert not every.filter(pk=named["hidden"].pk)
    assert every.filter(content="secret").count() == 0


def test_a_missing_index_gives_nothing_or_where_asked_to_an_error(
    named: dict[str, Article], index: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (index / "LIVE").unlink()
    assert SearchQuerySet().filter(content="truce").count() == 0
    assert "rebuild_index" in caplog.text
    backend = connections["default"].get_backend()
    backend.silently_fail = False
    with pytest.raises(EngineUnavailable):
        backend.search("truce")
    assert backend.search("") == {"results": [], "hits": 0}
