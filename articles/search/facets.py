"""The facets, declared once, in the order in which pages show them. A new facet is a new row here and in the index."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from babel import Locale, UnknownLocaleError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles import reference
from articles.gazetteer.facts import Gazetteer
from articles.models import Kept, Minister, MinisterName, Source, Topic

Labels = Callable[[Iterable[str], str], Mapping[str, str]]

# Where CLDR's name is too long for a list, or not the one that newsrooms use.
_SHORT_NAMES = {
    "CD": {"en": "DR Congo", "ar": "الكونغو الديمقراطية", "ru": "ДР Конго", "es": "RD Congo", "fr": "RD Congo"},
    "CG": {"en": "Congo", "ar": "الكونغو", "ru": "Конго", "es": "Congo", "fr": "Congo"},
    "HK": {"en": "Hong Kong", "ar": "هونغ كونغ", "ru": "Гонконг", "es": "Hong Kong", "fr": "Hong Kong"},
    "MO": {"en": "Macao", "ar": "ماكاو", "ru": "Макао", "es": "Macao", "fr": "Macao"},
    "PS": {"en": "Palestine", "ar": "فلسطين", "ru": "Палестина", "es": "Palestina", "fr": "Palestine"},
    "VA": {"en": "Holy See", "ar": "الكرسي الرسولي", "ru": "Святой Престол", "es": "Santa Sede", "fr": "Saint-Siège"},
}


# Ministers' names are kept by script; Latin is the name itself.
SCRIPTS = {"ar": MinisterName.Script.ARABIC, "ru": MinisterName.Script.CYRILLIC}


@dataclass(frozen=True)
class Facet:
    """One facet: `name` is its parameter in addresses and its field in the index.

    `labels` takes values and the reader's language and gives the names to show; a value without a name shows as itself.
    `combinable`: an article can carry several values, so that all of the chosen ones can be asked for.
    """

    name: str
    title: Promise
    labels: Labels
    combinable: bool


@lru_cache(maxsize=100)
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en")


@lru_cache(maxsize=5000)
def country_name(code: str, language: str) -> str:
    """Return the name of the country with this ISO code in `language` (CLDR); the code itself where CLDR has none."""
    short = _SHORT_NAMES.get(code, {})
    return short.get(language.split("-")[0]) or str(_locale(language).territories.get(code, code))


@lru_cache(maxsize=5000)
def language_name(code: str, language: str = "") -> str:
    """Return the name of a language in `language`; in itself where that is empty. The code where CLDR has none."""
    try:
        name = Locale.parse(code.replace("-", "_")).get_display_name(language or code)
    except (UnknownLocaleError, ValueError, TypeError):
        name = None
    return (name[:1].upper() + name[1:]) if name else code


def _country_labels(codes: Iterable[str], language: str) -> dict[str, str]:
    return {code: country_name(code, language) for code in codes}


def _language_labels(codes: Iterable[str], language: str) -> dict[str, str]:
    return {code: language_name(code) for code in codes}


def minister_labels(slugs: Iterable[str], language: str) -> dict[str, str]:
    """Return the ministers' names in the script of `language`, in Latin letters where none is known in it."""
    wanted = set(slugs)
    known = _known_names(language).ministers
    unknown = wanted - known.keys()
    return {slug: known[slug] for slug in wanted - unknown} | (_ministers_named(unknown, language) if unknown else {})


def _ministers_named(slugs: Iterable[str], language: str) -> dict[str, str]:
    """Return what minister_labels does, from the database: an editor may have dropped one who still stands in tags."""
    names = dict(Minister.objects.filter(slug__in=slugs).values_list("slug", "name"))
    script = SCRIPTS.get(language.split("-")[0])
    if script:
        spellings = MinisterName.objects.filter(minister__slug__in=slugs, script=script).exclude(kept=Kept.DROPPED)
        # The first spelling is the usual one: the later ones in this list are overwritten by the earlier.
        names.update(reversed(list(spellings.order_by("pk").values_list("minister__slug", "text"))))
    return names


def _topic_labels(slugs: Iterable[str], language: str) -> dict[str, str]:
    wanted = set(slugs)
    known = _known_names(language).topics
    unknown = wanted - known.keys()
    dropped = Topic.objects.filter(slug__in=unknown) if unknown else ()
    return {slug: known[slug] for slug in wanted - unknown} | {topic.slug: topic.name_in(language) for topic in dropped}


class _Names(NamedTuple):
    """The names of ministers and topics in one language, by their slugs."""

    ministers: Mapping[str, str]
    topics: Mapping[str, str]


# By language, as long as the gazetteer is the same: every search shows dozens of names.
_remembered: tuple[Gazetteer | None, dict[str, _Names]] = (None, {})


def _known_names(language: str) -> _Names:
    global _remembered
    if not reference.is_kept():
        return _Names({}, {})
    gazetteer = reference.current()
    of, by_language = _remembered
    if of is not gazetteer:
        by_language = {}
        _remembered = (gazetteer, by_language)
    base = language.split("-")[0]
    if base not in by_language:
        script = SCRIPTS.get(base)
        ministers = {
            # The first spelling is the usual one.
            minister.slug: next((name for kind, name in minister.spellings if kind == script), minister.name)
            for minister in gazetteer.ministers
        }
        topics = {}
        for topic in gazetteer.topics:
            names = dict(topic.names)
            topics[topic.slug] = names.get(base) or names.get("en") or topic.slug
        by_language[base] = _Names(ministers, topics)
    return by_language[base]


def _source_labels(slugs: Iterable[str], language: str) -> dict[str, str]:
    return dict(Source.objects.filter(slug__in=list(slugs)).values_list("slug", "name"))


FACETS = (
    Facet("topic", _("Topic"), _topic_labels, combinable=True),
    Facet("minister", _("Minister"), minister_labels, combinable=True),
    Facet("country", _("Country"), _country_labels, combinable=True),
    Facet("lang", _("Language"), _language_labels, combinable=False),
    Facet("source", _("Source"), _source_labels, combinable=False),
)
