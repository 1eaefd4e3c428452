"""What a search gives: finished values that the page, the export and the command line only have to show."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal, NamedTuple

from django.utils.functional import Promise
from django.utils.safestring import SafeString

from articles.models import Article
from articles.search.freshness import marked, up_to_date
from articles.search.params import SearchParams

# Kept apart: there are rows; there are none; nothing of the words was understood; the index cannot be read.
State = Literal["found", "nothing", "not_understood", "unavailable"]


@dataclass(frozen=True)
class FacetValue:
    """A value of a facet in the search `params`. The query strings lead to the search with it chosen or excluded, or to
    neither; they are made when a page shows them, for a page has hundreds of values and shows one link for each."""

    params: SearchParams = field(repr=False)
    facet: str
    value: str
    label: str
    count: int
    chosen: bool
    excluded: bool

    @property
    def choose_query(self) -> str:
        """The search with this value chosen."""
        return self.params.with_value(self.facet, self.value).query_string()

    @property
    def exclude_query(self) -> str:
        """The search with this value excluded."""
        return self.params.with_exclusion(self.facet, self.value).query_string()

    @property
    def clear_query(self) -> str:
        """The search with this value neither chosen nor excluded."""
        return self.params.without_value(self.facet, self.value).query_string()


@dataclass(frozen=True)
class FacetResult:
    """A facet with its values: chosen and excluded ones first, then by count."""

    name: str
    title: str | Promise
    values: tuple[FacetValue, ...]
    combinable: bool
    all_of: bool
    # The same search with this facet's values ANDed instead of ORed, or the other way round.
    toggle_all_query: str


@dataclass(frozen=True)
class Bucket:
    """A bar of the date histogram: a period, how many articles, whether it lies in the chosen range."""

    start: datetime.date
    end: datetime.date
    label: str
    count: int
    chosen: bool
    query: str


@dataclass(frozen=True)
class Wider:
    """A wider range of dates than the chosen one: its name, and the search in it."""

    label: str
    query: str


@dataclass(frozen=True)
class Histogram:
    """Articles by date: `unit` is day, month or year; `undated` counts those without a date.

    `outside` counts those before and after the bars, which show the chosen range; `wider` leads out of it.
    """

    unit: Literal["day", "month", "year"]
    buckets: tuple[Bucket, ...]
    undated: int
    undated_query: str
    outside: int = 0
    wider: Wider | None = None

    @property
    def highest(self) -> int:
        """The greatest count of a bucket, at least 1."""
        return max([bucket.count for bucket in self.buckets] or [1]) or 1


class Subjects(NamedTuple):
    """What a row is tagged with, as the index has it: its ministers, main countries and topics, the first first."""

    ministers: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


@dataclass(frozen=True)
class Hit:
    """One row: the article with its source loaded, and how it shows in this search.

    `title` and `snippet` are safe HTML in which only `<mark>` stands, and `<bdi>` around each of several passages.
    `copies` counts the near-copies folded into it, `copied` are the first of them, with their sources loaded.
    """

    rank: int
    score: float
    article: Article
    title: SafeString
    snippet: SafeString
    subjects: Subjects
    copies: int = 0
    copied: tuple[Article, ...] = ()


@dataclass(frozen=True)
class Selection:
    """A chip of "Your selections": what kind it is, what it says, and the search without it."""

    kind: str | Promise
    label: str | Promise
    excluded: bool
    remove_query: str


@dataclass(frozen=True)
class WayOut:
    """A search close to one that found nothing: what is different, how many articles it finds, and its query string."""

    label: str | Promise
    total: int
    query: str


@dataclass(frozen=True)
class Correction:
    """Words that no article holds, and the search that may have been meant: its words, total and query string.

    `filtered`: it keeps the filters of the search.
    """

    typed: tuple[str, ...]
    meant: str
    total: int
    query: str
    filtered: bool = True


@dataclass(frozen=True)
class NameNote:
    """A known person among the words: articles tagged with the person were found too, in any script."""

    typed: str
    name: str
    spellings: tuple[str, ...]


@dataclass(frozen=True)
class Remark:
    """A sentence for the reader about a part of what was typed, which stands at `place` (start, end)."""

    place: tuple[int, int]
    text: str


@dataclass(frozen=True)
class TypedPart:
    """A piece of what was typed. `remarks` say what was wrong with it; none: it was understood."""

    text: str
    remarks: tuple[str, ...] = ()


def typed_parts(typed: str, remarks: Iterable[Remark]) -> tuple[TypedPart, ...]:
    """Return `typed` in pieces, those that a remark speaks of apart, so that a page can point at them."""
    spoken = list(remarks)
    bounds = sorted({0, len(typed), *(end for remark in spoken for end in remark.place)})
    return tuple(
        TypedPart(
            typed[start:end],
            tuple(remark.text for remark in spoken if remark.place[0] <= start and end <= remark.place[1]),
        )
        for start, end in pairwise(bounds)
    )


@dataclass(frozen=True)
class SearchResults:
    """The answer to a search. `total` counts articles, copies included; `stories` counts near-copies once.

    `messages` are sentences for the reader: what was not understood or left out; `typed` is what was typed, in pieces,
    where one of them speaks of a part of it. `elapsed` is in seconds.
    """

    params: SearchParams
    state: State
    total: int = 0
    stories: int = 0
    hits: tuple[Hit, ...] = ()
    facets: tuple[FacetResult, ...] = ()
    histogram: Histogram | None = None
    selections: tuple[Selection, ...] = ()
    messages: tuple[str, ...] = ()
    typed: tuple[TypedPart, ...] = ()
    names: tuple[NameNote, ...] = ()
    correction: Correction | None = None
    ways_out: tuple[WayOut, ...] = ()
    elapsed: float = 0.0

    @property
    def rows(self) -> int:
        """How many rows there are to page through: stories when copies are folded, else articles."""
        return self.stories if self.params.fold_copies else self.total

    @property
    def pages(self) -> int:
        """The number of the last page, at least 1."""
        return max(1, -(-self.rows // self.params.per))

    @property
    def page_numbers(self) -> list[int | None]:
        """The pages to link: first, last and those near the current one; None stands for a gap."""
        page, last = self.params.page, self.pages
        near = sorted({1, last, *range(max(1, page - 2), min(last, page + 2) + 1)})
        numbers: list[int | None] = []
        for number in near:
            if numbers and numbers[-1] is not None and number - numbers[-1] > 1:
                numbers.append(None)
            numbers.append(number)
        return numbers


@dataclass(frozen=True)
class Matches:
    """What an export or a command line needs: ids and scores in order, and the total, with no page between.

    `understood` is False where words were typed and none of them could be searched.
    """

    ids: list[int]
    scores: list[float]
    total: int
    state: State
    messages: tuple[str, ...] = field(default=())
    understood: bool = True
    # Whether hidden articles may be among them.
    hidden: bool = False

    def articles(self, chunk: int = 500) -> Iterable[Article]:
        """Yield the articles in order with source and tags, `chunk` at a time, so that memory stays bounded."""
        for first in range(0, len(self.ids), chunk):
            part = self.ids[first : first + chunk]
            seen = Article.objects.all() if self.hidden else Article.objects.visible()
            found = up_to_date(marked(seen.with_tags()).in_bulk(part))
            yield from (found[pk] for pk in part if pk in found)
