"""Every number and every row of the front door against a count by hand over the database."""

import datetime
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import reference
from articles.models import Article
from articles.search import SearchParams, SearchResults, indexing, matches, names, search
from articles.search.engines.base import Answer, Filters, Request
from articles.search.names import Names
from articles.search.tree import And, Dated, Fuzzy, InTitle, Node, Not, Or, Phrase, Prefix, Tagged, Word
from tests.search.test_engine_contract import (
    FACETS,
    SOME_WORDS,
    VALUES,
    Row,
    choices,
    day,
    expected,
    random_article,
    row,
)

# A surname that the database's gazetteer knows: it also finds the articles tagged with the person.
NAME = Word("Lavrov")
PERSON = Tagged("minister", ("sergey-lavrov",))
SUBJECTS = {"RU": "country:RU", "gaza": "topic:gaza", "wang-yi": "minister:wang-yi", "nobody": ""}
PERIODS = {
    "": (None, None),
    "2022": ("2022-01-01", "2022-12-31"),
    "2023": ("2023-01-01", "2023-12-31"),
    "2023-06": ("2023-06-01", "2023-06-30"),
    "2023-06-15": ("2023-06-15", "2023-06-15"),
    "2023-12-31": ("2023-12-31", "2023-12-31"),
    "2024-02": ("2024-02-01", "2024-02-29"),
    "2100": ("2100-01-01", "2100-12-31"),
}


# --- words: a tree, how a person types it, and what it means


def typed(node: Node) -> str:
    """Return what a person types to mean a tree; OR stands bare among words, for it binds tighter than the space."""
    if isinstance(node, And):
        return " ".join(f"({typed(child)})" if isinstance(child, And) else typed(child) for child in node.children)
    if isinstance(node, Or):
        return " OR ".join(
            f"({typed(child)})" if isinstance(child, And | Or) else typed(child) for child in node.children
        )
    if isinstance(node, Not):
        return f"-({typed(node.child)})" if isinstance(node.child, And | Or | Not) else f"-{typed(node.child)}"
    if isinstance(node, InTitle):
        return f"title:{typed(node.child)}"
    if isinstance(node, Tagged):
        return f"{node.facet}:{node.values[0].split(':')[-1]}"
    if isinstance(node, Dated):
        return f"after:{node.first}" if node.first else f"before:{node.last + datetime.timedelta(days=1)}"  # type: ignore[operator]
    if isinstance(node, Phrase):
        return f'"{node.text}"' + (f"~{node.slop}" if node.slop else "")
    assert isinstance(node, Word | Prefix | Fuzzy)
    return node.text + {Word: "", Prefix: "*", Fuzzy: "~"}[type(node)]


def meant(node: Node, variants: bool) -> Node:
    """Return the tree with the known name widened to the person, but not in what is left out."""
    if node == NAME and variants:
        return Or((NAME, PERSON))
    if isinstance(node, And | Or):
        return type(node)(tuple(meant(child, variants) for child in node.children))
    if isinstance(node, Not) and isinstance(node.child, Not):
        # Left out twice is asked for.
        return meant(node.child.child, variants)
    return node


# The days of articles and those before them: a bound that is off by one shows.
DAYS = st.sampled_from(
    [day(f"20{text}") for text in ("22-12-31", "23-01-01", "23-06-14", "23-06-15", "23-12-31", "24-02-28", "24-02-29")]
)
LEAVES = st.one_of(
    SOME_WORDS.map(Word),
    SOME_WORDS.map(Word),
    st.just(NAME),
    st.builds(
        lambda words, slop: Phrase(" ".join(words), slop if len(words) > 1 else 0),
        st.lists(SOME_WORDS, min_size=1, max_size=3),
        st.integers(0, 3),
    ),
    SOME_WORDS.map(lambda word: Prefix(word[:3])),
    SOME_WORDS.map(lambda word: Fuzzy(word[:2] + word[3:] if len(word) > 3 else word)),
    SOME_WORDS.map(lambda word: InTitle(Word(word))),
    st.sampled_from([Tagged(facet, (value,)) for facet, values in VALUES.items() for value in values]),
    st.sampled_from([Tagged("about", (subject,)) for subject in SUBJECTS.values() if subject]),
    DAYS.map(lambda first: Dated(first=first)),
    DAYS.map(lambda last: Dated(last=last)),
)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, min_size=2, max_size=3).map(lambda nodes: And(tuple(nodes))),
        st.lists(inner, min_size=2, max_size=3).map(lambda nodes: Or(tuple(nodes))),
    ),
    max_leaves=5,
)


# --- a search: its address, and what an archivist would make of it


@dataclass(frozen=True)
class Asked:
    """A search as drawn. `page` is where the reader is; all pages are read in any case."""

    tree: Node | None
    include: dict[str, tuple[str, ...]]
    exclude: dict[str, tuple[str, ...]]
    all_of: frozenset[str]
    about: str
    date_from: str
    date_to: str
    undated: str
    sort: str
    per: int
    copies: str
    variants: str
    editor: bool

    def params(self, page: int = 1) -> SearchParams:
        """Return the state that the address describes."""
        query = QueryDict(mutable=True)
        query["q"] = typed(self.tree) if self.tree else ""
        for facet in FACETS:
            query.setlist(facet, list(self.include.get(facet, ())))
            query.setlist(f"-{facet}", list(self.exclude.get(facet, ())))
        query.setlist("all", sorted(self.all_of))
        query.update({"about": self.about, "from": self.date_from, "to": self.date_to, "undated": self.undated})
        query.update({"sort": self.sort, "per": str(self.per), "copies": self.copies, "variants": self.variants})
        query["page"] = str(page)
        return SearchParams.from_query(query)

    def request(self, fold: bool) -> Request:
        """Return the same for the count by hand: what names nothing is dropped, and an end before the start."""
        include = {
            facet: tuple(value for value in values if value != "nothing") for facet, values in self.include.items()
        }
        exclude = {
            facet: tuple(value for value in values if value != "nothing" and value not in include.get(facet, ()))
            for facet, values in self.exclude.items()
        }
        first, last = PERIODS[self.date_from][0], PERIODS[self.date_to][1]
        if first and last and first > last:
            last = None
        subject = SUBJECTS.get(self.about, "")
        return Request(
            meant(self.tree, self.variants != "0") if self.tree else None,
            Filters(
                include={facet: values for facet, values in include.items() if values},
                exclude=exclude,
                all_of=self.all_of,
                about=(subject,) if subject else (),
                first_day=day(first) if first else None,
                last_day=day(last) if last else None,
                undated={"": None, "0": False, "1": True}[self.undated],
            ),
            order=self.sort or ("relevance" if self.tree else "newest"),  # type: ignore[arg-type]
            limit=None,
            facets=FACETS,
            histogram=True,
            fold=fold,
            hidden=self.editor,
        )


ASKED = st.builds(
    Asked,
    tree=st.none() | TREES,
    include=st.fixed_dictionaries({}, optional={facet: choices(facet) for facet in FACETS}),
    exclude=st.fixed_dictionaries({}, optional={facet: choices(facet, 1) for facet in FACETS}),
    all_of=st.frozensets(st.sampled_from(("country", "minister", "topic"))),
    about=st.sampled_from(("", "", "", *SUBJECTS)),
    date_from=st.sampled_from(("", "", *PERIODS)),
    date_to=st.sampled_from(("", "", *PERIODS)),
    undated=st.sampled_from(("", "", "", "0", "1")),
    sort=st.sampled_from(("", "relevance", "newest", "oldest")),
    per=st.sampled_from((10, 20, 50)),
    copies=st.sampled_from(("", "fold", "all")),
    variants=st.sampled_from(("", "1", "0")),
    editor=st.booleans(),
)
# Half of the searches have words or filters only: together they seldom find much.
SEARCHES = st.one_of(
    ASKED,
    ASKED.map(lambda asked: replace(asked, include={}, exclude={}, about="", date_from="", date_to="", undated="")),
    ASKED.map(lambda asked: replace(asked, tree=None)),
)


@pytest.fixture
def rows(index: Any, make_article: Callable[..., Article], monkeypatch: pytest.MonkeyPatch) -> list[Row]:
    """Some forty random articles in the database, as the count by hand knows them."""
    chance = random.Random(19451024)
    for _ in range(42):
        fields = random_article(chance)
        make_article(**{**fields, "body": fields["body"] + chance.choice(("", "", "", " Lavrov"))})
    indexing.update(list(Article.objects.values_list("pk", flat=True)))
    known = Names(reference.current())
    monkeypatch.setattr(names, "current", lambda: known)
    return [row(article) for article in Article.objects.with_tags()]


def check_counts(results: SearchResults, wanted: Answer) -> None:
    assert (results.total, results.stories) == (wanted.total, wanted.stories)
    assert results.state == ("found" if wanted.total else "nothing")
    for facet in results.facets:
        assert {item.value: item.count for item in facet.values if item.count} == wanted.facets[facet.name]
        listed = {item.value for item in facet.values}
        chosen = {*results.params.include.get(facet.name, ()), *results.params.exclude.get(facet.name, ())}
        assert listed == {*wanted.facets[facet.name], *chosen}
    if results.histogram is None:
        assert not wanted.days
        assert not wanted.undated
        return
    shown = sum(bucket.count for bucket in results.histogram.buckets)
    assert shown + results.histogram.outside == sum(wanted.days.values())
    for bucket in results.histogram.buckets:
        days = [date for date in wanted.days if bucket.start <= date <= bucket.end]
        assert bucket.count == sum(wanted.days[date] for date in days)
    assert results.histogram.undated == wanted.undated


def folded(ids: list[int], groups: dict[int, str]) -> dict[int, int]:
    """Return the first of each group of near-copies, in order, with how many others there are."""
    firsts: dict[str, int] = {}
    for pk in ids:
        firsts.setdefault(groups[pk], pk)
    return {pk: sum(groups[other] == group for other in ids) - 1 for group, pk in firsts.items()}


def test_every_number_and_row_is_that_of_a_count_by_hand(rows: list[Row]) -> None:
    editor = User.objects.create_superuser("editor")
    groups = {row.pk: row.group for row in rows}

    @settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
    @given(SEARCHES)
    def check(asked: Asked) -> None:
        user = editor if asked.editor else None
        request = asked.request(fold=False)
        wanted = expected(rows, request)
        params = asked.params()
        # All articles in order, copies included, as an export lists them.
        listed = matches(params, user=user)
        assert listed.total == len(listed.ids) == wanted.total
        if request.order == "relevance":
            assert sorted(listed.ids) == sorted(wanted.ids)
            assert listed.scores == sorted(listed.scores, reverse=True)
        else:
            assert listed.ids == list(wanted.ids)
        # The pages: each row once, in that order, each group of near-copies at the place of its best member.
        shown = folded(listed.ids, groups) if params.fold_copies else dict.fromkeys(listed.ids, 0)
        seen: list[tuple[int, int, int]] = []
        for page in range(1, max(1, -(-len(shown) // asked.per)) + 1):
            results = search(asked.params(page), user=user)
            check_counts(results, wanted)
            assert results.pages == max(1, -(-len(shown) // asked.per))
            assert len(results.hits) == min(asked.per, len(shown) - len(seen))
            seen += [(hit.rank, hit.article.pk, hit.copies) for hit in results.hits]
        assert seen == [(rank, pk, others) for rank, (pk, others) in enumerate(shown.items(), 1)]
        beyond = search(asked.params(results.pages + 1), user=user)
        assert (beyond.total, beyond.hits) == (wanted.total, ())

    check()
