"""Each format read from bytes, good and bad. No database."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing import readers
from articles.importing.readers import reader_of
from articles.importing.records import ArticleRecord, ImportFile, UnreadableFile, UnreadableRecord

FIRST = (
    "The two ministers met in the capital on Monday and spoke about trade, grain and the price of oil for three hours."
)
SECOND = (
    "They agreed to meet again before the end of the year, and to send experts to each other's ports in the meantime."
)


def read(name: str, content: str | bytes) -> list[ArticleRecord | UnreadableRecord]:
    data = content if isinstance(content, bytes) else content.encode("utf-8")
    return list(readers.read(ImportFile(name, data, "folder")))


def articles(name: str, content: str | bytes) -> list[ArticleRecord]:
    found = read(name, content)
    assert all(isinstance(record, ArticleRecord) for record in found), found
    return [record for record in found if isinstance(record, ArticleRecord)]


def day(record: ArticleRecord) -> str:
    return record.date.moment.isoformat()[:16] if record.date.moment else ""


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.txt", "Some words.", "plain text"),
        ("a", "Some words.", "plain text"),
        ("a.txt", "<!DOCTYPE html><html><body><p>Words</p></body></html>", "web page"),
        ("a.html", "<p>Words</p>", "web page"),
        ("a.txt", '{"body": "Words"}\n{"body": "More"}', "JSON Lines"),
        ("a.jsonl", "broken", "JSON Lines"),
        ("a.json", '{"name": "A", "messages": []}', "Telegram Desktop export"),
        ("a.txt", '{\n "name": "A",\n "messages": [\n ]\n}', "Telegram Desktop export"),
        ("a.jsonl", '{"body": "the \\"messages\\": [ are here"}', "JSON Lines"),
        ("a.txt", "Harbour Wire, [25.07.2024 14:03]\nWords.", "channel text"),
        (
            "a.txt",
            f"🇷🇺 Talks held\n📍 Vienna, July 25, 2024\n💬 {FIRST}\n📍 Vienna, July 25, 2024\n💬 {FIRST}",
            "channel text",
        ),
        ("a.txt", f"Talks held 🇷🇺\n{FIRST}", "plain text"),
    ],
)
def test_a_format_is_known_by_content_first(name: str, content: str, expected: str) -> None:
    assert reader_of(ImportFile(name, content.encode()))[0] == expected


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t ", "empty"),
        ("a.txt", b"... --- ...", "no text"),
        ("a.txt", b"%PDF-1.7 \x00", "PDF"),
        ("a.html", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "picture"),
        ("a.jsonl", b"PK\x03\x04" + bytes(100), "ZIP"),
        ("a.txt", bytes(range(256)) * 10, "binary"),
        ("a.html", b"no markup at all", "no HTML"),
        ("a.html", b"<html><body><script>var a = 1</script></body></html>", "no article text"),
        ("a.html", b"<html><body>" + b"<div>" * 10_000 + b"words", "too deep"),
        ("a.csv", b"title,body\na,b\n", ".csv"),
        ("a.json", b'{"a": 1}', "holds no articles"),
        ("a.json", b'{"name": "A", "messages": [', "broken"),
        ("a.json", b'{"messages": [], "a": ' + b"[" * 100_000, "deep"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(name: str, content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=reason):
        read(name, content)


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251", "koi8-r"])
def test_russian_text_is_decoded(charset: str) -> None:
    text = "Министры встретились в Вене. Они договорились о поставках зерна и нефти до конца года."
    assert articles("a.txt", text.encode(charset))[0].body == text


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("cp1256", "وصل وزير الخارجية إلى القاهرة. تجري المحادثات يوم الخميس في مقر الوزارة."),
        ("cp1252", "El canciller llegó a Bogotá. Las conversaciones serán mañana, según el señor Núñez."),
        ("cp1252", "The minister’s visit — “a good one” — ended on Monday."),
    ],
)
def test_old_charsets_are_told_by_their_letters(charset: str, text: str) -> None:
    assert articles("a.txt", text.encode(charset))[0].body == text


# JSON Lines


def test_a_line_is_an_article_with_all_its_fields() -> None:
    line: dict[str, Any] = {
        "id": 7, "url": "https://example.org/a", "source": "Harbour", "lang": "en", "date": "2024-05-01", "title": "T",
        "body": f"{FIRST}\n\n{SECOND}",
    }  # fmt: skip
    (record,) = articles("a.jsonl", json.dumps(line))
    assert (record.external_id, record.url, record.source, record.language) == (
        "7",
        "https://example.org/a",
        "Harbour",
        "en",
    )
    assert (record.title, record.body) == ("T", f"{FIRST}\n\n{SECOND}")
    assert (day(record), record.date.precision, record.date.kind) == ("2024-05-01T00:00", "day", "stated")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("broken", "not a JSON object"),
        ("[1]", "not a JSON object"),
        ("{}", "no body"),
        ('{"body": null}', "no body"),
        ('{"body": 5}', "not a text"),
        ('{"body": " \\n "}', "empty"),
        ("[" * 100_000, "not a JSON object"),
        ('{"body": ' + "9" * 5000 + "}", "not a JSON object"),
    ],
)
def test_a_bad_line_is_reported_and_the_others_are_read(line: str, reason: str) -> None:
    first, bad, last = read("a.jsonl", f'{{"body": "One."}}\n{line}\n\n{{"body": "Two."}}')
    assert isinstance(first, ArticleRecord)
    assert isinstance(bad, UnreadableRecord)
    assert reason in bad.reason
    assert bad.number == 2
    assert isinstance(last, ArticleRecord)
    assert last.number == 4


def test_a_line_that_is_not_utf8_stays_one_bad_line() -> None:
    found = read("a.jsonl", b'{"body": "One."}\n{"body": "\xff\xfe"}\n{"body": "Two."}')
    assert [type(record) for record in found] == [ArticleRecord, UnreadableRecord, ArticleRecord]


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2024-05", ("2024-05-01T00:00", "month")),
        ("2024-05-01T10:30:00+02:00", ("2024-05-01T08:30", "minute")),
        ("0001-01-01", ("", "none")),
        ("9999-12-31", ("", "none")),
        ("31.02", ("", "none")),
        (20240501, ("", "none")),
        (["2024"], ("", "none")),
        (None, ("", "none")),
    ],
)
def test_absurd_dates_of_a_line_are_no_dates(date: object, expected: tuple[str, str]) -> None:
    (record,) = articles("a.jsonl", json.dumps({"body": "One.", "date": date}))
    assert (day(record), record.date.precision) == expected


def test_line_separators_inside_a_body_do_not_part_lines() -> None:
    (record,) = articles("a.jsonl", json.dumps({"body": "One\u2028two\u0085three"}, ensure_ascii=False))
    assert record.body == "One\n\ntwo\n\nthree"


def test_nul_and_lone_surrogates_are_left_out() -> None:
    (record,) = articles("a.jsonl", '{"body": "a\\u0000b\\ud800c", "title": "x\\udfff\\u0000y", "id": "i\\u0000"}')
    assert (record.body, record.title, record.external_id) == ("abc", "xy", "i")


# Telegram Desktop


def export(*messages: dict[str, Any], **chat: Any) -> str:
    whole = {"name": "Harbour Wire", "type": "public_channel", "id": 42, "messages": list(messages), **chat}
    return json.dumps(whole, ensure_ascii=False, indent=1)


def message(number: int, text: object, **fields: Any) -> dict[str, Any]:
    return {
        "id": number, "type": "message", "date": "2024-07-25T17:03:20", "date_unixtime": str(1721916200 + number * 60),
        "from": "Harbour Wire", "from_id": "channel42", "text": text, **fields,
    }  # fmt: skip


def test_a_post_is_an_article_its_text_a_string_or_a_list_of_parts() -> None:
    first, second = articles(
        "result.json",
        export(
            message(1, "Talks went on."),
            message(
                2, ["🇷🇺 ", {"type": "bold", "text": "Talks"}, " ended.\n\nAll went home."], forwarded_from="Port News"
            ),
        ),
    )
    assert (first.body, first.title, first.source) == ("Talks went on.", "", "Harbour Wire")
    assert (second.body, second.forwarded_from) == ("🇷🇺 Talks ended.\n\nAll went home.", "Port News")
    assert day(first) == "2024-07-25T14:04"  # the exact moment, not the local clock
    assert (first.external_id, first.key) == ("42/1", "message 42/1")


def test_service_messages_and_media_without_text_are_passed_over() -> None:
    found = read(
        "result.json",
        export(
            {"id": 1, "type": "service", "action": "create_channel", "text": ""},
            message(2, "", photo="(File not included.)"),
            message(3, []),
            message(4, "Talks."),
        ),
    )
    assert [record.body for record in found if isinstance(record, ArticleRecord)] == ["Talks."]
    assert len(found) == 1


def test_an_album_is_one_article() -> None:
    moment = {"date_unixtime": "1721916200", "photo": "x.jpg"}
    found = articles(
        "result.json", export(message(1, "", **moment), message(2, "Talks.", **moment), message(3, "", **moment))
    )
    assert [record.body for record in found] == ["Talks."]


def test_the_link_is_known_where_the_channels_address_is() -> None:
    assert articles("result.json", export(message(5, "Talks."), username="harbour"))[0].url == "https://t.me/harbour/5"
    assert articles("result.json", export(message(5, "Talks.")))[0].url == ""


def test_bad_messages_are_reported_and_the_others_read() -> None:
    found = read("result.json", json.dumps({"name": "A", "messages": [5, message(1, 5), message(2, "Talks.")]}))
    assert [type(record) for record in found] == [UnreadableRecord, UnreadableRecord, ArticleRecord]


# Pasted channels


def test_posts_with_heads_are_parted_and_dated() -> None:
    first, second = articles(
        "a.txt",
        f"Harbour Wire, [25.07.2024 14:03]\nTalks went on.\n{FIRST}\n\nHarbour Wire, [26.07.24 9:15]\nTalks ended.\n",
    )
    assert (first.body, day(first), first.source) == (f"Talks went on.\n\n{FIRST}", "2024-07-25T14:03", "Harbour Wire")
    assert (second.body, day(second)) == ("Talks ended.", "2024-07-26T09:15")


def test_doubled_posts_are_parted_and_kept_once_with_a_single_one_between() -> None:
    text = "\n".join(
        [
            "🇷🇺🇨🇳 Talks are held in Vienna", "📍 Vienna, July 25, 2024", "#Talks", "📍 Vienna, July 25, 2024", "#Talks",
            "🗓 On July 26, the ministers will meet again.", FIRST, "Read in full", FIRST, "Read in full",
            "Forwarded from Port News 🇷🇺", "🎙 Words after the talks (Vienna, July 27, 2024)",
            f"💬 {SECOND}", f"💬 {SECOND}",
        ]
    )  # fmt: skip
    first, second, third = articles("a.txt", text)
    assert first.body.split("\n\n") == ["🇷🇺🇨🇳 Talks are held in Vienna", "📍 Vienna, July 25, 2024", "#Talks"]
    assert (day(first), first.date.kind) == ("2024-07-25T00:00", "stated")
    assert second.body.split("\n\n") == ["🗓 On July 26, the ministers will meet again.", FIRST]
    assert (day(second), second.date.kind) == ("2024-07-26T00:00", "inferred")
    assert third.forwarded_from == "Port News"
    assert day(third) == "2024-07-27T00:00"
    assert len({record.key for record in (first, second, third)}) == 3


# Web pages


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


@given(st.sampled_from(["a.txt", "a.html", "a.jsonl", "a.json", "result.json"]), st.binary(max_size=300))
def test_any_bytes_give_records_or_a_reason(name: str, content: bytes) -> None:
    try:
        for record in read(name, content):
            assert isinstance(record, ArticleRecord | UnreadableRecord)
    except UnreadableFile as error:
        assert str(error)


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
