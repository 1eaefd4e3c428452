"""What axe-core finds on every page and in every state: nothing that keeps somebody out, and nothing wider than the
screen."""

from pathlib import Path

import pytest

from articles import reference
from articles.models import CountryName, Tenure

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AXE = (Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
CODES = ("EG", "RU", "QA", "TR", "CN", "US", "IR", "IL", "PS", "JO", "SA", "LB")
MINISTERS = ("sergey-lavrov", "wang-yi", "a" * 70)
# Light, dark, right to left and 320 pixels: each page is seen in all of these, not in all combinations.
MODES = {
    "English, wide, light": ("", 1280, "light"),
    "Arabic, 320 pixels, dark": ("/ar", 320, "dark"),
    "Russian, 320 pixels, light": ("/ru", 320, "light"),
}
# Pages as they are loaded, with every disclosure opened.
PAGES = {
    "start": "/",
    "results": "/?q=talks&-country=QA&topic=gaza&from=2023&to=2025&per=10",
    "words changed": "/?q=lavrov+zzz*&page=x&unknown=1",
    "all of the chosen ones": "/?country=EG&country=RU&all=country&copies=all",
    "nothing found": "/?q=talks+nothing",
    "misspelt": "/?q=cesefire",
    "not understood": "/?q=-(",
    "past the end": "/?q=talks&page=9",
    "all values of a filter": "/filters/country/?q=talks&country=EG&-country=QA",
    "no such value": "/filters/country/?letters=zzzz",
    "minister": "/ministers/sergey-lavrov/",
    "country": "/countries/EG/",
    "topic": "/topics/gaza/",
    "a long name": f"/ministers/{MINISTERS[2]}/",
    "ministers": "/ministers/",
    "countries": "/countries/?order=count",
    "topics": "/topics/",
    "help": "/help/",
}


@pytest.fixture
def small_archive(transactional_db, archive):
    """Articles in two languages with tags of each kind, one a near-copy of another, one of unbroken letters."""
    tags = {"countries": CODES, "main": ("EG",), "ministers": MINISTERS, "topics": ("gaza", "energy")}
    made = archive(
        {"title": "Talks in Cairo", "body": "A ceasefire in Gaza was discussed at the talks.", "date": "2024-05-10"}
        | tags
        | {"copy_group": "same", "url": "https://example.org/talks"},
        {"title": "Talks held in Cairo", "body": "A ceasefire in Gaza was discussed in talks.", "copy_group": "same"}
        | tags,
        {"title": "محادثات في القاهرة", "body": "بحث الوزيران وقف إطلاق النار في غزة.", "language": "ar"} | tags,
        {"title": "W" * 300, "body": "talks " + "x" * 900, "date": "2024-06-01", "date_kind": "inferred"} | tags,
    )
    made[0].country_tags.filter(country="EG").update(evidence=[["title", 9, 14, "capital"]])
    Tenure.objects.create(minister=made[0].minister_tags.all()[0].minister, country_id="RU", start="2004-03-09")
    CountryName.objects.create(country_id="RU", language="en", kind="name", text="Russia")
    reference.raise_version()
    return made


class Visitor:
    """Goes through pages in one way of looking at them and notes what is wrong, by state."""

    def __init__(self, page, site):
        self.page = page
        self.site = site
        self.wrong = {}

    def look(self, state):
        """Note what axe finds, and whether one has to scroll sideways."""
        self.page.evaluate(AXE)
        result = self.page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
        self.wrong |= {(state, rule["id"]): rule["nodes"][0]["html"] for rule in result["violations"]}
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            self.wrong[state, "too wide"] = wide

    def visit(self, state, path):
        """Load a page, open all that opens, and look."""
        self.page.goto(self.site + path)
        self.page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        self.look(state)


@pytest.fixture(params=MODES.values(), ids=MODES)
def visitor(request, small_archive, open_page, live_server):
    prefix, width, colours = request.param
    page = open_page(f"{prefix}/", width=width, color_scheme=colours, bypass_csp=True)
    return Visitor(page, live_server.url + prefix)


def test_axe_finds_nothing_on_any_page(visitor, small_archive):
    article = small_archive[0].get_absolute_url()
    for state, path in PAGES.items():
        visitor.visit(state, path)
    visitor.visit("article", article)
    visitor.visit("article of a search", f"{article}?q=talks&result=1")
    visitor.visit("long words", small_archive[3].get_absolute_url())
    assert visitor.wrong == {}


def test_axe_finds_nothing_while_something_is_open_over_the_page(visitor):
    page = visitor.page
    page.goto(f"{visitor.site}/?q=talks")
    page.locator("#q").fill("russ")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    visitor.look("suggestions")
    page.keyboard.press("Escape")
    page.locator("#show-keys").click()
    visitor.look("keys")
    page.keyboard.press("Escape")
    page.evaluate("document.getElementById('filters').open = true")
    page.locator("#more-country").click()
    page.locator("#values-form li").first.wait_for()
    visitor.look("all values in a dialog")
    page.keyboard.press("Escape")
    page.locator("#search .facet input").first.check()
    page.locator("#search .chip").nth(1).wait_for()
    visitor.look("after a filter was chosen")
    assert visitor.wrong == {}


@pytest.mark.parametrize(("prefix", "width", "colours"), [("", 1280, "dark"), ("/ar", 320, "light")])
def test_axe_finds_nothing_on_pages_that_say_what_is_wrong(
    small_archive, index, browser, live_server, prefix, width, colours
):
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=colours, bypass_csp=True)
    visitor = Visitor(context.new_page(), live_server.url + prefix)
    visitor.visit("not found", "/nowhere/")
    visitor.visit("no such minister", "/ministers/nobody/")
    (index / "LIVE").unlink()
    visitor.visit("unavailable", "/?q=talks")
    visitor.visit("a minister without an index", "/ministers/sergey-lavrov/")
    context.close()
    assert visitor.wrong == {}
