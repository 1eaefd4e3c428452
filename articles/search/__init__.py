"""The front door of search: pages, exports and commands come in here and nowhere behind it."""

from articles.search.engines.base import EngineUnavailable
from articles.search.params import SearchParams
from articles.search.results import Matches, SearchResults
from articles.search.searching import matches, prepare, search

__all__ = ["EngineUnavailable", "Matches", "SearchParams", "SearchResults", "matches", "prepare", "search"]
