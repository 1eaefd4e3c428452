"""A query's tree -> what an engine is asked: names resolved, known persons widened, function words dropped."""

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from articles.models import Article, MinisterTag, Source
from articles.search import indexing, names
from articles.search.names import Names
from articles.search.params import SearchParams
from articles.search.planning import Plan, plan
from articles.search.results import typed_parts
from articles.search.tree import And, Dated, Fuzzy, InTitle, Node, Not, Or, Phrase, Prefer, Prefix, Same, Tagged, Word
from articles.search.wording import in_words
from articles.text.days import parse_period
from tests.search.gazetteers import SMALL

pytestmark = pytest.mark.django_db

LAVROV = Tagged("minister", ("sergey-lavrov",))
TRUCE = Word("truce")


def rather(word: Word) -> Prefer:
    """The word, and of what holds it rather what is about Gaza."""
    return Prefer(word, Tagged("topic", ("gaza",)))


def named(own: Node, person: Tagged = LAVROV) -> Same:
    """A name as typed, or articles tagged with the person."""
    return Same((own, person))


GAZA = rather(Word("gaza"))


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.fixture(autouse=True)
def small_gazetteer(monkeypatch: pytest.MonkeyPatch) -> None:
    known = Names(SMALL)
    monkeypatch.setattr(names, "current", lambda: known)


def planned(q: str, **fields: Any) -> Plan:
    return plan(SearchParams(q=q, **fields))


@pytest.mark.parametrize(
    ("q", "tree"),
    [
        ("", None),
        ("gaza", GAZA),
        ("gaza truce", And((GAZA, TRUCE))),
        ("gaza OR truce", Or((GAZA, TRUCE))),
        # Function words need not occur unless nothing else is left.
        ("the truce in gaza", And((TRUCE, GAZA))),
        ("the", Word("the")),
        ("to be or the", And((Word("to"), Word("be"), Word("or"), Word("the")))),
        ("the -gaza", And((Word("the"), Not(Word("gaza"))))),
        ("truce -the", And((TRUCE, Not(Word("the"))))),
        # WHO and the UN are names, unless everything is in capitals.
        ("the WHO talks", And((Word("WHO"), Word("talks")))),
        ("who talks", Word("talks")),
        ("UN truce", And((Word("UN"), TRUCE))),
        ("THE WHO", And((Word("THE"), Word("WHO")))),
        ("truce (of OR the)", TRUCE),
        ("truce title:the", TRUCE),
        ("oil/truce", And((Word("oil"), TRUCE))),
        ("oil–truce", And((Word("oil"), TRUCE))),
        ("oil,truce;gaza", And((Word("oil"), TRUCE, GAZA))),
        ("news.example/oil", Word("news.example/oil")),
        ("7/10/2023", Word("7/10/2023")),
        ("Republic of the Congo", Prefer(And((Word("Republic"), Word("Congo"))), Tagged("country", ("CG",)))),
        ("газ", Word("газ")),
        ("Газа", rather(Word("Газа"))),
        ("the OR gaza", Or((Word("the"), GAZA))),
        ('the "in the"', Phrase("in the")),
        ("the gaz*", Prefix("gaz")),
        ("the gaza~", Fuzzy("gaza")),
        ("title:the", InTitle(Word("the"))),
        ("перемирие в газе", And((Word("перемирие"), Word("газе")))),
        ("10:30", Word("10:30")),
        ("https://example.org/", Word("https://example.org/")),
        ("x:y", Word("x:y")),
        ("عبد الله", Same((And((Word("عبد"), Word("الله"))), Word("عبدالله")))),
        ("هدنة في غزة", And((Word("هدنة"), rather(Word("غزة"))))),
        # Names of fields.
        ("country:Russia", Tagged("country", ("RU",))),
        ("country:روسيا", Tagged("country", ("RU",))),
        ('country:"Saudi Arabia"', Tagged("country", ("SA",))),
        ("country:Congo", Tagged("country", ("CD", "CG"))),
        ("-country:RU", Not(Tagged("country", ("RU",)))),
        ("country:RU OR country:IR", Or((Tagged("country", ("RU",)), Tagged("country", ("IR",))))),
        ("minister:lavrov gaza", And((LAVROV, GAZA))),
        ("minister:petrov", Tagged("minister", ("ivan-petrov", "pavel-petrov"))),
        ("topic:Énergie", Tagged("topic", ("energy",))),
        ("lang:Arabic", Tagged("lang", ("ar",))),
        ("source:world-desk", Tagged("source", ("world-desk",))),
        ('source:"world desk"', Tagged("source", ("world-desk",))),
        ("about:RU", Tagged("about", ("country:RU",))),
        ("about:Russia", Tagged("about", ("country:RU",))),
        ("about:lavrov", Tagged("about", ("minister:sergey-lavrov",))),
        ("about:energy", Tagged("about", ("topic:energy",))),
        ("after:2023-10-01", Dated(first=day("2023-10-01"))),
        ("after:2023", Dated(first=day("2023-01-01"))),
        ("before:2023-10", Dated(last=day("2023-09-30"))),
        ("before:٢٠٢٣", Dated(last=day("2022-12-31"))),
        # Nothing is before the first day of the calendar.
        ("before:0001", Dated(first=day("9999-12-31"), last=day("0001-01-01"))),
        ("after:9999-12-31", Dated(first=day("9999-12-31"))),
    ],
)
def test_a_query_is_planned_without_a_word_to_the_reader(q: str, tree: Node | None) -> None:
    Source.objects.create(slug="world-desk", name="World Desk")
    found = planned(q)
    assert found.tree == tree
    assert found.understood
    assert found.messages == []
    assert found.names == []


@pytest.mark.parametrize(
    ("q", "tree", "typed"),
    [
        ("Lavrov", named(Word("Lavrov")), ["Lavrov"]),
        ("Лаврова", named(Word("Лаврова")), ["Лаврова"]),
        ("لافروف", named(Word("لافروف")), ["لافروف"]),
        ("sergey lavrov", named(And((Word("sergey"), Word("lavrov")))), ["sergey lavrov"]),
        ("the Lavrov truce", And((named(Word("Lavrov")), TRUCE)), ["Lavrov"]),
        ("gaza OR lavrov", Or((GAZA, named(Word("lavrov")))), ["lavrov"]),
        (
            "Amir-Abdollahian gaza",
            And((named(Word("Amir-Abdollahian"), Tagged("minister", ("hossein-amir-abdollahian",))), GAZA)),
            ["Amir-Abdollahian"],
        ),
        (
            "lavrov safadi",
            And((named(Word("lavrov")), named(Word("safadi"), Tagged("minister", ("ayman-safadi",))))),
            ["lavrov", "safadi"],
        ),
        # A name does not reach over what stands between.
        ('sergey "lavrov"', And((Word("sergey"), Phrase("lavrov"))), []),
        ('"Sergey Lavrov"', Phrase("Sergey Lavrov"), []),
        ("title:lavrov", InTitle(Word("lavrov")), []),
        ("lavr*", Prefix("lavr"), []),
        ("gaza -lavrov", And((GAZA, Not(Word("lavrov")))), []),
        ("gaza -(lavrov OR truce)", And((GAZA, Not(Or((Word("lavrov"), TRUCE))))), []),
        ("petrov", Word("petrov"), []),
        # The end of the name inside a word is not the word.
        ("wang-foo", Word("wang-foo"), []),
    ],
)
def test_a_known_person_is_also_found_by_the_tag_and_the_reader_is_told(q: str, tree: Node, typed: list[str]) -> None:
    found = planned(q)
    assert found.tree == tree
    assert [note.typed for note in found.names] == typed


def test_of_several_people_of_one_surname_those_are_meant_who_occur(make_article: Callable[..., Article]) -> None:
    assert planned("petrov talks").tree == And((Word("petrov"), Word("talks")))
    make_article(ministers=("ivan-petrov",))
    found = planned("petrov talks")
    assert found.tree == And((named(Word("petrov"), Tagged("minister", ("ivan-petrov",))), Word("talks")))
    make_article(ministers=("pavel-petrov",))
    found = planned("Петрова")
    assert found.tree == named(Word("Петрова"), Tagged("minister", ("ivan-petrov", "pavel-petrov")))
    assert [note.name for note in found.names] == ["Ivan Petrov", "Pavel Petrov"]
    MinisterTag.objects.filter(minister__slug="ivan-petrov").update(removed=True)
    assert [note.name for note in planned("petrov").names] == ["Pavel Petrov"]


def test_a_surname_that_is_a_common_word_in_the_archive_is_a_word(
    index: Path, make_article: Callable[..., Article]
) -> None:
    articles = [make_article("Jordan Safadi and safadi in the news") for _ in range(9)]
    indexing.update([article.pk for article in articles])
    assert planned("safadi").tree == Word("safadi")
    tagged = [make_article("Safadi", ministers=("ayman-safadi",)) for _ in range(3)]
    indexing.update([article.pk for article in tagged])
    assert planned("safadi").tree == named(Word("safadi"), Tagged("minister", ("ayman-safadi",)))
    assert planned("ayman safadi").names


def test_namesakes_are_not_told_from_hidden_articles(make_article: Callable[..., Article]) -> None:
    make_article(ministers=("ivan-petrov",), visible=False)
    assert planned("petrov").tree == Word("petrov")


def test_a_name_typed_again_is_told_once() -> None:
    assert [note.name for note in planned("lavrov OR Лавров OR gaza").names] == ["Sergey Lavrov"]


@pytest.mark.parametrize(
    "q", ["talks after the truce", "переговоры против санкций", "اجتماع بعد الهدنة", "sanciones tras"]
)
def test_prepositions_need_not_occur(q: str) -> None:
    tree = planned(q).tree
    assert not {"after", "против", "بعد", "tras"} & set(in_words(tree).split()) if tree else False


def test_a_flag_names_its_country_and_the_reader_is_told() -> None:
    found = planned("🇷🇺🇮🇷 truce")
    flags = [Same((Word(sign), Tagged("country", (code,)))) for sign, code in (("🇷🇺", "RU"), ("🇮🇷", "IR"))]
    assert found.tree == And((*flags, TRUCE))
    assert [(note.typed, note.name) for note in found.names] == [("🇷🇺", "Russia"), ("🇮🇷", "Iran")]
    assert [note.name for note in planned("🇷🇺 OR 🇷🇺").names] == ["Russia"]
    assert planned("country:🇷🇺").tree == Tagged("country", ("RU",))
    assert planned("🇷🇺", variants=False).tree == Word("🇷🇺")


def test_what_is_wrong_with_a_query_is_pointed_at() -> None:
    found = planned("truce ) country:Atlantis")
    assert [(remark.place, remark.text) for remark in found.remarks] == [
        ((6, 7), "“)” was left out: there is no ( before it."),
        ((8, 24), "“Atlantis” is not a known country: it is searched as words."),
    ]
    parts = typed_parts("truce ) country:Atlantis", found.remarks)
    assert [(part.text, bool(part.remarks)) for part in parts] == [
        ("truce ", False), (")", True), (" ", False), ("country:Atlantis", True)
    ]  # fmt: skip


def test_the_note_tells_who_is_meant_and_how_the_name_is_written() -> None:
    (note,) = planned("Лаврова").names
    assert note.name == "Sergey Lavrov"
    assert note.spellings == ("Sergey Lavrov", "سيرغي لافروف", "Сергей Лавров")


@pytest.mark.parametrize(
    ("language", "name"), [("ar", "سيرغي لافروف"), ("ru", "Сергей Лавров"), ("fr", "Sergey Lavrov")]
)
def test_the_note_names_people_as_the_reader_writes_them(language: str, name: str) -> None:
    with translation.override(language):
        (note,) = planned("lavrov").names
    assert note.name == name


def test_names_are_searched_as_typed_when_variants_are_switched_off() -> None:
    found = planned("sergey lavrov truce", variants=False)
    assert found.tree == And((Word("sergey"), Word("lavrov"), TRUCE))
    assert found.names == []
    # A field names a person all the same.
    assert planned("minister:lavrov", variants=False).tree == LAVROV


@pytest.mark.parametrize(
    ("q", "tree", "in_message"),
    [
        ("country:Atlantis", Word("Atlantis"), "Atlantis"),
        ('country:"New Atlantis" truce', And((And((Word("New"), Word("Atlantis"))), TRUCE)), "New Atlantis"),
        ("topic:ru", Word("ru"), "ru"),
        ("minister:nobody", Word("nobody"), "nobody"),
        ("source:nobody", Word("nobody"), "nobody"),
        ("lang:elvish", Word("elvish"), "elvish"),
        ("about:nobody", Word("nobody"), "nobody"),
        ("about:Congo", Word("Congo"), "Congo"),
        ("about:petrov", Word("petrov"), "petrov"),
        # A field that there is not.
        ("gaza:truce", And((GAZA, TRUCE)), "gaza"),
        ("oil subtitle:truce", And((Word("oil"), Word("subtitle"), TRUCE)), "subtitle"),
        ("-subtitle:truce", Not(And((Word("subtitle"), TRUCE))), "subtitle"),
        ("after:yesterday", Word("yesterday"), "yesterday"),
        ("before:2023-13", Word("2023-13"), "2023-13"),
        ("gaza OR", GAZA, "OR"),
        ("gaza )", GAZA, ")"),
    ],
)
def test_what_names_nothing_known_is_searched_as_words_and_the_reader_is_told(
    q: str, tree: Node, in_message: str
) -> None:
    found = planned(q)
    assert found.tree == tree
    assert len(found.messages) == 1
    assert in_message in found.messages[0]


@pytest.mark.parametrize("q", ["()", "***", "OR", '"', "-", "country:", "?!"])
def test_where_no_word_serves_the_query_is_not_understood(q: str) -> None:
    found = planned(q)
    assert found.tree is None
    assert not found.understood


def test_no_words_are_no_misunderstanding() -> None:
    assert planned("").understood
    assert planned("", include={"country": ("RU",)}).understood


def test_the_filters_of_the_address_are_handed_on() -> None:
    filters = planned(
        "",
        include={"country": ("RU", "IR")},
        exclude={"lang": ("en",)},
        all_of=frozenset({"country"}),
        date_from=parse_period("2023"),
        date_to=parse_period("2023-10"),
        undated=False,
    ).filters
    assert filters.include == {"country": ("RU", "IR")}
    assert filters.exclude == {"lang": ("en",)}
    assert filters.all_of == {"country"}
    assert (filters.first_day, filters.last_day) == (day("2023-01-01"), day("2023-10-31"))
    assert filters.undated is False


@pytest.mark.parametrize(
    ("about", "subjects", "messages"),
    [
        (("RU",), ("country:RU",), 0),
        (("Russia", "topic:gaza"), ("country:RU", "topic:gaza"), 0),
        (("سيرغي لافروف",), ("minister:sergey-lavrov",), 0),
        (("nobody",), (), 1),
        (("colour:red",), (), 1),
        (("Congo",), (), 1),
        (("petrov", "gaza"), ("topic:gaza",), 1),
    ],
)
def test_main_subjects_of_the_address_are_resolved_or_named(
    about: tuple[str, ...], subjects: tuple[str, ...], messages: int
) -> None:
    found = planned("", about=about)
    assert found.filters.about == subjects
    assert len(found.messages) == messages
