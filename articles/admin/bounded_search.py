"""The admin's own search box: a page full of words must not become a condition too deep for the database."""

from django.db.models import QuerySet
from django.http import HttpRequest

MOST_WORDS = 20


class BoundedSearchMixin:
    """For a ModelAdmin with `search_fields`: only the first MOST_WORDS words are searched."""

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """Return (the matching rows, whether they may be doubled)."""
        words = " ".join(search_term.split()[:MOST_WORDS])
        return super().get_search_results(request, queryset, words)  # type: ignore[misc]
