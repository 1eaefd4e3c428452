"""Which articles a topic or a minister would tag, before an editor saves it: only read, nothing is written."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from django.db.models import F, QuerySet

from articles import reference
from articles.enrichment import Found, Tags
from articles.gazetteer.facts import Gazetteer, MinisterFacts, TopicFacts
from articles.importing.tagging import tags_if_possible
from articles.models import Article, MinisterTag, TopicTag

MOST_ARTICLES = 2000
MOST_SECONDS = 10.0
# Titles to show of each group.
MOST_SHOWN = 50
_CHUNK = 200


@dataclass(frozen=True)
class PreviewedArticle:
    """An article of a preview, and the places that speak for the tag: those found now, or those it has had."""

    article: Article
    evidence: list[list[Any]]


@dataclass
class Group:
    """So many articles, and the first of them."""

    count: int = 0
    shown: list[PreviewedArticle] = field(default_factory=list)

    def add(self, article: Article, evidence: list[list[Any]]) -> None:
        """Count an article, and keep it to show if there is room."""
        self.count += 1
        if len(self.shown) < MOST_SHOWN:
            self.shown.append(PreviewedArticle(article, evidence))


@dataclass
class Preview:
    """What tagging the newest articles would come to: `tagged` has all that would carry the tag.

    `looked_at` articles of `of` were looked at; `out_of_time`: more would have been, had there been time.
    """

    of: int = 0
    looked_at: int = 0
    out_of_time: bool = False
    tagged: Group = field(default_factory=Group)
    newly: Group = field(default_factory=Group)
    lost: Group = field(default_factory=Group)


def preview_topic(facts: TopicFacts, most: int, seconds: float, hidden: bool = False) -> Preview:
    """Tag the newest articles with this topic alone, as if it were in the gazetteer.

    `hidden`: hidden articles are looked at too; else nothing of the preview, no count either, tells of them.
    """
    gazetteer = Gazetteer(countries=(), ministers=(), officials=(), topics=(facts,))
    rows = TopicTag.objects.filter(topic__slug=facts.slug)
    return _preview(gazetteer, lambda tags: _of(tags.topics, facts.slug), rows, most, seconds, hidden)


def preview_minister(facts: MinisterFacts, most: int, seconds: float, hidden: bool = False) -> Preview:
    """Tag the newest articles with this minister as if it were in the gazetteer; `hidden` as for a topic.

    Countries, officials and the other ministers stay: namesakes, predecessors and the country of a text decide too.
    """
    known = reference.current()
    others = tuple(minister for minister in known.ministers if minister.slug != facts.slug)
    # No state of the database: nothing that was kept for one may be taken for it.
    gazetteer = replace(known, ministers=(*others, facts), topics=(), version=0)
    rows = MinisterTag.objects.filter(minister__slug=facts.slug)
    return _preview(gazetteer, lambda tags: _of(tags.ministers, facts.slug), rows, most, seconds, hidden)


def _preview(
    gazetteer: Gazetteer,
    find: Callable[[Tags], Found | None],
    rows: QuerySet[Any],
    most: int,
    seconds: float,
    hidden: bool,
) -> Preview:
    among = Article.objects.all() if hidden else Article.objects.visible()
    newest = among.order_by(F("published_at").desc(nulls_last=True), "-pk")[:most]
    waiting = iter(list(newest.values_list("pk", flat=True)))
    preview = Preview(of=min(most, among.count()))
    end = time.monotonic() + seconds
    while chunk := list(islice(waiting, _CHUNK)):
        articles = among.select_related("source").in_bulk(chunk)
        present = {tag.article_id: tag for tag in rows.filter(article__in=chunk)}
        for article in (articles[pk] for pk in chunk if pk in articles):
            # However slow the first one was, a preview says something.
            if preview.looked_at and time.monotonic() > end:
                preview.out_of_time = True
                return preview
            preview.looked_at += 1
            tags, broken = tags_if_possible(article, gazetteer)
            # Tagging leaves an article as it is that it cannot read.
            if not broken:
                _sort_in(preview, article, find(tags), present.get(article.pk))
    return preview


def _of(found: Iterable[Found], slug: str) -> Found | None:
    return next((each for each in found if each.key == slug), None)


def _sort_in(preview: Preview, article: Article, found: Found | None, tag: Any) -> None:
    """Put an article into its groups. What an editor set or removed stays, whatever is found."""
    evidence = [list(place) for place in found.evidence] if found else []
    has = tag is not None and not tag.removed
    decided = tag is not None and (tag.by_editor or tag.removed)
    would = has if decided else found is not None
    if would:
        preview.tagged.add(article, evidence or (tag.evidence if tag else []))
        if not has:
            preview.newly.add(article, evidence)
    elif has:
        preview.lost.add(article, tag.evidence)
