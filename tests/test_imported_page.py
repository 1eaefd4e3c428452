"""An article's text as it was handed in, for editors."""

import io
import json
import zipfile

import pytest
from django.contrib.auth.models import Permission, User

from articles import importing
from articles.importing import ImportFile, NotReadAgain, import_files, originals, rereading
from articles.models import Article, ImportRun, Original

TEXT = "The two ministers met in the capital and spoke about trade for a long and quiet afternoon."


@pytest.fixture(autouse=True)
def originals_dir(settings, tmp_path):
    settings.ORIGINALS_DIR = tmp_path / "originals"


@pytest.fixture
def editor(db):
    made = User.objects.create_user("editor", is_staff=True)
    made.user_permissions.add(Permission.objects.get(codename="view_article"))
    return made


@pytest.fixture
def page_of(client, editor):
    """Return a function that gives an article's page of its text as imported, as an editor gets it."""

    def page(article: Article) -> str:
        client.force_login(editor)
        response = client.get(f"{article.get_absolute_url()}imported/")
        assert response.status_code == 200
        return response.content.decode()

    return page


def take(name: str, content: str | bytes, folder: str = "in") -> None:
    """Import one file."""
    import_files([ImportFile(name, content.encode() if isinstance(content, str) else content, folder)], with_tags=False)


def rows(*records: dict) -> str:
    return "\n".join(map(json.dumps, records))


@pytest.fixture
def three(db):
    """Three articles of one file, each with words that no other has."""
    words = ("alpha", "beta", "gamma")
    take("a.jsonl", rows(*({"id": word, "title": f"On {word}", "body": f"{TEXT} {word}", "source": "Desk"}
                           for word in words)))  # fmt: skip
    return {word: Article.objects.get(external_id=word) for word in words}


def test_the_page_shows_the_record_and_nothing_of_others_in_its_file(three, page_of):
    page = page_of(three["beta"])
    assert "On beta" in page
    assert f"{TEXT} beta" in page
    assert "in/a.jsonl" in page
    assert "alpha" not in page and "gamma" not in page
    assert '<meta name="robots" content="noindex">' in page


def test_what_an_editor_changed_since_is_not_in_it(three, page_of):
    Article.objects.filter(pk=three["beta"].pk).update(title="Changed", body="Changed.", byline="Nobody")
    page = page_of(Article.objects.get(pk=three["beta"].pk))
    assert f"{TEXT} beta" in page
    assert "Nobody" not in page


def test_of_several_imports_the_last_that_changed_it_counts(three, page_of):
    take("b.jsonl", rows({"id": "beta", "title": "On beta", "body": f"{TEXT} beta, and more.", "source": "Desk"}))
    take("c.jsonl", rows({"id": "beta", "title": "On beta", "body": f"{TEXT} beta, and more.", "source": "Desk"}))
    article = Article.objects.get(pk=three["beta"].pk)
    assert article.body.endswith("and more.")
    page = page_of(article)
    assert "in/b.jsonl" in page
    assert "beta, and more." in page


def test_a_file_in_an_archive_is_found_again(page_of, db):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("one/a.txt", f"Alpha\n\n{TEXT} alpha")
        archive.writestr("one/b.txt", f"Beta\n\n{TEXT} beta")
    take("all.zip", packed.getvalue())
    page = page_of(Article.objects.get(body__contains="beta"))
    assert "all.zip/one/b.txt" in page
    assert "alpha" not in page.lower()


def test_markup_and_odd_addresses_stay_text(page_of, db):
    take("a.jsonl", rows({"id": "1", "title": "<b>On</b>", "body": f"<i>{TEXT}</i>", "byline": "<u>x</u>",
                          "url": "https://example.org/<a>"}))  # fmt: skip
    page = page_of(Article.objects.get())
    for tag in ("<b>On", "<u>x"):
        assert tag not in page
    assert 'rel="noopener nofollow noreferrer"' in page


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda article: originals.path_of(article.original.sha256).unlink(), "no longer kept"),
        (lambda article: Original.objects.all().delete(), "no longer kept"),
        (lambda article: ImportRun.objects.all().delete(), "was not imported"),
        (lambda article: article.import_run.entries.all().delete(), "was not imported"),
        (lambda article: article.import_run.entries.update(record=99), "no longer gives this record"),
        (lambda article: originals.path_of(article.original.sha256).write_bytes(b"\x00\x01"), "no longer gives"),
        (lambda article: originals.path_of(article.original.sha256).write_bytes(b""), "no longer gives"),
        (lambda article: Article.objects.update(import_run=None), "was not imported"),
    ],
)
def test_what_cannot_be_read_again_is_said_calmly(three, page_of, change, reason):
    change(three["beta"])
    page = page_of(Article.objects.get(pk=three["beta"].pk))
    assert reason in page
    assert "alpha" not in page


def test_a_reader_that_breaks_is_said_calmly(three, page_of, monkeypatch):
    def broken(file):
        raise RuntimeError("secret words of the file")

    monkeypatch.setattr(rereading.readers, "read", broken)
    page = page_of(three["beta"])
    assert "no longer gives this record" in page
    assert "secret" not in page


def test_a_file_that_is_too_large_is_not_read(three, page_of, monkeypatch):
    monkeypatch.setattr(rereading, "MOST_BYTES", 10)
    assert "too large" in page_of(three["beta"])


def test_a_record_that_is_far_in_its_file_is_not_waited_for(three, page_of, monkeypatch):
    monkeypatch.setattr(rereading, "MOST_SECONDS", -1.0)
    assert "takes longer" in page_of(three["gamma"])
    assert f"{TEXT} alpha" in page_of(three["alpha"])


def test_no_more_of_a_file_is_read_than_up_to_the_record(three, monkeypatch):
    read = []

    def counted(file, original=rereading.readers.read):
        for record in original(file):
            read.append(record.number)
            yield record

    monkeypatch.setattr(rereading.readers, "read", counted)
    importing.as_imported(three["beta"], importing.last_entry(three["beta"]))
    assert read == [1, 2]


def test_an_article_written_by_hand_was_not_imported(make_article, page_of):
    made = make_article()
    assert importing.last_entry(made) is None
    with pytest.raises(NotReadAgain) as error:
        importing.as_imported(made, None)
    assert error.value.reason == "not_imported"
    assert "was not imported" in page_of(made)


# --- who may see it


def test_readers_are_asked_to_log_in(client, three):
    response = client.get(f"{three['beta'].get_absolute_url()}imported/")
    assert response.status_code == 302
    assert response["Location"].startswith("/admin/login/?next=/articles/")
    assert not response.cookies


def test_who_may_not_see_hidden_articles_may_not_see_it(client, three):
    client.force_login(User.objects.create_user("someone", is_staff=True))
    assert client.get(f"{three['beta'].get_absolute_url()}imported/").status_code == 403
    Article.objects.update(visible=False)
    assert client.get(f"{three['beta'].get_absolute_url()}imported/").status_code == 404


def test_of_a_hidden_article_nobody_but_editors_learns(client, three, page_of):
    Article.objects.update(visible=False)
    assert client.get(f"{three['beta'].get_absolute_url()}imported/").status_code == 404
    assert f"{TEXT} beta" in page_of(three["beta"])


def test_a_wrong_slug_leads_to_the_right_address(client, three, editor):
    client.force_login(editor)
    response = client.get(f"/articles/{three['beta'].pk}/x/imported/")
    assert response["Location"] == f"{three['beta'].get_absolute_url()}imported/"


@pytest.mark.parametrize(
    ("permissions", "labels"),
    [
        ((), []),
        (("view_article",), ["Text as imported"]),
        (("change_article",), ["Edit"]),
        (("view_article", "change_topictag"), ["Edit tags", "Text as imported"]),
        (("change_countrytag",), []),
        (
            ("view_article", "change_article", "change_ministertag", "change_countrytag"),
            ["Edit", "Edit tags", "Text as imported"],
        ),
    ],
)
def test_an_editor_is_offered_what_the_permissions_allow(client, three, permissions, labels):
    user = User.objects.create_user("someone", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client.force_login(user)
    page = client.get(three["beta"].get_absolute_url()).content.decode()
    offered = [line.split(">")[1].split("<")[0] for line in page.split("<a ") if line.startswith('class="editing"')]
    assert offered == labels


def test_the_links_lead_somewhere(client, three):
    client.force_login(User.objects.create_superuser("chief"))
    page = client.get(three["beta"].get_absolute_url()).content.decode()
    address = page.split("#country_tags-group")[0].rsplit('"', 1)[1]
    form = client.get(address).content.decode()
    assert 'id="country_tags-group"' in form


def test_readers_are_offered_none_of_it(client, three):
    page = client.get(three["beta"].get_absolute_url()).content.decode()
    for words in ("Text as imported", "Edit", "/admin/"):
        assert words not in page
