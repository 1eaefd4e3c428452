"""The same text under several identities: articles with equal or nearly equal texts share a `copy_group`.

A new text is compared with the few that share a band of its sketch (see sketches.py), never with all. A group is what
hangs together by likeness: a text that is near to members of two groups makes them one. The head of a group is its
earliest article.
"""

import datetime
import uuid
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import CharField, Count, F, Min
from django.db.models.functions import Cast
from django.utils import timezone

from articles.importing.sketches import Text
from articles.models import Article, SketchBand, TextSketch

# Of the texts that share bands so many are compared in full, those that share most first.
_MOST_COMPARED = 20
# A band that so many texts have is of a form that is filled in again and again: copies share rarer ones as well.
_MOST_SHARING = 200
_BATCH = 500
# Row by row in plain SQL: as objects and cases they would take longer than the comparing.
_UPDATE_GROUP = f"UPDATE {Article._meta.db_table} SET copy_group = %s, body_hash = %s WHERE id = %s"
_INSERT_BANDS = f"INSERT INTO {SketchBand._meta.db_table} (value, sketch_id) VALUES (%s, %s)"


class Head(NamedTuple):
    """The article of a group that was there first, as the report names it; of undated ones the first that came."""

    moment: datetime.datetime | None
    title: str
    source: str

    def __str__(self) -> str:
        day = f", {self.moment:%Y-%m-%d}" if self.moment else ""
        return f"“{self.title[:120]}” ({self.source}{day})"


@dataclass
class Copies:
    """Finds the groups of articles that come in. In a dry run what came before is in memory and nothing is written."""

    dry_run: bool = False
    _moved: set[int] = field(default_factory=set)
    _kept: "_Pool" = field(default_factory=lambda: _Pool())

    def place(self, articles: Sequence[tuple[Article, Text]]) -> list[Head | None]:
        """Give each article its `copy_group` by its text; return the head of its group, None for one that is no copy.

        The articles have a source and need not be saved yet; their own old texts do not count. `remember` their texts
        once they are saved. A handful of queries for all of them together, and one for each group that is found.
        """
        pool = self._kept if self.dry_run else _Pool()
        _load(pool, articles)
        chosen: list[tuple[str, bool]] = []
        for article, text in articles:
            groups = pool.near(text, _issue(article))
            group = groups[0] if groups else uuid.uuid4().hex
            if len(groups) > 1:
                self._join(pool, group, groups[1:])
            pool.add(text.hash, group, _issue(article), text.bands, text.text)
            chosen.append((group, bool(groups)))
        for (article, _text), (group, _copy) in zip(articles, chosen, strict=True):
            article.copy_group = pool.resolved(group)
        return self._heads(pool, [(article, copy) for (article, _), (_, copy) in zip(articles, chosen, strict=True)])

    def take_moved(self) -> set[int]:
        """Return the keys of articles that newcomers drew into other groups, of which an index must learn."""
        moved, self._moved = self._moved, set()
        return moved

    def _join(self, pool: "_Pool", kept: str, others: list[str]) -> None:
        for other in others:
            pool.joined[other] = kept
        if not self.dry_run:
            members = Article.objects.filter(copy_group__in=others)
            self._moved.update(members.values_list("pk", flat=True))
            members.update(copy_group=kept, updated_at=timezone.now())

    def _heads(self, pool: "_Pool", placed: list[tuple[Article, bool]]) -> list[Head | None]:
        groups = {article.copy_group for article, copy in placed if copy}
        own = [article.pk for article, _copy in placed if article.pk]
        order = (F("published_at").asc(nulls_last=True), "pk")
        for group in groups:
            stored = Article.objects.filter(copy_group=group).exclude(pk__in=own).order_by(*order)
            for head in stored.values_list("published_at", "title", "source__name")[:1]:
                pool.offer_head(group, Head(*head))
        heads: list[Head | None] = []
        for article, copy in placed:
            heads.append(pool.heads.get(article.copy_group) if copy else None)
            pool.offer_head(article.copy_group, Head(article.published_at, article.title, article.source.name))
        return heads


def remember(texts: Iterable[Text]) -> None:
    """Store the sketches of texts whose articles are saved, so that later ones find them. A few queries."""
    wanted = {text.hash: text.bands for text in texts if text.bands}
    for body_hash in TextSketch.objects.filter(body_hash__in=list(wanted)).values_list("body_hash", flat=True):
        del wanted[body_hash]
    sketches = TextSketch.objects.bulk_create([TextSketch(body_hash=body_hash) for body_hash in wanted])
    rows = [(value, sketch.pk) for sketch in sketches for value in wanted[sketch.body_hash]]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(_INSERT_BANDS, rows)


def forget_unused(hashes: Iterable[str]) -> None:
    """Take away the sketches of texts that no article has any more, so that they keep no place from others."""
    unused = set(hashes)
    if unused:
        unused.difference_update(Article.objects.filter(body_hash__in=unused).values_list("body_hash", flat=True))
        TextSketch.objects.filter(body_hash__in=unused).delete()


def _load(pool: "_Pool", articles: Sequence[tuple[Article, Text]]) -> None:
    """Put into the pool what the database has of texts equal to these, and of those that share bands with them."""
    others = Article.objects.exclude(pk__in=[article.pk for article, _text in articles if article.pk])
    hashes = [text.hash for _article, text in articles]
    equal = others.filter(body_hash__in=hashes).order_by().values_list("body_hash", "copy_group").distinct()
    for body_hash, group in equal:
        pool.add(body_hash, group, _ANY_ISSUE)
    texts = [text for _article, text in articles if text.bands and text.hash not in pool]
    sharing = _sharing_bands(texts)
    rows = others.filter(body_hash__in=[each for each in sharing if each not in pool]).order_by()
    # A text may stand in very many articles: it is read once, and of which days and sources they are beside it.
    first = rows.values("body_hash").annotate(first=Min("pk")).values_list("first", flat=True)
    bodies = dict(Article.objects.filter(pk__in=list(first)).order_by().values_list("body_hash", "body"))
    facts = rows.values_list("body_hash", "copy_group", "source__name", "date_kind", "published_at").distinct()
    for body_hash, group, source, kind, moment in facts:
        pool.add(body_hash, group, _issue_of(source, kind, moment), sharing[body_hash], bodies.get(body_hash, ""))


def _sharing_bands(texts: list[Text]) -> dict[str, list[int]]:
    """Return the hashes of stored texts that share bands with these, each with the bands that it shares."""
    values = {value for text in texts for value in text.bands}
    by_band: dict[int, list[str]] = {}
    sharing = SketchBand.objects.filter(value__in=values)
    counts = sharing.values("value").annotate(sketches=Count("pk")).filter(sketches__lte=_MOST_SHARING)
    rare = list(counts.values_list("value", flat=True)) if values else []
    for value, body_hash in sharing.filter(value__in=rare).values_list("value", "sketch__body_hash") if rare else ():
        by_band.setdefault(value, []).append(body_hash)
    wanted: dict[str, list[int]] = {}
    for text in texts:
        shared = Counter(body_hash for value in text.bands for body_hash in by_band.get(value, ()))
        for body_hash, _count in shared.most_common(_MOST_COMPARED):
            wanted.setdefault(body_hash, []).extend(
                value for value in text.bands if body_hash in by_band.get(value, ())
            )
    return wanted


class _Issue(NamedTuple):
    """Of which source and day a text is, as far as that is stated."""

    source: str
    day: datetime.date | None

    def is_another(self, other: "_Issue") -> bool:
        """Tell two days of one source: what it writes so alike on both is a form filled in twice."""
        return self.source == other.source and None not in (self.day, other.day) and self.day != other.day


_ANY_ISSUE = _Issue("", None)


def _issue(article: Article) -> _Issue:
    return _issue_of(article.source.name, article.date_kind, article.published_at)


def _issue_of(source: str, date_kind: str, moment: datetime.datetime | None) -> _Issue:
    return _Issue(source, moment.date() if moment and date_kind == Article.DateKind.STATED else None)


class _Pool:
    """Texts with their groups, found by hash and by band."""

    def __init__(self) -> None:
        self.joined: dict[str, str] = {}
        self.heads: dict[str, Head] = {}
        self._groups: dict[str, str] = {}
        self._issues: dict[str, set[_Issue]] = {}
        self._bodies: dict[str, bytes] = {}
        self._by_band: dict[int, list[str]] = {}

    def __contains__(self, body_hash: str) -> bool:
        return body_hash in self._groups

    def add(self, body_hash: str, group: str, issue: _Issue, bands: Sequence[int] = (), body: str = "") -> None:
        """Take in a text. Without bands it is found by its hash only."""
        self._issues.setdefault(body_hash, set()).add(issue)
        if body_hash in self._groups:
            return
        self._groups[body_hash] = group
        if bands:
            self._bodies[body_hash] = zlib.compress(body.encode("utf-8", "replace"), 1)
            for value in set(bands):
                self._by_band.setdefault(value, []).append(body_hash)

    def near(self, text: Text, issue: _Issue) -> list[str]:
        """Return the groups of equal or nearly equal texts, the likeliest first."""
        if text.hash in self._groups:
            return [self.resolved(self._groups[text.hash])]
        shared = Counter(body_hash for value in text.bands for body_hash in self._by_band.get(value, ()))
        likely = [each for each, _count in shared.most_common(_MOST_COMPARED)]
        found = [
            each
            for each in likely
            if not all(issue.is_another(other) for other in self._issues[each]) and text.is_near(self._text(each))
        ]
        return list(dict.fromkeys(self.resolved(self._groups[each]) for each in found))

    def _text(self, body_hash: str) -> Text:
        return Text(zlib.decompress(self._bodies[body_hash]).decode())

    def resolved(self, group: str) -> str:
        """Return what has become of a group that others may have joined."""
        while group in self.joined:
            group = self.joined[group]
        return group

    def offer_head(self, group: str, head: Head) -> None:
        """Make an article a group's head where it is earlier than the one so far."""
        known = self.heads.get(group)
        if known is None or (head.moment and (known.moment is None or head.moment < known.moment)):
            self.heads[group] = head


def regroup(show: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Group the whole archive anew; return how many articles stand in a group with others.

    For archives that were grouped by other rules. `show` is told (done, all) after each batch. Indexes must be told
    afterwards.
    """
    TextSketch.objects.all().delete()
    Article.objects.update(copy_group=Cast("pk", CharField()))
    keys = list(Article.objects.order_by("pk").values_list("pk", flat=True))
    copies = Copies()
    for start in range(0, len(keys), _BATCH):
        articles = list(Article.objects.filter(pk__in=keys[start : start + _BATCH]).select_related("source"))
        texts = [Text(article.body) for article in articles]
        for article, text in zip(articles, texts, strict=True):
            article.body_hash = text.hash
        with transaction.atomic():
            copies.place(list(zip(articles, texts, strict=True)))
            with connection.cursor() as cursor:
                cursor.executemany(_UPDATE_GROUP, [(each.copy_group, each.body_hash, each.pk) for each in articles])
            remember(texts)
        show(start + len(articles), len(keys))
    groups = Article.objects.values("copy_group").annotate(size=Count("pk")).filter(size__gt=1)
    return sum(group["size"] for group in groups)
