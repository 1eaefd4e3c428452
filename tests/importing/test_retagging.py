"""Tagging again: what changed is told, what an editor said stays."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from articles import reference
from articles.importing.retagging import retag
from articles.models import Article, Country, CountryName, CountryTag

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]


@pytest.fixture
def alandia() -> Country:
    """A country that the gazetteer knows by one name."""
    country = Country.objects.create(code="XA", name="Alandia")
    CountryName.objects.create(country=country, language="en", kind="name", text="Alandia")
    reference.raise_version()
    return country


def test_articles_get_the_tags_that_hold_now(make_article: Make, alandia: Country) -> None:
    found = make_article("Alandia spoke.", countries=("XB",))
    plain = make_article("Nobody spoke.")
    assert retag(Article.objects.all()) == [found.pk]
    assert list(found.country_tags.values_list("country_id", flat=True)) == ["XA"]
    assert not plain.country_tags.exists()
    assert retag(Article.objects.all()) == []


def test_a_name_that_an_editor_adds_tags(make_article: Make, alandia: Country) -> None:
    article = make_article("Oldland spoke.")
    assert retag(Article.objects.all()) == []
    CountryName.objects.create(country=alandia, language="en", kind="name", text="Oldland")
    reference.raise_version()
    assert retag(Article.objects.all()) == [article.pk]


def test_what_an_editor_set_or_removed_stays(make_article: Make, alandia: Country) -> None:
    article = make_article("Alandia spoke.")
    other = Country.objects.create(code="XB", name="Beeland")
    CountryTag.objects.create(article=article, country=other, by_editor=True)
    CountryTag.objects.create(article=article, country=alandia, by_editor=True, removed=True)
    # Only the places in the text are told anew.
    assert retag(Article.objects.all()) == [article.pk]
    assert retag(Article.objects.all()) == []
    assert article.country_tags.get(country=alandia).evidence == [["body", 0, 7, "name"]]
    assert set(article.country_tags.values_list("country_id", "removed")) == {("XA", True), ("XB", False)}


def test_only_the_given_articles_are_tagged_and_progress_is_told(make_article: Make, alandia: Country) -> None:
    old = make_article("Alandia spoke.", date="2020-01-01")
    new = make_article("Alandia spoke.", date="2024-01-01")
    steps: list[tuple[int, int]] = []
    changed = retag(Article.objects.filter(published_at__year=2024), lambda done, total: steps.append((done, total)))
    assert changed == [new.pk]
    assert steps == [(1, 1)]
    assert not old.country_tags.exists()


def test_the_command_tags_since_a_day_and_keeps_stdout_clean(
    make_article: Make, alandia: Country, capsys: pytest.CaptureFixture[str]
) -> None:
    old = make_article("Alandia spoke.", date="2020-01-01")
    new = make_article("Alandia spoke.", date="2024-01-01")
    call_command("retag_articles", "--since", "2024-01-01", "--no-index")
    output = capsys.readouterr()
    assert "the tags of 1 articles changed" in output.err
    assert output.out == ""
    assert new.country_tags.exists()
    assert not old.country_tags.exists()


@pytest.mark.parametrize("since", ["yesterday", "2024-13-01"])
def test_the_command_names_a_day_that_is_none(since: str) -> None:
    with pytest.raises(CommandError, match="is not a day"):
        call_command("retag_articles", "--since", since)
