"""The site's pages for crawlers: articles that everybody may see, subjects that occur, and the lists of them.

Articles are the same in every language of the interface, so that they stand here once, in English; their own pages name
the others. Pages of subjects and lists name their other languages here too.
"""

import datetime
from collections.abc import Sequence
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import Max, QuerySet
from django.urls import reverse

from articles.models import Article, Country, Minister, Topic
from articles.presentation.subjects import occurring

PAGES = ("search", "ministers", "countries", "topics", "help")


class Articles(Sitemap):
    """Every article that everybody may see, with the moment of its last change."""

    # A page of them takes the server a third of a second.
    limit = 2000

    def items(self) -> QuerySet[Article]:
        """Return the articles with no more than their addresses need: texts are long."""
        return Article.objects.visible().only("pk", "title", "updated_at").order_by("pk")

    def lastmod(self, item: Article) -> datetime.datetime:
        """When it was changed."""
        return item.updated_at

    def get_latest_lastmod(self) -> datetime.datetime | None:
        """When the last one was changed; Django would look at each of them."""
        latest: datetime.datetime | None = Article.objects.visible().aggregate(last=Max("updated_at"))["last"]
        return latest


class _InEveryLanguage(Sitemap):
    """Pages that name themselves in each language of the interface."""

    i18n = True
    alternates = True
    x_default = True
    # Each stands there once a language, with as many alternates.
    limit = 1000


class Pages(_InEveryLanguage):
    """The start page, the lists and the help."""

    def items(self) -> Sequence[str]:
        """Return the pages by their names."""
        return PAGES

    def location(self, item: str) -> str:
        """The page in the language that is being written."""
        return reverse(item)


class Countries(_InEveryLanguage):
    """Countries that visible articles name."""

    def items(self) -> Sequence[Any]:
        """Return the countries in a lasting order."""
        return list(occurring(Country.objects.all()).order_by("pk"))


class Ministers(_InEveryLanguage):
    """Ministers that visible articles are tagged with."""

    def items(self) -> Sequence[Any]:
        """Return the ministers in a lasting order."""
        return list(occurring(Minister.objects.all()).order_by("pk"))


class Topics(_InEveryLanguage):
    """Topics of visible articles."""

    def items(self) -> Sequence[Any]:
        """Return the topics in a lasting order."""
        return list(occurring(Topic.objects.all()).order_by("pk"))


SECTIONS = {"pages": Pages, "countries": Countries, "ministers": Ministers, "topics": Topics, "articles": Articles}
