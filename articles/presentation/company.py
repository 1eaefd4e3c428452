"""Who and what is named together with a subject: the rows of a table, and a fan of curves that leads to them."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.presentation.links import search_address
from articles.presentation.numbers_and_dates import percent_text
from articles.search.params import SearchParams
from articles.search.results import FacetValue, SearchResults

MOST = 10
# The box that the curves are drawn in: each row is so high, whatever that is on the page.
WIDTH = 100
ROW = 20
# Of the curve to the first row; the others are thinner by their numbers.
WIDEST = 9.0
THINNEST = 1.2
_KINDS: tuple[tuple[str, str | Promise, str | Promise], ...] = (
    ("minister", _("Ministers"), _("Minister")),
    ("country", _("Countries"), _("Country")),
    ("topic", _("Topics"), _("Topic")),
)


@dataclass(frozen=True)
class Companion:
    """A row: a name with its own page, the number of articles that carry both, their search, and their share."""

    label: str
    page: str
    count: int
    together: str
    share: str


@dataclass(frozen=True)
class Strand:
    """A curve: the data of an SVG path, and how wide it is, in pixels."""

    path: str
    width: str


@dataclass(frozen=True)
class Fan:
    """Curves from a dot at the beginning of a box to each row beside it."""

    strands: tuple[Strand, ...]
    dot: str
    width: int
    height: int


@dataclass(frozen=True)
class Company:
    """Those of one kind, most often named first; `heading` and `column` name the kind. No fan where there are none."""

    heading: str | Promise
    column: str | Promise
    rows: tuple[Companion, ...]
    fan: Fan | None


def company(results: SearchResults, kind: str, value: str, language: str) -> list[Company]:
    """Return who is named together with the subject `value` of `kind`, for a reader of `language`.

    `results` are those of the search for the subject; its own kind must have been asked for with all values required,
    so that its facet counts articles that carry both.
    """
    facets = {facet.name: facet.values for facet in results.facets}
    found = []
    for name, heading, column in _KINDS:
        others = [other for other in facets.get(name, ()) if other.count and (name, other.value) != (kind, value)]
        first = sorted(others, key=lambda other: (-other.count, other.label))[:MOST]
        rows = tuple(_companion(other, kind, value, results.total, language) for other in first)
        found.append(Company(heading, column, rows, fan([other.count for other in first]) if first else None))
    return found


def _companion(other: FacetValue, kind: str, value: str, total: int, language: str) -> Companion:
    both = SearchParams().with_value(kind, value).with_value(other.facet, other.value)
    if other.facet == kind:
        both = both.with_all_of(kind, True)
    return Companion(
        other.label,
        reverse(other.facet, args=[other.value]),
        other.count,
        search_address(both),
        percent_text(other.count, total, language),
    )


def fan(counts: list[int]) -> Fan:
    """Return the curves to rows with these counts, of which there is at least one."""
    middle, highest = len(counts) * ROW / 2, max(counts)
    strands = tuple(
        Strand(
            f"M8 {middle:g}C{WIDTH * 0.55:g} {middle:g} {WIDTH * 0.45:g} {(row + 0.5) * ROW:g} "
            f"{WIDTH} {(row + 0.5) * ROW:g}",
            f"{max(THINNEST, WIDEST * count / highest):.3g}",
        )
        for row, count in enumerate(counts)
    )
    return Fan(strands, f"M8 {middle:g}h0", WIDTH, len(counts) * ROW)
