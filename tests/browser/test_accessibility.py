"""What axe-core finds on the pages: nothing that keeps somebody out."""

from pathlib import Path

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AXE = (Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def small_archive(transactional_db, archive):
    """Two articles, one of them in Arabic, with a tag of each kind."""
    tags = {"countries": ("EG",), "main": ("EG",), "ministers": ("sergey-lavrov",), "topics": ("gaza",)}
    return archive(
        {"title": "Talks in Cairo", "body": "A ceasefire in Gaza was discussed.", "date": "2024-05-10", **tags},
        {"title": "محادثات في القاهرة", "body": "بحث الوزيران وقف إطلاق النار في غزة.", "language": "ar", **tags},
    )


@pytest.mark.parametrize(
    ("prefix", "width", "colours"),
    [("", 1280, "light"), ("/ar", 360, "dark")],
    ids=["English, wide, light", "Arabic, phone, dark"],
)
def test_axe_finds_nothing_on_the_pages(open_page, small_archive, prefix, width, colours):
    paths = (
        "/",
        "/?q=talks&-country=QA",
        "/?q=talks+nothing",
        "/?q=-(",
        "/ministers/sergey-lavrov/",
        "/topics/",
        "/help/",
    )
    found = {}
    for path in (*paths, f"/articles/{small_archive[0].pk}/"):
        page = open_page(prefix + path, width=width, color_scheme=colours, bypass_csp=True)
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        page.evaluate(AXE)
        result = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
        found |= {(path, rule["id"]): rule["nodes"][0]["html"] for rule in result["violations"]}
        page.context.close()
    assert found == {}
