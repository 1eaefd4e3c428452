"""The front door of search: pages, exports and commands come in here and nowhere behind it."""

from articles.search.article_marks import Marks, marks
from articles.search.engines.base import EngineUnavailable
from articles.search.neighbours import Neighbour, Neighbours, neighbours
from articles.search.params import SearchParams
from articles.search.results import Matches, SearchResults
from articles.search.searching import explain, matches, prepare, search
from articles.search.similarity import similar
from articles.search.suggestions import Suggestion, suggest

__all__ = [
    "EngineUnavailable",
    "Marks",
    "Matches",
    "Neighbour",
    "Neighbours",
    "SearchParams",
    "SearchResults",
    "Suggestion",
    "explain",
    "marks",
    "matches",
    "neighbours",
    "prepare",
    "search",
    "similar",
    "suggest",
]
