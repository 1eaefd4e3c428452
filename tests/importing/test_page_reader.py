"""Saved web pages: title, date, address, author, charset and text, from good and bad pages. All text is made up."""

import json
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.importing import readers
from articles.importing.readers.decoding import decode
from articles.importing.readers.web_pages.moment import address_date, read_moment
from articles.importing.records import ArticleRecord, ImportFile, UnreadableFile

FIRST = (
    "The two ministers met in the capital on Monday and spoke about trade, grain and the price of oil for three hours."
)
SECOND = (
    "They agreed to meet again before the end of the year, and to send experts to each other's ports in the meantime."
)


def articles(name: str, content: str | bytes) -> list[ArticleRecord]:
    data = content if isinstance(content, bytes) else content.encode("utf-8")
    found = list(readers.read(ImportFile(name, data, "folder")))
    assert all(isinstance(record, ArticleRecord) for record in found), found
    return [record for record in found if isinstance(record, ArticleRecord)]


def day(record: ArticleRecord) -> str:
    return record.date.moment.isoformat()[:16] if record.date.moment else ""


def page(head: str = "", body: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


THIRD = "Nobody was surprised that they met once more, and nobody expects that it was for the last time this year."
TEXT = f"<article><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></article>"


def linked_data(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (linked_data('{"@type": "NewsArticle", "datePublished": "2024-05-01T10:30:00Z"}'), "2024-05-01T10:30"),
        (linked_data('{"@graph": [{"@type": ["Article"], "datePublished": "2024-05-01"}]}'), "2024-05-01T00:00"),
        (linked_data("{broken") + '<meta name="pubdate" content="20240501">', "2024-05-01T00:00"),
        ('<meta property="article:published_time" content="2024-05-01T23:30:00-03:00">', "2024-05-02T02:30"),
        ('<meta property="article:published_time" content="2024-05-01T00:00:00+09:00">', "2024-05-01T00:00"),
        ('<meta property="article:published_time" content="9999-05-01">', ""),
    ],
)  # fmt: skip
def test_the_pages_own_data_date_it(head: str, expected: str) -> None:
    assert day(articles("a.html", page(head, TEXT))[0]) == expected


@pytest.mark.parametrize(
    "shown",
    [
        '<time datetime="2024-05-01">May Day</time>',
        '<span itemprop="datePublished">1 May 2024</span>',
        "<p>1 мая 2024</p>",
    ],
)
def test_a_shown_date_dates_a_page(shown: str) -> None:
    assert day(articles("a.html", page("", shown + TEXT))[0]) == "2024-05-01T00:00"


@pytest.mark.parametrize(
    ("head", "heading"),
    [
        ("<title>Ministers meet in Vienna again | Harbour Wire</title>", ""),
        ("<title>Harbour Wire: Ministers meet in Vienna again</title>", "<h2>Ministers meet in Vienna again</h2>"),
        ("<title>Vienna</title><meta property='og:site_name' content='Harbour Wire'>",
         "<h1>Ministers meet in Vienna again</h1>"),
        ("<meta property='og:title' content='Ministers meet in Vienna again - Harbour Wire'>"
         "<meta property='og:site_name' content='Harbour Wire'>", ""),
        ("<title>Ministers meet in Vienna again - harbourwire</title>"
         "<link rel=canonical href='https://www.harbourwire.example/a'>",
         "<h1>Harbour Wire</h1>"),
    ],
)  # fmt: skip
def test_the_title_is_the_headline_without_the_site(head: str, heading: str) -> None:
    assert articles("a.html", page(head, heading + TEXT))[0].title == "Ministers meet in Vienna again"


def test_a_page_gives_address_site_and_author() -> None:
    head = (
        '<link rel="canonical" href="https://harbour.example/a?id=1">'
        '<meta property="og:site_name" content="Harbour Wire">'
        '<meta name="author" content="By Ana Ruiz">'
    )
    (record,) = articles("a.html", page(head, TEXT))
    assert (record.url, record.source, record.byline) == ("https://harbour.example/a?id=1", "Harbour Wire", "Ana Ruiz")


@pytest.mark.parametrize(
    "box",
    [
        "<section><h2>Read next</h2><article><h3>Club wins cup</h3><p>Another one.</p></article></section>",
        "<p><b>اقرأ أيضا:</b> <a href='b'>Club wins cup</a> - <a href='c'>Bridge opens</a></p>",
        "<div><span>Материалы по теме</span><a href='b'>Club wins cup</a></div>",
        "<aside><strong>También te puede interesar</strong><ul><li><a>Club wins cup</a></li></ul></aside>",
    ],
)
def test_boxes_with_other_articles_go_and_the_text_around_them_stays(box: str) -> None:
    body = f"<article><h1>Ministers meet in Vienna</h1><p>{FIRST}</p>{box}<p>{SECOND}</p></article>"
    (record,) = articles("a.html", page("<title>Ministers meet in Vienna</title>", body))
    assert "Club" not in record.body
    assert FIRST in record.body
    assert SECOND in record.body


def test_a_page_laid_out_with_tables_gives_plain_paragraphs() -> None:
    rows = f"<tr><td>Home | News | Sport</td></tr><tr><td><p>{FIRST}</p><p>{SECOND}</p></td><td>Weather</td></tr>"
    body = f"<table>{rows}</table>"
    (record,) = articles("a.html", page("<title>Ministers meet</title>", body))
    assert record.body.startswith(FIRST)
    assert "|" not in record.body


@pytest.mark.parametrize("charset", ["windows-1251", "koi8-r", "utf-8"])
def test_the_charset_of_the_meta_tag_is_used(charset: str) -> None:
    russian = "Министры встретились в Вене и говорили о торговле, зерне и ценах на нефть три часа подряд, без перерыва."
    html = page(
        f'<meta charset="{charset}"><title>Встреча в Вене прошла</title>', f"<p>{russian}</p><p>{russian[:50]}.</p>"
    )
    (record,) = articles("a.html", html.encode(charset))
    assert (record.title, record.body.split("\n\n")[0]) == ("Встреча в Вене прошла", russian)


@pytest.mark.parametrize(
    ("window_title", "source"),
    [
        ("Talks open in Doha today | The Harbour Review", "The Harbour Review"),
        ("The Harbour Review :: Talks open in Doha today", "The Harbour Review"),
        ("Talks open in Doha today - News - The Harbour Review", ""),
        ("Talks open in Doha today", ""),
        ("Talks open in Doha today | all that one has to know about it now", ""),
    ],
)
def test_a_page_without_an_address_is_from_the_site_that_its_window_title_names(window_title: str, source: str) -> None:
    body = "<p>Envoys met in Doha on Monday. They will meet again on Tuesday to talk about aid for the coast.</p>" * 3
    html = (
        f"<html><head><title>{window_title}</title></head><body><h1>Talks open in Doha today</h1>{body}</body></html>"
    )
    (record,) = readers.read(ImportFile("page.html", html.encode()))
    assert isinstance(record, ArticleRecord)
    assert record.source == source


def test_the_language_that_a_page_states_is_not_taken_over() -> None:
    html = page('<meta property="og:locale" content="en_US">', TEXT).replace("<html>", '<html lang="ar">')
    assert articles("a.html", html)[0].language == ""


# What a page says of itself


@pytest.mark.parametrize(
    ("graph", "byline", "title"),
    [
        ([{"@type": "NewsArticle", "headline": "Bridge opens at last", "author": "B"},
          {"@type": "NewsArticle", "headline": "Ministers meet in Vienna", "author": {"name": "Ana Ruiz"}}],
         "Ana Ruiz", "Ministers meet in Vienna"),
        ([{"@type": "Article", "headline": "Ministers meet in Vienna", "author": {"@id": "#ana"}},
          {"@type": "Person", "@id": "#ana", "name": "Ana Ruiz"}], "Ana Ruiz", "Ministers meet in Vienna"),
        ([{"@type": "WebPage", "mainEntity": {"@type": "NewsArticle", "headline": "Ministers meet in Vienna",
                                              "author": [{"name": "Ana Ruiz"}, {"name": "Omar Said"}]}}],
         "Ana Ruiz, Omar Said", "Ministers meet in Vienna"),
        ([{"@type": 5, "@graph": "x"}, 5, None, {"@type": "Article", "headline": ["Ministers meet in Vienna"],
                                                 "author": 5}], "", "Ministers meet in Vienna"),
    ],
)  # fmt: skip
def test_the_pages_article_is_found_in_its_linked_data(graph: list[object], byline: str, title: str) -> None:
    head = linked_data(json.dumps({"@graph": graph}))
    (record,) = articles("a.html", page(head, f"<h1>Ministers meet in Vienna</h1>{TEXT}"))
    assert (record.byline, record.title) == (byline, title)


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ('<link rel="canonical" href="https://harbour.example/a">', "https://harbour.example/a"),
        ('<link rel="canonical" href="/a"><meta property="og:url" content="https://harbour.example/b?x=1">',
         "https://harbour.example/a"),
        ('<link rel="canonical" href="//harbour.example/a"><base href="https://x.example/">',
         "https://harbour.example/a"),
        ('<link rel="canonical" href="https://harbour.example/"><meta property="og:url" content="https://h.example/a">',
         "https://h.example/a"),
        ('<link rel="canonical" href="javascript:alert(1)">', ""),
        ('<base href="javascript:alert(1)//"><link rel="canonical" href="a">', ""),
        ('<link rel="canonical" href="data:text/html,x"><meta property="og:url" content="file:///etc/passwd">', ""),
        ('<link rel="canonical" href="https://[">', ""),
        ("<!-- saved from url=(0027)https://harbour.example/a?b -->", "https://harbour.example/a?b"),
        ("<!-- saved from url=(0014)about:internet -->", ""),
        ("<!--\n Page saved with SingleFile \n url: https://harbour.example/a \n saved date: today -->",
         "https://harbour.example/a"),
        ('<!-- saved from url=(0027)https://h.example/b --><link rel="canonical" href="https://h.example/a">',
         "https://h.example/a"),
    ],
)  # fmt: skip
def test_only_a_web_address_is_an_address(head: str, url: str) -> None:
    assert articles("a.html", page(head, TEXT))[0].url == url


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        # The quotation mark inside of the headline ends the attribute.
        ('<meta property="og:title" content="Envoy calls talks "useful""><title>Envoy calls talks "useful"</title>',
         '<h2>Envoy calls talks "useful"</h2>', 'Envoy calls talks "useful"'),
        # The first heading names the blog, a lesser one the article.
        ('<meta property="og:title" content="Harbour talks resume"><title>Talks: Harbour talks resume</title>',
         "<h1>Talks resume</h1><h3>Harbour talks resume</h3>", "Harbour talks resume"),
    ],
)  # fmt: skip
def test_the_title_is_the_one_that_a_heading_repeats(head: str, body: str, title: str) -> None:
    assert articles("a.html", page(head, body + TEXT))[0].title == title


# Dates


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-07-25T10:30:00+0300", "2024-07-25T07:30 minute"),
        ("2024/07/25", "2024-07-25T00:00 day"),
        ("2024/07", "2024-07-01T00:00 month"),
        ("20240725", "2024-07-25T00:00 day"),
        ("20240725T1030Z", "2024-07-25T10:30 minute"),
        ("1721903400", "2024-07-25T10:30 minute"),
        ("1721903400123", "2024-07-25T10:30 minute"),
        ("Thu, 25 Jul 2024 10:30:00 GMT", "2024-07-25T10:30 minute"),
        ("Thu Jul 25 2024 10:30:00 GMT+0300 (Moscow Standard Time)", "2024-07-25T07:30 minute"),
        ("25 июля 2024", "2024-07-25T00:00 day"),
        ("07/25/2024", "2024-07-25T00:00 day"),
        ("05/06/2024", ""),
        ("99999999", ""),
        ("soon", ""),
    ],
)
def test_a_moment_is_read_in_the_forms_that_pages_use(text: str, expected: str) -> None:
    moment = read_moment(text)
    assert (f"{moment.when.isoformat()[:16]} {moment.precision}" if moment else "") == expected


@pytest.mark.parametrize(("changed", "expected"), [("2024-06-06", "2024-06-05"), ("2024-05-07", "2024-05-06")])
def test_another_date_tells_which_figure_is_the_month(changed: str, expected: str) -> None:
    head = (
        '<meta property="article:published_time" content="05/06/2024 05:22 pm">'
        f'<meta property="article:modified_time" content="{changed}">'
    )
    assert day(articles("a.html", page(head, TEXT))[0])[:10] == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://h.example/2024/07/25/talks", "2024-07-25"),
        ("https://h.example/news/2024-07-25-talks", "2024-07-25"),
        ("https://h.example/20240725/talks", "2024-07-25"),
        ("https://h.example/2024/07/talks", ""),
        ("https://h.example/2024/02/31/talks", ""),
        ("https://h.example/2024/07/25/then/2023/07/25", ""),
        ("https://h.example/id/12024072512", ""),
        ("", ""),
    ],
)
def test_an_address_may_hold_the_day(url: str, expected: str) -> None:
    moment = address_date(url)
    assert (moment.when.date().isoformat() if moment else "") == expected


ADDRESS = '<link rel="canonical" href="https://h.example/2024/07/25/talks">'


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        (ADDRESS, TEXT, "2024-07-25T00:00"),
        (ADDRESS, f"<p>26 July 2024, 09:15 GMT</p>{TEXT}", "2024-07-26T09:15"),
        (ADDRESS, f"<p>Monday, 5 May 2025</p>{TEXT}", "2024-07-25T00:00"),
        ("", f"<p>5 May 2025</p><h1>Talks held</h1><p>25 July 2024</p>{TEXT}", "2024-07-25T00:00"),
        ("", f'<h1>Talks</h1><p>5 May 2025</p><div class="post-date"><i>25</i> <i>July</i> <i>2024</i></div>{TEXT}',
         "2024-07-25T00:00"),
        ("", f'<h1>Talks</h1><span class="date">25. Juli 2024</span>{TEXT}', "2024-07-25T00:00"),
        ("", f'<h1>Talks held</h1>{TEXT}<ul class="related"><li>5 May 2023</li><li>6 May 2023</li></ul>', ""),
        ("", f'<h1>Talks</h1>{TEXT}<div class="comments"><time datetime="2024-08-01">x</time></div>', ""),
        ("", f'<div class="content-sidebar-wrap"><h1>Talks</h1><time datetime="2024-07-25">x</time>{TEXT}</div>',
         "2024-07-25T00:00"),
        ("", f'<article itemscope>{TEXT}<i itemprop="citation" itemscope><b itemprop="datePublished">1988</b></i>'
             f'<meta itemprop="datePublished" content="2024-07-25"></article>', "2024-07-25T00:00"),
        ('<meta property="article:published_time" content="2004-01-01">',
         f'<h1>Talks</h1><p class="date">25 July 2024</p>{TEXT}', "2024-07-25T00:00"),
        ('<meta property="article:modified_time" content="2024-07-25T10:00Z">', TEXT, "2024-07-25T10:00"),
        (linked_data('{"@type": "WebPage", "datePublished": "2024-07-25"}'), TEXT, "2024-07-25T00:00"),
    ],
)  # fmt: skip
def test_the_articles_own_date_is_told_from_the_others(head: str, body: str, expected: str) -> None:
    assert day(articles("a.html", page(head, body))[0]) == expected


@pytest.mark.parametrize(
    ("stated", "problem"), [("9999-05-01", "9999-05-01 lies in the future"), ("1066-10-14", "lies before 1900")]
)
def test_a_date_that_cannot_be_is_left_out_and_named(stated: str, problem: str) -> None:
    head = f'<meta property="article:published_time" content="{stated}">'
    date = articles("a.html", page(head, TEXT))[0].date
    assert (date.moment, problem in date.problem) == (None, True)
    date = articles("a.html", page(head, f"<p>5 May 2024</p>{TEXT}"))[0].date
    assert (date.precision, date.problem) == ("day", "")


def test_a_clock_time_without_a_zone_is_marked() -> None:
    head = '<meta property="article:published_time" content="2024-05-01T10:30:00">'
    date = articles("a.html", page(head, TEXT))[0].date
    assert (date.precision, date.zoned) == ("minute", False)


# Text


def test_rows_of_a_table_stay_without_their_bars() -> None:
    rows = "".join(f"<tr><td>Port {each}</td><td>{each} t</td></tr>" for each in range(3))
    body = f"<article><p>{FIRST}</p><table><tr><th>Port</th><th>Grain</th></tr>{rows}</table><p>{SECOND}</p></article>"
    (record,) = articles("a.html", page("", body))
    assert "Port 1; 1 t" in record.body.split("\n\n")


def test_a_caption_goes_and_a_gallery_of_captions_stays() -> None:
    figure = "<figure><img src='a.png'><figcaption>The envoys on the quay at noon.</figcaption></figure>"
    (record,) = articles("a.html", page("", f"<article><p>{FIRST}</p>{figure}<p>{SECOND}</p><p>{THIRD}</p></article>"))
    assert "quay" not in record.body
    slides = "".join(f"<figure><img src='{n}.png'><figcaption><p>{n}. {FIRST}</p></figcaption></figure>" for n in "123")
    (record,) = articles("a.html", page("", f"<article><h1>Talks in pictures</h1>{slides}</article>"))
    assert f"2. {FIRST}" in record.body


def test_the_standfirst_that_describes_the_page_begins_the_text() -> None:
    lead = "Grain, oil and two ports were spoken of, and nobody left the room before the last word was said."
    head = f'<meta name="description" content="{lead}">'
    body = f'<main><header><h1>Ministers meet</h1><div class="lead"><span>{lead}</span></div></header>{TEXT}</main>'
    assert articles("a.html", page(head, body))[0].body.split("\n\n")[:2] == [lead, FIRST]
    assert lead not in articles("a.html", page(head, TEXT))[0].body  # it stands nowhere on the page


def test_a_text_that_only_the_pages_data_hold_is_taken_from_there() -> None:
    data = linked_data(json.dumps({"@type": "NewsArticle", "articleBody": f"{FIRST}\n\n{SECOND}\n\n{THIRD}"}))
    assert (
        articles("a.html", page(data, '<div id="app"><p>Loading</p></div>'))[0].body
        == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"
    )


# Charsets

RUSSIAN = "Министры встретились в Вене и говорили о торговле, зерне и ценах на нефть три часа подряд, без перерыва."
ARABIC = "التقى الوزيران في فيينا وتحدثا عن التجارة والحبوب وأسعار النفط ثلاث ساعات متواصلة بلا انقطاع أو خلاف."
SPANISH = (
    "Los cancilleres se reunieron en Bogotá y hablaron también del comercio, según el señor Núñez, que llegó mañana."
)


@pytest.mark.parametrize(
    "declared", ["", "utf-8", "iso-8859-1", "windows-1252", "x-unknown", "zip", "rot13", "undefined"]
)
@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("cp1251", RUSSIAN), ("koi8-r", RUSSIAN), ("iso8859-5", RUSSIAN), ("utf-8", RUSSIAN), ("cp1256", ARABIC),
        ("iso8859-6", ARABIC), ("utf-8", ARABIC), ("cp1252", SPANISH), ("iso8859-15", SPANISH), ("utf-8", SPANISH),
    ],
)  # fmt: skip
def test_a_missing_or_wrong_charset_does_no_harm(declared: str, charset: str, text: str) -> None:
    head = (f'<meta charset="{declared}">' if declared else "") + f"<title>{text[:40]}</title>"
    script = "<script>" + "var a = 1;\n" * 3000 + "</script>"  # the text stands far behind the beginning
    body = f"{script}<article><p>{text}</p><p>{text[5:]}</p></article>"
    record = articles("a.html", page(head, body).encode(charset))[0]
    assert record.body.split("\n\n")[0] == text


@pytest.mark.parametrize("declared", ["windows-1251", "koi8-r", "windows-1256", "iso-8859-5"])
@pytest.mark.parametrize(("charset", "text"), [("cp1251", RUSSIAN), ("cp1256", ARABIC), ("cp1252", SPANISH)])
def test_a_charset_of_another_script_is_not_believed(declared: str, charset: str, text: str) -> None:
    assert decode(text.encode(charset), declared) == text


def test_a_page_in_utf8_with_a_broken_byte_stays_utf8() -> None:
    content = (
        page("<meta charset=windows-1251>", f"<article><p>{RUSSIAN}</p><p>{RUSSIAN[:60]}").encode() + b"\xd0 .</p>"
    )
    assert RUSSIAN in articles("a.html", content)[0].body


# Bad pages


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\x00" * 500, "binary|empty"),
        (bytes(range(256)) * 10, "binary"),
        (b"<html><frameset><frame src=a.html><frame src=b.html></frameset></html>", "only a frame"),
        (b"<html><body>" + b"<div>" * 10_000 + b"words", "too deep"),
        (b"<html><body>" + b"<div>" * 260 + FIRST.encode(), "too deep"),
        (b"<html><head><title>T</title></head><body></body></html>", "no article text"),
        (page("<title>Harbour</title>", "<div><p>We use cookies on this website. By going on you accept our cookie "
              "policy and our privacy policy.</p><button>Accept</button></div>").encode(), "only a notice"),
        (page("<title>Just a moment...</title>", "<p>Checking your browser before you continue. Please enable "
              "JavaScript and cookies.</p>").encode(), "check of a browser"),
        (page("<title>Attention</title>", "<p>Включите JavaScript и подтвердите, что вы не робот.</p>").encode(),
         "check of a browser"),
    ],
)  # fmt: skip
def test_a_page_without_an_article_is_refused_with_a_reason(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=reason):
        articles("a.html", content)


@pytest.mark.parametrize(
    "junk",
    [
        linked_data("{broken"),
        linked_data("[" * 100_000),
        linked_data('{"mainEntity":' * 5000 + "1" + "}" * 5000),
        linked_data("[" + ",".join(['{"@type": "NewsArticle", "author": 5}'] * 100_000) + "]"),
        linked_data('{"@type": "NewsArticle", "datePublished": {"a": 1}, "author": {"@id": []}, "headline": {}}'),
        linked_data('{"@type": "NewsArticle", "articleBody": "\\u0000\\ud800"}'),
        f'<img src="data:image/png;base64,{"QUJD" * 2_000_000}">',
        f'<p title="{"x " * 500_000}"></p>',
        "\x00" * 3,
        "<a href='javascript:alert(1)'>x</a>",
        "<base href='https://evil.example/'>",
        "<!--" * 20_000 + "-->",
        "<time datetime='99999999999999999999'>9</time>",
        "<![CDATA[ ]]><?php ?><!DOCTYPE x [<!ENTITY a 'b'>]>",
    ],
)  # fmt: skip
def test_odd_things_in_a_page_do_not_cost_its_text(junk: str) -> None:
    (record,) = articles("a.html", page("<title>Ministers meet in Vienna again</title>", f"{TEXT}{junk}"))
    assert FIRST in record.body
    assert record.title == "Ministers meet in Vienna again"
    assert "\x00" not in record.body


@pytest.mark.parametrize(
    "many",
    [
        "<div><b>Read also</b> <a>Club wins</a></div>",
        "<b>Read also</b>",
        "<span>9 2020 x</span>",
        "<time datetime=x>5</time>",
        "<figcaption>a</figcaption>",
        "<table><tr><td>a</td></tr></table>",
        f"<p>{THIRD}</p>",
    ],
)
def test_the_time_grows_with_the_size_of_a_page_and_not_faster(many: str) -> None:
    def seconds(count: int) -> float:
        html = page("", f"<h1>Talks</h1>{TEXT}<aside class='related'>{many * count}</aside>")
        started = time.process_time()
        articles("a.html", html)
        return time.process_time() - started

    seconds(10)  # the libraries load what they need
    # Eight times as much takes 64 times as long where every element looks at all others.
    assert seconds(4000) < 30 * max(seconds(500), 0.05)


PAGE = page(
    linked_data('{"@type": "NewsArticle", "headline": "Ministers meet", "datePublished": "2024-05-01T10:30:00Z"}')
    + '<link rel="canonical" href="https://harbour.example/2024/05/01/a"><meta charset="utf-8">',
    f"<h1>Ministers meet</h1><p class='date'>1 мая 2024</p>{TEXT}<aside><b>Read also</b><a href='b'>Club</a></aside>"
    "<table><tr><td>a</td><td>b</td></tr></table><figure><figcaption>c</figcaption></figure>",
).encode()


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(
            st.integers(0, len(PAGE)), st.integers(0, 40), st.one_of(st.binary(max_size=12), st.sampled_from(
                [b"<", b">", b"</p>", b"<p>", b'"', b"<script>", b"<!--", b"]]>", b"<table>", b"</body>", b"\xff\xfe"]
            )),
        ),
        max_size=12,
    )
)  # fmt: skip
def test_a_mangled_page_gives_an_article_or_a_reason(changes: list[tuple[int, int, bytes]]) -> None:
    content = PAGE
    for start, length, new in changes:
        content = content[:start] + new + content[start + length :]
    try:
        for record in articles("a.html", content):
            record.body.encode("utf-8")
            assert record.body.strip()
    except UnreadableFile as error:
        assert str(error)


# Dates of something else

OTHERS = "<time datetime='2024-03-03T09:00Z'>3 March</time> Flood in the south"
HEADLINE = "<h1>Ministers meet in Vienna again</h1>"


def address(day: str) -> str:
    return f"<link rel=canonical href='https://harbour.example/{day}/a'>"


@pytest.mark.parametrize(
    "other",
    [
        f"<nav>{OTHERS}</nav>",
        f"<header><div>{OTHERS}</div></header>",
        f"<div class='breaking-news'>{OTHERS}</div>",
        f"<div id='news-ticker'>{OTHERS}</div>",
        f"<ul class='trending'><li>{OTHERS}</li></ul>",
        f"<div class='most-popular'>{OTHERS}</div>",
        f"<div class='mostRead'>{OTHERS}</div>",
        f"<div class='top-bar'>{OTHERS}</div>",
        f"<div class='topbar'>{OTHERS}</div>",
        f"<div class='clock'>{OTHERS}</div>",
        f"<div><b>Most read</b> <a href='b'>Flood in the south</a> {OTHERS}</div>",
        f"<div><h3>الأكثر قراءة</h3><a href='b'>Flood</a> {OTHERS}</div>",
        "<div class='top-bar'>Sunday, 3 March 2024</div>",
        "<nav><span>3 March 2024</span></nav>",
        "<div class='today-date'>3 March 2024</div>",
    ],
)
def test_a_date_of_something_else_dates_no_page(other: str) -> None:
    for body in (f"{other}{HEADLINE}{TEXT}", f"{HEADLINE}{TEXT}{other}"):
        assert day(articles("a.html", page("", body))[0]) == ""


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        # The article's own header, a clock that is a sign before the date
        ("", f"<article><header>{HEADLINE}<time datetime='2024-05-01'>x</time></header>{TEXT}</article>", "2024-05-01"),
        ("", f"<article>{HEADLINE}<header><time datetime='2024-05-01'>x</time></header>{TEXT}</article>", "2024-05-01"),
        ("", f"{HEADLINE}<div><i class='fa fa-clock'></i> 1 May 2024</div>{TEXT}", "2024-05-01"),
        ("", f"{HEADLINE}<span class='fa-clock'>1 May 2024</span>{TEXT}", "2024-05-01"),
        # The day of the address, or a marked date under the headline, goes before a time that nothing marks
        (address("2024/05/01"), f"<p>{OTHERS}</p>{HEADLINE}{TEXT}", "2024-05-01"),
        ("", f"<p>{OTHERS}</p>{HEADLINE}<p class='post-date'>1 May 2024</p>{TEXT}", "2024-05-01"),
        ("", f"{HEADLINE}<p class='post-date'>3 March 2024</p><p>{OTHERS}</p>{TEXT}", "2024-03-03"),
        (address("2024/03/02"), f"{HEADLINE}<p>{OTHERS}</p>{TEXT}", "2024-03-03"),
        # A time that is marked does not lose
        (address("2024/05/01"), f"{HEADLINE}<time pubdate datetime='2024-03-03'>x</time>{TEXT}", "2024-03-03"),
        ("", f"{HEADLINE}<p class='post-date'>15.06.24</p>{TEXT}", "2024-06-15"),
    ],
)  # fmt: skip
def test_the_articles_own_date_goes_before_those_around_it(head: str, body: str, expected: str) -> None:
    assert day(articles("a.html", page(head, body))[0])[:10] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5 мая 2024 14:30 (МСК)", "2024-05-05T11:30"),
        ("Publié le 5 mai 2024 à 14h30 (heure de Paris)", "2024-05-05T12:30"),
        ("Sun May 05 2024 14:30:00 GMT+0300 (Moscow Standard Time)", "2024-05-05T11:30"),
        ("5 May 2024 (changed)", "2024-05-05T00:00"),
    ],
)
def test_a_zone_in_brackets_counts(text: str, expected: str) -> None:
    moment = read_moment(text)
    assert moment is not None
    assert (moment.when.isoformat()[:16], moment.zoned) == (expected, True)


# Headlines of pages that have no title of their own

PLAIN = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"
MET = "Ministers meet in the capital again"
EMBASSY = "Embassy of Harbourland in Vienna"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("<title>Print</title>", f"<p><b>{MET}</b></p><p>Published: 13 May 2024</p>{PLAIN}"),
        ("<title>Harbourland - News</title>", f"<font size=4><b>{MET}</b></font><br><small>13.05.2024</small>{PLAIN}"),
        ("<title></title>", f"<h2>{MET}</h2>{PLAIN}"),
        (f"<title>{EMBASSY}</title>", f"<h1>{EMBASSY}</h1><h2 class='news-title'>{MET}</h2>{PLAIN}"),
        (f"<title>{EMBASSY}</title>",
         f"<table><tr><td><b>{MET}</b><br>13 May 2024<br>{FIRST}<br>{SECOND}</td></tr></table>"),
        ("<title>Harbour Wire</title><meta property='og:site_name' content='Harbour Wire'>",
         f"<div class='article-headline'>{MET}</div>{PLAIN}"),
    ],
)  # fmt: skip
def test_the_heading_above_the_text_is_the_headline_where_the_title_only_names_the_site(head: str, body: str) -> None:
    (record,) = articles("a.html", page(head, body))
    assert record.title == MET
    assert record.body.startswith(FIRST)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (f"<title>{MET}</title>", f"<h1>{MET}</h1><h2 class='subtitle'>Grain and oil were spoken about</h2>{PLAIN}"),
        (f"<title>{MET}</title>", f"<p><b>What they agreed about trade and grain</b></p>{PLAIN}"),
        (f"<title>{MET}</title><meta property='og:title' content='{MET}'>", f"<h2>Trade and grain</h2>{PLAIN}"),
        (f"<title>{MET}</title>", f"<h1>{MET}</h1><p><strong>The price of oil and grain</strong></p>{PLAIN}"),
        ("<title>Ministry of Trade condemns the price of grain</title>",
         f"<h1>Ministry of Trade condemns the price of grain</h1><h2 class='title'>Oil was a subject too</h2>{PLAIN}"),
    ],
)  # fmt: skip
def test_a_title_that_tells_of_the_text_stays(head: str, body: str) -> None:
    (record,) = articles("a.html", page(head, body))
    assert record.title in head


# Pages that are no article


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("<div id=root></div><noscript>You need to enable JavaScript to run this app.</noscript>", "JavaScript"),
        ("<h1>h.example</h1><p>Verifying you are human. This may take a few seconds.</p>", "check of a browser"),
        ("<h1>Page not found</h1><p>The page you are looking for does not exist.</p>", "not found"),
        ("<h1>Страница не найдена</h1><p>Начните с главной страницы сайта.</p>", "not found"),
        ("<h1>Talks go on</h1><p>Subscribe to unlock this article</p><p>Only $1 for 4 weeks.</p>", "subscribe"),
        ("<h1>Les pourparlers</h1><p>Cet article est réservé aux abonnés.</p>", "subscribe"),
        ("<h1>World</h1>" + "".join(
            f"<div class=teaser><h3><a href=/{n}>Minister number {n} arrives</a></h3><p>A teaser about number {n}, who "
            "has arrived in the capital for talks.</p></div>" for n in range(8)), "list of other articles"),
    ],
)  # fmt: skip
def test_a_page_that_stands_in_for_an_article_is_refused(content: str, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=reason):
        articles("a.html", page("<title>Harbour</title>", content))


@pytest.mark.parametrize(
    "more",
    [
        "<noscript>Please enable JavaScript.</noscript>",
        "<p>Subscribe to continue reading</p>",
        "<p>The site of the ministry said “page not found” all day.</p>",
        "".join(f"<div><h3><a href=/{n}>Minister number {n} arrives</a></h3><p>Teaser.</p></div>" for n in range(8)),
    ],
)
def test_a_page_with_an_article_is_read_whatever_else_it_says(more: str) -> None:
    (record,) = articles("a.html", page("<title>Talks</title>", f"{HEADLINE}{PLAIN}{more}"))
    assert FIRST in record.body


def test_a_short_article_is_read_though_its_page_asks_for_javascript() -> None:
    body = f"{HEADLINE}<p>{FIRST}</p><noscript>Please enable JavaScript to see the pictures.</noscript>"
    assert FIRST in articles("a.html", page("", body))[0].body


# Releases as preformatted text


def test_a_preformatted_release_has_paragraphs_and_its_date() -> None:
    lines = (
        "MINISTRY OF TRADE", "13 May 2024", "", "The two ministers met in the capital on Monday and spoke",
        "about trade, grain and the price of oil for three hours.", "", "They agreed to meet again before the end of",
        "the year, and to send experts to each other's ports in", "the meantime.",
    )  # fmt: skip
    text = "\n".join(lines)
    (record,) = articles("a.html", page("<title>Release No. 12</title>", f"<h2>Release No. 12</h2><pre>{text}</pre>"))
    assert day(record) == "2024-05-13T00:00"
    assert record.body.split("\n\n")[-2:] == [FIRST, SECOND]
    code = f"<pre><code>{text}</code></pre>"
    assert FIRST in articles("a.html", page("", f"{HEADLINE}{PLAIN}{code}"))[0].body


def test_the_joiners_of_persian_spelling_stay() -> None:
    sentence = "وزیر امور خارجه می‌گوید که گفت‌وگوها درباره‌ی نفت و گندم تا پایان سال در پایتخت ادامه می‌یابد."
    body = f"<article><h1>گفت‌وگو در وین</h1>{f'<p>{sentence}</p><p>{sentence[:-20]}.</p>' * 2}</article>"
    html = f"<!DOCTYPE html><html><head><title>گفت‌وگو در وین</title></head><body>{body}</body></html>"
    (record,) = readers.read(ImportFile("a.html", html.encode()))
    assert isinstance(record, ArticleRecord)
    assert sentence in record.body
