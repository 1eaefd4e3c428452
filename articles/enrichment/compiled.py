"""A gazetteer made ready for tagging, once a process and state."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from articles.enrichment.automaton import Automaton
from articles.enrichment.matcher import Lexicon
from articles.enrichment.names import Names, fill_countries, fill_people
from articles.enrichment.roles import Offices, fill_offices
from articles.enrichment.tenures import Tenures
from articles.enrichment.topics import Topics, fill_topics
from articles.gazetteer.facts import Gazetteer

# The current state, and the one before it while another thread still tags with it.
KEPT = 2

_FILL: dict[str, Callable[[Automaton, Gazetteer, str], None]] = {
    "country": fill_countries,
    "people": fill_people,
    "office": fill_offices,
    "topic": fill_topics,
}
_kept: list["Compiled"] = []
_lock = threading.Lock()
_filling = threading.Lock()


@dataclass(frozen=True, eq=False)
class Compiled:
    """What the taggers need. Vocabularies are filled when a text first has a word of their language."""

    gazetteer: Gazetteer
    lexicon: Lexicon
    names: Names
    offices: Offices
    tenures: Tenures
    topics: Topics
    codes: set[str]


def compiled(gazetteer: Gazetteer) -> Compiled:
    """Return the compiled form of this very object: to compare thousands of names would cost more than to tag."""
    for known in _kept:
        if known.gazetteer is gazetteer:
            return known
    with _lock:
        fresh = _compiled(gazetteer, Automaton())
        _kept[:] = [fresh, *_kept][:KEPT]
        return fresh


def _compiled(gazetteer: Gazetteer, automaton: Automaton) -> Compiled:
    return Compiled(
        gazetteer,
        Lexicon(automaton, partial(fill, automaton, gazetteer)),
        Names(automaton),
        Offices(automaton),
        Tenures(gazetteer.ministers, gazetteer.settled),
        Topics(automaton, gazetteer.topics),
        {country.code for country in gazetteer.countries},
    )


def fill(automaton: Automaton, gazetteer: Gazetteer, vocabulary: str) -> None:
    """Add a vocabulary to an automaton, unless it is in it."""
    with _filling:
        if vocabulary not in automaton.filled:
            automaton.words.setdefault(vocabulary, {})
            group, _, part = vocabulary.partition("-")
            _FILL[group](automaton, gazetteer, part)
            automaton.filled.add(vocabulary)
