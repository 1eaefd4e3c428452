"""Each format read from bytes, good and bad. No database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing import readers
from articles.importing.readers import reader_of
from articles.importing.records import ArticleRecord, EmptyRecord, ImportFile, Remark, UnreadableFile, UnreadableRecord

FIRST = (
    "The two ministers met in the capital on Monday and spoke about trade, grain and the price of oil for three hours."
)


def read(name: str, content: str | bytes) -> list[ArticleRecord | UnreadableRecord]:
    data = content if isinstance(content, bytes) else content.encode("utf-8")
    return list(readers.read(ImportFile(name, data, "folder")))


def articles(name: str, content: str | bytes) -> list[ArticleRecord]:
    found = read(name, content)
    assert all(isinstance(record, ArticleRecord) for record in found), found
    return [record for record in found if isinstance(record, ArticleRecord)]


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
        ("a.srt", b"1\n00:00:01,000 --> 00:00:02,000\nWords\n", ".srt"),
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


@given(st.sampled_from(["a.txt", "a.html", "a.jsonl", "a.json", "result.json"]), st.binary(max_size=300))
def test_any_bytes_give_records_or_a_reason(name: str, content: bytes) -> None:
    try:
        for record in read(name, content):
            assert isinstance(record, ArticleRecord | UnreadableRecord | EmptyRecord | Remark)
    except UnreadableFile as error:
        assert str(error)
