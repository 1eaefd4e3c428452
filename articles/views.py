"""Pages. Each asks the front door of search or the database and renders; no page knows an engine."""

import logging
from dataclasses import replace

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import csv_export
from articles import search as search_door
from articles.models import Article, Country, Kept, Minister, Tenure, Topic
from articles.presentation import article_tags, evidence, links, subjects
from articles.presentation.archive import archive_span
from articles.presentation.examples import EXAMPLES, SAMPLE_SEARCHES
from articles.presentation.histogram import histogram_picture
from articles.search.facets import country_name, minister_labels
from articles.search.params import SearchParams

logger = logging.getLogger(__name__)

MOST_NEAR_COPIES = 20


def _language() -> str:
    return get_language() or "en"


def _search_page(request: HttpRequest, params: SearchParams, template: str, **context: object) -> HttpResponse:
    """Render `template` with everything that a list of results shows. Status 503 where search is unavailable."""
    language = _language()
    results = search_door.search(params, user=request.user, language=language)
    # Without the values that name nothing.
    params = results.params
    context |= {
        "params": params,
        "search_page": reverse("search"),
        "tag_links": links.TagLinks(results),
        "results": results,
        # The title is looked up once, not with each of a facet's values.
        "facets": [replace(facet, title=str(facet.title)) for facet in results.facets if facet.values],
        "histogram": histogram_picture(results.histogram, language),
        "form_fields": links.form_fields(results),
        "sorts": links.sort_links(params),
        "per_pages": links.per_page_links(params, language),
        "pages": links.page_links(results, language),
        "without_variants": links.search_address(params.with_variants(False)),
        "copies_apart": links.search_address(params.with_copies(False)),
        "copies_folded": links.search_address(params.with_copies(True)),
        "last_page": links.search_address(params.with_page(results.pages)),
        "previous_page": links.search_address(params.with_page(params.page - 1)) if params.page > 1 else "",
        "next_page": links.search_address(params.with_page(params.page + 1)) if params.page < results.pages else "",
    }
    return render(request, template, context, status=503 if results.state == "unavailable" else 200)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The search page; without words and filters it is the start page: the newest articles."""
    params = SearchParams.from_query(request.GET)
    start = {"archive": archive_span(_language()), "samples": SAMPLE_SEARCHES} if params.is_empty else {}
    return _search_page(request, params, "search.html", section="search", **start)


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
    names = links.minister_names([found], _language())
    context = {
        "article": found,
        "tag_sections": article_tags.sections(found, _language(), names),
        "title": evidence.marked_title(found, _language(), names),
        "paragraphs": evidence.marked_paragraphs(found, _language(), names),
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


@require_safe
def countries(request: HttpRequest) -> HttpResponse:
    """The countries that articles name."""
    context = {"heading": _("Countries"), "subjects": subjects.occurring_countries(_language()), "section": "countries"}
    return render(request, "subjects.html", context)


@require_safe
def country(request: HttpRequest, code: str) -> HttpResponse:
    """A country: its foreign ministers and the articles that name it."""
    if code != code.upper():
        return HttpResponsePermanentRedirect(reverse("country", args=[code.upper()]))
    found = get_object_or_404(Country, code=code)
    params = SearchParams.from_query(request.GET).within("country", code)
    tenures = list(found.tenures.exclude(kept=Kept.DROPPED).select_related("minister").order_by("-start"))
    office_names = minister_labels([tenure.minister.slug for tenure in tenures], _language())
    heading = country_name(code, _language())
    return _search_page(
        request,
        params,
        "country.html",
        section="countries",
        country=found,
        heading=heading,
        tenures=tenures,
        office_names=office_names,
    )


@require_safe
def ministers(request: HttpRequest) -> HttpResponse:
    """The ministers that articles are tagged with."""
    context = {"heading": _("Ministers"), "subjects": subjects.occurring_ministers(_language()), "section": "ministers"}
    return render(request, "subjects.html", context)


@require_safe
def minister(request: HttpRequest, slug: str) -> HttpResponse:
    """A minister: names in all scripts, offices held, and the articles."""
    held = Prefetch("tenures", Tenure.objects.exclude(kept=Kept.DROPPED).order_by("-start"))
    found = get_object_or_404(Minister.objects.prefetch_related(held), slug=slug)
    params = SearchParams.from_query(request.GET).within("minister", slug)
    heading = minister_labels([slug], _language())[slug]
    names = [name for name in (found.name, *found.names.exclude(kept=Kept.DROPPED)) if str(name) != heading]
    return _search_page(
        request, params, "minister.html", section="ministers", minister=found, heading=heading, names=names
    )


@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    """The topics that articles touch."""
    context = {"heading": _("Topics"), "subjects": subjects.occurring_topics(_language()), "section": "topics"}
    return render(request, "subjects.html", context)


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """A topic and its articles."""
    found = get_object_or_404(Topic.objects.select_related("parent").prefetch_related("children"), slug=slug)
    params = SearchParams.from_query(request.GET).within("topic", slug)
    heading = found.name_in(_language())
    return _search_page(request, params, "topic.html", section="topics", topic=found, heading=heading)


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for this address where a page, such as those of the admin, names no icon."""
    return HttpResponsePermanentRedirect(static("favicon.svg"))


@require_safe
def search_help(request: HttpRequest) -> HttpResponse:
    """How to search, every example a link."""
    return render(request, "help.html", {"examples": EXAMPLES, "section": "help"})


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
    lines = csv_export.csv_lines(matches.articles(), f"{request.scheme}://{request.get_host()}")
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    name = f"diplomacy-search-{timezone.now():%Y-%m-%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
