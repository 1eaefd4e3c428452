"""`manage.py search`: data on stdout, everything else on stderr."""

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from articles.models import Article

Archive = Callable[..., list[Article]]


def run(*arguments: str) -> tuple[str, str]:
    """Return what the command writes to stdout and to stderr."""
    out, err = StringIO(), StringIO()
    call_command("search", *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def lines(*arguments: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run(*arguments)[0].split("\n")[:-1]]


@pytest.fixture
def batch(tmp_path: Path) -> Callable[..., list[dict[str, Any]]]:
    """Return a function that writes a file of queries and returns the lines that come out."""

    def batch(data: bytes, *arguments: str) -> list[dict[str, Any]]:
        (tmp_path / "queries.txt").write_bytes(data)
        return lines("--batch", str(tmp_path / "queries.txt"), *arguments)

    return batch


def test_a_query_gives_one_json_line_with_its_hits(archive: Archive) -> None:
    day, minute, month, undated = archive(
        {"title": "Truce in Gaza", "body": "truce", "url": "https://news.example/1", "date": "2023-10-07"},
        {"title": "x", "body": "truce", "date": "2023-10-08T14:03", "date_precision": "minute"},
        {"title": "x", "body": "truce", "date": "2023-09-01", "date_precision": "month"},
        {"title": "x", "body": "truce"},
    )
    (line,) = lines("truce", "--format", "jsonl")
    assert list(line) == ["query", "total", "ms", "hits"]
    assert (line["query"], line["total"]) == ("truce", 4)
    assert line["ms"] > 0
    assert list(line["hits"][0]) == ["rank", "id", "url", "title", "date", "score"]
    first = line["hits"][0]
    assert (first["rank"], first["id"], first["url"], first["title"]) == (
        1,
        day.pk,
        "https://news.example/1",
        "Truce in Gaza",
    )
    assert first["score"] > 0
    assert [(hit["id"], hit["date"]) for hit in line["hits"]] == [
        (day.pk, "2023-10-07"),
        (minute.pk, "2023-10-08T14:03Z"),
        (month.pk, "2023-09"),
        (undated.pk, ""),
    ]


def test_a_batch_gives_one_line_for_each_line_in_order(
    archive: Archive, batch: Callable[..., list[dict[str, Any]]]
) -> None:
    archive({"body": "truce"}, {"body": "oil"})
    queries = ["truce", "", "oil", "   ", "()", "nowhere", "truce OR oil", "\t", "* -", "\x00", "\u200b"]
    found = batch("\n".join(queries).encode() + b"\n")
    assert [line["query"] for line in found] == queries
    assert [line["total"] for line in found] == [1, 0, 1, 0, 0, 0, 2, 0, 0, 0, 0]
    assert all(line["hits"] == [] for line in found if not line["total"])


@pytest.mark.parametrize(
    ("data", "queries"),
    [
        (b"", []),
        (b"\n", [""]),
        (b"\n\n", ["", ""]),
        (b"truce", ["truce"]),
        (b"truce\n", ["truce"]),
        (b"truce\n\n", ["truce", ""]),
        (b"truce\r\noil\r\n", ["truce\r", "oil\r"]),
        (b"truce\roil\x0b\x0c\x1c\x1doil\n", ["truce\roil\x0b\x0c\x1c\x1doil"]),
        ("truce\u2028oil\u2029gas\u0085end\n".encode(), ["truce\u2028oil\u2029gas\u0085end"]),
        (b"tr\xffuce\n\xfe\n", ["tr\ufffduce", "\ufffd"]),
        ("هدنة\nЛавров\n".encode(), ["هدنة", "Лавров"]),
        (b'say "truce" \\ now\n', ['say "truce" \\ now']),
    ],
)
def test_a_batch_is_split_at_line_feeds_only(
    archive: Archive, batch: Callable[..., list[dict[str, Any]]], data: bytes, queries: list[str]
) -> None:
    archive({"body": "truce"})
    assert [line["query"] for line in batch(data)] == queries


def test_separators_that_readers_take_for_line_ends_are_escaped(archive: Archive, tmp_path: Path) -> None:
    archive({"title": "one\u2028two\u2029three\u0085four", "body": "truce"})
    (tmp_path / "queries.txt").write_text("truce\u2028\u0085\u2029\n", encoding="utf-8", newline="")
    out, _ = run("--batch", str(tmp_path / "queries.txt"))
    assert out.splitlines() == out.split("\n")[:-1]
    (line,) = (json.loads(line) for line in out.splitlines())
    assert line["query"] == "truce\u2028\u0085\u2029"
    assert line["hits"][0]["title"] == "one\u2028two\u2029three\u0085four"


def test_the_limit_is_the_only_bound(archive: Archive) -> None:
    archive(*({"body": "truce", "copy_group": "same"} for _ in range(130)))
    (line,) = lines("truce", "--format", "jsonl")
    assert (line["total"], len(line["hits"])) == (130, 20)
    (line,) = lines("truce", "--format", "jsonl", "--limit", "1000")
    assert (line["total"], len(line["hits"])) == (130, 130)
    assert [hit["rank"] for hit in line["hits"]] == list(range(1, 131))
    (line,) = lines("truce", "--format", "jsonl", "--limit", "1")
    assert len(line["hits"]) == 1
    assert len(lines("truce", "--format", "jsonl", "--limit", "1" + "0" * 30)[0]["hits"]) == 130


@pytest.mark.parametrize("limit", ["0", "-1", "x", "1.5", "٣", "", "9" * 5000])
def test_a_limit_that_is_no_positive_number_is_refused(db: None, limit: str) -> None:
    with pytest.raises(CommandError, match="limit"):
        run("truce", f"--limit={limit}")


@pytest.mark.parametrize(
    ("arguments", "titles"),
    [
        (["--country", "RU"], "ab"),
        (["--country", "RU", "--country", "IR"], "abc"),
        (["--minister", "sergey-lavrov"], "a"),
        (["--topic", "gaza"], "b"),
        (["--country", "RU", "--topic", "gaza"], "b"),
        (["--from", "2024"], "bc"),
        (["--to", "2023-10-07"], "a"),
        (["--from", "2024-01", "--to", "2024-01"], "b"),
        (["--country", "QQ"], ""),
    ],
)
def test_filters_narrow_a_query_and_each_line_of_a_batch(
    archive: Archive, batch: Callable[..., list[dict[str, Any]]], arguments: list[str], titles: str
) -> None:
    archive(
        {"title": "a", "body": "truce", "countries": ("RU",), "ministers": ("sergey-lavrov",), "date": "2023-10-07"},
        {"title": "b", "body": "truce", "countries": ("RU",), "topics": ("gaza",), "date": "2024-01-31"},
        {"title": "c", "body": "truce", "countries": ("IR",), "date": "2024-02-01"},
    )
    (line,) = lines("truce", "--format", "jsonl", *arguments)
    assert "".join(sorted(hit["title"] for hit in line["hits"])) == titles
    assert line["total"] == len(titles)
    first, blank = batch(b"truce\n\n", *arguments)
    assert first["total"] == len(titles)
    assert blank["total"] == 0


def test_a_query_without_words_lists_what_the_filters_leave(archive: Archive) -> None:
    archive({"title": "a", "countries": ("RU",)}, {"title": "b"})
    (line,) = lines("", "--format", "jsonl", "--country", "RU")
    assert [hit["title"] for hit in line["hits"]] == ["a"]
    assert lines("", "--format", "jsonl")[0]["total"] == 0


def test_a_bad_filter_is_left_out_and_named_on_stderr(archive: Archive) -> None:
    archive({"body": "truce"})
    out, err = run("truce", "--format", "jsonl", "--from", "yesterday")
    assert json.loads(out)["total"] == 1
    assert "yesterday" in err


def test_what_was_not_understood_is_told_on_stderr(archive: Archive) -> None:
    archive({"body": "truce"})
    out, err = run("truce OR", "--format", "jsonl")
    assert json.loads(out)["total"] == 1
    assert "OR" in err


@pytest.mark.parametrize(
    ("query", "understood"),
    [
        ("truce OR oil -gaza", "Searched for: (truce or oil), not gaza"),
        (
            'title:"truce talks" after:2023',
            "Searched for: exactly “truce talks” in the title and dated 2023-01-01 or later",
        ),
        ("?!", "Searched for: nothing"),
    ],
)
def test_what_a_query_is_understood_to_ask_for_is_explained_on_stderr(
    archive: Archive, query: str, understood: str
) -> None:
    archive({"body": "truce"})
    out, err = run(query, "--explain", "--format", "jsonl")
    assert understood in err
    assert "Searched" not in out
    assert "Searched" not in run(query, "--format", "jsonl")[1]


def test_the_table_is_for_people_and_the_number_found_stands_on_stderr(archive: Archive) -> None:
    archive({"title": "Truce in Gaza", "body": "truce", "date": "2023-10-07"}, {"title": "هدنة", "body": "truce"})
    out, err = run("truce")
    first, second = out.splitlines()
    assert first.split()[:2] == ["1", "2023-10-07"]
    assert first.endswith("Truce in Gaza")
    assert "no date" in second
    assert second.endswith("هدنة")
    assert err.startswith("2 found")
    out, err = run("nowhere")
    assert out == ""
    assert "0 found" in err


def test_a_title_of_several_lines_is_one_line_of_the_table(archive: Archive) -> None:
    archive({"title": "Truce\nin\u2028Gaza", "body": "truce"})
    out, _ = run("truce")
    assert len(out.splitlines()) == 1


def test_hidden_articles_are_not_listed(archive: Archive) -> None:
    archive({"body": "truce", "visible": False})
    assert lines("truce", "--format", "jsonl")[0]["total"] == 0


@pytest.mark.parametrize("arguments", [[], ["truce", "--batch", "queries.txt"]])
def test_either_a_query_or_a_file_is_asked_for(db: None, arguments: list[str]) -> None:
    with pytest.raises(CommandError, match="QUERY"):
        run(*arguments)


def test_a_file_that_cannot_be_read_is_named(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"missing\.txt"):
        run("--batch", str(tmp_path / "missing.txt"))
    with pytest.raises(CommandError, match="cannot be read"):
        run("--batch", str(tmp_path))


def test_an_index_that_cannot_be_read_is_an_error_with_the_command_that_helps(archive: Archive, index: Path) -> None:
    archive({"body": "truce"})
    (index / "LIVE").unlink()
    with pytest.raises(CommandError, match="rebuild_index"):
        run("truce")


def test_bytes_of_the_command_line_that_are_no_text_are_no_trouble(archive: Archive) -> None:
    archive({"body": "truce"})
    (line,) = lines("truce\udcff", "--format", "jsonl")
    assert line["total"] == 1
    assert lines("\udcff", "--format", "jsonl")[0]["total"] == 0
