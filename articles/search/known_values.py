"""Facet values of an address that name nothing are dropped and named, like every other bad value."""

from dataclasses import replace

from django.utils.translation import gettext as _

from articles.models import Source
from articles.search import names
from articles.search.params import FACET_NAMES, Problem, SearchParams


def with_known_values(params: SearchParams) -> SearchParams:
    """Return `params` without the values of facets that do not exist; each is added to `problems`."""
    wanted = {
        name: {*params.include.get(name, ()), *params.exclude.get(name, ())}
        for name in FACET_NAMES
        if params.include.get(name) or params.exclude.get(name)
    }
    if not wanted:
        return params
    unknown = {name: values - _known(name, values) for name, values in wanted.items()}
    if not any(unknown.values()):
        return params
    problems = [
        Problem(f"{sign}{name}", value, _("unknown value"))
        for sign, held in (("", params.include), ("-", params.exclude))
        for name, values in held.items()
        for value in values
        if value in unknown.get(name, ())
    ]
    include, exclude = (
        {
            name: kept
            for name, values in held.items()
            if (kept := tuple(value for value in values if value not in unknown.get(name, ())))
        }
        for held in (params.include, params.exclude)
    )
    return replace(params, include=include, exclude=exclude, problems=(*params.problems, *problems))


def _known(name: str, values: set[str]) -> set[str]:
    if name == "source":
        return set(Source.objects.filter(slug__in=values).values_list("slug", flat=True))
    if name == "lang":
        # A region or script may follow: pt-BR, zh-Hant.
        return {value for value in values if value.split("-")[0] in names.language_codes()}
    known = names.current()
    return values & {"country": known.codes, "minister": known.people.keys(), "topic": known.topic_slugs}[name]
