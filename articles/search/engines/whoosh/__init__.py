"""The embedded engine: Whoosh keeps segments, generations and locks; words and facts lie in arrays, for numpy."""

from haystack.backends import BaseEngine

from articles.search.engines.whoosh.backend import WhooshBackend
from articles.search.haystack.query import SearchQuery


class WhooshEngine(BaseEngine):
    """What HAYSTACK_CONNECTIONS names."""

    backend = WhooshBackend
    query = SearchQuery
