"""The archive as a whole: how many articles everybody may see, and from when to when."""

from dataclasses import dataclass

from articles.models import Article
from articles.presentation.numbers_and_dates import article_month_text


@dataclass(frozen=True)
class ArchiveSpan:
    """The number of visible articles, and the first and last month as text; empty without dates."""

    articles: int
    first: str
    last: str


def archive_span(language: str) -> ArchiveSpan:
    """Return the size and span of the archive for a reader of `language`."""
    visible = Article.objects.visible()
    dated = visible.filter(published_at__isnull=False).only("published_at", "date_precision")
    first, last = dated.order_by("published_at", "id").first(), dated.order_by("-published_at", "-id").first()
    return ArchiveSpan(
        articles=visible.count(),
        first=article_month_text(first, language) if first else "",
        last=article_month_text(last, language) if last else "",
    )
