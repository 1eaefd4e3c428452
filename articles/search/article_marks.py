"""What a search marks in the whole of an article, for the page on which it is read."""

from dataclasses import dataclass

from articles.models import Article
from articles.search.params import SearchParams
from articles.search.planning import plan
from articles.search.snippets.html import merged
from articles.search.snippets.marking import SEARCHED, Marker, Span


@dataclass(frozen=True)
class Marks:
    """Where a search's words stand in an article's title and body: in order, none overlapping.

    `looked_through` is how many characters of the body were looked through where that is not the whole of it, else 0;
    0 too where the search asks for nothing that could be marked.
    """

    title: tuple[Span, ...] = ()
    body: tuple[Span, ...] = ()
    looked_through: int = 0

    @property
    def count(self) -> int:
        """How many places there are."""
        return len(self.title) + len(self.body)


def marks(params: SearchParams, article: Article) -> Marks:
    """Return what a search marks in an article loaded `with_tags()`: its words, and the people it asks for."""
    tree = plan(params).tree
    if tree is None:
        return Marks()
    marker = Marker.of(tree)
    title, body = (
        tuple(merged(text, marker.spans_in(article, name)))
        for name, text in (("title", article.title), ("body", article.body))
    )
    needles = marker.anywhere
    seeks = needles.exact or needles.prefixes or needles.fuzzy or marker.ministers
    return Marks(title, body, SEARCHED if seeks and len(article.body) > SEARCHED else 0)
