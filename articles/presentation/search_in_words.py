"""A search in words, as the titles of its page and of its feed have it."""

from django.utils.translation import gettext as _

from articles.search.results import SearchResults


def search_in_words(results: SearchResults) -> str:
    """Return what is searched: `truce · Country: Russia · not Topic: Energy`; empty where everything is."""
    parts = []
    for selection in results.selections:
        if selection.kind == _("Words"):
            parts.append(str(selection.label))
        elif selection.excluded:
            parts.append(_("not %(kind)s: %(label)s") % {"kind": selection.kind, "label": selection.label})
        else:
            parts.append(f"{selection.kind}: {selection.label}")
    return " · ".join(parts)
