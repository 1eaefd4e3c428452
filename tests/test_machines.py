"""What browsers and crawlers ask for: robots.txt, the sitemap, the description of the search, suggestions as JSON."""

import json
import re
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from articles import search as search_door
from articles import sitemaps
from articles.models import Article, ImportRun
from articles.search import searching

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
ROWS = (
    {"title": "Talks in Cairo", "countries": ("EG",), "ministers": ("sergey-lavrov",), "topics": ("gaza",)},
    {"title": "لقاء في القاهرة", "language": "ar", "countries": ("EG",)},
    {"title": "A secret", "countries": ("CN",), "ministers": ("wang-yi",), "topics": ("energy",), "visible": False},
)


def locations(client, address) -> list[str]:
    response = client.get(address)
    assert response.status_code == 200
    return [element.text for element in ElementTree.fromstring(response.content).iter(f"{SITEMAP}loc")]


@pytest.fixture
def filled(archive):
    return archive(*ROWS)


# --- robots.txt


def test_robots_may_read_the_pages_and_nothing_that_is_made_for_one_reader(client, db):
    response = client.get("/robots.txt", headers={"host": "localhost"})
    lines = response.content.decode().splitlines()
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    refused = {line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow: ")}
    assert {"/admin/", "/export.csv", "/feed.atom"} <= refused
    for prefix in ("", "/ar", "/ru"):
        assert {f"{prefix}/suggestions/", f"{prefix}/suggestions.json", f"{prefix}/filters/"} <= refused
    assert "/" not in refused
    assert "Sitemap: http://localhost/sitemap.xml" in lines


# --- the sitemap


def test_the_sitemap_leads_to_its_sections_and_they_to_pages_that_are_there(client, filled):
    sections = locations(client, "/sitemap.xml")
    assert sections == [f"http://testserver/sitemap-{name}.xml" for name in sitemaps.SECTIONS]
    for section in sections:
        for address in locations(client, section.removeprefix("http://testserver")):
            assert client.get(address.removeprefix("http://testserver")).status_code == 200, address


def test_hidden_articles_and_what_only_they_name_stand_in_no_sitemap(client, filled):
    everything = " ".join(client.get(f"/sitemap-{name}.xml").content.decode() for name in sitemaps.SECTIONS)
    assert filled[0].get_absolute_url() in everything
    assert "/countries/EG/" in everything
    for hidden in (f"/articles/{filled[2].pk}/", "secret", "/countries/CN/", "wang-yi", "/topics/energy/"):
        assert hidden not in everything


def test_an_article_says_when_it_was_changed_and_stands_there_once(client, filled):
    Article.objects.update(updated_at="2024-02-03T04:05:06Z")
    tree = ElementTree.fromstring(client.get("/sitemap-articles.xml").content)
    assert [element.text for element in tree.iter(f"{SITEMAP}lastmod")] == ["2024-02-03", "2024-02-03"]
    assert len(locations(client, "/sitemap-articles.xml")) == 2
    assert "2024-02-03" in client.get("/sitemap.xml").content.decode()


def test_a_page_names_its_other_languages(client, filled):
    tree = ElementTree.fromstring(client.get("/sitemap-countries.xml").content)
    urls = tree.findall(f"{SITEMAP}url")
    assert [url.findtext(f"{SITEMAP}loc") for url in urls] == [
        f"http://testserver{prefix}/countries/EG/" for prefix in ("", "/ar", "/ru")
    ]
    for url in urls:
        assert {link.get("hreflang"): link.get("href") for link in url.findall(f"{XHTML}link")} == {
            "en": "http://testserver/countries/EG/",
            "ar": "http://testserver/ar/countries/EG/",
            "ru": "http://testserver/ru/countries/EG/",
            "x-default": "http://testserver/countries/EG/",
        }


def test_many_articles_are_parted_into_pages_without_reading_their_texts(
    client, filled, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(sitemaps.Articles, "limit", 1)
    assert "http://testserver/sitemap-articles.xml?p=2" in locations(client, "/sitemap.xml")
    with django_assert_num_queries(2) as queries:
        assert len(locations(client, "/sitemap-articles.xml?p=2")) == 1
    assert not any('"body"' in query["sql"] for query in queries)


@pytest.mark.parametrize("address", ["/sitemap-nothing.xml", "/sitemap-articles.xml?p=99", "/sitemap-articles.xml?p=x"])
def test_a_sitemap_that_there_is_not_is_a_404(client, filled, address):
    assert client.get(address).status_code == 404


def test_an_empty_archive_has_a_sitemap(client, db):
    assert locations(client, "/sitemap-articles.xml") == []
    assert "http://testserver/ru/help/" in locations(client, "/sitemap-pages.xml")
    assert client.get("/sitemap.xml").status_code == 200


# --- the address bar


@pytest.mark.parametrize(("prefix", "language"), [("", "en"), ("/ar", "ar"), ("/ru", "ru")])
def test_a_browser_learns_how_to_search_here_in_the_language_of_the_page(client, filled, prefix, language):
    page = client.get(f"{prefix}/help/").content.decode()
    assert f'type="application/opensearchdescription+xml" href="{prefix}/opensearch.xml"' in page
    response = client.get(f"{prefix}/opensearch.xml")
    assert response["Content-Type"] == "application/opensearchdescription+xml"
    tree = ElementTree.fromstring(response.content)
    assert tree.findtext(f"{OPENSEARCH}Language") == language
    assert 0 < len(tree.findtext(f"{OPENSEARCH}ShortName")) <= 16
    templates = {url.get("type"): url.get("template") for url in tree.findall(f"{OPENSEARCH}Url")}
    site = f"http://testserver{prefix}"
    assert templates["text/html"] == f"{site}/?q={{searchTerms}}"
    found = client.get(templates["text/html"].removeprefix("http://testserver").replace("{searchTerms}", "talks"))
    assert found.context["results"].total == 1
    suggested = templates["application/x-suggestions+json"]
    assert suggested == f"{site}/suggestions.json?q={{searchTerms}}"


def test_suggestions_are_what_an_address_bar_reads(client, filled):
    response = client.get("/suggestions.json?q=lav")
    assert response["Content-Type"] == "application/x-suggestions+json"
    typed, labels, counts, addresses = json.loads(response.content)
    assert typed == "lav"
    assert labels == ["Sergey Lavrov"]
    assert counts == ["1 article"]
    assert addresses == ["http://testserver/?minister=sergey-lavrov"]
    assert json.loads(client.get("/ru/suggestions.json?q=lav").content)[3] == [
        "http://testserver/ru/?minister=sergey-lavrov"
    ]


@pytest.mark.parametrize("typed", ["", "x", "%00", "%ff%fe", "%ED%A0%80", "x" * 10_000, "%3Cscript%3E", '"', "-("])
def test_whatever_is_typed_gets_an_answer(client, filled, typed):
    response = client.get(f"/suggestions.json?q={typed}")
    assert response.status_code == 200
    assert json.loads(response.content)[1:] == [[], [], []]


def test_without_an_index_there_are_no_suggestions(client, filled, monkeypatch):
    def fail(typed, **options):
        raise search_door.EngineUnavailable("It is gone.")

    monkeypatch.setattr(search_door, "suggest", fail)
    response = client.get("/suggestions.json?q=lav")
    assert (response.status_code, json.loads(response.content)) == (503, ["lav", [], [], []])


def test_suggestions_never_name_what_only_hidden_articles_carry(client, filled):
    assert json.loads(client.get("/suggestions.json?q=wang").content)[1] == []


# --- what else stands in the head of a page


@pytest.mark.parametrize("name", ["robots.txt", "sitemap.xml", "opensearch.xml", "suggestions.json", "feed.atom"])
def test_what_programs_ask_for_cannot_be_posted_to_and_sets_no_cookie(client, filled, name):
    assert not client.get(f"/{name}").cookies
    if name != "sitemap.xml":
        assert client.post(f"/{name}").status_code == 405


def test_a_page_has_its_icons_and_colours(client, filled):
    page = client.get("/help/").content.decode()
    assert page.count('<meta name="theme-color"') == 2
    assert f'href="{settings.STATIC_URL}apple-touch-icon.png"' in page
    assert finders.find("apple-touch-icon.png")


# --- the help


def test_the_help_says_what_is_in_the_archive_without_what_is_hidden(client, filled):
    ImportRun.objects.create(state="finished", finished_at="2024-02-03T04:05:06Z")
    page = " ".join(re.sub("<[^>]*>", " ", client.get("/help/").content.decode()).split())
    assert "The archive holds 2 articles." in page
    assert "They come from 1 source. The last import was on 3 February 2024." in page
    assert "English 1 العربية 1" in page or "العربية 1 English 1" in page


def test_every_entry_of_the_contents_leads_to_a_part_of_the_help(client, filled):
    page = client.get("/help/").content.decode()
    anchors = re.findall(r'<li><a href="#([^"]+)"', page)
    assert len(anchors) == 10
    assert all(page.count(f'<h2 id="{anchor}">') == 1 for anchor in anchors)


def test_the_help_is_there_without_an_index_and_in_an_empty_archive(client, db, monkeypatch):
    def fail(request):
        raise search_door.EngineUnavailable("It is gone.")

    assert client.get("/help/").status_code == 200
    monkeypatch.setattr(searching, "_ask", fail)
    response = client.get("/help/")
    assert response.status_code == 200
    assert "0</b> articles" in response.content.decode()
