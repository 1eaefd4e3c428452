"""What tagging is not sure of, and an editor's word on it: offices that several people may hold, and uncertain tags.

The door of the list “To settle”. Whoever calls it tells the index of the articles that it says have changed.
"""

import datetime
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core import signing
from django.db import transaction
from django.db.models import CharField, DateTimeField, IntegerField, Max, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles import reference
from articles.importing.retagging import retag
from articles.models import (
    Article,
    ArticleTag,
    Country,
    CountryTag,
    Minister,
    MinisterTag,
    OfficeMention,
    OfficeQuestion,
    Topic,
    TopicTag,
)

TAGS: dict[str, type[ArticleTag]] = {"country": CountryTag, "minister": MinisterTag, "topic": TopicTag}
_KEYS = {"country": "country__code", "minister": "minister__slug", "topic": "topic__slug"}
QUESTION = "question"
KINDS = (QUESTION, *TAGS)
# So many articles are tagged again while an editor waits: some seconds.
MOST_ARTICLES = 500
# The articles that an open question is shown with.
MOST_MENTIONS = 3
# How long a decision can be taken back by one click.
UNDO_SECONDS = 24 * 60 * 60
_SALT = "articles.importing.settling"
_UNDATED = datetime.datetime(1, 1, 2, tzinfo=datetime.UTC)
_OPEN = {"uncertain": True, "by_editor": False, "removed": False}


class CannotSettle(Exception):
    """That nothing was changed; its text tells an editor why."""


# --- what is open


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
    """Return (rank, moment, kind, primary key) of what is open: questions, then tags, those of the newest articles first.

    To be cut into pages, and read by `load`.
    """
    found = []
    if wanted.kind in ("", QUESTION) and not wanted.topic:
        found.append(_entries(_questions_of(wanted), 0, QUESTION, Max("mentions__article__published_at")))
    for kind in TAGS:
        if wanted.kind in ("", kind) and (not wanted.topic or kind == "topic") and not (wanted.country and kind == "topic"):
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
    return Country.objects.filter(
        Q(pk__in=OfficeQuestion.objects.values("country")) | Q(pk__in=_open_tags("country").values("country"))
    ).order_by("name")


def open_topics() -> QuerySet[Topic]:
    """Return the topics with uncertain tags."""
    return Topic.objects.filter(pk__in=_open_tags("topic").values("topic"))


def _open_questions() -> QuerySet[OfficeQuestion]:
    # A question that no article asks any more is moot.
    return OfficeQuestion.objects.filter(settled=False, pk__in=OfficeMention.objects.values("question"))


def _open_tags(kind: str) -> QuerySet[Any]:
    return TAGS[kind]._default_manager.filter(**_OPEN)


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
            entry=Max("pk"),
        )
        .values_list("rank", "moment", "kind", "entry")
    )


def _loaded_question(question: OfficeQuestion) -> OpenQuestion:
    mentions = question.mentions.select_related("article__source").order_by("-article__published_at", "-article_id")
    return OpenQuestion(question, list(question.candidates.all()), list(mentions[:MOST_MENTIONS]), mentions.count())


# --- questions


@dataclass(frozen=True)
class Settled:
    """A question as it is now; the articles whose tags changed; and how many were left to `retag_articles`."""

    question: OfficeQuestion
    changed: list[int]
    left: int


def settle(pk: int, answer: int | None, user: AbstractBaseUser) -> Settled:
    """Answer a question for all its articles: `answer` is the key of one of its candidates, or None for nobody.

    Raises CannotSettle where there is no such open question, or the answer is none of its candidates.
    """
    question = _question(pk)
    if answer is not None and not question.candidates.filter(pk=answer).exists():
        raise CannotSettle("That person is none of the candidates.")
    with transaction.atomic():
        now = timezone.now()
        open_ = OfficeQuestion.objects.filter(pk=pk, settled=False)
        if not open_.update(settled=True, answer=answer, settled_by=user.pk, settled_at=now):
            raise CannotSettle("That question is settled already.")
        reference.raise_version()
    return _retagged(pk, list(question.mentions.values_list("article_id", flat=True)))


def reopen(pk: int) -> Settled:
    """Take an answer back: the question is open again. Raises CannotSettle where there is no such settled question."""
    question = _question(pk)
    concerned = list(_concerned(question).values_list("pk", flat=True))
    with transaction.atomic():
        answered = OfficeQuestion.objects.filter(pk=pk, settled=True)
        if not answered.update(settled=False, answer=None, settled_by=None, settled_at=None):
            raise CannotSettle("That question is open already.")
        reference.raise_version()
    return _retagged(pk, concerned)


def _question(pk: int) -> OfficeQuestion:
    try:
        return OfficeQuestion.objects.get(pk=pk)
    except OfficeQuestion.DoesNotExist:
        raise CannotSettle("There is no such question any more: its articles were tagged again.") from None


def _concerned(question: OfficeQuestion) -> QuerySet[Article]:
    """Return the articles that may ask a settled question once it is open again.

    Tagging does not keep what it no longer asks: they are those of its days that carry the answer by role, or, where
    the answer was nobody, that name the country. A day more on either side, for articles of other zones.
    """
    day = datetime.timedelta(days=1)
    start = datetime.datetime.combine(question.first - day, datetime.time.min, datetime.UTC)
    end = datetime.datetime.combine(question.last + day, datetime.time.max, datetime.UTC)
    if question.answer_id:
        tags: QuerySet[Any] = MinisterTag.objects.filter(minister=question.answer_id, by_role=True)
    else:
        tags = CountryTag.objects.filter(country=question.country_id)
    of_its_days = Q(published_at__range=(start, end), pk__in=tags.values("article"))
    return Article.objects.filter(of_its_days | Q(pk__in=question.mentions.values("article")))


def _retagged(pk: int, article_ids: list[int]) -> Settled:
    """Tag articles again, each batch in a transaction of its own (see retagging.py): at most MOST_ARTICLES."""
    chosen = sorted(set(article_ids), reverse=True)[:MOST_ARTICLES]
    changed = retag(Article.objects.filter(pk__in=chosen)) if chosen else []
    question = OfficeQuestion.objects.select_related("country", "answer").get(pk=pk)
    return Settled(question, changed, len(set(article_ids)) - len(chosen))


# --- tags


@dataclass(frozen=True)
class Decision:
    """An editor's word on an uncertain tag: that it is `right`, or wrong and therefore removed."""

    kind: str
    article: Article
    subject: Country | Minister | Topic
    key: str
    right: bool

    @property
    def token(self) -> str:
        """What `undo` takes; signed, so that nothing else can be undone by it than what was decided here."""
        return signing.dumps([self.kind, self.article.pk, self.key, self.right], salt=_SALT)


def decide(kind: str, article_id: int, key: str, right: bool) -> Decision:
    """Keep or remove an uncertain tag for good, by its article and its code or slug: tagging again gives it a new key.

    Raises CannotSettle where there is no such tag, or it is decided already.
    """
    tag = _tag(kind, article_id, key)
    open_ = TAGS[kind]._default_manager.filter(pk=tag.pk, **_OPEN)
    if not open_.update(by_editor=True, uncertain=False, removed=not right):
        raise CannotSettle("That tag is settled already.")
    return Decision(kind, tag.article, getattr(tag, kind), key, right)


def undo(token: str) -> Decision:
    """Take a decision back: the tag is uncertain again. Raises CannotSettle where it cannot be, or was changed since."""
    try:
        kind, article_id, key, right = signing.loads(token, salt=_SALT, max_age=UNDO_SECONDS)
    except signing.BadSignature:
        raise CannotSettle("That cannot be undone here any more: change the tag beside its article.") from None
    tag = _tag(kind, article_id, key)
    decided = TAGS[kind]._default_manager.filter(pk=tag.pk, by_editor=True, uncertain=False, removed=not right)
    if not decided.update(**_OPEN):
        raise CannotSettle("That tag was changed since.")
    return Decision(kind, tag.article, getattr(tag, kind), key, right)


def _tag(kind: str, article_id: int, key: str) -> Any:
    if kind in TAGS:
        rows: QuerySet[Any] = TAGS[kind]._default_manager.filter(**{"article": article_id, _KEYS[kind]: key})
        tag = rows.select_related("article", kind).first()
        if tag:
            return tag
    raise CannotSettle("There is no such tag any more: its article was tagged again.")
