"""A query's tree -> the tree that an engine answers: names resolved, persons widened, function words dropped.

Nothing here fails: what names nothing known is searched as words, and the reader is told.
"""

import datetime
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.db.models import Count
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _
from haystack import connections

from articles.models import MinisterTag
from articles.search import grammar, names
from articles.search.engines.base import EngineUnavailable, Filters
from articles.search.facets import country_name
from articles.search.names import INTERFACE_LANGUAGES, Names, Person
from articles.search.params import SearchParams
from articles.search.results import NameNote, Remark
from articles.search.tree import And, Dated, Field, InTitle, Node, Not, Or, Phrase, Prefer, Same, Tagged, Word
from articles.text.analysis import WRITTEN_TOGETHER, is_function_word, search_tokens
from articles.text.days import parse_period
from articles.text.normalize import fold
from articles.text.stopwords import ACRONYMS
from articles.text.tokens import Token, flags

# What an article can be about.
SUBJECTS = ("country", "topic", "minister")
# What a field asks for, for sentences to the reader.
FIELD_NAMES = {
    "country": gettext_noop("country"),
    "minister": gettext_noop("minister"),
    "topic": gettext_noop("topic"),
    "source": gettext_noop("source"),
    "lang": gettext_noop("language"),
    "about": gettext_noop("subject"),
}


# gaza:aid, but no address (https://…) and no time of day.
_NAMED = re.compile(r"([^\W\d_]\w+):(?!//)(.*\w.*)", re.DOTALL)


# Lavrov/Blinken, Лавров–Блинкен, gaza,truce: two words, however close they are written.
_BESIDE = re.compile(r"(?<=[^\W\d_])[/,;–—|](?=[^\W\d_])")
# Where fewer of the articles that hold a surname are tagged with who bears it, it is a word like others there.
FAIR_PART = 0.25


@dataclass
class Plan:
    """What to ask the engine and tell the reader. `understood` is False where words were typed but none serve.

    Where there are filters beside such words, they are still searched: see `answerable`. `remarks` are sentences on
    parts of what was typed, each with its place.
    """

    tree: Node | None
    filters: Filters
    understood: bool = True
    answerable: bool = True
    messages: list[str] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    names: list[NameNote] = field(default_factory=list)


def plan(params: SearchParams) -> Plan:
    """Return the plan of a search."""
    query = grammar.parse(params.q)
    planner = _Planner(names.current(), params.variants, params.q.isupper())
    planner.remarks += [
        Remark(
            problem.place,
            _("“%(text)s” was left out: %(reason)s.") % {"text": problem.text, "reason": problem.reason},
        )
        for problem in query.problems
    ]
    tree = planner.resolve(query.tree) if query.tree is not None else None
    remarks = sorted(planner.remarks, key=lambda remark: remark.place)
    messages = [remark.text for remark in remarks]
    filters = planner.filters(params, messages)
    understood = tree is not None or not params.q.strip()
    return Plan(tree, filters, understood, understood or params.is_filtered, messages, remarks, planner.notes)


class _Planner:
    def __init__(self, known: Names, variants: bool, shouted: bool) -> None:
        self.known = known
        self.variants = variants
        # Whether all of the query is in capitals, which then mean nothing.
        self.shouted = shouted
        self.remarks: list[Remark] = []
        self.notes: list[NameNote] = []

    def as_typed(self) -> "_Planner":
        """Return a planner that widens no names; its remarks go to the same place."""
        planner = _Planner(self.known, False, self.shouted)
        planner.remarks = self.remarks
        return planner

    # --- the tree

    def resolve(self, node: Node) -> Node:
        """Return `node` for an engine: no Field in it, known persons as alternatives."""
        if isinstance(node, Field):
            return self.field(node)
        if isinstance(node, Not):
            # What is left out is left out as typed: widening it would hide more than was asked.
            return Not(self.as_typed().resolve(node.child))
        if isinstance(node, Or):
            return Or(tuple(self.resolve(child) for child in node.children))
        if isinstance(node, And):
            return self.conjunction(node)
        if isinstance(node, Word):
            return self.conjunction(And((node,)))
        return node

    def conjunction(self, node: And) -> Node:
        children: list[Node] = []
        run: list[Word] = []
        for child in (*node.children, None):
            if isinstance(child, Word):
                run += self.parted(child)
                continue
            children += self.words(run)
            run = []
            if child is not None:
                children.append(self.resolve(child))
        children = self.without_function_words(children)
        return children[0] if len(children) == 1 else And(tuple(children))

    def without_function_words(self, children: list[Node]) -> list[Node]:
        """Return the children without function words, unless nothing else would have to occur."""
        kept = [child for child in children if not self.is_function_word(child)]
        needed = any(not isinstance(child, Not) for child in kept)
        return kept if needed else children

    def is_function_word(self, node: Node) -> bool:
        """Whether a node asks for function words only. WHO and UN are none, where not all is in capitals."""
        if isinstance(node, Or):
            return all(map(self.is_function_word, node.children))
        if isinstance(node, InTitle):
            return self.is_function_word(node.child)
        if not isinstance(node, Word):
            return False
        named = node.text.isupper() and fold(node.text) in ACRONYMS and not self.shouted
        return is_function_word(node.text) and not named

    def parted(self, word: Word) -> list[Word]:
        """Return the words of a word that looks like a field's value but names none (gaza:aid), or of several flags."""
        named = _NAMED.fullmatch(word.text)
        if named is not None:
            self.remarks.append(
                Remark(
                    word.place,
                    _("There is no field “%(name)s”: “%(value)s” is searched as words.")
                    % {"name": named.group(1), "value": word.text},
                )
            )
            return [Word(part, word.place) for part in named.groups()]
        between = _BESIDE.split(word.text)
        if len(between) > 1 and "." not in word.text and "//" not in word.text:
            return [Word(part, word.place) for part in between]
        tokens = search_tokens(word.text)
        if len(tokens) > 1 and any(flags(token.text) for token in tokens):
            return [Word(token.text, word.place) for token in tokens]
        return [word]

    def words(self, run: list[Word]) -> list[Node]:
        """Return a run of words with the known persons in it widened to the articles tagged with them."""
        if not self.variants:
            return list(run)
        nodes: list[Node] = []
        place = 0
        while place < len(run):
            tokens = [token for word in run[place:] for token in search_tokens(word.text)]
            length, people = self.known.people_at(tokens)
            taken = _words_taken(run[place:], length)
            if taken:
                people = self.meant(people, tokens[:length])
            if not people or not taken:
                node, taken = self.subject(run[place:], tokens)
                nodes.append(node)
                place += taken
                continue
            typed = run[place : place + taken]
            nodes.append(Same((self.all_of(typed), Tagged("minister", tuple(person.slug for person in people)))))
            written = " ".join(word.text for word in typed)
            notes = [NameNote(written, person.name, person.spellings) for person in people]
            self.notes += [note for note in notes if note.name not in {known.name for known in self.notes}]
            place += taken
        return nodes

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

    def all_of(self, words: list[Word]) -> Node:
        """Return a node for all of a name's words, of which function words need not occur."""
        spoken = [word for word in words if not self.is_function_word(word)] or words
        return spoken[0] if len(spoken) == 1 else And(tuple(spoken))

    def subject(self, run: list[Word], tokens: list[Token]) -> tuple[Node, int]:
        """Return the first word of `run`, or the first ones where they name a country or a topic, and how many.

        What is found stays the same; articles that are about the country or the topic stand first.
        """
        signs = flags(run[0].text)
        if signs and signs[0][0] in self.known.codes:
            return self.flag(run[0], signs[0][0]), 1
        if len(tokens) > 1 and tokens[0].folded in WRITTEN_TOGETHER and _words_taken(run, 2) == 2:
            # عبد الله is also written عبدالله.
            return Same((self.all_of(run[:2]), Word(run[0].text + run[1].text, run[0].place))), 2
        for facet, known in (("country", self.known.countries), ("topic", self.known.topics)):
            length, values = known.starting(tokens)
            taken = _words_taken(run, length) if len(values) == 1 else 0
            if taken:
                return Prefer(self.all_of(run[:taken]), Tagged(facet, tuple(values))), taken
        return run[0], 1

    def flag(self, word: Word, code: str) -> Node:
        """Return the node of a flag: it stands in texts, and it names a country."""
        language = get_language() or "en"
        spellings = tuple(dict.fromkeys(country_name(code, other) for other in (language, *INTERFACE_LANGUAGES)))
        self.notes.append(NameNote(word.text, spellings[0], spellings))
        return Same((word, Tagged("country", (code,))))

    # --- fields

    def field(self, node: Field) -> Node:
        if node.name in {"after", "before"}:
            return self.date_field(node)
        if node.name == "about":
            values = self.about(node.value)
            facet = "about"
        else:
            facet = node.name
            values = self.lookup(facet)(node.value)
        if values:
            return Tagged(facet, tuple(sorted(values)))
        self.remarks.append(
            Remark(
                node.place,
                _("“%(value)s” is not a known %(field)s: it is searched as words.")
                % {"value": node.value, "field": _(FIELD_NAMES[node.name])},
            )
        )
        return self.as_words(node.value, node)

    def date_field(self, node: Field) -> Node:
        period = parse_period(node.value)
        if period is None:
            self.remarks.append(
                Remark(
                    node.place,
                    _("“%(value)s” is not a date (2023, 2023-10 or 2023-10-07): it is searched as words.")
                    % {"value": node.value},
                )
            )
            return self.as_words(node.value, node)
        if node.name == "after":
            return Dated(first=period.start)
        if period.day_before is None:
            # Nothing lies before the calendar: no day is both.
            return Dated(datetime.date.max, datetime.date.min)
        return Dated(last=period.day_before)

    def as_words(self, value: str, node: Field) -> Node:
        words = tuple(Word(part, node.place) for part in value.split() if any(map(str.isalnum, part)))
        if not words:
            return Phrase(value, 0, node.place)
        return words[0] if len(words) == 1 else And(words)

    def lookup(self, facet: str) -> Callable[[str], frozenset[str]]:
        return {
            "country": self.known.country,
            "minister": self.known.minister,
            "topic": self.known.topic,
            "source": names.source,
            "lang": names.language,
        }[facet]

    def about(self, text: str) -> frozenset[str]:
        """Return the main subject that `text` names (a set of one); none where it could be several."""
        found = {f"{kind}:{value}" for kind in SUBJECTS for value in self.lookup(kind)(text)}
        return frozenset(found) if len(found) == 1 else frozenset()

    def subject_of(self, kind: str, name: str) -> frozenset[str]:
        """Return the main subject of this kind and code or slug (a set of one); none where there is no such."""
        known = {"country": self.known.codes, "minister": self.known.people, "topic": self.known.topic_slugs}[kind]
        return frozenset({f"{kind}:{name}"}) if name in known else frozenset()

    # --- the address's filters

    def filters(self, params: SearchParams, messages: list[str]) -> Filters:
        """Return the filters; what was left out of them is added to `messages`."""
        about: list[str] = []
        for value in params.about:
            kind, _colon, name = value.partition(":")
            subjects = self.subject_of(kind, name) if kind in SUBJECTS and name else self.about(value)
            if subjects:
                about.extend(subjects)
            else:
                messages.append(
                    _("“%(value)s” was left out of “about”: no country, minister or topic of that name.")
                    % {"value": value}
                )
        return Filters(
            include=params.include,
            exclude=params.exclude,
            all_of=params.all_of,
            about=tuple(about),
            first_day=params.date_from.start if params.date_from else None,
            last_day=params.date_to.end if params.date_to else None,
            undated=params.undated,
        )


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


def _words_taken(run: list[Word], tokens: int) -> int:
    """Return how many words of `run` hold its first `tokens` tokens; 0 where they end inside a word."""
    for count, word in enumerate(run, 1):
        tokens -= len(search_tokens(word.text))
        if tokens <= 0:
            return count if tokens == 0 else 0
    return 0
