"""Countries, ministers and topics: the lists of those that occur, and a page for each."""

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.models import Country, Kept, Minister, Tenure, Topic
from articles.presentation import subjects
from articles.search.facets import country_name, minister_labels
from articles.search.params import SearchParams
from articles.views.reader import reader_language
from articles.views.searching import search_page


@require_safe
def countries(request: HttpRequest) -> HttpResponse:
    """The countries that articles name."""
    context = {
        "heading": _("Countries"),
        "subjects": subjects.occurring_countries(reader_language()),
        "section": "countries",
    }
    return render(request, "subjects.html", context)


@require_safe
def country(request: HttpRequest, code: str) -> HttpResponse:
    """A country: its foreign ministers and the articles that name it."""
    if code != code.upper():
        return HttpResponsePermanentRedirect(reverse("country", args=[code.upper()]))
    found = get_object_or_404(Country, code=code)
    params = SearchParams.from_query(request.GET).within("country", code)
    tenures = list(found.tenures.exclude(kept=Kept.DROPPED).select_related("minister").order_by("-start"))
    office_names = minister_labels([tenure.minister.slug for tenure in tenures], reader_language())
    heading = country_name(code, reader_language())
    return search_page(
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
    context = {
        "heading": _("Ministers"),
        "subjects": subjects.occurring_ministers(reader_language()),
        "section": "ministers",
    }
    return render(request, "subjects.html", context)


@require_safe
def minister(request: HttpRequest, slug: str) -> HttpResponse:
    """A minister: names in all scripts, offices held, and the articles."""
    held = Prefetch("tenures", Tenure.objects.exclude(kept=Kept.DROPPED).order_by("-start"))
    found = get_object_or_404(Minister.objects.prefetch_related(held), slug=slug)
    params = SearchParams.from_query(request.GET).within("minister", slug)
    heading = minister_labels([slug], reader_language())[slug]
    names = [name for name in (found.name, *found.names.exclude(kept=Kept.DROPPED)) if str(name) != heading]
    return search_page(
        request, params, "minister.html", section="ministers", minister=found, heading=heading, names=names
    )


@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    """The topics that articles touch."""
    context = {"heading": _("Topics"), "subjects": subjects.occurring_topics(reader_language()), "section": "topics"}
    return render(request, "subjects.html", context)


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """A topic and its articles."""
    found = get_object_or_404(Topic.objects.select_related("parent").prefetch_related("children"), slug=slug)
    params = SearchParams.from_query(request.GET).within("topic", slug)
    heading = found.name_in(reader_language())
    return search_page(request, params, "topic.html", section="topics", topic=found, heading=heading)
