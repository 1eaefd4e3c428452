"""Tables read: CSV, JSON Lines and JSON documents, good and hostile. No database."""

import csv
import io
import json
import time
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing import readers
from articles.importing.readers import reader_of
from articles.importing.readers.html_text import plain_text
from articles.importing.readers.tables import csv_table, json_document, json_items, json_lines
from articles.importing.readers.tables import records as table_records
from articles.importing.readers.tables.columns import column_of
from articles.importing.readers.tables.date_values import value_date
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
RUSSIAN = "Министры встретились в Вене и говорили о торговле, зерне и ценах на нефть три часа подряд."


def read(name: str, content: str | bytes) -> list[Record]:
    data = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    return list(readers.read(ImportFile(name, data, "folder")))


def articles(name: str, content: str | bytes) -> list[ArticleRecord]:
    found = [record for record in read(name, content) if not isinstance(record, Remark)]
    assert all(isinstance(record, ArticleRecord) for record in found), found
    return [record for record in found if isinstance(record, ArticleRecord)]


def day(record: ArticleRecord) -> str:
    return record.date.moment.isoformat()[:16] if record.date.moment else ""


def remarks(name: str, content: str | bytes) -> list[str]:
    return [record.reason for record in read(name, content) if isinstance(record, Remark)]


def kinds(name: str, content: str | bytes) -> list[str]:
    return [type(record).__name__ for record in read(name, content)]


# Which format


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.txt", '{"body": "Words"}\n{"body": "More"}', "JSON Lines"),
        ("a.txt", '{"body": "Words"}', "JSON Lines"),
        ("a.json", '{"body": "Words"}\n{"body": "More"}', "JSON Lines"),
        ("a.json", '{"body": "Words"}\n', "JSON"),
        ("a.json", '{\n"body": "Words"\n}', "JSON"),
        ("a.txt", '[\n{"body": "Words"}]', "JSON"),
        ("a.jsonl", '[\n{"body": "Words"},\n{"body": "Words"}\n]', "JSON"),
        ("a.jsonl", '["a"]\n{"body": "Words"}', "JSON Lines"),
        ("a.jsonl", "broken", "JSON Lines"),
        ("a.csv", "title,body\na,b\n", "table (CSV)"),
        ("a.csv", "a text with, a comma", "table (CSV)"),
        ("a.tsv", "title\tbody\na\tb\n", "table (CSV)"),
        ("a.txt", "Title;Text;Date\nA;Words;2024-05-01\n", "table (CSV)"),
        ("a.txt", "date|headline|full_text\n2024-05-01|A|Words\n", "table (CSV)"),
        ("a.txt", "Message, delivered\nWords, words, text.\n", "plain text"),
        ("a.txt", "Text, date and place of the talks\nWords, words.\n", "plain text"),
        ("a.txt", "Talks in Vienna, Doha, Cairo\nThe ministers met, talked, and left.\n", "plain text"),
        ("a.txt", "[Vienna] Talks were held.", "plain text"),
        ("a.txt", "{Vienna} Talks were held.", "plain text"),
    ],
)
def test_a_table_is_known_by_its_content_first(name: str, content: str, expected: str) -> None:
    assert reader_of(ImportFile(name, content.encode()))[0] == expected


# What a column means


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("body", "body"), ("Full Text", "body"), ("FULL_TEXT", "body"), ("fulltext", "body"),
        ("content:encoded", "body"), ("Texte", "body"), ("ТЕКСТ", "body"), ("النص", "body"), ("cuerpo", "body"),
        ("Título", "title"), ("titulo", "title"), ("headline", "title"), ("название", "title"), ("العنوان", "title"),
        ("publishedAt", "published"), ("pub-date", "published"), ("Дата публикации", "published"),
        ("timestamp", "published"), ("updated_at", "edited"), ("canonical_url", "url"), ("Outlet", "source"),
        ("idioma", "language"), ("dc:creator", "author"), ("_id", "id"), ("GUID", "id"), ("résumé", "summary"),
        ("abstract", "summary"), ("category", None), ("", None), ("body" * 1000, None),
    ],
)  # fmt: skip
def test_columns_are_known_by_many_names_however_they_are_written(name: str, field: str | None) -> None:
    column = column_of(name)
    assert (column and column[0]) == field


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-05-01", ("2024-05-01T00:00", "day", True)),
        ("2024-05", ("2024-05-01T00:00", "month", True)),
        ("2024-05-01T10:30:00+02:00", ("2024-05-01T08:30", "minute", True)),
        ("2024-05-01 10:30:00", ("2024-05-01T10:30", "minute", False)),
        ("20240501", ("2024-05-01T00:00", "day", True)),
        ("20240501T103000Z", ("2024-05-01T10:30", "minute", True)),
        ("20240501103000", ("2024-05-01T10:30", "minute", False)),
        ("1714559400", ("2024-05-01T10:30", "minute", True)),
        ("1714559400000", ("2024-05-01T10:30", "minute", True)),
        ("1714559400.25", ("2024-05-01T10:30", "minute", True)),
        ("Wed, 01 May 2024 10:30:00 +0200", ("2024-05-01T08:30", "minute", True)),
        ("Wed, 1 May 2024 10:30:00 GMT", ("2024-05-01T10:30", "minute", True)),
        ("1 May 2024 10:30:00", ("2024-05-01T10:30", "minute", False)),
        ("Wed May 01 10:30:00 +0000 2024", ("2024-05-01T10:30", "minute", True)),
        ("01.05.2024 10:30", ("2024-05-01T10:30", "minute", False)),
        ("1 мая 2024", ("2024-05-01T00:00", "day", True)),
        ("15.06.24", ("2024-06-15T00:00", "day", True)),
        ("15.06.24 10:30", ("2024-06-15T10:30", "minute", False)),
        ("Wed, 01 May 2024 10:30:00 MSK", ("2024-05-01T07:30", "minute", True)),
        ("Wed May 01 10:30:00 CET 2024", ("2024-05-01T09:30", "minute", True)),
        ("Wed, 01 May 2024 10:30:00 IST", ("2024-05-01T10:30", "minute", False)),
    ],
)  # fmt: skip
def test_dates_are_read_as_programs_and_people_write_them(value: str, expected: tuple[str, str, bool]) -> None:
    moment = value_date(value)
    assert moment is not None
    assert (moment.when.isoformat()[:16], moment.precision, moment.zoned) == expected


@pytest.mark.parametrize(
    "value",
    ["", "soon", "05/06/2024", "20241301", "Wed, 99 May 2024 10:30:00 GMT", "12", "1" * 300, "2024-13-01", "-5"],
)
def test_values_that_name_no_day_are_no_dates(value: str) -> None:
    assert value_date(value) is None


@given(st.text(max_size=60))
def test_any_value_is_a_date_or_none(value: str) -> None:
    moment = value_date(value)
    assert moment is None or moment.when.tzinfo is not None


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Plain words, 1 < 2 & 3 > 2.", ["Plain words, 1 < 2 & 3 > 2."]),
        ("R&amp;D &#8220;now&#8221;", ["R&D “now”"]),
        ("<p>One\ntwo</p><p>Three &amp; four</p>", ["One two", "Three & four"]),
        ("One<br>Two<br/>Three", ["One", "Two", "Three"]),
        ("<b>One</b> and\n<a href='x'>two</a>", ["One and", "two"]),
        ("<h2>One</h2>Two\n\nThree", ["One", "Two", "Three"]),
        ("<p>One</p><script>alert('x')</script><style>p {}</style>", ["One"]),
        ("<figure><img src='a'><figcaption>A picture</figcaption></figure><p>One</p>", ["One"]),
        ("<![CDATA[<p>One</p>]]>", ["One"]),
        ("<p>One\x00 \ud800two", ["One two"]),
        ("<div>" * 50_000 + "One", ["One"]),
    ],
)  # fmt: skip
def test_markup_in_a_value_becomes_paragraphs(text: str, lines: list[str]) -> None:
    assert [" ".join(line.split()) for line in plain_text(text).split("\n") if line.strip()] == lines


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
    assert (record.number, record.place, record.summary, record.warnings) == (1, "line 1", False, ())


def test_other_names_for_the_same_fields_are_understood() -> None:
    line = {
        "_id": {"$oid": "6631"}, "headline": "Talks &amp; tea", "content": f"<p>{FIRST}</p><p>{SECOND}</p>",
        "publishedAt": {"$date": {"$numberLong": "1714559400000"}}, "updated_at": "2024-05-02T00:00:00Z",
        "link": "https://example.org/a", "source": {"id": None, "name": "Harbour"},
        "authors": ["Ana Ruiz", {"name": "Bo Li"}],
        "description": "Short.", "language": "en",
    }  # fmt: skip
    (record,) = articles("a.jsonl", json.dumps(line))
    assert (record.title, record.body, record.summary) == ("Talks & tea", f"{FIRST}\n\n{SECOND}", False)
    assert (day(record), record.edited_at and record.edited_at.isoformat()[:16]) == (
        "2024-05-01T10:30",
        "2024-05-02T00:00",
    )
    assert (record.external_id, record.byline, record.source) == ("6631", "Ana Ruiz, Bo Li", "Harbour")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("broken", "not a JSON object"),
        ("[1]", "not a JSON object"),
        ("{}", "no body"),
        ('{"title": "T"}', "no body"),
        ('{"body": 5}', "not a text"),
        ('{"body": true}', "not a text"),
        ('{"body": [1, 2]}', "not a text"),
        ('{"body": {"a": 1}}', "not a text"),
        ("[" * 100_000, "not a JSON object"),
        ('{"a":' * 100_000, "not a JSON object"),
        ('{"body": ' + "9" * 5000 + "}", "not a JSON object"),
        ('{"body": "' + "x" * 4_100_000 + '"}', "longer than 4,065,536 bytes"),
    ],
)
def test_a_bad_line_is_reported_and_the_others_are_read(line: str, reason: str) -> None:
    first, bad, last = (
        record
        for record in read("a.jsonl", f'{{"body": "One."}}\n{line}\n\n{{"body": "Two."}}')
        if not isinstance(record, Remark)
    )
    assert isinstance(first, ArticleRecord)
    assert isinstance(bad, UnreadableRecord)
    assert reason in bad.reason
    assert (bad.number, bad.place) == (2, "line 2")
    assert isinstance(last, ArticleRecord)
    assert last.number == 4


@pytest.mark.parametrize(
    "line", ['{"body": null}', '{"body": " \\n "}', '{"body": ""}', '{"body": []}', '{"body": "..."}', '{"body": NaN}']
)
def test_a_line_without_a_text_is_empty(line: str) -> None:
    first, empty = read("a.jsonl", f'{{"body": "One."}}\n{line}')
    assert isinstance(first, ArticleRecord)
    assert empty == EmptyRecord(2, "There is no text.", "line 2")


def test_a_summary_stands_in_where_there_is_no_body() -> None:
    (record,) = articles("a.jsonl", json.dumps({"body": "", "summary": FIRST}))
    assert (record.body, record.summary) == (FIRST, True)


def test_of_two_columns_for_one_thing_the_clearer_one_counts_if_it_is_filled() -> None:
    both, one = articles("a.jsonl", '{"message": "ok", "body": "Words."}\n{"message": "Others.", "body": ""}')
    assert (both.body, one.body) == ("Words.", "Others.")


def test_a_body_of_several_paragraphs_in_a_list_is_one_text() -> None:
    assert articles("a.jsonl", json.dumps({"body": [FIRST, SECOND]}))[0].body == f"{FIRST}\n\n{SECOND}"


def test_columns_that_nobody_knows_are_said_once() -> None:
    content = "\n".join(json.dumps({"body": f"Words {n}.", "places": [], "category": n}) for n in range(5))
    assert remarks("a.jsonl", content) == ["Not used: columns places, category."]
    many = json.dumps({"body": "Words.", **{f"key {n}": n for n in range(100_000)}})
    (remark,) = remarks("a.jsonl", many)
    assert remark.endswith("and 980 more.")


def test_lines_without_any_text_are_a_table_of_something_else() -> None:
    content = "\n".join(json.dumps({"name": f"N{n}", "price": n}) for n in range(1000))
    with pytest.raises(UnreadableFile, match=r"There are: name, price\. One of these would do: body, text"):
        read("a.jsonl", content)


def test_a_line_that_is_not_utf8_stays_one_bad_line() -> None:
    found = read("a.jsonl", b'{"body": "One."}\n{"body": "\xff\xfe"}\n{"body": "Two."}')
    assert [type(record) for record in found] == [ArticleRecord, UnreadableRecord, ArticleRecord]


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_tells_the_charset_of_lines(charset: str) -> None:
    content = f'{{"body": "{RUSSIAN}\u2028{RUSSIAN}"}}\n\n{{"body": "{RUSSIAN}"}}'.encode(charset)
    assert [record.place for record in articles("a.jsonl", content)] == ["line 1", "line 3"]


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("0001-01-01", "lies before 1900"),
        ("9999-12-31", "lies in the future"),
        (99999999999, "lies in the future"),
    ],
)
def test_dates_that_cannot_be_are_left_out_and_said(date: object, expected: str) -> None:
    (record,) = articles("a.jsonl", json.dumps({"body": "One.", "date": date}))
    assert (day(record), record.date.precision) == ("", "none")
    assert expected in record.date.problem


@pytest.mark.parametrize("date", ["31.02", "05/06/2024", 12, ["soon"], {"name": "soon"}])
def test_dates_that_are_not_understood_give_a_warning(date: object) -> None:
    (record,) = articles("a.jsonl", json.dumps({"body": "One.", "date": date}))
    assert day(record) == ""
    assert "is not understood" in record.warnings[0]


@pytest.mark.parametrize("date", [None, "", [], {}, True, float("nan")])
def test_a_missing_date_is_no_date_and_no_warning(date: object) -> None:
    (record,) = articles("a.jsonl", json.dumps({"body": "One.", "date": date}))
    assert (day(record), record.warnings) == ("", ())


def test_the_first_date_that_is_understood_counts_and_a_change_dates_what_has_none() -> None:
    lines = [
        {"body": "One.", "date": "soon", "published": "2024-05-01"},
        {"body": "Two.", "updated": "2024-05-02T10:00:00Z"},
        {"body": "Three.", "date": "2024-05-01", "updated": "2024-05-01T10:00:00Z"},
    ]
    first, second, third = articles("a.jsonl", "\n".join(map(json.dumps, lines)))
    assert (day(first), first.warnings) == ("2024-05-01T00:00", ())
    assert (day(second), second.edited_at) == ("2024-05-02T10:00", None)
    assert third.edited_at is None


@pytest.mark.parametrize(
    ("name", "dates", "expected"),
    [
        ("date", ["05/06/2024", "06/13/2024"], ["2024-05-06", "2024-06-13"]),
        ("date", ["05/06/2024", "13/06/2024"], ["2024-06-05", "2024-06-13"]),
        ("date", ["05-06-2024 10:30", "13-06-2024 11:00"], ["2024-06-05", "2024-06-13"]),
        ("date", ["05/06/2024", "13/06/2024", "06/13/2024"], ["", "2024-06-13", "2024-06-13"]),
        ("date", ["05/06/2024", "06/07/2024"], ["", ""]),
        ("date", ["05/06/2024", "", "soon", "13/06/2024"], ["2024-06-05", "", "", "2024-06-13"]),
        ("Fecha", ["05/06/2024"], ["2024-06-05"]),
        ("Дата публикации", ["05/06/2024"], ["2024-06-05"]),
        ("date", ["45425", "45426.604166667", ""], ["2024-05-13", "2024-05-14", ""]),
        ("date", ["45425", "2024-05-14"], ["", "2024-05-14"]),
        ("date", ["45425", "12"], ["", ""]),
        ("timestamp", ["45425"], [""]),
    ],
)
def test_a_column_of_dates_is_read_in_one_way(name: str, dates: list[str], expected: list[str]) -> None:
    rows = [[f"{FIRST} {number}", date] for number, date in enumerate(dates)]
    assert [day(record)[:10] for record in articles("a.csv", table(["body", name], *rows))] == expected
    lines = "\n".join(json.dumps({"body": body, name: date}) for body, date in rows)
    assert [day(record)[:10] for record in articles("a.jsonl", lines)] == expected


def test_a_spreadsheets_fraction_of_a_day_is_a_clock_time() -> None:
    (record,) = articles("a.json", json.dumps([{"body": FIRST, "date": 45426.604166667}]))
    assert (day(record), record.date.zoned) == ("2024-05-14T14:30", False)


def test_what_a_table_breaks_off_with_comes_behind_the_records_before_it() -> None:
    content = '[{"body": "One.", "date": "05/06/2024"}, {"body": "Two.", "date": "13/06/2024"}, {"body": '
    found = read("a.json", content)
    assert [type(record) for record in found] == [ArticleRecord, ArticleRecord, Remark]
    assert isinstance(found[0], ArticleRecord)
    assert day(found[0])[:10] == "2024-06-05"


def test_the_moment_in_greenwich_time_goes_before_the_local_one() -> None:
    row = {
        "date": "2024-05-01T02:30:00",
        "date_gmt": "2024-04-30T23:30:00",
        "modified": "2024-05-01T02:40:00",
        "modified_gmt": "2024-04-30T23:40:00",
        "content": {"rendered": f"<p>{FIRST}</p>"},
        "author": 3,
    }
    (record,) = articles("a.json", json.dumps([row]))
    assert (day(record), record.date.zoned, record.byline) == ("2024-04-30T23:30", True, "")
    assert record.edited_at is not None
    assert record.edited_at.isoformat() == "2024-04-30T23:40:00+00:00"
    (draft,) = articles("a.json", json.dumps([row | {"date_gmt": "0000-00-00T00:00:00"}]))
    assert (day(draft), draft.date.zoned) == ("2024-05-01T02:30", False)


@pytest.mark.parametrize(
    ("end", "shown", "summary"),
    [
        (" They met for the whole of the mo… [+3456 chars]", " They met for the whole of the mo…", True),
        (" They met for the whole of the mo…", " They met for the whole of the mo…", True),
        (" They met [...]", " They met [...]", True),
        ("\n\nContinue reading Talks open in Doha →", None, True),
        (" [+1 talks]", " [+1 talks]", False),
        ("\n\nAGENCY...", "\n\nAGENCY...", False),
        (" Завтра он расскажет об этом подробнее.", " Завтра он расскажет об этом подробнее.", False),
        (" They met again Read more", None, True),
        ("", "", False),
    ],
)
def test_a_text_that_is_cut_is_marked_as_a_summary(end: str, shown: str | None, summary: bool) -> None:
    (record,) = articles("a.json", json.dumps([{"title": "T", "content": FIRST + end}]))
    assert record.summary is summary
    assert shown is None or record.body == FIRST + shown


def test_line_separators_inside_a_body_do_not_part_lines() -> None:
    (record,) = articles("a.jsonl", json.dumps({"body": "One\u2028two\u0085three"}, ensure_ascii=False))
    assert record.body == "One\n\ntwo\n\nthree"


def test_nul_and_lone_surrogates_are_left_out() -> None:
    (record,) = articles("a.jsonl", '{"body": "a\\u0000b\\ud800c", "title": "x\\udfff\\u0000y", "id": "i\\u0000"}')
    assert (record.body, record.title, record.external_id) == ("abc", "xy", "i")


def test_of_a_key_that_stands_twice_the_last_counts() -> None:
    assert articles("a.jsonl", '{"body": "One.", "body": "Two."}')[0].body == "Two."


# JSON documents


@pytest.mark.parametrize(
    "document",
    [
        [{"body": FIRST}, {"body": SECOND}],
        {"status": "ok", "totalResults": 2, "articles": [{"content": FIRST}, {"content": SECOND}]},
        {"response": {"numFound": 2, "docs": [{"text": FIRST}, {"text": SECOND}]}},
        {
            "took": 3,
            "hits": {"total": 2, "hits": [{"_id": "1", "_source": {"text": FIRST}}, {"_source": {"text": SECOND}}]},
        },
        {"data": [{"id": 1, "attributes": {"body": FIRST}}, {"id": 2, "attributes": {"body": SECOND}}]},
        {"message": "success", "tags": ["a"], "results": [{"text": FIRST}, {"text": SECOND}]},
        {"one": {"text": FIRST}, "two": {"text": SECOND}},
    ],
)
def test_the_list_of_articles_is_found_in_a_document(document: object) -> None:
    found = articles("a.json", json.dumps(document))
    assert [record.body for record in found] == [FIRST, SECOND]
    assert [record.place for record in found] == ["item 1", "item 2"]


def test_an_object_with_a_text_is_one_article_whatever_lists_it_has() -> None:
    document = {"title": "Talks", "text": FIRST, "comments": [{"text": "Nice."}], "tags": ["a"]}
    (record,) = articles("a.json", json.dumps(document, indent=1))
    assert (record.title, record.body) == ("Talks", FIRST)


def test_a_json_feed_names_the_source_of_its_items() -> None:
    item = {
        "id": "1", "url": "https://example.org/1", "content_html": f"<p>{FIRST}</p>", "authors": [{"name": "Ana Ruiz"}],
        "date_published": "2024-05-01T10:30:00Z", "date_modified": "2024-05-03T10:30:00Z",
    }  # fmt: skip
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Harbour Wire", "items": [item]}
    (record,) = articles("feed.json", json.dumps(feed))
    assert (record.source, record.body, record.byline) == ("Harbour Wire", FIRST, "Ana Ruiz")
    assert record.edited_at is not None


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("5", "neither a list nor an object"),
        ("null", "neither a list nor an object"),
        ('{"a": 1}', "There are: a. One of these would do: body"),
        ("{}", "There are: none"),
        ('[{"a": 1}]', "There are: a"),
        ("[" * 100_000, "nested too deep"),
        ('{"a":' * 100_000, "nested too deep"),
        ("[" + "9" * 5000 + "]", "no list of articles"),
        ("{broken", "broken"),
        ("", "empty"),
    ],
)
def test_a_document_without_articles_is_refused_with_a_reason(content: str, reason: str) -> None:
    with pytest.raises(UnreadableFile) as error:
        read("a.json", content)
    assert reason in str(error.value)


def test_an_empty_list_is_said_to_be_empty() -> None:
    assert read("a.json", "[]") == [Remark("There are no articles in this table.")]


def test_items_that_are_no_articles_are_reported_and_the_others_are_read() -> None:
    content = json.dumps([{"body": "One."}, 7, None, ["x"], {"body": 5}, {"body": "Two.", "x": float("nan")}])
    assert kinds("a.json", content) == ["ArticleRecord"] + ["UnreadableRecord"] * 4 + ["ArticleRecord", "Remark"]


def test_of_a_document_that_breaks_off_what_stands_before_is_read() -> None:
    whole = json.dumps({"articles": [{"body": f"Words {n}."} for n in range(50)]})
    found = read("a.json", whole[: len(whole) // 2])
    assert len([record for record in found if isinstance(record, ArticleRecord)]) == 25
    assert isinstance(found[-1], Remark)
    assert "What stands before the break was read" in found[-1].reason


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16", "utf-16-le", "cp1251"])
def test_the_charset_of_a_document_is_found_out(charset: str) -> None:
    content = json.dumps({"items": [{"text": RUSSIAN}] * 3}, ensure_ascii=False, indent=1).encode(charset)
    assert articles("a.json", content)[0].body == RUSSIAN


@pytest.mark.parametrize(
    "document",
    [
        [{"body": FIRST}, {"body": SECOND}],
        {"meta": {"data": ["a", 1]}, "articles": [{"content": FIRST}, {"content": SECOND}], "next": 2},
        {"response": {"docs": [{"text": FIRST, "tags": ["a", {"b": 1}]}, {"text": SECOND}]}},
    ],
)
def test_a_large_document_is_read_item_by_item(document: object, settings: Any) -> None:
    settings.IMPORT_MAX_DOCUMENT_SIZE = 100
    assert [record.body for record in articles("a.json", json.dumps(document))] == [FIRST, SECOND]


def test_of_a_large_document_what_stands_before_a_break_is_read(settings: Any) -> None:
    settings.IMPORT_MAX_DOCUMENT_SIZE = 30
    found = read("a.json", '[{"body": "One."}, {"body": "Two."}, {"body": NaN}]')
    assert [type(record) for record in found] == [ArticleRecord, ArticleRecord, Remark]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("[" * 100_000, "nested too deep"),
        ('[{"body": ' + "[" * 100_000, "nested too deep"),
        ('[{"body": [' + "1," * 300_000 + "1]}]", "larger than any article"),
        ("{broken, and more of it", "broken"),
    ],
)
def test_items_made_to_do_harm_are_refused_with_a_reason(content: str, reason: str) -> None:
    with pytest.raises(UnreadableFile) as error:
        list(json_items.items_of(ImportFile("a.json", content.encode())))
    assert reason in str(error.value)


def test_an_object_of_very_many_keys_is_read() -> None:
    document = json.dumps({"body": FIRST, **{f"k{n}": n for n in range(200_000)}})
    assert articles("a.json", document)[0].body == FIRST


# CSV


def table(*rows: list[str], delimiter: str = ",") -> str:
    target = io.StringIO()
    csv.writer(target, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return target.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_out(delimiter: str) -> None:
    rows = [
        ["Title", "Date", "Full text", "Source"],
        ["Talks; tea, and | more", "2024-05-01", f"{FIRST}\n\n{SECOND}", "Harbour"],
    ]
    (record,) = articles("a.csv", table(*rows, delimiter=delimiter))
    assert (record.title, record.body, record.source) == (
        "Talks; tea, and | more",
        f"{FIRST}\n\n{SECOND}",
        "Harbour",
    )
    assert (day(record), record.number, record.place) == ("2024-05-01T00:00", 1, "row 2")


@pytest.mark.parametrize("first", ["sep=;\n", "\ufeffsep=;\r\n", "\ufeff", "\n\n"])
def test_what_stands_above_the_header_is_passed_over(first: str) -> None:
    (record,) = articles("a.csv", f"{first}title;text\nT;Words, words, words.\n")
    assert (record.title, record.body) == ("T", "Words, words, words.")
    assert record.place == f"row {2 + first.count(chr(10))}"


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251", "koi8-r", "cp866"])
def test_the_charset_is_found_out(charset: str) -> None:
    rows = [["Заголовок", "Текст"], *([f"Встреча {n}", RUSSIAN] for n in range(20))]
    found = articles("a.csv", table(*rows, delimiter=";").encode(charset))
    assert {record.body for record in found} == {RUSSIAN}


def test_the_charset_is_found_out_though_the_file_begins_in_english() -> None:
    rows = [
        ["title", "text"],
        *([f"Talks {n}", FIRST] for n in range(2000)),
        *(["Встреча", RUSSIAN] for _ in range(50)),
    ]
    assert articles("a.csv", table(*rows).encode("cp1251"))[-1].body == RUSSIAN


def test_broken_bytes_in_a_row_are_said_and_the_row_is_read() -> None:
    content = (
        table(["title", "text"], ["Встреча", RUSSIAN], ["Встреча", "XX" + RUSSIAN]).encode().replace(b"XX", b"\xff ")
    )
    first, second = articles("a.csv", content)
    assert (first.body, first.warnings) == (RUSSIAN, ())
    assert "not known to the file's charset" in second.warnings[0]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_ends_are_read_and_quoted_ones_belong_to_the_cell(end: str) -> None:
    content = f'title,text{end}A,"One.{end}{end}Two, ""so to say""."{end}B,Three.'
    first, second = articles("a.csv", content)
    assert first.body == 'One.\n\nTwo, "so to say".'
    assert (second.body, second.place) == ("Three.", "row 5")


@pytest.mark.parametrize(
    ("row", "outcome"),
    [
        ("A,2024-05-01,Words.", ArticleRecord),
        ("A,2024-05-01,Words.,,,", ArticleRecord),
        ("A,2024-05-01,Words.,x,more,cells", UnreadableRecord),
        ("A,2024-05-01", UnreadableRecord),
        ("A", UnreadableRecord),
        ("A,2024-05-01,,x", EmptyRecord),
        (",,...,", EmptyRecord),
    ],
)
def test_uneven_rows_are_read_where_the_text_can_be_told(row: str, outcome: type) -> None:
    first, second, last = (
        record
        for record in read("a.csv", f"title,date,text,url\nA,,One.,\n{row}\nB,,Two.,\n")
        if not isinstance(record, Remark)
    )
    assert isinstance(first, ArticleRecord)
    assert isinstance(second, outcome)
    assert second.place == "row 3"  # type: ignore[attr-defined]
    assert isinstance(last, ArticleRecord)


@pytest.mark.parametrize("behind", [1, 2, 500])
def test_a_quotation_mark_that_is_not_closed_takes_one_row_and_not_the_rest(behind: int) -> None:
    rows = "".join(f"{n},T,Words {n}.\n" for n in range(behind))
    found = read("a.csv", f'id,title,text\n1,"T,Broken words.\n{rows}')
    assert isinstance(found[0], UnreadableRecord)
    assert "not closed" in found[0].reason
    assert found[0].place == "row 2"
    assert len([record for record in found if isinstance(record, ArticleRecord)]) == behind


def test_quotation_marks_made_to_be_read_again_and_again_cost_little_time() -> None:
    hostile = "id,text\n" + 'x","y\n' * 400_000
    start = time.monotonic()
    for _record in csv_table.read(ImportFile("a.csv", hostile.encode())):
        pass
    assert time.monotonic() - start < 60


def test_a_row_that_is_too_long_is_passed_over() -> None:
    content = f"title,text\nA,One.\nB,{'x' * 5_000_000}\nC,Three.\n"
    first, second, third = read("a.csv", content)
    assert isinstance(first, ArticleRecord)
    assert isinstance(second, UnreadableRecord)
    assert "longer than 4,065,536 characters" in second.reason
    assert isinstance(third, ArticleRecord)
    assert third.place == "row 4"


def test_a_cell_longer_than_pythons_own_limit_is_read() -> None:
    text = " ".join(f"Word{n}" for n in range(30_000))
    assert articles("a.csv", table(["title", "text"], ["A", text]))[0].body == text


def test_nul_bytes_in_a_table_are_left_out() -> None:
    rows = b"title,text\n" + b"A\x00,Words\x00 and words.\n" + b"B,More words.\n" * 30
    assert articles("a.csv", rows)[0].body == "Words and words."


def test_markup_in_a_cell_becomes_text() -> None:
    (record,) = articles("a.csv", table(["title", "body"], ["<b>T</b> &amp; U", f"<p>{FIRST}</p><p>{SECOND}</p>"]))
    assert (record.title, record.body) == ("T & U", f"{FIRST}\n\n{SECOND}")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("title,when\na,b\n", "There are: title, when. One of these would do: body, text"),
        ("just one line of words", "There are: just one line of words."),
        ("\n\n\n", "empty"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        ('"never closed\n' + "x\n" * 100, "There are:"),
    ],
)
def test_a_file_that_is_no_table_of_articles_is_refused(content: str | bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile) as error:
        read("a.csv", content)
    assert reason in str(error.value)


def test_a_table_of_one_column_is_read_whatever_commas_are_in_it() -> None:
    assert articles("a.csv", "text\nWords, words, and words.\n")[0].body == "Words, words, and words."


def test_columns_of_a_table_that_nobody_knows_are_said_once() -> None:
    assert remarks("a.csv", "text,places,category\nOne.,a,b\nTwo.,c,d\n") == ["Not used: columns places, category."]


# Size and speed


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.json"])
def test_large_tables_are_not_held_in_memory(
    name: str, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.IMPORT_MAX_DOCUMENT_SIZE = 1024 * 1024
    monkeypatch.setattr(table_records, "paragraphs_of", str.splitlines)
    monkeypatch.setattr(table_records, "clean", lambda paragraphs, title: paragraphs)
    path = tmp_path / name
    row = {"id": "x", "title": "Talks", "body": f"{FIRST} " * 400}
    with path.open("w") as file:
        begin, between, one = {
            "a.jsonl": ("", "\n", json.dumps(row)),
            "a.csv": ("id,title,body\n", "", table(list(row.values()))),
            "a.json": ('{"articles": [', ",", json.dumps(row)),
        }[name]
        file.write(begin + between.join([one] * 300) + ("]}" if name == "a.json" else ""))
    assert path.stat().st_size > 10_000_000
    reader = {"a.jsonl": json_lines, "a.csv": csv_table, "a.json": json_document}[name]
    tracemalloc.start()
    count = sum(isinstance(record, ArticleRecord) for record in reader.read(ImportFile(name, path)))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 300
    assert peak < 5_000_000


# Anything

WHOLE = {
    "a.csv": table(["title", "text", "date"], *([f"T{n}", f'Words "{n}",\n{FIRST}', "2024-05-01"] for n in range(6))),
    "a.jsonl": "\n".join(json.dumps({"title": f"T{n}", "text": f"{FIRST} {n}", "date": n}) for n in range(6)),
    "a.json": json.dumps({"articles": [{"title": f"T{n}", "text": f"{FIRST} {n}"} for n in range(6)]}),
}


@given(
    st.sampled_from(sorted(WHOLE)),
    st.integers(0, 700),
    st.one_of(
        st.binary(min_size=1, max_size=6), st.sampled_from([b'"', b'",', b"\n", b"\x00", b"\\", b"[", b"{", b"}"])
    ),
    st.integers(0, 700),
)
def test_a_mangled_table_gives_records_or_a_reason(name: str, at: int, bytes_: bytes, end: int) -> None:
    whole = WHOLE[name].encode()
    content = (whole[:at] + bytes_ + whole[at + len(bytes_) :])[: len(whole) if end < 350 else end]
    try:
        for record in readers.read(ImportFile(name, content)):
            assert isinstance(record, ArticleRecord | UnreadableRecord | EmptyRecord | Remark)
    except UnreadableFile as error:
        assert str(error)


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(["name", "text", "$date", "x"]), inner, max_size=2)
    ),
    max_leaves=6,
)
NAMES = st.sampled_from(
    ["body", "text", "title", "date", "updated", "url", "source", "lang", "author", "id", "summary", "x"]
)


@given(st.lists(st.dictionaries(NAMES, VALUES, max_size=6), min_size=1, max_size=4))
def test_objects_of_any_values_give_records_or_a_reason(rows: list[dict[str, Any]]) -> None:
    for name, content in (("a.json", json.dumps(rows)), ("a.jsonl", "\n".join(map(json.dumps, rows)))):
        try:
            for record in readers.read(ImportFile(name, content.encode())):
                assert isinstance(record, ArticleRecord | UnreadableRecord | EmptyRecord | Remark)
        except UnreadableFile as error:
            assert str(error)
