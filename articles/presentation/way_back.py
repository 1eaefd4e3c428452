"""The way back from an article to the search that the reader came from, and on to the results beside it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from articles.models import Article
from articles.presentation.links import search_address
from articles.search import Neighbour, Neighbours
from articles.search.facets import FACETS
from articles.search.params import SearchParams
from articles.search.selections import selections

# The rank among the results, beside the search's own parameters.
RESULT = "result"
_LONGEST_RANK = 9
# So many of the reader's selections name a search without words.
_NAMED = 3
_LONGEST_LABEL = 80


@dataclass(frozen=True)
class WayBack:
    """What the line above an article says: the search, the article's place in it, and the addresses beside it.

    `total` is how many articles the search finds, None where that is not known; `rank` is 0 where the article's place
    is not known. `label` are the words or the selections; addresses are empty where they lead nowhere.
    """

    label: str
    address: str
    total: int | None
    rank: int
    rows: int
    previous: str
    next: str


def asked(query: QueryDict) -> tuple[SearchParams, int] | None:
    """Return the search and the rank that an article's address names, 0 for no rank; None where it names no search."""
    params = SearchParams.from_query(query)
    if params.is_empty and RESULT not in query:
        return None
    text = query.get(RESULT, "").strip()
    is_number = text.isascii() and text.isdigit() and len(text) <= _LONGEST_RANK
    return params.with_page(1), int(text) if is_number else 0


def result_address(article: Article, params: SearchParams, rank: int) -> str:
    """Return the address of an article as the result of a search with this rank."""
    pairs = [*params.with_page(1).to_pairs(), (RESULT, str(rank))]
    return f"{article.get_absolute_url()}?{urlencode(pairs)}"


def way_back(found: Neighbours, language: str) -> WayBack:
    """Return the line above an article. `language` is the reader's, for the names of what was selected."""
    params = found.params
    page = max(1, -(-found.rank // params.per))
    return WayBack(
        label=Truncator(params.q or _selected(params, language) or _("All articles")).chars(_LONGEST_LABEL),
        address=search_address(params.with_page(page)),
        total=found.total,
        rank=found.rank,
        rows=found.rows or 0,
        previous=_address(found.previous, params),
        next=_address(found.next, params),
    )


def _address(neighbour: Neighbour | None, params: SearchParams) -> str:
    return result_address(neighbour.article, params, neighbour.rank) if neighbour else ""


def _selected(params: SearchParams, language: str) -> str:
    labels = {
        facet.name: facet.labels({*params.include.get(facet.name, ()), *params.exclude.get(facet.name, ())}, language)
        for facet in FACETS
        if params.include.get(facet.name) or params.exclude.get(facet.name)
    }
    chosen = [selection for selection, _without in selections(params, labels)][:_NAMED]
    return ", ".join(
        _("not %(label)s") % {"label": selection.label} if selection.excluded else str(selection.label)
        for selection in chosen
    )
