"""Words to numbers, and sequences of numbers to what they name: one look-up a word, longest match first.

A `Lexicon` holds the vocabularies of several languages. Each is compiled when a text first has a word of its language,
and what a written word means is remembered, so that a word costs one dictionary look-up.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from articles.gazetteer.inflection import base
from articles.gazetteer.patterns import EXACT, INITIAL, Case, Word, case_of
from articles.text.stemming import arabic_candidates, language_of, without_arabic_prefixes
from articles.text.tokens import Token, script

# Words remembered a language, at about 150 bytes each, before all are forgotten.
REMEMBERED = 300_000
NOTHING: tuple[int, ...] = ()
Keys = Callable[[Token], Iterable[str]]


def exact_keys(token: Token) -> Iterable[str]:
    """The folded word; for Arabic also without its prefixes, with its article alone (بالأردن: الأردن), marked exact."""
    folded = token.folded
    if script(folded) != "arabic":
        return (folded,)
    return (*_arabic_forms(folded), EXACT + folded)


def _arabic_forms(folded: str) -> Iterable[str]:
    """Yield a folded Arabic word, then what it is without its prefixes, and that with its article alone."""
    bases = without_arabic_prefixes(folded)
    yield from bases
    yield from ("ال" + base for base in bases[1:] if folded[: -len(base)].endswith(("ال", "لل")))


def name_keys(token: Token) -> Iterable[str]:
    """As exact_keys, and the first letter for an initial."""
    if token.text[-1:] == "." or len(token.folded) == 1:
        return (token.folded, INITIAL + token.folded[:1])
    return exact_keys(token)


def phrase_keys(language: str) -> Keys:
    """The word without its inflection in `language`; a Russian word as it is: its patterns carry all their forms.

    Marked exact also as it is written, an Arabic word with and without what is written together with it.
    """
    if language == "ar":
        return lambda token: (
            *arabic_candidates(token.folded),
            *(EXACT + form for form in _arabic_forms(token.folded)),
        )
    return lambda token: (base(token.folded, language), EXACT + token.folded)


class Vocabulary:
    """The words of the patterns of one language, numbered. Word numbers are unique in the whole lexicon."""

    def __init__(self, keys: Keys, numbers: Iterator[int], capitals_only: bool = False) -> None:
        self.keys = keys
        self.capitals_only = capitals_only
        self._numbers = numbers
        self._number_of: dict[Word, int] = {}
        self._by_key: dict[str, list[tuple[int, Case]]] = {}

    def add(self, word: Word) -> int:
        """Return the number of a pattern word, a new one for a new word."""
        known = self._number_of.get(word)
        if known is None:
            known = self._number_of[word] = next(self._numbers)
            for key in word.keys:
                self._by_key.setdefault(key, []).append((known, word.case))
        return known

    def find(self, keys: Iterable[str], case: Case) -> Iterator[int]:
        """Yield the numbers of the pattern words that a text's word with these keys, written in `case`, matches."""
        for key in keys:
            for number, required in self._by_key.get(key, ()):
                if required <= case and (required or not self.capitals_only):
                    yield number


class Lexicon:
    """Vocabularies by name, and which of them a word of a text is looked up in.

    `vocabularies_of(language)` names them for the language of a word; `fill(name)` returns a vocabulary ready for use.
    """

    def __init__(
        self, vocabularies_of: Callable[[str], Sequence[str]], fill: Callable[[str, Iterator[int]], Vocabulary]
    ) -> None:
        self._vocabularies_of = vocabularies_of
        self._fill = fill
        self._numbers = count(1)
        self._vocabularies: dict[str, Vocabulary] = {}
        self._remembered: dict[str, dict[str, tuple[int, ...]]] = {}

    def numbers(self, tokens: list[Token], text: str, language: str) -> list[tuple[int, ...]]:
        """Return for each token the numbers of the pattern words that it matches, in an article in `language`.

        A word after # counts as capitalised: people write hashtags as they like.
        """
        remembered = self._remembered.setdefault(language, {})
        if len(remembered) > REMEMBERED:
            remembered.clear()
        found = [remembered.get(token.text) for token in tokens]
        hashtags = "#" in text
        for index, numbers in enumerate(found):
            if numbers is None:
                token = tokens[index]
                # Another word of this text may have been the same.
                numbers = remembered.get(token.text)
                if numbers is None:
                    numbers = remembered[token.text] = self._look_up(token, language, case_of(token.text))
                found[index] = numbers
            if hashtags and tokens[index].start and text[tokens[index].start - 1] == "#":
                token = tokens[index]
                found[index] = self._look_up(token, language, max(case_of(token.text), Case.CAPITAL))
        return found  # type: ignore[return-value]

    def _look_up(self, token: Token, language: str, case: Case) -> tuple[int, ...]:
        if script(token.text) == "arabic":
            case = Case.ACRONYM
        keys: dict[Keys, Iterable[str]] = {}
        numbers: dict[int, None] = {}
        for name in self._vocabularies_of(language_of(token.text, language)):
            vocabulary = self.vocabulary(name)
            if vocabulary.keys not in keys:
                keys[vocabulary.keys] = vocabulary.keys(token)
            numbers.update(dict.fromkeys(vocabulary.find(keys[vocabulary.keys], case)))
        return tuple(numbers) or NOTHING

    def vocabulary(self, name: str) -> Vocabulary:
        """Return the vocabulary of this name, compiled on first use."""
        known = self._vocabularies.get(name)
        if known is None:
            known = self._vocabularies[name] = self._fill(name, self._numbers)
        return known


@dataclass
class Trie:
    """Sequences of word numbers and what they stand for (a list: one sequence may name several)."""

    root: dict[int, Any] = field(default_factory=dict)

    END = 0

    def add(self, numbers: Sequence[int], value: Any) -> None:
        """Add a sequence; a value is kept once."""
        node = self.root
        for number in numbers:
            node = node.setdefault(number, {})
        values = node.setdefault(self.END, [])
        if value not in values:
            values.append(value)

    def longest(
        self, numbers: Sequence[tuple[int, ...]], start: int, joined: Callable[[int], bool]
    ) -> tuple[int, list[Any]]:
        """Return (end, values) of the longest sequence from token `start`; (start, []) where there is none."""
        nodes = [self.root]
        end, values = start, []
        index = start
        while index < len(numbers):
            nodes = [node[number] for node in nodes for number in numbers[index] if number in node]
            if not nodes or (index > start and not joined(index)):
                break
            index += 1
            here = [value for node in nodes for value in node.get(self.END, ())]
            if here:
                end, values = index, here
        return end, values
