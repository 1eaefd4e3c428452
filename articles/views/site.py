"""What a page needs to know of the site that it is asked for at."""

from django.http import HttpRequest


def site_address(request: HttpRequest) -> str:
    """Return scheme and host, for addresses that are read elsewhere: `https://news.example`."""
    return f"{request.scheme}://{request.get_host()}"
