"""Countries, ministers and topics: the lists of those that occur, and a page for each."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import search as search_door
from articles.models import Country, Kept, Minister, Tenure, Topic
from articles.presentation import links, subjects, timeline, written_names
from articles.presentation.company import company
from articles.presentation.histogram import histogram_picture
from articles.presentation.subject_numbers import subject_numbers
from articles.search.facets import country_name, minister_labels
from articles.search.params import SearchParams
from articles.views.reader import reader_language

NEWEST = 10
# The others are folded away.
MOST_OFFICE_HOLDERS = 10


# --- lists


@require_safe
def countries(request: HttpRequest) -> HttpResponse:
    """The countries that articles name."""
    return _list_page(request, "countries", _("Countries"), subjects.occurring_countries)


@require_safe
def ministers(request: HttpRequest) -> HttpResponse:
    """The ministers that articles are tagged with."""
    return _list_page(request, "ministers", _("Ministers"), subjects.occurring_ministers)


@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    """The topics that articles touch."""
    return _list_page(request, "topics", _("Topics"), subjects.occurring_topics)


def _order(request: HttpRequest) -> str:
    """Return the order that the address asks for; by name where it asks for none that there is."""
    asked = request.GET.get("order", "")
    return asked if asked in subjects.ORDERS else "name"


def _list_page(
    request: HttpRequest, section: str, heading: str, occurring: Callable[[str, str], list[subjects.Subject]]
) -> HttpResponse:
    order, address = _order(request), reverse(section)
    context = {
        "heading": heading,
        "section": section,
        "sections": subjects.in_sections(occurring(reader_language(), order), order),
        "orders": [
            links.Link(_("name"), address, current=order == "name"),
            links.Link(_("number of articles"), f"{address}?order=count", current=order == "count"),
        ],
        "canonical": request.build_absolute_uri(address),
    }
    return render(request, "subjects.html", context)


# --- a page for each


@require_safe
def country(request: HttpRequest, code: str) -> HttpResponse:
    """A country: its foreign ministers and the articles that name it."""
    if code != code.upper():
        return HttpResponsePermanentRedirect(reverse("country", args=[code.upper()]))
    found = get_object_or_404(Country, code=code)
    held = found.tenures.exclude(kept=Kept.DROPPED).exclude(minister__kept=Kept.DROPPED).select_related("minister")
    tenures = _in_office_first(held)
    context = {
        "country": found,
        "heading": country_name(code, reader_language()),
        "names": written_names.country_names(code),
        "tenures": tenures[:MOST_OFFICE_HOLDERS],
        "earlier": tenures[MOST_OFFICE_HOLDERS:],
        "office_names": minister_labels([tenure.minister.slug for tenure in tenures], reader_language()),
        "section": "countries",
    }
    return _subject_page(request, "country", code, context)


@require_safe
def minister(request: HttpRequest, slug: str) -> HttpResponse:
    """A minister: names in all scripts, offices held, and the articles."""
    held = Prefetch("tenures", Tenure.objects.exclude(kept=Kept.DROPPED))
    found = get_object_or_404(Minister.objects.prefetch_related(held), slug=slug)
    heading = minister_labels([slug], reader_language())[slug]
    context = {
        "minister": found,
        "heading": heading,
        "names": written_names.minister_names(found, heading),
        "tenures": _in_office_first(found.tenures.all()),
        "section": "ministers",
    }
    return _subject_page(request, "minister", slug, context)


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """A topic: what it belongs to, what belongs to it, and its articles."""
    children = Prefetch("children", Topic.objects.exclude(kept=Kept.DROPPED))
    found = get_object_or_404(Topic.objects.select_related("parent").prefetch_related(children), slug=slug)
    context = {
        "topic": found,
        "heading": found.name_in(reader_language()),
        "names": written_names.topic_names(found),
        "section": "topics",
    }
    return _subject_page(request, "topic", slug, context)


def _in_office_first(tenures: Iterable[Tenure]) -> list[Tenure]:
    return sorted(tenures, key=lambda tenure: (not tenure.end, tenure.start), reverse=True)


def _subject_page(request: HttpRequest, kind: str, value: str, context: dict[str, object]) -> HttpResponse:
    """Render the page of a subject with all that one search for it tells. Status 503 where search is unavailable."""
    language = reader_language()
    params = SearchParams().with_value(kind, value)
    # All of its own kind: so that the others of it are counted together with it.
    asked = replace(params.with_all_of(kind, True), per=NEWEST)
    results = search_door.search(asked, user=request.user, language=language)
    context |= {"kind": kind, "canonical": request.build_absolute_uri(reverse(kind, args=[value])), "results": results}
    if not results.params.include:
        # An editor dropped it: a search does not know it, and would answer with the whole archive.
        return render(request, f"{kind}.html", context | {"results": None, "dropped": True})
    oldest = next(iter(search_door.matches(params.with_sort("oldest"), limit=1, user=request.user).articles()), None)
    histogram = timeline.leading_to(results.histogram, params)
    numbers = subject_numbers(results, params, oldest, language)
    tenures = context.get("tenures", ()) if kind == "minister" else ()
    context |= {
        "numbers": numbers,
        "feed_address": numbers.feed,
        "histogram": histogram_picture(histogram, language, reverse("search")),
        "band": timeline.band(histogram, tenures),  # type: ignore[arg-type]
        "company": company(results, kind, value, language),
    }
    return render(request, f"{kind}.html", context, status=503 if results.state == "unavailable" else 200)
