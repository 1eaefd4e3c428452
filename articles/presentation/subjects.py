"""Countries, ministers and topics that occur in the archive, with the number of visible articles."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from django.db.models import Count, Prefetch, Q, QuerySet

from articles.models import Country, Kept, Minister, Tenure, Topic
from articles.search.facets import country_name, minister_labels
from articles.text.normalize import fold

_OCCURS = Q(article_tags__removed=False, article_tags__article__visible=True)
# A shorter list is looked through as fast as its letters are.
LETTERS_FROM = 100
_SIGNS_BEFORE = re.compile(r"^[\W_]+")


@dataclass(frozen=True)
class Subject:
    """A line of an index page: the name, what to say beside it, its page and how many articles it has.

    `children` stand below it, further in.
    """

    label: str
    detail: str
    address: str
    count: int
    children: tuple["Subject", ...] = ()


@dataclass(frozen=True)
class Section:
    """A part of a list: its letter and where links to it lead, both empty where the list is one."""

    letter: str
    anchor: str
    subjects: tuple[Subject, ...]


Order = Callable[[Subject], tuple[int, str]]


def _sorted_by(label: str) -> str:
    """Return the name as it is put in order: 'Matšepo stands under M."""
    return _SIGNS_BEFORE.sub("", fold(label))


def _by_name(subject: Subject) -> tuple[int, str]:
    return 0, _sorted_by(subject.label)


def _by_count(subject: Subject) -> tuple[int, str]:
    return -subject.count, _sorted_by(subject.label)


# The orders of a list, as its address says it.
ORDERS: dict[str, Order] = {"name": _by_name, "count": _by_count}


def occurring(queryset: QuerySet) -> QuerySet:
    """Return those of countries, ministers or topics that visible articles are tagged with, with `articles` each.

    In no order; without what an editor dropped: a search does not know it.
    """
    if queryset.model is not Country:
        queryset = queryset.exclude(kept=Kept.DROPPED)
    return queryset.filter(_OCCURS).annotate(articles=Count("article_tags")).order_by()


def occurring_countries(language: str, order: str = "name") -> list[Subject]:
    """Return the countries that articles name, their names in `language`."""
    return sorted(
        (
            Subject(country_name(country.code, language), "", country.get_absolute_url(), country.articles)
            for country in occurring(Country.objects.all())
        ),
        key=ORDERS[order],
    )


def occurring_ministers(language: str, order: str = "name") -> list[Subject]:
    """Return the ministers that articles are tagged with, each with the country served last."""
    tenures = Prefetch("tenures", Tenure.objects.exclude(kept=Kept.DROPPED).order_by("-start"))
    ministers = list(occurring(Minister.objects.all()).prefetch_related(tenures))
    names = minister_labels([minister.slug for minister in ministers], language)
    return sorted(
        (
            Subject(
                names[minister.slug],
                next((country_name(tenure.country_id, language) for tenure in minister.tenures.all()), ""),
                minister.get_absolute_url(),
                minister.articles,
            )
            for minister in ministers
        ),
        key=ORDERS[order],
    )


def occurring_topics(language: str, order: str = "name") -> list[Subject]:
    """Return the topics that articles touch as a tree; one whose parent does not occur stands at the edge."""
    topics = {topic.pk: topic for topic in occurring(Topic.objects.all())}
    below: dict[int | None, list[Topic]] = {}
    for topic in topics.values():
        below.setdefault(_parent_in(topic, topics), []).append(topic)
    return _tree(None, below, language, order)


def _parent_in(topic: Topic, topics: dict[int, Topic]) -> int | None:
    """Return the parent if it occurs and the way up from it ends: editors can make a ring of topics."""
    seen, above = {topic.pk}, topic.parent_id
    while above in topics:
        if above in seen:
            return None
        seen.add(above)
        above = topics[above].parent_id
    return topic.parent_id if topic.parent_id in topics else None


def _tree(parent: int | None, below: dict[int | None, list[Topic]], language: str, order: str) -> list[Subject]:
    return sorted(
        (
            Subject(
                topic.name_in(language),
                "",
                topic.get_absolute_url(),
                topic.articles,  # type: ignore[attr-defined]
                tuple(_tree(topic.pk, below, language, order)),
            )
            for topic in below.get(parent, ())
        ),
        key=ORDERS[order],
    )


def in_sections(subjects: Iterable[Subject], order: str = "name") -> list[Section]:
    """Return a list in sections by first letter where it is long and ordered by name, else in one; none if empty."""
    lines = tuple(subjects)
    if order != "name" or len(lines) < LETTERS_FROM:
        return [Section("", "", lines)] if lines else []
    by_letter = groupby(lines, key=lambda subject: _sorted_by(subject.label)[:1].upper())
    sections = [Section(letter, "", tuple(held)) for letter, held in by_letter]
    return [replace(section, anchor=f"letter-{number}") for number, section in enumerate(sections, 1)]
