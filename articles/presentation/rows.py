"""The rows of a page of results, finished: every link with its address before the template sees it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.safestring import SafeString

from articles.models import Article
from articles.presentation.finished import finished
from articles.presentation.links import Link
from articles.presentation.numbers_and_dates import number_text
from articles.presentation.way_back import RESULT
from articles.search.params import SearchParams
from articles.search.results import Hit, SearchResults, Subjects

MOST_TAGS = 6


@dataclass(frozen=True)
class Row:
    """One result. `address` leads to the article and remembers the search; it and the tags are HTML.

    `copies` is the number of all near-copies, 0 for none, and `copies_text` the same as text.
    """

    hit: Hit
    article: Article
    address: SafeString
    tags: list[Link]
    copies: int
    copies_text: str


def rows(results: SearchResults, language: str, page: str) -> Iterator[Row]:
    """Yield the rows of a page of results. `page` is the address of the page that tags lead to."""
    tag_links = _TagLinks(results, page)
    suffix = _search_suffix(results.params)
    for hit in results.hits:
        yield Row(
            hit=hit,
            article=hit.article,
            address=finished(f"{hit.article.get_absolute_url()}{suffix}{hit.rank if suffix else ''}"),
            tags=tag_links.of(hit.subjects),
            copies=hit.copies,
            copies_text=number_text(hit.copies, language) if hit.copies else "",
        )


def _search_suffix(params: SearchParams) -> str:
    """Return what an article's address carries of the search that led to it, up to its place among the results.

    Nothing of the start page: the plain address is the one to keep.
    """
    query = params.with_page(1).query_string()
    return "" if params.is_empty else f"{query}{'&' if query else '?'}{RESULT}="


class _TagLinks:
    """Makes a row's tags links that add a filter to its search; what many rows of a page share is made once."""

    def __init__(self, results: SearchResults, page: str) -> None:
        self.params = results.params
        # What a row carries is counted in the facets, with its name.
        self.labels = {facet.name: {value.value: value.label for value in facet.values} for facet in results.facets}
        self.page = page
        self.made: dict[tuple[str, str], Link] = {}

    def of(self, subjects: Subjects) -> list[Link]:
        """Return links for a row's ministers, main countries and topics, at most MOST_TAGS of a kind."""
        values = (("minister", subjects.ministers), ("country", subjects.countries), ("topic", subjects.topics))
        return [self._link(name, value) for name, several in values for value in several[:MOST_TAGS]]

    def _link(self, name: str, value: str) -> Link:
        key = (name, value)
        if key not in self.made:
            address = self.page + self.params.with_value(name, value).query_string()
            self.made[key] = Link(finished(self.labels[name].get(value, value)), finished(address), kind=finished(name))
        return self.made[key]
