"""What browsers and crawlers ask for."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for this address where a page, such as those of the admin, names no icon."""
    return HttpResponsePermanentRedirect(static("favicon.svg"))
