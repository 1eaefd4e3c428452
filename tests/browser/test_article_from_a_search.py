"""An article that a search led to, in a real Chromium: stepping through its matches, to the next result, and back."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_accessibility import AXE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FILLER = "\n\n".join(
    "A paragraph that says nothing of importance, at some length, and then some more." for _ in range(30)
)
BODY = f"Aid for Gaza.\n\n{FILLER}\n\nThe minister of Gaza left."
WIDE, PHONE = 1280, 360


@pytest.fixture
def articles(transactional_db, archive):
    """Three articles on Gaza, the oldest first; the second has evidence beside the matches."""
    made = archive(
        {"body": BODY, "title": "First", "date": "2024-05-01"},
        {"body": BODY, "title": "Second, of Gaza", "date": "2024-05-02", "countries": ("PS",), "byline": "A. Writer"},
        {"body": "غزة والوزير.\n\nثم غزة.", "title": "لقاء في غزة", "date": "2024-05-03", "language": "ar"},
    )
    place = BODY.index("Gaza", 20)
    made[1].country_tags.update(evidence=[["body", 8, 12, "place"], ["body", place - 12, place + 4, "place"]])
    return made


def address(article, rank: int, q: str = "gaza OR غزة", prefix: str = "") -> str:
    return f"{prefix}{article.get_absolute_url()}?q={q}&sort=oldest&result={rank}"


def press(page, name: str) -> None:
    """Go to a button by the keyboard and press it."""
    for _ in range(60):
        if page.evaluate("document.activeElement.textContent").strip().endswith(name):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")


def test_the_keyboard_alone_steps_through_the_matches(open_page, articles):
    page = open_page(address(articles[1], 2), reduced_motion="reduce")
    status = page.locator(".matches [role=status]")
    expect(status).to_have_text("3 matches")
    for number in (1, 2, 3, 1):
        press(page, "Next match")
        expect(status).to_contain_text(f"{number} of 3: Gaza")
        expect(page.locator("mark.current")).to_have_attribute("id", f"match-{number}")
        expect(page.locator("mark.current")).to_be_in_viewport()
    press_back = page.get_by_role("button", name="Previous match")
    press_back.press("Enter")
    expect(status).to_contain_text("3 of 3")
    # In reach, and not in the way of what it leads to.
    expect(press_back).to_be_in_viewport()
    bar, match = page.locator(".matches").bounding_box(), page.locator("mark.current").bounding_box()
    assert bar["y"] + bar["height"] <= match["y"]


def test_tags_light_up_beside_the_marks_and_take_their_turn(open_page, articles):
    page = open_page(address(articles[1], 2), reduced_motion="reduce")
    page.get_by_role("button", name="Next match").click()
    tag = page.locator("aside li[data-tag=country-PS]")
    tag.locator("summary").click()
    expect(page.locator(".current")).to_have_count(0)
    assert page.locator(".ev.lit").all_inner_texts() == ["Gaza", "minister of ", "Gaza"]
    tag.get_by_role("button", name="Next passage").click()
    expect(tag.get_by_role("status")).to_contain_text("1 of 2: Gaza")
    expect(page.locator(".current")).to_have_count(1)
    # The marks fade, so that only the tag's words are lit.
    expect(page.locator("mark").first).to_have_css("background-color", "rgba(0, 0, 0, 0)")
    tag.get_by_role("button", name="Close").click()
    page.locator("h1").hover()
    page.get_by_role("button", name="Next match").click()
    expect(page.locator("mark.current")).to_have_count(1)


def test_one_goes_to_the_next_result_and_back_to_the_search(open_page, articles):
    page = open_page(address(articles[0], 1))
    expect(page.get_by_text("result 1 of 3")).to_be_visible()
    expect(page.get_by_role("link", name="Previous result")).to_have_count(0)
    page.get_by_role("link", name="Next result").click()
    expect(page.locator("h1")).to_have_text("Second, of Gaza")
    page.get_by_role("link", name="Previous result").click()
    expect(page.locator("h1")).to_have_text("First")
    page.keyboard.press("j")
    expect(page.locator("h1")).to_have_text("Second, of Gaza")
    page.keyboard.press("k")
    expect(page.locator("h1")).to_have_text("First")
    page.get_by_role("link", name="Back to the search").click()
    expect(page.locator(".result")).to_have_count(3)


def test_a_row_of_the_search_leads_to_the_article_as_its_result(open_page, articles):
    page = open_page("/?q=gaza&sort=oldest&per=10")
    page.get_by_role("link", name="Second, of Gaza").click()
    expect(page.get_by_text("result 2 of 2")).to_be_visible()
    page.get_by_role("link", name="Back to the search").click()
    assert page.url.endswith("/?q=gaza&sort=oldest&per=10")


def test_the_citation_is_copied(open_page, articles):
    page = open_page(address(articles[1], 2), permissions=["clipboard-read", "clipboard-write"])
    page.get_by_text("Cite this article").click()
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("A. Writer. “Second, of Gaza.” World Desk, 2 May 2024. Accessed ")
    assert "\n" not in copied


def test_a_citation_is_downloaded(open_page, articles):
    page = open_page(articles[1].get_absolute_url())
    page.get_by_text("Cite this article").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="BibTeX").click()
    assert download.value.suggested_filename == f"diplomacy-search-{articles[1].pk}.bib"


def test_without_scripts_a_link_leads_to_the_first_match(open_page, articles):
    page = open_page(address(articles[1], 2), scripts=False)
    expect(page.get_by_role("button", name=re.compile("match"))).to_have_count(0)
    page.get_by_role("link", name="3 matches").click()
    assert page.url.endswith("#match-1")
    expect(page.locator("mark:target")).to_be_in_viewport()
    page.get_by_text("Cite this article").click()
    expect(page.get_by_role("link", name="RIS")).to_be_visible()
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)
    page.get_by_role("link", name="Next result").click()
    expect(page.locator("h1")).to_have_text("لقاء في غزة")


@pytest.mark.parametrize(
    ("prefix", "width", "colours", "which"),
    [
        ("", WIDE, "light", 1),
        ("", PHONE, "dark", 1),
        ("", 320, "light", 2),
        ("/ar", WIDE, "dark", 2),
        ("/ar", PHONE, "light", 2),
        ("/ru", PHONE, "dark", 1),
    ],
)
def test_the_page_keeps_nobody_out_and_fits(open_page, articles, prefix, width, colours, which):
    page = open_page(
        address(articles[which], which + 1, prefix=prefix), width=width, color_scheme=colours, bypass_csp=True
    )
    page.locator("#cite summary").click()
    page.locator(".matches [data-step='1']").click()
    page.wait_for_timeout(300)
    page.evaluate(AXE)
    result = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    assert {rule["id"]: rule["nodes"][0]["html"] for rule in result["violations"]} == {}
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_word_without_end_wraps_on_a_phone(open_page, transactional_db, index, make_article):
    made = make_article("x" * 3000, "y" * 480, byline="z" * 290, url="https://example.org/" + "w" * 900)
    page = open_page(f"{made.get_absolute_url()}?q={'x' * 400}&result=1", width=320)
    page.locator("#cite summary").click()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_paper_gets_the_article_and_its_citation_only(open_page, articles):
    page = open_page(address(articles[1], 2))
    page.emulate_media(media="print")
    for seen in ("h1", ".meta", ".body", ".printed"):
        expect(page.locator(seen)).to_be_visible()
    for unseen in ("aside", ".way", ".matches", ".masthead nav >> nth=0", ".footer"):
        expect(page.locator(unseen)).to_be_hidden()
    expect(page.locator(".printed")).to_contain_text(f"/articles/{articles[1].pk}/")
