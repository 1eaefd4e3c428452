"""The search page that brings itself up to date, in a real browser: filters, dates, suggestions, keys, going back."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDE, PHONE = 1280, 360
MANY = ("EG", "RU", "QA", "TR", "CN", "US", "IR", "IL", "PS", "JO", "SA", "LB", "CI")


@pytest.fixture
def full_archive(transactional_db, archive):
    """Twelve articles, one a month of 2024, by turns of two countries and topics; one names thirteen countries."""
    rows = [
        {
            "title": f"Round {number} of the talks",
            "body": f"Delegates met for round {number}. A ceasefire was discussed.",
            "date": f"2024-{number:02}-10",
            "countries": ("EG", "RU") if number % 3 == 0 else ("EG",) if number % 2 else ("RU",),
            "topics": ("gaza",) if number % 2 else ("energy",),
            "main": ("EG",),
        }
        for number in range(1, 13)
    ]
    rows.append({"title": "A summit of many", "body": "They all met.", "countries": MANY, "date": "2023-02-01"})
    return archive(*rows)


def total(page):
    return page.get_by_role("heading", level=1)


def never_reloaded(page):
    """Mark the document: the mark is gone if the page is loaded again."""
    page.evaluate("window.stillHere = true")
    return lambda: page.evaluate("window.stillHere === true")


def test_a_filter_applies_at_once_keeps_the_focus_and_is_announced(full_archive, open_page):
    page = open_page("/?q=ceasefire")
    still_here = never_reloaded(page)
    box = page.get_by_role("checkbox", name="Egypt")
    box.focus()
    page.keyboard.press("Space")
    expect(total(page)).to_contain_text("8 articles")
    assert page.evaluate("document.activeElement.id") == "country-EG"
    expect(page.get_by_role("checkbox", name="Egypt")).to_be_checked()
    expect(page.locator("#live")).to_have_text("8 articles")
    assert page.url.endswith("/?q=ceasefire&country=EG")
    expect(page.get_by_role("link", name="العربية")).to_have_attribute("href", "/ar/?q=ceasefire&country=EG")
    feed = page.evaluate("document.head.querySelector('link[type=\"application/atom+xml\"]').href")
    assert feed.endswith("/feed.atom?q=ceasefire&country=EG")
    assert still_here()


def test_values_are_combined_excluded_and_taken_back_without_a_reload(full_archive, open_page):
    page = open_page("/?q=ceasefire")
    still_here = never_reloaded(page)
    page.get_by_role("checkbox", name="Egypt").check()
    expect(total(page)).to_contain_text("8 articles")
    page.get_by_role("checkbox", name="Russia").check()
    expect(total(page)).to_contain_text("12 articles")
    page.get_by_role("link", name="All of them").click()
    expect(total(page)).to_contain_text("4 articles")
    page.get_by_role("link", name="Exclude Topic: Energy").click()
    expect(total(page)).to_contain_text("2 articles")
    chips = page.get_by_role("list", name="Your selections")
    expect(chips.locator(".excluded")).to_contain_text("Energy")
    chips.get_by_role("link", name="Energy").click()
    expect(total(page)).to_contain_text("4 articles")
    # What was in focus is gone: one goes on at the new number.
    assert page.evaluate("document.activeElement.id") == "total"
    page.get_by_role("link", name="Start over").click()
    expect(total(page)).to_contain_text("Newest articles")
    assert page.locator("#q").input_value() == ""
    assert still_here()


def test_the_back_button_goes_through_the_filters(full_archive, open_page):
    page = open_page("/?q=ceasefire")
    page.get_by_role("checkbox", name="Egypt").check()
    expect(total(page)).to_contain_text("8 articles")
    page.get_by_role("checkbox", name="Gaza").check()
    expect(total(page)).to_contain_text("6 articles")
    page.go_back()
    expect(total(page)).to_contain_text("8 articles")
    expect(page.get_by_role("checkbox", name="Gaza")).not_to_be_checked()
    page.go_back()
    expect(total(page)).to_contain_text("12 articles")
    expect(page.get_by_role("checkbox", name="Egypt")).not_to_be_checked()
    page.go_forward()
    expect(total(page)).to_contain_text("8 articles")
    page.locator("article.result h2 a").first.click()
    expect(page.locator(".body")).to_be_visible()
    page.go_back()
    expect(total(page)).to_contain_text("8 articles")
    expect(page.locator(".masthead")).to_be_visible()


def test_going_back_brings_back_the_words_though_the_box_is_in_focus(full_archive, open_page):
    page = open_page("/?q=ceasefire")
    box = page.locator("#q")
    box.fill("round")
    page.keyboard.press("Enter")
    expect(page).to_have_title(re.compile("^round"))
    page.go_back()
    expect(page).to_have_title(re.compile("^ceasefire"))
    expect(box).to_have_value("ceasefire")
    box.fill("ceasefire talks")
    page.go_forward()
    expect(page).to_have_title(re.compile("^round"))
    # What is being typed stays.
    expect(box).to_have_value("ceasefire talks")


@pytest.mark.parametrize("key", ["Control", "Shift"])
@pytest.mark.parametrize("link", [".result .tags a", "a.chip", ".facet .exclude", "#more-country", "#sort-2"])
def test_a_link_opens_in_another_tab_with_a_key_held(full_archive, open_page, key, link):
    page = open_page("/?q=ceasefire" if link != "#more-country" else "/")
    address = page.url
    with page.context.expect_page() as opened:
        page.locator(link).first.click(modifiers=[key])
    assert opened.value.url != address
    assert page.url == address
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_a_bar_is_clicked_and_a_range_dragged(full_archive, open_page):
    page = open_page("/?q=ceasefire")
    plot = page.locator(".plot")
    box = plot.bounding_box()
    month = box["width"] / 12
    page.mouse.move(box["x"] + month * 2.5, box["y"] + 40)
    expect(page.locator(".tip")).to_have_text("March 2024: 1")
    page.mouse.down()
    page.mouse.move(box["x"] + month * 5.5, box["y"] + 40, steps=4)
    expect(page.locator(".tip")).to_have_text("March 2024 – June 2024")
    page.mouse.up()
    expect(total(page)).to_contain_text("4 articles")
    assert page.url.endswith("from=2024-03&to=2024-06")
    assert page.locator("#from").input_value() == "2024-03"
    page.get_by_role("link", name="2024", exact=True).click()
    expect(total(page)).to_contain_text("12 articles")
    box = plot.bounding_box()
    page.mouse.click(box["x"] + month * 0.5, box["y"] + 40)
    expect(total(page)).to_contain_text("1 article")
    assert page.url.endswith("from=2024-01&to=2024-01")


def test_a_range_is_dragged_from_right_to_left_in_arabic(full_archive, open_page):
    page = open_page("/ar/?q=ceasefire")
    box = page.locator(".plot").bounding_box()
    month = box["width"] / 12
    right = box["x"] + box["width"]
    page.mouse.move(right - month * 0.5, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(right - month * 2.5, box["y"] + 40, steps=4)
    page.mouse.up()
    expect(page.locator("article.result")).to_have_count(3)
    assert page.url.endswith("from=2024-01&to=2024-03")


def test_dates_are_typed_and_taken_away(full_archive, open_page):
    page = open_page("/?q=ceasefire")
    page.get_by_label("from").fill("2024-11")
    page.keyboard.press("Enter")
    expect(total(page)).to_contain_text("2 articles")
    page.get_by_role("list", name="Your selections").get_by_role("link", name="Date").click()
    expect(total(page)).to_contain_text("12 articles")
    assert page.get_by_label("from").input_value() == ""


@pytest.fixture
def named(full_archive):
    """The names by which countries are suggested."""
    from articles import reference
    from articles.models import CountryName

    CountryName.objects.create(country_id="EG", language="en", kind="name", text="Egypt")
    CountryName.objects.create(country_id="RU", language="en", kind="name", text="Russia")
    reference.raise_version()


def test_suggestions_are_chosen_by_keyboard(named, open_page):
    page = open_page("/")
    box = page.get_by_role("combobox", name="Search the archive")
    box.focus()
    page.keyboard.type("egy")
    option = page.get_by_role("option", name="Egypt")
    expect(option).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == option.get_attribute("id")
    page.keyboard.press("Enter")
    expect(page.get_by_role("list", name="Your selections")).to_contain_text("Egypt")
    assert page.url.endswith("/?country=EG")
    expect(page.get_by_role("listbox")).to_be_hidden()
    assert box.input_value() == ""
    # One goes on at the new number.
    expect(total(page)).to_be_focused()


def test_escape_closes_the_suggestions_and_enter_searches_for_what_was_typed(named, open_page):
    page = open_page("/")
    box = page.locator("#q")
    box.focus()
    page.keyboard.type("ceasef")
    expect(page.get_by_role("option", name="ceasefire")).to_have_count(0)  # stands in no title
    page.keyboard.press("Control+a")
    page.keyboard.type("rou")
    expect(page.get_by_role("option", name="round")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    assert box.input_value() == "rou"
    page.keyboard.type("nd")
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(total(page)).to_contain_text("12 articles")
    assert page.url.endswith("/?q=round")


def test_a_suggestion_is_clicked(named, open_page):
    page = open_page("/?q=ceasefire")
    page.locator("#q").fill("russ")
    page.get_by_role("option", name="Russia").click()
    expect(page.get_by_role("list", name="Your selections")).to_contain_text("Russia")


def test_more_values_open_in_a_dialog_are_narrowed_by_typing_and_applied(full_archive, open_page):
    page = open_page("/")
    still_here = never_reloaded(page)
    page.locator("#more-country").click()
    dialog = page.get_by_role("dialog", name="Country")
    expect(dialog.get_by_role("checkbox", name="Lebanon")).to_be_visible()
    page.keyboard.type("cote")
    expect(dialog.get_by_role("checkbox", name="Lebanon")).to_be_hidden()
    dialog.get_by_role("checkbox", name="Côte d’Ivoire").check()
    page.locator("#narrow").fill("")
    dialog.get_by_role("checkbox", name="Qatar").check()
    dialog.get_by_role("checkbox", name="All of the chosen ones").check()
    dialog.get_by_role("button", name="Apply").click()
    expect(dialog).to_be_hidden()
    expect(total(page)).to_contain_text("1 article")
    assert page.url.endswith("/?country=CI&country=QA&all=country")
    expect(total(page)).to_be_focused()
    assert still_here()


def test_the_dialog_is_ordered_by_name_closed_by_escape_and_gives_the_focus_back(full_archive, open_page):
    page = open_page("/")
    more = page.locator("#more-country")
    more.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Country")
    dialog.get_by_role("link", name="name").click()
    expect(dialog.locator("#values-form bdi").first).to_have_text("China")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert page.evaluate("document.activeElement.id") == "more-country"


def test_another_order_of_the_dialog_keeps_what_was_typed_and_ticked(full_archive, open_page):
    page = open_page("/")
    page.locator("#more-country").click()
    dialog = page.get_by_role("dialog", name="Country")
    dialog.get_by_role("checkbox", name="Qatar").check()
    page.locator("#narrow").fill("cote")
    dialog.get_by_role("link", name="name").click()
    expect(dialog.get_by_role("link", name="name")).to_have_attribute("aria-current", "true")
    assert page.locator("#narrow").input_value() == "cote"
    expect(dialog.get_by_role("checkbox", name="Lebanon")).to_be_hidden()
    dialog.get_by_role("button", name="Apply").click()
    expect(dialog).to_be_hidden()
    expect(total(page)).to_contain_text("1 article")
    assert page.url.endswith("/?country=QA")
    # Opened again, the list is the one of the new search.
    page.locator("#more-country").click()
    expect(dialog.get_by_role("checkbox", name="Qatar")).to_be_checked()
    assert page.locator("#narrow").input_value() == ""


def test_without_scripts_all_values_stand_on_a_page_that_applies_them(full_archive, open_page):
    page = open_page("/?q=met", scripts=False)
    page.locator("#more-country").click()
    page.get_by_label("Type to filter").fill("leb")
    page.get_by_role("button", name="Filter the list").click()
    page.get_by_role("checkbox", name="Lebanon").check()
    page.get_by_role("button", name="Apply").click()
    expect(total(page)).to_contain_text("1 article")
    assert "q=met" in page.url


def test_keys_go_to_the_search_box_and_through_the_results(full_archive, open_page):
    page = open_page("/?q=ceasefire")
    page.keyboard.press("j")
    titles = page.locator("article.result h2 a")
    expect(titles.nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(titles.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(titles.nth(0)).to_be_focused()
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.type(" j/?")
    assert page.locator("#q").input_value().endswith(" j/?")


def test_the_keys_are_listed_and_can_be_switched_off_for_good(full_archive, open_page):
    page = open_page("/?q=ceasefire")
    page.keyboard.press("Shift+?")
    dialog = page.get_by_role("dialog", name="Keyboard keys")
    expect(dialog).to_be_visible()
    dialog.get_by_role("checkbox", name="Use these keys").uncheck()
    dialog.get_by_role("button", name="Close").click()
    page.keyboard.press("j")
    expect(page.locator("article.result h2 a").first).not_to_be_focused()
    page.reload()
    page.keyboard.press("j")
    expect(page.locator("article.result h2 a").first).not_to_be_focused()
    page.get_by_role("button", name="Keyboard keys").click()
    page.get_by_role("checkbox", name="Use these keys").check()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(page.locator("article.result h2 a").first).to_be_focused()


def test_paging_goes_to_the_top_of_the_results(full_archive, open_page):
    page = open_page("/?q=ceasefire&per=10", height=500)
    page.get_by_role("link", name="Next", exact=True).click()
    expect(page.locator("article.result")).to_have_count(2)
    expect(page.locator("#content")).to_be_in_viewport()
    assert page.evaluate("document.activeElement.id") in {"total", "content"}


def test_an_opened_table_and_opened_filters_stay_open(full_archive, open_page):
    page = open_page("/?q=ceasefire", width=PHONE, height=740)
    page.locator("summary", has_text="As a table").click()
    page.locator("summary", has_text="Filters").click()
    page.get_by_role("checkbox", name="Egypt").check()
    expect(total(page)).to_contain_text("8 articles")
    expect(page.get_by_role("checkbox", name="Egypt")).to_be_visible()
    expect(page.get_by_role("columnheader", name="Period")).to_be_visible()
    page.get_by_role("link", name="Show the results").click()
    expect(page.get_by_role("checkbox", name="Egypt")).to_be_hidden()
    expect(total(page)).to_be_in_viewport()


def test_the_link_to_the_search_is_copied(full_archive, open_page):
    page = open_page("/?q=ceasefire", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("checkbox", name="Egypt").check()
    expect(total(page)).to_contain_text("8 articles")
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator("#live")).to_have_text("Link copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_where_the_browser_gives_no_clipboard_no_button_offers_it(full_archive, open_page, live_server):
    page = open_page("/help/")
    page.add_init_script("Object.defineProperty(Navigator.prototype, 'clipboard', { value: undefined })")
    page.goto(live_server.url + "/?q=ceasefire")
    page.get_by_role("checkbox", name="Egypt").check()
    expect(total(page)).to_contain_text("8 articles")
    expect(page.locator("#copy-link")).to_be_hidden()


def test_without_a_connection_the_page_says_so_and_keeps_what_it_shows(full_archive, browser, live_server):
    context = browser.new_context()
    page = context.new_page()
    page.goto(live_server.url + "/?q=ceasefire")
    context.set_offline(True)
    page.get_by_role("checkbox", name="Egypt").check()
    expect(page.get_by_role("alert")).to_contain_text("could not be fetched")
    expect(total(page)).to_contain_text("12 articles")
    context.set_offline(False)
    page.get_by_role("checkbox", name="Russia").check()
    expect(total(page)).to_contain_text("12 articles")
    expect(page.get_by_role("list", name="Your selections")).to_contain_text("Russia")
    expect(page.get_by_role("alert")).to_be_hidden()
    context.close()


def test_an_index_that_goes_away_shows_its_own_page(full_archive, index, browser, live_server):
    context = browser.new_context()
    page = context.new_page()
    page.goto(live_server.url + "/?q=ceasefire")
    (index / "LIVE").unlink()
    page.get_by_role("checkbox", name="Egypt").check()
    expect(page.get_by_role("main")).to_contain_text("not available")
    context.close()


def test_readers_get_no_cookies_and_nothing_is_stored(full_archive, open_page):
    page = open_page("/?q=ceasefire")
    page.get_by_role("checkbox", name="Egypt").check()
    expect(total(page)).to_contain_text("8 articles")
    page.locator("article.result h2 a").first.click()
    expect(page.locator(".body")).to_be_visible()
    assert page.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_the_title_and_the_number_of_filters_follow(full_archive, open_page):
    page = open_page("/?q=ceasefire", width=PHONE)
    page.locator("summary", has_text="Filters").click()
    page.get_by_role("checkbox", name="Egypt").check()
    expect(page.locator("summary", has_text="Filters")).to_have_text(re.compile(r"Filters \(1\)"))
    assert page.title().startswith("ceasefire")
    page.locator("#q").fill("round")
    page.keyboard.press("Enter")
    expect(page).to_have_title(re.compile("^round"))
