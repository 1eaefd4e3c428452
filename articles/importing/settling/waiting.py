"""What waits for an editor: open questions and uncertain tags, to be listed and counted."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, DateTimeField, F, IntegerField, Max, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from articles.importing.settling.tags import OPEN, TAGS
from articles.models import Country, Minister, OfficeMention, OfficeQuestion, Topic

QUESTION = "question"
KINDS = (QUESTION, *TAGS)
# The articles that an open question is shown with.
MOST_MENTIONS = 3
_UNDATED = datetime.datetime(1, 1, 2, tzinfo=datetime.UTC)


@dataclass(frozen=True)
class Wanted:
    """What of the list to show: one of KINDS or all, of one country, of one topic (empty: of all)."""

    kind: str = ""
    country: str = ""
    topic: str = ""


@dataclass(frozen=True)
class OpenTag:
    """An uncertain tag. `key` is the code or slug of `subject`."""

    kind: str
    key: str
    subject: Country | Minister | Topic
    tag: Any


@dataclass(frozen=True)
class OpenQuestion:
    """An open question with the newest of the articles that ask it, and how many those are."""

    question: OfficeQuestion
    candidates: list[Minister]
    mentions: list[OfficeMention]
    articles: int


def open_count() -> int:
    """Return how many questions and tags wait for an editor."""
    return _open_questions().count() + sum(_open_tags(kind).count() for kind in TAGS)


def open_entries(wanted: Wanted) -> QuerySet:
    """Return (rank, moment, kind, primary key) of what is open: questions, then tags, the newest articles first.

    To be cut into pages, and read by `load`.
    """
    found = []
    if wanted.kind in ("", QUESTION) and not wanted.topic:
        found.append(_entries(_questions_of(wanted), 0, QUESTION, Max("mentions__article__published_at")))
    for kind in TAGS:
        if wanted.kind in ("", kind) and not (wanted.country if kind == "topic" else wanted.topic):
            found.append(_entries(_tags_of(kind, wanted), 1, kind, "article__published_at"))
    if not found:
        return OfficeQuestion.objects.none().values_list("pk")
    return found[0].union(*found[1:], all=True).order_by("rank", "-moment", "kind", "-entry")


def load(entries: list[tuple[int, Any, str, int]]) -> list[OpenQuestion | OpenTag]:
    """Return the questions and tags of a page of `open_entries`, in its order."""
    loaded: dict[tuple[str, int], OpenQuestion | OpenTag] = {}
    questions = OfficeQuestion.objects.filter(pk__in=[pk for _rank, _moment, kind, pk in entries if kind == QUESTION])
    for question in questions.select_related("country").prefetch_related("candidates"):
        loaded[QUESTION, question.pk] = _loaded_question(question)
    for kind, model in TAGS.items():
        keys = [pk for _rank, _moment, of_kind, pk in entries if of_kind == kind]
        rows: QuerySet[Any] = model._default_manager.filter(pk__in=keys) if keys else model._default_manager.none()
        for tag in rows.select_related("article__source", kind):
            subject = getattr(tag, kind)
            loaded[kind, tag.pk] = OpenTag(kind, subject.code if kind == "country" else subject.slug, subject, tag)
    # What was settled between the two queries is not there any more.
    return [loaded[kind, pk] for _rank, _moment, kind, pk in entries if (kind, pk) in loaded]


def settled_questions(country: str = "") -> QuerySet[OfficeQuestion]:
    """Return the questions that an editor answered, the newest answers first."""
    found = OfficeQuestion.objects.filter(settled=True).select_related("country", "answer", "settled_by")
    return (found.filter(country=country) if country else found).order_by("-settled_at", "-pk")


def open_countries() -> QuerySet[Country]:
    """Return the countries that something open, or a settled question, is about."""
    several = (_open_questions(), OfficeQuestion.objects.filter(settled=True), _open_tags("country"))
    asked, settled, tagged = (Q(pk__in=rows.values("country")) for rows in several)
    return Country.objects.filter(asked | settled | tagged).order_by("name")


def open_topics() -> QuerySet[Topic]:
    """Return the topics with uncertain tags."""
    return Topic.objects.filter(pk__in=_open_tags("topic").values("topic"))


def _open_questions() -> QuerySet[OfficeQuestion]:
    # A question that no article asks any more is moot.
    return OfficeQuestion.objects.filter(settled=False, pk__in=OfficeMention.objects.values("question"))


def _open_tags(kind: str) -> QuerySet[Any]:
    return TAGS[kind]._default_manager.filter(**OPEN)


def _questions_of(wanted: Wanted) -> QuerySet[OfficeQuestion]:
    return _open_questions().filter(country=wanted.country) if wanted.country else _open_questions()


def _tags_of(kind: str, wanted: Wanted) -> QuerySet[Any]:
    tags = _open_tags(kind)
    if wanted.topic:
        return tags.filter(topic__slug=wanted.topic)
    if wanted.country and kind == "minister":
        return tags.filter(minister__in=Minister.objects.filter(tenures__country=wanted.country))
    return tags.filter(country=wanted.country) if wanted.country else tags


def _entries(rows: QuerySet[Any], rank: int, kind: str, moment: Any) -> QuerySet[Any]:
    undated = Value(_UNDATED, output_field=DateTimeField())
    return (
        rows.order_by()
        .annotate(
            rank=Value(rank, output_field=IntegerField()),
            moment=Coalesce(moment, undated),
            kind=Value(kind, output_field=CharField()),
            entry=F("pk"),
        )
        .values_list("rank", "moment", "kind", "entry")
    )


def _loaded_question(question: OfficeQuestion) -> OpenQuestion:
    mentions = question.mentions.select_related("article__source").order_by("-article__published_at", "-article_id")
    return OpenQuestion(question, list(question.candidates.all()), list(mentions[:MOST_MENTIONS]), mentions.count())
