"""What the archive is and how to search it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles import search as search_door
from articles.presentation.archive import archive_contents
from articles.presentation.examples import example_links
from articles.presentation.keys import KEYS
from articles.search.params import SearchParams
from articles.views.reader import reader_language


@require_safe
def search_help(request: HttpRequest) -> HttpResponse:
    """What is in the archive, and how to search it: every example a link."""
    language = reader_language()
    everything = search_door.search(SearchParams(per=10), language=language)
    context = {
        "contents": archive_contents(everything, language),
        "examples": example_links(),
        "keys": KEYS,
        "section": "help",
    }
    return render(request, "help.html", context)
