"""How an article is cited: read back by parsers that know nothing of this program."""

import datetime
import json
import re
from html import unescape

import bibtexparser
import pytest
import rispy
from bibtexparser.bparser import BibTexParser
from django.contrib.auth.models import User
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Article, Source
from articles.presentation.citation_files import bibtex, csl_json, ris
from articles.presentation.citation_line import citation_line
from articles.presentation.citations import citation, one_line

SITE = "https://archive.example"
TODAY = timezone.localdate().isoformat()


def line_text(parts) -> str:
    """The line as one text."""
    return "".join(f"{part.before}{part.text}{part.after}" for part in parts)


def unsaved(**fields) -> Article:
    """An article that no database knows."""
    values = {
        "pk": 7,
        "title": "Talks in Cairo",
        "byline": "A. Writer",
        "language": "en",
        "url": "https://example.org/talks",
        "published_at": datetime.datetime(2024, 5, 7, 14, 3, tzinfo=datetime.UTC),
        "date_precision": "minute",
        "date_kind": "stated",
        "source": Source(name="World Desk", slug="world-desk"),
        **fields,
    }
    return Article(**values)


def read_bibtex(text: str) -> dict[str, str]:
    """The one entry of a BibTeX file, its texts without the braces and commands that stand for signs."""
    parser = BibTexParser(common_strings=True, ignore_nonstandard_types=False)
    (entry,) = bibtexparser.loads(text, parser).entries
    return {name: plain(value) for name, value in entry.items()}


COMMANDS = {
    r"\textbackslash{}": "\\", r"\textbraceleft{}": "{", r"\textbraceright{}": "}", r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^", r"\&": "&", r"\%": "%", r"\$": "$", r"\#": "#", r"\_": "_",
}  # fmt: skip


def plain(value: str) -> str:
    value = value[1:-1] if value.startswith("{") and value.endswith("}") else value
    commands = "|".join(map(re.escape, COMMANDS))
    assert not re.search(r"[{}\\]", re.sub(commands, "", value)), value
    return re.sub(commands, lambda match: COMMANDS[match.group()], value)


def read_ris(text: str) -> dict:
    (entry,) = rispy.loads(text)
    return entry


def cite(client, article, ending: str):
    return client.get(f"{article.get_absolute_url()}cite.{ending}")


TYPES = {
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "json": "application/vnd.citationstyles.csl+json",
}


@pytest.mark.parametrize("ending", TYPES)
@pytest.mark.parametrize("prefix", ["", "/ar", "/ru"])
def test_each_format_is_a_file_of_its_type(client, make_article, ending, prefix):
    made = make_article(title="Встреча & 会谈")
    response = client.get(f"{prefix}{made.get_absolute_url()}cite.{ending}")
    assert response["Content-Type"] == f"{TYPES[ending]}; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="diplomacy-search-{made.pk}.{ending}"'
    assert "会谈" in response.content.decode("utf-8")
    assert not response.cookies


def test_the_three_formats_say_the_same(client, make_article):
    made = make_article(
        title="Talks in Cairo", date="2024-05-07", byline="A. Writer", url="https://example.org/a?b=1&c=%20"
    )
    entry = read_bibtex(cite(client, made, "bib").content.decode())
    assert entry == {
        "ENTRYTYPE": "article",
        "ID": f"diplomacy-search-{made.pk}",
        "author": "A. Writer",
        "title": "Talks in Cairo",
        "journal": "World Desk",
        "date": "2024-05-07",
        "language": "english",
        "url": "https://example.org/a?b=1&c=%20",
        "urldate": TODAY,
    }
    record = read_ris(cite(client, made, "ris").content.decode())
    assert record == {
        "type_of_reference": "NEWS",
        "id": f"diplomacy-search-{made.pk}",
        "authors": ["A. Writer"],
        "title": "Talks in Cairo",
        "secondary_title": "World Desk",
        "year": "2024",
        "date": "2024/05/07/",
        "language": "en",
        "urls": ["https://example.org/a?b=1&c=%20"],
        "access_date": TODAY.replace("-", "/") + "/",
    }
    (item,) = json.loads(cite(client, made, "json").content)
    assert item == {
        "id": f"diplomacy-search-{made.pk}",
        "type": "article-newspaper",
        "title": "Talks in Cairo",
        "author": [{"literal": "A. Writer"}],
        "container-title": "World Desk",
        "language": "en",
        "URL": "https://example.org/a?b=1&c=%20",
        "accessed": {"date-parts": [[int(part) for part in TODAY.split("-")]]},
        "issued": {"date-parts": [[2024, 5, 7]]},
    }


@pytest.mark.parametrize(
    ("precision", "kind", "bib", "slashes", "parts", "line"),
    [
        ("minute", "stated", "2024-05-07", "2024/05/07/", [2024, 5, 7], "7 May 2024."),
        ("day", "stated", "2024-05-07", "2024/05/07/", [2024, 5, 7], "7 May 2024."),
        ("month", "stated", "2024-05", "2024/05//", [2024, 5], "May 2024."),
        ("year", "stated", "2024", "2024///", [2024], "2024."),
        ("day", "inferred", "2024-05-07?", "2024/05/07/", [2024, 5, 7], "[7 May 2024]."),
        ("year", "inferred", "2024?", "2024///", [2024], "[2024]."),
        ("none", "none", None, None, None, "n.d. Accessed"),
        ("none", "inferred", None, None, None, "n.d. Accessed"),
    ],
)
def test_a_date_is_as_precise_as_it_is_known(precision, kind, bib, slashes, parts, line):
    cited = citation(unsaved(date_precision=precision, date_kind=kind), SITE)
    assert read_bibtex(bibtex(cited)).get("date") == bib
    assert read_ris(ris(cited)).get("date") == slashes
    (item,) = json.loads(csl_json(cited))
    assert item.get("issued", {}).get("date-parts") == ([parts] if parts else None)
    assert item.get("issued", {}).get("circa", False) == (kind == "inferred" and parts is not None)
    assert line in line_text(citation_line(cited, "en"))
    assert ("inferred" in str(read_ris(ris(cited)).get("notes"))) == (kind == "inferred" and parts is not None)


def test_an_article_without_a_date_has_none():
    cited = citation(unsaved(published_at=None, date_precision="day"), SITE)
    assert cited.date == ()


def test_a_minute_counts_in_the_zone_of_the_site(settings):
    settings.TIME_ZONE = "Asia/Tokyo"
    late = datetime.datetime(2024, 5, 7, 23, 30, tzinfo=datetime.UTC)
    with timezone.override("Asia/Tokyo"):
        assert citation(unsaved(published_at=late), SITE).date == (2024, 5, 8)
        assert citation(unsaved(published_at=late, date_precision="day"), SITE).date == (2024, 5, 7)


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({}, "news article"),
        ({"byline": ""}, "news article"),
        ({"byline": "", "published_at": None}, "web page"),
        ({"url": "https://t.me/desk/12"}, "post"),
        ({"forwarded_from": "A channel"}, "post"),
        ({"reply_to": "12"}, "post"),
        ({"extent": "short", "title_made": True}, "post"),
        ({"extent": "short"}, "news article"),
        ({"url": "http://[", "byline": "", "published_at": None}, "web page"),
    ],
)
def test_what_an_article_is(fields, kind):
    assert citation(unsaved(**fields), SITE).kind == kind


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("", "https://archive.example/articles/7/"),
        ("javascript:alert(1)", "https://archive.example/articles/7/"),
        ("talks.html", "https://archive.example/articles/7/"),
        ('https://example.org/a b\n{c}\\d"', 'https://example.org/ab{c}\\d"'),
    ],
)
def test_the_address_is_the_originals_or_else_the_archives(url, address):
    cited = citation(unsaved(url=url), SITE)
    assert cited.address == address
    written = address.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C").replace('"', "%22")
    assert f"url = {{{written}}}" in bibtex(cited)
    assert read_ris(ris(cited))["urls"] == [written]


@pytest.mark.parametrize("language", ["en", "ar", "ru"])
def test_the_archives_address_is_the_same_in_every_language(client, make_article, language):
    made = make_article()
    prefix = "" if language == "en" else f"/{language}"
    text = client.get(f"{prefix}{made.get_absolute_url()}cite.bib").content.decode()
    assert f"url = {{http://testserver/articles/{made.pk}/}}" in text


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        (
            {},
            "A. Writer. “Talks in Cairo.” World Desk, 7 May 2024. Accessed DAY. https://example.org/talks.",
        ),
        ({"byline": ""}, "World Desk. “Talks in Cairo.” 7 May 2024. Accessed DAY. https://example.org/talks."),
        (
            {"title": "Who pays?", "byline": "J. Doe Jr."},
            "J. Doe Jr. “Who pays?” World Desk, 7 May 2024. Accessed DAY. https://example.org/talks.",
        ),
    ],
)
def test_the_line_to_read(fields, line):
    day = re.search(r"Accessed (.*?)\. http", line_text(citation_line(citation(unsaved(), SITE), "en"))).group(1)
    text = line_text(citation_line(citation(unsaved(**fields), SITE), "en"))
    assert text == line.replace("DAY", day)


def test_the_key_stays_whatever_is_changed():
    keys = {citation(unsaved(**fields), SITE).key for fields in ({}, {"title": "x"}, {"published_at": None})}
    assert keys == {"diplomacy-search-7"}


TEXTS = st.one_of(
    st.text(max_size=60),
    st.text(r'\{}%&$#_^~"@,=-ER TYأ会é' + "\n\r\u2028", max_size=40),
    st.sampled_from(
        ["ER  - ", "}", "{", "\\", '"', "a\nER  - \nTY  - x", "and", "A and B", "{\\LaTeX}", "@article{x,"]
    ),
)


@given(title=TEXTS, byline=TEXTS, name=TEXTS)
def test_whatever_a_title_a_byline_and_a_source_say_they_come_back(title, byline, name):
    cited = citation(unsaved(title=title, byline=byline, source=Source(name=name)), SITE)
    expected = (one_line(title), one_line(byline) or one_line(name))
    entry = read_bibtex(bibtex(cited))
    assert (entry.get("title", ""), entry.get("author", "")) == expected
    assert entry.get("journal", "") == one_line(name)
    record = read_ris(ris(cited))
    assert (record.get("title", ""), (record.get("authors") or [""])[0]) == expected
    (item,) = json.loads(csl_json(cited))
    assert (item.get("title", ""), item["author"][0]["literal"]) == expected
    assert line_text(citation_line(cited, "en")).count("\n") == 0


def test_a_hidden_article_is_cited_for_editors_only(client, make_article):
    made = make_article(visible=False)
    assert cite(client, made, "bib").status_code == 404
    client.force_login(User.objects.create_superuser("editor"))
    assert cite(client, made, "bib").status_code == 200


@pytest.mark.parametrize("path", ["x/cite.txt", "x/cite.", "x/cite.BIB", "x/cite.bib/", "x/cite", "x/cite.%00"])
def test_there_are_no_other_formats(client, make_article, path):
    assert client.get(f"/articles/{make_article().pk}/{path}").status_code == 404


@pytest.mark.parametrize("pk", ["0", "99999", "9" * 40])
@pytest.mark.parametrize("rest", ["x/", "x/cite.bib", "x/imported/"])
def test_there_is_no_citation_of_no_article(client, db, pk, rest):
    assert client.get(f"/articles/{pk}/{rest}").status_code == 404


def test_a_wrong_slug_leads_to_the_right_file(client, make_article):
    made = make_article(title="Talks")
    assert client.get(f"/articles/{made.pk}/x/cite.ris")["Location"] == f"/articles/{made.pk}/talks/cite.ris"


def test_a_post_is_refused(client, make_article):
    assert client.post(f"{make_article().get_absolute_url()}cite.bib").status_code == 405


def test_the_page_shows_the_line_and_links_the_files(client, make_article):
    made = make_article(title="<b>Talks</b>", byline="A. Writer", date="2024-05-07")
    page = client.get(made.get_absolute_url()).content.decode()
    panel = page[page.index('<section id="cite">') :]
    assert "&lt;b&gt;Talks&lt;/b&gt;" in panel
    text = unescape(re.sub(r"<[^>]*>", "", panel[: panel.index("</p>")]))
    assert "A. Writer. “<b>Talks</b>.” World Desk, 7 May 2024. Accessed" in text
    for ending in TYPES:
        assert f'href="{made.get_absolute_url()}cite.{ending}"' in panel


@pytest.mark.parametrize(
    ("url", "printed"), [("https://example.org/a", True), ("", False)], ids=["original", "archive only"]
)
def test_what_is_printed_has_the_archives_address_once(client, make_article, url, printed):
    made = make_article(url=url)
    page = client.get(made.get_absolute_url()).content.decode()
    line = page[page.index('<p class="printed">') :].split("</p>")[0]
    assert line.count(f"http://testserver/articles/{made.pk}/") == 1
    assert ("In this archive:" in line) == printed
