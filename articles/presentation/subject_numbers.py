"""The numbers of a subject: how many articles and stories, from when to when, and where they are."""

from dataclasses import dataclass

from articles.models import Article
from articles.presentation.following import feed_address
from articles.presentation.links import search_address
from articles.presentation.numbers_and_dates import article_month_text
from articles.search.params import SearchParams
from articles.search.results import SearchResults


@dataclass(frozen=True)
class SubjectNumbers:
    """`first` and `last` are months as text, empty without dates; `search` and `feed` are addresses."""

    articles: int
    stories: int
    first: str
    last: str
    search: str
    feed: str


def subject_numbers(
    results: SearchResults, params: SearchParams, oldest: Article | None, language: str
) -> SubjectNumbers:
    """Return the numbers of the search `params`, of which `results` are the newest rows and `oldest` is the first."""
    newest = results.hits[0].article if results.hits else None
    return SubjectNumbers(
        articles=results.total,
        stories=results.stories,
        first=article_month_text(oldest, language) if oldest else "",
        last=article_month_text(newest, language) if newest else "",
        search=search_address(params),
        feed=feed_address(params),
    )
