"""Examples of what can be typed, for the start page and the help page."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SAMPLE_SEARCHES = ("gaza ceasefire OR truce", "minister:lavrov energy", '"foreign minister" country:EG')


@dataclass(frozen=True)
class Example:
    """Something to type, and what it finds."""

    typed: str
    meaning: str | Promise


EXAMPLES = (
    Example("gaza truce", _("Both words, in any of their forms: all words must occur.")),
    Example('"foreign minister"', _("Exactly these words, side by side.")),
    Example("gaza truce OR ceasefire", _("Gaza, and one of the two others.")),
    Example("energy -oil", _("Energy without oil. NOT oil means the same.")),
    Example("(truce OR ceasefire) aid", _("Brackets keep together what belongs together.")),
    Example("negotiat*", _("Words that begin with these letters, three or more.")),
    Example("Erdogan~", _("The word with up to one letter changed.")),
    Example('"gas pipeline"~5', _("Both words with at most five others between them.")),
    Example("title:summit", _("Only in titles.")),
    Example("minister:lavrov", _("Articles tagged with a minister, in whatever script the name is written.")),
    Example("country:egypt", _("Articles that name a country. Codes and names in any language work.")),
    Example("about:RU", _("Articles in which a country is a main subject.")),
    Example("topic:energy", _("Articles on a topic.")),
    Example("lang:ar", _("Articles in a language: en, ar, ru, es, fr and so on.")),
    Example("after:2023-10-01 before:2024", _("On this day or later, and earlier than the beginning of 2024.")),
)
