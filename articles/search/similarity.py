"""Articles like one that is being read: the same rare words, the same people, places and topics.

The words that tell an article from others are those that it holds often and few articles hold (tf-idf: Spärck Jones
1972). The tags find what is told in another language.
"""

import math
from collections import Counter
from collections.abc import Iterable
from typing import Any

from haystack import connections

from articles.models import Article
from articles.search.engines.base import Request
from articles.search.tree import Node, Or, Tagged, Word
from articles.text.analysis import analyze
from articles.text.stopwords import FUNCTION_WORDS

MOST_WORDS = 24
FEWEST_LETTERS = 3
TITLE_WEIGHT = 3
# Of a long text its beginning says enough.
READ = 8000
# An article is like another if it scores this part of what the other itself scores.
LIKE = 0.15
# Near-copies of the article stand before what is only like it.
LOOKED_AT = 60


def likeness(article: Article) -> Node | None:
    """Return what articles like this one hold: any of its telling words and main subjects; None where it has none.

    Raises EngineUnavailable.
    """
    words: list[Node] = [Word(word) for word in _telling(article)]
    parts = (*words, *(Tagged(facet, values) for facet, values in _subjects(article).items() if values))
    return Or(parts) if len(parts) > 1 else parts[0] if parts else None


def similar(article: Article, *, most: int = 5) -> tuple[Article, ...]:
    """Return up to `most` visible articles like this one, the most alike first.

    Near-copies of it, and of each other, are left out. Their sources are loaded. Raises EngineUnavailable.
    """
    alike = likeness(article)
    if alike is None:
        return ()
    answer = connections["default"].get_backend().answer(Request(alike, limit=LOOKED_AT, hidden=True))
    scores = dict(zip(answer.ids, answer.scores, strict=True))
    own = scores.get(article.pk, max(answer.scores, default=0.0))
    alike_enough = [pk for pk, score in scores.items() if score >= LIKE * own]
    groups = dict(Article.objects.visible().filter(pk__in=alike_enough).values_list("pk", "copy_group"))
    # The best of each group of near-copies; of its own group none.
    firsts: dict[str | int, int] = {article.copy_group or article.pk: article.pk}
    for pk in answer.ids:
        if pk in groups:
            firsts.setdefault(groups[pk] or pk, pk)
    others = list(firsts.values())[1 : most + 1]
    found = Article.objects.visible().select_related("source").in_bulk(others)
    return tuple(found[pk] for pk in others if pk in found)


def _telling(article: Article) -> Iterable[str]:
    """Return the words that tell the article from others, the most telling first."""
    title = "" if article.title_made else article.title
    counts: Counter[str] = Counter()
    for text, weight in ((title, TITLE_WEIGHT), (article.body[:READ], 1)):
        for word, positions in analyze(text, article.language).exact.items():
            counts[word] += weight * len(positions)
    words = [word for word in counts if len(word) >= FEWEST_LETTERS and word not in FUNCTION_WORDS]
    backend = connections["default"].get_backend()
    held = backend.holding(words)
    total = 1 + backend.answer(Request(limit=0)).total
    # A word of this article alone leads to no other.
    telling = {word: (1 + math.log(counts[word])) * math.log(total / held[word]) for word in words if held[word] > 1}
    return sorted(telling, key=lambda word: (-telling[word], word))[:MOST_WORDS]


def _subjects(article: Any) -> dict[str, tuple[str, ...]]:
    """Return what the article is about: the ministers in it, its main countries and topics."""
    return {
        "minister": tuple(tag.minister.slug for tag in article.minister_tags.all()),
        "country": tuple(tag.country_id for tag in article.country_tags.all() if tag.main),
        "topic": tuple(tag.topic.slug for tag in article.topic_tags.all() if tag.main),
    }
