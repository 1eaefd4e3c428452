"""What the archive is and how to search it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.presentation.examples import EXAMPLES


@require_safe
def search_help(request: HttpRequest) -> HttpResponse:
    """How to search, every example a link."""
    return render(request, "help.html", {"examples": EXAMPLES, "section": "help"})
