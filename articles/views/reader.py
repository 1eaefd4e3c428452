"""What every page needs to know of its reader."""

from django.utils.translation import get_language


def reader_language() -> str:
    """Return the language of the interface that this request is answered in."""
    return get_language() or "en"
