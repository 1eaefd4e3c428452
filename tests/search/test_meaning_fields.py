"""What names mean in a search, with a field before them and without, sentence by sentence."""

from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from articles.models import Article
from tests.search import test_searching
from tests.search.asking import Archive, address_of, ask, found, found_silently, links, mistaken, text, titles, visit

small_gazetteer = test_searching.small_gazetteer


# --- fields


@pytest.fixture
def fields(archive: Archive) -> list[Article]:
    return archive(
        {
            "title": "alfa summit",
            "body": "Talks.",
            "countries": ("RU", "IR"),
            "ministers": ("sergey-lavrov", "wang-yi"),
            "topics": ("gaza",),
            "main": ("RU", "sergey-lavrov"),
        },
        {
            "title": "bravo talks",
            "body": "A summit.",
            "countries": ("IR",),
            "topics": ("gaza", "energy"),
            "main": ("gaza", "IR"),
            "source": "Gulf Desk",
        },
        {"title": "charlie summits", "body": "Nothing.", "countries": ("CD",), "main": ("CD",), "language": "ar"},
        {"title": "delta", "body": "Congo", "countries": ("CG",), "ministers": ("ivan-petrov",), "language": "ru"},
        {"title": "echo", "body": "Petrov spoke", "ministers": ("pavel-petrov",), "source": "Gulf Desk"},
    )


def test_a_field_narrows_the_search_to_what_it_names(fields: Any) -> None:
    cases = [
        ("title:summit", "alfa charlie"),
        ('title:"summit"', "alfa"),
        ('title:"alfa summit"', "alfa"),
        ("title:summ*", "alfa charlie"),
        ("title:sumit~", "alfa"),
        ("summit -title:summit", "bravo"),
        ("title:summit OR title:talks", "alfa bravo charlie"),
        ("title:nothing", ""),
        ("country:RU", "alfa"),
        ("country:IR", "alfa bravo"),
        ("country:Russia", "alfa"),
        ("country:Россия", "alfa"),
        ("country:إيران", "alfa bravo"),
        ("country:ايران", "alfa bravo"),
        ('country:"Democratic Republic of the Congo"', "charlie"),
        ("country:Congo", "charlie delta"),
        ("country:RU country:IR", "alfa"),
        ("country:RU OR country:CD", "alfa charlie"),
        ("-country:IR", "charlie delta echo"),
        ("country:TR", ""),
        ("minister:sergey-lavrov", "alfa"),
        ("minister:lavrov", "alfa"),
        ("minister:Лавров", "alfa"),
        ("minister:لافروف", "alfa"),
        ('minister:"Wang Yi"', "alfa"),
        ("minister:petrov", "delta echo"),
        ('minister:"Ivan Petrov"', "delta"),
        ("-minister:lavrov -minister:petrov", "bravo charlie"),
        ("topic:gaza", "alfa bravo"),
        ("topic:غزة", "alfa bravo"),
        ("topic:Energy", "bravo"),
        ("topic:gaza -topic:energy", "alfa"),
        ("source:gulf-desk", "bravo echo"),
        ('source:"Gulf Desk"', "bravo echo"),
        ('-source:"gulf desk"', "alfa charlie delta"),
        ("lang:ar", "charlie"),
        ("lang:Arabic", "charlie"),
        ("lang:русский", "delta"),
        ("lang:ar OR lang:ru", "charlie delta"),
        ("about:RU", "alfa"),
        ("about:IR", "bravo"),
        ("about:Iran", "bravo"),
        ("about:Россия", "alfa"),
        ("about:gaza", "bravo"),
        ("about:غزة", "bravo"),
        ("about:energy", ""),
        ("about:lavrov", "alfa"),
        ('about:"Wang Yi"', ""),
        ("about:RU OR about:gaza", "alfa bravo"),
        ("country:IR -about:IR", "alfa"),
        ("about:CD", "charlie"),
        ("country:IR topic:gaza source:gulf-desk lang:en about:gaza title:talks", "bravo"),
    ]
    assert mistaken(cases, found_silently) == {}


def test_after_is_that_day_or_later_and_before_is_earlier_than_its_first_moment(archive: Archive) -> None:
    archive(
        {"title": "first", "date": "2023-10-01T00:00", "date_precision": "minute"},
        {"title": "noon", "date": "2023-10-01"},
        {"title": "eve", "date": "2023-09-30T23:59", "date_precision": "minute"},
        {"title": "old", "date": "2022-12-31"},
        {"title": "undated"},
    )
    cases = [
        ("after:2023-10-01", "first noon"),
        ("after:2023-10", "first noon"),
        ("after:2023", "eve first noon"),
        ("after:2023-10-02", ""),
        ("after:2024", ""),
        ("before:2023-10-01", "eve old"),
        ("before:2023-10-02", "eve first noon old"),
        ("before:2023-10", "eve old"),
        ("before:2023", "old"),
        ("before:2022-12-31", ""),
        ("after:2023-09-30 before:2023-10-01", "eve"),
        ("after:2023-10-01 before:2023-10-01", ""),
        ("after:2023-10 OR before:2023", "first noon old"),
        ("-after:2023-10-01", "eve old undated"),
        ("-before:2023-10-01", "first noon undated"),
        ("-after:2023 -before:2023", "undated"),
    ]
    assert mistaken(cases, found_silently) == {}


@pytest.mark.parametrize("q", ["about:Congo", "about:petrov"])
def test_about_takes_unambiguous_names_only_and_says_so(client: Client, fields: Any, q: str) -> None:
    response = visit(client, address_of(q, "variants=0"))
    word = q.split(":")[1]
    assert (
        set(titles(response.context["results"]))
        == found(word, "variants=0")
        == {"delta" if word == "Congo" else "echo"}
    )
    assert f"“{word}” is not a known" in text(response)


@pytest.mark.parametrize(
    ("q", "value"),
    [
        ("country:Atlantis", "Atlantis"),
        ("minister:Atlantis", "Atlantis"),
        ("topic:Atlantis", "Atlantis"),
        ("source:Atlantis", "Atlantis"),
        ("lang:Atlantis", "Atlantis"),
        ("about:Atlantis", "Atlantis"),
        ("after:Atlantis", "Atlantis"),
        ("before:Atlantis", "Atlantis"),
        ('country:"Atlantis rises"', "Atlantis rises"),
        ('minister:"rises Atlantis"', "rises Atlantis"),
        ("country:Atlantis rises", "Atlantis"),
        ("-oil country:atlantis", "atlantis"),
    ],
)
def test_a_field_with_an_unknown_name_is_words_and_the_page_says_so(
    archive: Archive, client: Client, q: str, value: str
) -> None:
    archive({"title": "alfa", "body": "Atlantis rises"}, {"title": "bravo", "body": "Oil rises"})
    response = visit(client, address_of(q))
    assert titles(response.context["results"]) == ["alfa"]
    assert f"“{value}” is not a" in text(response)
    assert "it is searched as words" in text(response)


@pytest.mark.parametrize(
    "q", ["colour:red", "minstr:lavrov", "text:truce", "body:truce", "id:1", "https://example.org/"]
)
def test_what_is_no_field_is_words(archive: Archive, q: str) -> None:
    archive({"title": "alfa", "body": q.replace(":", " ")}, {"title": "bravo", "body": "Red truce by Lavrov 1"})
    assert found(q, "variants=0") == {"alfa"}


# --- names


@pytest.fixture
def lavrov(archive: Archive) -> list[Article]:
    tag = {"ministers": ("sergey-lavrov",)}
    return archive(
        {"title": "latin", "body": "Sergey Lavrov spoke", **tag},
        {"title": "arabic", "body": "قال لافروف", "language": "ar", **tag},
        {"title": "russian", "body": "Приём у Лаврова", "language": "ru", **tag},
        {"title": "office", "body": "the Russian foreign minister", **tag},
        {"title": "other", "body": "Wang Yi spoke", "ministers": ("wang-yi",)},
    )


EVERY_LAVROV = {"latin", "arabic", "russian", "office"}


@pytest.mark.parametrize(
    ("q", "typed"),
    [
        ("Lavrov", "Lavrov"),
        ("lavrov", "lavrov"),
        ("Sergey Lavrov", "Sergey Lavrov"),
        ("Лавров", "Лавров"),
        ("Лаврова", "Лаврова"),
        ("Сергеем Лавровым", "Сергеем Лавровым"),
        ("لافروف", "لافروف"),
        ("سيرغي لافروف", "سيرغي لافروف"),
        ("ولافروف", "ولافروف"),
        ("Lavrov OR nowhere", "Lavrov"),
        ("(Lavrov)", "Lavrov"),
    ],
)
def test_a_known_name_in_any_script_finds_the_person_and_the_page_says_so(
    client: Client, lavrov: Any, q: str, typed: str
) -> None:
    response = visit(client, address_of(q))
    results = response.context["results"]
    assert set(titles(results)) == EVERY_LAVROV
    assert [note.typed for note in results.names] == [typed]
    for spelling in ("Sergey Lavrov", "سيرغي لافروف", "Сергей Лавров"):
        assert spelling in text(response)
    assert "in any script" in text(response)
    assert any("variants=0" in link for link in links(response))


def test_a_name_and_another_word_must_both_hold(lavrov: Any) -> None:
    assert found("Лавров spoke") == {"latin"}
    assert found("Lavrov minister") == {"office"}


def test_two_names_are_both_widened_and_both_said(client: Client, lavrov: Any) -> None:
    results = ask(client, "لافروف OR 王毅 OR Wang")
    assert set(titles(results)) == EVERY_LAVROV | {"other"}
    assert [note.name for note in results.names] == ["Sergey Lavrov", "Wang Yi"]


@pytest.mark.parametrize(("q", "expected"), [("Lavrov", "latin"), ("لافروف", "arabic"), ("Лавров", "russian")])
def test_finding_names_in_other_scripts_can_be_switched_off(client: Client, lavrov: Any, q: str, expected: str) -> None:
    (way,) = {link for link in links(visit(client, address_of(q))) if "variants=0" in link}
    assert way == f"/?q={quote(q)}&variants=0"
    response = visit(client, way)
    assert titles(response.context["results"]) == [expected]
    assert "in any script" not in text(response)


@pytest.mark.parametrize("q", ["nowhere", "minister", '"Lavrov"', "country:RU"])
def test_where_no_name_is_meant_the_page_speaks_of_none(client: Client, lavrov: Any, q: str) -> None:
    response = visit(client, address_of(q))
    assert response.context["results"].names == ()
    assert "in any script" not in text(response)


@pytest.mark.parametrize(
    ("q", "body", "language"),
    [
        ("Лаврова", "Лавров прибыл", "ru"),
        ("Лаврову", "Лавров прибыл", "ru"),
        ("الاردني", "الوفد الأردني", "ar"),
        ("الأردني", "الوفد الاردني", "ar"),
        ("Turkiye", "Türkiye agreed", "en"),
        ("TURKIYE", "Türkiye agreed", "tr"),
        ("Türkiye", "Turkiye agreed", "en"),
        ("وزير", "قال ووزير الخارجية", "ar"),
        ("وَزِير", "قال ووزير الخارجية", "ar"),
        ("وزير", "قال وَوَزِيرُ الخارجية", "ar"),
    ],
)
@pytest.mark.parametrize("rest", ["", "variants=0"])
def test_forms_of_a_word_and_spellings_of_a_letter_find_each_other(
    archive: Archive, q: str, body: str, language: str, rest: str
) -> None:
    archive({"title": "alfa", "body": body, "language": language}, {"title": "bravo", "body": "Oil"})
    assert found(q, rest) == {"alfa"}
