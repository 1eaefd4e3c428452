"""Suggestions while somebody types: ministers, countries, topics and sources first, then words of titles.

Only what finds something is suggested. Names are found by the beginning of any of their words, in any script.
"""

import re
import threading
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from haystack import connections

from articles import reference
from articles.models import Source
from articles.search.engines.base import Request
from articles.search.facets import FACETS, country_name
from articles.search.names import INTERFACE_LANGUAGES, Names
from articles.search.names import current as current_names
from articles.search.params import SearchParams
from articles.search.planning import plan
from articles.text.normalize import fold_text
from articles.text.tokens import tokenize

Kind = Literal["minister", "country", "topic", "source", "word"]
KINDS: tuple[Kind, ...] = ("minister", "country", "topic", "source")
FEWEST_LETTERS = 2
# Of one kind, so that the others find room.
MOST_OF_A_KIND = 4
# The first letters of a common name stand for hundreds: the rest of it is looked at when more is typed.
MOST_KEYS = 2000
# Each completion is searched for.
MOST_TRIED = 4
# Nobody waits for the completion of a page of text.
MOST_LETTERS = 100
_SIGNS = re.compile(r"[\"“”„«»():*~]|(?:^|\s)-|(?:^|\s)(?:OR|AND|NOT)(?:\s|$)")


@dataclass(frozen=True)
class Suggestion:
    """One suggestion: what it is, how it shows, how many articles it finds, and the search it leads to.

    `matched` is the name that begins as typed, where that is not the label (`Лавров` for Sergey Lavrov); "" else.
    """

    kind: Kind
    label: str
    count: int
    params: SearchParams
    matched: str = ""

    @property
    def query(self) -> str:
        """The address of the search, from the question mark on."""
        return self.params.query_string()


def suggest(typed: str, *, language: str = "en", most: int = 10) -> tuple[Suggestion, ...]:
    """Return up to `most` suggestions for what was typed so far, names before words.

    `language` is the reader's, for labels. Raises EngineUnavailable.
    """
    beginning = fold_text(typed)
    if len(typed) > MOST_LETTERS or sum(map(str.isalnum, beginning)) < FEWEST_LETTERS:
        return ()
    named = _named(beginning, language)
    return (*named, *_words(typed, most - len(named)))[:most]


# --- names


@dataclass(frozen=True)
class _Key:
    """A name from one of its words on, folded; what it names, and the whole name."""

    text: str
    kind: Kind
    value: str
    name: str


def _named(beginning: str, language: str) -> list[Suggestion]:
    found: dict[tuple[Kind, str], _Key] = {}
    for key in (*_meant(beginning), *_beginning(_keys(), beginning), *_sources(beginning)):
        # A name that begins so stands before one that only has such a word in it.
        kept = found.get((key.kind, key.value))
        if kept is None or (_begins(key, beginning) and not _begins(kept, beginning)):
            found[key.kind, key.value] = key
    if not found:
        return []
    counts = connections["default"].get_backend().answer(Request(limit=0, facets=KINDS)).facets
    labels = {facet.name: facet.labels for facet in FACETS}
    suggestions = []
    for kind in KINDS:
        keys = [key for key in found.values() if key.kind == kind and counts[kind].get(key.value)]
        keys.sort(key=lambda key: (-counts[key.kind][key.value], not _begins(key, beginning), key.name))
        names = labels[kind]([key.value for key in keys[:MOST_OF_A_KIND]], language)
        for key in keys[:MOST_OF_A_KIND]:
            label = str(names.get(key.value, key.value))
            matched = "" if beginning in fold_text(label) else key.name
            params = SearchParams().with_value(kind, key.value)
            suggestions.append(Suggestion(kind, label, counts[kind][key.value], params, matched))
    return suggestions


def _meant(typed: str) -> Iterator[_Key]:
    """Yield what a whole name means, which may be written in another form than the name has: Лаврова, روسي."""
    names = current_names()
    meanings: tuple[tuple[Kind, frozenset[str]], ...] = (
        ("minister", names.minister(typed)),
        ("country", names.country(typed)),
        ("topic", names.topic(typed)),
    )
    for kind, values in meanings:
        yield from (_Key(typed, kind, value, typed) for value in sorted(values))


def _begins(key: _Key, beginning: str) -> bool:
    return fold_text(key.name).startswith(beginning)


def _beginning(keys: list[_Key], beginning: str) -> Iterator[_Key]:
    place = bisect_left(keys, beginning, key=lambda key: key.text)
    for key in keys[place : place + MOST_KEYS]:
        if not key.text.startswith(beginning):
            return
        yield key


def _sources(beginning: str) -> Iterator[_Key]:
    for slug, name in Source.objects.order_by().values_list("slug", "name"):
        yield from (key for key in _starts_of_source(slug, name) if key.text.startswith(beginning))


@lru_cache(maxsize=5000)
def _starts_of_source(slug: str, name: str) -> tuple[_Key, ...]:
    return tuple(_starts("source", slug, name))


def _starts(kind: Kind, value: str, name: str) -> Iterator[_Key]:
    """Yield a name from each of its words on."""
    for token in tokenize(name):
        yield _Key(fold_text(name[token.start :]), kind, value, name)


def _all_keys(names: Names) -> Iterator[_Key]:
    gazetteer = names.gazetteer
    for minister in gazetteer.ministers:
        for spelling in dict.fromkeys((minister.name, *(text for _, text in minister.spellings))):
            yield from _starts("minister", minister.slug, spelling)
    for country in gazetteer.countries:
        spellings = {country_name(country.code, language) for language in INTERFACE_LANGUAGES}
        spellings |= {pattern.text for pattern in country.patterns if pattern.kind == "name"}
        for spelling in spellings:
            yield from _starts("country", country.code, spelling)
    for topic in gazetteer.topics:
        for spelling in {text for _, text in topic.names}:
            yield from _starts("topic", topic.slug, spelling)


_lock = threading.Lock()
_kept: list[tuple[int, list[_Key]]] = []


def _keys() -> list[_Key]:
    """Return the keys of all names of the gazetteer as it is now, in order."""
    version = reference.current().version
    with _lock:
        if not _kept or _kept[0][0] != version or not version:
            _kept[:] = [(version, sorted(_all_keys(current_names()), key=lambda key: key.text))]
        return _kept[0][1]


# --- words


def _words(typed: str, most: int) -> list[Suggestion]:
    """Return what was typed with its last word completed by words of titles, the commonest first.

    Only plain words are completed: behind a sign of the query language a word may be left out, or be a name.
    """
    tokens = tokenize(typed)
    if most <= 0 or not tokens or tokens[-1].end != len(typed) or len(tokens[-1].folded) < FEWEST_LETTERS:
        return []
    if _SIGNS.search(typed):
        return []
    engine = connections["default"].get_backend()
    last = tokens[-1]
    known = engine.words(last.folded, titles=True)
    known.pop(last.folded, None)
    commonest = sorted(known, key=lambda word: (-known[word], word))[:MOST_TRIED]
    held = engine.holding(commonest, titles=True)
    before = typed[: last.start].lstrip()
    completed = {word: _found(f"{before}{word}") for word in commonest if held[word]}
    return [
        Suggestion("word", f"{before}{word}", count, SearchParams(q=f"{before}{word}"))
        for word, count in completed.items()
        if count
    ][:most]


def _found(typed: str) -> int:
    """Return how many articles a query finds: words that never stand together are no suggestion."""
    planned = plan(SearchParams(q=typed))
    if planned.tree is None:
        return 0
    total: int = connections["default"].get_backend().answer(Request(planned.tree, order="newest", limit=0)).total
    return total
