"""What an editor does in the admin, in a real Chromium: upload a file, correct an article, export what was found."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from articles.gazetteer.files import read_gazetteer
from articles.importing.seeding import seed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIXTURES = Path(__file__).parents[2] / "fixtures"


@pytest.fixture
def admin_page(transactional_db, index, django_user_model, open_page):
    """The admin's first page, logged in, over an archive that knows its countries and ministers."""
    seed(read_gazetteer())
    django_user_model.objects.create_superuser("editor", password="a long enough phrase")
    page = open_page("/admin/")
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill("a long enough phrase")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="Site administration")).to_be_visible()
    return page


def upload(page, *files):
    page.get_by_role("link", name="Upload articles").first.click()
    page.locator("input[type=file]").set_input_files(list(files))
    page.get_by_role("button", name="Import").click()


def test_an_uploaded_page_is_reported_found_tagged_and_exported(admin_page, live_server):
    upload(admin_page, FIXTURES / "web" / "worlddesk-moscow-caracas.html")
    report = admin_page.locator("#report")
    expect(report.locator("tbody tr").first).to_contain_text("worlddesk-moscow-caracas.html")
    expect(report.get_by_role("link", name="Moscow and Caracas extend their energy partnership")).to_be_visible()

    admin_page.goto(live_server.url + "/?q=caracas&minister=sergey-lavrov")
    expect(admin_page.get_by_role("heading", level=1)).to_contain_text("1 article")
    with admin_page.expect_download() as download:
        admin_page.get_by_role("link", name="Export 1 as CSV").click()
    content = Path(download.value.path()).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert "Moscow and Caracas extend their energy partnership" in content.decode("utf-8-sig")


def test_a_file_that_cannot_be_read_is_reported_and_the_other_one_is_imported(admin_page, tmp_path):
    bad = tmp_path / "picture.txt"
    bad.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    good = tmp_path / "good.jsonl"
    good.write_text(json.dumps({"id": "1", "title": "Talks in Doha", "body": "Envoys met in Doha to talk about Gaza."}))
    upload(admin_page, bad, good)
    report = admin_page.locator("#report")
    expect(report).to_contain_text("failed")
    expect(report.get_by_role("link", name="Talks in Doha")).to_be_visible()


def test_an_article_corrected_in_the_admin_is_found_by_its_new_words(admin_page, make_article, live_server):
    article = make_article(title="Talks in Dhoa", body="Envoys met for two days.")
    admin_page.goto(f"{live_server.url}/admin/articles/article/{article.pk}/change/")
    admin_page.get_by_label("Title:", exact=True).fill("Talks in Doha")
    admin_page.get_by_role("button", name="Save", exact=True).click()
    admin_page.goto(live_server.url + "/?q=doha")
    expect(admin_page.locator("article.result h2").first).to_have_text("Talks in Doha")
