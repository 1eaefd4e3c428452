"""Facets as a page shows them, finished: every value with its label, count and address before the template sees it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles.presentation.finished import finished
from articles.presentation.numbers_and_dates import number_text
from articles.search.params import SearchParams
from articles.search.results import FacetResult, FacetValue, SearchResults
from articles.text.normalize import fold_text

# More are on a page of their own, which is fetched when somebody asks for it.
SHOWN = 10
# Nobody reads more; the rest is found by typing.
MOST_ON_A_PAGE = 1500
ORDERS = ("count", "name")


@dataclass(frozen=True)
class Choice:
    """A value: what it says, the number of articles as text, and whether it is chosen or excluded. Its texts are HTML.

    `address` leads to the search with the value excluded (which `exclude` says); of an excluded value, to the search
    without that.
    """

    value: SafeString
    label: SafeString
    count: SafeString
    chosen: bool
    excluded: bool
    address: SafeString
    exclude: SafeString
    id: SafeString


@dataclass(frozen=True)
class FacetPanel:
    """A facet beside the results. `more` is the number of values that are not shown, as text; empty for none.

    `can_be_combined`: whether to offer all of the chosen values instead of any (or the other way round, `all_of`).
    """

    name: str
    title: str
    choices: tuple[Choice, ...]
    more: str
    more_address: str
    can_be_combined: bool
    all_of: bool
    toggle_address: str


def facet_panels(results: SearchResults, language: str, page: str) -> list[FacetPanel]:
    """Return the facets that have values. `page` is the address of the page that links lead to."""
    return [_panel(results, facet, language, page) for facet in results.facets if facet.values]


def _panel(results: SearchResults, facet: FacetResult, language: str, page: str) -> FacetPanel:
    # Chosen and excluded values come first; all of them are shown.
    settled = sum(value.chosen or value.excluded for value in facet.values)
    shown = max(SHOWN, settled)
    rest = len(facet.values) - shown
    chosen = sum(value.chosen for value in facet.values)
    return FacetPanel(
        name=facet.name,
        title=str(facet.title),
        choices=choices(facet.values[:shown], str(facet.title), language, page),
        more=number_text(rest, language) if rest > 0 else "",
        more_address=values_address(results, facet.name) if rest > 0 else "",
        can_be_combined=facet.combinable and (facet.all_of or chosen > 1),
        all_of=facet.all_of,
        toggle_address=page + facet.toggle_all_query,
    )


def choices(values: Iterable[FacetValue], title: str, language: str, page: str) -> tuple[Choice, ...]:
    """Return the values of the facet with this title for a template."""
    exclude = _("Exclude %(kind)s: %(label)s")
    return tuple(
        Choice(
            value=finished(value.value),
            label=finished(value.label),
            count=finished(number_text(value.count, language)),
            chosen=value.chosen,
            excluded=value.excluded,
            address=finished(page + (value.clear_query if value.excluded else value.exclude_query)),
            exclude=finished(exclude % {"kind": title, "label": value.label}),
            id=finished(f"{value.facet}-{value.value}"),
        )
        for value in values
    )


def values_address(results: SearchResults, name: str) -> str:
    """Return the address of the page with all values of a facet in a search."""
    return reverse("facet", args=[name]) + results.params.with_page(1).query_string()


def fields_beside(params: SearchParams, name: str, shown: Iterable[FacetValue]) -> list[tuple[str, str]]:
    """Return what a form with the values `shown` of a facet has to carry along unseen: the rest of the search.

    What is chosen of the facet and not shown stays chosen.
    """
    boxes = {value.value for value in shown}
    return [
        (key, value)
        for key, value in params.to_pairs()
        if key != "page" and (key, value) != ("all", name) and not (key == name and value in boxes)
    ]


def narrowed(values: Sequence[FacetValue], letters: str, order: str) -> list[FacetValue]:
    """Return the values whose label holds `letters`, or whose code they are (folded: accents, capitals and forms of
    letters do not matter), in the order of ORDERS: the most articles first, or by name. Chosen ones come first.
    """
    wanted = fold_text(letters).strip()
    found = [value for value in values if wanted in fold_text(value.label) or wanted == fold_text(value.value)]
    by_name = sorted(found, key=lambda value: (fold_text(value.label), value.value))
    in_order = by_name if order == "name" else sorted(by_name, key=lambda value: -value.count)
    return sorted(in_order, key=lambda value: not (value.chosen or value.excluded))
