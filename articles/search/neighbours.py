"""Where an article stands among the results of a search, and which articles stand before and behind it."""

import logging
from dataclasses import dataclass, replace
from typing import Any

from haystack import connections

from articles.models import Article
from articles.search.engines.base import Answer, EngineUnavailable, Request
from articles.search.known_values import with_known_values
from articles.search.params import SearchParams
from articles.search.planning import plan
from articles.search.searching import order_of, sees_hidden

logger = logging.getLogger(__name__)

# So many rows on either side are asked for: the next one may have been hidden since the index learned of it.
_BESIDE = 3
# So many rows on either side are looked through for an article that no longer stands where it stood.
_NEARBY = 100
MAX_RANK = 10**9


@dataclass(frozen=True)
class Neighbour:
    """An article of the results and its rank, counted from 1 in the order of the rows."""

    article: Article
    rank: int


@dataclass(frozen=True)
class Neighbours:
    """An article's place in a search; `params` are without the values that name nothing.

    `rank` is 0 where the article was not found near the place asked about. `total` counts the articles of the search,
    `rows` what its pages show of them; both are None where that could not be asked.
    """

    params: SearchParams
    rank: int = 0
    rows: int | None = None
    total: int | None = None
    previous: Neighbour | None = None
    next: Neighbour | None = None


def neighbours(params: SearchParams, rank: int, pk: int, *, user: Any = None) -> Neighbours:
    """Return where the article `pk` stands in a search, and the articles beside it that `user` may see.

    `rank` is where it stood when the page of results was made (0: not known): it is put right where the article stands
    nearby. Near-copies that share a row have its rank. Never raises: an index that cannot be read leaves a line in the
    log.
    """
    params = with_known_values(params)
    planned = plan(params)
    if not planned.answerable:
        return Neighbours(params)
    request = Request(
        tree=planned.tree,
        filters=planned.filters,
        order=order_of(params, planned),
        fold=params.fold_copies,
        hidden=sees_hidden(user),
    )
    try:
        return _found(params, request, min(rank, MAX_RANK), pk)
    except EngineUnavailable as error:
        logger.error("%s", error)
        return Neighbours(params)


def _found(params: SearchParams, request: Request, rank: int, pk: int) -> Neighbours:
    if rank < 1:
        answer = _ask(replace(request, limit=0))
        return Neighbours(params, 0, _rows(request, answer), answer.total)
    answer, first = _around(request, rank, _BESIDE)
    place = _place(answer, pk)
    rows = _rows(request, answer)
    if place is None and rows:
        # The archive has changed since, or somebody wrote the number: it may stand not far from there.
        answer, first = _around(request, min(rank, rows), _NEARBY)
        place = _place(answer, pk)
    if place is None:
        return Neighbours(params, 0, rows, answer.total)
    seen = _seen(request, answer, range(max(0, place - _BESIDE), place + _BESIDE + 1))
    before = [index for index in seen if index < place]
    behind = [index for index in seen if index > place]
    return Neighbours(
        params,
        first + place,
        rows,
        answer.total,
        Neighbour(seen[before[-1]], first + before[-1]) if before else None,
        Neighbour(seen[behind[0]], first + behind[0]) if behind else None,
    )


def _around(request: Request, rank: int, reach: int) -> tuple[Answer, int]:
    """Return the rows around a rank, and the rank of the first of them."""
    first = max(1, rank - reach)
    return _ask(replace(request, offset=first - 1, limit=rank + reach - first + 1)), first


def _ask(request: Request) -> Answer:
    answer: Answer = connections["default"].get_backend().answer(request)
    return answer


def _rows(request: Request, answer: Answer) -> int:
    return answer.stories if request.fold else answer.total


def _place(answer: Answer, pk: int) -> int | None:
    """Return the row in which an article stands, by itself or as a near-copy that is folded into it."""
    for index, row in enumerate(answer.ids):
        if pk == row or pk in answer.copy_ids.get(row, ()):
            return index
    return None


def _seen(request: Request, answer: Answer, wanted: range) -> dict[int, Article]:
    """Return the articles that stand for some rows now: of a hidden one a near-copy stands in, as on the page."""
    rows = {
        index: (answer.ids[index], *answer.copy_ids.get(answer.ids[index], ()))
        for index in wanted
        if index < len(answer.ids)
    }
    articles = Article.objects.all() if request.hidden else Article.objects.visible()
    found = articles.defer("body").in_bulk([pk for same in rows.values() for pk in same])
    standing = {index: next((found[pk] for pk in same if pk in found), None) for index, same in rows.items()}
    return {index: article for index, article in standing.items() if article is not None}
