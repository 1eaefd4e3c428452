"""Countries, ministers and topics that occur in the archive, with the number of visible articles."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet

from articles.models import Country, Kept, Minister, Tenure, Topic
from articles.search.facets import country_name, minister_labels
from articles.text.normalize import fold

_OCCURS = Q(article_tags__removed=False, article_tags__article__visible=True)


@dataclass(frozen=True)
class Subject:
    """A line of an index page: the name, what to say beside it, its page and how many articles it has."""

    label: str
    detail: str
    address: str
    count: int


def _occurring(queryset: QuerySet) -> QuerySet:
    return queryset.filter(_OCCURS).annotate(articles=Count("article_tags")).order_by()


def _in_order(subjects: Iterable[Subject]) -> list[Subject]:
    return sorted(subjects, key=lambda subject: fold(subject.label))


def occurring_countries(language: str) -> list[Subject]:
    """Return the countries that articles name, by name in `language`."""
    return _in_order(
        Subject(country_name(country.code, language), "", country.get_absolute_url(), country.articles)
        for country in _occurring(Country.objects.all())
    )


def occurring_ministers(language: str) -> list[Subject]:
    """Return the ministers that articles are tagged with, by name, each with the country served last."""
    tenures = Prefetch("tenures", Tenure.objects.exclude(kept=Kept.DROPPED).order_by("-start"))
    ministers = list(_occurring(Minister.objects.all()).prefetch_related(tenures))
    names = minister_labels([minister.slug for minister in ministers], language)
    return _in_order(
        Subject(
            names[minister.slug],
            next((country_name(tenure.country_id, language) for tenure in minister.tenures.all()), ""),
            minister.get_absolute_url(),
            minister.articles,
        )
        for minister in ministers
    )


def occurring_topics(language: str) -> list[Subject]:
    """Return the topics that articles touch, by name in `language`."""
    return _in_order(
        Subject(topic.name_in(language), "", topic.get_absolute_url(), topic.articles)
        for topic in _occurring(Topic.objects.all())
    )
