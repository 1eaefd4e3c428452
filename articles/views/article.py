"""The page of an article."""

import logging
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles import search as search_door
from articles.models import Article
from articles.presentation import article_head, article_tags, editor_links, evidence, links, way_back
from articles.presentation.citation_files import FORMATS
from articles.presentation.citation_line import citation_line
from articles.presentation.citations import citation
from articles.views.reader import reader_language
from articles.views.seen_article import right_address, seen_article
from articles.views.site import site_address

logger = logging.getLogger(__name__)

MOST_NEAR_COPIES = 20


@require_safe
def article(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """An article. A wrong or missing slug leads to the right address; a hidden article is there for editors only.

    The parameters of a search, and the article's rank in it as `result`, show the way back to it and mark its words.
    """
    found = seen_article(Article.objects.with_tags(), pk, request.user)
    if slug != found.slug:
        return right_address(request, "article", found.pk, found.slug)
    language = reader_language()
    names = links.minister_names([found], language)
    back, marks = _way_here(request, found)
    cited = citation(found, site_address(request))
    context = {
        "article": found,
        "head": article_head.article_head(found, request.build_absolute_uri(found.get_absolute_url())),
        "way_back": back,
        "marks": marks,
        "tag_sections": article_tags.sections(found, language, names),
        "title": evidence.marked_title(found, language, names, marks.title),
        "paragraphs": evidence.marked_paragraphs(found, language, names, marks.body, 1 + len(marks.title)),
        "similar": _similar(found),
        "citation": citation_line(cited, language),
        "cited": cited,
        "citation_formats": FORMATS.values(),
        "editor_links": editor_links.editor_links(found, request.user),
        **_near_copies(found),
    }
    return render(request, "article.html", context)


def _way_here(request: HttpRequest, found: Article) -> tuple[way_back.WayBack | None, search_door.Marks]:
    """Return the way back to the search that the reader came from, and what it marks in the article."""
    asked = way_back.asked(request.GET)
    if asked is None:
        return None, search_door.Marks()
    params, rank = asked
    beside = search_door.neighbours(params, rank, found.pk, user=request.user)
    return way_back.way_back(beside, reader_language()), search_door.marks(beside.params, found)


def _near_copies(found: Article) -> dict[str, Any]:
    """Return the first near-copies that everybody may see, and how many there are beside them."""
    if not found.copy_group:
        return {}
    copies = Article.objects.visible().filter(copy_group=found.copy_group).exclude(pk=found.pk)
    shown = list(copies.defer("body").select_related("source")[:MOST_NEAR_COPIES])
    more = copies.count() - len(shown) if len(shown) == MOST_NEAR_COPIES else 0
    return {"near_copies": shown, "more_near_copies": more}


def _similar(found: Article) -> tuple[Article, ...]:
    """Return articles like this one; none where the index cannot be read: the article can."""
    try:
        return search_door.similar(found)
    except search_door.EngineUnavailable as error:
        logger.error("%s", error)
        return ()
