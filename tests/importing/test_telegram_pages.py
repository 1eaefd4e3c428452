"""Telegram Desktop's HTML export read from bytes, good and bad. No database."""

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing import readers
from articles.importing.readers import reader_of
from articles.importing.readers.telegram_desktop import export as telegram_export
from articles.importing.readers.telegram_desktop import pages
from articles.importing.records import (
    ArticleRecord,
    EmptyRecord,
    ImportFile,
    Record,
    UnreadableFile,
)

PHOTO = """
     <div class="media_wrap clearfix">
      <div class="media clearfix pull_left media_photo">
       <div class="fill pull_left">
       </div>
       <div class="body">
        <div class="title bold">
Photo
        </div>
        <div class="description">
Not included, change data exporting settings to download.
        </div>
        <div class="status details">
1280x853, 183.8 KB
        </div>
       </div>
      </div>
     </div>
"""
DAY = '<div class="message service" id="message-1"><div class="body details">\n25 July 2024\n</div></div>'


def page(*messages: str, name: str = "Harbour Wire ") -> str:
    return f"""<!DOCTYPE html>
<html>
 <head>
  <meta charset="utf-8"/>
<title>Exported Data</title>
  <meta content="width=device-width, initial-scale=1.0" name="viewport"/>
  <link href="css/style.css" rel="stylesheet"/>
  <script src="js/script.js" type="text/javascript">
  </script>
 </head>
 <body onload="CheckLocation();">
  <div class="page_wrap">
   <div class="page_header">
    <div class="content">
     <div class="text bold">
{name}
     </div>
    </div>
   </div>
   <div class="page_body chat_page">
    <div class="history">
     <a class="pagination block_link" href="messages.html">
Previous messages
     </a>
{"".join(messages)}
     <a class="pagination block_link" href="messages3.html">
Next messages
     </a>
    </div>
   </div>
  </div>
 </body>
</html>
"""


def message(
    number: object,
    text: str = "Talks went on.",
    *,
    time: str = "25.07.2024 17:03:20 UTC+03:00",
    joined: bool = False,
    before: str = "",
    after: str = "",
    name: str = "Harbour Wire",
) -> str:
    head = f'<div class="from_name">\n{name} \n       </div>' if not joined else ""
    return f"""
     <div class="message default clearfix{" joined" if joined else ""}" id="message{number}">
      <div class="pull_left userpic_wrap"><div class="userpic userpic3"><div class="initials">
H
      </div></div></div>
      <div class="body">
       <div class="pull_right date details" title="{time}">
17:03
       </div>
       {head}
{before}
       <div class="text">
{text}
       </div>
{after}
      </div>
     </div>
"""


def forwarded(number: object, text: str, *, name: str = "Port News", joined: bool = False) -> str:
    head = (
        f'<div class="pull_left forwarded userpic_wrap"><div class="initials">\nP\n</div></div>'
        f'<div class="forwarded body"><div class="from_name">\n{name}<span class="date details" '
        f'title="24.07.2024 10:00:00 UTC+03:00"> 24.07.2024 10:00:00</span>\n</div>'
        if name
        else '<div class="forwarded body">'
    )
    return message(number, "", joined=joined, before=f'{head}<div class="text">\n{text}\n</div></div>').replace(
        '<div class="text">\n\n       </div>', ""
    )


def read(content: str | bytes) -> list[Record]:
    data = content if isinstance(content, bytes) else content.encode()
    file = ImportFile("messages.html", data, "folder")
    assert reader_of(file)[0] == "Telegram Desktop page"
    return list(pages.read(file))


def articles(content: str | bytes) -> list[ArticleRecord]:
    found = read(content)
    assert all(isinstance(record, ArticleRecord) for record in found), found
    return [record for record in found if isinstance(record, ArticleRecord)]


def reasons(found: list[Record]) -> list[str]:
    return [record.reason for record in found if isinstance(record, EmptyRecord)]


def kinds(found: list[Record]) -> list[type]:
    return [type(record) for record in found]


def minute(record: ArticleRecord) -> str:
    return record.date.moment.isoformat()[:16] if record.date.moment else ""


# What a page of an export is


def test_a_page_of_messages_is_known_before_other_web_pages() -> None:
    assert reader_of(ImportFile("a.txt", page(message(1)).encode()))[0] == "Telegram Desktop page"
    assert reader_of(ImportFile("a.html", message(1).strip().encode()))[0] == "Telegram Desktop page"


@pytest.mark.parametrize(
    "content",
    [
        "",
        "text with <title>Exported Data</title> and <div class='page_wrap'>",
        "<title>Exported Data</title><p>Words</p>",
        "<div class='page_wrap'><div class='history'>Words</div></div>",
        "<div class='message'>Words</div>",
        "<div " + "class " * 20_000,
    ],
)
def test_other_pages_are_no_exports(content: str) -> None:
    assert not pages.recognises(ImportFile("a.html", content.encode()))


def test_a_page_of_an_export_without_messages_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="holds no messages"):
        read(page("<div class='entry_list'><div class='entry clearfix'>Ana Ruiz</div></div>"))


# Posts


def test_a_post_is_an_article_with_channel_id_and_moment() -> None:
    first, second = articles(page(DAY, message(31), message(32, "Talks ended.", joined=True)))
    assert (first.body, first.title, first.source, first.external_id) == ("Talks went on.", "", "Harbour Wire", "31")
    assert (minute(first), first.date.precision, first.date.zoned) == ("2024-07-25T14:03", "minute", True)
    assert (second.body, second.source, second.external_id) == ("Talks ended.", "Harbour Wire", "32")
    assert [(record.number, record.place) for record in (first, second)] == [(1, "message 31"), (2, "message 32")]


@pytest.mark.parametrize(
    ("time", "expected", "zoned", "problem"),
    [
        ("25.07.2024 14:03:20", "2024-07-25T14:03", False, ""),
        ("25.07.2024 00:03:20 UTC+05:30", "2024-07-24T18:33", True, ""),
        ("25.07.2024 23:03:20 UTC-03:00", "2024-07-26T02:03", True, ""),
        ("31.02.2024 14:03:20", "", True, "cannot be read"),
        ("25.07.2024 99:03:20", "", True, "cannot be read"),
        ("25.07.9999 14:03:20 UTC+03:00", "", True, "future"),
        ("01.01.0001 00:00:00 UTC+03:00", "", True, "cannot be read"),
        ("01.01.1970 03:00:00 UTC+03:00", "", True, "older than Telegram"),
        ("yesterday", "", True, "cannot be read"),
        ("", "", True, ""),
    ],
)
def test_the_title_of_the_date_tells_the_moment(time: str, expected: str, zoned: bool, problem: str) -> None:
    (record,) = articles(page(message(1, time=time)))
    assert (minute(record), record.date.zoned) == (expected, zoned)
    assert problem in record.date.problem
    assert bool(record.date.problem) == bool(problem)


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("<strong>Talks</strong> ended.<br><br>All went home.", "Talks ended.\n\nAll went home."),
        ('See <a href="https://a.example/b">the statement</a>.', "See the statement."),
        ('<a href="" onclick="return ShowHashtag(&quot;Doha&quot;)">#Doha</a> <a href="https://t.me/harbour">@harbour</a>',
         "#Doha @harbour"),
        ('<span class="spoiler hidden" onclick="ShowSpoiler(this)"><span aria-hidden="true">They agreed.</span></span>',
         "They agreed."),
        ("<pre>a = 1<br>b = 2</pre><code>c</code>", "a = 1\n\nb = 2c"),
        ("<blockquote>Peace</blockquote>, he said", "Peace, he said"),
        ('<a href="" onclick="return ShowNotLoadedEmoji();">🔥</a> Talks', "🔥 Talks"),
        ("broken\nin the source", "broken in the source"),
        ("&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp; more", "<script>alert(1)</script> &amp; more"),
        ("Talks<script>alert('<p>x</p>')</script><style>a {}</style> ended", "Talks ended"),
        ("Talks<img src=x onerror=alert(1)> ended", "Talks ended"),
        ("a&#x0B;b&#0;c\u200e&#xD800;d", "a\n\nb\ufffdc\ufffdd"),
    ],
)  # fmt: skip
def test_a_text_is_kept_without_its_markup(text: str, body: str) -> None:
    assert [record.body for record in articles(page(message(1, text)))] == [body]


def test_a_forwarded_post_names_where_it_is_from() -> None:
    first, joined, other = articles(
        page(
            forwarded(1, "Talks ended."),
            forwarded(2, "More of it.", name="", joined=True),
            message(3, "Our own words."),
        )
    )
    assert (first.body, first.forwarded_from, minute(first)) == ("Talks ended.", "Port News", "2024-07-25T14:03")
    assert (joined.body, joined.forwarded_from) == ("More of it.", "Port News")
    assert (other.body, other.forwarded_from) == ("Our own words.", "")


def test_answers_and_signatures_are_kept() -> None:
    reply = '<div class="reply_to details">\nIn reply to <a href="{}" onclick="return GoTo(7)">this message</a></div>'
    elsewhere = '<div class="reply_to details">\nIn reply to a message in another chat</div>'
    signature = '<div class="signature details">\nAna Ruiz\n</div>'
    first, second, third = articles(
        page(
            message(8, before=reply.format("#go_to_message7"), after=signature),
            message(9, before=reply.format("messages.html#go_to_message-3")),
            message(10, before=elsewhere),
        )
    )
    assert (first.reply_to, first.byline, first.body) == ("7", "Ana Ruiz", "Talks went on.")
    assert (second.reply_to, third.reply_to) == ("-3", "")


def test_both_exports_of_one_channel_give_the_same_articles() -> None:
    posts = [
        {"id": 5, "text": ["🇷🇺 ", {"type": "bold", "text": "Talks"}, " ended.\n\nAll went home."]},
        {"id": 6, "text": "", "photo": "(File not included.)"},
        {"id": 7, "text": "Read on.", "reply_to_message_id": 5, "forwarded_from": "Port News", "author": "Ana Ruiz"},
    ]
    common = {"type": "message", "date_unixtime": "1721916200", "from": "Harbour Wire"}
    export = json.dumps({"name": "Harbour Wire", "id": 1, "messages": [{**common, **post} for post in posts]})
    reply = '<div class="reply_to details"><a href="#go_to_message5">this message</a></div>'
    html = page(
        message(5, "🇷🇺 <strong>Talks</strong> ended.<br><br>All went home."),
        message(6, "", before=PHOTO, joined=True),
        forwarded(7, "Read on.").replace('<div class="text">\nRead', f'{reply}<div class="text">\nRead')
        .replace("on.\n</div>", 'on.\n</div><div class="signature details">\nAna Ruiz\n</div>'),
    )  # fmt: skip
    assert read(html) == list(telegram_export.read(ImportFile("result.json", export.encode())))


# Nothing to import


@pytest.mark.parametrize(
    ("before", "reason"),
    [
        (PHOTO, "A photo without a text."),
        (PHOTO.replace("Photo", "Sticker"), "A sticker without a text."),
        (PHOTO.replace("media_photo", "media_video"), "A video without a text."),
        (PHOTO.replace("media_photo", "media_video").replace("Photo", "Video message"),
         "A video message without a text."),
        ('<div class="media_wrap clearfix"><a class="photo_wrap pull_left" href="photos/a.jpg"><img/></a></div>',
         "A photo without a text."),
        ('<div class="media_wrap clearfix"><div class="media_poll"><div class="question bold">Who won the talks?</div>'
         '<div class="answer">- Nobody</div></div></div>', "A poll without a text."),
        ('<div class="media_wrap clearfix"><div class="media something"></div></div>', "A message without a text."),
    ],
)  # fmt: skip
def test_media_without_a_text_say_what_they_are(before: str, reason: str) -> None:
    found = read(page(message(1, "", before=before)))
    assert kinds(found) == [EmptyRecord]
    assert reasons(found) == [reason]


def test_service_messages_are_accounted_for_and_days_between_messages_are_none() -> None:
    pinned = (
        '<div class="message service" id="message{}"><div class="body details">\nHarbour Wire pinned '
        '<a href="#go_to_message1">this message</a>\n</div></div>'
    )
    found = read(page(DAY, message(1), pinned.format(2), DAY, pinned.format(-999_999_990)))
    assert kinds(found) == [ArticleRecord, EmptyRecord, EmptyRecord]
    assert reasons(found) == ["A service message (Harbour Wire pinned this message)."] * 2


def test_a_page_without_exported_messages_says_so() -> None:
    none = '<div class="message service" id="message-1"><div class="body details">No exported messages</div></div>'
    assert reasons(read(page(none))) == ["A service message (No exported messages)."]


def test_an_album_is_one_article_and_its_other_parts_are_accounted_for() -> None:
    found = read(
        page(
            message(1, "", before=PHOTO), message(2, "Talks.", before=PHOTO, joined=True),
            message(3, "", before=PHOTO, joined=True), message(4, "Other talks.", joined=True),
        )
    )  # fmt: skip
    assert kinds(found) == [EmptyRecord, ArticleRecord, EmptyRecord, ArticleRecord]
    assert reasons(found) == ["Part of the album of message 2."] * 2


# Broken and hostile pages


def test_messages_are_told_apart_however_broken_the_nesting_is() -> None:
    unclosed = message(1).replace("</div>", "")
    stray = "</div></span></body></html>"
    found = articles(
        page(unclosed, unclosed.replace("message1", "message2"), stray, message(3, "<b><i>Talks</b> ended"))
    )
    assert [record.body for record in found] == ["Talks went on.", "Talks went on.", "Talks ended"]
    assert [record.external_id for record in found] == ["1", "2", "3"]


def test_a_page_that_is_cut_off_gives_what_it_holds() -> None:
    html = page(message(1), message(2, "Talks ended, and nobody was surprised."))
    found = articles(html[: html.index("nobody")])
    assert [record.body for record in found] == ["Talks went on.", "Talks ended, and"]


@pytest.mark.parametrize("number", ["", "abc", "9" * 40, "1 2", "--1"])
def test_a_message_without_an_id_is_read(number: str) -> None:
    (record,) = articles(page(message(number)))
    assert (record.external_id, record.place) == ("", "message no. 1")


@pytest.mark.parametrize(
    "tag", ["<div>", "<b>", '<div class="text">', "<table>", '<div class="message default" id="message9">']
)
def test_deep_nesting_does_not_harm(tag: str) -> None:
    started = time.perf_counter()
    found = read(page(message(1, tag * 50_000 + "Talks"), message(2)))
    assert kinds(found)[-1] is ArticleRecord
    assert time.perf_counter() - started < 10


def test_a_text_of_ten_megabytes_is_read() -> None:
    (record,) = articles(page(message(1, "Talks went on and on.<br>" * 400_000)))
    assert len(record.body) > 8_000_000


def test_another_charset_and_bad_bytes_do_not_harm() -> None:
    html = page(message(1, "Переговоры X завершились"))
    assert articles(html.encode("utf-16"))[0].body == "Переговоры X завершились"
    assert articles(html.encode().replace(b"X", b"\xff"))[0].body == "Переговоры \ufffd завершились"


_PIECES = [
    *(piece + ">" for piece in message(1, before=PHOTO).split(">")),
    DAY,
    message(2),
    "<",
    ">",
    '"',
    "\x00",
    "&#",
]


@given(st.lists(st.sampled_from(_PIECES) | st.text(max_size=5), max_size=25))
def test_any_page_gives_records_or_a_reason(pieces: list[str]) -> None:
    data = page(*pieces).encode("utf-8", "surrogatepass")
    try:
        found = read(data)
    except UnreadableFile as error:
        assert str(error)
    else:
        assert [getattr(record, "number", 0) for record in found] == list(range(1, len(found) + 1))


@given(st.integers(0, 4000), st.binary(max_size=6), st.integers(0, 40))
def test_a_mangled_page_gives_records_or_a_reason(at: int, put: bytes, cut: int) -> None:
    whole = page(message(1, before=PHOTO), forwarded(2, "Talks.")).encode()
    file: Any = ImportFile("messages.html", whole[:at] + put + whole[at + cut :], "folder")
    try:
        for record in readers.read(file):
            assert isinstance(record, Record)
    except UnreadableFile as error:
        assert str(error)
