"""A tree in words: what a query was understood to ask for."""

from articles.search.tree import (
    And,
    Compared,
    Dated,
    Field,
    Fuzzy,
    InTitle,
    Node,
    Not,
    Or,
    Phrase,
    Prefer,
    Prefix,
    Same,
    Tagged,
    Word,
)


def in_words(node: Node) -> str:
    """Return in English what `node` asks for, in one line: `gaza and (truce or ceasefire), not oil`."""
    if isinstance(node, And):
        wanted = [in_words(child) for child in node.children if not isinstance(child, Not)]
        unwanted = [in_words(child) for child in node.children if isinstance(child, Not)]
        return ", ".join(filter(None, (" and ".join(map(_bracketed, wanted)), *unwanted)))
    if isinstance(node, Or | Same):
        return f"({' or '.join(_bracketed(in_words(child)) for child in node.children)})"
    if isinstance(node, Prefer):
        return f"{in_words(node.child)} [best: about {_values(node.preferred)}]"
    if isinstance(node, Not):
        return f"not {_bracketed(in_words(node.child))}"
    return _leaf(node)


def _bracketed(words: str) -> str:
    return f"({words})" if ", not " in words or (" and " in words and not words.startswith("(")) else words


def _leaf(node: Node) -> str:
    if isinstance(node, Word):
        return node.text
    if isinstance(node, Phrase):
        return f"“{node.text}” within {node.slop} words" if node.slop else f"exactly “{node.text}”"
    if isinstance(node, Prefix):
        return f"words beginning with {node.text}"
    if isinstance(node, Fuzzy):
        return f"{node.text} or a word one letter apart"
    if isinstance(node, InTitle):
        return f"{_leaf(node.child)} in the title"
    if isinstance(node, Tagged):
        return f"about {_values(node)}" if node.facet == "about" else _values(node)
    if isinstance(node, Dated):
        return _dates(node)
    return str(node) if isinstance(node, Field | Compared) else in_words(node)


def _values(node: Node) -> str:
    if not isinstance(node, Tagged):
        return in_words(node)
    values = " or ".join(node.values)
    return values.replace(":", " ") if node.facet == "about" else f"{node.facet} {values}"


def _dates(node: Dated) -> str:
    if node.first and node.last:
        return f"dated {node.first} to {node.last}" if node.first <= node.last else "dated never"
    return f"dated {node.first} or later" if node.first else f"dated {node.last} or earlier"
