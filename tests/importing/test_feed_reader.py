"""Feeds read: RSS and Atom in their versions, good, broken and hostile. No database, and never the net."""

import socket
import urllib.request
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing import readers
from articles.importing.readers import reader_of
from articles.importing.readers.feeds import feed
from articles.importing.records import (
    ArticleRecord,
    EmptyRecord,
    ImportFile,
    Record,
    Remark,
    UnreadableFile,
    UnreadableRecord,
)

FIRST = "The two ministers met in the capital on Monday and spoke about trade, grain and the price of oil."
SECOND = "They agreed to meet again before the end of the year, and to send experts to each other's ports."
LONG = " ".join(f"{FIRST} On day {n} they met again." for n in range(10))
TEXT = f"<p>{FIRST}</p><p>{SECOND}</p>"


@pytest.fixture(autouse=True)
def _no_net(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: Any, **_options: Any) -> None:
        raise AssertionError("A feed was about to be fetched.")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(urllib.request, "urlopen", refuse)


def read(content: str | bytes, name: str = "feed.xml") -> list[Record]:
    return list(readers.read(ImportFile(name, content if isinstance(content, bytes) else content.encode(), "folder")))


def articles(content: str | bytes) -> list[ArticleRecord]:
    found = read(content)
    assert all(isinstance(record, ArticleRecord) for record in found), found
    return [record for record in found if isinstance(record, ArticleRecord)]


def rss(*items: str, head: str = "", title: str = "Harbour Wire") -> str:
    return (
        f'{head}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">'
        f"<channel><title>{title}</title><link>https://harbour.example/</link><language>en-us</language>"
        + "".join(f"<item>{item}</item>" for item in items)
        + "</channel></rss>"
    )


def content(html: str) -> str:
    return f"<content:encoded><![CDATA[{html}]]></content:encoded>"


def atom(*entries: str) -> str:
    return (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ru"><title>Вестник</title>'
        + "".join(f"<entry>{entry}</entry>" for entry in entries)
        + "</feed>"
    )


def moment(record: ArticleRecord) -> str:
    return record.date.moment.isoformat()[:16] if record.date.moment else ""


def test_an_item_of_rss_2_is_an_article_with_all_that_it_says() -> None:
    item = (
        "<title>Talks &amp;amp; tea</title><link>https://harbour.example/1</link>"
        '<guid isPermaLink="false">harbour-1</guid><dc:creator>Ana Ruiz</dc:creator>'
        "<pubDate>Wed, 01 May 2024 10:30:00 +0200</pubDate>"
        "<atom:updated>2024-05-02T10:00:00Z</atom:updated>"
        f"<description>Short.</description>{content(TEXT)}"
    )
    (record,) = articles(rss(item))
    assert (record.title, record.body) == ("Talks & tea", f"{FIRST}\n\n{SECOND}")
    assert (record.url, record.external_id) == ("https://harbour.example/1", "harbour-1")
    assert (record.byline, record.source, record.language) == ("Ana Ruiz", "Harbour Wire", "en-us")
    assert (moment(record), record.date.kind, record.summary) == ("2024-05-01T08:30", "stated", False)
    assert record.edited_at is not None
    assert record.edited_at.isoformat()[:16] == "2024-05-02T10:00"
    assert (record.number, record.place, record.warnings) == (1, "entry 1", ())


def test_an_entry_of_atom_is_an_article_with_all_that_it_says() -> None:
    entry = (
        '<title type="html">Talks &lt;b&gt;held&lt;/b&gt;</title><id>tag:1</id><link href="https://vestnik.example/1"/>'
        "<published>2024-05-01T10:30:00+03:00</published><updated>2024-05-01T12:00:00+03:00</updated>"
        "<author><name>Ivan</name></author><author><name>Olga</name></author>"
        f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{TEXT}</div></content>'
    )
    (record,) = articles(atom(entry))
    assert (record.title, record.body) == ("Talks held", f"{FIRST}\n\n{SECOND}")
    assert (record.url, record.external_id, record.byline) == ("https://vestnik.example/1", "tag:1", "Ivan, Olga")
    assert (record.source, record.language, moment(record)) == ("Вестник", "ru", "2024-05-01T07:30")
    assert record.edited_at is not None


OLD = {
    "RSS 0.91": (
        '<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" '
        '"http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss version="0.91"><channel><title>Harbour Wire</title>'
        f"<item><title>Talks</title><link>https://h.example/1</link><description>{FIRST}</description></item>"
        "</channel></rss>"
    ),
    "RSS 0.90": (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel><title>Harbour Wire</title></channel>'
        f"<item><title>Talks</title><link>https://h.example/1</link><description>{FIRST}</description></item></rdf:RDF>"
    ),
    "RSS 1.0": (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        '<channel rdf:about="x"><title>Harbour Wire</title></channel><item rdf:about="https://h.example/1">'
        f"<title>Talks</title><link>https://h.example/1</link><description>{FIRST}</description></item></rdf:RDF>"
    ),
    "Atom 0.3": (
        '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Harbour Wire</title><entry><title>Talks</title>'
        '<link rel="alternate" href="https://h.example/1"/><issued>2024-05-01T10:30:00Z</issued>'
        f'<content type="text/html" mode="escaped">&lt;p&gt;{FIRST}&lt;/p&gt;</content></entry></feed>'
    ),
}


@pytest.mark.parametrize("version", OLD)
def test_old_versions_are_read(version: str) -> None:
    assert reader_of(ImportFile("a", OLD[version].encode()))[0] == "feed (RSS, Atom)"
    (record,) = articles(OLD[version])
    assert (record.title, record.url, record.body) == ("Talks", "https://h.example/1", FIRST)
    assert record.source == "Harbour Wire"


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.xml", '<?xml version="1.0"?>\n<!-- a feed -->\n<rss></rss>', "feed (RSS, Atom)"),
        ("a.rss", "anything", "feed (RSS, Atom)"),
        ("a.html", "<rss version='2.0'></rss>", "feed (RSS, Atom)"),
        ("a.html", "<html><body><p>How to write &lt;rss&gt;</p><rss></rss></body></html>", "web page"),
        ("a.txt", "<feed> is a word in <rss>", "plain text"),
        ("a.txt", "We read <rss> feeds.", "plain text"),
    ],
)
def test_a_feed_is_known_by_its_first_element(name: str, text: str, expected: str) -> None:
    assert reader_of(ImportFile(name, text.encode()))[0] == expected


# Article or summary


@pytest.mark.parametrize(
    ("item", "summary"),
    [
        (content(TEXT), False),
        (content(f"<p>{FIRST}</p>") + "<description>Short.</description>", False),
        (content(f"<p>{FIRST} […]</p>"), True),
        (content(f"<p>{FIRST}</p><p><a href='x'>Read more</a></p>"), True),
        (content(f"<p>{FIRST}</p><p><a href='x'>Continue reading Talks →</a></p>"), True),
        (content(f"<p>{FIRST}</p><p>Читать далее</p>"), True),
        (f"<description>{FIRST}</description>", True),
        (f"<description>{LONG}</description>", False),
        (f"<description>{LONG} ...</description>", True),
        (f"<description>&lt;p&gt;{FIRST * 3}&lt;/p&gt;&lt;p&gt;{SECOND * 3}&lt;/p&gt;</description>", False),
        (content("<p>Short.</p>") + f"<description>{FIRST}</description>", True),
    ],
)
def test_content_is_the_article_and_a_short_or_cut_description_a_summary(item: str, summary: bool) -> None:
    (record,) = articles(rss(f"<title>Talks</title>{item}"))
    assert record.summary == summary


def test_content_of_atom_is_the_article_and_its_summary_a_summary() -> None:
    whole, summary = articles(
        atom(f"<title>A</title><content>{FIRST}</content>", f"<title>B</title><summary>{FIRST}</summary>")
    )
    assert (whole.summary, summary.summary) == (False, True)


def test_the_line_that_says_where_a_post_appeared_first_is_cut() -> None:
    footer = '<p>The post <a href="x">Talks &amp; tea</a> appeared first on <a href="y">Harbour Wire</a>.</p>'
    (record,) = articles(rss(f"<title>Talks &amp;amp; tea</title>{content(TEXT + footer)}"))
    assert record.body == f"{FIRST}\n\n{SECOND}"


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ("<title>Talks</title><link>https://h.example/1</link>", "The entry has a title only."),
        ("<link>https://h.example/1</link>", "There is no text."),
        ("<title>Talks</title><description> </description>", "The entry has a title only."),
        ("<title>Talks</title><description>&lt;img src='a'/&gt;</description>", "The entry has a title only."),
        ("", "There is no text."),
    ],
)
def test_an_entry_without_a_text_is_empty(item: str, reason: str) -> None:
    assert read(rss(item)) == [EmptyRecord(1, reason, "entry 1")]


# Dates, authors, sources


@pytest.mark.parametrize(
    ("dates", "expected", "edited"),
    [
        ("<published>2024-05-01T10:30:00Z</published><updated>2024-05-01T10:30:00Z</updated>", "2024-05-01T10:30", ""),
        ("<updated>2024-05-01T10:30:00Z</updated>", "2024-05-01T10:30", ""),
        (
            "<published>2024-05-01T10:30:00Z</published><updated>2024-05-01T11:00:00Z</updated>",
            "2024-05-01T10:30",
            "2024-05-01T11:00",
        ),
        ("<published>2024-05-01T10:30:00Z</published><updated>2023-05-01T11:00:00Z</updated>", "2024-05-01T10:30", ""),
        ("<published>2024-05-01T10:30:00Z</published><updated>9999-05-01T11:00:00Z</updated>", "2024-05-01T10:30", ""),
        ("", "", ""),
    ],
)
def test_the_date_is_that_of_publication_and_a_later_change_is_kept(dates: str, expected: str, edited: str) -> None:
    (record,) = articles(atom(f"<title>A</title>{dates}<content>{FIRST}</content>"))
    assert moment(record) == expected
    assert (record.edited_at.isoformat()[:16] if record.edited_at else "") == edited


@pytest.mark.parametrize(
    "element",
    [
        f"<yandex:full-text>{SECOND}&lt;br&gt;&lt;br&gt;{FIRST} &amp;amp; more</yandex:full-text>",
        f"<turbo:content><![CDATA[<p>{SECOND}</p><p>{FIRST} &amp; more</p>]]></turbo:content>",
        f'<wire:full-text kind="html">{SECOND}\n\n{FIRST} &amp; more</wire:full-text>',
        f"<wire:fulltext>{SECOND}\n\n{FIRST} &amp; more</wire:fulltext>",
    ],
)
def test_the_full_text_of_another_namespace_is_the_article(element: str) -> None:
    namespaces = (
        "xmlns:yandex='http://news.yandex.ru' xmlns:turbo='http://turbo.yandex.ru' xmlns:wire='http://w.example'"
    )
    text = rss(f"<title>T</title><description>{FIRST}</description>{element}").replace("<rss ", f"<rss {namespaces} ")
    (record,) = articles(text)
    assert record.body == f"{SECOND}\n\n{FIRST} & more"
    assert not record.summary


@pytest.mark.parametrize(
    ("date", "moment", "zoned"),
    [
        ("Mon, 06 May 2024 10:30:00 MSK", "07:30", True),
        ("Mon, 06 May 2024 10:30:00 CEST", "08:30", True),
        ("Mon, 06 May 2024 10:30:00 EEST", "07:30", True),
        ("Mon, 06 May 2024 10:30:00 GST", "06:30", True),
        ("Mon, 06 May 2024 10:30:00 EST", "15:30", True),
        ("Mon, 06 May 2024 10:30:00 PDT", "17:30", True),
        ("Mon, 06 May 2024 10:30:00 BST", "10:30", False),
        ("Mon, 06 May 2024 10:30:00 IST", "10:30", False),
        ("Mon, 06 May 2024 10:30:00 CST", "10:30", False),
        ("Mon, 06 May 2024 10:30:00 XYZ", "10:30", False),
        ("Mon, 06 May 2024 10:30:00 -0000", "10:30", False),
        ("Mon, 06 May 24 10:30 GMT", "10:30", True),
    ],
)
def test_the_zone_of_a_date_is_read_by_its_name(date: str, moment: str, zoned: bool) -> None:
    (record,) = articles(rss(f"<title>T</title><pubDate>{date}</pubDate>{content(TEXT)}"))
    assert record.date.moment is not None
    assert (f"{record.date.moment:%Y-%m-%d %H:%M}", record.date.zoned) == (f"2024-05-06 {moment}", zoned)


def test_a_date_that_is_not_understood_gives_a_warning() -> None:
    (record,) = articles(rss(f"<title>T</title><pubDate>soon</pubDate>{content(TEXT)}"))
    assert (moment(record), record.warnings) == ("", ("The date “soon” is not understood.",))


def test_a_date_in_the_future_is_left_out_and_said() -> None:
    (record,) = articles(rss(f"<title>T</title><pubDate>Wed, 01 May 2999 10:00:00 GMT</pubDate>{content(TEXT)}"))
    assert "lies in the future" in record.date.problem


@pytest.mark.parametrize(
    ("item", "byline"),
    [
        ("<author>ana@harbour.example (Ana Ruiz)</author>", "Ana Ruiz"),
        ("<author>Ana Ruiz &lt;ana@harbour.example&gt;</author>", "Ana Ruiz"),
        ("<author>ana@harbour.example</author>", ""),
        ("<author>Ana Ruiz</author>", "Ana Ruiz"),
        ("<dc:creator>Ana Ruiz</dc:creator>", "Ana Ruiz"),
        ("", ""),
    ],
)
def test_authors_are_named_without_their_addresses(item: str, byline: str) -> None:
    assert articles(rss(f"<title>T</title>{item}{content(TEXT)}"))[0].byline == byline


def test_an_entry_of_a_collected_feed_names_its_own_source() -> None:
    (record,) = articles(rss(f"<title>T</title><source url='https://p.example/rss'>Port News</source>{content(TEXT)}"))
    assert record.source == "Port News"


# Broken and hostile


@pytest.mark.parametrize("charset", ["windows-1251", "koi8-r", "utf-8", "utf-16"])
def test_the_charset_of_the_declaration_is_used(charset: str) -> None:
    russian = "Министры встретились в Вене и говорили о торговле, зерне и ценах на нефть."
    text = rss(f"<title>Встреча</title><description>{russian}</description>", title="Вестник")
    (record,) = articles(f'<?xml version="1.0" encoding="{charset}"?>{text}'.encode(charset))
    assert (record.title, record.body, record.source) == ("Встреча", russian, "Вестник")


@pytest.mark.parametrize(
    "text",
    [
        rss(f"<title>Talks & tea</title>{content(TEXT)}"),
        rss(f"<title>Talks&nbsp;&mdash; tea</title>{content(TEXT)}"),
        rss(f"<title>Talks</title>{content(TEXT)}") + "<rubbish",
        rss(f"<title>Talks</title>{content(TEXT)}").removesuffix("</channel></rss>"),
        rss(f"<title>Talks\x01</title>{content(TEXT)}"),
        rss(f"<title>Talks</title><other:thing>x</other:thing>{content(TEXT)}"),
    ],
)
def test_a_feed_that_is_not_well_formed_is_read_with_a_remark(text: str) -> None:
    remark, record = read(text)
    assert isinstance(remark, Remark)
    assert "no well-formed XML" in remark.reason
    assert isinstance(record, ArticleRecord)
    assert record.title.startswith("Talks")
    assert record.body == f"{FIRST}\n\n{SECOND}"


def test_of_a_feed_that_breaks_off_the_whole_entries_are_read() -> None:
    whole = rss(*(f"<title>Talks {n}</title>{content(TEXT)}" for n in range(20)))
    found = [record for record in read(whole[: len(whole) // 2]) if isinstance(record, ArticleRecord)]
    assert [record.title for record in found[:9]] == [f"Talks {n}" for n in range(9)]


@pytest.mark.parametrize(
    "head", ["\n\n", "\ufeff", "Warning: something failed in line 3<br>\n", "<!-- built today -->"]
)
def test_what_stands_above_a_feed_is_passed_over(head: str) -> None:
    text = head + rss(f"<title>Talks</title>{content(TEXT)}")
    found = list(feed.read(ImportFile("a.rss", text.encode())))
    assert [record.title for record in found if isinstance(record, ArticleRecord)] == ["Talks"]


LAUGHS = "".join(f'<!ENTITY lol{n} "{f"&lol{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "head",
    [
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY lol0 "lol">{LAUGHS}]>',
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE rss [<!ENTITY % x SYSTEM "http://harbour.example/x.dtd"> %x;]>',
        '<!DOCTYPE rss SYSTEM "<?" [<!ENTITY x "y">]>',
        '<!doctype rss [<!entity x "y">]>',
        '<?x <!-- ?><!DOCTYPE rss [<!ENTITY x "y">]><!-- -->',
        f'<!DOCTYPE rss [<!ENTITY x "{"y" * 100_000}">]>',
    ],
)
def test_a_feed_with_entities_of_its_own_is_refused(head: str) -> None:
    text = rss("<title>&x;&lol9;</title><description>&x;</description>", head=head)
    with pytest.raises(UnreadableFile, match="declares entities"):
        list(feed.read(ImportFile("a.xml", text.encode())))
    with pytest.raises(UnreadableFile, match="declares entities"):
        list(feed.read(ImportFile("a.xml", text.encode("utf-16"))))


@pytest.mark.parametrize(
    "head", ['<!-- <!DOCTYPE a><!ENTITY x "secret"> -->', '<?x <!DOCTYPE a><!ENTITY x "secret">?>']
)
def test_what_looks_like_an_entity_in_a_comment_is_none(head: str) -> None:
    text = rss(f"<title>&x;</title>{content(TEXT)}", head=head)
    assert all("secret" not in str(record) for record in feed.read(ImportFile("a.xml", text.encode())))


def test_words_about_entities_in_a_text_are_words() -> None:
    (record,) = articles(rss(f"<title>Talks</title>{content(f'<p>{FIRST} &lt;!ENTITY x &gt; it said.</p>')}"))
    assert "<!ENTITY x > it said." in record.body


@pytest.mark.parametrize("name", ["http://harbour.example/feed.rss", "/etc/passwd.rss", "file:///etc/passwd"])
def test_nothing_is_fetched_or_opened_whatever_stands_in_the_file(name: str) -> None:
    with pytest.raises(UnreadableFile):
        list(feed.read(ImportFile("a.rss", name.encode())))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("nothing", "no feed"),
        ("<html><body>Words</body></html>", "no feed"),
        ("", "empty"),
        ("\x89PNG\r\n\x1a\n", "picture"),
    ],
)
def test_a_file_that_is_no_feed_is_refused_with_a_reason(text: str, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=reason):
        list(readers.read(ImportFile("a.rss", text.encode("latin-1") if text else b"")))


def test_a_feed_without_entries_is_said_to_be_empty() -> None:
    assert read(rss()) == [Remark("There are no entries in this feed.")]


@pytest.mark.parametrize("piece", ["<a>", "<a ", "<", "&", "</a", "<item><title>", "<![CDATA[", "<!--", "<?", "<a b='"])
def test_pieces_of_markup_without_end_are_got_through(piece: str) -> None:
    text = rss("<title>Talks</title>")[:-30] + piece * (40_000 // len(piece))
    try:
        list(feed.read(ImportFile("a.rss", text.encode())))
    except UnreadableFile as error:
        assert str(error)


WHOLE = rss(
    f"<title>Talks</title><link>https://h.example/1</link>"
    f"<pubDate>Wed, 01 May 2024 10:30:00 GMT</pubDate>{content(TEXT)}",
    f"<title>Tea</title><author>a@h.example (A)</author><description>{FIRST}</description>",
    head='<?xml version="1.0" encoding="utf-8"?><!DOCTYPE rss>',
)


@given(
    st.integers(0, len(WHOLE)),
    st.one_of(
        st.binary(min_size=1, max_size=6), st.sampled_from([b"<", b">", b"&", b"]]>", b"<!", b"http://[", b"\x00"])
    ),
    st.one_of(st.none(), st.integers(0, len(WHOLE))),
)
def test_a_mangled_feed_gives_records_or_a_reason(at: int, bytes_: bytes, end: int | None) -> None:
    whole = WHOLE.encode()
    mangled = (whole[:at] + bytes_ + whole[at + len(bytes_) :])[:end]
    try:
        for record in readers.read(ImportFile("a.rss", mangled)):
            assert isinstance(record, ArticleRecord | UnreadableRecord | EmptyRecord | Remark)
    except UnreadableFile as error:
        assert str(error)
