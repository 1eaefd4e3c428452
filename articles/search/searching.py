"""A search from parameters to results: plan, ask the engine once, load the rows, finish what a page shows."""

import datetime
import logging
import time
from collections.abc import Mapping
from typing import Any, Literal

from django.utils.formats import date_format
from django.utils.translation import gettext
from haystack import connections

from articles.models import Article
from articles.search import names
from articles.search.engines.base import Answer, EngineUnavailable, Order, Request
from articles.search.facets import FACETS, Facet
from articles.search.known_values import with_known_values
from articles.search.params import SearchParams
from articles.search.planning import Plan, plan
from articles.search.results import (
    Bucket,
    FacetResult,
    FacetValue,
    Histogram,
    Hit,
    Matches,
    SearchResults,
    Selection,
    State,
    WayOut,
    typed_parts,
)
from articles.search.selections import selections
from articles.search.snippets import Marker, marked, snippet
from articles.search.ways_out import ways_out
from articles.text.days import parse_period

logger = logging.getLogger(__name__)

SEE_HIDDEN = "articles.view_article"


def search(params: SearchParams, *, user: Any = None, language: str = "en") -> SearchResults:
    """Return the results of a search, with facets, histogram and the rows of its page.

    `language` is the reader's, for names to show. `user` decides whether hidden articles are found. An index that
    cannot be read gives the state `unavailable`, and a line in the log.
    """
    started = time.perf_counter()
    params = with_known_values(params)
    planned = plan(params)
    if not planned.answerable:
        return _finished(params, planned, "not_understood", Answer(), language, False, started)
    request = _request(params, planned, user, params.per, (params.page - 1) * params.per)
    try:
        answer = _ask(request)
    except EngineUnavailable as error:
        logger.error("%s", error)
        return SearchResults(params, "unavailable", elapsed=time.perf_counter() - started)
    state: State = "found" if answer.total else "nothing"
    return _finished(params, planned, state, answer, language, request.hidden, started)


def matches(params: SearchParams, *, limit: int | None = None, user: Any = None, drop_unknown: bool = True) -> Matches:
    """Return all articles that a search finds (`limit` of them), copies included, with no page between.

    A filter's value that names nothing is dropped, as on the page; without `drop_unknown` it stays and finds nothing,
    which is what a script wants.
    """
    if drop_unknown:
        params = with_known_values(params)
    planned = plan(params)
    dropped = [f"{problem.parameter}: {problem.value} ({problem.reason})" for problem in params.problems]
    messages = (*dropped, *planned.messages)
    if not planned.answerable:
        return Matches([], [], 0, "not_understood", messages, understood=False)
    request = Request(planned.tree, planned.filters, _order(params, planned), limit=limit, hidden=_sees_hidden(user))
    try:
        answer = _ask(request)
    except EngineUnavailable as error:
        logger.error("%s", error)
        return Matches([], [], 0, "unavailable", (str(error),))
    state: State = "found" if answer.total else "nothing"
    ids, scores = list(answer.ids), list(answer.scores)
    return Matches(ids, scores, answer.total, state, messages, planned.understood)


def prepare() -> None:
    """Load what the first search of a process would wait for: names and index. Raises EngineUnavailable."""
    names.current()
    connections["default"].get_backend().snapshot()


def _ask(request: Request) -> Answer:
    answer: Answer = connections["default"].get_backend().answer(request)
    return answer


def _sees_hidden(user: Any) -> bool:
    return user is not None and user.has_perm(SEE_HIDDEN)


def _order(params: SearchParams, planned: Plan) -> Order:
    if params.sort:
        return params.sort  # type: ignore[return-value]
    return "relevance" if planned.tree is not None else "newest"


def _request(params: SearchParams, planned: Plan, user: Any, limit: int, offset: int) -> Request:
    return Request(
        tree=planned.tree,
        filters=planned.filters,
        order=_order(params, planned),
        offset=offset,
        limit=limit,
        facets=tuple(facet.name for facet in FACETS),
        histogram=True,
        fold=params.fold_copies,
        hidden=_sees_hidden(user),
    )


def _finished(
    params: SearchParams, planned: Plan, state: State, answer: Answer, language: str, hidden: bool, started: float
) -> SearchResults:
    labels = {facet.name: _labels(facet, params, answer, language) for facet in FACETS}
    chosen = selections(params, labels)
    return SearchResults(
        params=params,
        state=state,
        total=answer.total,
        stories=answer.stories,
        hits=_hits(params, planned, answer),
        facets=tuple(_facet(facet, params, answer, labels[facet.name]) for facet in FACETS),
        histogram=_histogram(params, answer),
        selections=tuple(selection for selection, _ in chosen),
        messages=tuple(planned.messages),
        typed=typed_parts(params.q, planned.remarks) if planned.remarks else (),
        names=tuple(planned.names),
        ways_out=_ways_out(params, chosen, hidden) if state == "nothing" else (),
        elapsed=time.perf_counter() - started,
    )


def _ways_out(params: SearchParams, chosen: list[tuple[Selection, SearchParams]], hidden: bool) -> tuple[WayOut, ...]:
    """Return what a search that found nothing would find without one of its parts."""

    def count(other: SearchParams) -> int:
        planned = plan(other)
        if not planned.answerable:
            return 0
        return _ask(Request(planned.tree, planned.filters, limit=0, hidden=hidden)).total

    return ways_out(params, [(_left_off(selection), without) for selection, without in chosen], count)


def _left_off(selection: Selection) -> str:
    """Return in words what a search without this selection is."""
    words = {"kind": selection.kind, "label": selection.label}
    if selection.excluded:
        return gettext("not excluding “%(kind)s: %(label)s”") % words
    return gettext("without “%(kind)s: %(label)s”") % words


# --- rows


def _hits(params: SearchParams, planned: Plan, answer: Answer) -> tuple[Hit, ...]:
    found = {article.pk: article for article in Article.objects.with_tags().filter(pk__in=answer.ids)}
    marker = Marker.of(planned.tree)
    first = (params.page - 1) * params.per
    hits = []
    for rank, (pk, score) in enumerate(zip(answer.ids, answer.scores, strict=True), first + 1):
        article = found.get(pk)
        if article is not None:
            hits.append(_hit(article, marker, rank, score, answer.copies.get(pk, 0)))
    return tuple(hits)


def _hit(article: Article, marker: Marker, rank: int, score: float, copies: int) -> Hit:
    title = marked(article.title, marker.spans_in(article, "title"))
    return Hit(rank, score, article, title, snippet(article.body, marker.spans_in(article, "body")), copies)


# --- facets


def _labels(facet: Facet, params: SearchParams, answer: Answer, language: str) -> Mapping[str, str]:
    chosen = (*params.include.get(facet.name, ()), *params.exclude.get(facet.name, ()))
    return facet.labels({*answer.facets.get(facet.name, {}), *chosen}, language)


def _facet(facet: Facet, params: SearchParams, answer: Answer, labels: Mapping[str, str]) -> FacetResult:
    name = facet.name
    counts = answer.facets.get(name, {})
    chosen, excluded = params.include.get(name, ()), params.exclude.get(name, ())
    # A chosen value never vanishes, even at 0.
    values = [
        FacetValue(
            params=params,
            facet=name,
            value=value,
            label=labels.get(value, value),
            count=counts.get(value, 0),
            chosen=value in chosen,
            excluded=value in excluded,
        )
        for value in {*counts, *chosen, *excluded}
    ]
    values.sort(key=lambda value: (not value.chosen, not value.excluded, -value.count, value.label))
    every = name in params.all_of
    return FacetResult(
        name, facet.title, tuple(values), facet.combinable, every, params.with_all_of(name, not every).query_string()
    )


# --- dates


def _histogram(params: SearchParams, answer: Answer) -> Histogram | None:
    if not answer.days and not answer.undated:
        return None
    days = sorted(answer.days)
    unit = _unit(days)
    counts: dict[str, int] = {}
    for day in days:
        key = _period_text(day, unit)
        counts[key] = counts.get(key, 0) + answer.days[day]
    buckets = tuple(_bucket(text, counts.get(text, 0), unit, params) for text in _periods(days, unit))
    return Histogram(unit, buckets, answer.undated, params.with_undated(True).query_string())


Unit = Literal["day", "month", "year"]


def _unit(days: list[datetime.date]) -> Unit:
    """Choose bars so that there are neither one nor hundreds of them."""
    if not days:
        return "month"
    span = (days[-1] - days[0]).days
    return "day" if span <= 45 else "month" if span <= 365 * 10 else "year"


def _period_text(day: datetime.date, unit: Unit) -> str:
    return day.isoformat()[: {"day": 10, "month": 7, "year": 4}[unit]]


def _periods(days: list[datetime.date], unit: Unit) -> list[str]:
    """Return every period from the first to the last of `days`, also those without an article."""
    if not days:
        return []
    texts, day = [], days[0]
    while True:
        text = _period_text(day, unit)
        texts.append(text)
        period = parse_period(text)
        if period is None or period.end >= days[-1]:
            return texts
        day = period.end + datetime.timedelta(days=1)


def _bucket(text: str, count: int, unit: Unit, params: SearchParams) -> Bucket:
    period = parse_period(text)
    if period is None:
        raise ValueError(f"{text} is not a period")
    label = text if unit == "year" else date_format(period.start, "F Y" if unit == "month" else "j F Y")
    after = params.date_from is None or period.end >= params.date_from.start
    before = params.date_to is None or period.start <= params.date_to.end
    chosen = after and before and params.undated is not True
    return Bucket(period.start, period.end, label, count, chosen, params.with_dates(period, period).query_string())
