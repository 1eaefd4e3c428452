"""The page of an article."""

import logging

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles import search as search_door
from articles.models import Article
from articles.presentation import article_tags, evidence, links
from articles.views.reader import reader_language

logger = logging.getLogger(__name__)

MOST_NEAR_COPIES = 20


@require_safe
def article(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """An article. A wrong or missing slug leads to the right address; a hidden article is there for editors only."""
    found = get_object_or_404(Article.objects.with_tags(), pk=pk)
    if not found.visible and not request.user.has_perm("articles.view_article"):
        raise Http404
    if slug != found.slug:
        query = request.META.get("QUERY_STRING", "")
        address = reverse("article", args=[found.pk, found.slug])
        return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
    copies = Article.objects.visible().filter(copy_group=found.copy_group).exclude(pk=found.pk)
    names = links.minister_names([found], reader_language())
    context = {
        "article": found,
        "tag_sections": article_tags.sections(found, reader_language(), names),
        "title": evidence.marked_title(found, reader_language(), names),
        "paragraphs": evidence.marked_paragraphs(found, reader_language(), names),
        "similar": _similar(found),
        "near_copies": copies.select_related("source")[:MOST_NEAR_COPIES] if found.copy_group else [],
    }
    return render(request, "article.html", context)


def _similar(found: Article) -> tuple[Article, ...]:
    """Return articles like this one; none where the index cannot be read: the article can."""
    try:
        return search_door.similar(found)
    except search_door.EngineUnavailable as error:
        logger.error("%s", error)
        return ()
