"""What a search marks in a text: its words in all their forms, phrases, near words, and the people asked for."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.grammar import parse
from articles.search.snippets.html import article_snippet, marked
from articles.search.snippets.marking import SEARCHED, Marker, evidence
from articles.search.tree import And, Not, Or, Phrase, Prefer, Same, Tagged, Word
from articles.text.analysis import analyze, query_stems
from articles.text.tokens import tokenize

MARK = re.compile(r"<mark>(.*?)</mark>", re.DOTALL)


def marks(query: str, text: str, language: str = "en") -> list[str]:
    """Return what a query marks in a text, as read by a person."""
    shown = marked(text, Marker.of(parse(query).tree).spans(text, language))
    return [html.unescape(found) for found in MARK.findall(shown)]


@pytest.mark.parametrize(
    ("query", "text", "language", "found"),
    [
        # forms and stems
        ("truce", "The truce held; the TRUCE, they said.", "en", ["truce", "TRUCE"]),
        ("minister", "Two ministers met a minister.", "en", ["ministers", "minister"]),
        ('"minister"', "Two ministers met a minister.", "en", ["minister"]),
        ("negociación", "Las negociaciones siguen", "es", ["negociaciones"]),
        ("ministre", "Les ministres d'Iran", "fr", ["ministres"]),
        ("iran", "Le ministre d'Iran, l'Iran", "fr", ["Iran", "Iran"]),
        ("Лаврова", "Лавров и Лаврову", "ru", ["Лавров", "Лаврову"]),
        ("лавров", "Lavrov (Лаврова)", "en", ["Лаврова"]),
        ("елка", "Ёлка и ёлки", "ru", ["Ёлка", "ёлки"]),
        ("وزير", "وقال ووزير الخارجية", "ar", ["ووزير"]),
        ("الاردن", "في الأردن وبالأردن", "ar", ["الأردن", "وبالأردن"]),
        ("وزير", "قال وَزِيرُ الخارجية", "ar", ["وَزِيرُ"]),
        ("وزير", "قال وزيـــر الخارجية", "ar", ["وزيـــر"]),
        ("turkiye", "Türkiye", "en", ["Türkiye"]),
        ("U.S.", "The U.S. and the US", "en", ["U.S.", "US"]),
        ("iran", "Iran's envoy; l'Iran", "en", ["Iran", "Iran"]),
        ("asean", "On #RussiaASEAN today", "en", ["ASEAN"]),
        ("c++", "C, C++", "en", ["C++"]),
        ("gaza", "", "en", []),
        ("🇷🇺", "Talks 🇷🇺🇮🇷 in Tehran", "en", ["🇷🇺"]),
        ('"🇷🇺 talks"', "🇷🇺 Talks in Tehran", "en", ["🇷🇺", "Talks"]),
        ("عبدالله", "قال عبد الله أمس", "ar", ["عبد الله"]),
        ("عبد", "قال عبد الله أمس", "ar", ["عبد"]),
        # operators
        ("gaza truce", "A truce in Gaza", "en", ["truce", "Gaza"]),
        ("gaza OR truce", "A truce", "en", ["truce"]),
        ("gaza -truce", "A truce in Gaza", "en", ["Gaza"]),
        ("gaza -(truce OR aid)", "Aid and a truce in Gaza", "en", ["Gaza"]),
        ("gaza -(truce -aid)", "Aid and a truce in Gaza", "en", ["Gaza"]),
        ("title:gaza", "A truce in Gaza", "en", []),
        ("title:gaza truce", "A truce in Gaza", "en", ["truce"]),
        ("country:RU", "Russia RU", "en", []),
        # beginnings and near spellings
        ("sanct*", "Sanctions on a sanctuary", "en", ["Sanctions", "sanctuary"]),
        ("санкц*", "О санкциях", "ru", ["санкциях"]),
        ("amirab*", "Amir-Abdollahian said", "en", ["Amir-Abdollahian"]),
        ("al-sab*", "al-Sabah, al-Thani, Sabotage", "en", ["al-Sabah", "Sabotage"]),
        ("lavrof~", "Lavrov met Lavro", "en", ["Lavrov", "Lavro"]),
        ("amirabdolahian~", "Amir-Abdollahian said", "en", ["Amir-Abdollahian"]),
        # phrases
        ('"truce in Gaza"', "A truce in Gaza, a truce in Sudan", "en", ["truce in Gaza"]),
        ('"truce in Gaza"', "A truce\nin Gaza", "en", ["truce\nin Gaza"]),
        ('"truces in Gaza"', "A truce in Gaza", "en", []),
        ('"cese el fuego"', "El cese el fuego; cese del fuego", "es", ["cese el fuego"]),
        ('"министр иностранных дел"', "Министр иностранных дел; министр дел", "ru", ["Министр иностранных дел"]),
        ('"وزير الخارجية"', "وزير الخارجية ووزير الدفاع", "ar", ["وزير الخارجية"]),
        ('"hossein amirabdollahian"', "Hossein Amir-Abdollahian said", "en", ["Hossein Amir-Abdollahian"]),
        ('"amirabdollahian said"', "Amir-Abdollahian said", "en", []),
        ('"bora bora"', "Bora Bora Bora, Bora Horvat", "en", ["Bora Bora Bora, Bora"]),
        # words near each other
        ('"gaza truce"~5', "A truce in Gaza", "en", ["truce", "Gaza"]),
        ('"gaza truce"~1', "A truce now held in Gaza", "en", []),
        ('"gaza truce"~3', "Gaza. One two three four five six. A truce for all of Gaza, Gaza", "en", ["truce", "Gaza"]),
        ('"gaza gaza"~2', "Gaza, one Gaza, one two three four Gaza", "en", ["Gaza", "Gaza"]),
        ('"gaza"~3', "Gaza", "en", ["Gaza"]),
        # words of several parts, in either writing
        ("al-sabah", "Sheikh al-Sabah, alsabah, Al Sabah", "en", ["al-Sabah", "alsabah", "Al Sabah"]),
        ("al-sabah", "Al and Sabah", "en", []),
        ("amirabdollahian", "Amir-Abdollahian; Amir Abdollahian", "en", ["Amir-Abdollahian"]),
        ("amir-abdollahian", "Amirabdollahian", "en", ["Amirabdollahian"]),
        ('"al sabah"', "alsabah", "en", []),
        ("russiaasean", "On #RussiaASEAN today", "en", ["RussiaASEAN"]),
    ],
)
def test_the_words_of_a_search_are_marked_in_all_their_forms(
    query: str, text: str, language: str, found: list[str]
) -> None:
    assert marks(query, text, language) == found


WORDS = ["oil", "oils", "Amir-Abdollahian", "amir", "санкций", "санкция,", "ووزير", "وزراء", "l'Iran", "Iran's", "U.S."]
WORDS += ["US", "ministre", "#RussiaASEAN", "-", "asean", "C++", "well-known"]


@given(
    st.sampled_from(["oil", "Amir-Abdollahian", "санкции", "وزير", "ministres", "U.S.", "l'Iran", "#RussiaASEAN"]),
    st.lists(st.sampled_from(WORDS)),
    st.sampled_from(["en", "fr", "ru", "ar", ""]),
)
def test_what_the_index_has_under_a_word_is_marked(word: str, words: list[str], language: str) -> None:
    text = " ".join(words)
    terms = analyze(text, language)
    for token in tokenize(word):
        places = set(terms.exact.get(token.folded, []))
        places.update(*(terms.stems.get(stem, []) for stem in query_stems(token)))
        found = Marker.of(Word(token.text)).matches(text, language)
        assert len(found) == len(places)


def test_alternatives_and_preferences_are_marked_and_what_is_left_out_is_not() -> None:
    text = "A ceasefire or truce in Gaza and Sudan"
    tree = And(
        (
            Same((Word("truce"), Phrase("ceasefire"))),
            Prefer(Word("gaza"), Tagged("country", ("PS",))),
            Not(And((Word("sudan"), Not(Word("a"))))),
        )
    )
    spans = Marker.of(tree).spans(text, "en")
    assert [text[start:end] for start, end in spans] == ["ceasefire", "truce", "Gaza"]
    assert Marker.of(None).spans(text, "en") == []


# --- the title


@pytest.mark.parametrize(
    ("query", "title", "found"),
    [
        ("truce", "Truce <b>in</b> Gaza", "<mark>Truce</mark> &lt;b&gt;in&lt;/b&gt; Gaza"),
        ("title:gaza", "Truce in Gaza", "Truce in <mark>Gaza</mark>"),
        ("title:truce -gaza", "Truce in Gaza", "<mark>Truce</mark> in Gaza"),
        ('title:"in gaza"', "Truce in Gaza, in Sudan", "Truce <mark>in Gaza</mark>, in Sudan"),
    ],
)
def test_the_title_is_marked_too(make_article: Callable[..., Any], query: str, title: str, found: str) -> None:
    article = make_article("A truce in Gaza.", title)
    marker = Marker.of(parse(query).tree)
    assert marked(article.title, marker.spans_in(article, "title")) == found
    assert ("<mark>" in article_snippet(article, marker)) == ("title:" not in query)


def test_a_title_made_from_the_text_is_no_title_to_the_index(make_article: Callable[..., Any]) -> None:
    article = make_article("Truce in Gaza.", "Truce in Gaza", title_made=True)
    assert Marker.of(parse("title:gaza").tree).spans_in(article, "title") == []
    assert Marker.of(parse("gaza").tree).spans_in(article, "title") == [(9, 13)]


# --- people


def test_a_person_asked_for_is_marked_where_the_text_names_him(make_article: Callable[..., Any]) -> None:
    article = make_article("قال لافروف أمس", "Lavrov speaks", ministers=("sergey-lavrov", "wang-yi"))
    tag = article.minister_tags.get(minister__slug="sergey-lavrov")
    tag.evidence = [["title", 0, 6], ["body", 4, 10], ["body", 4, 9999], ["body", -1, 3]]
    tag.save()
    tree = Or((Word("Лавров"), Tagged("minister", ("sergey-lavrov",))))
    assert Marker.of(tree).spans_in(article, "title") == [(0, 6)]
    assert Marker.of(tree).spans_in(article, "body") == [(4, 10)]
    assert Marker.of(Tagged("about", ("country:RU", "minister:sergey-lavrov"))).spans_in(article, "body") == [(4, 10)]
    assert Marker.of(Not(tree)).spans_in(article, "body") == []
    assert evidence(article, {"wang-yi": 2}, "title", 100) == []
    assert Marker.of(And((Word("x"), Tagged("country", ("RU",))))).spans_in(article, "title") == []
    assert article_snippet(article, Marker.of(tree)) == "قال <mark>لافروف</mark> أمس"


def test_a_very_long_text_is_looked_through_from_its_beginning_only(make_article: Callable[..., Any]) -> None:
    article = make_article("gaza " + "x " * SEARCHED + "gaza")
    assert Marker.of(Word("gaza")).spans_in(article, "body") == [(0, 4)]
    assert Marker.of(Word("gaza")).spans(f"{'x' * (SEARCHED - 5)} gazain", "en") == []
