"""The pages from outside: what a reader gets at each address."""

import datetime
import re
from gettext import GNUTranslations
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from babel.messages.pofile import read_po
from django.urls import reverse

import articles
from articles import search as search_door
from articles.models import MinisterName, Tenure, Topic
from articles.presentation.histogram import HEIGHT, WIDEST_BAR, WIDTH, histogram_picture
from articles.search.params import SearchParams
from articles.search.results import Bucket, Histogram, SearchResults

ROWS = (
    {
        "title": "Moscow and Cairo speak about a truce",
        "body": "The ministers met in Moscow to speak about a truce in Gaza.\n\nThey will meet again in Cairo.",
        "date": "2024-05-07",
        "countries": ("RU", "EG"),
        "main": ("RU", "gaza"),
        "ministers": ("sergey-lavrov",),
        "topics": ("gaza",),
    },
    {
        "title": "Doha offers gas to its partners",
        "body": "Qatar will deliver gas to three partners, the minister said.",
        "date": "2023-11-02",
        "source": "Gulf Desk",
        "countries": ("QA",),
        "main": ("QA",),
        "topics": ("energy",),
        "date_kind": "inferred",
    },
    {
        "title": "لقاء الوزيرين في القاهرة",
        "body": "بحث الوزيران وقف إطلاق النار في غزة.",
        "language": "ar",
        "countries": ("EG",),
        "main": ("EG",),
        "topics": ("gaza",),
    },
)


class Links(HTMLParser):
    """Collects the links and form controls of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[dict[str, str]] = []
        self.controls: list[dict[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            self.links.append(dict(attrs))
        elif tag == "input":
            self.controls.append(dict(attrs))

    def submitted(self) -> set[tuple[str, str]]:
        """What the search form sends as it stands."""
        return {
            (control["name"], control.get("value") or "")
            for control in self.controls
            if "name" in control and (control.get("type") != "checkbox" or "checked" in control)
        }


def text_of(response) -> str:
    return response.content.decode()


def addresses(response) -> list[str]:
    return [link["href"] for link in Links(text_of(response)).links]


@pytest.fixture
def filled(archive):
    return archive(*ROWS)


@pytest.fixture
def found(monkeypatch):
    """Return a function that lets the front door answer with given results, whatever is asked."""

    def answer(**values):
        def search(params, *, user=None, language="en"):
            return SearchResults(params, **values)

        monkeypatch.setattr(search_door, "search", search)

    return answer


# --- search


def test_the_start_page_shows_the_newest_articles_and_the_size_of_the_archive(client, filled):
    page = text_of(client.get("/"))
    assert "Newest articles" in page
    assert re.search(r"<b>3</b>\s+articles", page)
    assert "Nov 2023" in page
    assert "May 2024" in page
    assert page.index("Moscow and Cairo") < page.index("Doha offers gas")


def test_the_start_page_of_an_empty_archive_says_so(client, archive):
    archive()
    response = client.get("/")
    assert response.status_code == 200
    assert "The archive is still empty." in text_of(response)


def test_a_word_finds_its_articles_and_is_marked(client, filled):
    page = text_of(client.get("/?q=truce"))
    assert "1 article" in page
    assert "<mark>truce</mark>" in page
    assert "Doha offers gas" not in page


def test_what_was_typed_comes_back_escaped(client, filled):
    page = text_of(client.get("/", {"q": '"><script>alert(1)</script>'}))
    assert "<script>alert" not in page
    assert "&quot;&gt;&lt;script&gt;" in page


def test_every_text_carries_its_language_and_finds_its_direction(client, filled):
    page = text_of(client.get("/"))
    assert '<h2 lang="ar" dir="auto">' in page
    assert '<p class="snippet" lang="ar" dir="auto">' in page


@pytest.mark.parametrize(
    ("title", "says"),
    [
        ("Moscow and Cairo", '<time datetime="2024-05-07">7 May 2024</time>'),
        ("Doha offers gas", '<time datetime="2023-11-02">2 Nov 2023</time>, inferred'),
        ("لقاء", "no date"),
    ],
)
def test_a_date_is_as_precise_as_it_is_known(client, filled, title, says):
    page = text_of(client.get("/"))
    row = next(part for part in page.split('<article class="result">') if title in part)
    assert says in row


def test_the_form_keeps_the_whole_state_of_the_search(client, filled):
    address = "/?q=minister&country=RU&-topic=energy&all=country&from=2023&to=2024-12&sort=oldest&per=50&variants=0"
    sent = Links(text_of(client.get(address))).submitted()
    assert set(parse_qsl(urlsplit(address).query)) <= sent


def test_the_form_keeps_filters_and_dates_when_nothing_is_found(client, filled):
    address = "/?q=nosuchword&country=RU&from=1990&to=1991&undated=0"
    sent = Links(text_of(client.get(address))).submitted()
    assert set(parse_qsl(urlsplit(address).query)) <= sent


def test_a_facet_value_can_be_chosen_and_excluded(client, filled):
    page = Links(text_of(client.get("/?q=minister")))
    box = {"type": "checkbox", "id": "country-QA", "name": "country", "value": "QA", "form": "search-form"}
    assert box in page.controls
    assert "/?q=minister&-country=QA" in [link["href"] for link in page.links]


def test_an_excluded_value_has_a_way_back_and_no_box(client, filled):
    page = text_of(client.get("/?-country=QA"))
    assert "Doha offers gas" not in page
    assert 'name="country" value="QA"' not in page
    assert 'name="-country" value="QA"' in page
    assert "Excluded:" in page


def test_selections_can_be_removed_one_by_one(client, filled):
    response = client.get("/?q=truce&country=RU")
    assert "/?q=truce" in addresses(response)
    assert "/?country=RU" in addresses(response)
    assert "Start over" in text_of(response)


def test_tags_of_a_result_add_a_filter_to_the_search(client, filled):
    response = client.get("/?q=truce")
    assert "/?q=truce&minister=sergey-lavrov" in addresses(response)
    assert "/?q=truce&topic=gaza" in addresses(response)
    assert "/?q=truce&country=RU" in addresses(response)


def test_values_after_the_tenth_stand_on_a_page_of_their_own(client, archive):
    codes = ("RU", "EG", "QA", "TR", "CN", "US", "IR", "IL", "PS", "JO", "SA", "LB")
    archive({"body": "A long list.", "countries": codes})
    response = client.get("/?q=list")
    page = text_of(response)
    assert re.search(r">2 more<", page)
    assert page.count('name="country"') == 10
    (address,) = [address for address in addresses(response) if address.startswith("/filters/")]
    values = text_of(client.get(address))
    assert all(f'name="country" value="{code}"' in values for code in codes)


def test_the_histogram_has_a_text_a_table_and_links(client, filled):
    response = client.get("/?country=EG&country=QA&country=RU")
    page = text_of(response)
    assert "most in" in page
    figure = page[page.index("<figure") : page.index("</figure>")]
    assert figure.count('<th scope="row"><a href=') == 2
    assert re.search(r'<path class="bar in" d="M[^"]+z"/>', page)
    assert 'aria-hidden="true"' in page[page.index("<svg") : page.index("</svg>")]
    assert any("from=2023-11" in address for address in addresses(response))
    assert any("undated=1" in address for address in addresses(response))


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("/?country=", "3"),
        ("/?page=abc", "page=abc"),
        ("/?from=yesterday", "from=yesterday"),
        ("/?colour=red", "colour=red"),
    ],
)
def test_bad_parts_of_an_address_are_named_and_left_out(client, filled, address, says):
    response = client.get(address)
    assert response.status_code == 200
    assert says in text_of(response)


def test_nothing_found_offers_the_search_without_each_selection(client, filled):
    response = client.get("/?q=truce&topic=energy")
    assert response.status_code == 200
    assert "Nothing found" in text_of(response)
    assert {"/?q=truce", "/?topic=energy"} <= set(addresses(response))


def test_a_page_past_the_last_one_leads_to_the_last_one(client, filled):
    response = client.get("/?q=minister&page=99")
    assert response.status_code == 200
    assert "past the last page" in text_of(response)
    assert "/?q=minister" in addresses(response)


def test_paging_reaches_every_row_once(client, archive):
    archive(*({"title": f"Number {number}", "body": f"Talks of round {number}."} for number in range(23)))
    titles = []
    for number in (1, 2, 3):
        page = text_of(client.get(f"/?q=talks&per=10&page={number}"))
        titles += re.findall(r'<h2 lang="en" dir="auto"><a [^>]*>(Number \d+)</a>', page)
    assert len(titles) == 23
    assert len(set(titles)) == 23


def test_a_search_that_is_not_understood_says_why(client, found, db):
    found(state="not_understood", messages=("A bracket is open.",))
    response = client.get("/?q=(&country=RU")
    assert response.status_code == 200
    assert "not understood" in text_of(response)
    assert "A bracket is open." in text_of(response)
    assert ("country", "RU") in Links(text_of(response)).submitted()


def test_an_unavailable_search_is_a_503_with_a_plain_sentence(client, found, db):
    found(state="unavailable")
    response = client.get("/?q=truce&from=2023")
    assert response.status_code == 503
    assert "not available at the moment" in text_of(response)
    assert "rebuild_index" not in text_of(response)
    assert {("q", "truce"), ("from", "2023")} <= Links(text_of(response)).submitted()


def test_messages_of_the_search_are_shown(client, found, db):
    found(state="found", total=0, messages=("“minstr” is no field.",))
    assert "“minstr” is no field." in text_of(client.get("/?q=minstr:x"))


def test_names_found_in_other_scripts_are_named_and_can_be_switched_off(client, filled):
    MinisterName.objects.create(minister=filled[0].minister_tags.get().minister, script="arabic", text="سيرغي لافروف")
    from articles import reference

    reference.raise_version()
    response = client.get("/?q=Sergey+Lavrov")
    assert "<bdi>سيرغي لافروف</bdi>" in text_of(response)
    assert "/?q=Sergey+Lavrov&variants=0" in addresses(response)


def test_near_copies_are_folded_and_can_be_shown(client, archive):
    archive(
        *({"title": f"Talks {number}", "body": "Talks about grain.", "copy_group": "g"} for number in range(3)),
        {"title": "Other talks", "body": "Talks about fish."},
    )
    response = client.get("/?q=talks")
    assert "4 articles" in text_of(response)
    assert "2 stories" in text_of(response)
    assert "and 2 near-copies" in text_of(response)
    assert "/?q=talks&copies=all" in addresses(response)


def test_hidden_articles_do_not_show_on_any_page(client, archive):
    archive({"title": "A secret", "body": "Nobody may read this.", "countries": ("RU",), "visible": False})
    for address in ("/", "/?q=nobody", "/?country=RU", "/countries/RU/"):
        assert "A secret" not in text_of(client.get(address))
    assert "/countries/RU/" not in addresses(client.get("/countries/"))


# --- countries, ministers, topics


@pytest.mark.parametrize(
    ("index_page", "own_page", "label"),
    [
        ("/countries/", "/countries/RU/", "Russia"),
        ("/ministers/", "/ministers/sergey-lavrov/", "Sergey Lavrov"),
        ("/topics/", "/topics/gaza/", "Gaza"),
    ],
)
def test_what_occurs_is_listed_and_has_a_page(client, filled, index_page, own_page, label):
    response = client.get(index_page)
    assert response.status_code == 200
    assert own_page in addresses(response)
    assert label in text_of(response)
    own = text_of(client.get(own_page))
    assert '<h1 class="name" id="subject">' in own
    assert label in own
    assert "Moscow and Cairo" in own
    assert "Doha offers gas" not in own


def test_a_minister_has_names_and_tenures(client, filled):
    minister = filled[0].minister_tags.get().minister
    MinisterName.objects.create(minister=minister, script="cyrillic", text="Сергей Лавров")
    MinisterName.objects.create(minister=minister, script="cyrillic", text="Лавров С.", kept="dropped")
    Tenure.objects.create(minister=minister, country_id="RU", start="2004-03-09")
    page = text_of(client.get("/ministers/sergey-lavrov/"))
    assert "Сергей Лавров" in page
    assert "Лавров С." not in page
    assert "9 March 2004" in page
    assert "today" in page


def test_a_country_code_in_small_letters_leads_to_the_page(client, filled):
    response = client.get("/countries/ru/")
    assert response.status_code == 301
    assert response["Location"] == "/countries/RU/"


@pytest.mark.parametrize(
    "address", ["/countries/QQ/", "/ministers/nobody/", "/topics/nothing/", "/nope/", "/articles/9999/"]
)
def test_what_does_not_exist_is_a_404_with_a_search_box(client, archive, address):
    response = client.get(address)
    assert response.status_code == 404
    assert 'id="search-form"' in text_of(response)


# --- the interface


@pytest.mark.parametrize(
    ("prefix", "language", "direction"), [("", "en", "ltr"), ("/ar", "ar", "rtl"), ("/ru", "ru", "ltr")]
)
def test_the_language_of_the_interface_is_in_the_path(client, filled, prefix, language, direction):
    page = text_of(client.get(f"{prefix}/?q=truce"))
    assert f'<html lang="{language}" dir="{direction}">' in page


def test_the_language_links_keep_the_search(client, filled):
    response = client.get("/?q=truce&country=RU")
    assert {"/ar/?q=truce&country=RU", "/ru/?q=truce&country=RU"} <= set(addresses(response))


@pytest.mark.parametrize(("language", "plurals"), [("ar", 6), ("ru", 4)])
def test_the_interface_is_translated_whole_and_the_compiled_catalogue_is_the_written_one(language, plurals):
    folder = Path(articles.__file__).parent / "locale" / language / "LC_MESSAGES"
    with (folder / "django.po").open("rb") as file:
        written = read_po(file)
    with (folder / "django.mo").open("rb") as file:
        compiled = GNUTranslations(file)
    for message in written:
        if message.id and message.pluralizable:
            assert len(message.string) == plurals
            assert all(message.string), message.id
            assert compiled.ngettext(*message.id, 5) in message.string
        elif message.id:
            assert message.string, message.id
            context = message.context
            read = compiled.pgettext(context, message.id) if context else compiled.gettext(message.id)
            assert read == message.string


def test_what_was_left_out_is_explained_in_the_language_of_the_interface(client, filled):
    page = text_of(client.get("/ru/?q=truce+OR&from=soon"))
    assert "OR ставится между двумя словами" in page
    assert "не дата (2023, 2023-10 или 2023-10-07)" in page


def test_a_sentence_on_what_was_left_out_keeps_the_direction_of_the_page(client, filled):
    page = text_of(client.get("/?q=truce+%D8%BA*"))
    assert "<li>“*” was left out" in page


def test_dates_in_arabic_sentences_do_not_turn_round(client, filled):
    assert "\u20662023-10-07\u2069" in text_of(client.get("/ar/help/"))


def test_links_stay_in_the_language_of_the_interface(client, filled):
    response = client.get("/ar/?q=truce")
    assert "/ar/?q=truce&topic=gaza" in addresses(response)


def test_countries_are_named_in_the_language_of_the_interface(client, filled):
    assert "Россия" in text_of(client.get("/ru/countries/"))


@pytest.mark.parametrize("name", ["search", "countries", "ministers", "topics", "help"])
def test_pages_cannot_be_posted_to(client, archive, name):
    assert client.post(reverse(name)).status_code == 405


def test_readers_get_no_cookies(client, filled):
    for address in ("/", "/?q=truce", "/countries/RU/", "/help/", filled[0].get_absolute_url()):
        assert not client.get(address).cookies


def test_every_example_of_the_help_page_is_a_link_to_its_search(client, archive):
    response = client.get("/help/")
    assert response.status_code == 200
    assert "/?q=energy+-oil" in addresses(response)


@pytest.mark.parametrize("address", ["/", "/?q=truce", "/help/", "/topics/gaza/", "/nope/"])
def test_pages_hold_no_inline_style_or_script_and_nothing_from_elsewhere(client, filled, address):
    page = text_of(client.get(address))
    assert not re.search(r"\sstyle=|<style|\son\w+=", page)
    assert not re.search(r"<script(?![^>]* src=\"/static/)", page)
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//(?!testserver/)", page)


@pytest.mark.parametrize("address", ["/help/", "/ar/help/"])
def test_each_page_names_itself_in_every_language_for_crawlers(client, archive, address):
    page = text_of(client.get(address))
    assert re.findall(r'rel="alternate" hreflang="([^"]+)" href="([^"]+)"', page) == [
        ("en", "http://testserver/help/"),
        ("ar", "http://testserver/ar/help/"),
        ("ru", "http://testserver/ru/help/"),
        ("x-default", "http://testserver/help/"),
    ]


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("", "Diplomacy Search"),
        ("?q=truce", "truce – Diplomacy Search"),
        ("?country=RU&-topic=gaza", "not Topic: Gaza · Country: Russia – Diplomacy Search"),
        ("?q=" + "long+" * 90, "long " * 15 + "long… – Diplomacy Search"),
        ("?q=%3C/title%3E", "&lt;/title&gt; – Diplomacy Search"),
    ],
)
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_the_title_says_which_search_it_is(client, filled, query, title, headers):
    page = text_of(client.get(f"/{query}", headers=headers))
    assert re.findall(r"<title>(.*?)</title>", page) == [title]


def test_the_start_page_says_what_it_is_to_crawlers(client, filled):
    page = text_of(client.get("/ar/"))
    assert '<link rel="canonical" href="http://testserver/ar/">' in page
    assert re.search(r'<meta name="description" content="[^"]{50,}">', page)


def test_filtered_pages_are_not_for_search_engines(client, filled):
    assert 'content="noindex' in text_of(client.get("/?q=truce"))
    assert "noindex" not in text_of(client.get("/"))


def test_the_page_for_errors_needs_no_database(rf):
    from django.views.defaults import server_error

    response = server_error(rf.get("/"))
    assert response.status_code == 500
    assert "Something went wrong" in response.content.decode()


# --- finished values


def test_topic_names_follow_the_reader(client, filled):
    Topic.objects.filter(slug="gaza").update(names={"en": "Gaza", "ar": "غزة"})
    assert "غزة" in text_of(client.get("/ar/topics/"))


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://example.org/a?b=1", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("JAVASCRIPT:alert(1)", False),
        ("data:text/html,x", False),
        ("https:///nohost", False),
        ("http://[bad", False),
        ("//example.org/", False),
        ("", False),
    ],
)
def test_only_addresses_of_the_web_become_links(url, kept):
    from articles.templatetags.pages import web_address

    assert web_address(url) == (url if kept else "")


def drawn(picture) -> list[tuple[float, float, float]]:
    """The bars of a picture, all in one outline: left edge, width and height of each."""
    found = re.findall(r"M([\d.]+) \d+v-([\d.]+)h([\d.]+)v[\d.]+z", picture.outline)
    return [(float(left), float(width), float(height)) for left, height, width in found]


def pictured(counts, chosen=()):
    days = [datetime.date(2024, 1, 1) + datetime.timedelta(days=31 * number) for number in range(len(counts))]
    buckets = tuple(
        Bucket(day, day, f"m{number}", count, number in chosen, f"?n={number}")
        for number, (day, count) in enumerate(zip(days, counts, strict=True))
    )
    return histogram_picture(Histogram("month", buckets, 1200, "?undated=1"), "en", "/")


def test_bars_of_the_histogram_reach_the_top_and_small_ones_can_be_seen():
    picture = pictured([1, 0, 4000, *[7] * 37])
    bars = drawn(picture)
    assert len(bars) == 39
    assert bars[0][2] >= 2
    assert max(height for _left, _width, height in bars) == pytest.approx(HEIGHT - 2)
    assert "most in m2: 4,000" in picture.alternative
    assert picture.axis == ("m0", "m20", "m39")


@pytest.mark.parametrize("count", [1, 2, 5, 40])
def test_each_bar_stands_in_the_middle_of_its_part_of_the_axis_however_few_there_are(count):
    bars = drawn(pictured([3] * count))
    for number, (left, width, _height) in enumerate(bars):
        assert left + width / 2 == pytest.approx((number + 0.5) * WIDTH / count, abs=0.5)
        assert width <= WIDEST_BAR


def test_the_chosen_bars_are_drawn_apart_and_every_bar_that_is_there_is_a_row_with_its_search():
    picture = pictured([5, 6, 0, 7], chosen={1})
    assert len(drawn(picture)) == 2
    assert picture.outline_chosen.count("M") == 1
    assert picture.periods == 4
    assert [(bar.number, bar.period, bar.count, bar.address, bar.chosen) for bar in picture.bars] == [
        (0, "2024-01", "5", "/?n=0", False),
        (1, "2024-02", "6", "/?n=1", True),
        (3, "2024-04", "7", "/?n=3", False),
    ]
    assert (picture.undated, picture.undated_address) == ("1,200", "/?undated=1")


def test_paging_links_show_the_ends_and_the_neighbours():
    from articles.presentation.links import page_links

    results = SearchResults(SearchParams(q="x", page=10), "found", total=400, stories=400)
    labels = [link.label if link else "…" for link in page_links(results, "en")]
    assert labels == ["1", "…", "8", "9", "10", "11", "12", "…", "20"]
    assert [link.current for link in page_links(results, "en") if link and link.label == "10"] == [True]
