"""Topics of a text: weighted phrases, matched in any inflection.

A topic's score is the sum over its distinct phrases of weight x (1 + log2(count)); THRESHOLD makes a tag. A strong
phrase is enough by itself, weaker ones need company, and saying one thing over and over helps less and less. Phrases of
weight 1 only support: without a heavier one they make no tag. Phrases count double in the title, where one phrase of
weight 2 is enough. Within one topic the longest phrase wins.

In a text longer than LONG characters weak phrases come together by chance: there a topic without a phrase of weight 3,
and without one in the title, must reach one more for each doubling of that length.

A topic is a main subject if the title has a phrase of it with weight 2 or more, or if its score reaches MAIN and half
of the highest score in the text.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import log2
from typing import NamedTuple

from articles.enrichment.document import Part
from articles.enrichment.matcher import Lexicon, Trie, Vocabulary, phrase_keys
from articles.enrichment.tags import Found, Place, sorted_found
from articles.gazetteer.facts import TopicFacts
from articles.gazetteer.patterns import phrase_words

THRESHOLD = 3.0
STRONG = 3
LONG = 2000
MAIN = 6.0
IN_TITLE = 2
_LANGUAGES = ("en", "es", "fr", "ar", "ru")


class _Phrase(NamedTuple):
    topic: int
    text: str
    weight: int


@dataclass
class _Score:
    counts: Counter[_Phrase] = field(default_factory=Counter)
    places: list[Place] = field(default_factory=list)
    in_title: bool = False

    def sum(self) -> float:
        if all(phrase.weight == 1 for phrase in self.counts):
            return 0
        return sum(phrase.weight * (1 + log2(count)) for phrase, count in self.counts.items())

    def needed(self, length: int) -> float:
        """Return the sum that makes a tag in a text of so many characters."""
        if self.in_title or any(phrase.weight >= STRONG for phrase in self.counts):
            return THRESHOLD
        return THRESHOLD + max(0.0, log2(max(length, 1) / LONG))


class Topics:
    """The compiled phrases of all topics."""

    def __init__(self, topics: tuple[TopicFacts, ...]) -> None:
        self._topics = topics
        self._trie = Trie()
        self.lexicon = Lexicon(_vocabularies_of, self._fill)

    def find(self, parts: list[Part], language: str) -> tuple[Found, ...]:
        """Return the topics of a text in `language`."""
        scores: dict[int, _Score] = defaultdict(_Score)
        for part in parts:
            self._score(part, self.lexicon.numbers(part.tokens, part.text, language), scores)
        sums = {topic: score.sum() for topic, score in scores.items()}
        highest = max(sums.values(), default=0)
        length = sum(len(part.text) for part in parts)
        return sorted_found(
            [
                Found(
                    self._topics[topic].slug,
                    len(score.places),
                    score.in_title or sums[topic] >= max(MAIN, highest / 2),
                    tuple(score.places),
                )
                for topic, score in scores.items()
                if sums[topic] >= score.needed(length)
            ]
        )

    def _score(self, part: Part, numbers: list[tuple[int, ...]], scores: dict[int, _Score]) -> None:
        """Add what a part says to `scores`."""
        last_end: dict[int, int] = {}
        first_words = self._trie.root.keys()
        for start, known in enumerate(numbers):
            if not known or first_words.isdisjoint(known):
                continue
            for end, phrase in self._phrases_at(part, numbers, start):
                if last_end.get(phrase.topic, 0) > start:
                    continue
                last_end[phrase.topic] = end
                score = scores[phrase.topic]
                score.counts[phrase] += IN_TITLE if part.name == "title" else 1
                score.places.append(part.place(start, end))
                score.in_title |= part.name == "title" and phrase.weight > 1

    def _phrases_at(self, part: Part, numbers: list[tuple[int, ...]], start: int) -> list[tuple[int, _Phrase]]:
        """Return (end, phrase): for each topic its longest phrase from `start`."""
        found: dict[int, tuple[int, _Phrase]] = {}
        nodes = [self._trie.root]
        for index in range(start, len(numbers)):
            nodes = [node[number] for node in nodes for number in numbers[index] if number in node]
            if not nodes or (index > start and not part.joined(index)):
                break
            for node in nodes:
                for phrase in node.get(Trie.END, ()):
                    found[phrase.topic] = (index + 1, phrase)
        return list(found.values())

    def _fill(self, name: str, numbers: Iterator[int]) -> Vocabulary:
        language = name.removesuffix("*")
        vocabulary = Vocabulary(phrase_keys(language), numbers, capitals_only=name != language)
        for index, topic in enumerate(self._topics):
            for phrase in topic.phrases:
                if phrase.language == language:
                    words = [vocabulary.add(word) for word in phrase_words(phrase.text, language)]
                    if words:
                        self._trie.add(words, _Phrase(index, phrase.text, phrase.weight))
        return vocabulary


def _vocabularies_of(language: str) -> tuple[str, ...]:
    """An unknown Latin-script language borrows capitalised words, such as NATO and Gaza."""
    return (language,) if language in _LANGUAGES else ("en*", "es*", "fr*")
