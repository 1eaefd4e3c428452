"""The page with all values of a facet in a search, from outside; the search page fetches it into a dialog."""

import re

import pytest

from tests.test_pages import Links, addresses, text_of

CODES = ("RU", "EG", "QA", "TR", "CN", "US", "IR", "IL", "PS", "JO", "SA", "LB", "CI")


@pytest.fixture
def filled(archive):
    """Thirteen countries in one article, the first two of them in another."""
    return archive(
        {"title": "A long list", "body": "All of them met.", "countries": CODES, "topics": ("gaza",)},
        {"title": "A short list", "body": "Two of them met.", "countries": CODES[:2], "topics": ("energy",)},
    )


def labels(response) -> list[str]:
    page = text_of(response)
    return re.findall(r"<bdi>([^<]+)</bdi>", page[page.index('id="values-form"') :])


def test_the_list_holds_every_value_with_its_count_the_most_articles_first(client, filled):
    response = client.get("/filters/country/?q=met")
    assert len(labels(response)) == 13
    assert labels(response)[:2] == ["Egypt", "Russia"]
    assert re.findall(r'<span class="count">(\d+)</span>', text_of(response))[:3] == ["2", "2", "1"]


def test_it_can_be_ordered_by_name(client, filled):
    found = labels(client.get("/filters/country/?order=name"))
    assert found[:3] == ["China", "Côte d’Ivoire", "Egypt"]


@pytest.mark.parametrize(
    ("letters", "found"),
    [
        ("isr", ["Israel"]),
        ("COTE", ["Côte d’Ivoire"]),
        ("ci", ["Côte d’Ivoire"]),
        ("  u ", ["Russia", "Saudi Arabia", "Türkiye", "United States"]),
        ("zzz", []),
        ("\x00", None),
        ("%", []),
        ("<script>", []),
    ],
)
def test_typed_letters_narrow_it_whatever_their_accents(client, filled, letters, found):
    response = client.get("/filters/country/", {"letters": letters, "order": "name"})
    assert response.status_code == 200
    assert "<script>" not in text_of(response)
    assert len(labels(response)) == 13 if found is None else labels(response) == found


def test_chosen_values_come_first_and_what_is_chosen_stays_chosen_where_it_is_not_listed(client, filled):
    assert labels(client.get("/filters/country/?country=CN&order=name"))[0] == "China"
    page = Links(text_of(client.get("/filters/country/?country=CN&country=EG&letters=egy&q=met&topic=gaza")))
    sent = {
        (control["name"], control["value"])
        for control in page.controls
        if control.get("type") == "hidden" or (control.get("name") == "country" and "checked" in control)
    }
    assert {("country", "CN"), ("country", "EG"), ("q", "met"), ("topic", "gaza")} <= sent


def test_excluded_values_are_said_to_be_and_lead_on_when_chosen(client, filled):
    page = text_of(client.get("/filters/country/?-country=EG"))
    assert re.search(r"Excluded:</span> <s><bdi>Egypt</bdi></s>", page)
    assert '<input type="hidden" name="-country" value="EG">' in page


@pytest.mark.parametrize(("name", "offered"), [("country", True), ("topic", True), ("lang", False), ("source", False)])
def test_all_of_the_chosen_ones_can_be_asked_for_where_an_article_can_have_several(client, filled, name, offered):
    page = text_of(client.get(f"/filters/{name}/"))
    assert (f'name="all" value="{name}"' in page) == offered


def test_the_chosen_way_of_combining_is_not_lost(client, filled):
    page = Links(text_of(client.get("/filters/country/?all=country&all=topic&country=EG&country=RU")))
    alls = {control["value"]: control for control in page.controls if control.get("name") == "all"}
    assert "checked" in alls["country"]
    assert alls["topic"]["type"] == "hidden"


def test_without_scripts_it_is_a_page_with_a_way_back(client, filled):
    response = client.get("/filters/country/?q=met&page=3")
    assert "/?q=met" in addresses(response)
    assert "<!doctype html>" in text_of(response)
    assert 'content="noindex, follow"' in text_of(response)


def test_a_script_gets_the_list_alone(client, filled):
    response = client.get("/filters/country/?q=met", headers={"HX-Request": "true"})
    assert "<!doctype" not in text_of(response)
    assert len(labels(response)) == 13
    assert "HX-Request" in response["Vary"]


@pytest.mark.parametrize(
    "address",
    ["/filters/price/", "/filters/q/", "/filters//", "/filters/country%00/"],
)
def test_what_is_no_facet_is_not_found(client, filled, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "query", ["order=up", "letters=" + "x" * 5000, "page=-1&per=7", "country=ZZ", "q=-(", "q=" + "(" * 400, "from=x"]
)
def test_odd_parameters_are_no_error(client, filled, query):
    assert client.get(f"/filters/country/?{query}").status_code == 200


def test_a_hidden_article_adds_no_value(client, filled):
    filled[0].__class__.objects.filter(pk=filled[0].pk).update(visible=False)
    from articles.search import indexing

    indexing.update([filled[0].pk])
    assert labels(client.get("/filters/country/")) == ["Egypt", "Russia"]


def test_without_an_index_it_says_so(client, filled, index):
    (index / "LIVE").unlink()
    response = client.get("/filters/country/")
    assert response.status_code == 503
    assert "not available" in text_of(response)
