"""Loading the gazetteer: everything at first, nothing the second time, never over an editor's word."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.management import call_command

from articles import reference
from articles.gazetteer.facts import (
    CountryFacts,
    CountryPattern,
    Gazetteer,
    MinisterFacts,
    OfficialFacts,
    TenureFacts,
    TopicFacts,
    TopicPhraseFacts,
)
from articles.importing.seeding import seed
from articles.models import (
    Country,
    CountryName,
    GazetteerVersion,
    Kept,
    Minister,
    MinisterName,
    OfficeQuestion,
    Official,
    Tenure,
    Topic,
    TopicPhrase,
    TopicTag,
    Unindexed,
)

pytestmark = pytest.mark.django_db

SMALL = Gazetteer(
    countries=(CountryFacts("XA", "Alandia", (CountryPattern("en", "name", "Alandia"),)),),
    ministers=(
        MinisterFacts("ann-lee", "Ann Lee", "Q1", (("latin", "Anne Lee"),), (TenureFacts("XA", "2020", "2022"),)),
    ),
    officials=(OfficialFacts("Bob Roe", "XA", "spokesperson", ("Robert Roe",)),),
    topics=(
        TopicFacts("gas", (("en", "Gas"),), "energy", (TopicPhraseFacts("en", "gas", 2),)),
        TopicFacts("energy", (("en", "Energy"),), "", ()),
    ),
)
NOTHING = Gazetteer((), (), (), ())


def version() -> int:
    return GazetteerVersion.objects.values_list("number", flat=True).first() or 0


def test_everything_is_created() -> None:
    assert seed(SMALL).created == 9
    assert CountryName.objects.get().kept == Kept.FILE
    assert Minister.objects.get().names.get().text == "Anne Lee"
    assert Tenure.objects.get().end == "2022"
    assert Official.objects.get().spellings == ["Robert Roe"]
    assert Topic.objects.get(slug="gas").parent == Topic.objects.get(slug="energy")
    assert version() > 0


def test_a_second_run_changes_nothing_and_leaves_the_version() -> None:
    seed(SMALL)
    before = version()
    assert not seed(SMALL)
    assert version() == before


def test_what_changed_in_the_files_changes_in_the_database() -> None:
    seed(SMALL)
    (minister,) = SMALL.ministers
    changed = replace(
        minister, name="Ann B. Lee", spellings=(("latin", "Annie Lee"),), tenures=(TenureFacts("XA", "2020", "2023"),)
    )
    before = version()
    report = seed(replace(SMALL, ministers=(changed,)))
    assert (report.created, report.updated, report.deleted) == (1, 2, 1)
    assert Minister.objects.get().name == "Ann B. Lee"
    assert MinisterName.objects.get().text == "Annie Lee"
    assert Tenure.objects.get().end == "2023"
    assert version() > before


def test_what_the_files_no_longer_have_goes() -> None:
    seed(SMALL)
    seed(NOTHING)
    assert not any(
        model.objects.exists() for model in (CountryName, Minister, MinisterName, Tenure, Official, Topic, TopicPhrase)
    )
    assert Country.objects.get().code == "XA"


def test_a_minister_whom_articles_are_tagged_with_stays(make_article: Any) -> None:
    seed(SMALL)
    make_article(ministers=("ann-lee",))
    seed(replace(SMALL, ministers=()))
    assert Minister.objects.get().slug == "ann-lee"
    assert not Tenure.objects.exists()


def test_what_an_editor_changed_stays() -> None:
    seed(SMALL)
    Minister.objects.update(name="Dame Ann Lee", kept=Kept.EDITOR)
    Tenure.objects.update(end="2024", kept=Kept.EDITOR)
    TopicPhrase.objects.update(weight=3, kept=Kept.EDITOR)
    Topic.objects.filter(slug="gas").update(parent=None, kept=Kept.EDITOR)
    assert not seed(SMALL)
    assert Minister.objects.get().name == "Dame Ann Lee"
    assert Tenure.objects.get().end == "2024"
    assert TopicPhrase.objects.get().weight == 3
    assert Topic.objects.get(slug="gas").parent is None


def test_what_an_editor_added_stays() -> None:
    seed(SMALL)
    MinisterName.objects.create(minister=Minister.objects.get(), script="latin", text="A. Lee")
    assert not seed(SMALL)
    assert MinisterName.objects.count() == 2


def test_what_an_editor_dropped_does_not_come_back() -> None:
    seed(SMALL)
    MinisterName.objects.update(kept=Kept.DROPPED)
    Official.objects.update(kept=Kept.DROPPED)
    assert not seed(SMALL)
    assert MinisterName.objects.get().kept == Kept.DROPPED
    assert reference.current().officials == ()


def test_the_data_files_load_once_and_then_nothing_changes(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_gazetteer")
    created = capsys.readouterr()
    call_command("load_gazetteer")
    again = capsys.readouterr()
    assert "created" in created.err
    assert "nothing changed" in again.err
    assert created.out == again.out == ""


def test_a_minister_who_answers_a_question_stays_when_the_files_drop_the_name() -> None:
    seed(SMALL)
    minister = Minister.objects.get()
    OfficeQuestion.objects.create(
        country=Country.objects.first(), first="2024-01-01", last="2024-01-01", settled=True, answer=minister
    )
    seed(replace(SMALL, ministers=()))
    assert Minister.objects.filter(pk=minister.pk).exists()


def test_a_topic_that_an_editor_gave_an_article_stays_and_the_index_learns_of_others(make_article) -> None:
    seed(SMALL)
    topic = Topic.objects.get(slug=SMALL.topics[-1].slug)
    found, given = make_article("One."), make_article("Two.")
    TopicTag.objects.create(article=found, topic=topic)
    without = replace(SMALL, topics=tuple(each for each in SMALL.topics if each.slug != topic.slug))
    TopicTag.objects.create(article=given, topic=topic, by_editor=True)
    seed(without)
    assert given.topic_tags.exists()
    TopicTag.objects.filter(article=given).delete()
    seed(without)
    assert not Topic.objects.filter(pk=topic.pk).exists()
    assert set(Unindexed.objects.values_list("pk", flat=True)) == {found.pk}
