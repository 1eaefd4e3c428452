"""Ways on from a search that found nothing: the same without one of its parts, and how much each would find."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from articles.search import grammar
from articles.search.params import SearchParams
from articles.search.results import WayOut
from articles.search.tree import And, Node, Or, Phrase, Word
from articles.text.analysis import is_function_word

MOST = 8
# Each costs a search.
MOST_LEFT_OUT = 10


def ways_out(
    params: SearchParams,
    selections: list[tuple[str, SearchParams]],
    count: Callable[[SearchParams], int],
) -> tuple[WayOut, ...]:
    """Return the ways that find something, those that find most first.

    `selections` are the chosen filters (label, the search without it); `count` tells how many articles a search finds.
    """
    ways = []
    for label, other in [*selections, *_other_words(params), *_other_scripts(params)]:
        # Without its only words a search would be the start page; without its only filter it is all articles.
        total = count(other) if params.is_filtered or not other.is_empty else 0
        if total:
            ways.append(WayOut(label, total, other.query_string()))
    return tuple(sorted(ways, key=lambda way: -way.total)[:MOST])


def _other_words(params: SearchParams) -> Iterator[tuple[str, SearchParams]]:
    """Yield the searches without one of the words, without quotation marks, and for any of the words."""
    tree = grammar.parse(params.q).tree
    if isinstance(tree, And):
        for child in tree.children[:MOST_LEFT_OUT]:
            rest = tuple(other for other in tree.children if other is not child)
            other = str(rest[0] if len(rest) == 1 else And(rest))
            yield _("without the word “%(word)s”") % {"word": child}, params.with_words(other)
        spoken = tuple(
            child for child in tree.children if not (isinstance(child, Word) and is_function_word(child.text))
        )
        if len(spoken) > 1 and not any(isinstance(child, Or) for child in spoken):
            either = str(Or(spoken))
            yield _("any of the words: %(words)s") % {"words": either}, params.with_words(either)
    unquoted = _unquoted(tree) if tree is not None else ""
    if unquoted and unquoted != str(tree):
        yield _("without quotation marks: %(words)s") % {"words": unquoted}, params.with_words(unquoted)


def _other_scripts(params: SearchParams) -> Iterator[tuple[str, SearchParams]]:
    """Yield the search with known names in all scripts, where the reader switched that off."""
    if not params.variants:
        yield _("with names in all scripts"), params.with_variants(True)


def _unquoted(node: Node) -> str:
    if isinstance(node, Phrase):
        return node.text
    if isinstance(node, And):
        return " ".join(_unquoted(child) for child in node.children)
    return str(node)
