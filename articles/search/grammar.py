"""What a person typed -> a tree, and what was wrong with it, in the reader's language. Knows no engine; never raises.

    query   = group { ["AND"] group }          all of them
    group   = unary { "OR" unary }             one of them; binds tighter than the space
    unary   = ("-" | "NOT ") unary | primary
    primary = "(" query ")" | name ":" value | '"' words '"' ["~" number] | word ["*" | "~"]

Operators are capitals only. What cannot be understood is left out of the tree and named in `problems`, with its place.
The reader works over a list of lexemes with one loop and an explicit stack, in time linear in the length of the query.
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from articles.search.tree import And, Field, Fuzzy, InTitle, Node, Not, Or, Phrase, Place, Prefix, Word
from articles.text.analysis import says_something
from articles.text.tokens import tokenize

MAX_LENGTH = 500
MAX_WORDS = 32
MAX_WORD_LENGTH = 64
MIN_PREFIX = 3
MAX_SLOP = 10
MAX_NESTING = 20
OPERATORS = frozenset({"OR", "AND", "NOT"})
FIELDS = frozenset({"title", "country", "minister", "topic", "source", "lang", "about", "after", "before"})

_QUOTES = '"“”„«»＂'
_LEXEME = re.compile(
    rf"""
      (?P<space>\s+)
    | (?P<open>\()
    | (?P<close>\))
    | (?P<name>(?ai:{"|".join(sorted(FIELDS))}):)
    | (?P<minus>-)(?=[^\s)-])
    | [{_QUOTES}](?P<phrase>[^{_QUOTES}]*)[{_QUOTES}](?:~(?P<slop>\d+))?
    | (?P<quote>[{_QUOTES}])
    | (?P<word>[^\s(){_QUOTES}]+)
    """,
    re.VERBOSE,
)
# gaza*, gaza~, gaza~2: what is open about a word, at its end.
_ENDING = re.compile(r"(.*?)((?:[*~](?:(?<=~)[\d.]+)?)*)", re.DOTALL)


@dataclass(frozen=True)
class Misunderstood:
    """A part of the query that was left out: its place and text as typed, and why, in a few words."""

    place: Place
    text: str
    reason: str


@dataclass(frozen=True)
class Query:
    """A query as read: the tree (None: nothing to search for), and what was left out."""

    tree: Node | None
    problems: tuple[Misunderstood, ...] = ()


def parse(text: str) -> Query:
    """Return the tree of `text` and what was wrong with it."""
    return _Reader(text).query()


@dataclass
class _Lexeme:
    kind: str  # open, close, or, and, not, field, leaf
    place: Place
    leaf: Node | None = None


class _Group:
    """A pair of parentheses being read: OR groups that are ANDed."""

    def __init__(self, place: Place, negated: bool = False) -> None:
        self.place = place
        self.negated = negated
        self.groups: list[list[Node]] = []
        self.pending_or: Place | None = None
        self.pending_and: Place | None = None
        self.negations: list[Place] = []

    def add(self, node: Node) -> None:
        if len(self.negations) % 2:
            node = _negated(node)
        self.negations = []
        if self.pending_or is not None and self.groups:
            self.groups[-1].append(node)
        else:
            self.groups.append([node])
        self.pending_or = self.pending_and = None

    def tree(self) -> Node | None:
        nodes = [group[0] if len(group) == 1 else Or(tuple(_flat(group, Or))) for group in self.groups]
        if not nodes:
            return None
        return nodes[0] if len(nodes) == 1 else And(tuple(_flat(nodes, And)))


def _negated(node: Node) -> Node:
    return node.child if isinstance(node, Not) else Not(node)


def _flat(nodes: list[Node], kind: type[And] | type[Or]) -> list[Node]:
    """Return `nodes` with the children of those of the same kind in their place: ((a b) c) is a b c."""
    return [child for node in nodes for child in (node.children if isinstance(node, kind) else (node,))]


class _Reader:
    def __init__(self, text: str) -> None:
        self.typed = text
        self.text = text[:MAX_LENGTH]
        self.problems: list[Misunderstood] = []
        self.words = 0
        if len(text) > MAX_LENGTH:
            self.leave_out((MAX_LENGTH, len(text)), _("longer than %(number)s characters") % {"number": MAX_LENGTH})

    def query(self) -> Query:
        stack = [_Group((0, 0))]
        for lexeme in self.lexemes():
            group = stack[-1]
            if lexeme.kind == "open":
                negated = bool(len(group.negations) % 2)
                group.negations = []
                stack.append(_Group(lexeme.place, negated))
            elif lexeme.kind == "close":
                if len(stack) == 1:
                    self.leave_out(lexeme.place, _("there is no ( before it"))
                else:
                    self.close(stack)
            elif lexeme.kind == "or":
                self.drop_negations(group)
                if not group.groups or group.pending_or:
                    self.leave_out(lexeme.place, _("OR stands between two words"))
                else:
                    self.drop_and(group)
                    group.pending_or = lexeme.place
            elif lexeme.kind == "and":
                if not group.groups or group.pending_and or group.pending_or:
                    self.leave_out(lexeme.place, _("AND stands between two words"))
                else:
                    group.pending_and = lexeme.place
            elif lexeme.kind == "not":
                group.negations.append(lexeme.place)
            elif lexeme.leaf is not None:
                group.add(lexeme.leaf)
        while len(stack) > 1:
            self.leave_out(stack[-1].place, _("it is not closed"))
            self.close(stack)
        self.check_ends(stack[0])
        return Query(stack[0].tree(), tuple(sorted(self.problems, key=lambda problem: problem.place)))

    def close(self, stack: list[_Group]) -> None:
        """Take the innermost group off the stack and add it to the one around it, unless it is empty or too deep."""
        group = stack.pop()
        self.check_ends(group)
        node = group.tree()
        if node is None:
            return
        if len(stack) > MAX_NESTING:
            self.leave_out(
                group.place, _("more than %(number)s parentheses inside each other") % {"number": MAX_NESTING}
            )
            return
        stack[-1].add(_negated(node) if group.negated else node)

    def check_ends(self, group: _Group) -> None:
        if group.pending_or is not None:
            self.leave_out(group.pending_or, _("OR stands between two words"))
        self.drop_and(group)
        self.drop_negations(group)

    def drop_and(self, group: _Group) -> None:
        if group.pending_and is not None:
            self.leave_out(group.pending_and, _("AND stands between two words"))
        group.pending_and = None

    def drop_negations(self, group: _Group) -> None:
        for place in group.negations:
            self.leave_out(place, _("nothing follows to leave out"))
        group.negations = []

    def leave_out(self, place: Place, reason: str) -> None:
        self.problems.append(Misunderstood(place, self.typed[slice(*place)][:80], reason))

    def lexemes(self) -> list[_Lexeme]:
        found: list[_Lexeme] = []
        field: tuple[str, Place] | None = None
        for match in _LEXEME.finditer(self.text):
            kind = match.lastgroup if match.lastgroup != "slop" else "phrase"
            place = match.span()
            if kind == "name":
                if field is not None:
                    self.leave_out(field[1], _("a value must follow"))
                field = (match.group("name")[:-1].lower(), place)
                continue
            if field is not None:
                name, field_place = field
                field = None
                lexeme = self.field_value(name, (field_place[0], place[1]), kind or "", match)
                if lexeme is not None:
                    found += lexeme
                    continue
                self.leave_out(field_place, _("a value must follow"))
            found += self.plain(kind or "", place, match)
        if field is not None:
            self.leave_out(field[1], _("a value must follow"))
        return found

    def plain(self, kind: str, place: Place, match: re.Match[str]) -> list[_Lexeme]:
        """Return the lexemes of a match that no field name stands before."""
        if kind == "space":
            return []
        if kind in {"open", "close"}:
            return [_Lexeme(kind, place)]
        if kind == "minus":
            return [_Lexeme("not", place)]
        if kind == "quote":
            self.leave_out(place, _("the quotation mark is not closed"))
            return []
        if kind == "phrase":
            return self.leaf(self.phrase(match, place), place)
        word = match.group()
        if word in OPERATORS:
            return [_Lexeme(word.lower(), place)]
        return self.leaf(self.word(word, place), place)

    def leaf(self, node: Node | None, place: Place) -> list[_Lexeme]:
        return [] if node is None else [_Lexeme("leaf", place, node)]

    def field_value(self, name: str, place: Place, kind: str, match: re.Match[str]) -> list[_Lexeme] | None:
        """Return the lexemes of a field's value; None where what follows cannot be one."""
        if kind not in {"phrase", "word"}:
            return None
        if name == "title":
            child = self.phrase(match, place) if kind == "phrase" else self.word(match.group(), place)
            return self.leaf(InTitle(child), place) if child is not None else []
        value = " ".join((match.group("phrase") if kind == "phrase" else match.group()).split())
        if not value:
            return None
        if not self.counted(place, value):
            return []
        return self.leaf(Field(name, value, place), place)

    def counted(self, place: Place, text: str) -> bool:
        """Count the words of `text`; False, and a problem noted, where they are too many or one is too long."""
        words = text.split()
        if any(len(word) > MAX_WORD_LENGTH for word in words):
            self.leave_out(place, _("a word longer than %(number)s letters") % {"number": MAX_WORD_LENGTH})
            return False
        if self.words + len(words) > MAX_WORDS:
            self.leave_out(place, _("more than %(number)s words") % {"number": MAX_WORDS})
            return False
        self.words += len(words)
        return True

    def phrase(self, match: re.Match[str], place: Place) -> Phrase | None:
        text = " ".join(match.group("phrase").split())
        if not says_something(text):
            self.leave_out(place, _("no letters or digits in it"))
            return None
        if not self.counted(place, text):
            return None
        slop = int(match.group("slop")[:4]) if match.group("slop") else 0
        if slop > MAX_SLOP:
            self.leave_out((match.start("slop"), match.end("slop")), _("at most %(number)s") % {"number": MAX_SLOP})
            slop = MAX_SLOP
        return Phrase(text, slop, place)

    def word(self, word: str, place: Place) -> Word | Prefix | Fuzzy | Phrase | None:
        bare, ending = _ENDING.fullmatch(word).groups()  # type: ignore[union-attr]
        if not says_something(bare):
            self.leave_out(place, _("no letters or digits in it"))
            return None
        if not self.counted(place, bare):
            return None
        if not ending:
            return Word(word, place)
        end = place[0] + len(bare)
        # Of "al-S*" only the last word has its end open.
        tokens = tokenize(bare)
        if not tokens or sum(map(str.isalnum, tokens[-1].folded)) < MIN_PREFIX:
            self.leave_out((end, place[1]), _("* and ~ need %(number)s letters before them") % {"number": MIN_PREFIX})
            # OR* is the word "or", not the operator.
            return Phrase(bare, 0, place) if bare in OPERATORS else Word(bare, place)
        if ending not in {"*", "~", "~1"}:
            edits = ending[0] == "~" and ending.count("~") == 1 and "*" not in ending
            at = (end + 1, place[1]) if edits else (end, place[1])
            reason = _("~ after a word allows one letter to differ") if edits else _("one * or ~ at the end of a word")
            self.leave_out(at, reason)
        return Prefix(bare, place) if ending[0] == "*" else Fuzzy(bare, place)
