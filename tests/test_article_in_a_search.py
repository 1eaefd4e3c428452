"""The page of an article for who came from a search: the way back, the results beside it, the words marked."""

import re
from html import unescape
from urllib.parse import quote

import pytest
from django.contrib.auth.models import User
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Article, GazetteerVersion
from articles.presentation.evidence import marked_paragraphs, marked_title
from tests.test_article_page import EVIDENCE, NAMES, PARAGRAPHS, tagged_article


@pytest.fixture
def five(archive):
    """Five articles on Gaza, the oldest first."""
    return archive(
        *(
            {"body": f"Aid for Gaza.\n\nMore of Gaza, day {n}.", "title": f"Title {n}", "date": f"2024-01-0{n}"}
            for n in range(1, 6)
        )
    )


def way_of(page: str) -> str:
    """The line above the article; empty where there is none."""
    found = re.search(r'<nav class="way".*?</nav>', page, re.DOTALL)
    return found.group() if found else ""


def links_of(html: str) -> dict[str, str]:
    """The addresses of links, by `rel` where there is one, else by "back"."""
    return {
        (re.findall(r'rel="(\w+)', attributes) or ["back"])[0]: unescape(address)
        for address, attributes in re.findall(r'<a href="([^"]*)"([^>]*)>', html)
    }


def text_of(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def get(client, article, query: str, prefix: str = "") -> str:
    response = client.get(f"{prefix}{article.get_absolute_url()}?{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_the_line_leads_back_and_to_the_results_beside_it(client, five):
    way = way_of(get(client, five[2], "q=gaza&sort=oldest&result=3"))
    assert "gaza , 5 articles result 3 of 5 Previous result Next result" in text_of(way)
    assert links_of(way) == {
        "back": "/?q=gaza&sort=oldest",
        "prev": f"/articles/{five[1].pk}/title-2/?q=gaza&sort=oldest&result=2",
        "next": f"/articles/{five[3].pk}/title-4/?q=gaza&sort=oldest&result=4",
    }


def test_one_can_go_through_all_results_and_back(client, five):
    address, titles = f"{five[0].get_absolute_url()}?q=gaza&sort=oldest&result=1", []
    while address:
        page = client.get(address).content.decode()
        titles.append(re.search(r"<title>(.*?) –", page).group(1))
        address = links_of(way_of(page)).get("next")
    assert titles == [f"Title {n}" for n in range(1, 6)]


@pytest.mark.parametrize(("result", "page"), [(1, ""), (10, ""), (11, "&page=2"), (21, "&page=3")])
def test_the_way_back_leads_to_the_page_that_holds_the_result(client, archive, result, page):
    made = archive(*({"body": "Gaza.", "date": f"2024-01-{n:02}"} for n in range(1, 24)))
    way = way_of(get(client, made[result - 1], f"q=gaza&sort=oldest&per=10&result={result}"))
    assert links_of(way)["back"] == f"/?q=gaza&sort=oldest&per=10{page}"


@pytest.mark.parametrize(
    ("query", "label"),
    [
        ("country=EG&result=1", "Egypt"),
        ("country=EG&topic=gaza&-source=other-desk&lang=en&result=1", "Gaza, Egypt, English"),
        ("-source=other-desk&result=1", "not Other Desk"),
        ("q=aid&country=EG&result=1", "aid"),
        ("from=2024&result=1", "2024 – …"),
        ("undated=0&result=1", "not No date"),
        ("result=1", "All articles"),
        ("sort=oldest&result=1", "All articles"),
    ],
)
def test_a_search_is_named_by_its_words_or_else_its_selections(client, archive, query, label):
    made, _other = archive(
        {"body": "Aid.", "date": "2024-05-05", "countries": ("EG",), "topics": ("gaza",)},
        {"body": "x", "source": "Other Desk", "date": "2023-01-01"},
    )
    assert f"Back to the search: {label} ," in text_of(way_of(get(client, made, query)))


def test_a_very_long_search_is_named_by_its_beginning(client, five):
    way = text_of(way_of(get(client, five[0], "q=" + "gaza+" * 90)))
    assert "gaza gaza" in way
    assert len(way) < 200


@pytest.mark.parametrize("query", ["", "utm_source=x", "page=3", "result", "x=1&y=%00", "from=here"])
def test_without_a_search_there_is_no_line(client, five, query):
    page = get(client, five[0], query)
    assert bool(way_of(page)) == (query == "result")
    assert "<mark" not in page


@pytest.mark.parametrize(
    "result", ["", "0", "-1", "x", "1.5", "٣", "1e3", "9" * 400, "%00", "%ff", "<b>", "2&result=x", "１"]
)
def test_a_result_that_is_no_rank_leaves_the_way_back_and_the_marks(client, five, result):
    page = get(client, five[2], f"q=gaza&sort=oldest&result={result}")
    assert links_of(way_of(page)) == {"back": "/?q=gaza&sort=oldest"}
    assert "5 articles" in text_of(way_of(page))
    assert "result " not in text_of(way_of(page))
    assert page.count("<mark") == 2


@pytest.mark.parametrize("result", ["1", "2", "5", "6", "99", "999999999"])
def test_a_result_that_is_stale_is_put_right(client, five, result):
    assert "result 3 of 5" in text_of(way_of(get(client, five[2], f"q=gaza&sort=oldest&result={result}")))


def test_an_article_that_the_search_no_longer_finds_keeps_the_way_back(client, five, archive):
    (other,) = archive({"body": "Nothing."})
    way = way_of(get(client, other, "q=gaza&result=2&page=7"))
    assert links_of(way) == {"back": "/?q=gaza"}


@pytest.mark.parametrize(
    "query",
    [
        "q=%22", "q=%28%28%28", "q=*", "q=-", "q=%00&result=1", "country=XX&result=1", "q=" + "a" * 5000,
        "sort=x&per=7&result=1", "about=%3Cb%3E&result=1", "q=gaza&from=2025&to=2024&result=1", "q=%F0%28%8C%28",
        "q=gaza&result=1" + "&x=1" * 200, "minister=a%00b&result=1", "q=title:&result=2", "q=a*&result=1",
    ],
)  # fmt: skip
def test_whatever_the_address_says_the_article_shows(client, five, query):
    page = get(client, five[0], query)
    assert "<h1" in page
    assert "<b>" not in way_of(page).replace("<bdi", "")


def test_the_words_of_a_search_are_escaped(client, five):
    way = way_of(get(client, five[0], "q=" + quote('<script>"&')))
    assert "<script" not in way
    assert "&lt;script&gt;" in way


def test_an_unavailable_index_leaves_the_article_and_its_marks(client, make_article):
    page = get(client, make_article("Aid for Gaza."), "q=gaza&result=3")
    assert links_of(way_of(page)) == {"back": "/?q=gaza"}
    assert "articles" not in text_of(way_of(page))
    assert '<mark id="match-1">Gaza</mark>' in page


def test_hidden_articles_are_no_results_beside_one_for_readers(client, five):
    Article.objects.filter(pk=five[3].pk).update(visible=False, title="Secret")
    page = get(client, five[2], "q=gaza&sort=oldest&result=3")
    assert "secret" not in page.lower()
    assert links_of(way_of(page))["next"].startswith(f"/articles/{five[4].pk}/")
    client.force_login(User.objects.create_superuser("editor"))
    assert f"/articles/{five[3].pk}/secret/" in get(client, five[2], "q=gaza&sort=oldest&result=3")


def test_readers_get_no_cookie(client, five):
    assert not client.get(f"{five[0].get_absolute_url()}?q=gaza&result=1").cookies


def test_the_canonical_address_is_the_plain_one(client, five):
    page = get(client, five[0], "q=gaza&result=1")
    assert f'<link rel="canonical" href="http://testserver{five[0].get_absolute_url()}">' in page


def test_a_wrong_slug_keeps_the_search(client, five):
    response = client.get(f"/articles/{five[0].pk}/x/?q=gaza&result=1")
    assert response["Location"] == f"{five[0].get_absolute_url()}?q=gaza&result=1"


@pytest.mark.parametrize("prefix", ["/ar", "/ru"])
def test_the_line_stays_in_the_language_of_the_interface(client, five, prefix):
    links = links_of(way_of(get(client, five[2], "q=gaza&sort=oldest&result=3", prefix)))
    assert all(address.startswith(f"{prefix}/") for address in links.values())


# --- marks


def test_the_words_are_marked_and_counted(client, five):
    page = get(client, five[0], "q=gaza")
    assert re.findall(r'<mark id="(match-\d)">([^<]*)</mark>', page) == [("match-1", "Gaza"), ("match-2", "Gaza")]
    assert '<a href="#match-1">2 matches</a>' in page


def test_a_search_without_matches_in_the_text_offers_none_to_step_through(client, five):
    assert 'class="matches"' not in get(client, five[0], "from=2023&result=1")


def test_matches_and_evidence_may_overlap(client, make_article):
    made = make_article("The Gaza Strip and Egypt.", "On Gaza", countries=("PS",))
    made.country_tags.update(evidence=[["body", 4, 14, "place"], ["title", 3, 7, "place"]])
    page = get(client, made, "q=gaza")
    assert re.search(r'<mark id="match-1"><span class="ev" id="title-3"[^>]*>Gaza</span></mark>', page)
    assert re.search(
        r'<mark id="match-2"><span class="ev" id="body-4"[^>]*>Gaza</span></mark><span class="ev"[^>]*> Strip</span>',
        page,
    )


def test_a_long_text_says_how_much_of_it_was_looked_through(client, make_article):
    page = get(client, make_article("gaza " + "word " * 15_000), "q=gaza")
    assert "in the first 60,000 characters; the rest was not looked through" in page
    assert "looked through" not in get(client, make_article("gaza " + "word " * 1_500), "q=gaza")


@pytest.mark.parametrize(("query", "said"), [("q=gaza", True), ("q=country:EG", False), ("country=EG&result=1", False)])
def test_a_long_text_without_a_match_in_its_beginning_says_so(client, make_article, query, said):
    made = make_article("word " * 15_000 + "gaza", countries=("EG",))
    page = get(client, made, query)
    assert ("No match" in page) == said
    assert ("in the first 60,000 characters; the rest was not looked through" in page) == said


def test_markup_in_a_text_stays_text_where_it_is_marked(client, make_article):
    page = get(client, make_article("<b>Gaza</b> <i>x</i>", "<u>Gaza</u>"), "q=gaza")
    assert '&lt;b&gt;<mark id="match-2">Gaza</mark>&lt;/b&gt;' in page
    assert '&lt;u&gt;<mark id="match-1">Gaza</mark>&lt;/u&gt;' in page


def test_an_arabic_word_is_marked_whole(client, make_article):
    made = make_article("قال وزير الخارجية ووزير الدفاع", language="ar")
    assert re.findall(r"<mark[^>]*>([^<]*)</mark>", get(client, made, "q=" + quote("وزير"))) == ["وزير", "ووزير"]


def test_a_match_over_two_paragraphs_is_one_match():
    made = tagged_article("", "one gaza\n\ntruce two", [[]] * 6)
    first, second = marked_paragraphs(made, "en", NAMES, [(4, 15)], 3)
    assert [(piece.text, piece.opens, piece.closes) for piece in (*first, *second)] == [
        ("one ", None, False),
        ("gaza", 3, True),
        ("truce", 0, True),
        (" two", None, False),
    ]


SPANS = st.lists(st.integers(0, 60), min_size=2, max_size=12, unique=True)


@given(title=st.text("ab ", max_size=12), paragraphs=PARAGRAPHS, evidence=EVIDENCE, edges=SPANS)
def test_marks_never_lose_a_letter_and_always_close(title, paragraphs, evidence, edges):
    body = "\n\n".join(paragraphs)
    made = tagged_article(title, body, evidence)
    edges = sorted(min(edge, len(body)) for edge in edges)
    spans = [(left, right) for left, right in zip(edges[::2], edges[1::2], strict=False) if left < right]
    plain = marked_paragraphs(made, "en", NAMES)
    marked = marked_paragraphs(made, "en", NAMES, spans)
    for before, after in zip(plain, marked, strict=True):
        assert "".join(piece.text for piece in before) == "".join(piece.text for piece in after)
        opened = [piece.opens is not None for piece in after]
        assert sum(opened) == sum(piece.closes for piece in after)
        depth = 0
        for piece in after:
            depth += piece.opens is not None
            assert depth <= 1
            depth -= piece.closes
    inside = {place for left, right in spans for place in range(left, right) if not body[place].isspace()}
    letters = sum(len(piece.text) - piece.text.count(" ") for after in marked for piece in _within(after))
    assert letters == len(inside)
    assert [piece.title for piece in marked_title(made, "en", NAMES)] == [
        piece.title for piece in marked_title(made, "en", NAMES, [])
    ]


def _within(pieces):
    inside = False
    for piece in pieces:
        inside = inside or piece.opens is not None
        if inside:
            yield piece
        inside = inside and not piece.closes


def test_the_page_costs_a_fixed_number_of_queries(client, five, django_assert_max_num_queries):
    GazetteerVersion.objects.update_or_create(pk=1, defaults={"number": 10**6})
    get(client, five[2], "q=gaza&topic=x&source=world-desk&sort=oldest&result=3")
    with django_assert_max_num_queries(13):
        get(client, five[2], "q=gaza&topic=x&source=world-desk&sort=oldest&result=3")
