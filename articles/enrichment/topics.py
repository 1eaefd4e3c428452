"""Topics of a text: weighted phrases, matched in any inflection.

A topic's score is the sum over its distinct phrases of weight x (1 + log2(count)); its threshold makes a tag. A strong
phrase is enough by itself, weaker ones need company, and saying one thing over and over helps less and less. Phrases of
weight 1 only support: without a heavier one they make no tag. Phrases count double in the title, where one phrase of
weight 2 is enough. Within one topic the longest phrase wins. A phrase of negative weight speaks against the topic: it
takes its part off the score, and what stands inside it does not count ("North Korea's nuclear programme" says nothing
of Iran's).

What stands neither in the title nor in the lead is named in passing: there a strong phrase said once, or weaker ones,
must reach one more than the threshold, and anything one more for each doubling of PASSING characters. In a text longer
than LONG weak phrases come together by chance: there it is so for a topic whose lead has no phrase of weight 3, too.

A topic is a main subject if the title has a phrase of it with weight 2 or more, or if its score reaches MAIN and half
of the highest score in the text.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from math import log2
from typing import NamedTuple

from articles.enrichment.automaton import PART_OF_TOPIC, TOPIC, TOPIC_ALONE, Automaton, Vocabulary, add_sequence
from articles.enrichment.document import Part
from articles.enrichment.matcher import sequences
from articles.enrichment.tags import Found, Place, Rule, sorted_found
from articles.gazetteer.facts import Gazetteer, TopicFacts
from articles.gazetteer.patterns import phrase_words

STRONG = 3
LONG = 2000
PASSING = 1500
MAIN = 6.0
IN_TITLE = 2
# A tag that reaches its threshold by no more than this, without a phrase in the title, is uncertain.
MARGIN = 0.5
_RULES: dict[int, Rule] = {3: "phrase-3", 2: "phrase-2", 1: "phrase-1"}


class _Phrase(NamedTuple):
    """A phrase of a topic by the topic's place in the gazetteer; `key` tells phrases of one weight apart."""

    topic: int
    weight: int
    key: int


@dataclass
class _Score:
    counts: Counter[_Phrase] = field(default_factory=Counter)
    places: list[Place] = field(default_factory=list)
    in_title: bool = False
    in_lead: bool = False

    def sum(self) -> float:
        if all(phrase.weight < 2 for phrase in self.counts):
            return 0
        return sum(phrase.weight * (1 + log2(count)) for phrase, count in self.counts.items())

    def needed(self, threshold: int, length: int) -> float:
        """Return the sum that makes a tag in a text of so many characters."""
        strong = any(phrase.weight >= STRONG for phrase in self.counts)
        if self.in_title or (self.in_lead and strong):
            return threshold
        if self.in_lead:
            return threshold + max(0.0, log2(max(length, 1) / LONG))
        alone = not strong or sum(self.counts.values()) == 1
        return threshold + max(float(alone), log2(max(length, 1) / PASSING))


class Topics:
    """The topics of a gazetteer, whose phrases are in an automaton."""

    def __init__(self, automaton: Automaton, topics: tuple[TopicFacts, ...]) -> None:
        self._automaton = automaton
        self._topics = topics

    def find(self, parts: list[Part]) -> tuple[Found, ...]:
        """Return the topics of a text."""
        scores: dict[int, _Score] = defaultdict(_Score)
        for part in parts:
            self._score(part, scores)
        sums = {topic: score.sum() for topic, score in scores.items()}
        highest = max(sums.values(), default=0)
        length = sum(len(part.text) for part in parts)
        found = []
        for topic, score in scores.items():
            needed = score.needed(self._topics[topic].threshold, length)
            if score.places and sums[topic] >= needed:
                main = score.in_title or sums[topic] >= max(MAIN, highest / 2)
                uncertain = not score.in_title and sums[topic] < needed + MARGIN
                slug = self._topics[topic].slug
                found.append(Found(slug, len(score.places), main, tuple(score.places), uncertain=uncertain))
        return sorted_found(found)

    def _score(self, part: Part, scores: dict[int, _Score]) -> None:
        """Add what a part says to `scores`."""
        last_end: dict[int, int] = {}
        for start in part.reading.topics:
            for end, phrase in self._phrases_at(part, start):
                if last_end.get(phrase.topic, 0) > start:
                    continue
                last_end[phrase.topic] = end
                score = scores[phrase.topic]
                score.counts[phrase] += IN_TITLE if part.name == "title" else 1
                if phrase.weight > 0:
                    score.places.append(part.place(start, end, _RULES[phrase.weight]))
                if phrase.weight > 1:
                    score.in_title |= part.name == "title"
                    score.in_lead |= part.words.starts[start] < part.lead_end

    def _phrases_at(self, part: Part, start: int) -> list[tuple[int, _Phrase]]:
        """Return (end, phrase): for each topic its longest phrase from `start`."""
        found: dict[int, tuple[int, _Phrase]] = {}
        values = sequences(self._automaton.topics, part.reading.numbers, start, part.joined)
        for length, here in enumerate(values, 1):
            for value in here:
                found[value[0]] = (start + length, _Phrase(*value))
        return list(found.values())


def fill_topics(automaton: Automaton, gazetteer: Gazetteer, language: str) -> None:
    """Add the topics' phrases of a language to an automaton."""
    vocabulary = Vocabulary(automaton, f"topic-{language}")
    for index, topic in enumerate(gazetteer.topics):
        for key, phrase in enumerate(topic.phrases):
            if phrase.language == language:
                words = [vocabulary.add(word, PART_OF_TOPIC) for word in phrase_words(phrase.text, language)]
                if words:
                    automaton.use(words[0], TOPIC if len(words) > 1 else TOPIC_ALONE)
                    add_sequence(automaton.topics, words, (index, phrase.weight, key))
