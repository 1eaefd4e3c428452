"""All patterns of a gazetteer as numbers: what the words of a text are looked up in.

Every word of a pattern has a number. `words` leads from a vocabulary and a key (see matcher.py) to the numbers of the
pattern words with this key, each times four plus the case that it asks for. Sequences of numbers make tries: a node
leads from a number to the next node, and from END to the list of what the sequence means.

Everything in it is a dict, list, tuple, set, string or number, so that it can be kept in a file and read back at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from articles.gazetteer.patterns import Word

END = 0
Node = dict[int, Any]

# What a pattern word may be: bits of `uses`. The first of several words of a country's name, of a person's, of an
# office or of a topic's phrase; a country's name or a topic's phrase by itself; a surname; any word of a name, of a
# phrase.
COUNTRY, PERSON, OFFICE, TOPIC, COUNTRY_ALONE, TOPIC_ALONE, SURNAME, PART_OF_NAME, PART_OF_TOPIC = (
    1 << bit for bit in range(9)
)


@dataclass
class Automaton:
    """The patterns of some vocabularies; `filled` names those that are in it. Compiled, it is only read."""

    words: dict[str, dict[str, list[int]]] = field(default_factory=dict)
    countries: Node = field(default_factory=dict)
    people: Node = field(default_factory=dict)
    offices: Node = field(default_factory=dict)
    topics: Node = field(default_factory=dict)
    surnames: dict[int, list[tuple]] = field(default_factory=dict)
    uses: dict[int, int] = field(default_factory=dict)
    filled: set[str] = field(default_factory=set)

    def use(self, number: int, use: int) -> None:
        """Note one more thing that a pattern word may be."""
        self.uses[number] = self.uses.get(number, 0) | use


class Vocabulary:
    """The pattern words of one vocabulary while it is filled: the same word gets the same number."""

    def __init__(self, automaton: Automaton, name: str) -> None:
        self.automaton = automaton
        self._by_key = automaton.words.setdefault(name, {})
        self._number_of: dict[Word, int] = {}

    def add(self, word: Word, use: int = 0) -> int:
        """Return the number of a pattern word, a new one for a new word."""
        number = self._number_of.get(word)
        if number is None:
            # A vocabulary that was filled before keeps its numbers: all numbers stand in `uses`.
            number = self._number_of[word] = len(self.automaton.uses) + 1
            self.automaton.uses[number] = 0
            for key in word.keys:
                self._by_key.setdefault(key, []).append(number << 2 | word.case)
        self.automaton.uses[number] |= use
        return number


def add_sequence(root: Node, numbers: Sequence[int], value: object) -> None:
    """Add to a trie that `numbers` mean `value`; a value is kept once."""
    node = root
    for number in numbers:
        node = node.setdefault(number, {})
    values = node.setdefault(END, [])
    if value not in values:
        values.append(value)
