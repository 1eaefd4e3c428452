"""A gazetteer made ready for tagging, once a process and state."""

import threading
from dataclasses import dataclass

from articles.enrichment.names import Names
from articles.enrichment.roles import Offices
from articles.enrichment.tenures import Tenures
from articles.enrichment.topics import Topics
from articles.gazetteer.facts import Gazetteer

# The current state, and the one before it while another thread still tags with it.
KEPT = 2

_kept: list["Compiled"] = []
_lock = threading.Lock()
# Phrases for the office are part of the program: the same for every gazetteer.
_offices = Offices()


@dataclass(frozen=True, eq=False)
class Compiled:
    """What the taggers need. Vocabularies are filled when a text first has a word of their language."""

    gazetteer: Gazetteer
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
        fresh = Compiled(
            gazetteer,
            Names(gazetteer),
            _offices,
            Tenures(gazetteer.ministers),
            Topics(gazetteer.topics),
            {country.code for country in gazetteer.countries},
        )
        _kept[:] = [fresh, *_kept][:KEPT]
        return fresh
