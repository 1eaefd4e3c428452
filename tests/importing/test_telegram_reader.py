"""Telegram Desktop's JSON export read from bytes, good and bad. No database."""

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing import readers
from articles.importing.readers import reader_of
from articles.importing.readers.telegram_desktop import export as telegram_export
from articles.importing.records import (
    ArticleRecord,
    EmptyRecord,
    ImportFile,
    Record,
    UnreadableFile,
    UnreadableRecord,
)


def message(number: object, text: object = "Talks went on.", **fields: Any) -> dict[str, Any]:
    minute = number if isinstance(number, int) and 0 <= number < 10_000 else 0
    return {
        "id": number, "type": "message", "date": "2024-07-25T17:03:20", "date_unixtime": str(1721916200 + minute * 60),
        "from": "Harbour Wire", "from_id": "channel42", "text": text, **fields,
    }  # fmt: skip


def export(*messages: object, **chat: Any) -> str:
    whole = {"name": "Harbour Wire", "type": "public_channel", "id": 42, **chat, "messages": list(messages)}
    return json.dumps(whole, ensure_ascii=False, indent=1)


def account(*chats: object, **parts: Any) -> str:
    return json.dumps({"about": "All the data.", **parts, "chats": {"about": "Chats.", "list": list(chats)}})


def chat(name: object, identity: int, *messages: object) -> dict[str, Any]:
    return {"name": name, "type": "public_channel", "id": identity, "messages": list(messages)}


def read(content: str | bytes) -> list[Record]:
    data = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    file = ImportFile("result.json", data, "folder")
    assert reader_of(file)[0] == "Telegram Desktop export"
    return list(telegram_export.read(file))


def articles(content: str | bytes) -> list[ArticleRecord]:
    found = read(content)
    assert all(isinstance(record, ArticleRecord) for record in found), found
    return [record for record in found if isinstance(record, ArticleRecord)]


def reasons(found: list[Record]) -> list[str]:
    return [record.reason for record in found if isinstance(record, EmptyRecord | UnreadableRecord)]


def kinds(found: list[Record]) -> list[type]:
    return [type(record) for record in found]


def minute(record: ArticleRecord) -> str:
    return record.date.moment.isoformat()[:16] if record.date.moment else ""


def broken_off(content: str | bytes) -> tuple[list[Record], str]:
    """Return what is read before a file breaks off, and the reason that is given then."""
    data = content if isinstance(content, bytes) else content.encode()
    found: list[Record] = []
    with pytest.raises(UnreadableFile) as error:
        for record in telegram_export.read(ImportFile("result.json", data)):
            found.append(record)
    return found, str(error.value)


# What an export is


@pytest.mark.parametrize(
    "content",
    [
        '{"name": "A", "messages": []}',
        '\ufeff{\n "name": "A",\n "messages": [\n ]\n}',
        '{"messages": [{"id": 1}], "name": "A"}',
        '{"about": "Here it is.", "chats": {"about": "Chats.", "list": []}}',
        '{"about": "Here it is.", "left_chats": {"list": []}}',
        '{"about": "Here it is.", "contacts": {"list": [' + '{"first_name": "Ana"},' * 10_000,
    ],
)
def test_an_export_is_known_by_its_outermost_object(content: str) -> None:
    assert telegram_export.recognises(ImportFile("a.txt", content.encode()))


@pytest.mark.parametrize(
    "content",
    [
        "",
        "text",
        "[]",
        "{",
        '{"body": "the \\"messages\\": [ are here"}',
        '{"a": {"messages": []}}',
        '{"messages": 5}',
        '{"contacts": []}',
        '{"chats": 1}',
        '{"body": "One."}\n{"body": "Two."}',
    ],
)
def test_other_texts_are_no_exports(content: str) -> None:
    assert not telegram_export.recognises(ImportFile("a.json", content.encode()))


def test_a_large_file_is_recognised_by_its_head_alone(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    path.write_bytes(b'{"name": "A", "messages": [' + b" " * 40_000_000)
    file = ImportFile(path.name, path)
    started = time.perf_counter()
    assert telegram_export.recognises(file)
    assert time.perf_counter() - started < 1


# Posts


def test_a_post_is_an_article_its_text_a_string_or_a_list_of_parts() -> None:
    first, second = articles(
        export(
            message(1, "Talks went on."),
            message(
                2, ["🇷🇺 ", {"type": "bold", "text": "Talks"}, " ended.\n\nAll went home."], forwarded_from="Port News"
            ),
        ),
    )
    assert (first.body, first.title, first.source) == ("Talks went on.", "", "Harbour Wire")
    assert (second.body, second.forwarded_from) == ("🇷🇺 Talks ended.\n\nAll went home.", "Port News")
    assert (minute(first), first.date.zoned) == ("2024-07-25T14:04", True)  # the exact moment, not the local clock
    assert (first.external_id, first.place, first.number) == ("1", "message 1", 1)


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ([{"type": "text_link", "text": "the statement", "href": "https://a.example"}, " is out."],
         "the statement is out."),
        (["See ", {"type": "link", "text": "https://a.example/b"}, " now."], "See https://a.example/b now."),
        ([{"type": "custom_emoji", "text": "🔥", "document_id": "x"}, " Talks"], "🔥 Talks"),
        ([{"type": "mention", "text": "@harbour"}, " met ", {"type": "hashtag", "text": "#Doha"}],
         "@harbour met #Doha"),
        ([{"type": "pre", "text": "a = 1\nb = 2", "language": ""}, {"type": "code", "text": "c"}], "a = 1\n\nb = 2c"),
        ([{"type": "spoiler", "text": "They agreed."}, {"type": "blockquote", "text": " So it is."}],
         "They agreed. So it is."),
        ([["nested ", [["lists"]]], {"type": "bold", "text": [" of ", {"text": "parts"}]}], "nested lists of parts"),
        ([{"type": "bold", "href": "no text"}, "One", None, 5, True, {"text": None}], "One"),
        ({"type": "bold", "text": "One part alone"}, "One part alone"),
        ("<script>alert(1)</script> & more", "<script>alert(1)</script> & more"),
        ("a\u0000b\u200ec\ud800d", "abcd"),
    ],
)  # fmt: skip
def test_every_part_of_a_text_is_kept(text: object, body: str) -> None:
    whole = {"name": "A", "messages": [message(1, text)]}
    assert [record.body for record in articles(json.dumps(whole))] == [body]


def test_a_text_that_stands_only_in_the_entities_is_found() -> None:
    one = message(1, text_entities=[{"type": "plain", "text": "Talks "}, {"type": "bold", "text": "end"}])
    del one["text"]
    assert [record.body for record in articles(export(one, {**one, "id": 2, "text": ""}))] == ["Talks end"] * 2


def test_edits_answers_and_signatures_are_kept() -> None:
    first, second, third = articles(
        export(
            message(7, edited="2024-07-25T18:00:00", edited_unixtime="1721919600", author="Ana Ruiz"),
            message(8, reply_to_message_id=7, edited="1970-01-01T03:00:00"),
            message(9, reply_to_message_id=7, reply_to_peer_id="channel99"),
        )
    )
    assert first.edited_at is not None
    assert (first.edited_at.isoformat(), first.byline) == ("2024-07-25T15:00:00+00:00", "Ana Ruiz")
    assert (second.reply_to, second.edited_at) == (first.external_id, None)
    assert third.reply_to == ""


def test_the_link_is_known_where_the_channels_address_is() -> None:
    assert articles(export(message(5), username="harbour"))[0].url == "https://t.me/harbour/5"
    assert articles(export(message(5), username="@Harbour_1"))[0].url == "https://t.me/Harbour_1/5"
    assert articles(export(message(5), username="javascript:alert(1)"))[0].url == ""
    assert articles(export(message(5)))[0].url == ""


@pytest.mark.parametrize(
    ("fields", "expected", "problem"),
    [
        ({"date_unixtime": 1721916260}, "2024-07-25T14:04", ""),
        ({"date_unixtime": "0"}, "2024-07-25T17:03", ""),
        ({"date_unixtime": "-5", "date": ""}, "", "older than Telegram"),
        ({"date_unixtime": "99999999999"}, "2024-07-25T17:03", ""),
        ({"date_unixtime": "99999999999", "date": "9999-12-31T00:00:00"}, "", "future"),
        ({"date_unixtime": "9" * 400, "date": None}, "", "cannot be read"),
        ({"date_unixtime": None, "date": "9999-12-31T00:00:00"}, "", "future"),
        ({"date_unixtime": None, "date": "1970-01-01T00:00:00"}, "", "older than Telegram"),
        ({"date_unixtime": None, "date": "yesterday"}, "", "cannot be read"),
        ({"date_unixtime": None, "date": ["2024"]}, "", ""),
        ({"date_unixtime": True, "date": {}}, "", ""),
    ],
)
def test_absurd_dates_are_none_and_the_report_says_so(fields: dict[str, Any], expected: str, problem: str) -> None:
    (record,) = articles(export(message(1, **fields)))
    assert minute(record) == expected
    assert problem in record.date.problem
    assert bool(record.date.problem) == bool(problem)


def test_a_local_time_without_a_zone_says_that_it_has_none() -> None:
    one = message(1)
    del one["date_unixtime"]
    (record,) = articles(export(one))
    assert (minute(record), record.date.zoned) == ("2024-07-25T17:03", False)


@pytest.mark.parametrize(
    ("identity", "external_id", "place"),
    [
        (1, "1", "message 1"),
        (-999999998, "-999999998", "message -999999998"),
        ("abc", "abc", "message abc"),
        (None, "", "message no. 1"),
        (True, "", "message no. 1"),
        (1.5, "", "message no. 1"),
        (10**400, "", "message no. 1"),
        ([1], "", "message no. 1"),
    ],
)
def test_an_id_is_a_number_or_a_short_text(identity: object, external_id: str, place: str) -> None:
    (record,) = articles(export(message(identity)))
    assert (record.external_id, record.place) == (external_id, place)


def test_an_id_that_stands_twice_is_imported_with_a_warning() -> None:
    first, second = articles(export(message(1, "Talks began."), message(1, "Something else was said.")))
    assert first.warnings == ()
    assert second.warnings == ("The id 1 stands more than once in this chat.",)


# Nothing to import


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"text": "", "photo": "(File not included. Change data exporting settings to download.)"},
         "A photo without a text."),
        ({"text": [], "file": "a.mp4", "media_type": "video_file"}, "A video without a text."),
        ({"text": "", "file": "a.pdf", "mime_type": "application/pdf"}, "A file without a text."),
        ({"text": "", "media_type": "voice_message", "file": "a.ogg"}, "A voice message without a text."),
        ({"text": "", "media_type": "something new", "file": "a"}, "A file without a text."),
        ({"text": "", "poll": {"question": "Who?", "answers": [{"text": "He"}]}}, "A poll without a text."),
        ({"text": "", "location_information": {"latitude": 1.5}}, "A location without a text."),
        ({"text": " \n\u200e "}, "A message without a word in its text."),
        ({"text": "🔥🔥"}, "A message without a word in its text."),
        ({"text": ""}, "A message without a text."),
        ({"text": None}, "A message without a text."),
        ({"text": "(File not included. Change data exporting settings to download.)"},
         "A message without a word in its text."),
        ({"type": "service", "action": "pin_message", "text": ""}, "A service message (pin_message)."),
        ({"type": "service", "action": 5 * [1], "text": "Some words"}, "A service message."),
        ({"type": "unsupported"}, "A message of a kind that Telegram Desktop could not export."),
    ],
)  # fmt: skip
def test_a_message_with_nothing_to_import_says_why(fields: dict[str, Any], reason: str) -> None:
    found = read(export({**message(1), **fields}, message(2)))
    assert kinds(found) == [EmptyRecord, ArticleRecord]
    assert reasons(found) == [reason]
    assert getattr(found[0], "place", "") == "message 1"


@pytest.mark.parametrize("bad", [5, None, "text", [1, [2]], True, {}, {"a": {"b": 1}}, message(1, 5), message(1, True)])
def test_a_bad_message_is_reported_and_the_others_are_read(bad: object) -> None:
    found = read(export(message(1), bad, message(3)))
    assert kinds(found) == [ArticleRecord, UnreadableRecord, ArticleRecord]
    assert [getattr(record, "number", 0) for record in found] == [1, 2, 3]


# Albums


def part(number: int, text: object = "", **fields: Any) -> dict[str, Any]:
    return message(number, text, **{"date_unixtime": "1721916200", "photo": "x.jpg", **fields})


def test_an_album_is_one_article_and_its_other_parts_are_accounted_for() -> None:
    found = read(export(part(1), part(2, "Talks."), part(3), message(4, "Other talks.")))
    assert kinds(found) == [EmptyRecord, ArticleRecord, EmptyRecord, ArticleRecord]
    assert reasons(found) == ["Part of the album of message 2."] * 2
    assert [record.external_id for record in found if isinstance(record, ArticleRecord)] == ["2", "4"]


def test_the_captions_of_an_album_are_joined() -> None:
    found = read(export(part(1, "Talks began."), part(2, "Talks ended."), part(3)))
    assert [record.body for record in found if isinstance(record, ArticleRecord)] == ["Talks began.\n\nTalks ended."]
    assert len(found) == 3


def test_an_album_without_a_text_is_so_many_pictures() -> None:
    assert reasons(read(export(part(1), part(2)))) == ["A photo without a text."] * 2


@pytest.mark.parametrize(
    "second",
    [
        {"photo": ""},
        {"photo": "", "file": "a.pdf"},
        {"date_unixtime": "1721916201"},
        {"from": "Somebody else"},
        {"forwarded_from": "Port News"},
        {"id": 200},
        {"media_type": "sticker", "photo": "", "file": "a.webp"},
    ],
)
def test_posts_of_one_second_are_no_album_unless_all_speaks_for_it(second: dict[str, Any]) -> None:
    found = articles(export(part(1, "Talks began."), {**part(2, "Talks ended."), **second}))
    assert [record.body for record in found] == ["Talks began.", "Talks ended."]


def test_an_album_has_ten_parts_at_most() -> None:
    found = read(export(*(part(number, "Talks." if number % 10 == 1 else "") for number in range(1, 21))))
    assert kinds(found).count(ArticleRecord) == 2
    assert len(found) == 20


# Chats


def test_all_chats_of_an_account_are_read() -> None:
    content = json.loads(
        account(
            chat("Harbour Wire", 1, message(1, "One.")), {"name": "No messages", "id": 2}, 5,
            chat("Port News", 3, message(1, "Two.")),
            {"type": "saved_messages", "id": 4, "messages": [message(1, "Three.")]},
        )
    )  # fmt: skip
    content["left_chats"] = {"list": [chat(None, 5, message(1, "Four."))]}
    found = articles(json.dumps(content))
    assert [(record.source, record.body, record.number) for record in found] == [
        ("Harbour Wire", "One.", 1), ("Port News", "Two.", 2), ("Saved messages", "Three.", 3),
        ("Deleted Account", "Four.", 4),
    ]  # fmt: skip


def test_chats_of_one_name_are_kept_apart() -> None:
    found = articles(account(chat("News", 1, message(1)), chat("News", 2, message(1)), chat("Other", 3, message(1))))
    assert [record.source for record in found] == ["News (1)", "News (2)", "Other"]


def test_the_name_may_stand_behind_the_messages() -> None:
    whole = {"id": 42, "messages": [message(1)], "name": "Harbour Wire", "username": "harbour"}
    (record,) = articles(json.dumps(whole))
    assert (record.source, record.url) == ("Harbour Wire", "https://t.me/harbour/1")


def test_a_chat_without_a_name_is_named_by_who_posts_in_it() -> None:
    assert articles(json.dumps({"messages": [message(1)]}))[0].source == "Harbour Wire"


def test_exports_one_behind_the_other_are_all_read() -> None:
    assert len(articles(export(message(1)) + "\n" + export(message(2)))) == 2


def test_messages_that_are_no_list_are_reported() -> None:
    found = read(account({"name": "A", "messages": {"a": [1]}}, {"name": "B", "messages": 7}, chat("C", 3, message(1))))
    assert reasons(found) == ["The messages of this chat are not a list."] * 2
    assert kinds(found)[-1] is ArticleRecord


@pytest.mark.parametrize("content", ["{}", '{"a": 1}', "[]", '"text"', '{"chats": {"list": [{"name": "A"}]}}'])
def test_a_file_without_messages_is_refused(content: str) -> None:
    assert broken_off(content) == ([], "This JSON is no Telegram export: it holds no list of messages.")


# Broken and hostile files


@pytest.mark.parametrize("content", [b"", b"text", b"\xff\xfe\xff", b'{"name": "A", "messages": [', b"{" * 100_000])
def test_bytes_that_are_no_json_are_refused(content: bytes) -> None:
    found, reason = broken_off(content)
    assert found == []
    assert reason.startswith("The JSON is broken")


@pytest.mark.parametrize(
    "end", [b"", b"]]", b', {"id": 3, "text": "cut off', b", nonsense", b', {"id": 4 "a"}]}', b"\x00"]
)
def test_what_stands_before_a_break_is_read(end: bytes) -> None:
    whole = export(part(1), part(2, "Talks."), message(3, "More."), message(4, "Last.")).encode()
    found, reason = broken_off(whole[: whole.rindex(b"]") - 1] + end)
    assert kinds(found) == [EmptyRecord, ArticleRecord, ArticleRecord, ArticleRecord]
    assert "broken" in reason
    assert "the 4 messages before" in reason


def test_an_album_at_a_break_is_not_lost() -> None:
    whole = export(part(1, "Talks."), part(2)).encode()
    found, _reason = broken_off(whole[: whole.rindex(b"]")])
    assert kinds(found) == [ArticleRecord, EmptyRecord]


@pytest.mark.parametrize(
    "part_of_message",
    [
        "[" * 100_000 + "]" * 100_000,
        '{"a":' * 100_000 + "1" + "}" * 100_000,
        '{"text":' * 100_000 + '"x"' + "}" * 100_000,
    ],
    ids=["lists", "objects", "texts"],
)
@pytest.mark.parametrize("key", ["text", "photo", "other", "id"])
def test_deep_nesting_does_not_harm(key: str, part_of_message: str) -> None:
    one = f'{{"type": "message", "{key}": {part_of_message}}}'
    found = read(f'{{"name": "A", "messages": [{one}, {json.dumps(message(2))}], "z": {part_of_message}}}')
    assert len(found) == 2
    assert kinds(found)[1] is ArticleRecord


def test_a_million_keys_do_not_fill_the_memory() -> None:
    keys = ",".join(f'"k{number}":0' for number in range(1_000_000))
    content = f'{{{keys}, "name": "A", "messages": [{{{keys}, "type": "message", "id": 1, "text": "Talks."}}]}}'
    (record,) = telegram_export.read(ImportFile("result.json", content.encode()))
    assert isinstance(record, ArticleRecord)


def test_a_text_of_ten_megabytes_is_read() -> None:
    (record,) = articles(export(message(1, "Talks went on and on. " * 450_000)))
    assert len(record.body) > 9_000_000


def test_a_number_without_an_end_does_not_harm() -> None:
    content = export(message(1), message(2)).replace('"id": 1,', f'"id": {"9" * 300_000},')
    assert [record.external_id for record in articles(content)] == ["", "2"]


def test_a_text_larger_than_a_document_is_refused(settings: Any) -> None:
    settings.IMPORT_MAX_DOCUMENT_SIZE = 200_000
    found, reason = broken_off(export(message(1), message(2, "a" * 500_000)))
    assert kinds(found) == [ArticleRecord]
    assert "larger than a whole document" in reason


@pytest.mark.parametrize(
    ("raw", "body"),
    [
        (rb"a\x0Bb", "a\n\nb"),
        (rb"a\\x0Bb", "a\\x0Bb"),
        (rb"a\ud800b\udc00c", "abc"),
        (rb"\ud83d\ude00 \ud83d\ud83d\ude00 a", "😀 😀 a"),
        (b"a\xffb", "a\ufffdb"),
        (b"a\x00\x01b", "ab"),
        (rb"a\u0000b", "ab"),
        ("é".encode() + rb" \u00e9", "é é"),
    ],
)
def test_what_telegram_writes_besides_json_is_mended(raw: bytes, body: str) -> None:
    content = b'{"name": "A", "messages": [{"id": 1, "type": "message", "text": "' + raw + b'"}]}'
    assert [record.body for record in articles(content)] == [body]


def test_utf_16_is_read() -> None:
    assert articles(export(message(1, "Переговоры")).encode("utf-16"))[0].body == "Переговоры"


def test_a_large_export_is_read_as_a_stream(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    one = json.dumps(message(1, ""))
    with path.open("w") as file:
        file.write('{"name": "A", "id": 1, "messages": [')
        for _ in range(20):
            file.write(f"{one}," * 1000)
        file.write(f"{one}]}}")
    records = telegram_export.read(ImportFile(path.name, path))
    next(records)  # long before the end is reached
    assert sum(1 for _ in records) == 20_000


# Anything at all

_ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["id", "type", "text", "date", "date_unixtime", "photo", "messages", "list", "from", "x"]),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@given(st.lists(_ANY, max_size=6), st.dictionaries(st.sampled_from(["name", "id", "type", "username", "chats"]), _ANY))
def test_every_message_of_any_export_is_accounted_for(messages: list[Any], fields: dict[str, Any]) -> None:
    fields.pop("chats", None)
    content = json.dumps({**fields, "messages": [each if each == each else 0 for each in messages]}, allow_nan=True)
    if "NaN" in content or "Infinity" in content:
        return  # no JSON
    found = read(content)
    assert sorted(getattr(record, "number", 0) for record in found) == list(range(1, len(messages) + 1))


_WHOLE = account(chat("A", 1, part(1), part(2, "Talks."), message(3)), chat("A", 2, message(1, ["x", {"text": "y"}])))


@given(st.integers(0, len(_WHOLE)), st.binary(max_size=6), st.integers(0, 6))
def test_a_mangled_export_gives_records_or_a_reason(at: int, put: bytes, cut: int) -> None:
    whole = _WHOLE.encode()
    file = ImportFile("result.json", whole[:at] + put + whole[at + cut :], "folder")
    try:
        for record in readers.read(file):
            assert isinstance(record, Record)
    except UnreadableFile as error:
        assert str(error)
