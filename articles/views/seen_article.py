"""The article that an address names, for who may see it."""

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from articles.models import Article

SEE_HIDDEN = "articles.view_article"


def seen_article(articles: QuerySet[Article], pk: int, user: User | AnonymousUser) -> Article:
    """Return an article; a hidden one is there for editors only. Raises Http404."""
    found = get_object_or_404(articles, pk=pk)
    if not found.visible and not user.has_perm(SEE_HIDDEN):
        raise Http404
    return found


def right_address(request: HttpRequest, page: str, *parts: object) -> HttpResponsePermanentRedirect:
    """Lead to the page of this name and these parts, with the parameters that the request came with."""
    query = request.META.get("QUERY_STRING", "")
    address = reverse(page, args=parts)
    return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
