"""Tagging again: what changed is told, what an editor said stays."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from articles import reference
from articles.enrichment import Tags
from articles.importing import retagging, tagging
from articles.importing.retagging import changed, retag
from articles.importing.tagging import tags_of
from articles.models import Article, Country, CountryName, CountryTag, Unindexed

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
    assert retag(Article.objects.all()).changed == [found.pk]
    assert list(found.country_tags.values_list("country_id", flat=True)) == ["XA"]
    assert not plain.country_tags.exists()
    assert retag(Article.objects.all()).changed == []


def test_a_name_that_an_editor_adds_tags(make_article: Make, alandia: Country) -> None:
    article = make_article("Oldland spoke.")
    assert retag(Article.objects.all()).changed == []
    CountryName.objects.create(country=alandia, language="en", kind="name", text="Oldland")
    reference.raise_version()
    assert retag(Article.objects.all()).changed == [article.pk]


def test_what_an_editor_set_or_removed_stays(make_article: Make, alandia: Country) -> None:
    article = make_article("Alandia spoke.")
    other = Country.objects.create(code="XB", name="Beeland")
    CountryTag.objects.create(article=article, country=other, by_editor=True)
    CountryTag.objects.create(article=article, country=alandia, by_editor=True, removed=True)
    # Only the places in the text are told anew.
    assert retag(Article.objects.all()).changed == [article.pk]
    assert retag(Article.objects.all()).changed == []
    assert article.country_tags.get(country=alandia).evidence == [["body", 0, 7, "name"]]
    assert set(article.country_tags.values_list("country_id", "removed")) == {("XA", True), ("XB", False)}


def test_only_the_given_articles_are_tagged_and_progress_is_told(make_article: Make, alandia: Country) -> None:
    old = make_article("Alandia spoke.", date="2020-01-01")
    new = make_article("Alandia spoke.", date="2024-01-01")
    steps: list[tuple[int, int]] = []
    found = retag(Article.objects.filter(published_at__year=2024), lambda done, total: steps.append((done, total)))
    assert found.changed == [new.pk]
    assert steps == [(1, 1)]
    assert not old.country_tags.exists()


def test_the_command_tags_since_a_day_and_keeps_stdout_clean(
    make_article: Make, alandia: Country, capsys: pytest.CaptureFixture[str]
) -> None:
    old = make_article("Alandia spoke.", date="2020-01-01")
    new = make_article("Alandia spoke.", date="2024-01-01")
    call_command("retag", "--since", "2024-01-01", "--no-index")
    output = capsys.readouterr()
    assert "the tags of 1 of 1 articles changed" in output.err
    assert output.out == ""
    assert new.country_tags.exists()
    assert not old.country_tags.exists()


def test_only_articles_with_tags_of_an_older_gazetteer_are_tagged_again(make_article: Make, alandia: Country) -> None:
    first = make_article("Oldland spoke.")
    call_command("retag", "--no-index")
    assert not changed(Article.objects.all())
    new = make_article("Nobody spoke.")
    assert list(changed(Article.objects.all())) == [new]
    CountryName.objects.create(country=alandia, language="en", kind="name", text="Oldland")
    reference.raise_version()
    assert set(changed(Article.objects.all())) == {first, new}
    call_command("retag", "--changed", "--no-index")
    assert not changed(Article.objects.all())
    assert list(Unindexed.objects.values_list("pk", flat=True)) == [first.pk]


def test_a_run_that_is_stopped_keeps_what_it_did_and_goes_on_from_there(
    make_article: Make, alandia: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = [make_article("Alandia spoke.") for _ in range(3)]
    monkeypatch.setattr(retagging, "BATCH", 1)

    def stop(done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        retag(Article.objects.all(), stop)
    assert list(changed(Article.objects.all())) == articles[2:]
    assert set(Unindexed.objects.values_list("pk", flat=True)) == {article.pk for article in articles[:2]}
    assert retag(changed(Article.objects.all())).changed == [articles[2].pk]


def test_an_article_that_breaks_the_tagger_keeps_its_tags_and_is_named(
    make_article: Make, alandia: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, bad = make_article("Alandia spoke."), make_article("Broken.", countries=("XB",))

    def broken(article: Article, gazetteer: Any) -> Tags:
        if article.pk == bad.pk:
            raise ValueError("broken")
        return tags_of(article, gazetteer)

    monkeypatch.setattr(tagging, "tags_of", broken)
    with pytest.raises(CommandError, match=f"1 articles could not be tagged.*{bad.pk}"):
        call_command("retag", "--no-index")
    assert good.country_tags.exists()
    assert list(bad.country_tags.values_list("country_id", flat=True)) == ["XB"]


def test_an_article_that_was_edited_meanwhile_is_left_to_its_editor(
    make_article: Make, alandia: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = make_article("Alandia spoke.")

    def edit_meanwhile(read: Article, gazetteer: Any) -> Tags:
        found = tags_of(read, gazetteer)
        Article.objects.get(pk=read.pk).save()
        return found

    monkeypatch.setattr(tagging, "tags_of", edit_meanwhile)
    assert retag(Article.objects.all()).changed == []
    assert not article.country_tags.exists()


def test_what_an_editor_changes_meanwhile_counts_at_once(
    make_article: Make, alandia: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = make_article("Oldland spoke.")
    edited = False

    def edit_meanwhile(read: Article, gazetteer: Any) -> Tags:
        nonlocal edited
        found = tags_of(read, gazetteer)
        if not edited:
            edited = True
            CountryName.objects.create(country=alandia, language="en", kind="name", text="Oldland")
            reference.raise_version()
        return found

    monkeypatch.setattr(tagging, "tags_of", edit_meanwhile)
    assert retag(Article.objects.all()).changed == [article.pk]
    assert not changed(Article.objects.all())


def test_nothing_is_taken_away_where_nothing_is_known(make_article: Make, alandia: Country) -> None:
    article = make_article("Alandia spoke.", countries=("XB",))
    CountryName.objects.all().delete()
    reference.raise_version()
    with pytest.raises(CommandError, match="load_gazetteer"):
        call_command("retag", "--no-index")
    assert article.country_tags.exists()


def test_an_answered_question_makes_no_other_article_stale(make_article: Make, alandia: Country) -> None:
    make_article("Alandia spoke.")
    retag(Article.objects.all())
    reference.raise_settled()
    assert not changed(Article.objects.all())


@pytest.mark.parametrize("since", ["", "yesterday", "2024-13-01"])
def test_the_command_names_a_day_that_is_none(since: str) -> None:
    with pytest.raises(CommandError, match="is not a day"):
        call_command("retag", "--since", since)
