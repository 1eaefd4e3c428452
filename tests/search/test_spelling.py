"""What may have been meant by words that no article holds: from the index's own words, and never in silence."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from haystack import connections
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Article
from articles.search import SearchParams, SearchResults, indexing, search
from articles.search.spelling import correction
from articles.text.keyboards import other_layouts

pytestmark = pytest.mark.django_db

BODIES = (
    "Lavrov in Cairo: ceasefire talks",
    "Lavrov on grain",
    "Netanyahu speaks of Israel and of Gaza",
    "Лавров в Каире",
    "وزير الخارجية في القاهرة",
    "ceasefires hold",
)


@pytest.fixture
def archive(index: Any, make_article: Callable[..., Article]) -> None:
    made = [make_article(body, title="x") for body in BODIES]
    made.append(make_article("Lavrik is a secret", title="x", visible=False))
    indexing.update([article.pk for article in made])


def found(address: str) -> SearchResults:
    return search(SearchParams.from_query(QueryDict(address)))


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("lavrof", "lavrov"),
        ("LAVROFF", None),
        ("lavorv", "lavrov"),
        ("lavov", "lavrov"),
        ("Netanjahoo", None),
        ("Netenjahu", "netanyahu"),
        ("isreal", "israel"),
        ("лаврав", "лавров"),
        ("الخارجيه", None),
        ("القاهره", None),
        ("الخارجيت", "الخارجيه"),
        # In the first letter nothing may be wrong; short words have too many neighbours.
        ("wavrov", None),
        ("gaz", None),
        ("ра", None),
        ("1987", None),
        # Typed on another keyboard.
        ("kfdhjd", "лавров"),
        ("дфмкщм", "lavrov"),
        ("hgohv[dm", "الخارجيه"),
        # Hidden articles give nothing away.
        ("lavrit", None),
        ("lavrikk", None),
        ("", None),
        ("zzzzzz", None),
    ],
)
def test_a_word_is_put_right_by_the_nearest_and_commonest_of_the_index(
    archive: None, word: str, meant: str | None
) -> None:
    assert correction(connections["default"].get_backend(), word) == meant


@pytest.mark.parametrize(
    ("q", "typed", "meant", "total"),
    [
        ("lavrof", ("lavrof",), "lavrov", 2),
        ("lavrof (ceasefyre OR grain)", ("lavrof", "ceasefyre"), "lavrov (ceasefire OR grain)", 2),
        ("gaza OR lavrof", ("lavrof",), "gaza OR lavrov", 3),
        ("lavrof -ceasefyre", ("lavrof",), "lavrov -ceasefyre", 2),
        ("lavrof OR lavrof OR zzzzzz", ("lavrof",), "lavrov OR lavrov OR zzzzzz", 2),
        ("lavrof,", ("lavrof",), "lavrov,", 2),
        ("#lavrof, ceasefyre?", ("lavrof", "ceasefyre"), "#lavrov, ceasefire?", 1),
        ("lavrof's", ("lavrof",), "lavrov's", 2),
        ("Lavrof😀", ("Lavrof",), "lavrov😀", 2),
        ("lavrof/ceasefyre", ("lavrof", "ceasefyre"), "lavrov/ceasefire", 1),
        ("lavro/lavro", ("lavro",), "lavrov/lavrov", 2),
        ("zlavro/lavro OR lavrov", ("lavro",), "zlavro/lavrov OR lavrov", 2),
        ("subtitle:lavro OR lavro", ("lavro",), "subtitle:lavrov OR lavrov", 2),
        ('minister:"lavro lavro" OR gaza', ("lavro",), 'minister:"lavrov lavro" OR gaza', 1),
        ("minister:lavrof", ("lavrof",), "minister:lavrov", 2),
        ("gaza-isreal OR lavrof", ("isreal", "lavrof"), "gaza-israel OR lavrov", 2),
    ],
)
def test_a_correction_is_offered_with_what_it_finds_and_nothing_is_replaced(
    archive: None, q: str, typed: tuple[str, ...], meant: str, total: int
) -> None:
    results = search(SearchParams(q=q))
    assert results.params.q == q
    offered = results.correction
    assert offered is not None
    assert (offered.typed, offered.meant, offered.total) == (typed, meant, total)
    assert found(offered.query.removeprefix("?")).total == total


@pytest.mark.parametrize(
    "q",
    [
        "lavrov lavrov zzzzzz",
        # Nothing is offered that finds nothing.
        "lavrof zzzzzz",
        "1987",
        "2031",
        # Known names are no mistakes.
        "Кубы",
        "lavrov",
        "ceasefire",
        '"lavrof"',
        "title:lavrof",
        "lavrof~",
        "lavro*",
        "-lavrof",
        "zzzzzz",
        "",
    ],
)
def test_where_nothing_is_wrong_or_nothing_is_near_none_is_offered(archive: None, q: str) -> None:
    assert search(SearchParams(q=q)).correction is None


def test_filters_stay_where_a_word_is_put_right(archive: None) -> None:
    offered = found("q=lavrof&lang=en").correction
    assert offered is not None
    assert (offered.query, offered.filtered) == ("?q=lavrov&lang=en", True)


def test_where_the_filters_leave_nothing_of_it_it_is_offered_without_them(archive: None) -> None:
    offered = found("q=lavrof&source=nobody&after=2020&from=1950&to=1951").correction
    assert offered is not None
    assert (offered.query, offered.filtered) == ("?q=lavrov", False)
    assert offered.total == found("q=lavrov").total


def test_an_editor_is_not_told_that_no_article_has_a_word_that_one_has(archive: None, django_user_model: Any) -> None:
    editor = django_user_model.objects.create_superuser("editor", "", "x")
    assert search(SearchParams(q="lavrik"), user=editor).correction is None
    offered = search(SearchParams(q="lavrik OR lavrow")).correction
    assert offered is not None
    assert offered.meant == "lavrik OR lavrov"


def test_many_unknown_words_cost_no_more_than_a_few(archive: None, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    backend = connections["default"].get_backend()
    words = type(backend).words

    def counted(self: Any, beginning: str) -> Any:
        asked.append(beginning)
        return words(self, beginning)

    monkeypatch.setattr(type(backend), "words", counted)
    search(SearchParams(q=" ".join(f"{chr(1072 + number)}рдгщшцух" for number in range(30))))
    assert len(asked) <= 3


def test_the_page_says_what_no_article_has_and_what_may_be_meant(archive: None, client: Client) -> None:
    html = client.get("/", {"q": "lavrof"}).content.decode()
    assert "No article has “lavrof”." in html
    assert '<a href="/?q=lavrov" rel="nofollow"><bdi>lavrov</bdi></a>' in html


@given(st.text(max_size=12))
def test_a_word_of_another_keyboard_is_another_word(word: str) -> None:
    assert word not in other_layouts(word)


@pytest.mark.parametrize(
    ("typed", "meant"), [("kfdhjd", "лавров"), ("дфмкщм", "lavrov"), (",jh,f", "борба"), ("ghsv", "пры" + "м")]
)
def test_the_same_keys_on_another_keyboard(typed: str, meant: str) -> None:
    assert meant in other_layouts(typed)
