"""“Which articles would this tag?”: a topic's or a minister's unsaved form, tried on the newest articles."""

import re

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from articles import reference
from articles.gazetteer.facts import TopicFacts, TopicPhraseFacts
from articles.importing import previewing
from articles.importing.retagging import retag
from articles.models import (
    Article,
    Country,
    Kept,
    Minister,
    MinisterTag,
    Tenure,
    Topic,
    TopicPhrase,
    TopicTag,
)

NEWLY, LOST, IN_ALL = "would be tagged that are not yet", "would lose the tag", "would be tagged in all"


@pytest.fixture
def editor(client, db):
    client.force_login(User.objects.create_superuser("editor"))
    return client


@pytest.fixture
def topic(db):
    """Grain, found by “grain deal”; saved and in the gazetteer, which knows a country, too."""
    Country.objects.create(code="QA", name="Qatar").names.create(language="en", kind="name", text="Qatar")
    made = Topic.objects.create(slug="grain", names={"en": "Grain"}, kept=Kept.FILE)
    TopicPhrase.objects.create(topic=made, language="en", text="grain deal", weight=3, kept=Kept.FILE)
    reference.raise_version()
    return made


def form_of(topic: Topic, *phrases: tuple[str, str, int], **changes: str) -> dict[str, str]:
    """The change form of a topic as a browser posts it: its rows, then `phrases` as new ones."""
    data = {"name_en": "Grain", "name_ar": "", "name_ru": "", "name_es": "", "name_fr": "", "parent": ""}
    data |= {"threshold": str(topic.threshold), "phrases-INITIAL_FORMS": str(topic.phrases.count())}
    rows = [(row.language, row.text, row.weight, str(row.pk)) for row in topic.phrases.all()]
    rows += [(*phrase, "") for phrase in phrases]
    for number, (language, text, weight, pk) in enumerate(rows):
        prefix = f"phrases-{number}-"
        data |= {f"{prefix}language": language, f"{prefix}text": text, f"{prefix}weight": str(weight)}
        data |= {f"{prefix}id": pk, f"{prefix}topic": str(topic.pk)}
    return {**data, "phrases-TOTAL_FORMS": str(len(rows)), **changes}


def preview_of(instance) -> str:
    return reverse(f"admin:articles_{instance._meta.model_name}_preview", args=[instance.pk])


def counts(page: str) -> dict[str, int]:
    return {heading: int(count) for count, heading in re.findall(r"<li><b>(\d+)</b> (.*?)</li>", page)}


def section(page: str, heading: str) -> str:
    """The part of the page under a heading; empty where there is none."""
    found = re.search(rf"<h2>\d+ {heading}</h2>(.*?)</section>", page, re.DOTALL)
    return found[1] if found else ""


def test_a_new_phrase_shows_what_it_would_tag_and_the_words_that_matched(editor, topic, make_article):
    make_article("The grain deal holds.", "Old", date="2024-05-01")
    make_article("Ships brought wheat exports to port. More.", "New", date="2024-05-02")
    make_article("Nothing of the kind.", "Other", date="2024-05-03")
    retag(Article.objects.all())
    page = editor.post(preview_of(topic), form_of(topic, ("en", "wheat export", 3))).content.decode()
    assert counts(page) == {NEWLY: 1, LOST: 0, IN_ALL: 2}
    assert "Ships brought <mark>wheat exports</mark> to port." in section(page, NEWLY)
    assert ">Old<" in section(page, IN_ALL)
    assert "The newest 3 articles were looked at." in page


def test_nothing_is_saved(editor, topic, make_article):
    make_article("Ships brought wheat exports to port.")
    before = reference.current().version
    data = form_of(topic, ("en", "wheat export", 3), threshold="9", name_en="Another name")
    assert editor.post(preview_of(topic), data).status_code == 200
    topic.refresh_from_db()
    assert (topic.threshold, topic.names) == (3, {"en": "Grain"})
    assert TopicPhrase.objects.count() == 1
    assert not TopicTag.objects.exists()
    assert reference.current().version == before


@pytest.mark.parametrize(
    "changes",
    [
        {"threshold": "9"},
        {"phrases-0-DELETE": "on"},
        {"phrases-0-weight": "1"},
        {"phrases-0-text": "grain treaty"},
        {"phrases-0-language": "ru"},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_what_would_lose_the_tag_is_shown_with_the_words_it_has_had(editor, topic, make_article, changes):
    make_article("The grain deal holds.", "Old")
    retag(Article.objects.all())
    page = editor.post(preview_of(topic), form_of(topic, **changes)).content.decode()
    assert counts(page) == {NEWLY: 0, LOST: 1, IN_ALL: 0}
    assert "The <mark>grain deal</mark> holds." in section(page, LOST)


def test_a_negative_phrase_takes_its_articles_out(editor, topic, make_article):
    make_article("The grain deal holds.", "Stays")
    make_article("The grain deal of the film was fun.", "Goes")
    retag(Article.objects.all())
    page = editor.post(preview_of(topic), form_of(topic, ("en", "grain deal of the film", -3))).content.decode()
    assert ">Goes<" in section(page, LOST)
    assert ">Stays<" in section(page, IN_ALL)


def test_what_editors_set_or_removed_stays(editor, topic, make_article):
    kept = make_article("Nothing of the kind.", "Kept", topics=("grain",))
    kept.topic_tags.update(by_editor=True)
    removed = make_article("The grain deal holds.", "Removed", topics=("grain",))
    removed.topic_tags.update(by_editor=True, removed=True)
    page = editor.post(preview_of(topic), form_of(topic)).content.decode()
    assert counts(page) == {NEWLY: 0, LOST: 0, IN_ALL: 1}
    assert ">Kept<" in section(page, IN_ALL)


def facts(text: str = "grain deal") -> TopicFacts:
    return TopicFacts("grain", (("en", "Grain"),), "", (TopicPhraseFacts("en", text, 3),))


def test_the_newest_articles_are_looked_at_and_no_more_than_asked_for(topic, make_article):
    for number in range(1, 5):
        make_article("The grain deal holds.", f"Number {number}", date=f"2024-05-0{number}")
    make_article("The grain deal holds.", "Undated")
    preview = previewing.preview_topic(facts(), most=2, seconds=10)
    assert (preview.of, preview.looked_at, preview.tagged.count, preview.out_of_time) == (2, 2, 2, False)
    assert [one.article.title for one in preview.newly.shown] == ["Number 4", "Number 3"]


def test_time_is_bounded_and_the_page_says_over_how_many(editor, topic, make_article, monkeypatch):
    for _ in range(3):
        make_article("The grain deal holds.")
    monkeypatch.setattr(previewing, "MOST_SECONDS", 0.0)
    page = editor.post(preview_of(topic), form_of(topic)).content.decode()
    assert "There was time (0 seconds) for the newest 1 of 3 articles." in page
    assert counts(page)[IN_ALL] == 1


def test_of_very_many_articles_the_first_are_shown_and_all_are_counted(topic, make_article, monkeypatch):
    monkeypatch.setattr(previewing, "MOST_SHOWN", 2)
    for _ in range(3):
        make_article("The grain deal holds.")
    preview = previewing.preview_topic(facts(), most=10, seconds=10)
    assert (preview.newly.count, len(preview.newly.shown)) == (3, 2)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"threshold": "0"}, "greater than or equal to 1"),
        ({"threshold": "many"}, "whole number"),
        ({"name_en": ""}, "required"),
        ({"phrases-0-weight": "7"}, "not one of the available choices"),
        ({"phrases-0-text": ""}, "required"),
        ({"phrases-TOTAL_FORMS": "x"}, "ManagementForm"),
    ],
)
def test_a_form_that_cannot_be_saved_is_not_previewed_and_the_page_says_why(editor, topic, changes, says):
    page = editor.post(preview_of(topic), form_of(topic, **changes)).content.decode()
    assert "cannot be previewed yet" in page
    assert says in page


def test_markup_in_a_form_and_in_articles_stays_text(editor, topic, make_article):
    make_article("<script>alert(1)</script> the grain deal", "<b>Title")
    page = editor.post(preview_of(topic), form_of(topic, ("<i>", "<u>", 3), name_en="<i>")).content.decode()
    assert not re.search(r"<script>alert|<b>Title|<u>|<i>", page)


@pytest.mark.parametrize("pk", ["0", "999", "x", "1' OR 1=1", "9" * 30])
def test_a_topic_that_is_not_there_has_no_preview(editor, pk):
    assert editor.post(reverse("admin:articles_topic_preview", args=[pk]), {}).status_code == 404


def test_opening_the_address_of_the_preview_shows_nothing(editor, topic):
    assert editor.get(preview_of(topic)).status_code == 405


@pytest.mark.parametrize(("right", "status"), [("change_topic", 200), ("view_topic", 403), ("change_article", 403)])
def test_only_who_may_change_topics_previews_them(client, topic, right, status):
    user = User.objects.create_user("somebody", is_staff=True)
    user.user_permissions.add(*Permission.objects.filter(codename__in=[right, f"{right}phrase"]))
    client.force_login(user)
    assert client.post(preview_of(topic), form_of(topic)).status_code == status


@pytest.mark.parametrize("right", ["", "view_article", "change_article"])
@pytest.mark.parametrize("kind", ["topic", "minister"])
def test_hidden_articles_are_shown_and_counted_only_for_who_may_see_articles(
    client, topic, minister, make_article, right, kind
):
    text = "The grain deal holds. Sergey Lavrov spoke."
    make_article(text, "Open to all", date="2024-05-01")
    make_article(text, "Secret and new", date="2024-05-02", visible=False)
    secret = make_article("Nothing of the kind.", "Secret and lost", date="2024-05-03", visible=False)
    TopicTag.objects.create(article=secret, topic=topic, evidence=[["body", 0, 7]])
    MinisterTag.objects.create(article=secret, minister=minister, evidence=[["body", 0, 7]])
    rows = ("topicphrase",) if kind == "topic" else ("ministername", "tenure")
    rights = [right, f"change_{kind}", *(f"change_{row}" for row in rows)]
    user = User.objects.create_user("somebody", is_staff=True)
    user.user_permissions.add(*Permission.objects.filter(codename__in=rights))
    client.force_login(user)
    instance, data = (topic, form_of(topic)) if kind == "topic" else (minister, minister_form(minister))
    page = client.post(preview_of(instance), data).content.decode()
    seen = 3 if right else 1
    assert f"The newest {seen} articles were looked at." in page
    assert counts(page) == ({NEWLY: 2, LOST: 1, IN_ALL: 2} if right else {NEWLY: 1, LOST: 0, IN_ALL: 1})
    assert ("Secret" in page) is bool(right)
    assert ">Open to all<" in section(page, NEWLY)


def test_the_preview_is_protected_against_forged_forms(editor, topic):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.get())
    assert strict.post(preview_of(topic), form_of(topic)).status_code == 403


def test_the_change_page_explains_weights_and_offers_the_preview(editor, topic):
    page = editor.get(reverse("admin:articles_topic_change", args=[topic.pk])).content.decode()
    assert f'formaction="{preview_of(topic)}"' in page
    assert page.index('name="_save"') < page.index("formaction=")
    for text in ("Weights.", "Negative weights.", "=Homs", "Threshold."):
        assert text in page
    assert "formaction" not in editor.get(reverse("admin:articles_topic_add")).content.decode()


# --- ministers


@pytest.fixture
def minister(db):
    """Sergey Lavrov, of Russia since 2004."""
    country = Country.objects.create(code="RU", name="Russia")
    country.names.create(language="en", kind="name", text="Russia")
    made = Minister.objects.create(name="Sergey Lavrov", slug="sergey-lavrov", kept=Kept.FILE)
    Tenure.objects.create(minister=made, country_id="RU", start="2004-03-09", kept=Kept.FILE)
    reference.raise_version()
    return made


def minister_form(minister: Minister, *spellings: tuple[str, str], **changes: str) -> dict[str, str]:
    tenure = minister.tenures.get()
    data = {"name": minister.name, "wikidata_id": ""}
    data |= {"names-INITIAL_FORMS": "0", "names-TOTAL_FORMS": str(len(spellings))}
    for number, (script, text) in enumerate(spellings):
        data |= {f"names-{number}-script": script, f"names-{number}-text": text, f"names-{number}-id": ""}
        data |= {f"names-{number}-minister": str(minister.pk)}
    data |= {"tenures-INITIAL_FORMS": "1", "tenures-TOTAL_FORMS": "1", "tenures-0-id": str(tenure.pk)}
    data |= {"tenures-0-minister": str(minister.pk), "tenures-0-country": "RU", "tenures-0-office": tenure.office}
    data |= {"tenures-0-start": tenure.start, "tenures-0-end": tenure.end}
    return data | changes


def test_a_new_spelling_of_a_minister_shows_what_it_would_tag(editor, minister, make_article):
    make_article("В Москву прибыл Сергей Лавров. Ещё.", "Новое", date="2024-05-01", language="ru")
    make_article("Sergey Lavrov spoke.", "Old", date="2024-05-01")
    retag(Article.objects.all())
    data = minister_form(minister, ("cyrillic", "Сергей Лавров"))
    page = editor.post(preview_of(minister), data).content.decode()
    assert counts(page) == {NEWLY: 1, LOST: 0, IN_ALL: 2}
    assert "<mark>Сергей Лавров</mark>" in section(page, NEWLY)
    assert not minister.names.exists()


def test_an_office_that_ends_shows_what_would_lose_the_minister(editor, minister, make_article):
    make_article("Sergey Lavrov spoke.", "Old", date="2024-05-01")
    retag(Article.objects.all())
    assert MinisterTag.objects.exists()
    page = editor.post(preview_of(minister), minister_form(minister, **{"tenures-0-end": "2010"})).content.decode()
    assert counts(page) == {NEWLY: 0, LOST: 1, IN_ALL: 0}
    assert Tenure.objects.get().end == ""
