"""Function words of a query: they need not occur unless nothing else is left."""

from articles.search.tree import And, InTitle, Node, Not, Or, Word
from articles.text.analysis import is_function_word
from articles.text.normalize import fold
from articles.text.stopwords import ACRONYMS


class SmallWords:
    """Knows the function words of one query. `shouted`: all of it is in capitals, which then mean nothing."""

    def __init__(self, shouted: bool) -> None:
        self.shouted = shouted

    def left_out(self, children: list[Node]) -> list[Node]:
        """Return the children of a conjunction without small words, unless nothing else would have to occur."""
        kept = [child for child in children if not self.is_one(child)]
        needed = any(not isinstance(child, Not) for child in kept)
        return kept if needed else children

    def is_one(self, node: Node) -> bool:
        """Whether a node asks for function words only. WHO and UN are none, where not all is in capitals."""
        if isinstance(node, Or):
            return all(map(self.is_one, node.children))
        if isinstance(node, InTitle):
            return self.is_one(node.child)
        if not isinstance(node, Word):
            return False
        named = node.text.isupper() and fold(node.text) in ACRONYMS and not self.shouted
        return is_function_word(node.text) and not named

    def all_of(self, words: list[Word]) -> Node:
        """Return a node for all of a name's words, of which function words need not occur."""
        spoken = [word for word in words if not self.is_one(word)] or words
        return spoken[0] if len(spoken) == 1 else And(tuple(spoken))
