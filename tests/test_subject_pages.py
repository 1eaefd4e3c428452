"""The pages of ministers, countries and topics, and the lists of them, from outside."""

import datetime
import re

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission, User

from articles import reference
from articles.models import Country, Minister, MinisterName, MinisterTag, Tenure, Topic
from articles.presentation.company import ROW, WIDTH, fan
from articles.presentation.numbers_and_dates import percent_text
from articles.presentation.subjects import Subject, in_sections
from articles.presentation.timeline import band, leading_to
from articles.search import searching
from articles.search.engines.base import EngineUnavailable
from articles.search.params import SearchParams
from articles.search.results import Bucket, Histogram

LAVROV = "/ministers/sergey-lavrov/"
TALKS = {
    "title": "Talks in Moscow",
    "body": "Talks.",
    "date": "2024-05-07",
    "countries": ("RU", "IR"),
    "ministers": ("sergey-lavrov", "abbas-araghchi"),
    "topics": ("gaza",),
}
ROWS = (
    TALKS,
    {**TALKS, "title": "Talks in Tehran", "date": "2024-07-01", "topics": ("gaza", "energy")},
    {
        **TALKS,
        "title": "Talks in Cairo",
        "date": "2022-03-01",
        "countries": ("RU", "EG"),
        "ministers": ("sergey-lavrov",),
    },
    {"title": "Gas from Doha", "body": "Gas.", "date": "2023-01-01", "countries": ("QA",), "topics": ("energy",)},
    {"title": "لقاء في القاهرة", "body": "لقاء.", "language": "ar", "countries": ("EG",)},
)


def soup(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "lxml")


def said(response) -> str:
    return " ".join(soup(response).get_text(" ").split())


def company(response) -> dict[str, list[list[str]]]:
    """The tables of who is named together, by their headings."""
    return {
        section.h3.get_text(strip=True): [
            # What is seen: behind the number stands in words, for those who only hear it, what it counts.
            [next(iter(cell.stripped_strings)) for cell in row.select("th, td")]
            for row in section.select("tbody tr")
        ]
        for section in soup(response).select(".company > section")
    }


@pytest.fixture
def filled(archive):
    return archive(*ROWS)


@pytest.fixture
def unavailable(monkeypatch):
    """Let the index be unreadable."""

    def fail(request):
        raise EngineUnavailable("It is gone.")

    monkeypatch.setattr(searching, "_ask", fail)


# --- what a page tells


@pytest.mark.parametrize(
    ("address", "heading", "articles", "months"),
    [
        (LAVROV, "Sergey Lavrov", 3, "Mar 2022 to Jul 2024"),
        ("/countries/RU/", "Russia", 3, "Mar 2022 to Jul 2024"),
        ("/topics/energy/", "Energy", 2, "Jan 2023 to Jul 2024"),
    ],
)
def test_a_page_says_how_many_articles_there_are_and_from_when_to_when(
    client, filled, address, heading, articles, months
):
    page = client.get(address)
    assert soup(page).h1.get_text(strip=True) == heading
    assert f"{articles} articles · {months}" in said(page)
    kind, value = address.strip("/").split("/")
    name = {"ministers": "minister", "countries": "country", "topics": "topic"}[kind]
    search = soup(page).select_one(f'a[href="/?{name}={value}"]')
    assert search.get_text(strip=True) == f"Search these {articles} articles"


@pytest.mark.parametrize("address", [LAVROV, "/countries/RU/", "/countries/EG/", "/topics/gaza/", "/topics/energy/"])
def test_every_link_of_a_page_leads_where_it_says_with_the_number_it_says(client, filled, address):
    page = soup(client.get(address))
    rows = page.select(".company tbody tr")
    assert rows
    for row in rows:
        own, together = row.select("a")
        assert soup(client.get(own["href"])).h1.get_text(strip=True) == own.get_text(strip=True)
        assert client.get(together["href"]).context["results"].total == int(together.contents[0])
    for row in page.select(".histogram tbody tr"):
        assert client.get(row.a["href"]).context["results"].total == int(row.td.get_text())
    assert "per=" not in str(page.select_one("main"))


def test_who_is_named_together_leaves_the_subject_itself_out_and_counts_both(client, filled):
    assert company(client.get(LAVROV)) == {
        "Ministers": [["Abbas Araghchi", "2", "67%"]],
        "Countries": [["Russia", "3", "100%"], ["Iran", "2", "67%"], ["Egypt", "1", "33%"]],
        "Topics": [["Gaza", "3", "100%"], ["Energy", "1", "33%"]],
    }
    assert company(client.get("/countries/EG/"))["Countries"] == [["Russia", "1", "50%"]]


def test_both_countries_must_hold_in_the_search_for_two_of_them(client, filled):
    addresses = [link["href"] for link in soup(client.get("/countries/RU/")).select(".company a")]
    assert "/?country=IR&country=RU&all=country" in addresses


def test_no_more_than_ten_of_a_kind_are_shown(client, archive):
    archive({"countries": ("RU", "EG", "QA", "TR", "CN", "US", "IR", "IL", "PS", "JO", "SA", "LB")})
    page = client.get("/countries/RU/")
    assert len(company(page)["Countries"]) == 10
    assert len(soup(page).select(".fan svg path:not(.dot)")) == 10


def test_where_nobody_else_is_named_the_page_says_so(client, archive):
    archive({"topics": ("gaza",)})
    page = client.get("/topics/gaza/")
    assert company(page) == {"Ministers": [], "Countries": [], "Topics": []}
    assert said(page).count("None of them in these articles.") == 3
    assert not soup(page).select(".fan")


def test_a_subject_without_articles_says_so_and_has_no_pictures(client, archive):
    archive()
    Country.objects.create(code="NR", name="Nauru")
    page = client.get("/countries/NR/")
    assert page.status_code == 200
    assert "No article names this yet." in said(page)
    assert not soup(page).select("svg, .lines")


def test_the_newest_articles_stand_first_with_source_and_date(client, filled):
    lines = [" ".join(line.get_text(" ").split()) for line in soup(client.get(LAVROV)).select(".lines > li")]
    assert lines == [
        "Talks in Tehran World Desk 1 Jul 2024",
        "Talks in Moscow World Desk 7 May 2024",
        "Talks in Cairo World Desk 1 Mar 2022",
    ]


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "<script>alert(1)</script> & <b>"},
        {"title": "x" * 500},
        {"title": "لقاء 2024 (أول)", "language": "ar"},
        {"title": "?!", "language": ""},
    ],
    ids=["markup", "long", "Arabic", "no language"],
)
def test_odd_articles_do_not_break_a_page(client, archive, fields):
    (article,) = archive({"countries": ("EG",), **fields})
    page = client.get("/countries/EG/")
    assert page.status_code == 200
    title = soup(page).select_one(".lines .title")
    assert title.get_text() == article.title
    assert title["dir"] == "auto"
    assert title["lang"] == article.language
    assert "no date" in said(page)
    assert soup(page).select_one(".numbers").get_text(" ", strip=True) == "1 article"


def test_near_copies_are_counted_as_one_story(client, archive):
    archive(*({"countries": ("EG",), "copy_group": "g", "title": f"Talks {number}"} for number in range(3)))
    page = client.get("/countries/EG/")
    assert "3 articles , 1 story" in said(page)
    assert len(soup(page).select(".lines > li")) == 1


# --- names and offices


def test_a_minister_is_written_in_all_scripts_each_with_its_language(client, filled):
    minister = Minister.objects.get(slug="sergey-lavrov")
    for script, name, kept in (
        ("cyrillic", "Сергей Лавров", "file"),
        ("arabic", "سيرغي لافروف", "editor"),
        ("latin", "Serguéi Lavrov", "file"),
        ("cyrillic", "Лавров С.", "dropped"),
    ):
        MinisterName.objects.create(minister=minister, script=script, text=name, kept=kept)
    page = soup(client.get(LAVROV))
    written = {
        group.dt.get_text(strip=True): [(dd["lang"], dd.get_text(strip=True)) for dd in group.select("dd")]
        for group in page.select(".written dl > div")
    }
    assert written == {
        "Latin letters": [("und-Latn", "Serguéi Lavrov")],
        "Arabic letters": [("ar", "سيرغي لافروف")],
        "Cyrillic letters": [("ru", "Сергей Лавров")],
    }
    arabic = soup(client.get(f"/ar{LAVROV}"))
    assert arabic.h1.get_text(strip=True) == "سيرغي لافروف"
    assert "Sergey Lavrov" in arabic.select_one(".written").get_text()


def test_a_country_is_written_in_five_languages_with_its_code(client, filled):
    page = soup(client.get("/countries/RU/"))
    assert [(dd["lang"], dd.get_text(strip=True)) for dd in page.select(".written dd")] == [
        ("en", "Russia"),
        ("ar", "روسيا"),
        ("ru", "Россия"),
        ("es", "Rusia"),
        ("fr", "Russie"),
    ]
    assert "RU" in page.select_one(".kicker").get_text()


def test_a_topic_has_names_a_parent_and_subtopics_without_those_that_were_dropped(client, filled):
    gaza = Topic.objects.get(slug="gaza")
    Topic.objects.create(slug="aid", names={"en": "Aid to Gaza"}, parent=gaza)
    Topic.objects.create(slug="old", names={"en": "Old topic"}, parent=gaza, kept="dropped")
    gaza.parent = Topic.objects.create(slug="palestine", names={"en": "Palestine"})
    gaza.names = {"en": "Gaza", "ar": "غزة", "fr": ""}
    gaza.save()
    page = soup(client.get("/topics/gaza/"))
    assert [dd.get_text(strip=True) for dd in page.select(".written dd")] == ["غزة", "Gaza"]
    addresses = [link["href"] for link in page.select(".kicker a, .facts a")]
    assert addresses == ["/topics/", "/topics/palestine/", "/topics/aid/"]


def test_a_country_lists_who_is_in_office_first_and_folds_the_rest_after_ten(client, filled):
    for year in range(1990, 2002):
        minister = Minister.objects.create(slug=f"m-{year}", name=f"Minister {year}")
        Tenure.objects.create(minister=minister, country_id="RU", start=str(year), end=str(year + 1))
    Tenure.objects.create(minister=Minister.objects.get(slug="sergey-lavrov"), country_id="RU", start="1989-03-09")
    dropped = Minister.objects.create(slug="gone", name="Gone", kept="dropped")
    Tenure.objects.create(minister=dropped, country_id="RU", start="2003")
    page = soup(client.get("/countries/RU/"))
    first, *others = page.select(".tenures li")
    assert " ".join(first.get_text(" ").split()) == "Sergey Lavrov 9 March 1989 – today in office"
    assert [other.a.get_text(strip=True) for other in others] == [f"Minister {year}" for year in range(2001, 1989, -1)]
    assert len(page.select(".tenures > ul > li")) == 10
    assert page.select_one(".tenures summary").get_text(strip=True) == "3 more"
    assert "Gone" not in page.get_text()


def test_a_minister_has_the_times_in_office_in_words_and_as_a_band(client, filled):
    minister = Minister.objects.get(slug="sergey-lavrov")
    Tenure.objects.create(minister=minister, country_id="RU", start="2004-03-09")
    page = client.get(LAVROV)
    assert "Foreign minister, Russia 9 March 2004 – today in office" in said(page)
    assert re.search(
        r'<svg class="band"[^>]*aria-hidden="true"[^>]*><path d="M0 0h960v8h-960z"/>', page.content.decode()
    )


# --- who may see what, and what is not there


def test_hidden_articles_are_counted_and_listed_for_editors_only(client, archive):
    archive(
        *ROWS[:2], {**TALKS, "title": "A secret", "countries": ("RU", "CN"), "date": "1999-01-01", "visible": False}
    )
    for address in ("/countries/RU/", LAVROV, "/topics/gaza/"):
        page = said(client.get(address))
        assert "2 articles · May 2024 to Jul 2024" in page
        assert "A secret" not in page
        assert "China" not in page
    for address in ("/countries/", "/countries/CN/"):
        assert "A secret" not in said(client.get(address))
    assert "China" not in said(client.get("/countries/"))
    user = User.objects.create_user("editor")
    user.user_permissions.add(Permission.objects.get(codename="view_article"))
    client.force_login(user)
    page = said(client.get("/countries/RU/"))
    assert "3 articles" in page
    assert "A secret" in page
    assert "hidden" in page


@pytest.mark.parametrize("address", ["/countries/QQ/", "/ministers/nobody/", "/topics/nothing/", "/ministers/%00/"])
def test_what_is_not_there_is_a_404_with_a_search_box(client, archive, address):
    response = client.get(address)
    assert response.status_code == 404
    assert 'id="search-form"' in response.content.decode()


def test_whom_an_editor_dropped_keeps_the_page_but_never_shows_the_whole_archive(client, filled):
    Minister.objects.filter(slug="sergey-lavrov").update(kept="dropped")
    Topic.objects.filter(slug="gaza").update(kept="dropped")
    for address in (LAVROV, "/topics/gaza/"):
        page = client.get(address)
        assert page.status_code == 200
        assert "An editor has taken this out" in said(page)
        assert "Talks in" not in said(page)
    assert "Lavrov" not in said(client.get("/ministers/"))


@pytest.mark.parametrize("address", [LAVROV, "/countries/RU/", "/topics/gaza/"])
def test_without_an_index_the_page_still_has_names_and_says_that_numbers_are_missing(
    client, filled, unavailable, address
):
    Tenure.objects.create(minister=Minister.objects.get(slug="sergey-lavrov"), country_id="RU", start="2004-03-09")
    page = client.get(address)
    assert page.status_code == 503
    assert "Numbers and articles are not available at the moment." in said(page)
    assert "0 articles" not in said(page)
    assert "No article names this yet." not in said(page)
    if address != "/topics/gaza/":
        assert "9 March 2004" in said(page)


@pytest.mark.parametrize("prefix", ["", "/ar", "/ru"])
@pytest.mark.parametrize("address", [LAVROV, "/countries/RU/", "/topics/gaza/"])
def test_a_page_stays_in_its_language_and_names_itself_once(client, filled, prefix, address):
    page = soup(client.get(prefix + address + "?q=x&page=3"))
    assert page.select_one('link[rel="canonical"]')["href"] == f"http://testserver{prefix}{address}"
    inside = [link["href"] for link in page.select("main a") if not link["href"].startswith("#")]
    assert all(href.startswith((f"{prefix}/", "/feed.atom")) for href in inside)


@pytest.mark.parametrize("address", [LAVROV, "/countries/RU/", "/topics/gaza/", "/ministers/", "/topics/", "/help/"])
def test_a_page_takes_few_queries_however_much_it_shows(client, filled, django_assert_max_num_queries, address):
    # As in an archive whose names were loaded: they are read once.
    reference.raise_version()
    client.get(address)
    with django_assert_max_num_queries(26):
        client.get(address)


# --- lists


def test_a_list_is_ordered_by_name_or_by_number(client, filled):
    by_name, by_count = client.get("/countries/"), client.get("/countries/?order=count")
    names = [[link.get_text(strip=True) for link in soup(page).select(".index a")] for page in (by_name, by_count)]
    assert names == [["Egypt", "Iran", "Qatar", "Russia"], ["Russia", "Egypt", "Iran", "Qatar"]]
    for page, current in ((by_name, "name"), (by_count, "number of articles")):
        assert soup(page).select_one(".list-tools [aria-current]").get_text(strip=True) == current
        assert soup(page).select_one('link[rel="canonical"]')["href"] == "http://testserver/countries/"


@pytest.mark.parametrize("order", ["", "x", "%00", "name", "-count"])
def test_an_order_that_there_is_not_is_by_name(client, filled, order):
    page = client.get(f"/countries/?order={order}")
    assert page.status_code == 200
    assert soup(page).select_one(".index a").get_text(strip=True) == "Egypt"


def test_a_minister_in_the_list_has_the_country_served_last(client, filled):
    minister = Minister.objects.get(slug="sergey-lavrov")
    Tenure.objects.create(minister=minister, country_id="EG", start="1990", end="1991")
    Tenure.objects.create(minister=minister, country_id="RU", start="2004")
    line = next(line for line in soup(client.get("/ministers/")).select(".index li") if "Lavrov" in line.get_text())
    assert " ".join(line.get_text(" ").split()) == "Sergey Lavrov Russia 3"


def test_topics_stand_under_their_parents_even_where_editors_made_a_ring(client, archive):
    archive({"topics": ("energy", "opec", "gas", "gaza", "alone")})
    topics = {topic.slug: topic for topic in Topic.objects.all()}
    for child, parent in (("opec", "energy"), ("gas", "opec"), ("gaza", "alone"), ("alone", "gaza")):
        Topic.objects.filter(slug=child).update(parent=topics[parent])
    page = soup(client.get("/topics/"))
    assert len(page.select(".index a")) == 5
    assert page.select_one(".index > li ul ul a").get_text(strip=True) == "Gas"
    assert [link.get_text(strip=True) for link in page.select(".index > li > .line a")] == ["Alone", "Energy", "Gaza"]


def test_a_long_list_has_its_letters_and_a_short_one_has_none(client, archive):
    (article,) = archive({"ministers": ("sergey-lavrov",)})
    assert not soup(client.get("/ministers/")).select(".letters")
    for number in range(120):
        name = f"{'ABŁÉ'[number % 4]} Minister {number}"
        minister = Minister.objects.create(slug=f"m-{number}", name=name)
        MinisterTag.objects.create(article=article, minister=minister, count=1)
    page = soup(client.get("/ministers/"))
    letters = page.select(".letters a")
    assert len(letters) == len({letter.get_text() for letter in letters}) >= 4
    for letter in letters:
        assert page.select_one(f"h2{letter['href']}").get_text(strip=True) == letter.get_text(strip=True)
    assert len(page.select(".index li")) == 121
    assert not soup(client.get("/ministers/?order=count")).select(".letters, #listed h2")


def test_an_empty_list_says_so(client, archive):
    archive()
    assert "Nothing yet." in said(client.get("/topics/"))


def test_an_empty_name_is_no_letter_that_breaks_a_list():
    subjects = [
        Subject("", "", "/", 1),
        Subject("'A0", "", "/", 1),
        *(Subject(f"A{number}", "", "/", 1) for number in range(120)),
    ]
    assert sum(len(section.subjects) for section in in_sections(subjects)) == 122
    assert [section.letter for section in in_sections(subjects)] == ["", "A"]
    assert in_sections([]) == []


# --- finished values


@pytest.mark.parametrize(
    ("part", "whole", "language", "text"),
    [
        (1, 3, "en", "33%"),
        (1, 1000, "en", "<1%"),
        (0, 5, "en", "0%"),
        (0, 0, "en", "0%"),
        (7, 7, "ru", "100\xa0%"),
    ],
)
def test_a_share_is_written_in_whole_percent(part, whole, language, text):
    assert percent_text(part, whole, language) == text


@pytest.mark.parametrize("counts", [[1], [4, 4], [900, 3, 1]])
def test_each_curve_of_a_fan_ends_in_the_middle_of_its_row_and_is_as_wide_as_its_number(counts):
    picture = fan(counts)
    assert picture.height == len(counts) * ROW
    for row, strand in enumerate(picture.strands):
        assert strand.path.endswith(f"{WIDTH} {(row + 0.5) * ROW:g}")
    widths = [float(strand.width) for strand in picture.strands]
    assert widths == sorted(widths, reverse=True)
    assert min(widths) >= 1


def months(*starts: str) -> Histogram:
    days = [datetime.date.fromisoformat(f"{start}-01") for start in starts]
    buckets = tuple(Bucket(day, day.replace(day=28), str(day), 1, True, "?per=10") for day in days)
    return Histogram("month", buckets, 0, "?per=10", 3)


@pytest.mark.parametrize(
    ("start", "end", "outline"),
    [
        ("2023", "", "M0 0h960v8h-960z"),
        ("2024-02", "", "M480 0h480v8h-480z"),
        ("2024-01-15", "2024-02-14", "M240 0h480v8h-480z"),
        ("2024-02-28", "2024-02-28", "M942.86 0h17.143v8h-17.143z"),
        ("2019", "2020", None),
        ("2025", "", None),
        ("soon", "", None),
        ("2024-01", "later", None),
        ("2024-02-20", "2024-02-10", None),
    ],
)
def test_a_time_in_office_lies_on_the_axis_of_the_bars(start, end, outline):
    drawn = band(months("2024-01", "2024-02"), [Tenure(start=start, end=end)])
    assert (drawn.outline if drawn else None) == outline
    assert band(None, [Tenure(start="2024")]) is None


def test_the_bars_lead_to_the_search_itself_whatever_they_were_counted_for():
    led = leading_to(months("2024-01", "2024-02"), SearchParams().with_value("country", "RU"))
    assert [bucket.query for bucket in led.buckets] == [
        "?country=RU&from=2024-01&to=2024-01",
        "?country=RU&from=2024-02&to=2024-02",
    ]
    assert (led.undated_query, led.outside, led.wider) == ("?country=RU&undated=1", 0, None)
