"""How a minister, a country or a topic is written: names by script or language, to be read in it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.models import Kept, Minister, MinisterName, Topic
from articles.search.facets import country_name, language_name
from articles.search.names import INTERFACE_LANGUAGES

# Latin letters may be of any language that has them.
_SCRIPTS: tuple[tuple[str, str, str | Promise], ...] = (
    (MinisterName.Script.LATIN, "und-Latn", _("Latin letters")),
    (MinisterName.Script.ARABIC, "ar", _("Arabic letters")),
    (MinisterName.Script.CYRILLIC, "ru", _("Cyrillic letters")),
)


@dataclass(frozen=True)
class WrittenNames:
    """Names of one script or language: what it is called, its BCP 47 code, and the names."""

    label: str | Promise
    language: str
    names: tuple[str, ...]


def minister_names(minister: Minister, heading: str) -> list[WrittenNames]:
    """Return a minister's names by script; without `heading`, which the page has in large letters."""
    written = [(MinisterName.Script.LATIN.value, minister.name)]
    written += minister.names.exclude(kept=Kept.DROPPED).order_by("pk").values_list("script", "text")
    groups = [
        WrittenNames(label, language, _distinct((text for script, text in written if script == kind), heading))
        for kind, language, label in _SCRIPTS
    ]
    return [group for group in groups if group.names]


def country_names(code: str) -> list[WrittenNames]:
    """Return a country's names in the languages of the archive (CLDR)."""
    return [
        WrittenNames(language_name(language), language, (country_name(code, language),))
        for language in INTERFACE_LANGUAGES
    ]


def topic_names(topic: Topic) -> list[WrittenNames]:
    """Return a topic's names by language, in the languages that editors gave it names in."""
    names = topic.names if isinstance(topic.names, dict) else {}
    return [
        WrittenNames(language_name(language), language, (name,))
        for language, name in sorted(names.items())
        if isinstance(name, str) and name
    ]


def _distinct(names: Iterable[str], heading: str) -> tuple[str, ...]:
    return tuple(name for name in dict.fromkeys(names) if name != heading)
