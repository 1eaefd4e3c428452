"""Two hundred searches as readers ask them, of every kind, drawn from the words and tags of an archive.

The same archive always gives the same searches. Each is the address of a page, as (parameter, value) pairs.
"""

import random
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urlencode

SEED = 1648
# So many articles are read for words to ask for.
SAMPLED = 600
# Of these languages the archive holds articles; words of each are asked for in turn.
LANGUAGES = ("ar", "en", "ru")
SCRIPTS = ("latin", "arabic", "cyrillic")
COMMONEST = 12
DEEP_PAGE = "50"

Pairs = list[tuple[str, str]]


class Asked(NamedTuple):
    """One search: what kind it is of, and its parameters."""

    kind: str
    pairs: Pairs

    def __str__(self) -> str:
        return " ".join(f"{name}={value}" for name, value in self.pairs) or "(everything)"


class Sample(NamedTuple):
    """What searches are made of: texts by language, as their words, and each language's commonest words."""

    texts: dict[str, list[list[str]]]
    bodies: dict[str, list[str]]
    commonest: dict[str, list[str]]


def params_of(pairs: Pairs) -> Any:
    """Return the SearchParams of a search's parameters, read as from an address."""
    from django.http import QueryDict

    from articles.search import SearchParams

    return SearchParams.from_query(QueryDict(urlencode([(name, value) for name, value in pairs])))


def mixed_queries() -> list[Asked]:
    """Return the searches of the archive that Django is started over."""
    chance = random.Random(SEED)
    sample = sampled(chance)
    return [*_words(sample, chance), *_names(chance), *_chosen(sample, chance), *_others(sample, chance)]


def sampled(chance: random.Random) -> Sample:
    """Read some articles of each language, with the words that say something."""
    from articles.models import Article

    sample = Sample({}, {}, {})
    for language in LANGUAGES:
        keys = list(Article.objects.filter(language=language).order_by("pk").values_list("pk", flat=True))
        drawn = chance.sample(keys, min(SAMPLED // len(LANGUAGES), len(keys)))
        bodies = Article.objects.in_bulk(drawn)
        sample.bodies[language] = [bodies[key].body for key in drawn]
        sample.texts[language] = [words for words in map(telling_words, sample.bodies[language]) if words]
        counts = Counter(word.lower() for words in sample.texts[language] for word in set(words))
        sample.commonest[language] = sorted(counts, key=lambda word: (-counts[word], word))[:COMMONEST]
    return sample


def telling_words(text: str) -> list[str]:
    """Return the words of a text that say something, as they stand there."""
    from articles.text.stopwords import FUNCTION_WORDS
    from articles.text.tokens import tokenize

    return [
        token.text
        for token in tokenize(text)
        if len(token.folded) > 2 and token.folded.isalpha() and token.folded not in FUNCTION_WORDS
    ]


# --- words


def _words(sample: Sample, chance: random.Random) -> Iterator[Asked]:
    for kind, size, number in (
        ("one word", 1, 20),
        ("two words", 2, 20),
        ("three words", 3, 15),
        ("four words", 4, 10),
    ):
        for words in _drawn(sample, chance, size, number):
            yield Asked(kind, [("q", " ".join(words))])
    for place in range(25):
        yield Asked("phrase", [("q", f'"{_passage(sample, chance, _language(place), 2 + place % 3)}"')])
    for words in _drawn(sample, chance, 3, 12):
        yield Asked("OR", [("q", " OR ".join(words[: chance.choice((2, 3))]))])
    for words in _drawn(sample, chance, 3, 10):
        yield Asked("excluded", [("q", f"{words[0]} -{words[1]}")])
    for (word,) in _drawn(sample, chance, 1, 10):
        yield Asked("prefix", [("q", f"{word[: chance.choice((3, 4, 5))]}*")])
    for (word,) in _drawn(sample, chance, 1, 8):
        yield Asked("title:", [("q", f"title:{word}")])


def _language(place: int) -> str:
    return LANGUAGES[place % len(LANGUAGES)]


def _drawn(sample: Sample, chance: random.Random, size: int, number: int) -> Iterator[list[str]]:
    """Yield `number` times `size` words that stand in one article."""
    for place in range(number):
        words: list[str] = []
        while len(words) < size:
            words = list(dict.fromkeys(chance.choice(sample.texts[_language(place)])))
        yield chance.sample(words, size)


def _passage(sample: Sample, chance: random.Random, language: str, size: int) -> str:
    """Return words that stand beside each other in an article, as they stand there."""
    from articles.text.tokens import tokenize

    while True:
        body = chance.choice(sample.bodies[language])
        tokens = tokenize(body)
        if len(tokens) < size:
            continue
        first = chance.randrange(len(tokens) - size + 1)
        passage = body[tokens[first].start : tokens[first + size - 1].end]
        # No paragraph's end, sign or abbreviation between them.
        if all(letter.isalpha() or letter == " " for letter in passage):
            return passage


# --- names and facets


def _names(chance: random.Random) -> Iterator[Asked]:
    """Yield ministers that the archive speaks of, by surname and full name in each script."""
    from articles import reference

    known = {minister.slug: minister for minister in reference.current().ministers}
    slugs = [slug for slug in _commonest_values("minister", 60) if slug in known]
    for script in SCRIPTS:
        spelled = [
            spelling
            for slug in slugs
            for kind, spelling in (("latin", known[slug].name), *known[slug].spellings)
            if kind == script and " " in spelling
        ]
        for place, name in enumerate(chance.sample(spelled, min(6, len(spelled)))):
            yield Asked(*(("full name", [("q", name)]) if place % 2 else ("surname", [("q", name.split()[-1])])))


def _commonest_values(facet: str, number: int) -> list[str]:
    """Return the values of a facet that most articles have, the commonest first."""
    from django.db.models import Count

    from articles.models import Article, CountryTag, MinisterTag, TopicTag

    of_articles = {
        "country": CountryTag.objects.values_list("country"),
        "minister": MinisterTag.objects.values_list("minister__slug"),
        "topic": TopicTag.objects.values_list("topic__slug"),
        "source": Article.objects.values_list("source__slug"),
        "lang": Article.objects.values_list("language"),
    }
    counted = of_articles[facet].annotate(number=Count("pk"))
    ordered = sorted(counted, key=lambda pair: (-pair[1], pair[0]))
    return [value for value, _ in ordered if value][:number]


def _chosen(sample: Sample, chance: random.Random) -> Iterator[Asked]:
    """Yield choices of facets' values, alone and with words, and ranges of dates."""
    for facet in ("country", "minister", "topic", "source", "lang"):
        values = _commonest_values(facet, 20)
        for place in range(6):
            value = values[place % len(values)]
            alone = place % 2 == 0
            pairs = [] if alone else [("q", _word_beside(facet, value, chance))]
            yield Asked("facet" if alone else "facet and words", [*pairs, (facet, value)])
    for place, (first, last) in enumerate(_ranges(chance, 12)):
        pairs = [("q", chance.choice(sample.commonest[_language(place)]))] if place % 2 else []
        yield Asked("dates", [*pairs, ("from", first), ("to", last)])


def _word_beside(facet: str, value: str, chance: random.Random) -> str:
    """Return a word of an article that has this value: words and facets are chosen together where they meet."""
    from articles.models import Article

    of_value = {
        "country": "country_tags__country",
        "minister": "minister_tags__minister__slug",
        "topic": "topic_tags__topic__slug",
        "source": "source__slug",
        "lang": "language",
    }
    keys = Article.objects.filter(**{of_value[facet]: value}).order_by("pk").values_list("pk", flat=True)
    return chance.choice(telling_words(Article.objects.get(pk=chance.choice(keys)).body))


def _ranges(chance: random.Random, number: int) -> Iterator[tuple[str, str]]:
    """Yield first and last days of ranges, each between the dates of two articles."""
    from articles.models import Article

    days = list(Article.objects.exclude(published_at=None).order_by("pk").values_list("published_at", flat=True))
    for _ in range(number):
        first, last = sorted(moment.date() for moment in chance.choices(days, k=2) if moment)
        yield first.isoformat(), last.isoformat()


def _others(sample: Sample, chance: random.Random) -> Iterator[Asked]:
    """Yield all there is, and pages far behind."""
    for pairs in ([], [("sort", "oldest")], [("copies", "all")], [("page", "3")]):
        yield Asked("everything", pairs)
    for place in range(6):
        word = sample.commonest[_language(place)][place // len(LANGUAGES)]
        yield Asked("deep page", [("q", word), ("page", DEEP_PAGE)])
