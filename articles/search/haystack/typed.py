"""What somebody typed, for a SearchQuerySet: read by our grammar, planned as on the page. Never raises."""

import re

from haystack.exceptions import SearchBackendError, SearchFieldError

from articles.search.grammar import FIELDS
from articles.search.haystack.fields import declared_fields, index_field
from articles.search.params import SearchParams
from articles.search.planning import plan
from articles.search.tree import And, Compared, Fuzzy, InTitle, Node, Not, Or, Phrase, Prefer, Prefix, Same, Word

NOTHING = Compared("id")
EVERYTHING = Not(NOTHING)
_NAMED_VALUE = re.compile(r'\s*(\w+):(?:"(.*)"|([^\s"()]+))\s*', re.DOTALL)


def typed(text: str) -> Node:
    """Return the tree of a query: all documents where nothing was typed, none where nothing of it is understood."""
    text = str(text)
    if text.strip() in {"", "*"}:
        return EVERYTHING
    return plan(SearchParams(q=text)).tree or NOTHING


def in_title(node: Node) -> Node:
    """Return the node with its words looked for in the title only."""
    if isinstance(node, And | Or | Same):
        return type(node)(tuple(in_title(child) for child in node.children))
    if isinstance(node, Prefer):
        return Prefer(in_title(node.child), node.preferred)
    if isinstance(node, Not):
        return Not(in_title(node.child))
    return InTitle(node) if isinstance(node, Word | Prefix | Fuzzy | Phrase) else node


def words_of(node: Node) -> str:
    """Return the words that a tree looks for, as text."""
    if isinstance(node, And | Or | Same):
        return " ".join(filter(None, map(words_of, node.children)))
    if isinstance(node, Prefer):
        return words_of(node.child)
    if isinstance(node, InTitle):
        return node.child.text
    return node.text if isinstance(node, Word | Prefix | Fuzzy | Phrase) else ""


def narrowed(text: str, using: str) -> Node:
    """Return the tree of what a SearchQuerySet is narrowed to: a query, or `field:"value"` with a field of the index.

    Raises SearchBackendError for a query around such a field, which filter() is for.
    """
    match = _NAMED_VALUE.fullmatch(text)
    if match is not None and match.group(1) not in FIELDS:
        try:
            field = index_field(match.group(1), using)
        except SearchFieldError:
            return typed(text)
        value = match.group(3) if match.group(2) is None else match.group(2)
        by_words = field.kind == "words" and match.group(2) is None
        return typed(value) if field.is_text else Compared(field.name, "words" if by_words else "equals", (value,))
    others = "|".join(map(re.escape, sorted({*declared_fields(using)} - FIELDS)))
    if others and re.search(rf"(?<!\w)(?:{others}):", text):
        raise SearchBackendError(f"Our queries know no field of “{text}”: use filter().")
    return typed(text)
