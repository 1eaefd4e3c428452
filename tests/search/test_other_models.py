"""Documents of any registered SearchIndex beside the articles: kept, found and taken out through Haystack."""

import datetime
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from haystack import connections, indexes
from haystack.backends import SQ
from haystack.exceptions import SkipDocument
from haystack.query import SearchQuerySet
from haystack.utils.loading import UnifiedIndex

from articles.models import Article, Minister, Source
from articles.search import indexing
from articles.search.engines.base import Request
from articles.search.haystack import searching
from articles.search.tree import Or, Tagged, Word
from articles.search_indexes import ArticleIndex

Archive = Callable[..., list[Article]]


class SourceIndex(indexes.SearchIndex, indexes.Indexable):
    """Sources with a field of each sort, made of their name: "Wire 3" has the number 3."""

    text = indexes.CharField(document=True)
    title = indexes.CharField(model_attr="name")
    name = indexes.CharField(model_attr="name", faceted=True)
    beginning = indexes.EdgeNgramField(model_attr="name")
    part = indexes.NgramField(model_attr="name")
    number = indexes.IntegerField()
    share = indexes.FloatField()
    price = indexes.DecimalField()
    even = indexes.BooleanField()
    founded = indexes.DateField()
    changed = indexes.DateTimeField(null=True)
    parts = indexes.MultiValueField()
    secret = indexes.CharField(stored=False)
    score = indexes.CharField(default="taken")

    def get_model(self) -> type[Source]:
        return Source

    def prepare(self, obj: Source) -> dict[str, Any]:
        prepared = super().prepare(obj)
        number = int(obj.name.split()[-1])
        if number == 13:
            raise SkipDocument
        return {
            **prepared,
            "text": f"The wires of {obj.name}",
            "number": number,
            "share": number / 4,
            "price": str(Decimal(number) / 10),
            "even": number % 2 == 0,
            "founded": datetime.date(2000 + number, 1, 1),
            "changed": datetime.datetime(2024, 1, number, 12, tzinfo=datetime.UTC) if number != 2 else None,
            "parts": [number, number * 10],
            "secret": "unseen",
        }


class MinisterIndex(indexes.SearchIndex, indexes.Indexable):
    text = indexes.CharField(document=True, model_attr="name")

    def get_model(self) -> type[Minister]:
        return Minister


@pytest.fixture
def sources(index: Path) -> Iterator[list[Source]]:
    """Wire 1, Wire 2 and Wire 3, in the index beside a minister."""
    connection = connections["default"]
    before = connection._index
    connection._index = UnifiedIndex()
    connection._index.build(indexes=[ArticleIndex(), SourceIndex(), MinisterIndex()])
    made = [Source.objects.create(name=f"Wire {number}", slug=f"wire-{number}") for number in (1, 2, 3)]
    connection._index.get_index(Source).update(using="default")
    Minister.objects.create(name="Wire Wang", slug="wang")
    connection._index.get_index(Minister).update(using="default")
    yield made
    connection._index = before


def found(query: SearchQuerySet) -> list[str]:
    return sorted(f"{result.model_name}{result.pk}" for result in query)


@pytest.mark.parametrize(
    ("condition", "numbers"),
    [
        (SQ(content="wire"), "123"),
        (SQ(content="wires"), "123"),
        (SQ(content__exact="wires of wire 2"), "2"),
        (SQ(title="2"), "2"),
        (SQ(name="Wire 2"), "2"),
        (SQ(name="2"), "2"),
        (SQ(name_exact="Wire 2"), "2"),
        (SQ(name__exact="wire 2"), ""),
        (SQ(name__startswith="wi"), "123"),
        (SQ(name__contains="re 3"), "3"),
        (SQ(name__fuzzy="wirr"), "123"),
        (SQ(name__in=["Wire 1", "Wire 3"]), "13"),
        (SQ(beginning="wi 3"), "3"),
        (SQ(part="ire"), "123"),
        (SQ(number=2), "2"),
        (SQ(number="2"), "2"),
        (SQ(number__gt=1), "23"),
        (SQ(number__range=(None, 2)), "12"),
        (SQ(share__gte=0.5), "23"),
        (SQ(share=0.75), "3"),
        (SQ(price__lt=Decimal("0.3")), "12"),
        (SQ(price__gt="0.10"), "23"),
        (SQ(even=True), "2"),
        (SQ(even=False), "13"),
        (SQ(founded__gte=datetime.date(2002, 1, 1)), "23"),
        (SQ(founded=datetime.date(2003, 1, 1)), "3"),
        (SQ(founded="2003"), "3"),
        (SQ(changed__lt=datetime.datetime(2024, 1, 3, tzinfo=datetime.UTC)), "1"),
        (SQ(changed=datetime.date(2024, 1, 3)), "3"),
        (SQ(changed=None), "2"),
        (SQ(parts=20), "2"),
        (SQ(parts__in=[1, 30]), "13"),
        (SQ(secret="unseen"), ""),
        (~SQ(number__in=[1, 2]), "3"),
    ],
    ids=str,
)
def test_every_sort_of_field_is_searched(sources: list[Source], condition: SQ, numbers: str) -> None:
    results = SearchQuerySet().models(Source).filter(condition)
    assert {result.object.name[-1] for result in results} == set(numbers)


def test_results_carry_the_fields_as_they_were_prepared(sources: list[Source]) -> None:
    (result,) = SearchQuerySet().filter(number=3)
    assert (result.model, result.pk, result.id) == (Source, str(sources[2].pk), f"articles.source.{sources[2].pk}")
    assert (result.name, result.number, result.share, result.even) == ("Wire 3", 3, 0.75, False)
    assert (result.price, result.parts, result.founded) == ("0.3", [3, 30], datetime.date(2003, 1, 1))
    assert result.changed == datetime.datetime(2024, 1, 3, 12, tzinfo=datetime.UTC)
    assert (result.text, result.secret) == ("The wires of Wire 3", None)
    assert result.object == sources[2]
    assert result.score == pytest.approx(0)


def test_results_are_ordered_counted_and_highlighted_by_their_fields(sources: list[Source]) -> None:
    query = SearchQuerySet().models(Source)
    assert [result.number for result in query.order_by("-number")] == [3, 2, 1]
    assert [result.number for result in query.order_by("even", "-changed")] == [3, 1, 2]
    assert [result.number for result in query.order_by("changed")] == [1, 3, 2]
    counts = query.facet("even").facet("parts").facet("name").facet_counts()["fields"]
    assert counts["even"] == [(False, 2), (True, 1)]
    assert counts["name"] == [("Wire 1", 1), ("Wire 2", 1), ("Wire 3", 1)]
    assert dict(counts["parts"]) == {1: 1, 2: 1, 3: 1, 10: 1, 20: 1, 30: 1}
    (result,) = query.filter(content="wires", number=2).highlight()
    assert result.highlighted == {"text": ["The <mark>wires</mark> of <mark>Wire</mark> 2"]}


def test_articles_and_others_are_found_together_or_apart(sources: list[Source], archive: Archive) -> None:
    (article,) = archive({"body": "The wire of the desk."})
    every = SearchQuerySet().filter(content="wire")
    minister = f"minister{Minister.objects.get().pk}"
    own = sorted(f"source{source.pk}" for source in sources)
    assert found(every) == [f"article{article.pk}", minister, *own]
    assert found(every.models(Article)) == [f"article{article.pk}"]
    assert found(every.models(Minister, Source)) == [minister, *own]
    assert [result.object for result in every.models(Source).load_all()] == sources
    # The site's own search is for articles, whatever else is in the index.
    backend = connections["default"].get_backend()
    tree = Or((Word("wire"), Tagged("source", ("world-desk",))))
    answer = backend.answer(Request(tree, facets=("source", "lang"), histogram=True))
    assert (answer.ids, answer.total, answer.facets["source"]) == ((article.pk,), 1, {"world-desk": 1})
    assert backend.ids() == {article.pk}
    assert not indexing.is_stale()


def test_only_models_with_an_index_are_found_unless_asked_otherwise(sources: list[Source], settings: Any) -> None:
    connections["default"]._index.build(indexes=[ArticleIndex(), SourceIndex()])
    assert {result.model for result in SearchQuerySet()} == {Source}
    backend = connections["default"].get_backend()
    assert backend.search("wire", limit_to_registered_models=False)["hits"] == 4
    settings.HAYSTACK_LIMIT_TO_REGISTERED_MODELS = False
    assert SearchQuerySet().count() == 4


def test_documents_are_replaced_left_out_and_taken_out(sources: list[Source]) -> None:
    backend, index = connections["default"].get_backend(), connections["default"].get_unified_index().get_index(Source)
    sources[0].name = "Wire 9"
    index.update_object(sources[0], using="default")
    assert sorted(result.number for result in SearchQuerySet().models(Source)) == [2, 3, 9]
    unlucky = Source.objects.create(name="Wire 13", slug="wire-13")
    backend.update(index, [unlucky])
    assert SearchQuerySet().models(Source).count() == 3
    index.remove_object(sources[0], using="default")
    backend.remove(f"articles.source.{sources[1].pk}")
    assert [result.number for result in SearchQuerySet().models(Source)] == [3]


def test_the_documents_of_one_model_are_cleared_and_the_others_stay(sources: list[Source], archive: Archive) -> None:
    archive({"body": "wire"})
    backend = connections["default"].get_backend()
    assert backend.index.doc_count() == 5
    backend.clear(models=[Source])
    assert found(SearchQuerySet().models(Source)) == []
    assert backend.index.doc_count() == SearchQuerySet().count() == 2
    backend.clear([Article, Minister])
    assert backend.index.doc_count() == 0
    backend.clear()
    backend.setup()
    assert SearchQuerySet().count() == 0


def test_a_rebuild_is_of_all_registered_indexes(sources: list[Source], archive: Archive) -> None:
    archive({"body": "wire", "source": "Wire 13"})
    Minister.objects.all().delete()
    assert indexing.rebuild() == 1
    assert found(SearchQuerySet().models(Source)) == sorted(f"source{source.pk}" for source in sources)
    assert SearchQuerySet().count() == 4


# --- articles like one


@pytest.fixture
def alike(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is like an article is, for these tests, what has the word truce."""
    monkeypatch.setattr(searching, "likeness", lambda article: Word("truce") if article.body else None)


def test_articles_like_one_are_found_without_itself_and_its_copies(alike: None, archive: Archive) -> None:
    one, _copy, other, russian, _oil, empty = archive(
        {"body": "truce one", "copy_group": "a"},
        {"body": "truce copy", "copy_group": "a"},
        {"body": "truce truce other", "copy_group": "b"},
        {"body": "truce and many more words", "language": "ru"},
        {"body": "oil"},
        {"body": "", "title": ""},
    )
    query = SearchQuerySet().more_like_this(one)
    assert [result.pk for result in query] == [str(other.pk), str(russian.pk)]
    assert query.count() == 2
    assert [result.pk for result in query.all()[1:2]] == [str(russian.pk)]
    assert query.all()[5:9] == []
    assert [result.pk for result in SearchQuerySet().filter(lang="ru").more_like_this(one)] == [str(russian.pk)]
    assert list(SearchQuerySet().models(Article).more_like_this(empty)) == []
    assert one.pk in {int(result.pk) for result in SearchQuerySet().more_like_this(russian)}


def test_the_words_of_other_models_are_not_counted_as_articles(sources: list[Source]) -> None:
    assert connections["default"].get_backend().holding(["wires"]) == {"wires": 0}


# --- spelling


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [("truse", "truce"), ("gazza truse", "gaza truce"), ("truces", None), ("truce", None), ("zebra", None), ("", None)],
)
def test_unknown_words_are_put_right_where_that_is_switched_on(
    archive: Archive, text: str, suggestion: str | None
) -> None:
    archive({"body": "truce in gaza"}, {"body": "truck"}, {"body": "truce"})
    assert SearchQuerySet().auto_query(text).spelling_suggestion() is None
    connections["default"].get_backend().include_spelling = True
    assert SearchQuerySet().auto_query(text).spelling_suggestion() == suggestion
    assert SearchQuerySet().filter(content=text).spelling_suggestion() == suggestion
