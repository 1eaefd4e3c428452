"""The tags beside an article's text, finished: each with its page, what is said of it, and the words it rests on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from articles.models import Article, ArticleTag, MinisterTag
from articles.presentation.evidence import Passage, country_key, minister_key, passages, topic_key, words_of
from articles.presentation.rules import rule_in_words
from articles.search.facets import country_name

MOST_WORDS = 12


@dataclass(frozen=True)
class Words:
    """The same words found by the same rule: `address` leads to the first place, `at` numbers the places from 1."""

    text: str
    rule: str
    address: str
    at: str


@dataclass(frozen=True)
class Chip:
    """A tag. `kind` is a class of the stylesheet; `words` are its passages, `more` counts those that are left out."""

    key: str
    label: str
    address: str
    kind: str
    detail: str
    count: int
    words: tuple[Words, ...]
    more: int


@dataclass(frozen=True)
class Section:
    """The tags of one kind, under their heading."""

    heading: str
    chips: tuple[Chip, ...]


def sections(article: Article, language: str, ministers: Mapping[str, str]) -> list[Section]:
    """Return the tags of an article loaded `with_tags()`; without the kinds of which there is none.

    `language` is the reader's; `ministers` gives names by slug.
    """
    people = [
        _chip(
            article,
            tag,
            minister_key(tag.minister.slug),
            ministers[tag.minister.slug],
            tag.minister.get_absolute_url(),
            "minister",
        )
        for tag in article.minister_tags.all()
    ]
    countries = [
        _chip(
            article,
            tag,
            country_key(tag.country_id),
            country_name(tag.country_id, language),
            tag.country.get_absolute_url(),
            "main" if tag.main else "",
        )
        for tag in article.country_tags.all()
    ]
    topics = [
        _chip(article, tag, topic_key(tag.topic.slug), tag.topic.name_in(language), tag.topic.get_absolute_url(), "")
        for tag in article.topic_tags.all()
    ]
    found = [
        Section(_("Ministers"), tuple(people)),
        Section(_("Countries"), tuple(countries)),
        Section(_("Topics"), tuple(topics)),
    ]
    return [section for section in found if section.chips]


def _chip(article: Article, tag: ArticleTag, key: str, label: str, address: str, kind: str) -> Chip:
    found = passages(article, tag.evidence)
    words = list(_words(article, found))
    return Chip(
        key, label, address, kind, _detail(tag), len(found), tuple(words[:MOST_WORDS]), max(0, len(words) - MOST_WORDS)
    )


def _detail(tag: ArticleTag) -> str:
    """Return what is said beside the name: of a minister how the person was found, of others whether a main subject."""
    if not isinstance(tag, MinisterTag):
        return _("main subject") if tag.main else ""
    if tag.by_editor:
        return _("by an editor")
    return _("by office") if tag.by_role else _("named")


def _words(article: Article, found: Iterable[Passage]) -> Iterable[Words]:
    """Yield the different words in the order of the text."""
    alike: dict[tuple[str, str], list[tuple[int, Passage]]] = {}
    for number, passage in enumerate(found, start=1):
        alike.setdefault((words_of(article, passage), passage.rule), []).append((number, passage))
    for (text, rule), places in alike.items():
        numbers = " ".join(str(number) for number, _passage in places)
        yield Words(text, rule_in_words(rule), f"#{places[0][1].anchor}", numbers)
