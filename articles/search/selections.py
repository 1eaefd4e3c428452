"""What the reader has chosen, as chips: each with the search that it would be without it."""

from collections.abc import Iterator, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from articles.search.facets import FACETS
from articles.search.params import SearchParams
from articles.search.results import Selection

Labels = Mapping[str, Mapping[str, str]]


def selections(params: SearchParams, labels: Labels) -> list[tuple[Selection, SearchParams]]:
    """Return the chips in the order of the page, each with the search without it.

    `labels` maps facet -> value -> name to show.
    """
    return [
        (Selection(kind, label, excluded, without.query_string()), without)
        for kind, label, excluded, without in _chosen(params, labels)
    ]


def _chosen(params: SearchParams, labels: Labels) -> Iterator[tuple[str | Promise, str, bool, SearchParams]]:
    if params.q.strip():
        yield _("Words"), params.q, False, params.with_words("")
    for facet in FACETS:
        for values, excluded in ((params.include, False), (params.exclude, True)):
            for value in values.get(facet.name, ()):
                label = labels[facet.name].get(value, value)
                yield facet.title, label, excluded, params.without_value(facet.name, value)
    for value in params.about:
        yield _("About"), value, False, params.without_about(value)
    if params.date_from or params.date_to:
        yield _("Date"), f"{params.date_from or '…'} – {params.date_to or '…'}", False, params.with_dates(None, None)
    if params.undated is not None:
        yield _("Date"), _("No date"), not params.undated, params.with_undated(None)
