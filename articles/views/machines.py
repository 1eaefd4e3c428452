"""What browsers and crawlers ask for."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override, pgettext
from django.views.decorators.http import require_safe

from articles import search as search_door
from articles.presentation.numbers_and_dates import number_text
from articles.views.reader import reader_language
from articles.views.site import site_address

# Under every language: lists that follow what somebody types or ticks lead crawlers nowhere.
FOLLOWING_A_READER = ("suggestions/", "suggestions.json", "filters/")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for this address where a page, such as those of the admin, names no icon."""
    return HttpResponsePermanentRedirect(static("favicon.svg"))


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may fetch: the pages, and nothing that is made for one reader or for programs."""
    refused = [reverse("admin:index"), reverse("export"), reverse("feed")]
    for language, _name in settings.LANGUAGES:
        with override(language):
            refused += [reverse("search") + path for path in FOLLOWING_A_READER]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in refused)]
    lines += ["", f"Sitemap: {site_address(request)}{reverse('sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    """How a browser searches here from its address bar, in the language of the page it learned it on."""
    site = site_address(request)
    context = {
        # The format allows so many letters.
        "name": pgettext("at most 16 letters, for lists of search engines", "Diplomacy Search")[:16],
        "description": _("Search an archive of diplomatic news"),
        "language": reader_language(),
        "icon": site + static("favicon.svg"),
        "search": site + reverse("search") + "?q={searchTerms}",
        "suggestions": site + reverse("suggestions_json") + "?q={searchTerms}",
        "own": site + reverse("opensearch"),
    }
    return render(request, "opensearch.xml", context, content_type="application/opensearchdescription+xml")


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """What may be meant by what is typed so far, as address bars read it: typed, labels, descriptions, addresses."""
    typed = request.GET.get("q", "")
    language, page = reader_language(), site_address(request) + reverse("search")
    try:
        found, status = search_door.suggest(typed, language=language), 200
    except search_door.EngineUnavailable:
        found, status = (), 503
    counts = [
        ngettext("%(number)s article", "%(number)s articles", suggestion.count)
        % {"number": number_text(suggestion.count, language)}
        for suggestion in found
    ]
    labels = [suggestion.label for suggestion in found]
    addresses = [page + suggestion.query for suggestion in found]
    return JsonResponse(
        [typed, labels, counts, addresses],
        safe=False,
        status=status,
        content_type="application/x-suggestions+json",
        json_dumps_params={"ensure_ascii": False},
    )
