"""What every engine must do (articles.search.engines.base). A new engine adds its name to ENGINES."""

import datetime
import random
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings as django_settings
from haystack import connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.models import Article
from articles.search import indexing
from articles.search.engines.base import MAX_EXPANSIONS, MOST_COPIES, Answer, EngineUnavailable, Filters, Request
from articles.search.tree import (
    And,
    Compared,
    Dated,
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
from articles.text.analysis import analyze, query_stems
from articles.text.tokens import tokenize

ENGINES = ["articles.search.engines.whoosh.WhooshEngine"]
FACETS = ("country", "minister", "topic", "source", "lang")

Archive = Callable[..., list[Article]]


@pytest.fixture(params=ENGINES, ids=lambda name: name.rsplit(".", 1)[-1])
def engine(request: pytest.FixtureRequest, db: None, tmp_path: Path) -> Iterator[Any]:
    """The backend of an engine over an empty index."""
    options = connections.connections_info["default"]
    before = dict(options)
    options.update(ENGINE=request.param, PATH=str(tmp_path / "index"))
    connections.reload("default")
    indexing.clear()
    yield connections["default"].get_backend()
    options.clear()
    options.update(before)
    connections.reload("default")


@pytest.fixture(params=["UTC", "Asia/Tokyo", "America/New_York"])
def zone(request: pytest.FixtureRequest, settings: Any, engine: Any) -> str:
    """The site's time zone, over an empty index that was made for it."""
    settings.TIME_ZONE = request.param
    connections.reload("default")
    indexing.clear()
    return str(request.param)


@pytest.fixture
def fill(engine: Any, make_article: Callable[..., Article]) -> Archive:
    """Return a function that makes articles and indexes them in one commit."""

    def fill(*rows: dict[str, Any]) -> list[Article]:
        articles = [make_article(**row) for row in rows]
        indexing.update([article.pk for article in articles])
        return articles

    return fill


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


# --- words

TEXTS = {
    "truce": {"title": "Truce in Gaza", "body": "Mediators announced a ceasefire. Oil prices fell."},
    "oil": {"title": "Oil ministers meet", "body": "Prices of crude oil rose after the minister spoke of truces."},
    "sabah": {
        "title": "Kuwait",
        "body": "Sheikh al-Sabah received Hossein Amir-Abdollahian for U.S.-led talks on C++.",
    },
    "asean": {"title": "Summit", "body": "The The played at the summit. #RussiaASEAN Türkiye Iran's l'Irak"},
    "russian": {"title": "Переговоры", "body": "Лавров прибыл в Турцию. О полётах говорили мало.", "language": "ru"},
    "arabic": {"title": "لقاء", "body": "قال ووزير الخارجية الأردني إن الهُدنة في غزّة تبدأ.", "language": "ar"},
    "spanish": {"title": "Reunión", "body": "Los ministros de España hablaron de sanciones.", "language": "es"},
    "french": {"title": "Sommet", "body": "Une mission européenne à Téhéran.", "language": "fr"},
    "flags": {"title": "", "body": "🇷🇺🇹🇷 Consultations were held 🇩🇿 yesterday. قال عبد الله أبو حبيب"},
    "far": {"title": "", "body": "alpha " + "filler " * 8 + "omega", "language": ""},
    "made": {"title": "Alpha news of the day", "title_made": True, "body": "Nothing else here.", "language": "pt"},
}


@pytest.mark.parametrize(
    ("tree", "found"),
    [
        (Word("truce"), "truce oil"),
        (Word("TRUCE"), "truce oil"),
        (Word("minister"), "oil"),
        (Word("ministers"), "oil"),
        (Word("ministros"), "spanish"),
        (Word("ministro"), "spanish"),
        (Word("nowhere"), ""),
        (Word("europeen"), "french"),
        (Word("ASEAN"), "asean"),
        (Word("russia"), "asean"),
        (Word("RussiaASEAN"), "asean"),
        (Word("turkiye"), "asean"),
        (Word("Iran"), "asean"),
        (Word("Irak"), "asean"),
        (Word("C++"), "sabah"),
        (Word("🇷🇺"), "flags"),
        (Word("🇷🇺🇹🇷"), "flags"),
        (Word("🇷🇺🇮🇷"), ""),
        (Phrase("🇷🇺 consultations"), "flags"),
        (Phrase("held yesterday"), "flags"),
        (Phrase("held 🇩🇿 yesterday"), "flags"),
        (Phrase("🇮🇷 consultations"), ""),
        (Phrase("consultations yesterday 🇷🇺"), ""),
        (Word("عبدالله"), "flags"),
        (Word("ابوحبيب"), "flags"),
        (Word("US"), "sabah"),
        (Word("U.S."), "sabah"),
        (Word("al-Sabah"), "sabah"),
        (Word("alsabah"), "sabah"),
        (Word("Amirabdollahian"), "sabah"),
        (Word("sabah-al"), ""),
        (Word("Лаврова"), "russian"),
        (Word("турция"), "russian"),
        (Word("полет"), "russian"),
        (Word("وزير"), "arabic"),
        (Word("الوزير"), "arabic"),
        (Word("اردني"), "arabic"),
        (Word("هدنة"), "arabic"),
        (Word("غزة"), "arabic"),
        (And((Word("oil"), Word("gaza"))), "truce"),
        (And((Word("oil"), Word("nowhere"))), ""),
        (Or((Word("gaza"), Word("kuwait"))), "truce sabah"),
        (And((Word("oil"), Not(Word("gaza")))), "oil"),
        (And((Word("oil"), Or((Word("gaza"), Word("crude"))))), "truce oil"),
        (Not(Not(Word("gaza"))), "truce"),
        (Not(Or(tuple(Word(name) for name in ("truce", "kuwait", "summit", "sommet", "alpha", "omega")))),
         "russian arabic spanish made flags"),
        (Phrase("oil prices"), "truce"),
        (Phrase("prices oil"), ""),
        (Phrase("truces"), "oil"),
        (Phrase("the the"), "asean"),
        (Phrase("the"), "oil asean"),
        (Phrase("Лаврова"), ""),
        (Phrase("прибыл в Турцию"), "russian"),
        (Phrase("прибыл в турция"), ""),
        (Phrase("الخارجية الاردني"), "arabic"),
        (Phrase("Amir Abdollahian"), "sabah"),
        # No phrase spans the title and the body.
        (Phrase("Gaza Mediators"), ""),
        (Phrase("Gaza Mediators", 10), ""),
        (Phrase("prices crude", 1), "oil"),
        (Phrase("crude prices", 1), "oil"),
        (Phrase("prices crude", 0), ""),
        (Phrase("oil prices", 5), "truce oil"),
        (Phrase("alpha omega", 7), ""),
        (Phrase("alpha omega", 8), "far"),
        (Phrase("the the", 1), "asean"),
        (Phrase("gaza nowhere", 5), ""),
        (Prefix("minis"), "oil spanish"),
        (Prefix("Tür"), "asean"),
        (Prefix("лав"), "russian"),
        (Prefix("nowhe"), ""),
        (Prefix("al-Sab"), "sabah"),
        (Fuzzy("truse"), "truce"),
        (Fuzzy("gazza"), "truce"),
        (Fuzzy("Lavrov"), ""),
        (Fuzzy("rtuce"), ""),
        (Fuzzy("Лавроф"), "russian"),
        (InTitle(Word("oil")), "oil"),
        (InTitle(Word("minister")), "oil"),
        (InTitle(Phrase("truce in gaza")), "truce"),
        (InTitle(Phrase("oil prices")), ""),
        (InTitle(Phrase("gaza truce", 2)), "truce"),
        (InTitle(Prefix("minis")), "oil"),
        (InTitle(Fuzzy("trucy")), "truce"),
        # A title made from the text is no title.
        (Word("news"), ""),
        (InTitle(Word("news")), ""),
        (Word("ـ"), ""),
        (Phrase("…"), ""),
    ],
    ids=str,
)  # fmt: skip
def test_words_find_the_articles_that_hold_them(engine: Any, fill: Archive, tree: Node, found: str) -> None:
    names = dict(zip((article.pk for article in fill(*TEXTS.values())), TEXTS, strict=True))
    answer = engine.answer(Request(tree, limit=None))
    assert {names[pk] for pk in answer.ids} == set(found.split())
    assert answer.total == len(answer.ids) == len(answer.scores)


def test_articles_that_say_it_better_stand_first(engine: Any, fill: Archive) -> None:
    filler = " ".join(f"word{number}" for number in range(60))
    once, often, titled, stemmed = fill(
        {"title": "x", "body": f"truce {filler}"},
        {"title": "x", "body": f"truce truce truce truce {filler}"},
        {"title": "truce", "body": f"truce {filler}"},
        {"title": "x", "body": f"truces {filler}"},
    )
    answer = engine.answer(Request(Word("truce")))
    assert answer.ids == (titled.pk, often.pk, once.pk, stemmed.pk)
    assert all(score > 0 for score in answer.scores)


def test_a_rare_word_counts_more_than_a_common_one(engine: Any, fill: Archive) -> None:
    rare, common, *_ = fill(
        {"body": "pipeline one"},
        {"body": "talks two"},
        *({"body": f"talks again {number}"} for number in range(8)),
    )
    answer = engine.answer(Request(Or((Word("pipeline"), Word("talks"))), limit=None))
    assert answer.ids[0] == rare.pk
    assert common.pk in answer.ids


def test_words_that_stand_together_count_more_than_words_apart(engine: Any, fill: Archive) -> None:
    filler = " ".join(f"word{number}" for number in range(12))
    far, near, reversed_, in_forms = fill(
        {"title": "x", "body": f"truce {filler} pipeline and so on"},
        {"title": "x", "body": f"{filler} truce pipeline and so on"},
        {"title": "x", "body": f"{filler} pipeline truce and so on"},
        {"title": "x", "body": f"{filler} truces: pipelines and so on"},
        *({"title": "x", "body": f"other {filler}"} for _ in range(20)),
    )[:4]
    for tree in (And((Word("truce"), Word("pipeline"))), Or((Word("truce"), Word("pipeline")))):
        ids = engine.answer(Request(tree)).ids
        assert ids[-1] == far.pk
        assert set(ids[:2]) == {near.pk, reversed_.pk}
        assert ids[2] == in_forms.pk


def test_words_together_count_more_among_what_a_filter_leaves_of_very_many(engine: Any, fill: Archive) -> None:
    filler = " ".join(f"word{number}" for number in range(12))
    # Better for both words than those that are looked for, and more than are compared.
    fill(*({"title": "truce pipeline", "body": "truce pipeline"} for _ in range(1010)))
    fill(*({"title": "x", "body": f"other {filler}"} for _ in range(900)))
    # Where nothing else differs the later one stands first.
    near, far = fill(
        {"title": "x", "body": f"{filler} truce pipeline and so on", "countries": ("RU",)},
        {"title": "x", "body": f"truce {filler} pipeline and so on", "countries": ("RU",)},
    )
    chosen = Filters(include={"country": ("RU",)})
    assert engine.answer(Request(And((Word("truce"), Word("pipeline"))), chosen)).ids == (near.pk, far.pk)


def test_the_form_as_typed_counts_more_than_another(engine: Any, fill: Archive) -> None:
    other, typed = fill({"body": "many truces here"}, {"body": "a truce is here"})
    assert engine.answer(Request(Word("truce"))).ids == (typed.pk, other.pk)
    assert engine.answer(Request(Word("truces"))).ids == (other.pk, typed.pk)


def test_what_the_first_sentences_say_counts_more(engine: Any, fill: Archive) -> None:
    filler = " ".join(f"word{number}" for number in range(80))
    late, early = fill({"body": f"{filler} truce"}, {"body": f"truce {filler}"})
    assert engine.answer(Request(Word("truce"))).ids == (early.pk, late.pk)


@pytest.mark.parametrize("tree", [Phrase("grain deal"), Phrase("deal grain", 2), Word("grain-deal")])
def test_phrases_count_more_in_the_title_and_in_the_first_sentences_too(engine: Any, fill: Archive, tree: Node) -> None:
    filler = " ".join(f"word{number}" for number in range(60))
    late, early, titled = fill(
        {"title": "x", "body": f"{filler} grain deal {filler}"},
        {"title": "x", "body": f"grain deal {filler} {filler}"},
        {"title": "grain deal", "body": f"{filler} {filler} nothing else"},
    )
    assert engine.answer(Request(tree)).ids == (titled.pk, early.pk, late.pk)


def test_short_texts_are_compared_with_those_in_their_language(engine: Any, fill: Archive) -> None:
    long, _short = "мир " + "слово " * 60, "truce " + "word " * 8
    fill(*({"body": long, "language": "ru"} for _ in range(30)), *({"body": _short} for _ in range(30)))
    average, shorter = fill(
        {"body": "перемирие " + "слово " * 60, "language": "ru"},
        {"body": "перемирие " + "слово " * 20, "language": "ru"},
    )
    answer = engine.answer(Request(Word("перемирие")))
    assert answer.ids == (shorter.pk, average.pk)


@pytest.mark.parametrize("facet", ["country", "minister", "topic"])
def test_of_a_chosen_value_the_articles_that_are_about_it_stand_first(engine: Any, fill: Archive, facet: str) -> None:
    values = {"country": "RU", "minister": "sergey-lavrov", "topic": "gaza"}
    plural = {"country": "countries", "minister": "ministers", "topic": "topics"}[facet]
    value = values[facet]
    mentioned, main = fill(
        {"body": "truce", plural: (value,), "date": "2024-01-01"},
        {"body": "truce", plural: (value,), "main": (value,), "date": "2023-01-01"},
    )
    chosen = Filters(include={facet: (value,)})
    for request in (
        Request(Word("truce"), chosen),
        Request(None, chosen),
        Request(Tagged(facet, (value,))),
        Request(Prefer(Word("truce"), Tagged(facet, (value,)))),
    ):
        assert engine.answer(request).ids == (main.pk, mentioned.pk)
    assert engine.answer(Request(Word("truce"), chosen, order="newest")).ids == (mentioned.pk, main.pk)
    assert engine.answer(Request(Word("truce"))).ids == (mentioned.pk, main.pk)


def test_what_is_preferred_is_not_required_and_alternatives_do_not_add_up(engine: Any, fill: Archive) -> None:
    named, tagged, both, none = fill(
        {"body": "lavrov"},
        {"body": "other", "ministers": ("sergey-lavrov",)},
        {"body": "lavrov", "ministers": ("sergey-lavrov",)},
        {"body": "other"},
    )
    tag = Tagged("minister", ("sergey-lavrov",))
    answer = engine.answer(Request(Same((Word("lavrov"), tag))))
    assert set(answer.ids) == {named.pk, tagged.pk, both.pk}
    scores = dict(zip(answer.ids, answer.scores, strict=True))
    assert scores[both.pk] == max(scores[named.pk], scores[tagged.pk])
    assert engine.answer(Request(Prefer(Word("other"), tag))).ids == (tagged.pk, none.pk)


# --- the words of an index


def test_words_that_no_article_holds_are_told(engine: Any, fill: Archive) -> None:
    fill({"body": "truces in Gaza"}, {"body": "hidden words", "visible": False})
    hidden, lost, title = Word("hidden"), Word("lost"), InTitle(Word("gaza"))
    tree = And((Word("truce"), Or((lost, Word("gaza"))), Not(Word("oil")), hidden, title, Prefix("zzz")))
    assert engine.answer(Request(tree)).unknown == (lost, hidden)
    same = Same((lost, Tagged("country", ("RU",))))
    assert engine.answer(Request(same)).unknown == (lost,)
    fill({"body": "x", "countries": ("RU",)})
    assert engine.answer(Request(same)).unknown == ()


def test_a_beginning_of_too_many_words_is_told_and_the_commonest_are_searched(engine: Any, fill: Archive) -> None:
    words = [f"abc{number:03}" for number in range(MAX_EXPANSIONS + 5)]
    *_, last = fill(*({"body": word} for word in words), *({"body": word} for word in words[5:]))
    beginning, other = Prefix("abc"), Prefix("abc00")
    answer = engine.answer(Request(And((beginning, Not(other)))))
    assert answer.cut == (beginning,)
    answer = engine.answer(Request(beginning))
    assert answer.total == 2 * MAX_EXPANSIONS
    assert last.pk in engine.answer(Request(beginning, limit=None)).ids
    assert engine.answer(Request(other)).cut == ()


def test_the_words_of_the_index_are_listed_and_counted_among_visible_articles(engine: Any, fill: Archive) -> None:
    fill(
        {"title": "Truce talks", "body": "Gaza truce"},
        {"title": "Oil", "body": "Trucks in Gaza"},
        {"title": "Secret", "body": "trust", "visible": False},
    )
    assert set(engine.words("tru")) == {"truce", "trucks", "trust"}
    assert set(engine.words("t", titles=True)) == {"truce", "talks"}
    assert engine.words("zz") == {}
    assert engine.holding(["truce", "gaza", "trust", "none"]) == {"truce": 1, "gaza": 2, "trust": 0, "none": 0}
    assert engine.holding(["gaza", "oil", "secret"], titles=True) == {"gaza": 0, "oil": 1, "secret": 0}


# --- filters, counts and order against a count by hand

WORDS = ("gaza", "truce", "oil", "pipeline", "talks", "summit", "border", "envoy", "envoys", "border")
VALUES = {
    "country": ("RU", "IR", "SA", "TR"),
    "minister": ("sergey-lavrov", "wang-yi"),
    "topic": ("gaza", "energy", "asean"),
    "source": ("wire", "desk"),
    "lang": ("en", "es"),
}
DATES = (
    *(("day", text) for text in ("2022-12-31", "2023-01-01", "2023-06-15", "2024-01-01", "2024-02-29")),
    *(("minute", text) for text in ("2023-01-01T10:30", "2023-06-15T00:01", "2023-12-31T22:00", "2023-12-31T23:59")),
    *(("month", text) for text in ("2022-12-01", "2023-06-01", "2024-02-01")),
    *(("year", text) for text in ("2023-01-01", "2024-01-01")),
)


@dataclass(frozen=True)
class Row:
    """An article as the model knows it."""

    pk: int
    title: str
    body: str
    values: dict[str, tuple[str, ...]]
    about: frozenset[str]
    # When its date begins; the first and last day that it covers, in the site's zone.
    moment: datetime.datetime | None
    days: tuple[datetime.date, datetime.date] | None
    group: str
    visible: bool


def random_article(chance: random.Random) -> dict[str, Any]:
    def some(facet: str) -> tuple[str, ...]:
        return tuple(chance.sample(VALUES[facet], chance.randint(0, len(VALUES[facet]))))

    tags = {"countries": some("country"), "ministers": some("minister"), "topics": some("topic")}
    every = [value for values in tags.values() for value in values]
    return {
        "title": " ".join(chance.choices(WORDS, k=chance.randint(0, 3))),
        "body": " ".join(chance.choices(WORDS, k=chance.randint(0, 12))),
        **tags,
        "main": tuple(chance.sample(every, len(every) // 2)),
        "source": chance.choice(VALUES["source"]),
        "language": chance.choice(VALUES["lang"]),
        **dated(*chance.choice((("none", ""), *DATES))),
        "copy_group": chance.choice(("", "", "copies-1", "copies-2")),
        "visible": chance.random() > 0.15,
    }


def dated(precision: str, text: str) -> dict[str, str]:
    return {"date": text, "date_precision": precision}


def days_of(article: Article) -> tuple[datetime.date, datetime.date] | None:
    moment = article.published_at
    if moment is None:
        return None
    if article.date_precision == "minute":
        first = last = moment.astimezone(ZoneInfo(django_settings.TIME_ZONE)).date()
    else:
        first = last = moment.date()
    if article.date_precision == "month":
        last = (first + datetime.timedelta(days=31)).replace(day=1) - datetime.timedelta(days=1)
    elif article.date_precision == "year":
        last = first.replace(month=12, day=31)
    return first, last


def beginning(article: Article) -> datetime.datetime | None:
    days = days_of(article)
    if days is None or article.date_precision == "minute":
        return article.published_at
    return datetime.datetime.combine(days[0], datetime.time(), ZoneInfo(django_settings.TIME_ZONE))


def row(article: Article) -> Row:
    tags = {
        "country": [(tag.country_id, tag.main) for tag in article.country_tags.all()],
        "minister": [(tag.minister.slug, tag.main) for tag in article.minister_tags.all()],
        "topic": [(tag.topic.slug, tag.main) for tag in article.topic_tags.all()],
    }
    return Row(
        article.pk,
        article.title,
        article.body,
        {
            **{facet: tuple(value for value, _ in held) for facet, held in tags.items()},
            "source": (article.source.slug,),
            "lang": (article.language,),
        },
        frozenset(f"{facet}:{value}" for facet, held in tags.items() for value, main in held if main),
        beginning(article),
        days_of(article),
        article.copy_group or f"alone-{article.pk}",
        article.visible,
    )


def edits(word: str) -> set[str]:
    """Return all words that one insertion, deletion, replacement or swap makes of `word`, and the word itself."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    parts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    return {
        word,
        *(left + right[1:] for left, right in parts if right),
        *(left + right[1] + right[0] + right[2:] for left, right in parts if len(right) > 1),
        *(left + letter + right[1:] for left, right in parts if right for letter in letters),
        *(left + letter + right for left, right in parts for letter in letters),
    }


def holds(row: Row, node: Node) -> bool:
    """Whether the model's article matches a tree."""
    if isinstance(node, And):
        return all(holds(row, child) for child in node.children)
    if isinstance(node, Or):
        return any(holds(row, child) for child in node.children)
    if isinstance(node, Not):
        return not holds(row, node.child)
    if isinstance(node, Tagged):
        return bool(set(node.values) & (row.about if node.facet == "about" else set(row.values[node.facet])))
    if isinstance(node, Dated):
        return in_range(row, node.first, node.last)
    if isinstance(node, InTitle):
        return says([row.title], row.values["lang"][0], node.child)
    return says([row.title, row.body], row.values["lang"][0], node)


def says(texts: list[str], language: str, node: Node) -> bool:
    words = [[token.folded for token in tokenize(text)] for text in texts]
    every = [word for text in words for word in text]
    if isinstance(node, Word):
        (token,) = tokenize(node.text)
        stems = {stem for text in texts for stem in analyze(text, language).stems}
        return token.folded in every or bool(stems & set(query_stems(token)))
    if isinstance(node, Prefix):
        return any(word.startswith(node.text) for word in every)
    if isinstance(node, Fuzzy):
        return any(word in edits(node.text) and word[:2] == node.text[:2] for word in every)
    assert isinstance(node, Phrase)
    wanted = node.text.split()
    size = len(wanted) + node.slop
    for text in words:
        for place in range(len(text)):
            window = text[place : place + size]
            if window == wanted or (node.slop and not Counter(wanted) - Counter(window)):
                return True
    return False


def in_range(row: Row, first: datetime.date | None, last: datetime.date | None) -> bool:
    return row.days is not None and (first is None or row.days[1] >= first) and (last is None or row.days[0] <= last)


def passes(row: Row, filters: Filters, *, without: str = "") -> bool:
    """Whether the model's article passes the filters, `without` one facet's included values, or without "dates"."""
    for facet, chosen in filters.include.items():
        every = facet in filters.all_of
        carried = [value in row.values[facet] for value in chosen]
        if carried and (facet != without or every) and not (all(carried) if every else any(carried)):
            return False
    if any(set(values) & set(row.values[facet]) for facet, values in filters.exclude.items()):
        return False
    if not set(filters.about) <= row.about:
        return False
    if without == "dates":
        return True
    if filters.undated is True:
        return row.moment is None
    if filters.undated is False and row.moment is None:
        return False
    bounded = filters.first_day is not None or filters.last_day is not None
    return not bounded or in_range(row, filters.first_day, filters.last_day)


def expected(rows: list[Row], request: Request) -> Answer:
    """Return what an engine must answer, but for scores and the order by relevance."""
    base = [row for row in rows if (row.visible or request.hidden) and (not request.tree or holds(row, request.tree))]
    found = [row for row in base if passes(row, request.filters)]
    days = [row for row in base if passes(row, request.filters, without="dates")]
    newest = request.order != "oldest"
    found.sort(key=lambda row: row.pk, reverse=newest)
    found.sort(key=lambda row: row.moment or datetime.datetime(1900, 1, 1, tzinfo=datetime.UTC), reverse=newest)
    found.sort(key=lambda row: row.moment is None)
    counts = Counter(row.group for row in found)
    firsts = {row.group: row for row in reversed(found)}
    listed = [row for row in found if firsts[row.group] is row] if request.fold else found
    facets = {
        facet: dict(
            Counter(value for row in base if passes(row, request.filters, without=facet) for value in row.values[facet])
        )
        for facet in request.facets
    }
    return Answer(
        ids=tuple(row.pk for row in listed),
        copies={row.pk: counts[row.group] - 1 for row in listed} if request.fold else {},
        total=len(found),
        stories=len(counts),
        facets=facets,
        days=Counter(row.days[0] for row in days if row.days),
        undated=0 if request.filters.undated is False else sum(row.moment is None for row in days),
    )


def choices(facet: str, most: int = 3) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from((*VALUES[facet], "nothing")), max_size=most, unique=True).map(tuple)


SOME_DAYS = st.none() | st.sampled_from(
    sorted({day(text[:10]) for _, text in DATES} | {day("1960-01-01"), day("2023-06-20"), day("2100-01-01")})
)
SOME_WORDS = st.sampled_from([*sorted(set(WORDS)), "nowhere"])
LEAVES = st.one_of(
    SOME_WORDS.map(Word),
    st.builds(
        lambda words, slop: Phrase(" ".join(words), slop),
        st.lists(SOME_WORDS, min_size=1, max_size=3),
        st.integers(0, 3),
    ),
    SOME_WORDS.map(lambda word: Prefix(word[:3])),
    SOME_WORDS.map(lambda word: Fuzzy(word[:2] + word[3:] if len(word) > 3 else word)),
    SOME_WORDS.map(lambda word: InTitle(Word(word))),
    st.sampled_from(sorted(VALUES)).flatmap(lambda facet: choices(facet).map(lambda values: Tagged(facet, values))),
    st.builds(Dated, SOME_DAYS, SOME_DAYS),
)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, min_size=2, max_size=3).map(lambda nodes: And(tuple(nodes))),
        st.lists(inner, min_size=2, max_size=3).map(lambda nodes: Or(tuple(nodes))),
    ),
    max_leaves=5,
)
FILTERS = st.builds(
    Filters,
    include=st.fixed_dictionaries({}, optional={facet: choices(facet) for facet in FACETS}),
    exclude=st.fixed_dictionaries({}, optional={facet: choices(facet, 1) for facet in FACETS}),
    all_of=st.frozensets(st.sampled_from(("country", "minister", "topic"))),
    about=st.lists(st.sampled_from(("country:RU", "topic:gaza", "minister:wang-yi", "nothing")), max_size=1).map(tuple),
    first_day=SOME_DAYS,
    last_day=SOME_DAYS,
    undated=st.sampled_from((None, None, None, True, False)),
)
REQUESTS = st.builds(
    Request,
    tree=st.none() | TREES,
    filters=st.just(Filters()) | FILTERS,
    order=st.sampled_from(("relevance", "newest", "oldest")),
    limit=st.none(),
    facets=st.just(FACETS),
    histogram=st.just(True),
    fold=st.booleans(),
    hidden=st.booleans(),
)


@pytest.fixture
def rows(engine: Any, make_article: Callable[..., Article]) -> list[Row]:
    """Some forty random articles, indexed in several commits, some of them changed or removed afterwards."""
    chance = random.Random(20231007)
    articles = [make_article(**random_article(chance)) for _ in range(44)]
    keys = [article.pk for article in articles]
    for first in range(0, len(keys), 11):
        indexing.update(keys[first : first + 11])
    for article in articles[5:40:7]:
        article.body += " pipeline summit"
        article.visible = not article.visible
        article.save()
    indexing.update([article.pk for article in articles[5:40:7]])
    indexing.remove(keys[:4])
    return [row(article) for article in Article.objects.with_tags().exclude(pk__in=keys[:4])]


def test_any_request_is_answered_as_a_count_by_hand_answers_it(engine: Any, zone: str, rows: list[Row]) -> None:
    @settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(REQUESTS)
    def check(request: Request) -> None:
        answer, wanted = engine.answer(request), expected(rows, request)
        assert answer.total == wanted.total
        assert answer.stories == wanted.stories
        assert answer.facets == wanted.facets
        assert answer.days == wanted.days
        assert answer.undated == wanted.undated
        if request.order == "relevance":
            every = {row.pk: row for row in rows}
            assert len(set(answer.ids)) == len(wanted.ids)
            assert {every[pk].group for pk in answer.ids} == {every[pk].group for pk in wanted.ids}
            assert list(answer.scores) == sorted(answer.scores, reverse=True)
            assert {every[pk].group: count for pk, count in answer.copies.items()} == {
                every[pk].group: count for pk, count in wanted.copies.items()
            }
        else:
            assert answer.ids == wanted.ids
            assert answer.copies == wanted.copies

    check()


@pytest.mark.parametrize("order", ["relevance", "newest", "oldest"])
@pytest.mark.parametrize("fold", [False, True])
@pytest.mark.parametrize("tree", [None, Word("truce"), Or((Word("oil"), Tagged("country", ("RU",))))], ids=str)
def test_pages_hold_every_row_once_to_the_last(
    engine: Any, rows: list[Row], tree: Node | None, fold: bool, order: Any
) -> None:
    request = Request(tree, order=order, fold=fold, limit=None)
    whole = engine.answer(request)
    assert len(whole.ids) == (whole.stories if fold else whole.total) > 5
    for size in (1, 7, 10, len(whole.ids), 1000):
        ids: list[int] = []
        scores: list[float] = []
        for offset in range(0, len(whole.ids), size):
            page = engine.answer(replace(request, offset=offset, limit=size))
            assert (page.total, page.stories) == (whole.total, whole.stories)
            ids += page.ids
            scores += page.scores
        assert tuple(ids) == whole.ids
        assert tuple(scores) == whole.scores
    beyond = engine.answer(replace(request, offset=len(whole.ids), limit=10))
    assert (beyond.ids, beyond.scores, beyond.copies, beyond.total) == ((), (), {}, whole.total)


def test_no_rows_may_be_asked_for_and_all_the_numbers_still_come(engine: Any, rows: list[Row]) -> None:
    answer = engine.answer(Request(limit=0, facets=FACETS, histogram=True))
    assert answer.ids == ()
    assert answer.total == sum(row.visible for row in rows)
    assert answer.facets["source"]
    assert answer.days


def test_what_is_not_asked_for_is_not_counted(engine: Any, rows: list[Row]) -> None:
    answer = engine.answer(Request(limit=0))
    assert (answer.facets, answer.days, answer.undated, answer.copies) == ({}, {}, 0, {})


def test_equal_articles_stand_newest_first_then_by_id_and_undated_ones_last(engine: Any, fill: Archive) -> None:
    early, late, undated, same = fill(
        {"body": "truce", "date": "2023-01-01"},
        {"body": "truce", "date": "2024-01-01"},
        {"body": "truce"},
        {"body": "truce", "date": "2024-01-01"},
    )
    assert engine.answer(Request(Word("truce"))).ids == (same.pk, late.pk, early.pk, undated.pk)
    assert engine.answer(Request(order="newest")).ids == (same.pk, late.pk, early.pk, undated.pk)
    assert engine.answer(Request(order="oldest")).ids == (early.pk, late.pk, same.pk, undated.pk)


def test_dates_before_1970_have_their_place(engine: Any, fill: Archive) -> None:
    old, new = fill({"date": "1945-10-24"}, {"date": "1970-01-01"})
    assert engine.answer(Request(order="newest")).ids == (new.pk, old.pk)
    answer = engine.answer(Request(Dated(last=day("1969-12-31")), histogram=True))
    assert answer.ids == (old.pk,)
    assert answer.days == {datetime.date(1945, 10, 24): 1}


# --- what a SearchQuerySet asks for


@pytest.mark.parametrize(
    ("node", "found"),
    [
        (Compared("country", "equals", ("RU", "SA")), "early late"),
        (Compared("country", "equals", (None,)), "undated"),
        (Compared("country", "equals", ()), ""),
        (Compared("country", "between", ("RU", "SA"), (True, False)), "late"),
        (Compared("source", "begins", ("wor",)), "early late undated"),
        (Compared("source", "ends", ("desk",)), "early late undated"),
        (Compared("source", "contains", ("d-d",)), "early late undated"),
        (Compared("source", "words", ("desk world",)), "early late undated"),
        (Compared("source", "near", ("dask",)), "early late undated"),
        (Compared("published_at", "equals", (day("2023-01-01"),)), "early"),
        (Compared("published_at", "between", (day("2023-01-01"), None), (True, False)), "late"),
        (Compared("published_at", "between", (None, day("2024-01-01")), (False, True)), "early"),
        (Compared("visible", "equals", (True,)), "early late undated"),
        (Compared("visible", "equals", (0,)), "hidden"),
        (Compared("nothing", "equals", ("x",)), ""),
        (Not(Compared("nothing", "equals", (None,))), ""),
    ],
    ids=str,
)
def test_values_of_fields_are_compared(engine: Any, fill: Archive, node: Node, found: str) -> None:
    articles = fill(
        {"date": "2023-01-01", "countries": ("RU",)},
        {"date": "2024-01-01", "countries": ("SA",)},
        {},
        {"visible": False, "countries": ("IR",), "source": "Other"},
    )
    names = dict(zip((article.pk for article in articles), ("early", "late", "undated", "hidden"), strict=True))
    hidden = isinstance(node, Compared) and node.field == "visible"
    answer = engine.answer(Request(node, hidden=hidden, counted=(Compared("country", "equals", ("RU",)),)))
    assert {names[pk] for pk in answer.ids} == set(found.split())
    assert answer.counted == (int("early" in found.split()),)


def test_rows_may_be_ordered_by_fields_and_come_with_what_the_index_keeps(engine: Any, fill: Archive) -> None:
    first, second, third = fill(
        {"date": "2023-01-01", "language": "ru", "copy_group": "b"},
        {"date": "2024-01-01", "language": "en", "copy_group": "a"},
        {"language": "en", "copy_group": "c"},
    )
    for order, expected in (
        (("group",), (second, first, third)),
        (("-group",), (third, first, second)),
        (("lang", "-published_at"), (second, third, first)),
        (("-lang", "django_id"), (first, second, third)),
        (("-published_at",), (second, first, third)),
    ):
        answer = engine.answer(Request(order=order, documents=True, facets=("group",)))
        assert answer.ids == tuple(article.pk for article in expected)
        assert [document.pk for document in answer.documents] == [str(article.pk) for article in expected]
    assert answer.facets == {"group": {"a": 1, "b": 1, "c": 1}}
    document = answer.documents[0]
    assert (document.identifier, document.model) == (f"articles.article.{second.pk}", "articles.article")
    assert (document.fields["language"], document.fields["group"]) == ("en", "a")
    assert document.fields["published_at"] == datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC)
    assert engine.answer(Request(models=("auth.user",))).total == 0
    assert engine.answer(Request(models=None)).total == 3


# --- days of the site's zone


def test_a_minute_belongs_to_its_local_day_and_a_day_to_itself(engine: Any, settings: Any, fill: Archive) -> None:
    settings.TIME_ZONE = "Asia/Tokyo"
    connections.reload("default")
    indexing.clear()
    before, midnight, whole = fill(
        dated("minute", "2024-05-09T14:59"),  # 23:59 in Tokyo
        dated("minute", "2024-05-09T15:00"),  # 00:00 of the next day
        dated("day", "2024-05-10"),
    )
    backend = connections["default"].get_backend()
    answer = backend.answer(Request(filters=Filters(first_day=day("2024-05-10")), order="oldest", histogram=True))
    # The day begins with its midnight, as that article does.
    assert answer.ids == (midnight.pk, whole.pk)
    assert answer.days == {day("2024-05-09"): 1, day("2024-05-10"): 2}
    assert backend.answer(Request(Dated(last=day("2024-05-09")))).ids == (before.pk,)
    assert backend.answer(Request(order="newest")).ids == (whole.pk, midnight.pk, before.pk)


def test_days_follow_summer_time(engine: Any, settings: Any, fill: Archive) -> None:
    settings.TIME_ZONE = "America/New_York"
    connections.reload("default")
    indexing.clear()
    summer, winter, shifted = fill(
        dated("minute", "2024-07-01T04:30"),  # 00:30
        dated("minute", "2024-01-01T04:30"),  # 23:30 of the year before
        dated("minute", "2024-11-04T04:59"),  # the clocks were put back the night before: 23:59
    )
    answer = connections["default"].get_backend().answer(Request(order="oldest", histogram=True))
    assert answer.ids == (winter.pk, summer.pk, shifted.pk)
    assert answer.days == {day("2023-12-31"): 1, day("2024-07-01"): 1, day("2024-11-03"): 1}


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        ("2024-05-10", "2024-05-20", "month year"),
        ("2024-05-31", "2024-05-31", "month year"),
        ("2024-05-01", "2024-05-01", "month year"),
        ("2024-06-01", None, "year day"),
        (None, "2024-04-30", "year"),
        ("2025-01-01", None, ""),
        (None, "2023-12-31", ""),
        ("2024-01-01", "2024-12-31", "month year day"),
        (None, None, "month year day"),
        ("2024-06-15", "2024-06-14", "year"),
    ],
)
def test_a_month_and_a_year_match_every_range_that_they_overlap(
    engine: Any, zone: str, fill: Archive, first: str | None, last: str | None, found: str
) -> None:
    articles = fill(dated("month", "2024-05-01"), dated("year", "2024-01-01"), dated("day", "2024-06-15"), {})
    names = dict(zip((article.pk for article in articles), ("month", "year", "day", "undated"), strict=True))
    bounds = (day(first) if first else None, day(last) if last else None)
    for request in (Request(Dated(*bounds)), Request(filters=Filters(first_day=bounds[0], last_day=bounds[1]))):
        answer = connections["default"].get_backend().answer(request)
        if request.tree is None and first is last is None:
            assert answer.total == 4
        else:
            assert {names[pk] for pk in answer.ids} == set(found.split())


def test_a_month_and_a_year_are_counted_on_their_first_day_and_stand_there(engine: Any, fill: Archive) -> None:
    month, year, morning, undated = fill(
        dated("month", "2024-05-01"), dated("year", "2024-01-01"), dated("minute", "2024-05-01T06:00"), {}
    )
    answer = engine.answer(Request(order="oldest", histogram=True))
    assert answer.days == {day("2024-01-01"): 1, day("2024-05-01"): 2}
    assert answer.undated == 1
    assert answer.ids == (year.pk, month.pk, morning.pk, undated.pk)
    assert engine.answer(Request(order="newest")).ids == (morning.pk, month.pk, year.pk, undated.pk)


def test_an_index_of_another_zone_is_stale_and_says_so(engine: Any, settings: Any, fill: Archive) -> None:
    fill(dated("minute", "2024-05-09T15:00"))
    settings.TIME_ZONE = "Asia/Tokyo"
    connections.reload("default")
    with pytest.raises(EngineUnavailable, match=r"time zone UTC, not Asia/Tokyo.*rebuild_index"):
        connections["default"].get_backend().answer(Request())
    assert indexing.is_stale()
    indexing.rebuild()
    assert connections["default"].get_backend().answer(Request(histogram=True)).days == {day("2024-05-10"): 1}


def test_the_copies_of_a_row_are_named_in_order(engine: Any, fill: Archive) -> None:
    copies = fill(*({"body": "truce", "copy_group": "a"} for _ in range(MOST_COPIES + 3)), {"body": "truce"})
    *others, first, alone = copies
    answer = engine.answer(Request(Word("truce"), fold=True))
    assert answer.ids == (alone.pk, first.pk)
    assert answer.copies == {alone.pk: 0, first.pk: len(others)}
    assert answer.copy_ids == {first.pk: tuple(other.pk for other in reversed(others))[:MOST_COPIES]}
    assert engine.answer(Request(Word("truce"))).copy_ids == {}


def test_the_row_of_near_copies_is_the_best_of_those_that_may_be_seen(engine: Any, fill: Archive) -> None:
    group = {"copy_group": "same"}
    weak, strong, secret = fill(
        {"body": "truce and more and more and more words", **group},
        {"title": "truce", "body": "truce truce", **group},
        {"title": "truce truce", "body": "truce truce truce", "visible": False, **group},
    )
    answer = engine.answer(Request(Word("truce"), fold=True))
    assert (answer.ids, answer.copies) == ((strong.pk,), {strong.pk: 1})
    assert (answer.total, answer.stories) == (2, 1)
    answer = engine.answer(Request(Word("truce"), fold=True, hidden=True))
    assert (answer.ids, answer.copies) == ((secret.pk,), {secret.pk: 2})
    assert set(engine.answer(Request(Word("truce"))).ids) == {weak.pk, strong.pk}


# --- writing


def test_an_empty_index_answers_everything_with_nothing(engine: Any) -> None:
    for tree in (None, Word("gaza"), Not(Word("gaza")), Phrase("a b", 3), Prefix("gaz"), Fuzzy("gaza"), Dated()):
        answer = engine.answer(Request(tree, facets=FACETS, histogram=True, fold=True))
        unknown = (tree,) if isinstance(tree, Word) else ()
        assert answer == Answer(facets={facet: {} for facet in FACETS}, unknown=unknown)
    assert engine.ids() == set()


def test_an_article_indexed_again_is_found_by_its_new_words_only(engine: Any, fill: Archive) -> None:
    (article, other) = fill({"body": "truce", "countries": ("RU",)}, {"body": "oil"})
    for text in ("ceasefire", "armistice", "accord"):
        article.body = text
        article.save()
        indexing.update([article.pk])
    assert engine.answer(Request(Word("truce"))).ids == ()
    assert engine.answer(Request(Word("armistice"))).ids == ()
    assert engine.answer(Request(Word("accord"))).ids == (article.pk,)
    assert engine.answer(Request(facets=("country",))).facets == {"country": {"RU": 1}}
    assert engine.ids() == {article.pk, other.pk}


def test_tags_that_an_editor_removed_are_not_counted(engine: Any, fill: Archive) -> None:
    (article,) = fill({"countries": ("RU", "IR")})
    article.country_tags.filter(country_id="IR").update(removed=True)
    indexing.update([article.pk])
    assert engine.answer(Request(facets=("country",))).facets == {"country": {"RU": 1}}


def test_removed_articles_are_gone(engine: Any, fill: Archive) -> None:
    first, second, third = fill({"body": "truce"}, {"body": "truce"}, {"body": "truce"})
    indexing.remove([first.pk, 987_654])
    assert set(engine.answer(Request(Word("truce"))).ids) == {second.pk, third.pk}
    engine.remove(f"articles.article.{second.pk}")
    assert engine.answer(Request()).ids == (third.pk,)
    gone = third.pk
    third.delete()
    indexing.update([gone])
    assert engine.answer(Request()).total == 0


def test_what_the_database_does_not_know_is_removed(engine: Any, fill: Archive) -> None:
    first, second = fill({"body": "truce"}, {"body": "oil"})
    assert indexing.remove_strangers([first.pk]) == 1
    assert indexing.remove_strangers([first.pk]) == 0
    assert engine.ids() == {first.pk}
    assert second.pk not in engine.answer(Request()).ids


def test_a_cleared_index_is_empty_and_can_be_filled_again(engine: Any, fill: Archive) -> None:
    (article,) = fill({"body": "truce"})
    indexing.clear()
    assert engine.answer(Request()).total == 0
    indexing.update([article.pk])
    assert engine.answer(Request(Word("truce"))).ids == (article.pk,)


def test_the_old_index_answers_until_the_new_one_is_finished(engine: Any, fill: Archive) -> None:
    (article,) = fill({"body": "truce"})
    Article.objects.filter(pk=article.pk).update(body="accord")
    making = engine.rebuild()
    assert engine.answer(Request(Word("truce"))).total == 1
    assert making.add(Article.objects.with_tags()) == 1
    assert engine.answer(Request(Word("truce"))).total == 1
    assert engine.answer(Request(Word("accord"))).total == 0
    making.finish()
    assert engine.answer(Request(Word("truce"))).total == 0
    assert engine.answer(Request(Word("accord"))).ids == (article.pk,)


@pytest.mark.django_db(transaction=True)
def test_searches_go_on_in_other_threads_while_the_index_is_rebuilt(engine: Any, fill: Archive) -> None:
    fill(*({"body": f"truce number{number}"} for number in range(30)))
    stop = threading.Event()
    totals: list[int] = []
    errors: list[BaseException] = []

    def search() -> None:
        backend = connections["default"].get_backend()
        try:
            while not stop.is_set():
                totals.append(backend.answer(Request(Word("truce"), facets=FACETS)).total)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=search) for _ in range(2)]
    for thread in threads:
        thread.start()
    for _ in range(4):
        assert indexing.rebuild() == 30
        indexing.update(Article.objects.values_list("pk", flat=True)[:3])
    stop.set()
    for thread in threads:
        thread.join()
    assert errors == []
    assert totals
    assert set(totals) == {30}


def test_odd_texts_are_indexed_whole(engine: Any, fill: Archive) -> None:
    long_word = "x" * 70_000
    fill(
        {"title": "", "body": ""},
        {"title": "ـ ﹰ ʼ", "body": "ـ ـ"},
        {"title": "y", "body": f"before {long_word} after"},
        {"title": "z", "body": "-".join(["part"] * 5000)},
        {"title": "\x00\ufffe", "body": "nul\x00inside"},
        {"title": "w", "body": "truce " * 40_000},
    )
    assert engine.answer(Request()).total == 6
    assert engine.answer(Request(Phrase("truce truce"))).total == 1
    assert engine.answer(Request(Word("after"))).total == 1
    assert engine.answer(Request(Word("part"))).total == 1
    assert engine.answer(Request(Word("inside"))).total == 1


def test_a_missing_index_is_said_to_be_unavailable(engine: Any, tmp_path: Path) -> None:
    for path in sorted((tmp_path / "index").rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    with pytest.raises(EngineUnavailable, match="rebuild_index"):
        engine.answer(Request())
