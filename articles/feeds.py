"""A search as a feed: its newest articles as entries that a feed reader keeps apart, whatever becomes of their titles.

An entry is known by the tag URI (RFC 4151) of its article's short address: `tag:news.example,2024-05-07:/articles/12/`,
with the day on which the archive learned of it. Neither a corrected title nor an import that changes the text makes
another entry of it.
"""

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, SyndicationFeed, get_tag_uri
from django.utils.html import escape
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from articles.models import Article
from articles.presentation.search_in_words import search_in_words
from articles.search.params import SearchParams
from articles.search.results import Hit, SearchResults

ENTRIES = 50
SUMMARY_WORDS = 60
# What a feed has its own mind about: it is one page, the newest first.
NOT_ITS_OWN = frozenset({"page", "per", "sort"})
# XML 1.0 has no way to write these, not even escaped.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Known no more precisely, a moment would say more than is known.
_PRECISE = frozenset({Article.DatePrecision.MINUTE.value, Article.DatePrecision.DAY.value})
# Of a feed without entries, which has not changed since.
_NEVER = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)


class SearchFeed(Atom1Feed):
    """Atom with the language of each entry, and with names beside its categories.

    An item's `language` is BCP 47 or empty, its `terms` are (slug, name) pairs.
    """

    def item_attributes(self, item: dict[str, Any]) -> dict[str, Any]:
        """An entry says its language, where that is known."""
        return {"xml:lang": item["language"]} if item["language"] else {}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """An entry with its topics."""
        super().add_item_elements(handler, item)
        for term, label in item["terms"]:
            handler.addQuickElement("category", "", {"term": term, "label": label})

    def latest_post_date(self) -> datetime.datetime:
        """When the newest change was: the same again as long as nothing changes."""
        return max((item["updateddate"] for item in self.items), default=_NEVER)


def newest_first(params: SearchParams) -> SearchParams:
    """Return the search whose rows a feed shows."""
    return replace(params, sort="newest", page=1, per=ENTRIES)


def not_understood(results: SearchResults) -> list[str]:
    """Return sentences on the parameters that were left out: a feed of something else would be worse than none."""
    return [
        _("“%(parameter)s=%(value)s” was not understood: %(reason)s.")
        % {"parameter": problem.parameter, "value": problem.value, "reason": problem.reason}
        for problem in results.params.problems
        if problem.parameter not in NOT_ITS_OWN
    ]


def build(
    results: SearchResults, page: str, address: str, site: str, kind: type[SyndicationFeed] = SearchFeed
) -> SyndicationFeed:
    """Return the feed of a search. `site` is scheme and host; `page` and `address` are the search's and the feed's own,
    without them. `kind` is the format."""
    left_out = not_understood(results)
    understood = not left_out and results.state != "not_understood"
    words = search_in_words(results)
    feed = kind(
        title=xml_text(_("Diplomacy Search: %(search)s") % {"search": words or _("newest articles")}),
        link=site + page,
        description="",
        subtitle=xml_text(" ".join([*left_out, *results.messages])) or None,
        language="en",
        feed_url=site + address,
        feed_guid=site + address,
    )
    topics = {value.value: value.label for facet in results.facets if facet.name == "topic" for value in facet.values}
    for hit in results.hits if understood else ():
        feed.add_item(**_entry(hit, site, topics))
    return feed


def _entry(hit: Hit, site: str, topics: Mapping[str, str]) -> dict[str, Any]:
    article = hit.article
    entry: dict[str, Any] = {
        "title": xml_text(article.title),
        "link": site + article.get_absolute_url(),
        "unique_id": _tag_uri(article, site),
        # Feeds say that summaries are HTML.
        "description": escape(xml_text(Truncator(article.body).words(SUMMARY_WORDS, truncate=" …"))),
        "author_name": xml_text(article.byline or article.source.name),
        "updateddate": article.updated_at,
        "language": xml_text(article.language),
        "terms": list(_terms(hit.subjects.topics, topics)),
    }
    if article.published_at is not None and article.date_precision in _PRECISE:
        entry["pubdate"] = article.published_at
    return entry


def _tag_uri(article: Article, site: str) -> str:
    # Django puts a slash behind the path.
    short = reverse("article_short", args=[article.pk]).rstrip("/")
    return get_tag_uri(site + short, article.created_at.date())


def _terms(slugs: Iterable[str], names: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    return ((slug, xml_text(names.get(slug, slug))) for slug in slugs)


def xml_text(text: str) -> str:
    """Return `text` without what XML cannot hold: control characters and the like become spaces."""
    return _NOT_XML.sub(" ", text)
