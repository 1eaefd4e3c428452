"""Examples of what can be typed, for the start page and the help page."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.presentation.links import search_address
from articles.search.params import SearchParams

SAMPLE_SEARCHES = ("gaza ceasefire OR truce", "minister:lavrov energy", '"foreign minister" country:EG')


# So many stand beside the search box.
BESIDE_THE_BOX = 8


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


@dataclass(frozen=True)
class ExampleLink:
    """An example with the address of its search."""

    typed: str
    meaning: str | Promise
    address: str


def example_links(examples: Iterable[Example] = EXAMPLES) -> list[ExampleLink]:
    """Return examples with their searches, in the reader's language."""
    return [
        ExampleLink(example.typed, example.meaning, search_address(SearchParams(q=example.typed)))
        for example in examples
    ]
