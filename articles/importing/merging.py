"""What an article will be when a record of it comes again: who knows less takes nothing away. No database."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from articles.importing.prepared import Prepared
from articles.importing.sketches import Text
from articles.models import Article

# What one file says of an article and another does not: a record that is silent on it takes nothing away.
_KEPT_IF_SILENT = ("url", "external_id", "byline", "forwarded_from", "reply_to", "edited_at")
_DATE = ("published_at", "date_precision", "date_kind")
# From the coarsest to the finest.
_PRECISIONS = ("none", "year", "month", "day", "minute")
# A text so much shorter that stands nearly whole in the other is an extract of it.
_EXTRACT = 0.6
_STANDS_IN = 0.8


def merged(article: Article, prepared: Prepared) -> dict[str, Any]:
    """Return the values that an article gets from a record: the record's, but for what it is silent on."""
    values = dict(prepared.values)
    for name in _KEPT_IF_SILENT:
        values[name] = values[name] or getattr(article, name)
    if values["title_made"] and not article.title_made:
        values["title"], values["title_made"] = article.title, False
    if _is_surer(article, prepared):
        for name in _DATE:
            values[name] = getattr(article, name)
    return values


def _is_surer(article: Article, prepared: Prepared) -> bool:
    """Tell that the article's date is stated and the record's is not, or is the same day less exactly."""
    if article.date_kind != Article.DateKind.STATED:
        return False
    values = prepared.values
    if values["date_kind"] != Article.DateKind.STATED:
        return True
    coarser = _PRECISIONS.index(values["date_precision"]) < _PRECISIONS.index(article.date_precision)
    before, now = article.published_at, values["published_at"]
    return bool(coarser and before and now and abs((before - now).total_seconds()) < 86_400 * 1.5)


def is_summary_of(article: Article, prepared: Prepared) -> bool:
    """Tell a record that holds no more than a summary, or elsewhere an extract, of an article that is here in full."""
    if article.extent == Article.Extent.SUMMARY:
        return False
    if prepared.values["extent"] == Article.Extent.SUMMARY:
        return True
    if not prepared.source_stated or prepared.source != article.source.name:
        stored = Text(article.body)
        if len(prepared.text.words) < _EXTRACT * len(stored.words):
            common = np.intersect1d(prepared.text.shingles, stored.shingles, assume_unique=True)
            return len(common) >= _STANDS_IN * len(prepared.text.shingles)
    return False


def is_stored(article: Article, source: str, values: dict[str, Any], names: Sequence[str]) -> bool:
    """Tell that an article has these values and this source already."""
    return article.source.name == source and all(getattr(article, name) == values[name] for name in names)
