"""A query's tree -> the tree that an engine answers: names resolved, persons widened, function words dropped.

Nothing here fails: what names nothing known is searched as words, and the reader is told.
"""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from articles.search import grammar, names
from articles.search.engines.base import Filters
from articles.search.names import Names
from articles.search.params import SearchParams
from articles.search.results import NameNote, Remark
from articles.search.small_words import SmallWords
from articles.search.tree import And, Dated, Field, Node, Not, Or, Phrase, Tagged, Word
from articles.search.widening import Widening
from articles.text.analysis import is_flag, search_tokens
from articles.text.days import parse_period

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
    return Plan(tree, filters, understood, understood or params.is_filtered, messages, remarks, planner.widening.notes)


class _Planner:
    def __init__(self, known: Names, variants: bool, shouted: bool) -> None:
        self.known = known
        self.variants = variants
        self.small = SmallWords(shouted)
        self.widening = Widening(known, self.small)
        self.remarks: list[Remark] = []

    def as_typed(self) -> "_Planner":
        """Return a planner that widens no names; its remarks go to the same place."""
        planner = _Planner(self.known, False, self.small.shouted)
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
            children += self.widening.nodes(run) if self.variants else run
            run = []
            if child is not None:
                children.append(self.resolve(child))
        children = self.small.left_out(children)
        return children[0] if len(children) == 1 else And(tuple(children))

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
            return [_part(word, *named.span(number)) for number in (1, 2)]
        signs = [] if "." in word.text or "//" in word.text else list(_BESIDE.finditer(word.text))
        if signs:
            bounds = [0, *(bound for sign in signs for bound in sign.span()), len(word.text)]
            return [_part(word, start, end) for start, end in zip(bounds[::2], bounds[1::2], strict=True)]
        tokens = search_tokens(word.text)
        if len(tokens) > 1 and any(map(is_flag, tokens)):
            return [_part(word, token.start, token.end) for token in tokens]
        return [word]

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


def _part(word: Word, start: int, end: int) -> Word:
    """Return a part of a word as a word of its own, in its own place."""
    return Word(word.text[start:end], (word.place[0] + start, word.place[0] + end))
