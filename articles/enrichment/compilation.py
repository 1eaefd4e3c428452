"""A gazetteer made ready for tagging, once a process and state; from a file, where one was kept (see `keep_in`)."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from articles.enrichment import stored
from articles.enrichment.automaton import Automaton
from articles.enrichment.matcher import Lexicon, vocabularies
from articles.enrichment.names import Names, fill_countries, fill_people
from articles.enrichment.roles import Offices, fill_offices
from articles.enrichment.tenures import Tenures
from articles.enrichment.topics import Topics, fill_topics
from articles.gazetteer.allocation import many_objects
from articles.gazetteer.facts import Gazetteer

# The current state, the one before it while another thread still tags with it, and one of a preview.
KEPT = 3

_FILL: dict[str, Callable[[Automaton, Gazetteer, str], None]] = {
    "country": fill_countries,
    "people": fill_people,
    "office": fill_offices,
    "topic": fill_topics,
}
_kept: list["Compiled"] = []
_folder: Path | None = None
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
        fresh = _of_same_names(gazetteer)
        if fresh is None:
            stored_one = stored.read(_folder, gazetteer.version) if _folder and gazetteer.version else None
            fresh = _compiled(gazetteer, stored_one or Automaton())
        # Of no database are those of previews, each used once: one is enough.
        others = [known for known in _kept if known.gazetteer.version or gazetteer.version]
        _kept[:] = [fresh, *others][:KEPT]
        return fresh


def _of_same_names(gazetteer: Gazetteer) -> "Compiled | None":
    """Return the compiled form where only answers to questions differ from one that is there; None: none is."""
    for known in _kept:
        if gazetteer.version and known.gazetteer.version == gazetteer.version:
            tenures = Tenures(gazetteer.ministers, gazetteer.settled)
            return replace(known, gazetteer=gazetteer, tenures=tenures)
    return None


def keep_in(folder: Path) -> None:
    """Say where automata of gazetteers with a version are kept. Without it, every process compiles its own."""
    global _folder
    _folder = folder


def prepare(gazetteer: Gazetteer) -> None:
    """Compile all languages before a long work, and keep the result for other processes.

    Takes a few seconds once a state of the gazetteer; a tenth of a second afterwards.
    """
    automaton = compiled(gazetteer).lexicon.automaton
    missing = [name for name in vocabularies() if name not in automaton.filled]
    with many_objects():
        for vocabulary in missing:
            fill(automaton, gazetteer, vocabulary)
    if missing and _folder and gazetteer.version:
        stored.write(_folder, gazetteer.version, automaton)


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
