"""The editors' desk, from outside: what an editor posts, and what becomes of it."""

import json
import re
from html.parser import HTMLParser

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import reference
from articles import search as search_door
from articles.admin.article import ArticleAdmin
from articles.admin.index_changes import update_after_commit
from articles.importing import by_hand
from articles.models import (
    Article,
    ArticleQuerySet,
    BoilerplateLine,
    Country,
    CountryName,
    CountryTag,
    ImportEntry,
    ImportRun,
    Kept,
    Minister,
    MinisterName,
    Official,
    SavedSearch,
    Source,
    Tenure,
    Topic,
    TopicPhrase,
    Unindexed,
)
from articles.search import indexing
from articles.search.params import SearchParams


class Form(HTMLParser):
    """The main form of an admin page as a browser would send it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.data: dict[str, str] = {}
        self._area: str | None = None
        self._select: str | None = None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        name = given.get("name")
        if tag == "input" and name and given.get("type") not in {"submit", "file", "button"}:
            if given.get("type") != "checkbox":
                self.data[name] = given.get("value") or ""
            elif "checked" in given:
                self.data[name] = "on"
        elif tag == "textarea" and name:
            self._area, self.data[name] = name, ""
        elif tag == "select" and name:
            self._select = name
            self.data.setdefault(name, "")
        elif tag == "option" and self._select and "selected" in given:
            self.data[self._select] = given.get("value") or ""

    def handle_endtag(self, tag):
        if tag == "textarea" and self._area:
            # A browser drops the line end right after the opening tag.
            self.data[self._area] = self.data[self._area].removeprefix("\n")
            self._area = None
        elif tag == "select":
            self._select = None

    def handle_data(self, data):
        if self._area:
            self.data[self._area] += data


@pytest.fixture
def editor(client, index):
    client.force_login(User.objects.create_superuser("editor"))
    return client


@pytest.fixture
def known(db):
    """A small gazetteer: Egypt and Russia, one minister, one topic."""
    for code, name in (("EG", "Egypt"), ("RU", "Russia")):
        country = Country.objects.create(code=code, name=name)
        CountryName.objects.create(country=country, language="en", kind="name", text=name, kept=Kept.FILE)
    minister = Minister.objects.create(name="Sergey Lavrov", slug="sergey-lavrov", kept=Kept.FILE)
    Tenure.objects.create(minister=minister, country_id="RU", start="2004-03-09", kept=Kept.FILE)
    topic = Topic.objects.create(slug="grain", names={"en": "Grain", "de": "Getreide"}, kept=Kept.FILE)
    TopicPhrase.objects.create(topic=topic, language="en", text="grain deal", weight=3, kept=Kept.FILE)
    reference.raise_version()


@pytest.fixture
def save(editor, django_capture_on_commit_callbacks):
    """Return a function that opens an admin page, changes the form and posts it."""

    def posted(address: str, **changes: str | None):
        data = Form(editor.get(address).content.decode()).data
        for name, value in changes.items():
            if value is None:
                data.pop(name, None)
            else:
                data[name] = value
        data = {name: value for name, value in data.items() if "__prefix__" not in name}
        with django_capture_on_commit_callbacks(execute=True):
            response = editor.post(address, {**data, "_continue": "1"})
        if response.status_code == 200:
            errors = re.findall(r'<ul class="errorlist[^>]*>.*?</ul>', response.content.decode(), re.DOTALL)
            raise AssertionError(f"not saved: {errors}")
        return response

    return posted


def change_page(instance) -> str:
    return reverse(f"admin:articles_{instance._meta.model_name}_change", args=[instance.pk])


def add_page(model: str) -> str:
    return reverse(f"admin:articles_{model}_add")


def found_by(words: str) -> list[int]:
    return search_door.matches(SearchParams(q=words)).ids


# --- every page


@pytest.mark.parametrize(
    "model",
    ["article", "source", "country", "minister", "topic", "official", "importrun", "importentry", "savedsearch"],
)
def test_every_list_can_be_opened_and_searched(editor, make_article, known, model):
    article = make_article(countries=("EG",))
    run = ImportRun.objects.create(paths="a.txt")
    ImportEntry.objects.create(run=run, file="a.txt", outcome="failed", reason="Unreadable.", article=article)
    assert editor.get(reverse(f"admin:articles_{model}_changelist")).status_code == 200
    assert editor.get(reverse(f"admin:articles_{model}_changelist"), {"q": "a"}).status_code in {200, 302}


@pytest.mark.parametrize("model", ["article", "source", "minister", "topic", "official", "savedsearch"])
def test_every_form_can_be_opened(editor, model):
    assert editor.get(add_page(model)).status_code == 200


def test_nobody_else_gets_in(client, db):
    client.force_login(User.objects.create_user("reader"))
    assert client.get(reverse("admin:articles_article_changelist")).status_code == 302
    assert client.get(reverse("admin:articles_article_upload")).status_code == 302


# --- articles


@pytest.mark.parametrize("address", ["//evil.example/", "https://evil.example/", ""])
def test_the_login_never_leads_to_another_site(client, django_user_model, address):
    django_user_model.objects.create_user("staff", password="a-Long-word-7", is_staff=True)
    form = {"username": "staff", "password": "a-Long-word-7", "next": address}
    assert client.post(f"{reverse('admin:login')}?next={address}", form).url == reverse("admin:index")


@pytest.mark.parametrize(
    "model", ["article", "country", "importentry", "minister", "official", "savedsearch", "source"]
)
def test_a_search_box_full_of_words_is_answered(editor, make_article, known, model):
    make_article()
    assert editor.get(reverse(f"admin:articles_{model}_changelist"), {"q": "a " * 2000}).status_code == 200


def test_every_field_in_a_table_of_rows_has_a_name_that_can_be_heard(editor, make_article, known):
    page = editor.get(change_page(make_article(countries=("EG",), topics=("gaza",)))).content.decode()
    boxes = re.findall(r'<input type="checkbox" name="(?:country|topic)_tags-[^>]*>', page)
    assert boxes
    assert [box for box in boxes if "aria-label=" not in box] == []


def test_an_article_written_by_hand_is_completed_tagged_and_found(save, known):
    source = Source.objects.create(name="Desk", slug="desk")
    save(
        add_page("article"),
        title="  A grain deal \n in Cairo ",
        body="Egypt and Russia signed.\r\n\r\n\r\nThe grain deal holds.\r\n",
        source=str(source.pk),
        date="2024-07-25 14:03",
    )
    article = Article.objects.get()
    assert article.title == "A grain deal in Cairo"
    assert article.body == "Egypt and Russia signed.\n\nThe grain deal holds."
    assert article.date_text == "2024-07-25T14:03Z"
    assert article.date_kind == "stated"
    assert article.language == "en"
    assert article.copy_group
    assert article.body_hash
    assert {tag.country_id for tag in article.country_tags.all()} == {"EG", "RU"}
    assert [tag.topic.slug for tag in article.topic_tags.all()] == ["grain"]
    assert found_by("signed") == [article.pk]


def test_two_articles_by_hand_do_not_collide(save, known):
    source = Source.objects.create(name="Desk", slug="desk")
    for title in ("One", "Two"):
        save(add_page("article"), title=title, body="The same text.", source=str(source.pk))
    assert Article.objects.count() == 2


def test_tagging_can_be_left_out(save, known):
    source = Source.objects.create(name="Desk", slug="desk")
    save(add_page("article"), title="One", body="Egypt.", source=str(source.pk), tag_again=None)
    assert not CountryTag.objects.exists()


@pytest.mark.parametrize(
    ("typed", "text", "precision"),
    [
        ("2024-07-25 14:03", "2024-07-25T14:03Z", "minute"),
        ("2024-07-25T14:03Z", "2024-07-25T14:03Z", "minute"),
        ("2024-07-25", "2024-07-25", "day"),
        ("2024-07", "2024-07", "month"),
        ("2024", "2024", "year"),
        ("", "", "none"),
    ],
)
def test_a_date_is_kept_as_precise_as_it_is_typed(save, make_article, known, typed, text, precision):
    article = make_article(date="2020-01-01")
    save(change_page(article), date=typed)
    article = Article.objects.get()
    assert (article.date_text, article.date_precision) == (text, precision)
    assert article.date_kind == ("stated" if typed else "none")


@pytest.mark.parametrize("typed", ["24", "25.07.2024", "2024-13", "2024-02-30", "2024-07-25 25:00", "soon"])
def test_what_is_no_date_is_refused(save, make_article, typed):
    with pytest.raises(AssertionError, match=r"2024-07-25|no such day"):
        save(change_page(make_article()), date=typed)


@pytest.mark.parametrize(("body", "says"), [("  \n ", "required|empty"), ("x" * 101, "at most 100")])
def test_a_text_that_is_empty_or_too_long_is_refused(save, make_article, settings, body, says):
    settings.ARTICLE_MAX_LENGTH = 100
    with pytest.raises(AssertionError, match=says):
        save(change_page(make_article()), body=body)


def test_saving_without_a_change_changes_nothing(save, make_article, known):
    article = make_article("One.\n\nTwo.", date="2024-05-07", date_kind="inferred", countries=("EG",))
    save(change_page(article))
    same = Article.objects.get()
    for name in ("title", "body", "published_at", "date_precision", "date_kind", "language"):
        assert getattr(same, name) == getattr(article, name)
    assert not same.country_tags.get().by_editor


def test_a_changed_text_is_tagged_again_and_what_the_editor_set_stays(save, make_article, known):
    article = make_article("Nothing here.", countries=("RU",), topics=("grain",))
    article.country_tags.update(by_editor=True, evidence=[["body", 0, 3]])
    save(change_page(article), body="Egypt is named.")
    tags = {tag.country_id: tag for tag in article.country_tags.all()}
    assert set(tags) == {"RU", "EG"}
    assert tags["RU"].by_editor
    assert tags["RU"].evidence == []
    assert not article.topic_tags.exists()
    assert found_by("named country:EG") == [article.pk]


@pytest.mark.parametrize(
    ("of_article", "changes", "before", "after"),
    [
        ({"date": "1990-01-01"}, {"date": "2024-05-07"}, [], ["sergey-lavrov"]),
        ({"date": "2024-05-07"}, {"date": ""}, ["sergey-lavrov"], []),
        ({"date": "2024-05-07"}, {"date": "1990"}, ["sergey-lavrov"], []),
    ],
    ids=["to another day", "to none", "to a year"],
)
def test_another_date_tags_an_article_again(save, make_article, known, of_article, changes, before, after):
    article = make_article("The foreign minister of Russia spoke at length.", **of_article)
    by_hand.tag(article)
    assert [tag.minister.slug for tag in article.minister_tags.all()] == before
    save(change_page(article), **changes)
    assert [tag.minister.slug for tag in article.minister_tags.all()] == after


@pytest.mark.parametrize(
    ("of_article", "changes"),
    [
        ({"date": "2024-05-07"}, {"date": "2024-05-08"}),
        ({"date": "2024-05-07"}, {"date": "2024-05"}),
        ({"date": "2024-05-07"}, {"date": ""}),
        ({}, {"language": "ru"}),
        ({"language": "", "body": "Egypt and Russia have signed the grain deal, it was said in the evening."}, {}),
        ({}, {"title": "Another"}),
        ({"title_made": True}, {"title": "Another"}),
        ({}, {"body": "Another text."}),
    ],
    ids=["day", "precision", "no date", "language", "language found", "title", "title of the text", "body"],
)
def test_whatever_tags_depend_on_tags_an_article_again_when_it_changes(
    save, make_article, known, monkeypatch, of_article, changes
):
    tagged = []
    monkeypatch.setattr(by_hand, "tag", lambda article: tagged.append(article.pk))
    article = make_article(**of_article)
    save(change_page(article), **changes)
    assert tagged == [article.pk]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"byline": "A. Writer"},
        {"url": "https://example.org/a"},
        {"visible": None},
        {"date_kind": "inferred"},
        {"date": "2024-05-07T14:03Z"},
        {"body": "One.\r\n\r\nTwo."},
    ],
    ids=["nothing", "byline", "url", "visible", "kind of date", "spelling of the date", "line ends of browsers"],
)
def test_what_tags_do_not_depend_on_leaves_them_as_they_are(save, make_article, known, monkeypatch, changes):
    tagged = []
    monkeypatch.setattr(by_hand, "tag", lambda article: tagged.append(article.pk))
    article = make_article("One.\n\nTwo.", date="2024-05-07T14:03:21", date_precision="minute")
    save(change_page(article), **changes)
    assert tagged == []


def test_the_box_that_tags_again_says_when_that_happens_by_itself(editor):
    page = editor.get(add_page("article")).content.decode()
    assert "Happens by itself when the title, the text, the date or the language has changed." in page


def test_a_title_that_an_editor_writes_is_no_longer_a_made_one(save, make_article, known):
    article = make_article(title_made=True)
    save(change_page(article), title="A real headline")
    assert not Article.objects.get().title_made


# --- tags


def test_a_tag_added_by_hand_is_the_editors(save, make_article, known):
    article = make_article()
    save(change_page(article), **{"country_tags-TOTAL_FORMS": "1", "country_tags-0-country": "EG"})
    assert article.country_tags.get().by_editor
    assert search_door.matches(SearchParams(include={"country": ("EG",)})).ids == [article.pk]


def test_a_deleted_tag_is_kept_as_removed_and_no_longer_found(save, make_article, known):
    article = make_article(countries=("EG",))
    save(change_page(article), **{"country_tags-0-DELETE": "on"})
    tag = article.country_tags.get()
    assert tag.removed
    assert tag.by_editor
    assert search_door.matches(SearchParams(include={"country": ("EG",)})).ids == []


def test_a_removed_tag_does_not_show_and_comes_back_when_added_again(save, editor, make_article, known):
    article = make_article(countries=("EG",))
    article.country_tags.update(removed=True, by_editor=True)
    assert 'name="country_tags-0-id"' not in editor.get(change_page(article)).content.decode()
    save(change_page(article), **{"country_tags-TOTAL_FORMS": "1", "country_tags-0-country": "EG"})
    tag = article.country_tags.get()
    assert not tag.removed
    assert tag.by_editor


def test_the_same_country_twice_is_refused(save, make_article, known):
    article = make_article(countries=("EG",))
    with pytest.raises(AssertionError, match=r"already exists|duplicate"):
        save(change_page(article), **{"country_tags-TOTAL_FORMS": "2", "country_tags-1-country": "EG"})


def test_evidence_is_shown_with_its_surroundings(editor, make_article, known):
    article = make_article("They met in <Egypt> again.", countries=("EG",))
    article.country_tags.update(evidence=[["body", 13, 18]])
    assert "They met in &lt;<strong>Egypt</strong>&gt; again." in editor.get(change_page(article)).content.decode()


def test_the_page_of_an_article_takes_as_many_queries_however_many_tags_it_has(
    editor, make_article, known, django_assert_num_queries
):
    codes = ("CN", "DE", "FR", "IQ", "QA", "SY", "TR", "US")
    few = make_article(countries=codes[:1], ministers=("a-b",), topics=("one",))
    many = make_article(
        countries=codes,
        ministers=tuple(f"minister-{n}" for n in range(9)),
        topics=tuple(f"topic-{n}" for n in range(7)),
    )
    for tags in (many.country_tags, many.minister_tags, many.topic_tags):
        tags.update(evidence=[["body", 2, 6]])
    editor.get(change_page(few))
    with CaptureQueriesContext(connection) as asked:
        editor.get(change_page(few))
    with django_assert_num_queries(len(asked)):
        page = editor.get(change_page(many)).content.decode()
    assert page.count("<strong>text</strong>") == 24
    for shown in (*codes, "Minister 8", "Topic-6"):
        assert re.search(rf'<option value="[^"]*" selected>{shown}</option>', page)


# --- deleting, hiding


def test_a_deleted_article_leaves_the_index(editor, archive, django_capture_on_commit_callbacks):
    (article,) = archive({"body": "Grain."})
    assert found_by("grain") == [article.pk]
    with django_capture_on_commit_callbacks(execute=True):
        editor.post(reverse("admin:articles_article_delete", args=[article.pk]), {"post": "yes"})
    assert not Article.objects.exists()
    assert found_by("grain") == []


@pytest.mark.parametrize(("action", "left"), [("delete_selected", 0), ("hide", 0)])
def test_actions_reach_the_index(editor, archive, django_capture_on_commit_callbacks, action, left):
    articles = archive({"body": "Grain."}, {"body": "More grain."})
    chosen = {"action": action, "_selected_action": [article.pk for article in articles], "post": "yes"}
    with django_capture_on_commit_callbacks(execute=True):
        editor.post(reverse("admin:articles_article_changelist"), chosen)
    assert len(found_by("grain")) == left


def test_hidden_articles_can_be_shown_again(editor, archive, django_capture_on_commit_callbacks):
    (article,) = archive({"body": "Grain.", "visible": False})
    with django_capture_on_commit_callbacks(execute=True):
        editor.post(reverse("admin:articles_article_changelist"), {"action": "show", "_selected_action": [article.pk]})
    assert found_by("grain") == [article.pk]


@pytest.mark.django_db(transaction=True)
def test_an_index_that_cannot_be_written_costs_a_warning_not_the_page(editor, make_article, monkeypatch):
    def fail(ids):
        raise indexing.EngineUnavailable("locked")

    monkeypatch.setattr(indexing, "update", fail)
    article = make_article()
    address = change_page(article)
    data = Form(editor.get(address).content.decode()).data | {"title": "Saved all the same", "_continue": "1"}
    response = editor.post(address, data, follow=True)
    assert Article.objects.get().title == "Saved all the same"
    assert "update_index" in response.content.decode()
    # What catches up knows of it.
    assert list(Unindexed.objects.values_list("pk", flat=True)) == [article.pk]


@pytest.mark.django_db(transaction=True)
def test_the_index_learns_of_a_deletion_when_it_has_happened(admin_client, archive, monkeypatch):
    (article,) = archive({"body": "truce"})
    there = []
    remove = indexing.remove
    monkeypatch.setattr(
        indexing, "remove", lambda ids: (there.append(Article.objects.filter(pk__in=ids).exists()), remove(ids))
    )
    chosen = {"action": "delete_selected", "_selected_action": [article.pk], "post": "yes"}
    admin_client.post(reverse("admin:articles_article_changelist"), chosen)
    assert there == [False]
    assert found_by("truce") == []


@pytest.mark.django_db(transaction=True)
def test_a_change_of_many_that_is_broken_off_is_no_change(admin_client, archive, monkeypatch):
    (article,) = archive({"body": "truce"})

    def broken_off(self, request, obj, message):
        raise KeyboardInterrupt

    monkeypatch.setattr(ArticleAdmin, "log_change", broken_off)
    with pytest.raises(KeyboardInterrupt):
        admin_client.post(
            reverse("admin:articles_article_changelist"), {"action": "hide", "_selected_action": [article.pk]}
        )
    article.refresh_from_db()
    assert article.visible
    assert not Unindexed.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_hiding_what_another_editor_deletes_meanwhile_is_no_error(admin_client, archive, monkeypatch):
    gone, left = archive({"body": "truce"}, {"body": "truce"})
    update = ArticleQuerySet.update

    def late(self, **changes):
        Article.objects.filter(pk=gone.pk).delete()
        return update(self, **changes)

    monkeypatch.setattr(ArticleQuerySet, "update", late)
    response = admin_client.post(
        reverse("admin:articles_article_changelist"), {"action": "hide", "_selected_action": [gone.pk, left.pk]}
    )
    assert response.status_code == 302
    assert list(Article.objects.values_list("pk", "visible")) == [(left.pk, False)]


def test_nothing_is_asked_of_the_index_for_no_articles(rf, db, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        update_after_commit(rf.get("/"), [])
    assert callbacks == []


# --- the gazetteer


def version() -> int:
    return reference.current().version


def test_a_changed_minister_becomes_the_editors_and_raises_the_version(save, known):
    before = version()
    minister = Minister.objects.get()
    save(change_page(minister), wikidata_id="Q58217")
    minister.refresh_from_db()
    assert minister.kept == Kept.EDITOR
    assert version() > before
    assert Tenure.objects.get().kept == Kept.FILE


def test_the_slug_of_a_minister_cannot_be_changed(save, known):
    minister = Minister.objects.get()
    save(change_page(minister), name="Sergei Lavrov", slug="somebody-else")
    minister.refresh_from_db()
    assert (minister.name, minister.slug) == ("Sergei Lavrov", "sergey-lavrov")


def test_names_and_tenures_are_added_beside_the_minister(save, known):
    save(
        add_page("minister"),
        name="Hakan Fidan",
        slug="hakan-fidan",
        **{
            "names-TOTAL_FORMS": "1",
            "names-0-script": "arabic",
            "names-0-text": "هاكان فيدان",
            "tenures-TOTAL_FORMS": "1",
            "tenures-0-country": "EG",
            "tenures-0-office": "foreign-minister",
            "tenures-0-start": "2023-06",
        },
    )
    minister = Minister.objects.get(slug="hakan-fidan")
    assert minister.names.get().kept == Kept.EDITOR
    assert minister.tenures.get().start == "2023-06"


@pytest.mark.parametrize(
    ("start", "end", "says"), [("soon", "", "Write 2004"), ("2024", "2023-05", "before the start")]
)
def test_bad_days_of_a_tenure_are_refused(save, known, start, end, says):
    with pytest.raises(AssertionError, match=says):
        save(change_page(Minister.objects.get()), **{"tenures-0-start": start, "tenures-0-end": end})


def test_a_dropped_row_is_kept_marked_and_comes_back_when_added_again(save, known):
    minister = Minister.objects.get()
    MinisterName.objects.create(minister=minister, script="cyrillic", text="Сергей Лавров", kept=Kept.FILE)
    save(change_page(minister), **{"names-0-DELETE": "on"})
    assert MinisterName.objects.get().kept == Kept.DROPPED
    added = {"names-TOTAL_FORMS": "1", "names-0-script": "cyrillic", "names-0-text": "Сергей Лавров"}
    save(change_page(minister), **added)
    assert MinisterName.objects.get().kept == Kept.EDITOR


def test_a_row_of_the_files_that_is_reworded_leaves_its_old_wording_dropped(save, known):
    topic = Topic.objects.get()
    save(change_page(topic), **{"phrases-0-text": "grain corridor"})
    assert set(TopicPhrase.objects.values_list("text", "kept")) == {
        ("grain deal", Kept.DROPPED),
        ("grain corridor", Kept.EDITOR),
    }


def test_the_other_values_of_a_row_are_changed_in_place(save, known):
    save(change_page(Topic.objects.get()), **{"phrases-0-weight": "1"})
    phrase = TopicPhrase.objects.get()
    assert (phrase.weight, phrase.kept) == (1, Kept.EDITOR)


def test_topic_names_are_fields_and_other_languages_stay(save, known):
    topic = Topic.objects.get()
    save(change_page(topic), name_ar="حبوب", name_en="Grain trade")
    topic.refresh_from_db()
    assert topic.names == {"en": "Grain trade", "ar": "حبوب", "de": "Getreide"}
    assert topic.kept == Kept.EDITOR


def test_a_new_topic_gets_its_slug_from_its_english_name(save, known):
    save(add_page("topic"), name_en="Black Sea")
    assert Topic.objects.filter(slug="black-sea", kept=Kept.EDITOR).exists()


def test_a_topic_cannot_stand_below_itself(save, known):
    topic = Topic.objects.get()
    child = Topic.objects.create(slug="wheat", names={"en": "Wheat"}, parent=topic)
    with pytest.raises(AssertionError, match="below itself"):
        save(change_page(topic), parent=str(child.pk))


def test_dropping_and_using_again_are_actions(editor, known):
    minister = Minister.objects.get()
    before = version()
    address = reverse("admin:articles_minister_changelist")
    editor.post(address, {"action": "drop", "_selected_action": [minister.pk]})
    assert Minister.objects.get().kept == Kept.DROPPED
    assert version() > before
    editor.post(address, {"action": "use_again", "_selected_action": [minister.pk]})
    assert Minister.objects.get().kept == Kept.EDITOR


def test_gazetteer_entries_cannot_be_deleted(editor, known):
    assert editor.post(reverse("admin:articles_minister_delete", args=[Minister.objects.get().pk])).status_code == 403
    assert editor.post(reverse("admin:articles_country_delete", args=["EG"])).status_code == 403


def test_spellings_of_an_official_are_lines(save, editor, known):
    save(
        add_page("official"),
        name="A. Spokesman",
        country="EG",
        role="spokesperson",
        spellings="One\r\n\r\n Two \r\none",
    )
    official = Official.objects.get()
    assert official.spellings == ["one", "Two"]
    assert "one\nTwo" in Form(editor.get(change_page(official)).content.decode()).data["spellings"]


def test_a_saved_search_can_be_kept(save, editor):
    save(
        add_page("savedsearch"), name="Grain", user=str(User.objects.get().pk), parameters="q=grain", frequency="daily"
    )
    assert SavedSearch.objects.get().parameters == "q=grain"


# --- imports


def test_an_import_is_to_read_only(editor, make_article):
    run = ImportRun.objects.create(paths="a.txt\nb.txt")
    ImportEntry.objects.create(run=run, file="a.txt", record=1, outcome="created", article=make_article())
    ImportEntry.objects.create(run=run, file="b.txt", outcome="failed", reason="Not a text.")
    page = editor.get(change_page(run)).content.decode()
    assert "a.txt" in page
    assert f"run__id__exact={run.pk}" in page
    assert editor.get(add_page("importrun")).status_code == 403
    assert editor.post(change_page(run), {"paths": "x"}).status_code == 403
    entries = editor.get(reverse("admin:articles_importentry_changelist"), {"run__id__exact": run.pk}).content.decode()
    assert "Not a text." in entries


def test_a_line_that_was_learned_as_boilerplate_can_be_let_stay(editor, save):
    source = Source.objects.create(name="Harbour", slug="harbour")
    line = BoilerplateLine.objects.create(source=source, text="Send us your news", articles=12, seen=30)
    listed = editor.get(reverse("admin:articles_boilerplateline_changelist")).content.decode()
    assert "Send us your news" in listed
    save(change_page(line), active=None)
    assert not BoilerplateLine.objects.get().active


@pytest.mark.parametrize(
    ("zone", "taken"), [("Europe/Madrid", True), ("", True), ("Mars/Crater", False), ("../x", False)]
)
def test_a_sources_time_zone_is_one_that_there_is(editor, zone, taken):
    source = Source.objects.create(name="Harbour", slug="harbour")
    data = {"name": "Harbour", "slug": "harbour", "homepage": "", "time_zone": zone}
    response = editor.post(change_page(source), data)
    assert (response.status_code == 302) is taken
    assert Source.objects.get().time_zone == (zone if taken else "")


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Tokyo"])
def test_a_day_without_a_clock_time_is_listed_under_its_own_day(editor, make_article, settings, zone):
    settings.TIME_ZONE = zone
    make_article(title="On the first", date="2024-05-01")
    address = reverse("admin:articles_article_changelist")
    day = {"published_at__year": 2024, "published_at__month": 5, "published_at__day": 1}
    assert "On the first" in editor.get(address, day).content.decode()


# --- upload

LINES = "\n".join(
    json.dumps(row)
    for row in (
        {
            "id": "1",
            "title": "A grain deal",
            "body": "Egypt signed the grain deal on Monday, it was said.",
            "lang": "en",
        },
        {"id": "2", "title": "Talks", "body": "Russia spoke about ports and ships with its partners.", "lang": "en"},
        {"id": "3", "title": "No text"},
    )
)


def upload(client, *files: tuple[str, bytes]):
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post(reverse("admin:articles_article_upload"), {"files": sent})


def test_uploaded_articles_are_imported_tagged_and_found_and_the_report_says_so(editor, known):
    page = upload(editor, ("news.jsonl", LINES.encode())).content.decode()
    assert Article.objects.count() == 2
    assert "news.jsonl" in page
    assert "A grain deal" in page
    assert "line 3, failed" in page
    assert ImportRun.objects.get().user.username == "editor"
    article = Article.objects.get(title="A grain deal")
    assert change_page(article) in page
    assert found_by("signed country:EG") == [article.pk]


def test_several_files_are_imported_and_a_bad_one_stops_none(editor, known):
    page = upload(
        editor,
        ("one.txt", b"A headline\n\nEgypt spoke at length about the grain harvest this year."),
        ("bad.json", b"{not json"),
    ).content.decode()
    assert Article.objects.count() == 1
    assert "bad.json" in page
    assert "failed" in page


def test_uploaded_twice_nothing_doubles(editor, known):
    for _ in range(2):
        upload(editor, ("news.jsonl", LINES.encode()))
    assert Article.objects.count() == 2


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ([], "Choose at least one file."),
        ([("empty.txt", b"")], "empty.txt is empty."),
        ([("large.txt", b"x" * 101)], "large.txt has 101\u00a0bytes; at most 100\u00a0bytes"),
    ],
)
def test_no_empty_or_too_large_file_is_taken(editor, known, settings, files, says):
    settings.UPLOAD_MAX_SIZE = 100
    page = upload(editor, *files).content.decode()
    assert says in page
    assert not ImportRun.objects.exists()


def test_without_a_gazetteer_the_page_says_what_to_do(editor):
    page = upload(editor, ("one.txt", b"A headline\n\nA text of some length about nothing.")).content.decode()
    assert "load_gazetteer" in page
    assert not Article.objects.exists()


def test_uploading_needs_the_permission_to_add(client, db):
    user = User.objects.create_user("viewer", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_article"))
    client.force_login(user)
    assert client.get(reverse("admin:articles_article_upload")).status_code == 403
    assert "Upload articles" not in client.get(reverse("admin:articles_article_changelist")).content.decode()


def test_uploading_is_protected_against_forged_forms(editor, known):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.get())
    assert upload(strict, ("news.jsonl", LINES.encode())).status_code == 403


def test_the_upload_page_is_linked_from_the_index_and_the_list(editor):
    address = reverse("admin:articles_article_upload")
    assert address in editor.get("/admin/").content.decode()
    assert address in editor.get(reverse("admin:articles_article_changelist")).content.decode()
