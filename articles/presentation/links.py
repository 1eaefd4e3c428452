"""Links that a page shows, finished: a label, an address, and whether it is where the reader already is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from articles.presentation.numbers_and_dates import number_text
from articles.search.facets import minister_labels
from articles.search.params import PER_PAGE, SearchParams
from articles.search.results import SearchResults, Subjects

SORT_LABELS = {"relevance": _("relevance"), "newest": _("newest"), "oldest": _("oldest")}
MOST_TAGS = 6


@dataclass(frozen=True)
class Link:
    """A link as it shows. `kind` is a class of the stylesheet, empty where there is none."""

    label: str | Promise
    address: str
    current: bool = False
    kind: str = ""


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


class TagLinks:
    """Makes a row's tags links that add a filter to its search; what many rows of a page share is made once."""

    def __init__(self, results: SearchResults) -> None:
        self.params = results.params
        # What a row carries is counted in the facets, with its name.
        self.labels = {facet.name: {value.value: value.label for value in facet.values} for facet in results.facets}
        self.page = reverse("search")
        self.made: dict[tuple[str, str], Link] = {}

    def of(self, subjects: Subjects) -> list[Link]:
        """Return links for a row's ministers, main countries and topics, at most MOST_TAGS of a kind."""
        values = (("minister", subjects.ministers), ("country", subjects.countries), ("topic", subjects.topics))
        return [self._link(name, value) for name, several in values for value in several[:MOST_TAGS]]

    def _link(self, name: str, value: str) -> Link:
        key = (name, value)
        if key not in self.made:
            address = self.page + self.params.with_value(name, value).query_string()
            self.made[key] = Link(self.labels[name].get(value, value), address, kind=name)
        return self.made[key]


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
