"""The pages of ministers, countries and topics, their lists and the help, in a real Chromium."""

import pytest
from playwright.sync_api import expect

from articles.models import Minister, MinisterName, Tenure, Topic

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDE, PHONE = 1280, 360
LONG = "A minister of a very long name indeed, longer than any column of a table is wide"


@pytest.fixture
def filled(transactional_db, archive):
    """Talks of two ministers in three scripts, over years, on topics one of which stands under the other."""
    tags = {"countries": ("RU", "IR"), "ministers": ("sergey-lavrov", "abbas-araghchi"), "topics": ("gaza", "energy")}
    articles = archive(
        {"title": "Talks in Moscow", "date": "2024-05-10", **tags},
        {"title": "Talks in Tehran", "date": "2022-05-10", **tags, "topics": ("gaza",)},
        {"title": "محادثات في القاهرة", "language": "ar", "countries": ("RU", "EG"), "ministers": ("long",)},
    )
    minister = Minister.objects.get(slug="sergey-lavrov")
    MinisterName.objects.create(minister=minister, script="arabic", text="سيرغي لافروف")
    MinisterName.objects.create(minister=minister, script="cyrillic", text="Сергей Лавров")
    Tenure.objects.create(minister=minister, country_id="RU", start="2023-01")
    Minister.objects.filter(slug="long").update(name=LONG)
    Topic.objects.filter(slug="gaza").update(parent=Topic.objects.get(slug="energy"))
    return articles


def test_the_picture_of_a_minister_ends_at_the_rows_of_its_table(open_page, filled):
    page = open_page("/ministers/sergey-lavrov/")
    fan = page.locator(".fan").nth(1)
    curves, rows = fan.locator("svg path:not(.dot)"), fan.locator("tbody tr")
    assert curves.count() == rows.count() == 2
    for number in range(2):
        row = rows.nth(number).bounding_box()
        end = curves.nth(number).evaluate(
            "path => path.getPointAtLength(path.getTotalLength()).matrixTransform(path.getScreenCTM()).y"
        )
        assert abs(end - (row["y"] + row["height"] / 2)) < 3


def test_the_links_of_a_minister_lead_where_they_say_with_the_number_they_say(open_page, filled):
    page = open_page("/ministers/sergey-lavrov/")
    expect(page.locator(".numbers")).to_contain_text("2 articles · May 2022 to May 2024")
    page.get_by_role("row", name="Iran").get_by_role("link", name="2 articles with Iran").click()
    expect(page.locator(".summary .total")).to_contain_text("2 articles")
    page.go_back()
    page.get_by_role("link", name="Search these 2 articles").click()
    expect(page.locator(".summary .total")).to_contain_text("2 articles")
    page.go_back()
    page.get_by_role("row", name="Abbas Araghchi").get_by_role("link", name="Abbas Araghchi", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Abbas Araghchi")


def test_the_band_of_office_begins_where_its_day_lies_under_the_bars(open_page, filled):
    page = open_page("/ministers/sergey-lavrov/")
    band, plot = page.locator(".band path").bounding_box(), page.locator(".plot").bounding_box()
    # From January 2023 on, of May 2022 to May 2024: eight of 25 months later.
    assert abs((band["x"] - plot["x"]) / plot["width"] - 8 / 25) < 0.02
    assert abs(band["x"] + band["width"] - plot["x"] - plot["width"]) < 2


def test_a_country_in_arabic_on_a_phone_is_turned_and_fits(open_page, filled):
    page = open_page("/ar/countries/RU/", width=PHONE)
    expect(page.get_by_role("heading", level=1)).to_have_text("روسيا")
    fan = page.locator(".fan").first
    dot, table = fan.locator(".dot").bounding_box(), fan.locator("table").bounding_box()
    assert dot["x"] > table["x"] + table["width"]
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_list_is_narrowed_by_typing_and_whole_again_after_escape(open_page, filled):
    page = open_page("/topics/")
    box, lines = page.get_by_role("searchbox", name="Narrow the list"), page.locator(".index li:visible")
    assert lines.count() == 2
    box.fill("GÁZ")
    # What stands above it stays, so that one sees what it belongs to.
    expect(page.locator(".index")).to_contain_text("Gaza")
    expect(page.get_by_role("status")).to_have_text("1 of 2")
    box.fill("energy")
    expect(page.get_by_role("link", name="Gaza")).to_be_hidden()
    box.fill("nothing")
    expect(page.get_by_role("status")).to_have_text("Nothing here has such a name.")
    assert lines.count() == 0
    box.press("Escape")
    assert lines.count() == 2
    expect(page.get_by_role("status")).to_be_empty()


def test_a_list_of_ministers_is_narrowed_by_country_and_by_arabic_letters(open_page, filled):
    page = open_page("/ar/ministers/")
    page.get_by_role("searchbox").nth(0).fill("روسيا")
    expect(page.locator(".index li:visible")).to_have_count(1)
    page.get_by_role("searchbox").nth(0).fill("سيرغى")
    expect(page.locator(".index li:visible")).to_have_count(0)
    page.get_by_role("searchbox").nth(0).fill("سِيرغي")
    expect(page.locator(".index li:visible")).to_have_count(1)


def test_without_scripts_the_list_is_whole_and_offers_no_box_that_does_nothing(open_page, filled):
    page = open_page("/ministers/", scripts=False)
    assert page.locator(".index li").count() == 3
    expect(page.locator("#narrow")).to_be_hidden()
    page.get_by_role("link", name="number of articles").click()
    expect(page.locator(".index li").first).to_contain_text("2")


def test_the_help_leads_to_its_parts_and_its_numbers_to_their_searches(open_page, filled):
    page = open_page("/help/")
    page.get_by_role("navigation", name="On this page").get_by_role("link", name="Privacy").click()
    expect(page.get_by_role("heading", name="Privacy")).to_be_in_viewport()
    page.get_by_role("row", name="English").get_by_role("link", name="2").click()
    expect(page.locator(".summary .total")).to_contain_text("2 articles")


def test_a_range_of_a_subjects_bars_leads_to_its_search(open_page, filled):
    page = open_page("/ministers/sergey-lavrov/")
    box = page.locator(".plot").bounding_box()
    page.mouse.move(box["x"] + 3, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 3, box["y"] + 40, steps=4)
    page.mouse.up()
    expect(page.get_by_role("list", name="Your selections")).to_contain_text("Sergey Lavrov")
    assert "from=" in page.url
    assert "to=" in page.url
