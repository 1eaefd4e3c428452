"""Pages saved as one file (MHTML): whole, single and broken ones. All text is made up."""

import base64
import quopri

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.importing import readers
from articles.importing.readers import reader_of
from articles.importing.records import ArticleRecord, ImportFile, Remark, UnreadableFile

FIRST = (
    "The two ministers met in the capital on Monday and spoke about trade, grain and the price of oil for three hours."
)
SECOND = (
    "They agreed to meet again before the end of the year, and to send experts to each other's ports in the meantime."
)
RUSSIAN = "Министры встретились в Вене и говорили о торговле, зерне и ценах на нефть три часа подряд, без перерыва."
ADDRESS = "https://harbour.example/2024/05/01/talks"


def html(text: str = f"<p>{FIRST}</p><p>{SECOND}</p>", title: str = "<title>Ministers meet in Vienna</title>") -> str:
    return f"<!DOCTYPE html><html><head>{title}</head><body><article>{text}</article></body></html>"


def part(content: str, kind: str = "text/html", charset: str = "utf-8", encoding: str = "quoted-printable") -> bytes:
    data = content.encode(charset)
    coded = {
        "quoted-printable": quopri.encodestring(data),
        "base64": base64.encodebytes(data),
        "8bit": data,
    }[encoding]
    return f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n".encode() + b"\r\n" + coded + b"\r\n"


HEADERS = (
    f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {ADDRESS}\r\n"
    "Subject: =?utf-8?Q?Ministers=20meet=20=E2=80=93=20again?=\r\nDate: Thu, 2 May 2024 10:00:00 -0000\r\n"
    "MIME-Version: 1.0\r\n"
)


def saved(*parts: bytes, headers: str = HEADERS, more: str = "") -> bytes:
    kind = f'Content-Type: multipart/related;\r\n\ttype="text/html";{more}\r\n\tboundary="----Page--1"\r\n\r\n\r\n'
    body = b"".join(b"------Page--1\r\n" + each for each in parts)
    return (headers + kind).encode() + body + b"------Page--1--\r\n"


PICTURE = b"Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n"


def article(content: bytes, name: str = "a.mhtml") -> ArticleRecord:
    record, *others = readers.read(ImportFile(name, content, "folder"))
    assert isinstance(record, ArticleRecord)
    assert all(isinstance(each, Remark) for each in others)
    return record


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize("charset", ["utf-8", "cp1251", "koi8-r"])
@pytest.mark.parametrize("declared", ["header", "meta", "nowhere"])
def test_the_page_is_read_in_any_encoding_and_charset(encoding: str, charset: str, declared: str) -> None:
    kind = f"text/html; charset={charset}" if declared == "header" else "text/html"
    meta = f"<meta charset={charset}>" if declared == "meta" else ""
    text = html(f"<p>{RUSSIAN}</p><p>{RUSSIAN[10:]}</p>", f"{meta}<title>Встреча в Вене прошла</title>")
    record = article(saved(part(text, kind, charset, encoding), PICTURE))
    assert record.body.split("\n\n")[0] == RUSSIAN
    assert record.title == "Встреча в Вене прошла"


def test_address_and_title_come_from_the_headers_where_the_page_has_none() -> None:
    record = article(saved(part(html(title="")), PICTURE))
    assert (record.url, record.title) == (ADDRESS, "Ministers meet – again")
    assert record.body == f"{FIRST}\n\n{SECOND}"
    # The day stands in the address; when the page was saved is no date of the article.
    assert record.date.moment is not None
    assert record.date.moment.date().isoformat() == "2024-05-01"


def test_the_pages_own_word_goes_before_the_headers() -> None:
    head = '<title>Ministers meet in Vienna</title><link rel="canonical" href="https://harbour.example/own">'
    record = article(saved(part(html(title=head))))
    assert (record.url, record.title) == ("https://harbour.example/own", "Ministers meet in Vienna")


def test_a_saved_page_that_is_cut_off_is_read_with_a_remark() -> None:
    whole = saved(part(html(), encoding="8bit"), PICTURE * 20)
    assert [type(record) for record in readers.read(ImportFile("a.mhtml", whole))] == [ArticleRecord]
    for cut in (whole[: len(whole) - 100], whole[: whole.index(SECOND[-20:].encode())]):
        record, remark = readers.read(ImportFile("a.mhtml", cut))
        assert isinstance(record, ArticleRecord)
        assert FIRST in record.body
        assert isinstance(remark, Remark)
        assert "breaks off" in remark.reason


def test_a_saved_page_of_a_telegram_channel_gives_its_posts() -> None:
    posts = "".join(
        f'<div class="tgme_widget_message" data-post="harbour/{n}">'
        f'<div class="tgme_widget_message_text">Post {n}.</div></div>'
        for n in (1, 2)
    )
    found = list(readers.read(ImportFile("a.mhtml", saved(part(html(posts))))))
    assert [record.external_id for record in found if isinstance(record, ArticleRecord)] == ["1", "2"]


@pytest.mark.parametrize(
    ("parts", "more"),
    [
        # The root is the first page, else the one that `start` names, else the one from the address of the whole.
        ([part(html()), part(html("<p>An advertisement in a frame of its own.</p>"))], ""),
        ([part(html("<p>Another.</p>")), b"Content-ID: <root@x>\r\n" + part(html())], '\r\n\tstart="<root@x>";'),
        ([part(html("<p>Another.</p>")), f"Content-Location: {ADDRESS}\r\n".encode() + part(html())], ""),
        # A page that is only a frame: what it frames is the page.
        ([part("<html><frameset><frame src=a></frameset></html>"), part("<p>Menu</p>"), part(html())], ""),
        ([PICTURE, part(html(), "application/xhtml+xml")], ""),
    ],
)
def test_the_page_is_told_from_the_other_parts(parts: list[bytes], more: str) -> None:
    assert article(saved(*parts, more=more)).body == f"{FIRST}\n\n{SECOND}"


def test_a_message_that_is_the_page_itself_is_read() -> None:
    content = HEADERS.encode() + f"Content-Location: {ADDRESS}\r\n".encode() + part(html())
    assert article(content).body == f"{FIRST}\n\n{SECOND}"


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.mhtml", saved(part(html())), "saved web page (MHTML)"),
        ("a", saved(part(html())), "saved web page (MHTML)"),
        ("a.txt", saved(part(html()), headers="MIME-Version: 1.0\r\n"), "saved web page (MHTML)"),
        ("a.mht", b"Content-Type: text/html\r\n\r\n<p>Words</p>", "saved web page (MHTML)"),
        ("a.mht", html().encode(), "web page"),
    ],
)
def test_a_saved_page_is_known_by_its_headers_first(name: str, content: bytes, expected: str) -> None:
    assert reader_of(ImportFile(name, content))[0] == expected


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"words and nothing else", "no MIME headers"),
        (HEADERS.encode(), "no HTML page"),
        (saved(PICTURE), "no HTML page"),
        (saved(), "no HTML page"),
        (saved(part(html()))[:300], "no HTML page"),
        (saved(part("")), "is empty"),
        (saved(part("plain words", "text/html")), "no HTML in it"),
        (saved(part("<html><frameset><frame src=a></frameset></html>")), "only a frame"),
        (saved(part("<html><body>" + "<div>" * 9000)), "too deep"),
        (b"MIME-Version: 1.0\r\n" + b"".join(
            f"Content-Type: multipart/related; boundary={n}\r\n\r\n--{n}\r\n".encode() for n in range(3000)
        ), "nested too deep"),
    ],
)  # fmt: skip
def test_a_broken_saved_page_is_refused_with_a_reason(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=reason):
        article(content)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"------Page--1--\r\n", b""),
        (b"charset=utf-8", b"charset=\xff\xfe"),
        (b"=?utf-8?Q?", b"=?x-nothing?Q?"),
        (b"Subject: =?utf-8?Q?Ministers", b"Subject: =?utf-8?B?!!!?= \xff\xfe Ministers"),
        (ADDRESS.encode(), b"javascript:alert(1)"),
        (ADDRESS.encode(), ADDRESS[:20].encode() + b"\r\n " + ADDRESS[20:].encode()),
        (b"Content-Transfer-Encoding: quoted-printable", b"Content-Transfer-Encoding: nonsense"),
    ],
)
def test_a_damaged_header_does_not_cost_the_page(old: bytes, new: bytes) -> None:
    content = saved(part(html(), "text/html; charset=utf-8"), PICTURE)
    assert old in content
    record = article(content.replace(old, new))
    assert FIRST[:60] in record.body.replace("= ", "")
    assert record.url in ("", ADDRESS)


WHOLE = saved(part(html(), "text/html; charset=utf-8"), PICTURE, part(html("<p>Frame</p>"), encoding="base64"))


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, len(WHOLE)), st.integers(0, 60), st.binary(max_size=12)), max_size=10))
def test_a_mangled_saved_page_gives_an_article_or_a_reason(changes: list[tuple[int, int, bytes]]) -> None:
    content = WHOLE
    for start, length, new in changes:
        content = content[:start] + new + content[start + length :]
    try:
        assert article(content).body.strip()
    except UnreadableFile as error:
        assert str(error)
