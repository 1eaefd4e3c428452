"""One condition of a SearchQuerySet, `field__lookup=value` -> a node of our tree.

Values never raise: what cannot be a value of a field finds nothing. Fields and lookups that do not exist do.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from haystack.backends import BaseSearchQuery
from haystack.constants import DJANGO_ID, ID
from haystack.exceptions import SearchBackendError

from articles.search.grammar import FIELDS
from articles.search.haystack.fields import IndexField, index_field
from articles.search.haystack.typed import NOTHING, in_title, typed
from articles.search.tree import And, Compared, Fuzzy, InTitle, Node, Not, Or, Phrase, Prefix, Relation, Word
from articles.text.analysis import is_function_word
from articles.text.tokens import tokenize

# Of so many nodes at most the masks are in memory at a time.
GROUP = 100
# What a condition on a value is without a lookup, and what it is with one that compares texts.
_PLAIN: dict[str, Relation] = {"words": "words", "beginnings": "word_begins", "parts": "contains"}
_TEXT_LOOKUPS: dict[str, Relation] = {"contains": "contains", "endswith": "ends", "fuzzy": "near"}
_ENDS = {"gt": (0, True), "gte": (0, False), "lt": (1, True), "lte": (1, False)}


def condition(name: str, lookup: str, value: Any, query: BaseSearchQuery) -> Node:
    """Return the node of one condition. Raises SearchFieldError and SearchBackendError for what does not exist."""
    field = index_field(name, query._using)
    kind = getattr(value, "input_type_name", "")
    if kind == "alt_parser":
        raise SearchBackendError("AltParser names another engine's parser: use AutoQuery or Raw.")
    if kind in {"raw", "auto_query"}:
        return _typed(field, value.query_string)
    if kind == "not":
        return Not(condition(name, lookup, value.query_string, query))
    if kind == "exact":
        return condition(name, "exact", value.query_string, query)
    if kind:
        return condition(name, lookup, value.prepare(query), query)
    return _text(field, lookup, value) if field.is_text else _value(field, lookup, value)


def joined(nodes: Iterable[Node], kind: type[And] | type[Or]) -> Node:
    """Return one node for several, in groups: an engine holds the masks of one node's children all at once."""
    parts = list(nodes)
    while len(parts) > 1:
        groups = (parts[first : first + GROUP] for first in range(0, len(parts), GROUP))
        parts = [group[0] if len(group) == 1 else kind(tuple(group)) for group in groups]
    return parts[0] if parts else NOTHING


def _typed(field: IndexField, text: str) -> Node:
    if field.kind == "text":
        return typed(text)
    if field.kind == "title":
        return in_title(typed(text))
    if field.name in FIELDS:
        return typed('{}:"{}"'.format(field.name, str(text).replace('"', " ")))
    return _value(field, "content", text)


# --- texts


def _text(field: IndexField, lookup: str, value: Any) -> Node:
    if lookup in {"in", "content"} and _is_several(value):
        lookup = "in"
    leaf = _LEAVES.get(lookup)
    if leaf is None:
        raise SearchBackendError(f"“{lookup}” cannot be asked of a text. These can: {', '.join(sorted(_LEAVES))}.")
    texts = dict.fromkeys(map(_as_text, _several(value) if lookup == "in" else [value]))
    return joined((_words(field, leaf, text, whole=lookup in {"in", "exact", "startswith"}) for text in texts), Or)


_LEAVES: dict[str, Callable[[str], Word | Prefix | Fuzzy | Phrase]] = {
    "content": Word,
    "contains": Word,
    "exact": Phrase,
    "in": Phrase,
    "startswith": Prefix,
    "fuzzy": Fuzzy,
}


def _words(field: IndexField, leaf: Callable[[str], Word | Prefix | Fuzzy | Phrase], text: str, *, whole: bool) -> Node:
    """Return leaves for a text as a whole or for each of its words, of which function words need not occur."""
    words = [text] if whole else list(dict.fromkeys(text.split()))
    spoken = [word for word in words if tokenize(word)]
    if leaf is Word:
        spoken = [word for word in spoken if not is_function_word(word)] or spoken
    leaves = [leaf(word) for word in spoken]
    return joined((InTitle(part) if field.kind == "title" else part for part in leaves), And)


# --- values


def _value(field: IndexField, lookup: str, value: Any) -> Node:
    if lookup == "in" or (lookup in {"content", "exact"} and _is_several(value)):
        return _equal(field, _several(value))
    if lookup == "exact" or (lookup == "content" and (field.kind not in _PLAIN or not isinstance(value, str))):
        return _equal(field, (value,))
    if lookup == "content":
        return Compared(field.name, _PLAIN[field.kind], (value,))
    if lookup in _ENDS:
        end, without = _ENDS[lookup]
        if value is None:
            return NOTHING
        ends = (value, None) if end == 0 else (None, value)
        return _between(field, ends, (without and end == 0, without and end == 1))
    if lookup == "range":
        ends = tuple(_several(value))
        if len(ends) != 2:
            raise SearchBackendError(f"{field.name}__range takes two values, a first and a last one.")
        return _between(field, ends, (False, False))
    if field.kind == "plain":
        raise SearchBackendError(f"“{lookup}” cannot be asked of “{field.name}”: it holds no texts.")
    if lookup == "startswith":
        return Compared(field.name, "begins" if field.kind == "code" else "word_begins", (_as_text(value),))
    return Compared(field.name, _TEXT_LOOKUPS[lookup], (_as_text(value),))


def _equal(field: IndexField, values: Sequence[Any]) -> Node:
    return Compared(_key_name(field, values), "equals", tuple(values))


def _between(field: IndexField, ends: tuple[Any, ...], without: tuple[bool, bool]) -> Node:
    return Compared(_key_name(field, ends), "between", ends, without)


def _key_name(field: IndexField, values: Iterable[Any]) -> str:
    """Return the field's name; where Haystack's `id` (app.model.key) is asked for a key alone, that of the key."""
    keys = [value for value in values if value is not None]
    return DJANGO_ID if field.name == ID and keys and not any("." in str(key) for key in keys) else field.name


def _is_several(value: Any) -> bool:
    return not isinstance(value, str | bytes) and (isinstance(value, Iterable) or hasattr(value, "values_list"))


def _several(value: Any) -> Sequence[Any]:
    return list(value) if _is_several(value) else [value]


def _as_text(value: Any) -> str:
    return "" if value is None else str(value)
