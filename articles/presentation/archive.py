"""The archive as a whole: how many articles everybody may see, and from when to when."""

from dataclasses import dataclass

from django.db.models import Count, Max, Min

from articles.models import Article
from articles.presentation.numbers_and_dates import month_text


@dataclass(frozen=True)
class ArchiveSpan:
    """The number of visible articles, and the first and last month as text; empty without dates."""

    articles: int
    first: str
    last: str


def archive_span(language: str) -> ArchiveSpan:
    """Return the size and span of the archive for a reader of `language`."""
    found = Article.objects.visible().aggregate(
        articles=Count("pk"),
        first=Min("published_at"),
        last=Max("published_at"),
    )
    return ArchiveSpan(
        articles=found["articles"],
        first=month_text(found["first"], language) if found["first"] else "",
        last=month_text(found["last"], language) if found["last"] else "",
    )
