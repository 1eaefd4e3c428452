"""Where a search is followed: the address of its feed."""

from django.urls import reverse

from articles.search.params import SearchParams


def feed_address(params: SearchParams) -> str:
    """Return the address of the feed that follows a search; its order and its page are none of the feed's."""
    return reverse("feed") + params.with_sort("").with_per(SearchParams.per).query_string()
