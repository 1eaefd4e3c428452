"""The marked passages of results: those of our pages, right for every script."""

from collections.abc import Iterable

from haystack.constants import DOCUMENT_FIELD

from articles.models import Article
from articles.search.engines.base import ARTICLE, Document
from articles.search.snippets.html import article_snippet, marked, snippet
from articles.search.snippets.marking import Marker
from articles.search.tree import Node

Passages = dict[str, list[str]]


def highlighted(tree: Node | None, documents: Iterable[Document]) -> list[Passages]:
    """Return for each document the passages that show most of the words, and of an article its title; escaped HTML."""
    documents = list(documents)
    marker = Marker.of(tree)
    keys = [document.pk for document in documents if document.model == ARTICLE]
    articles = {str(article.pk): article for article in Article.objects.with_tags().filter(pk__in=keys)} if keys else {}
    return [
        _of_article(articles.get(document.pk), marker) if document.model == ARTICLE else _of_other(document, marker)
        for document in documents
    ]


def _of_article(article: Article | None, marker: Marker) -> Passages:
    if article is None:
        return {}
    return {
        DOCUMENT_FIELD: [article_snippet(article, marker)],
        "title": [marked(article.title, marker.spans_in(article, "title"))],
    }


def _of_other(document: Document, marker: Marker) -> Passages:
    text = str(document.fields.get(DOCUMENT_FIELD) or "")
    return {DOCUMENT_FIELD: [snippet(text, marker.matches(text, str(document.fields.get("language") or "")))]}
