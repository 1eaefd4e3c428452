"""An article's text as it was handed in, before it was cleaned."""

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles import importing
from articles.models import Article
from articles.presentation.imported_record import shown_record, why_not_shown
from articles.views.reader import reader_language
from articles.views.seen_article import SEE_HIDDEN, right_address, seen_article


@require_safe
def imported(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """The record of an article, read again from its original: for editors, since a large file takes seconds to read."""
    found = seen_article(Article.objects.select_related("source", "original"), pk, request.user)
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path(), reverse("admin:login"))
    if not request.user.has_perm(SEE_HIDDEN):
        raise PermissionDenied
    if slug != found.slug:
        return right_address(request, "article_imported", found.pk, found.slug)
    entry = importing.last_entry(found)
    context = {"article": found, "entry": entry}
    try:
        context["record"] = shown_record(importing.as_imported(found, entry), reader_language())
    except importing.NotReadAgain as error:
        context["reason"] = why_not_shown(error.reason)
    return render(request, "article_imported.html", context)
