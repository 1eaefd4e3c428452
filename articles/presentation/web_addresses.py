"""Addresses that come with articles: only those of the web may become a link."""

from urllib.parse import urlsplit


def web_address(url: str) -> str:
    """Return the address where it is one of the web (http or https), else empty."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in {"http", "https"} and parts.hostname else ""
