"""The results of a search to take away."""

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles import csv_export
from articles import search as search_door
from articles.search.params import SearchParams
from articles.views.site import site_address


@require_safe
def export(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """All articles of a search as CSV, for who holds the permission `articles.export_article`."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path(), reverse("admin:login"))
    if not request.user.has_perm("articles.export_article"):
        raise PermissionDenied
    matches = search_door.matches(SearchParams.from_query(request.GET), user=request.user)
    if matches.state == "unavailable":
        return render(request, "unavailable.html", status=503)
    lines = csv_export.csv_lines(matches.articles(), site_address(request))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    name = f"diplomacy-search-{timezone.now():%Y-%m-%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
