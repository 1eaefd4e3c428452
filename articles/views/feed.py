"""A search to follow in a feed reader."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from articles import feeds
from articles import search as search_door
from articles.presentation.links import search_address
from articles.search.params import SearchParams
from articles.views.site import site_address

# Seconds after which it is worth asking again.
RETRY_AFTER = 300


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The newest articles of a search as an Atom feed: those that everybody may see, whoever asks."""
    params = SearchParams.from_query(request.GET)
    results = search_door.search(feeds.newest_first(params))
    if results.state == "unavailable":
        sentence = "Search is not available at the moment. Please try again in a few minutes.\n"
        return HttpResponse(
            sentence, status=503, headers={"Retry-After": str(RETRY_AFTER)}, content_type="text/plain; charset=utf-8"
        )
    made = feeds.build(results, search_address(params), request.get_full_path(), site_address(request))
    return HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
