"""The embedded engine: Whoosh keeps the postings on disk, numpy answers from arrays kept per index generation."""

from haystack.backends import BaseEngine

from articles.search.engines.whoosh.backend import WhooshBackend
from articles.search.haystack.query import SearchQuery


class WhooshEngine(BaseEngine):
    """What HAYSTACK_CONNECTIONS names."""

    backend = WhooshBackend
    query = SearchQuery
