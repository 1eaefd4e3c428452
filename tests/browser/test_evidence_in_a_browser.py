"""What a tag rests on, in a real Chromium: its words light up, and its passages are stepped through."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_accessibility import AXE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FILLER = "\n\n".join(
    "A paragraph that says nothing of importance, at some length, and then some more." for _ in range(30)
)
BODY = f"Egypt and Russia spoke in Cairo.\n\n{FILLER}\n\nThe minister of Egypt left for Moscow."
WIDE, PHONE = 1280, 360


def places(words: str, rule: str) -> list[list]:
    return [["body", match.start(), match.end(), rule] for match in re.finditer(words, BODY)]


@pytest.fixture
def article(transactional_db, index, make_article):
    """An article whose first and last sentence hold all its passages; Egypt's and the minister's overlap."""
    made = make_article(
        BODY, "Talks in Cairo", date="2024-05-07", countries=("EG", "RU"), ministers=("a-b",), topics=("gaza",)
    )
    egypt = [["title", 9, 14, "capital"], *places("Egypt", "name"), *places("Cairo", "capital")]
    made.country_tags.filter(country="EG").update(evidence=egypt)
    made.country_tags.filter(country="RU").update(evidence=places("Russia", "name") + places("Moscow", "capital"))
    made.minister_tags.update(by_role=True, evidence=places("minister of Egypt", "office"))
    return made


def tag(page, key):
    return page.locator(f"aside li[data-tag={key}]")


def lit(page) -> list[str]:
    return page.locator(".ev.lit").all_inner_texts()


EGYPT = ["Cairo", "Egypt", "Cairo", "Egypt"]


def test_pointing_at_a_tag_lights_up_its_words_and_no_others(open_page, article):
    page = open_page(article.get_absolute_url())
    tag(page, "country-EG").hover()
    assert lit(page) == EGYPT
    tag(page, "minister-a-b").hover()
    assert lit(page) == ["minister of ", "Egypt"]
    page.locator("h1").hover()
    assert lit(page) == []


def test_the_keyboard_alone_lights_up_steps_and_closes(open_page, article):
    page = open_page(article.get_absolute_url())
    tag(page, "country-RU").get_by_role("link", name="Russia").first.focus()
    assert lit(page) == ["Russia", "Moscow"]
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(tag(page, "country-RU").locator(".stepper")).to_be_visible()
    while page.evaluate("document.activeElement.dataset.step") != "1":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator(".ev.current")).to_have_text("Moscow")
    page.keyboard.press("Escape")
    expect(tag(page, "country-RU").locator(".stepper")).to_be_hidden()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_next_and_previous_jump_to_the_passages_in_turn_and_say_which(open_page, article):
    page = open_page(article.get_absolute_url(), reduced_motion="reduce")
    egypt = tag(page, "country-EG")
    egypt.locator("summary").click()
    status = egypt.get_by_role("status")
    expect(status).to_have_text("4 passages")
    for number, words, rule in (
        (1, "Cairo", "capital"),
        (2, "Egypt", "by name"),
        (3, "Cairo", "capital"),
        (4, "Egypt", "by name"),
    ):
        egypt.get_by_role("button", name="Next passage").click()
        expect(status).to_contain_text(f"{number} of 4")
        # What those hear who do not see the text.
        expect(status).to_contain_text(re.compile(f"{words}.*{rule}"))
        expect(page.locator(".ev.current")).to_have_text(words)
        expect(page.locator(".ev.current")).to_be_in_viewport()
    egypt.get_by_role("button", name="Next passage").click()
    expect(status).to_contain_text("1 of 4")
    egypt.get_by_role("button", name="Previous passage").click()
    expect(status).to_contain_text("4 of 4")
    assert lit(page) == EGYPT


def test_only_one_tag_is_open_at_a_time(open_page, article):
    page = open_page(article.get_absolute_url())
    tag(page, "country-EG").locator("summary").click()
    tag(page, "country-RU").locator("summary").click()
    page.locator("h1").hover()
    expect(page.locator(".stepper:visible")).to_have_count(1)
    assert lit(page) == ["Russia", "Moscow"]
    tag(page, "country-RU").get_by_role("button", name="Close").click()
    page.locator("h1").hover()
    assert lit(page) == []


def test_on_a_phone_a_tap_opens_a_tag_and_the_steps_stay_in_reach(open_page, article):
    page = open_page(article.get_absolute_url(), width=PHONE, has_touch=True, is_mobile=True, reduced_motion="reduce")
    egypt = tag(page, "country-EG")
    egypt.locator("summary").tap()
    egypt.get_by_role("button", name="Next passage").tap()
    expect(page.locator(".ev.current")).to_be_in_viewport()
    expect(egypt.get_by_role("button", name="Next passage")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_without_scripts_the_words_are_marked_and_listed_with_links_to_them(open_page, article):
    page = open_page(article.get_absolute_url(), scripts=False)
    assert page.locator(".ev").first.get_attribute("title") == "Egypt: by its capital"
    russia = tag(page, "country-RU")
    russia.locator("summary").click()
    expect(russia).to_contain_text("by its capital")
    expect(russia.get_by_role("button")).to_have_count(0)
    russia.get_by_role("link", name="Moscow").click()
    expect(page.locator(".ev:target")).to_have_text("Moscow")
    expect(page.locator(".ev:target")).to_be_in_viewport()


@pytest.mark.parametrize(
    ("prefix", "width", "colours"), [("", WIDE, "light"), ("/ar", PHONE, "dark"), ("/ru", PHONE, "light")]
)
def test_an_opened_tag_keeps_nobody_out_and_fits_the_page(open_page, article, prefix, width, colours):
    page = open_page(prefix + article.get_absolute_url(), width=width, color_scheme=colours, bypass_csp=True)
    tag(page, "country-EG").locator("summary").click()
    tag(page, "country-EG").locator("[data-step='1']").click()
    page.wait_for_timeout(300)
    page.evaluate(AXE)
    result = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    assert {rule["id"]: rule["nodes"][0]["html"] for rule in result["violations"]} == {}
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
