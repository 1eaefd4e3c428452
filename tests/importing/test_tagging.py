"""Tags in the database: the period that a date means, and open questions about who held an office."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest

from articles import reference
from articles.enrichment import Period
from articles.importing import by_hand, tagging
from articles.importing.retagging import changed, retag
from articles.importing.tagging import drop_tags, period_of
from articles.models import Article, Country, CountryName, Kept, Minister, OfficeMention, OfficeQuestion, Tenure

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]
TEXT = "The foreign minister of Alandia spoke."


@pytest.fixture
def alandia() -> Country:
    """A country whose minister changes in March 2024, nobody knows on which day."""
    country = Country.objects.create(code="XA", name="Alandia")
    CountryName.objects.create(country=country, language="en", kind="name", text="Alandia")
    old = Minister.objects.create(name="Olga Oldone", slug="old-one")
    new = Minister.objects.create(name="Nina Newone", slug="new-one")
    Tenure.objects.create(minister=old, country=country, start="2020", end="2024-03")
    Tenure.objects.create(minister=new, country=country, start="2024-03")
    reference.raise_version()
    return country


@pytest.mark.parametrize(
    ("moment", "precision", "expected"),
    [
        ("2024-02-05", "minute", ("2024-02-05", "2024-02-05")),
        ("2024-02-05", "day", ("2024-02-05", "2024-02-05")),
        ("2024-02-01", "month", ("2024-02-01", "2024-02-29")),
        ("2024-01-01", "year", ("2024-01-01", "2024-12-31")),
    ],
)
def test_a_date_means_the_days_of_its_precision(moment: str, precision: str, expected: tuple[str, str]) -> None:
    article = Article(
        published_at=datetime.datetime.fromisoformat(moment).replace(tzinfo=datetime.UTC), date_precision=precision
    )
    assert period_of(article) == Period(*map(datetime.date.fromisoformat, expected))


def test_no_date_means_no_period() -> None:
    assert period_of(Article()) is None


def test_two_possible_holders_make_one_question_for_all_articles_of_the_day(
    make_article: Make, alandia: Country
) -> None:
    first = make_article(TEXT, date="2024-03-10")
    second = make_article(f"{TEXT} It rained.", date="2024-03-10")
    make_article(TEXT, date="2024-05-10")
    retag(Article.objects.all())
    question = OfficeQuestion.objects.get()
    assert (question.country, str(question.first), str(question.last)) == (alandia, "2024-03-10", "2024-03-10")
    assert set(question.candidates.values_list("slug", flat=True)) == {"old-one", "new-one"}
    assert set(question.mentions.values_list("article", flat=True)) == {first.pk, second.pk}
    mention = question.mentions.get(article=first)
    assert mention.evidence == [["body", 4, 31, "office"]]
    assert not first.minister_tags.exists()


def test_a_question_that_no_article_asks_any_more_goes_unless_it_was_answered(
    make_article: Make, alandia: Country
) -> None:
    article = make_article(TEXT, date="2024-03-10")
    retag(Article.objects.all())
    Article.objects.update(body="Nobody spoke.")
    retag(Article.objects.all())
    assert not OfficeQuestion.objects.exists()
    Article.objects.update(body=TEXT)
    retag(Article.objects.all())
    OfficeQuestion.objects.update(settled=True, answer=Minister.objects.get(slug="new-one"))
    reference.raise_version()
    retag(Article.objects.all())
    assert OfficeQuestion.objects.filter(settled=True).exists()
    assert not OfficeMention.objects.exists()
    assert list(article.minister_tags.values_list("minister__slug", "by_role")) == [("new-one", True)]


def test_dropped_tags_take_their_questions_along(make_article: Make, alandia: Country) -> None:
    article = make_article(TEXT, date="2024-03-10")
    retag(Article.objects.all())
    drop_tags([article])
    assert not OfficeMention.objects.exists()
    article.refresh_from_db()
    assert article.tagged_with == ""


def test_an_article_remembers_by_which_state_it_was_tagged(make_article: Make, alandia: Country) -> None:
    article = make_article(TEXT, date="2024-03-10")
    retag(Article.objects.all())
    article.refresh_from_db()
    version, _, rules = article.tagged_with.partition("-")
    assert version == str(reference.current().version)
    assert len(rules) == 12


def test_an_article_that_could_not_be_tagged_is_tried_again(
    make_article: Make, alandia: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = make_article(TEXT, date="2024-03-10")
    retag(Article.objects.all())
    article.refresh_from_db()

    def broken(*_args: Any) -> Any:
        raise ValueError("broken")

    monkeypatch.setattr(tagging, "tags_of", broken)
    by_hand.tag(article)
    monkeypatch.undo()
    assert list(changed(Article.objects.all())) == [article]


def test_an_answer_who_was_dropped_tags_nobody(make_article: Make, alandia: Country) -> None:
    article = make_article(TEXT, date="2024-03-10")
    retag(Article.objects.all())
    answer = Minister.objects.get(slug="new-one")
    OfficeQuestion.objects.update(settled=True, answer=answer)
    reference.raise_settled()
    assert [each.slug for each in reference.current().settled] == ["new-one"]
    Minister.objects.filter(pk=answer.pk).update(kept=Kept.DROPPED)
    reference.raise_version()
    retag(Article.objects.all())
    assert reference.current().settled == ()
    assert not article.minister_tags.filter(minister=answer).exists()


def test_nobody_is_an_answer_too(make_article: Make, alandia: Country) -> None:
    make_article(TEXT, date="2024-03-10")
    retag(Article.objects.all())
    OfficeQuestion.objects.update(settled=True)
    reference.raise_settled()
    assert [each.slug for each in reference.current().settled] == [""]
