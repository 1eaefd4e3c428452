"""Suggestions as the search box lists them: finished, each with the address that it leads to."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.presentation.links import search_address
from articles.presentation.numbers_and_dates import number_text
from articles.search import Suggestion
from articles.search.params import SearchParams

KINDS = {
    "minister": _("Minister"),
    "country": _("Country"),
    "topic": _("Topic"),
    "source": _("Source"),
    "word": _("Words"),
}


@dataclass(frozen=True)
class Suggested:
    """A line of the list: what it is, how it shows, the other spelling that was typed, and the number of articles as
    text; empty where the filters that stay would make it another."""

    kind: str | Promise
    label: str
    matched: str
    count: str
    address: str


def suggested(suggestions: Iterable[Suggestion], params: SearchParams, language: str) -> list[Suggested]:
    """Return the lines for what somebody typed into the box of the search `params`, whose filters stay."""
    return [
        Suggested(
            KINDS[suggestion.kind],
            suggestion.label,
            suggestion.matched,
            "" if params.is_filtered else number_text(suggestion.count, language),
            search_address(_chosen(suggestion, params)),
        )
        for suggestion in suggestions
    ]


def _chosen(suggestion: Suggestion, params: SearchParams) -> SearchParams:
    """Return the search with a suggestion in the place of the words."""
    state = params.with_words(suggestion.params.q)
    for name, values in suggestion.params.include.items():
        for value in values:
            state = state.with_value(name, value)
    return state
