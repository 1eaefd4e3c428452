"""Saved pages of a Telegram channel's preview on the web, good and hostile. All text is made up. No database."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.importing.readers import read, reader_of
from articles.importing.readers.telegram_desktop import web_preview
from articles.importing.records import ArticleRecord, EmptyRecord, ImportFile, Record, UnreadableFile, UnreadableRecord

HEAD = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><title>Гавань – Telegram</title>'
    '<meta property="og:title" content="Гавань"><link rel="canonical" href="https://t.me/s/harbour?before=20"></head><body>'
    '<div class="tgme_channel_info"><div class="tgme_channel_info_header_title"><span>Гавань</span></div></div>'
)
TEXT = "Министр прибыл в Каир для переговоров<br><br>О поставках зерна и&nbsp;газа речь пойдёт <b>завтра</b>."


def text_of(html: str) -> str:
    return f'<div class="tgme_widget_message_text js-message_text" dir="auto">{html}</div>'


def post(number: int, inside: str = "", *, kind: str = "", moment: str = "2024-05-01T10:00:00+03:00") -> str:
    return (
        '<div class="tgme_widget_message_wrap js-widget_message_wrap">'
        f'<div class="tgme_widget_message {kind} js-widget_message" data-post="harbour/{number}" data-view="x">'
        '<div class="tgme_widget_message_author"><a class="tgme_widget_message_owner_name" href="https://t.me/harbour">'
        f"<span>Гавань</span></a></div>{inside}"
        '<div class="tgme_widget_message_footer"><span class="tgme_widget_message_views">1.2K</span>'
        '<span class="tgme_widget_message_meta">'
        '<span class="tgme_widget_message_from_author">А. Смирнова</span>, edited '
        f'<a class="tgme_widget_message_date" href="https://t.me/harbour/{number}">'
        f'<time datetime="{moment}" class="time">10:00</time></a></span></div></div></div>'
    )


def page(*posts: str, head: str = HEAD) -> str:
    return f"{head}<section class='tgme_channel_history'>{''.join(posts)}</section></body></html>"


def records(html: str, name: str = "harbour.html") -> list[Record]:
    return list(read(ImportFile(name, html.encode("utf-8", "surrogatepass"), "folder")))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (page(post(1, text_of(TEXT))), "Telegram channel's web page"),
        (page(post(1, text_of(TEXT)), head="<html><body>"), "Telegram channel's web page"),
        (page(head="<!-- saved from url=(0020)https://t.me/s/harbour --><html><body>"), "Telegram channel's web page"),
        ("<html><body><p>Read us: <a href='https://t.me/s/harbour'>here</a></p></body></html>", "web page"),
        ("<html><body><div class='tgme_widget_message_text'>One.</div></body></html>", "web page"),
        ("A text about tgme_widget_message and data-post.", "plain text"),
    ],
)
def test_a_preview_is_known_by_a_post_or_its_address(content: str, expected: str) -> None:
    name = "a.html" if content.startswith("<") else "a.txt"
    assert reader_of(ImportFile(name, content.encode()))[0] == expected


def test_a_post_is_an_article_with_all_that_the_page_says_of_it() -> None:
    forwarded = (
        '<div class="tgme_widget_message_forwarded_from">Forwarded from '
        '<a class="tgme_widget_message_forwarded_from_name" href="https://t.me/pier/9"><span>Причал</span></a></div>'
    )
    reply = (
        '<a class="tgme_widget_message_reply" href="https://t.me/harbour/12"><div class="tgme_widget_message_author">'
        '<span>Гавань</span></div><div class="tgme_widget_message_text js-message_reply_text">Другой пост</div></a>'
    )
    (record,) = records(page(post(123, forwarded + reply + text_of(TEXT))))
    assert isinstance(record, ArticleRecord)
    assert record.body == "Министр прибыл в Каир для переговоров\n\nО поставках зерна и газа речь пойдёт завтра."
    assert (record.source, record.external_id, record.url) == ("Гавань", "123", "https://t.me/harbour/123")
    assert (record.forwarded_from, record.reply_to, record.byline) == ("Причал", "12", "А. Смирнова")
    assert record.date.moment is not None
    assert (record.date.moment.isoformat(), record.date.zoned) == ("2024-05-01T07:00:00+00:00", True)
    assert (record.place, record.title) == ("message 123", "")


def test_what_is_no_article_is_said_and_the_other_posts_are_read() -> None:
    photo = '<a class="tgme_widget_message_photo_wrap" href="x"></a>'
    found = records(
        page(
            post(1, photo),
            post(2, text_of("Channel created"), kind="service_message"),
            post(3, text_of(TEXT), moment="soon"),
            post(4, text_of(TEXT), moment="2999-01-01T00:00:00Z"),
            post(5),
        )
    )
    assert [type(record) for record in found] == [EmptyRecord, EmptyRecord, ArticleRecord, ArticleRecord, EmptyRecord]
    reasons = [record.reason for record in found if isinstance(record, EmptyRecord)]
    assert reasons == [
        "A photo without a text.",
        "A service message (Channel created).",
        "A message without a text.",
    ]
    dates = [record.date for record in found if isinstance(record, ArticleRecord)]
    assert [date.moment for date in dates] == [None, None]
    assert "cannot be read" in dates[0].problem
    assert "future" in dates[1].problem


def test_a_post_of_a_topic_and_of_another_channel_have_their_own_ids() -> None:
    topic = post(7, text_of(TEXT)).replace('data-post="harbour/7"', 'data-post="harbour/3/7"')
    reply = '<a class="tgme_widget_message_reply" href="https://t.me/pier/5"></a>'
    first, second = records(page(topic, post(8, reply + text_of(TEXT + " Ещё."))))
    assert isinstance(first, ArticleRecord)
    assert isinstance(second, ArticleRecord)
    assert (first.external_id, first.url, second.reply_to) == ("7", "https://t.me/harbour/7", "")


def test_markup_in_a_post_becomes_lines() -> None:
    inside = "One<!-- x --> line <i class='emoji'><b>😀</b></i><blockquote>A word of the minister</blockquote>And more"
    (record,) = records(page(post(1, text_of(inside))))
    assert isinstance(record, ArticleRecord)
    assert record.body == "One line 😀\n\nA word of the minister\n\nAnd more"


@pytest.mark.parametrize("html", [page(), HEAD, HEAD + "<div class='tgme_widget_message'>One.</div>"])
def test_a_page_without_posts_is_refused(html: str) -> None:
    with pytest.raises(UnreadableFile, match="no posts"):
        records(html)


@pytest.mark.parametrize(
    "html",
    [
        HEAD + post(1, text_of(TEXT)).replace("</div>", "") * 3000,
        page(post(1, "<div>" * 20_000 + text_of(TEXT))),
        page(post(1, text_of("<b>" * 20_000 + TEXT))),
        page(*(post(number, text_of(TEXT)) for number in range(2000))),
        HEAD + '<div class="tgme_widget_message" data-post="' + "harbour/" * 100_000 + '">',
        HEAD + "<div class='" + "tgme_widget_message " * 50_000 + "' data-post='a/1'>",
        "<div " * 20_000 + HEAD + post(1, text_of(TEXT)),
    ],
)
def test_pages_made_to_do_harm_cost_little_time(html: str) -> None:
    started = time.monotonic()
    try:
        for record in web_preview.page_records(html):
            assert isinstance(record, ArticleRecord | EmptyRecord | UnreadableRecord)
    except UnreadableFile as error:
        assert str(error)
    web_preview.is_preview(html)
    assert time.monotonic() - started < 10


WHOLE = page(post(1, text_of(TEXT)), post(2), post(3, text_of("Another post of some words.")))


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, len(WHOLE)), st.integers(0, 60), st.text(max_size=12)), max_size=10))
def test_a_mangled_preview_gives_records_or_a_reason(changes: list[tuple[int, int, str]]) -> None:
    html = WHOLE
    for start, length, new in changes:
        html = html[:start] + new + html[start + length :]
    try:
        for record in web_preview.page_records(html):
            assert isinstance(record, ArticleRecord | EmptyRecord | UnreadableRecord)
    except UnreadableFile as error:
        assert str(error)
