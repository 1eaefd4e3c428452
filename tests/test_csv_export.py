"""The CSV export of a search: who gets it, what stands in it, and that no cell computes."""

import csv
import io

import pytest
from django.contrib.auth.models import Permission, User
from hypothesis import given
from hypothesis import strategies as st

from articles import search as search_door
from articles.csv_export import COLUMNS, harmless
from articles.search.results import Matches


@pytest.fixture
def exporter(client, db):
    user = User.objects.create_user("exporter", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="export_article"))
    client.force_login(user)
    return client


def rows_of(response) -> list[dict[str, str]]:
    content = b"".join(response.streaming_content)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_who_is_not_logged_in_is_sent_to_the_login(client, db):
    response = client.get("/export.csv?q=grain&country=RU")
    assert response.status_code == 302
    assert response["Location"].startswith("/admin/login/?next=/export.csv%3Fq%3Dgrain%26country%3DRU")


def test_who_lacks_the_permission_gets_a_plain_refusal(client, db):
    client.force_login(User.objects.create_user("reader", is_staff=True))
    response = client.get("/export.csv")
    assert response.status_code == 403
    assert "Not allowed" in response.content.decode()


def test_only_who_may_export_sees_the_link(client, archive, exporter):
    archive({"body": "Grain leaves the port."})
    assert 'href="/export.csv?q=grain"' in client.get("/?q=grain").content.decode()
    client.logout()
    assert "/export.csv" not in client.get("/?q=grain").content.decode()


def test_the_export_holds_what_the_search_finds(archive, exporter):
    archive(
        {
            "title": "Grain, “again”",
            "body": "Grain leaves\n\nthe port.",
            "date": "2024-05-07",
            "date_kind": "inferred",
            "url": "https://example.org/1",
            "countries": ("RU", "TR"),
            "main": ("TR",),
            "ministers": ("hakan-fidan",),
            "topics": ("grain", "black-sea"),
        },
        {"title": "Fish", "body": "No cereals at all."},
    )
    response = exporter.get("/export.csv?q=grain")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"].startswith('attachment; filename="diplomacy-search-20')
    (row,) = rows_of(response)
    assert tuple(row) == COLUMNS
    assert row["title"] == "Grain, “again”"
    assert row["date"] == "2024-05-07"
    assert row["date_kind"] == "inferred"
    assert row["source"] == "World Desk"
    assert row["url"] == "https://example.org/1"
    assert row["address"] == f"http://testserver/articles/{row['id']}/grain-again/"
    assert row["countries"] == "TR"
    assert set(row["countries_mentioned"].split("; ")) == {"RU", "TR"}
    assert row["ministers"] == "Hakan Fidan"
    assert set(row["topics"].split("; ")) == {"grain", "black-sea"}
    assert row["text"] == "Grain leaves\n\nthe port."


def test_the_export_has_no_page_cap_and_counts_copies(archive, exporter):
    archive(*({"title": f"Talks {number}", "body": "Talks about grain.", "copy_group": "g"} for number in range(45)))
    rows = rows_of(exporter.get("/export.csv?q=grain&page=2&per=10"))
    assert len({row["id"] for row in rows}) == 45


def test_an_export_that_finds_nothing_is_a_header(archive, exporter):
    archive()
    assert rows_of(exporter.get("/export.csv?q=nothing")) == []


def test_hidden_articles_are_not_exported_without_the_right(archive, exporter):
    archive({"title": "A secret", "body": "Grain.", "visible": False}, {"title": "Open", "body": "Grain."})
    assert [row["title"] for row in rows_of(exporter.get("/export.csv?q=grain"))] == ["Open"]


def test_an_unavailable_search_is_a_503(exporter, monkeypatch):
    monkeypatch.setattr(search_door, "matches", lambda params, **options: Matches([], [], 0, "unavailable"))
    response = exporter.get("/export.csv?q=grain")
    assert response.status_code == 503
    assert "not available" in response.content.decode()


def test_the_export_cannot_be_posted_to(exporter):
    assert exporter.post("/export.csv").status_code == 405


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\tx",
        "\rx",
        "  =1+1",
        "\u00a0=1+1",
        "\u200e=1+1",
        "\u061c=1+1",
        "\u202e=1+1",
        "\u2066@x",
        "\ufeff@x",
        "\n=1+1",
        "＝1+1",
        "＋1",
        "－1",
        "＠x",
        " ＝1",
    ],
)
def test_cells_that_would_compute_are_neutralised(cell):
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Gaza", "a=b", "2024-05-07", "7 - 8", "— Yes, he said", "«Газ»", "'quoted"])
def test_other_cells_stay_as_they_are(cell):
    assert harmless(cell) == cell


@given(st.text())
def test_no_cell_begins_like_a_formula(text):
    first = harmless(text).lstrip()[:1]
    assert first not in set("=+-@＝＋－＠")


def test_titles_are_neutralised_in_the_file(archive, exporter):
    archive({"title": '=HYPERLINK("http://evil.example","x")', "body": "-2+3 grain"})
    (row,) = rows_of(exporter.get("/export.csv?q=grain"))
    assert row["title"].startswith("'=HYPERLINK")
    assert row["text"] == "'-2+3 grain"
