"""The archive as a whole: how many articles everybody may see, from when to when, in which languages and from whom."""

from dataclasses import dataclass

from django.utils import timezone

from articles.models import Article, ImportRun
from articles.presentation.links import Link, search_address
from articles.presentation.numbers_and_dates import article_month_text, number_text, period_text
from articles.search.params import SearchParams
from articles.search.results import FacetValue, SearchResults


@dataclass(frozen=True)
class ArchiveSpan:
    """The number of visible articles, and the first and last month as text; empty without dates."""

    articles: int
    first: str
    last: str


@dataclass(frozen=True)
class LanguageCount:
    """A language by its own name, its BCP 47 code, and the search for its articles with their number as its label."""

    name: str
    code: str
    articles: Link


@dataclass(frozen=True)
class ArchiveContents:
    """What is in the archive. `imported` is the day of the last import as text, empty where there was none.

    `languages` and `sources` are counted by the search: none and 0 where it is not available.
    """

    span: ArchiveSpan
    languages: tuple[LanguageCount, ...]
    sources: int
    imported: str


def archive_span(language: str) -> ArchiveSpan:
    """Return the size and span of the archive for a reader of `language`."""
    visible = Article.objects.visible()
    dated = visible.filter(published_at__isnull=False).only("published_at", "date_precision")
    first, last = dated.order_by("published_at", "id").first(), dated.order_by("-published_at", "-id").first()
    return ArchiveSpan(
        articles=visible.count(),
        first=article_month_text(first, language) if first else "",
        last=article_month_text(last, language) if last else "",
    )


def archive_contents(everything: SearchResults, language: str) -> ArchiveContents:
    """Return what is in the archive for a reader of `language`; `everything` is what a search for all of it found."""
    values = {facet.name: facet.values for facet in everything.facets}
    return ArchiveContents(
        span=archive_span(language),
        languages=tuple(
            LanguageCount(value.label, value.value, _articles_in(value, language)) for value in values.get("lang", ())
        ),
        sources=len(values.get("source", ())),
        imported=_last_import(language),
    )


def _articles_in(value: FacetValue, language: str) -> Link:
    return Link(number_text(value.count, language), search_address(SearchParams().with_value("lang", value.value)))


def _last_import(language: str) -> str:
    runs = ImportRun.objects.filter(finished_at__isnull=False).order_by("-finished_at")
    moment = runs.values_list("finished_at", flat=True).first()
    return period_text(timezone.localtime(moment).date().isoformat(), language) if moment else ""
