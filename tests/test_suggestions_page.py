"""The lines that the search box fetches while somebody types, from outside."""

import re

import pytest

from tests.test_pages import text_of


@pytest.fixture
def filled(archive):
    return archive(
        {
            "title": "Ceasefire talks in Cairo",
            "body": "They met.",
            "countries": ("EG",),
            "ministers": ("sergey-lavrov",),
            "topics": ("gaza",),
        },
        {"title": "Ceasefire & <b>more</b>", "body": "They met again.", "source": "Cairo & Sons"},
    )


def lines(response) -> list[tuple[str, str, str]]:
    """Kind, label and address of each line."""
    found = re.findall(
        r'<li role="option" id="suggestion-\d+" data-address="([^"]*)">.*?<bdi>([^<]*)</bdi>.*?"detail">([^<]*)<',
        text_of(response),
    )
    return [(kind, label, address.replace("&amp;", "&")) for address, label, kind in found]


@pytest.fixture
def known(filled):
    """The gazetteer's names of what the articles are tagged with."""
    from articles import reference
    from articles.models import Country, CountryName, Minister, MinisterName

    Country.objects.filter(code="EG").update(name="Egypt")
    CountryName.objects.create(country_id="EG", language="en", kind="name", text="Egypt")
    minister = Minister.objects.get(slug="sergey-lavrov")
    MinisterName.objects.create(minister=minister, script="cyrillic", text="Сергей Лавров")
    reference.raise_version()
    return filled


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("egy", ("Country", "Egypt", "/?country=EG")),
        ("lavr", ("Minister", "Sergey Lavrov", "/?minister=sergey-lavrov")),
        ("лавр", ("Minister", "Sergey Lavrov", "/?minister=sergey-lavrov")),
        ("gaz", ("Topic", "Gaza", "/?topic=gaza")),
        ("cairo", ("Source", "Cairo &amp; Sons", "/?source=cairo-%26-sons")),
        ("cease", ("Words", "ceasefire", "/?q=ceasefire")),
    ],
)
def test_a_beginning_suggests_what_it_may_become(client, known, typed, line):
    assert line in lines(client.get("/suggestions/", {"q": typed}))


def test_another_spelling_that_was_typed_is_shown_beside_the_name(client, known):
    assert '<bdi class="matched">Сергей Лавров</bdi>' in text_of(client.get("/suggestions/?q=лавр"))


def test_filters_stay_and_the_count_is_left_out_as_they_would_change_it(client, known):
    response = client.get("/suggestions/?q=lavr&country=EG&-topic=energy&page=4")
    assert lines(response)[0][2] == "/?country=EG&minister=sergey-lavrov&-topic=energy"
    assert 'class="count"' not in text_of(response)
    assert 'class="count">1<' in text_of(client.get("/suggestions/?q=lavr"))


def test_they_speak_the_readers_language(client, known):
    (kind, label, address), *_rest = lines(client.get("/ar/suggestions/?q=egy"))
    assert (label, address) == ("مصر", "/ar/?country=EG")
    assert kind == "الدولة"


@pytest.mark.parametrize(
    "typed", ["", "e", " ", "\x00", '"><script>alert(1)</script>', "-(", "é" * 600, "a:b:c", "%%%"]
)
def test_what_has_no_completion_has_no_lines_and_is_no_error(client, known, typed):
    response = client.get("/suggestions/", {"q": typed})
    assert response.status_code == 200
    assert "<script>" not in text_of(response)
    assert lines(response) == []


def test_a_hidden_article_suggests_nothing(client, known):
    from articles.search import indexing

    for article in known:
        article.visible = False
        article.save()
    indexing.update([article.pk for article in known])
    for typed in ("egy", "lavr", "cease", "cairo"):
        assert lines(client.get("/suggestions/", {"q": typed})) == []


def test_without_an_index_there_are_none(client, known, index):
    (index / "LIVE").unlink()
    response = client.get("/suggestions/?q=lavr")
    assert (response.status_code, lines(response)) == (200, [])
