"""Uncertain tags: an editor keeps or removes them for good, and can take that back."""

from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.db import transaction
from django.db.models import QuerySet

from articles.importing.settling.refusing import CannotSettle
from articles.models import Article, ArticleTag, Country, CountryTag, Minister, MinisterTag, Topic, TopicTag, Unindexed

TAGS: dict[str, type[ArticleTag]] = {"country": CountryTag, "minister": MinisterTag, "topic": TopicTag}
OPEN = {"uncertain": True, "by_editor": False, "removed": False}
_KEYS = {"country": "country__code", "minister": "minister__slug", "topic": "topic__slug"}
# How long a decision can be taken back by one click.
UNDO_SECONDS = 24 * 60 * 60
_SALT = "articles.importing.settling"


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
    with transaction.atomic():
        tag = _locked(kind, article_id, key)
        open_ = TAGS[kind]._default_manager.filter(pk=tag.pk, **OPEN)
        if not open_.update(by_editor=True, uncertain=False, removed=not right):
            raise CannotSettle("That tag is settled already.")
        Unindexed.objects.mark([article_id])
    return Decision(kind, tag.article, getattr(tag, kind), key, right)


def undo(token: str) -> Decision:
    """Take a decision back: the tag is uncertain again. Raises CannotSettle where it was changed since."""
    try:
        kind, article_id, key, right = signing.loads(token, salt=_SALT, max_age=UNDO_SECONDS)
    except signing.BadSignature:
        raise CannotSettle("That cannot be undone here any more: change the tag beside its article.") from None
    with transaction.atomic():
        tag = _locked(kind, article_id, key)
        decided = TAGS[kind]._default_manager.filter(pk=tag.pk, by_editor=True, uncertain=False, removed=not right)
        if not decided.update(**OPEN):
            raise CannotSettle("That tag was changed since.")
        Unindexed.objects.mark([article_id])
    return Decision(kind, tag.article, getattr(tag, kind), key, right)


def _locked(kind: str, article_id: int, key: str) -> Any:
    """Return a tag whose article is locked until the transaction ends: tagging would make the tag anew meanwhile."""
    # A number that no database can hold is asked of the article's own key, which answers that there is none.
    article = Article.objects.select_for_update().filter(pk=article_id).first() if kind in TAGS else None
    if article:
        rows: QuerySet[Any] = TAGS[kind]._default_manager.filter(**{"article": article, _KEYS[kind]: key})
        tag = rows.select_related(kind).first()
        if tag:
            tag.article = article
            return tag
    raise CannotSettle("There is no such tag any more: its article was tagged again.")
