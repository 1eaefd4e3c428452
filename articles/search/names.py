"""What the gazetteer's names mean in a query: `country:روسيا` is RU, Лаврова is Sergey Lavrov."""

import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from babel import Locale

from articles import reference
from articles.gazetteer.facts import Gazetteer, MinisterFacts
from articles.gazetteer.patterns import (
    ASSIMILATED_PARTICLES,
    EASTERN_ORDER,
    INITIAL,
    NAME_PARTICLES,
    Word,
    country_words,
    name_tokens,
    name_word,
    person_patterns,
    surname_words,
)
from articles.models import Source
from articles.search.facets import SCRIPTS, country_name, language_name
from articles.text.analysis import WRITTEN_TOGETHER
from articles.text.normalize import fold
from articles.text.stemming import SNOWBALL, stems, without_arabic_prefixes
from articles.text.stopwords import FUNCTION_WORDS
from articles.text.tokens import Token, flags, script, tokenize

INTERFACE_LANGUAGES = ("en", "ar", "ru", "es", "fr")
# Parts of Arabic names that are written together with what follows, or apart.
_APART = re.compile(r"\b(عبد|[أا]بو) +")
# A surname that more people share says too little of whom is meant.
MOST_NAMESAKES = 4
COUNTRY_KINDS = frozenset({"name", "historic", "adjective"})


@dataclass(frozen=True)
class Person:
    """A minister as a query may mean one: `written` holds each script with the full name in it, Latin first."""

    slug: str
    name: str
    written: tuple[tuple[str, str], ...]

    @property
    def spellings(self) -> tuple[str, ...]:
        """The full names, one a script."""
        return tuple(spelling for _script, spelling in self.written)

    def name_in(self, language: str) -> str:
        """Return the name in the script of `language`, in Latin letters where none is known in it."""
        return dict(self.written).get(SCRIPTS.get(language.split("-")[0], ""), self.name)


@dataclass
class Sequences:
    """Sequences of words -> values, looked up by the forms of each word."""

    by_first: dict[str, list[tuple[tuple[frozenset[str], ...], str]]] = field(default_factory=dict)

    def add(self, words: Sequence[Word], value: str) -> None:
        """Let `words`, in any of their forms, stand for `value`."""
        if not words or any(key.startswith(INITIAL) for key in words[0].keys):
            return
        forms = tuple(frozenset(word.keys) for word in words)
        for key in forms[0]:
            self.by_first.setdefault(key, []).append((forms, value))

    def starting(self, tokens: Sequence[Token]) -> tuple[int, frozenset[str]]:
        """Return (number of words, values) of the longest known sequence that `tokens` begin with; (0, none)."""
        length, values = 0, set[str]()
        keys = [_keys(token) for token in tokens[:8]]
        for key in keys[0] if keys else ():
            for forms, value in self.by_first.get(key, ()):
                size = len(forms)
                if size < length or size > len(keys):
                    continue
                if all(form & held for form, held in zip(forms, keys, strict=False)):
                    values = values | {value} if size == length else {value}
                    length = size
        return length, frozenset(values)

    def exactly(self, tokens: Sequence[Token]) -> frozenset[str]:
        """Return the values for which all of `tokens` stand."""
        length, values = self.starting(tokens)
        return values if length == len(tokens) else frozenset()


def _keys(token: Token) -> frozenset[str]:
    if script(token.text) == "arabic":
        return frozenset(without_arabic_prefixes(token.folded))
    return frozenset({token.folded})


class Names:
    """All names of one version of the gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.countries = Sequences()
        self.topics = Sequences()
        self.full_names = Sequences()
        self.surnames = Sequences()
        self.people: dict[str, Person] = {}
        self.codes = {country.code for country in gazetteer.countries}
        self.topic_slugs = {topic.slug for topic in gazetteer.topics}
        for country in gazetteer.countries:
            for pattern in country.patterns:
                if pattern.kind in COUNTRY_KINDS:
                    self.countries.add(country_words(pattern), country.code)
            for language in INTERFACE_LANGUAGES:
                self.countries.add(_plain(country_name(country.code, language)), country.code)
        for topic in gazetteer.topics:
            for _, name in topic.names:
                self.topics.add(_plain(name), topic.slug)
        for minister in gazetteer.ministers:
            self._add_person(minister)

    def _add_person(self, minister: MinisterFacts) -> None:
        others = [spelling for _, spelling in minister.spellings]
        countries = {tenure.country for tenure in minister.tenures}
        for spelling in (minister.name, *others):
            for words in person_patterns(spelling):
                self.full_names.add(words, minister.slug)
            for written in {spelling, _APART.sub(r"\1", spelling)}:
                for word in surname_words(written, countries, minister.name):
                    self.surnames.add([word], minister.slug)
            if not countries & EASTERN_ORDER:
                self.surnames.add(_hyphenated_surname(spelling), minister.slug)
        self.people[minister.slug] = Person(minister.slug, minister.name, _one_a_script(minister))

    # --- field values

    def country(self, text: str) -> frozenset[str]:
        """Return the codes that `text` names: a code in capitals, or a name or adjective in any of the languages."""
        signs = flags(text)
        if signs:
            return frozenset(code for code, _, _ in signs) & self.codes
        if text in self.codes:
            return frozenset({text})
        return self.countries.exactly(tokenize(text))

    def topic(self, text: str) -> frozenset[str]:
        """Return the slugs of the topics that `text` names: a slug, or a name in any of the languages."""
        if text.lower() in self.topic_slugs:
            return frozenset({text.lower()})
        return self.topics.exactly(tokenize(text))

    def minister(self, text: str) -> frozenset[str]:
        """Return the slugs of the ministers that `text` names by slug, full name or surname, which may be several's."""
        if text.lower() in self.people:
            return frozenset({text.lower()})
        tokens = name_tokens(text) if tokenize(text) else []
        return self.full_names.exactly(tokens) or self.surnames.exactly(tokens)

    # --- words of a query

    def people_at(self, tokens: Sequence[Token]) -> tuple[int, tuple[Person, ...]]:
        """Return (number of words, people) where `tokens` begin with a full name or surname that few people share."""
        # Names are kept without the Arabic article, which may stand before any part of them.
        places = [place for place in range(len(tokens[:12])) if not _is_article(tokens, place)]
        kept, places = _written_together([tokens[place] for place in places], places)
        length, slugs = self.full_names.starting(kept)
        if len(slugs) != 1 or length < 2:
            length, slugs = self.surnames.starting(kept)
        if 0 < len(slugs) <= MOST_NAMESAKES and (length > 1 or self._is_distinctive(kept[0])):
            return places[length - 1] + 1, tuple(self.people[slug] for slug in sorted(slugs))
        return 0, ()

    def _is_distinctive(self, token: Token) -> bool:
        """Whether a surname alone can be meant: no function word, country or topic, four letters or more."""
        if len(token.folded) < 4 or token.folded in FUNCTION_WORDS:
            return False
        return not self.countries.exactly([token]) and not self.topics.exactly([token])


def _is_article(tokens: Sequence[Token], place: int) -> bool:
    """Whether a word is the Arabic article; ас and its like only with a hyphen behind."""
    token = tokens[place]
    if token.folded in NAME_PARTICLES:
        return True
    behind = tokens[place + 1] if place + 1 < len(tokens) else None
    return token.folded in ASSIMILATED_PARTICLES and behind is not None and behind.start == token.end + 1


def _written_together(tokens: list[Token], places: list[int]) -> tuple[list[Token], list[int]]:
    """Return the words with عبد الله as one, and the place at which each ends."""
    joined: list[Token] = []
    ends: list[int] = []
    for token, place in zip(tokens, places, strict=True):
        before = joined[-1] if joined else None
        if before is not None and before.folded in WRITTEN_TOGETHER and script(token.text) == "arabic":
            joined[-1] = Token(before.text + token.text, before.start, token.end, before.folded + token.folded)
            ends[-1] = place
        else:
            joined.append(token)
            ends.append(place)
    return joined, ends


def _plain(text: str) -> list[Word]:
    """Return a name's words as pattern words: each in its folded form, Russian ones in their lemmas' forms too."""
    words = []
    tokens = tokenize(text)
    for token in tokens:
        keys = {token.folded}
        if script(token.text) == "cyrillic" and len(tokens) > 1:
            # Of one word alone a lemma may be another word: газ of Газа.
            keys.update(stems(token.folded, "ru"))
        if script(token.text) == "arabic":
            keys.update(without_arabic_prefixes(token.folded))
        words.append(Word(tuple(keys), 0))  # type: ignore[arg-type]
    return words


def _hyphenated_surname(name: str) -> list[Word]:
    """Return the parts of a family name like Amir-Abdollahian, the last of `name`; empty where it has no parts."""
    last = name.split()[-1] if tokenize(name) else ""
    words = [name_word(token) for token in name_tokens(last)] if tokenize(last) else []
    return words if len(words) > 1 else []


def _one_a_script(minister: MinisterFacts) -> tuple[tuple[str, str], ...]:
    first = {"latin": minister.name}
    for kind, spelling in minister.spellings:
        first.setdefault(kind, spelling)
    return tuple(first.items())


def source(text: str) -> frozenset[str]:
    """Return the slugs of the sources of this slug or name (in any case)."""
    found = Source.objects.filter(slug=text).values_list("slug", flat=True)
    return frozenset(found) or frozenset(Source.objects.filter(name__iexact=text).values_list("slug", flat=True))


def language(text: str) -> frozenset[str]:
    """Return the BCP 47 codes that `text` names: a code, or a language's name in any of the interface's languages."""
    return _language_codes().get(fold(text), frozenset())


@lru_cache(maxsize=1)
def language_codes() -> frozenset[str]:
    """Return the codes that a language of an article can have: CLDR's primary subtags."""
    return frozenset(code for code in map(str, Locale("en").languages) if len(code) <= 3)


@lru_cache(maxsize=1)
def _language_codes() -> dict[str, frozenset[str]]:
    codes: dict[str, frozenset[str]] = {}
    names = [pair for other in INTERFACE_LANGUAGES for pair in Locale(other).languages.items()]
    # In itself only where the archive is likely to hold it: each costs reading a file of CLDR's.
    names += [(code, language_name(code)) for code in SNOWBALL]
    for code, name in names:
        if len(code) <= 3:
            for text in (code, name):
                codes[fold(text)] = codes.get(fold(text), frozenset()) | {code}
    return codes


_lock = threading.Lock()
_kept: list[Names] = []


def current() -> Names:
    """Return the names of the gazetteer as it is now, made anew when it has changed."""
    gazetteer = reference.current()
    with _lock:
        # Answers to office questions make another gazetteer of the same version: no name differs.
        same = _kept and (_kept[0].gazetteer is gazetteer or 0 < gazetteer.version == _kept[0].gazetteer.version)
        if not same:
            _kept[:] = [Names(gazetteer)]
        return _kept[0]
