"""Words of a query that name somebody or something known: they also find what is tagged with it, or rank by it."""

from collections.abc import Iterable, Sequence
from itertools import chain

from django.db.models import Count
from django.utils.translation import get_language
from haystack import connections

from articles.models import MinisterTag
from articles.search.engines.base import EngineUnavailable
from articles.search.facets import country_name
from articles.search.names import INTERFACE_LANGUAGES, Names, Person
from articles.search.results import NameNote
from articles.search.small_words import SmallWords
from articles.search.tree import Node, Prefer, Same, Tagged, Word
from articles.text.analysis import WRITTEN_TOGETHER, search_tokens
from articles.text.tokens import Token, flags

# Where fewer of the articles that hold a surname are tagged with who bears it, it is a word like others there.
FAIR_PART = 0.25
# No name that is known has more.
MOST_NAME_WORDS = 12


class Widening:
    """Widens the words of one query, and notes whom and what they were taken for."""

    def __init__(self, known: Names, small: SmallWords) -> None:
        self.known = known
        self.small = small
        self.notes: list[NameNote] = []

    def nodes(self, run: list[Word]) -> list[Node]:
        """Return a run of words with the known persons in it widened to the articles tagged with them."""
        nodes: list[Node] = []
        spoken = [search_tokens(word.text) for word in run]
        place = 0
        while place < len(run):
            rest = spoken[place : place + MOST_NAME_WORDS]
            tokens = list(chain.from_iterable(rest))
            length, people = self.known.people_at(tokens)
            taken = _words_taken(rest, length)
            people = self.meant(people, tokens[:length]) if taken else ()
            if people:
                typed = run[place : place + taken]
                slugs = tuple(person.slug for person in people)
                nodes.append(Same((self.small.all_of(typed), Tagged("minister", slugs))))
                written = " ".join(word.text for word in typed)
                language = get_language() or "en"
                self.tell(NameNote(written, person.name_in(language), person.spellings) for person in people)
            else:
                node, taken = self.subject(run[place:], rest)
                nodes.append(node)
            place += taken
        return nodes

    def tell(self, notes: Iterable[NameNote]) -> None:
        """Note whom or what a name was taken for, each once."""
        told = {note.name for note in self.notes}
        self.notes += [note for note in notes if note.name not in told]

    def meant(self, people: tuple[Person, ...], tokens: Sequence[Token]) -> tuple[Person, ...]:
        """Return those of `people` who may be meant by a name of so many words.

        A full name is somebody's. A surname alone may be any word (long, МИДа) or another's: those are meant whom
        articles are tagged with, if a fair part of the articles that hold the word are.
        """
        if len(tokens) > 1 and len(people) == 1:
            return people
        held = _holding("".join(token.folded for token in tokens))
        if len(people) == 1 and not held:
            return people
        tagged = _tagged(people)
        people = tuple(person for person in people if tagged.get(person.slug))
        return people if sum(tagged.values()) >= FAIR_PART * held else ()

    def subject(self, run: list[Word], spoken: list[list[Token]]) -> tuple[Node, int]:
        """Return the first word of `run`, or the first ones where they name a country or a topic, and how many.

        What is found stays the same; articles that are about the country or the topic stand first. `spoken` are the
        words' tokens.
        """
        tokens = list(chain.from_iterable(spoken))
        signs = flags(run[0].text)
        if signs and signs[0][0] in self.known.codes:
            return self.flag(run[0], signs[0][0]), 1
        if len(tokens) > 1 and tokens[0].folded in WRITTEN_TOGETHER and _words_taken(spoken, 2) == 2:
            # عبد الله is also written عبدالله.
            return Same((self.small.all_of(run[:2]), Word(run[0].text + run[1].text, run[0].place))), 2
        for facet, known in (("country", self.known.countries), ("topic", self.known.topics)):
            length, values = known.starting(tokens)
            taken = _words_taken(spoken, length) if len(values) == 1 else 0
            if taken:
                return Prefer(self.small.all_of(run[:taken]), Tagged(facet, tuple(values))), taken
        return run[0], 1

    def flag(self, word: Word, code: str) -> Node:
        """Return the node of a flag: it stands in texts, and it names a country."""
        language = get_language() or "en"
        spellings = tuple(dict.fromkeys(country_name(code, other) for other in (language, *INTERFACE_LANGUAGES)))
        self.tell([NameNote(word.text, spellings[0], spellings)])
        return Same((word, Tagged("country", (code,))))


def _tagged(people: Sequence[Person]) -> dict[str, int]:
    """Return how many visible articles are tagged with each of the people, by slug."""
    tags = MinisterTag.objects.filter(
        minister__slug__in=[person.slug for person in people], removed=False, article__visible=True
    )
    return dict(tags.values_list("minister__slug").annotate(Count("article")))


def _holding(word: str) -> int:
    """Return how many visible articles hold a folded word; 0 without an index, which the search itself will say."""
    try:
        return int(connections["default"].get_backend().holding([word])[word])
    except EngineUnavailable:
        return 0


def _words_taken(spoken: list[list[Token]], tokens: int) -> int:
    """Return how many words hold the first `tokens` of their tokens; 0 where those end inside a word."""
    for count, word in enumerate(spoken, 1):
        tokens -= len(word)
        if tokens <= 0:
            return count if tokens == 0 else 0
    return 0
