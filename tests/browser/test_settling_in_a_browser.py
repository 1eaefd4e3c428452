"""Settling what is uncertain, and previewing a topic, in a real Chromium."""

import datetime

import pytest
from playwright.sync_api import expect

from articles import reference
from articles.models import Minister, OfficeMention, OfficeQuestion, Topic, TopicPhrase
from tests.browser.test_accessibility import AXE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TEXT = "The foreign minister of Egypt spoke about grain exports at length."


@pytest.fixture
def desk(transactional_db, archive, django_user_model, open_page):
    """The admin's first page, over an article with an uncertain topic and a question."""
    (article,) = archive(
        {"body": TEXT, "title": "Talks", "date": "2024-05-07", "countries": ("EG",), "topics": ("grain",)}
    )
    article.topic_tags.update(uncertain=True, evidence=[["body", 42, 47, "phrase-2"]])
    question = OfficeQuestion.objects.create(
        country_id="EG", first=datetime.date(2024, 5, 7), last=datetime.date(2024, 5, 7)
    )
    question.candidates.add(Minister.objects.create(slug="sameh-shoukry", name="Sameh Shoukry"))
    OfficeMention.objects.create(article=article, question=question, evidence=[["body", 4, 29, "office"]])
    TopicPhrase.objects.create(topic=Topic.objects.get(), language="en", text="grain deal", weight=3)
    reference.raise_version()
    django_user_model.objects.create_superuser("editor", password="a long enough phrase")
    page = open_page("/admin/", bypass_csp=True)
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill("a long enough phrase")
    page.get_by_role("button", name="Log in").click()
    return page


def test_two_clicks_settle_a_tag_and_one_more_undoes_it(desk):
    desk.get_by_role("link", name="To settle (2)").click()
    desk.get_by_role("button", name="Wrong: Grain").click()
    expect(desk.locator(".messagelist")).to_contain_text("Grain is wrong, and removed")
    expect(desk.get_by_role("button", name="Wrong: Grain")).to_have_count(0)
    desk.get_by_role("button", name="Undo").click()
    expect(desk.get_by_role("button", name="Wrong: Grain")).to_be_visible()


def test_a_question_is_answered_for_good_and_opened_again(desk):
    desk.get_by_role("link", name="To settle (2)").click()
    desk.get_by_role("button", name="Nobody").click()
    expect(desk.locator(".messagelist")).to_contain_text("nobody")
    desk.get_by_label("Show", exact=False).first.select_option("settled")
    desk.get_by_role("button", name="Show").click()
    desk.get_by_role("button", name="Open again").click()
    assert not OfficeQuestion.objects.get().settled


@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_on_the_list(desk, width):
    desk.set_viewport_size({"width": width, "height": 900})
    desk.get_by_role("link", name="To settle (2)").click()
    desk.evaluate(AXE)
    result = desk.evaluate("axe.run('#content', { resultTypes: ['violations'] })")
    assert {rule["id"]: rule["nodes"][0]["html"] for rule in result["violations"]} == {}
    assert desk.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_topic_is_previewed_beside_its_form_which_keeps_what_was_typed(desk, live_server):
    desk.goto(f"{live_server.url}/admin/articles/topic/{Topic.objects.get().pk}/change/")
    desk.locator("#id_phrases-0-text").fill("grain export")
    with desk.expect_popup() as opened:
        desk.get_by_role("button", name="Preview").click()
    preview = opened.value
    expect(preview.locator(".preview")).to_contain_text("1 would be tagged in all")
    expect(preview.locator("mark").first).to_have_text("grain exports")
    assert desk.locator("#id_phrases-0-text").input_value() == "grain export"
    assert TopicPhrase.objects.get().text == "grain deal"
