"""Offices that several people may hold on the days of an article: an editor answers once for all of them."""

import datetime
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from articles import reference
from articles.importing.retagging import retag
from articles.importing.settling.refusing import CannotSettle
from articles.importing.tagging import EmptyGazetteer
from articles.models import Article, CountryTag, MinisterTag, OfficeQuestion

# So many articles are tagged again while an editor waits: some seconds.
MOST_ARTICLES = 500


@dataclass(frozen=True)
class Settled:
    """A question as it is now; the articles whose tags changed; and how many were left to `retag --changed`.

    `gone`: it was opened again, and none of these articles asks it any more.
    """

    question: OfficeQuestion
    changed: list[int]
    left: int
    gone: bool = False


def settle(pk: int, answer: int | None, user: AbstractBaseUser) -> Settled:
    """Answer a question for all its articles: `answer` is the key of one of its candidates, or None for nobody.

    Raises CannotSettle where there is no such open question, or the answer is none of its candidates.
    """
    question = _question(pk)
    if answer is not None and not question.candidates.filter(pk=answer).exists():
        raise CannotSettle("That person is none of the candidates.")
    asking = list(question.mentions.values_list("article_id", flat=True))
    with transaction.atomic():
        now = timezone.now()
        open_ = OfficeQuestion.objects.filter(pk=pk, settled=False)
        if not open_.update(settled=True, answer=answer, settled_by=user.pk, settled_at=now):
            raise CannotSettle("That question is settled already.")
        reference.raise_settled()
    return _retagged(question, asking)


def reopen(pk: int) -> Settled:
    """Take an answer back: the question is open again, or gone where no article asks it any more.

    Raises CannotSettle where there is no such settled question.
    """
    question = _question(pk)
    concerned = list(_concerned(question).values_list("pk", flat=True))
    with transaction.atomic():
        answered = OfficeQuestion.objects.filter(pk=pk, settled=True)
        if not answered.update(settled=False, answer=None, settled_by=None, settled_at=None):
            raise CannotSettle("That question is open already.")
        reference.raise_settled()
    settled = _retagged(question, concerned)
    # Nobody would see it, and tagging forgets only what articles have asked: what is left may ask it anew.
    OfficeQuestion.objects.filter(pk=pk, settled=False, mentions__isnull=True).delete()
    return replace(settled, gone=not OfficeQuestion.objects.filter(pk=pk).exists())


def _question(pk: int) -> OfficeQuestion:
    try:
        return OfficeQuestion.objects.select_related("country").get(pk=pk)
    except OfficeQuestion.DoesNotExist:
        raise CannotSettle("There is no such question any more: its articles were tagged again.") from None


def _concerned(question: OfficeQuestion) -> QuerySet[Article]:
    """Return the articles that may ask a settled question once it is open again.

    Tagging does not keep what it no longer asks: they are those of its date that carry the answer by role, or, where
    the answer was nobody, that name the country. Whatever its precision, a date is kept as its first moment in UTC.
    """
    start = datetime.datetime.combine(question.first, datetime.time.min, datetime.UTC)
    end = datetime.datetime.combine(question.first, datetime.time.max, datetime.UTC)
    if question.answer_id:
        tags: QuerySet[Any] = MinisterTag.objects.filter(minister=question.answer_id, by_role=True)
    else:
        tags = CountryTag.objects.filter(country=question.country_id)
    of_its_date = Q(published_at__range=(start, end), pk__in=tags.values("article"))
    return Article.objects.filter(of_its_date | Q(pk__in=question.mentions.values("article")))


def _retagged(question: OfficeQuestion, article_ids: list[int]) -> Settled:
    """Tag articles again, each batch in a transaction of its own (see retagging.py): at most MOST_ARTICLES.

    An open question that none of them asks any more is gone after that; `question` still says what it was.
    """
    question.refresh_from_db()
    chosen = sorted(set(article_ids), reverse=True)[:MOST_ARTICLES]
    try:
        changed = retag(Article.objects.filter(pk__in=chosen)).changed if chosen else []
    except EmptyGazetteer:
        # The answer is kept, and holds once names are loaded.
        changed, chosen = [], []
    left = sorted(set(article_ids) - set(chosen))
    for start in range(0, len(left), MOST_ARTICLES):
        # So that tagging what changed finds them: an answer by itself makes no article's tags old.
        Article.objects.filter(pk__in=left[start : start + MOST_ARTICLES]).update(tagged_with="")
    return Settled(question, changed, len(left))
