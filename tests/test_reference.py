"""The gazetteer of the moment: the same as the files once loaded, and built anew only when something changed."""

from typing import Any

import pytest

from articles import reference
from articles.gazetteer.files import read_gazetteer
from articles.importing.seeding import seed
from articles.models import Country, CountryName, Kept, Minister, MinisterName, Topic, TopicPhrase

pytestmark = pytest.mark.django_db


def test_what_the_files_say_comes_out_of_the_database() -> None:
    files = read_gazetteer()
    seed(files)
    current = reference.current()
    assert current.countries == files.countries
    assert current.ministers == files.ministers
    assert current.officials == files.officials
    assert sorted(topic.slug for topic in files.topics) == [topic.slug for topic in current.topics]
    assert {topic.slug: topic for topic in current.topics} == {topic.slug: topic for topic in files.topics}


def test_it_is_built_once_and_each_call_costs_one_query(django_assert_num_queries: Any) -> None:
    Country.objects.create(code="XA", name="Alandia")
    reference.raise_version()
    first = reference.current()
    with django_assert_num_queries(1):
        assert reference.current() is first


def test_a_raised_version_shows_what_changed() -> None:
    country = Country.objects.create(code="XA", name="Alandia")
    reference.raise_version()
    before = reference.current()
    CountryName.objects.create(country=country, language="en", kind="name", text="Alandia")
    assert reference.current() is before
    reference.raise_version()
    after = reference.current()
    assert after.version > before.version
    assert after.countries[0].patterns == (("en", "name", "Alandia"),)


def test_what_an_editor_dropped_is_gone() -> None:
    gone = Minister.objects.create(slug="ann-lee", name="Ann Lee", kept=Kept.DROPPED)
    kept = Minister.objects.create(slug="bob-roe", name="Bob Roe")
    MinisterName.objects.create(minister=gone, script="latin", text="Anne Lee")
    MinisterName.objects.create(minister=kept, script="latin", text="Robert Roe")
    MinisterName.objects.create(minister=kept, script="latin", text="Rob Roe", kept=Kept.DROPPED)
    topic = Topic.objects.create(slug="gas", names={"en": "Gas"})
    TopicPhrase.objects.create(topic=topic, language="en", text="gas", kept=Kept.DROPPED)
    reference.raise_version()
    current = reference.current()
    assert [minister.slug for minister in current.ministers] == ["bob-roe"]
    assert current.ministers[0].spellings == (("latin", "Robert Roe"),)
    assert current.topics[0].phrases == ()


def test_a_database_that_was_never_seeded_is_read_anew() -> None:
    assert reference.current().countries == ()
    Country.objects.create(code="XA", name="Alandia")
    assert [country.code for country in reference.current().countries] == ["XA"]
