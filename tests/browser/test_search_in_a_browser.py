"""The pages as people use them, in a real Chromium."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDE, PHONE = 1280, 360


@pytest.fixture
def full_archive(transactional_db, archive):
    """Some thirty articles in three scripts, with tags and dates."""
    rows = [
        {
            "title": f"Round {number} of the talks",
            "body": f"Delegates met in Cairo for round {number}. A ceasefire in Gaza was discussed.",
            "date": f"2024-{number % 12 + 1:02}-10",
            "countries": ("EG", "PS") if number % 2 else ("QA",),
            "ministers": ("sergey-lavrov",) if number % 3 == 0 else (),
            "topics": ("gaza",) if number % 2 else ("energy",),
            "main": ("EG",),
        }
        for number in range(25)
    ]
    rows.append(
        {
            "title": "محادثات في القاهرة",
            "body": "بحث الوزيران وقف إطلاق النار في غزة وإدخال المساعدات.",
            "language": "ar",
            "date": "2024-03-04",
            "countries": ("EG", "PS"),
            "topics": ("gaza",),
        }
    )
    rows.append({"title": "<script>alert(1)</script> & co", "body": "An <b>odd</b> headline.", "source": "Odd & Sons"})
    return archive(*rows)


def no_sideways_scrolling(page):
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_journalist_searches_narrows_and_takes_the_filter_away_again(full_archive, open_page, scripts):
    page = open_page("/", scripts=scripts)
    page.get_by_label("Search the archive").fill("ceasefire")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("25 articles")
    expect(page.locator("mark").first).to_have_text("ceasefire")

    page.get_by_role("checkbox", name="Egypt").check()
    if not scripts:
        page.get_by_role("button", name="Apply filters").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("12 articles")
    assert "country=EG" in page.url
    assert "q=ceasefire" in page.url
    expect(page.get_by_role("checkbox", name="Egypt")).to_be_checked()

    page.get_by_role("list", name="Your selections").get_by_role("link", name="Egypt").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("25 articles")


def test_a_value_is_excluded_by_the_link_beside_it(full_archive, open_page):
    page = open_page("/?q=ceasefire")
    page.get_by_role("link", name="Exclude Topic: Energy").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("12 articles")
    assert "-topic=energy" in page.url


def test_every_article_stands_on_exactly_one_page(full_archive, open_page):
    page = open_page("/?q=round&per=10")
    seen = []
    while True:
        seen += page.locator("article.result h2").all_inner_texts()
        following = page.get_by_role("link", name="Next", exact=True)
        if not following.count():
            break
        number = page.locator(".pages [aria-current]").inner_text()
        following.click()
        expect(page.locator(".pages [aria-current]")).to_have_text(str(int(number) + 1))
    assert sorted(seen) == sorted(f"Round {number} of the talks" for number in range(25))


def test_a_date_range_narrows_the_results(full_archive, open_page):
    page = open_page("/?q=round")
    page.get_by_label("from").fill("2024-03")
    page.get_by_label("to", exact=True).fill("2024-04")
    page.get_by_role("button", name="Set dates").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("4 articles")


def test_an_arabic_query_finds_and_marks_arabic_words(full_archive, open_page):
    page = open_page("/ar/?q=المساعدات", width=WIDE)
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.locator("html").get_attribute("lang") == "ar"
    result = page.locator("article.result").first
    expect(result.locator("mark")).to_have_text("المساعدات")
    assert page.evaluate("getComputedStyle(document.querySelector('article.result .snippet')).direction") == "rtl"


def test_an_article_opens_with_its_text_and_tags(full_archive, open_page):
    page = open_page("/?q=إطلاق")
    page.locator("article.result h2 a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("محادثات في القاهرة")
    expect(page.locator(".body")).to_contain_text("وقف إطلاق النار")
    expect(page.get_by_role("complementary")).to_contain_text("Egypt")


def test_markup_in_a_headline_is_shown_and_never_run(full_archive, open_page):
    page = open_page("/?q=odd+headline")
    expect(page.locator("article.result h2").first).to_have_text("<script>alert(1)</script> & co")
    page.locator("article.result h2 a").first.click()
    expect(page.locator(".body")).to_contain_text("An <b>odd</b> headline.")


@pytest.mark.parametrize(
    "path", ["/", "/?q=ceasefire", "/ar/?q=غزة", "/ru/", "/?q=zzzz", "/?q=%22", "/help/", "/countries/"]
)
@pytest.mark.parametrize("width", [PHONE, WIDE])
def test_no_page_is_wider_than_the_screen(full_archive, open_page, path, width):
    page = open_page(path, width=width, height=740)
    assert no_sideways_scrolling(page)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_on_a_phone_the_filters_open_and_apply(full_archive, open_page, scripts):
    page = open_page("/?q=ceasefire", width=PHONE, height=740, scripts=scripts)
    expect(page.get_by_role("checkbox", name="Egypt")).to_be_hidden()
    page.locator("summary", has_text="Filters").click()
    page.get_by_role("checkbox", name="Egypt").check()
    if not scripts:
        page.get_by_role("button", name="Apply filters").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("12 articles")


def test_the_page_can_be_used_by_keyboard_alone(full_archive, open_page):
    page = open_page("/")
    page.get_by_label("Search the archive").focus()
    page.keyboard.type("ceasefire")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("25 articles")
    page.get_by_role("checkbox", name="Egypt").focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("heading", level=1)).to_contain_text("12 articles")


def test_without_an_index_the_page_says_so(full_archive, index, open_page, browser, live_server):
    (index / "LIVE").unlink()
    context = browser.new_context()
    page = context.new_page()
    response = page.goto(live_server.url + "/?q=gaza")
    assert response.status == 503
    expect(page.get_by_role("main")).to_contain_text("not available")
    context.close()
