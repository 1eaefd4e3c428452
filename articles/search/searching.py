"""A search from parameters to results: plan, ask the engine once, load the rows, finish what a page shows."""

import gc
import logging
import time
from collections.abc import Mapping
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext
from haystack import connections

from articles.models import Article, MinisterTag
from articles.search import names
from articles.search.engines.base import MAX_EXPANSIONS, Answer, Document, EngineUnavailable, Order, Request
from articles.search.facets import FACETS, Facet
from articles.search.freshness import marked, up_to_date
from articles.search.histogram import histogram
from articles.search.known_values import with_known_values
from articles.search.params import SearchParams
from articles.search.planning import Plan, plan
from articles.search.results import (
    Correction,
    FacetResult,
    FacetValue,
    Hit,
    Matches,
    SearchResults,
    Selection,
    State,
    Subjects,
    WayOut,
    typed_parts,
)
from articles.search.selections import selections
from articles.search.snippets.html import article_snippet
from articles.search.snippets.html import marked as as_marked
from articles.search.snippets.marking import Marker
from articles.search.spelling import corrected_search
from articles.search.ways_out import ways_out
from articles.search.wording import in_words

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
        state: State = "found" if answer.total else "nothing"
        return _finished(params, planned, state, answer, language, request.hidden, started)
    except EngineUnavailable as error:
        # It may also go away between the answer and what is asked beside it.
        logger.error("%s", error)
        return SearchResults(params, "unavailable", elapsed=time.perf_counter() - started)


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
    request = Request(planned.tree, planned.filters, order_of(params, planned), limit=limit, hidden=sees_hidden(user))
    try:
        answer = _ask(request)
    except EngineUnavailable as error:
        logger.error("%s", error)
        return Matches([], [], 0, "unavailable", (str(error),))
    state: State = "found" if answer.total else "nothing"
    ids, scores = list(answer.ids), list(answer.scores)
    return Matches(ids, scores, answer.total, state, messages, planned.understood, request.hidden)


def explain(params: SearchParams) -> str:
    """Return in English what the words of a search are understood to ask for; "nothing" where none serve."""
    tree = plan(params).tree
    return in_words(tree) if tree is not None else "nothing"


def prepare() -> None:
    """Load what the first search of a process would wait for: names and index. Raises EngineUnavailable."""
    names.current()
    connections["default"].get_backend().snapshot()
    # All this stays: looking through it for garbage, some tenths of a second each time, would find none.
    gc.collect()
    gc.freeze()


def _ask(request: Request) -> Answer:
    answer: Answer = connections["default"].get_backend().answer(request)
    return answer


def sees_hidden(user: Any) -> bool:
    """Whether hidden articles are found for a user; None is a reader without an account."""
    return user is not None and user.has_perm(SEE_HIDDEN)


def order_of(params: SearchParams, planned: Plan) -> Order:
    """Return the order in which a search's rows stand."""
    if params.sort:
        return params.sort  # type: ignore[return-value]
    return "relevance" if planned.tree is not None else "newest"


def _request(params: SearchParams, planned: Plan, user: Any, limit: int, offset: int) -> Request:
    return Request(
        tree=planned.tree,
        filters=planned.filters,
        order=order_of(params, planned),
        offset=offset,
        limit=limit,
        facets=tuple(facet.name for facet in FACETS),
        histogram=True,
        fold=params.fold_copies,
        documents=True,
        hidden=sees_hidden(user),
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
        hits=_hits(params, planned, answer, hidden),
        facets=tuple(_facet(facet, params, answer, labels[facet.name]) for facet in FACETS),
        histogram=histogram(params, answer),
        selections=tuple(selection for selection, _ in chosen),
        messages=(*planned.messages, *_cut(answer)),
        typed=typed_parts(params.q, planned.remarks) if planned.remarks else (),
        names=tuple(planned.names),
        correction=_correction(params, answer, hidden),
        ways_out=_ways_out(params, chosen, hidden) if state == "nothing" else (),
        elapsed=time.perf_counter() - started,
    )


def _cut(answer: Answer) -> list[str]:
    """Return sentences on what stands for more words than were looked for."""
    return [
        gettext("More than %(number)s words match “%(typed)s”: only the most frequent were searched.")
        % {"number": MAX_EXPANSIONS, "typed": node}
        for node in answer.cut
    ]


def _correction(params: SearchParams, answer: Answer, hidden: bool) -> Correction | None:
    """Return what may have been meant by the words that no article holds, with how much that would find."""
    found = corrected_search(connections["default"].get_backend(), params, answer, names.current())
    if found is None:
        return None
    typed, other = found
    # Where the filters leave nothing of it either, it is offered without them.
    for meant in (other, SearchParams(q=other.q)) if other.is_filtered else (other,):
        total = _count(meant, hidden)
        if total:
            return Correction(typed, meant.q, total, meant.query_string(), meant.is_filtered or not params.is_filtered)
    return None


def _count(params: SearchParams, hidden: bool) -> int:
    planned = plan(params)
    if not planned.answerable:
        return 0
    return _ask(Request(planned.tree, planned.filters, limit=0, hidden=hidden)).total


def _ways_out(params: SearchParams, chosen: list[tuple[Selection, SearchParams]], hidden: bool) -> tuple[WayOut, ...]:
    """Return what a search that found nothing would find without one of its parts."""
    return ways_out(
        params, [(_left_off(selection), without) for selection, without in chosen], lambda other: _count(other, hidden)
    )


def _left_off(selection: Selection) -> str:
    """Return in words what a search without this selection is."""
    words = {"kind": selection.kind, "label": selection.label}
    if selection.excluded:
        return gettext("not excluding “%(kind)s: %(label)s”") % words
    return gettext("without “%(kind)s: %(label)s”") % words


# --- rows


def _hits(params: SearchParams, planned: Plan, answer: Answer, hidden: bool) -> tuple[Hit, ...]:
    copies = [pk for others in answer.copy_ids.values() for pk in others]
    # The index may be behind: what was hidden since is nobody's to read.
    seen = Article.objects.all() if hidden else Article.objects.visible()
    marker = Marker.of(planned.tree)
    rows = marked(seen.select_related("source"))
    found = up_to_date(_with_evidence(rows, marker).in_bulk(answer.ids))
    copied = up_to_date(rows.in_bulk(copies)) if copies else {}
    first = (params.page - 1) * params.per
    hits = []
    answered = zip(answer.ids, answer.scores, answer.documents, strict=True)
    for rank, (pk, score, document) in enumerate(answered, first + 1):
        same = [copied[other] for other in answer.copy_ids.get(pk, ()) if other in copied]
        article = found.get(pk) or (same.pop(0) if same else None)
        if article is not None:
            title = as_marked(article.title, marker.spans_in(article, "title"))
            snippet = article_snippet(article, marker)
            # A copy that stands in shows its own tags: the other one may have been hidden since.
            subjects = _subjects(document) if article.pk == pk else _subjects_of(article)
            count = answer.copies.get(pk, 0) - (article.pk != pk)
            hits.append(Hit(rank, score, article, title, snippet, subjects, count, tuple(same)))
    return tuple(hits)


def _with_evidence(articles: QuerySet[Any], marker: Marker) -> QuerySet[Any]:
    """Load where people are named in the articles, if some of them are to be marked."""
    if not marker.ministers:
        return articles
    tags = MinisterTag.objects.filter(removed=False).select_related("minister")
    return articles.prefetch_related(Prefetch("minister_tags", tags))


def _subjects(document: Document) -> Subjects:
    # What the index keeps of a row need not be asked of the database: three queries of a page less.
    fields = document.fields
    about = set(fields["about"])
    main = tuple(code for code in fields["country"] if f"country:{code}" in about)
    return Subjects(tuple(fields["minister"]), main, tuple(fields["topic"]))


def _subjects_of(article: Article) -> Subjects:
    """Return what `_subjects` does, from the database."""
    tagged = Article.objects.with_tags().get(pk=article.pk)
    return Subjects(
        tuple(tag.minister.slug for tag in tagged.minister_tags.all()),
        tuple(tag.country_id for tag in tagged.country_tags.all() if tag.main),
        tuple(tag.topic.slug for tag in tagged.topic_tags.all()),
    )


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
