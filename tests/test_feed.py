"""The feed of a search, read as a feed reader reads it."""

import datetime
from urllib.parse import quote
from xml.etree import ElementTree

import feedparser
import pytest
from django.contrib.auth.models import User

from articles.models import Article
from articles.presentation.following import feed_address
from articles.search import searching
from articles.search.engines.base import EngineUnavailable
from articles.search.params import SearchParams

ROWS = (
    {
        "title": "Talks in Cairo",
        "body": "A truce was discussed.\n\nNothing was signed.",
        "date": "2024-05-07",
        "countries": ("EG",),
        "topics": ("gaza", "energy"),
        "byline": "A. Writer",
    },
    {"title": "Gas from Doha", "body": "Gas.", "date": "2023-11-02", "countries": ("QA",), "source": "Gulf Desk"},
    {"title": "لقاء في القاهرة", "body": "بحث الوزيران.", "language": "ar", "countries": ("EG",)},
)


def feed_at(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    parsed = feedparser.parse(response.content)
    assert not parsed.bozo
    assert parsed.version == "atom10"
    return parsed


def titles(parsed) -> list[str]:
    return [entry.title for entry in parsed.entries]


@pytest.fixture
def filled(archive):
    return archive(*ROWS)


def test_a_feed_reader_reads_every_field(client, filled):
    article = filled[0]
    parsed = feed_at(client, "/feed.atom?country=EG&q=truce")
    assert parsed.feed.title == "Diplomacy Search: truce · Country: Egypt"
    assert parsed.feed.link == "http://testserver/?q=truce&country=EG"
    assert {link.rel: link.href for link in parsed.feed.links} == {
        "alternate": "http://testserver/?q=truce&country=EG",
        "self": "http://testserver/feed.atom?country=EG&q=truce",
    }
    assert parsed.feed.id == "http://testserver/feed.atom?country=EG&q=truce"
    (entry,) = parsed.entries
    assert entry.title == "Talks in Cairo"
    assert entry.link == f"http://testserver/articles/{article.pk}/talks-in-cairo/"
    assert entry.id == f"tag:testserver,{article.created_at:%Y-%m-%d}:/articles/{article.pk}/"
    assert entry.author == "A. Writer"
    assert entry.summary == "A truce was discussed. Nothing was signed."
    assert {(tag.term, tag.label) for tag in entry.tags} == {("gaza", "Gaza"), ("energy", "Energy")}
    assert entry.published == "2024-05-07T00:00:00+00:00"
    assert datetime.datetime.fromisoformat(entry.updated) == article.updated_at
    assert entry.title_detail.language == "en"
    assert entry.summary_detail.type == "text/html"


def test_a_summary_is_the_first_words_as_text_whatever_they_look_like(client, archive):
    archive({"title": "A <b>", "body": "<script>alert(1)</script> & " + "word " * 100})
    (entry,) = feed_at(client, "/feed.atom").entries
    assert entry.title == "A <b>"
    assert entry.summary.startswith("&lt;script&gt;alert(1)&lt;/script&gt; &amp; word")
    assert entry.summary.endswith("word …")


def test_the_feed_of_everything_has_the_newest_first_whatever_the_order_asked_for(client, filled):
    for address in ("", "?sort=oldest", "?page=7&per=10", "?q=in+OR+gas&sort=relevance", "?page=x&sort=y"):
        parsed = feed_at(client, f"/feed.atom{address}")
        assert titles(parsed)[:2] == ["Talks in Cairo", "Gas from Doha"]
    assert feed_at(client, "/feed.atom").feed.title == "Diplomacy Search: newest articles"


def test_an_entry_without_a_date_has_no_day_of_publication(client, archive):
    archive(
        {"title": "A day", "date": "2024-05-07"},
        {"title": "A month", "date": "2024-03-01", "date_precision": "month"},
        {"title": "A year", "date": "2023-01-01", "date_precision": "year"},
        {"title": "None", "source": "Gulf Desk"},
    )
    entries = feed_at(client, "/feed.atom").entries
    assert {entry.title: "published" in entry for entry in entries} == {
        "A day": True,
        "A month": False,
        "A year": False,
        "None": False,
    }
    assert all(entry.updated for entry in entries)
    assert entries[-1].author == "Gulf Desk"


def test_the_identity_of_an_entry_outlives_its_title_and_its_change(client, filled):
    before = {entry.id for entry in feed_at(client, "/feed.atom").entries}
    Article.objects.update(title="Corrected", updated_at="2030-01-01T00:00:00Z")
    parsed = feed_at(client, "/feed.atom")
    assert {entry.id for entry in parsed.entries} == before
    assert parsed.feed.updated == "2030-01-01T00:00:00+00:00"


def test_near_copies_are_folded_as_the_search_says(client, archive):
    archive(*({"title": f"Talks {number}", "copy_group": "g", "date": "2024-01-01"} for number in range(3)))
    assert len(feed_at(client, "/feed.atom").entries) == 1
    assert len(feed_at(client, "/feed.atom?copies=all").entries) == 3


def test_fifty_entries_are_enough(client, archive):
    archive(*({"title": f"Talks {number}"} for number in range(53)))
    assert len(feed_at(client, "/feed.atom?per=100").entries) == 50


def test_hidden_articles_are_in_no_feed_whoever_asks(client, archive):
    archive(*ROWS, {"title": "A secret", "countries": ("EG",), "visible": False})
    client.force_login(User.objects.create_superuser("chief"))
    for address in ("/feed.atom", "/feed.atom?country=EG", "/feed.atom?q=secret"):
        assert "A secret" not in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("country=Atlantis", "“country=Atlantis” was not understood: unknown value."),
        ("from=yesterday", "“from=yesterday” was not understood"),
        ("contry=EG", "“contry=EG” was not understood: unknown parameter."),
        ("q=%3F%21", "was left out"),
        ("q=-(&utm_source=x", "was not understood"),
    ],
)
def test_what_is_not_understood_makes_a_feed_that_says_so_and_holds_nothing(client, filled, address, says):
    parsed = feed_at(client, f"/feed.atom?{address}")
    assert parsed.entries == []
    assert says in parsed.feed.subtitle
    assert parsed.feed.updated == "2000-01-01T00:00:00+00:00"


def test_what_is_partly_understood_is_said_beside_the_entries(client, filled):
    parsed = feed_at(client, "/feed.atom?q=truce+OR")
    assert titles(parsed) == ["Talks in Cairo"]
    assert "“OR” was left out" in parsed.feed.subtitle


def test_a_search_that_finds_nothing_is_an_empty_feed(client, filled):
    parsed = feed_at(client, "/feed.atom?q=nosuchword")
    assert parsed.entries == []
    assert "subtitle" not in parsed.feed


def test_without_an_index_the_reader_is_asked_to_come_again(client, filled, monkeypatch):
    def fail(request):
        raise EngineUnavailable("It is gone.")

    monkeypatch.setattr(searching, "_ask", fail)
    response = client.get("/feed.atom?q=truce")
    assert (response.status_code, response["Retry-After"]) == (503, "300")


@pytest.mark.parametrize(
    "text",
    ["bell \x07 and form feed \x0c", "\ufffe\uffff", "<b>&amp;]]> & <!-- -->", "\u202eturned", "🇷🇺 " * 60, "\x1b[31m"],
)
def test_no_text_breaks_a_feed(client, archive, text):
    archive({"title": f"Title {text}", "body": f"Body {text}", "byline": text, "source": f"Source {text}"[:40]})
    (entry,) = feed_at(client, "/feed.atom").entries
    assert entry.title.startswith("Title")
    ElementTree.fromstring(client.get(f"/feed.atom?q={quote(text[:100])}").content)


@pytest.mark.parametrize(
    ("params", "address"),
    [
        (SearchParams(), "/feed.atom"),
        (SearchParams(q="a b", sort="oldest", per=50, page=3), "/feed.atom?q=a+b"),
        (SearchParams().with_value("country", "EG"), "/feed.atom?country=EG"),
    ],
)
def test_the_address_of_a_feed_says_the_search_and_no_page_of_it(params, address):
    assert feed_address(params) == address


def test_a_feed_is_one_for_all_languages_and_sets_no_cookie(client, filled):
    assert client.get("/ar/feed.atom").status_code == 404
    response = client.get("/feed.atom", headers={"accept-language": "ru"})
    assert "newest articles" in response.content.decode()
    assert not response.cookies
    assert client.post("/feed.atom").status_code == 405


def test_pages_name_the_feed_that_follows_them(client, filled):
    for address, feed in (("/help/", "/feed.atom"), ("/countries/EG/", "/feed.atom?country=EG")):
        assert f'type="application/atom+xml" href="{feed}"' in client.get(address).content.decode()
