"""Tags as enrichment finds them, written to the database. What an editor set or removed stays as it is."""

import logging
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models, transaction

from articles import reference
from articles.enrichment import Found, Period, Question, Tags, tag
from articles.enrichment.rules import rules
from articles.gazetteer.facts import Gazetteer
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

logger = logging.getLogger(__name__)

# Values in one statement: SQLite takes 32,766.
_TOGETHER = 500


class EmptyGazetteer(Exception):
    """Tags are wanted, but nothing is known to tag with: load_gazetteer has not run."""


def gazetteer_to_tag_with() -> Gazetteer:
    """Return the gazetteer of now. Raises EmptyGazetteer where it knows no name: every tag that was found would go."""
    gazetteer = reference.current()
    if not any(country.patterns for country in gazetteer.countries):
        raise EmptyGazetteer
    return gazetteer


def state(gazetteer: Gazetteer) -> str:
    """Return what Article.tagged_with says of tags made now: by which gazetteer and which rules."""
    return f"{gazetteer.version}-{rules()}"


def period_of(article: Article) -> Period | None:
    """Return the days that the article's date may mean (of UTC); None where it has no date."""
    if article.published_at is None:
        return None
    first = article.published_at.date()
    if article.date_precision == Article.DatePrecision.YEAR:
        return Period(first, first.replace(month=12, day=31))
    if article.date_precision == Article.DatePrecision.MONTH:
        return Period(first, first.replace(day=monthrange(first.year, first.month)[1]))
    return Period(first, first)


def tags_of(article: Article, gazetteer: Gazetteer) -> Tags:
    """Return the tags of an article's text. A title made from the text would count its first sentence twice."""
    title = "" if article.title_made else article.title
    found = tag(title, article.body, article.language, period_of(article), gazetteer)
    # Saved with the article, or by write_tags where the article is not.
    article.tagged_with = state(gazetteer)
    return found


def tags_if_possible(article: Article, gazetteer: Gazetteer | None) -> tuple[Tags, str]:
    """Return the tags of an article, none without a gazetteer, and what is to be said where tagging breaks.

    Better an article without tags than none.
    """
    # What is not tagged is not of the state of the tags that it had.
    article.tagged_with = ""
    if gazetteer is None:
        return Tags(), ""
    try:
        return tags_of(article, gazetteer), ""
    except Exception as error:
        article.tagged_with = ""
        logger.exception("Tagging %r failed", article.title)
        return Tags(), f"Imported without tags ({type(error).__name__})."


def write_tags(pairs: Iterable[tuple[Article, Tags]]) -> None:
    """Replace the found tags of saved articles, each with its Tags, in one transaction.

    Rows that an editor set (`by_editor`) or removed (`removed`) are left alone, and not found a second time. Keys that
    the database does not know (the gazetteer changed under way) are passed over: tagging again will find them.
    """
    pairs = list(pairs)
    if not pairs:
        return
    with transaction.atomic():
        lock([article.pk for article, _tags in pairs])
        _write(CountryTag, "country", {code: code for code in Country.objects.values_list("code", flat=True)},
               [(article, tags.countries) for article, tags in pairs])  # fmt: skip
        _write(MinisterTag, "minister", _keys(Minister, [tags.ministers for _article, tags in pairs]),
               [(article, tags.ministers) for article, tags in pairs])  # fmt: skip
        _write(TopicTag, "topic", _keys(Topic, [tags.topics for _article, tags in pairs]),
               [(article, tags.topics) for article, tags in pairs])  # fmt: skip
        _write_questions([(article, tags.questions) for article, tags in pairs])
        states: dict[str, list[int]] = defaultdict(list)
        for article, _tags in pairs:
            states[article.tagged_with].append(article.pk)
        for tagged_with, keys in states.items():
            for start in range(0, len(keys), _TOGETHER):
                Article.objects.filter(pk__in=keys[start : start + _TOGETHER]).update(tagged_with=tagged_with)


def lock(keys: list[int]) -> None:
    """Wait for others who write the tags of these articles (SQLite has one writer anyway)."""
    for start in range(0, len(keys), _TOGETHER):
        rows = Article.objects.select_for_update().filter(pk__in=keys[start : start + _TOGETHER]).order_by("pk")
        list(rows.values_list("pk", flat=True))


def _write_questions(pairs: Sequence[tuple[Article, tuple[Question, ...]]]) -> None:
    """Keep which offices the texts name whose holder is open; a question that no text asks any more goes."""
    mentions = OfficeMention.objects.filter(article__in=[article.pk for article, _questions in pairs])
    asked_before = set(mentions.values_list("question_id", flat=True))
    mentions.delete()
    known: dict[tuple[str, Period], OfficeQuestion | None] = {}
    rows = []
    for article, questions in pairs:
        for question in questions:
            key = question.country, question.period
            if key not in known:
                known[key] = _question(question)
            row = known[key]
            if row is not None:
                evidence = [list(place) for place in question.evidence]
                rows.append(OfficeMention(article=article, question=row, evidence=evidence))
    OfficeMention.objects.bulk_create(rows, batch_size=_TOGETHER)
    # What was settled stays: later articles of these days are answered by it.
    OfficeQuestion.objects.filter(pk__in=asked_before, settled=False, mentions__isnull=True).delete()


def _question(question: Question) -> OfficeQuestion | None:
    """Return the row of a question with the candidates of now; None where the database knows none of them any more."""
    candidates = list(Minister.objects.filter(slug__in=question.candidates))
    if not candidates or not Country.objects.filter(code=question.country).exists():
        return None
    row, _created = OfficeQuestion.objects.get_or_create(
        country_id=question.country, first=question.period.first, last=question.period.last
    )
    row.candidates.set(candidates)
    return row


def _keys(model: type[Minister] | type[Topic], found: list[tuple[Found, ...]]) -> dict[str, Any]:
    """Return the primary keys of the rows with the slugs that were found."""
    slugs = {each.key for several in found for each in several}
    return dict(model.objects.filter(slug__in=slugs).values_list("slug", "pk")) if slugs else {}


def _write(
    model: type[ArticleTag], field: str, keys: dict[str, Any], pairs: Sequence[tuple[Article, tuple[Found, ...]]]
) -> None:
    manager: models.Manager[Any] = model._default_manager
    rows = manager.filter(article__in=[article.pk for article, _found in pairs])
    kept = {
        (row[0], row[1])
        for row in rows.exclude(by_editor=False, removed=False).values_list("article_id", f"{field}_id")
    }
    _follow_text(field, keys, rows.exclude(by_editor=False, removed=False), pairs)
    rows.filter(by_editor=False, removed=False).delete()
    manager.bulk_create(
        [
            _row(model, field, article, keys[each.key], each)
            for article, found in pairs
            for each in found
            if each.key in keys and (article.pk, keys[each.key]) not in kept
        ],
        batch_size=500,
    )


def _follow_text(
    field: str,
    keys: dict[str, Any],
    rows: models.QuerySet[Any],
    pairs: Sequence[tuple[Article, tuple[Found, ...]]],
) -> None:
    """Let the evidence of tags that editors set or removed follow the text, whose offsets may have changed."""
    found = {(article.pk, keys.get(each.key)): each for article, several in pairs for each in several}
    for row in rows:
        there = found.get((row.article_id, getattr(row, f"{field}_id")))
        evidence = [list(place) for place in there.evidence] if there else []
        if row.evidence != evidence:
            row.evidence, row.count = evidence, there.count if there else 0
            row.save(update_fields=["evidence", "count"])


def drop_tags(articles: Iterable[Article | None]) -> None:
    """Take away the found tags of articles with new texts, and the places in the old ones that editors have tagged."""
    keys = [article.pk for article in articles if article]
    if keys:
        for model in (CountryTag, MinisterTag, TopicTag):
            manager: models.Manager[Any] = model._default_manager
            manager.filter(article__in=keys, by_editor=False, removed=False).delete()
            manager.filter(article__in=keys).update(evidence=[], count=0)
        OfficeMention.objects.filter(article__in=keys).delete()
        Article.objects.filter(pk__in=keys).update(tagged_with="")


def _row(model: type[ArticleTag], field: str, article: Article, key: Any, found: Found) -> ArticleTag:
    values: dict[str, Any] = {
        "article_id": article.pk,
        f"{field}_id": key,
        "count": found.count,
        "main": found.main,
        "evidence": [list(place) for place in found.evidence],
        "uncertain": found.uncertain,
    }
    if model is MinisterTag:
        values["by_role"] = found.by_role
    return model(**values)
