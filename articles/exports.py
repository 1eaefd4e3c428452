"""Every article as one plain row: what `export_articles` writes and outside scripts read."""

from collections.abc import Iterator
from typing import Any

from articles.models import Article

COLUMNS = (
    "id",
    "url",
    "file",
    "title",
    "title_made",
    "date",
    "date_precision",
    "date_kind",
    "source",
    "language",
    "countries",
    "countries_mentioned",
    "ministers",
    "minister_slugs",
    "ministers_by_role",
    "topics",
    "visible",
    "text",
)
_CHUNK = 500


def all_articles() -> Iterator[Article]:
    """Yield every article, hidden ones too, in the order of their keys, a few hundred at a time."""
    return Article.objects.with_tags().select_related("source", "original").order_by("pk").iterator(chunk_size=_CHUNK)


def article_row(article: Article) -> dict[str, Any]:
    """Return an article loaded `with_tags()` as a row: COLUMNS to values, lists as lists.

    `date` is as precise as it is known (see Article.date_text); `countries` are the main subjects, `ministers` those
    named in the text, `ministers_by_role` those resolved from an office only.
    """
    countries = list(article.country_tags.all())
    ministers = list(article.minister_tags.all())
    named = [tag.minister for tag in ministers if not tag.by_role]
    return {
        "id": article.pk,
        "url": article.url,
        "file": article.original.name if article.original else "",
        "title": article.title,
        "title_made": article.title_made,
        "date": article.date_text,
        "date_precision": article.date_precision,
        "date_kind": article.date_kind,
        "source": article.source.name,
        "language": article.language,
        "countries": [tag.country_id for tag in countries if tag.main],
        "countries_mentioned": [tag.country_id for tag in countries],
        "ministers": [minister.name for minister in named],
        "minister_slugs": [minister.slug for minister in named],
        "ministers_by_role": [tag.minister.name for tag in ministers if tag.by_role],
        "topics": [tag.topic.slug for tag in article.topic_tags.all()],
        "visible": article.visible,
        "text": article.body,
    }
