"""The search page, and what pages with a list of results share with it."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles import search as search_door
from articles.presentation import links
from articles.presentation.archive import archive_span
from articles.presentation.examples import SAMPLE_SEARCHES
from articles.presentation.histogram import histogram_picture
from articles.search.params import SearchParams
from articles.views.reader import reader_language


def search_page(request: HttpRequest, params: SearchParams, template: str, **context: object) -> HttpResponse:
    """Render `template` with everything that a list of results shows. Status 503 where search is unavailable."""
    language = reader_language()
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
        "histogram": histogram_picture(results.histogram, language, reverse("search")),
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
    start = {"archive": archive_span(reader_language()), "samples": SAMPLE_SEARCHES} if params.is_empty else {}
    return search_page(request, params, "search.html", section="search", **start)
