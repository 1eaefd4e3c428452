"""The search page, and what it fetches while somebody uses it: suggestions, and all values of a facet."""

import json
import logging
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.text import Truncator
from django.views.decorators.http import require_safe

from articles import search as search_door
from articles.presentation import facets, links
from articles.presentation.archive import archive_span
from articles.presentation.examples import SAMPLE_SEARCHES
from articles.presentation.following import feed_address
from articles.presentation.histogram import histogram_picture
from articles.presentation.numbers_and_dates import number_text
from articles.presentation.rows import rows
from articles.presentation.search_in_words import search_in_words
from articles.presentation.suggestions import suggested
from articles.search.facets import FACETS
from articles.search.params import SearchParams
from articles.search.results import SearchResults
from articles.views.reader import reader_language

logger = logging.getLogger(__name__)

# What htmx is told: no style or script of its own making, no code in attributes, and pages of errors are left to the
# browser (static/live.js).
_LIVE_SETTINGS = json.dumps({"includeIndicatorCSS": False, "noSwap": [204, 304, "4xx", "5xx"], "prefix": ""})
MOST_SUGGESTIONS = 10
# So much of a title is read in a tab or a list of bookmarks.
_LONGEST_TITLE = 80


def is_fragment(request: HttpRequest) -> bool:
    """Whether a script of the page asks, which needs no more than what changes."""
    return request.headers.get("HX-Request") == "true"


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The search page; without words and filters it is the start page: the newest articles.

    Status 503 where search is unavailable.
    """
    language = reader_language()
    results = search_door.search(SearchParams.from_query(request.GET), user=request.user, language=language)
    context = _context(results, language)
    if results.params.is_empty:
        context |= {
            "archive": archive_span(language),
            "samples": links.words_links(SAMPLE_SEARCHES),
            "canonical": request.build_absolute_uri(context["search_page"]),
        }
    if request.user.has_perm("articles.export_article"):
        context["export_address"] = reverse("export") + results.params.query_string()
    template = "search_fragment.html" if is_fragment(request) else "search.html"
    response = render(request, template, context, status=503 if results.state == "unavailable" else 200)
    # One address has two answers.
    patch_vary_headers(response, ["HX-Request"])
    return response


def _context(results: SearchResults, language: str) -> dict[str, Any]:
    page = reverse("search")
    # Without the values that name nothing.
    params = results.params
    return {
        "section": "search",
        "live_settings": _LIVE_SETTINGS,
        "params": params,
        "search_title": Truncator(search_in_words(results)).chars(_LONGEST_TITLE),
        "search_page": page,
        "results": results,
        "rows": list(rows(results, language, page)),
        "facets": facets.facet_panels(results, language, page),
        "chips": links.chips(results, page),
        "chosen_filters": number_text(chosen, language) if (chosen := links.filters_chosen(results)) else "",
        "feed_address": feed_address(params) if results.state != "not_understood" else "",
        "histogram": histogram_picture(results.histogram, language, page),
        "form_fields": links.form_fields(results),
        "correction": links.correction(results, language, page),
        "ways_out": links.ways_out(results, language, page),
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


@require_safe
def facet(request: HttpRequest, name: str) -> HttpResponse:
    """All values of a facet in a search, to choose from: narrowed by `letters`, in the `order` count or name."""
    declared = next((declared for declared in FACETS if declared.name == name), None)
    if declared is None:
        raise Http404
    language = reader_language()
    page = reverse("search")
    params = replace(SearchParams.from_query(request.GET), page=1)
    results = search_door.search(params, user=request.user, language=language)
    if results.state == "unavailable":
        return render(request, "unavailable.html", status=503)
    params = results.params
    found = next((result for result in results.facets if result.name == name), None)
    letters = " ".join(request.GET.get("letters", "").replace("\x00", " ").split())[:100]
    order = request.GET.get("order", "")
    order = order if order in facets.ORDERS else facets.ORDERS[0]
    values = facets.narrowed(found.values if found else (), letters, order)
    context = {
        "facet_name": name,
        "values_page": reverse("facet", args=[name]),
        "facet_title": str(declared.title),
        "search_page": page,
        "back": links.search_address(params),
        "letters": letters,
        "orders": links.value_orders(params, name, letters, order),
        "narrow_fields": [*params.to_pairs(), ("order", order)],
        "form_fields": facets.fields_beside(params, name, values),
        "choices": facets.choices(values[: facets.MOST_ON_A_PAGE], str(declared.title), language, page),
        "left_off": number_text(rest, language) if (rest := len(values) - facets.MOST_ON_A_PAGE) > 0 else "",
        "combinable": declared.combinable,
        "all_of": name in params.all_of,
        "dialog": is_fragment(request),
    }
    response = render(request, "_facet_values.html" if is_fragment(request) else "facet_values.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """The suggestions for what is typed into the box so far (`q`), as lines of its list; none where search is
    unavailable."""
    params = SearchParams.from_query(request.GET)
    try:
        found = search_door.suggest(params.q, language=reader_language(), most=MOST_SUGGESTIONS)
    except search_door.EngineUnavailable as error:
        logger.error("%s", error)
        found = ()
    return render(request, "_suggestions.html", {"suggestions": suggested(found, params, reader_language())})
