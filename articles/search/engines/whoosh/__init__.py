"""The embedded engine: Whoosh keeps the postings on disk, numpy answers from arrays kept per index generation."""

from haystack.backends import BaseEngine
from haystack.backends.whoosh_backend import WhooshSearchQuery

from articles.search.engines.whoosh.backend import WhooshBackend


class WhooshEngine(BaseEngine):
    """What HAYSTACK_CONNECTIONS names."""

    backend = WhooshBackend
    query = WhooshSearchQuery
