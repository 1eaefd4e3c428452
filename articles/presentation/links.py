"""Links that a page shows, finished: a label, an address, and whether it is where the reader already is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from articles.presentation.numbers_and_dates import number_text
from articles.search.facets import minister_labels
from articles.search.params import PER_PAGE, SearchParams
from articles.search.results import SearchResults

SORT_LABELS = {"relevance": _("relevance"), "newest": _("newest"), "oldest": _("oldest")}


@dataclass(frozen=True)
class Link:
    """A link as it shows. `kind` is a class of the stylesheet; `count` is the number of articles it leads to, as text.
    Both are empty where there is none."""

    label: str | Promise
    address: str
    current: bool = False
    kind: str = ""
    count: str = ""


@dataclass(frozen=True)
class Chip:
    """One of "Your selections": what kind it is, what it says, and the address of the search without it."""

    kind: str
    label: str
    excluded: bool
    address: str


def search_address(params: SearchParams) -> str:
    """Return the address of a search, in the reader's language."""
    return reverse("search") + params.query_string()


def sort_links(params: SearchParams) -> list[Link]:
    """Return the orders to choose from; relevance only where there are words."""
    orders = [order for order in SORT_LABELS if order != "relevance" or params.q]
    return [
        Link(SORT_LABELS[order], search_address(params.with_sort(order)), current=order == params.order)
        for order in orders
    ]


def per_page_links(params: SearchParams, language: str) -> list[Link]:
    """Return the numbers of results a page to choose from."""
    return [
        Link(number_text(number, language), search_address(params.with_per(number)), current=number == params.per)
        for number in PER_PAGE
    ]


def page_links(results: SearchResults, language: str) -> list[Link | None]:
    """Return links to the pages near this one; None stands for a gap. Empty where there is one page only."""
    if results.pages == 1:
        return []
    return [
        Link(
            number_text(number, language),
            search_address(results.params.with_page(number)),
            current=number == results.params.page,
        )
        if number is not None
        else None
        for number in results.page_numbers
    ]


def chips(results: SearchResults, page: str) -> list[Chip]:
    """Return what the reader has chosen. `page` is the address of the page that links lead to."""
    return [
        Chip(str(selection.kind), str(selection.label), selection.excluded, page + selection.remove_query)
        for selection in results.selections
    ]


def filters_chosen(results: SearchResults) -> int:
    """Return how many filters the reader has chosen, beside the words."""
    return len(results.selections) - bool(results.params.q)


def ways_out(results: SearchResults, language: str, page: str) -> list[Link]:
    """Return the searches that find something where this one found nothing."""
    return [Link(way.label, page + way.query, count=number_text(way.total, language)) for way in results.ways_out]


def correction(results: SearchResults, language: str, page: str) -> Link | None:
    """Return the search that may have been meant."""
    found = results.correction
    return Link(found.meant, page + found.query, count=number_text(found.total, language)) if found else None


VALUE_ORDERS = {"count": _("most articles"), "name": _("name")}


def value_orders(params: SearchParams, name: str, letters: str, order: str) -> list[Link]:
    """Return the orders of the page with all values of a facet, which is narrowed by `letters`."""
    page = reverse("facet", args=[name])
    typed = [("letters", letters)] if letters else []
    return [
        Link(label, f"{page}?{urlencode([*params.to_pairs(), *typed, ('order', key)])}", current=key == order)
        for key, label in VALUE_ORDERS.items()
    ]


def words_links(words: Iterable[str]) -> list[Link]:
    """Return links to the searches for some words, without filters."""
    return [Link(text, search_address(SearchParams(q=text))) for text in words]


def minister_names(articles: Iterable[Article], language: str) -> Mapping[str, str]:
    """Return the names of all ministers that articles (loaded by `with_tags()`) are tagged with, by slug."""
    slugs = {tag.minister.slug for article in articles for tag in article.minister_tags.all()}
    return minister_labels(slugs, language) if slugs else {}


def form_fields(results: SearchResults) -> list[tuple[str, str]]:
    """Return what the search form has to carry along unseen: all of the state that no visible control shows."""
    shown = {"q", "page"} | {facet.name for facet in results.facets}
    if shows_dates(results):
        shown |= {"from", "to", "undated"}
    return [(name, value) for name, value in results.params.to_pairs() if name not in shown]


def shows_dates(results: SearchResults) -> bool:
    """Whether the page of these results has the fields for dates."""
    return results.histogram is not None and results.state in {"found", "nothing"}
