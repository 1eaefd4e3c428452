"""Text in, tags out: `tag()` is the door. Every tag carries its evidence."""

import datetime

from articles.enrichment.compilation import Compiled, compiled, keep_in, prepare
from articles.enrichment.countries import Mention, countries_of, mentions_of
from articles.enrichment.document import Part, parts_of
from articles.enrichment.ministers import MinisterFinder, PartNames
from articles.enrichment.roles import CountrySpan
from articles.enrichment.tags import Found, Place, Question, Tags
from articles.gazetteer.facts import Gazetteer, Period

__all__ = ["Found", "Period", "Place", "Question", "Tags", "keep_in", "prepare", "tag"]

# An office belongs to a country by its name or adjective: nobody is the foreign minister of a capital or a city.
_OF_AN_OFFICE = frozenset({"name", "historic", "adjective", "forms"})


def tag(title: str, body: str, language: str, date: datetime.date | Period | None, gazetteer: Gazetteer) -> Tags:
    """Return the countries, foreign ministers and topics of an article.

    `title` is empty where it was made from the body. `language` is the article's (BCP 47, empty: unknown); words in
    another script are read by the rules of that script. `date` is when the article was published, a day or the days
    that a month or year has: it decides who was minister; None where it is not known. Offsets in the evidence are
    characters of `title` and `body` as given.
    """
    known = compiled(gazetteer)
    period = Period(date, date) if isinstance(date, datetime.date) else date
    parts = parts_of(title, body, language.split("-")[0].casefold(), known.lexicon)
    matches = [known.names.find(part) for part in parts]
    mentions = mentions_of([match for found in matches for match in found], parts, known.codes, period)
    named = [
        PartNames(part, found, known.offices.find(part, _spans(part, mentions)))
        for part, found in zip(parts, matches, strict=True)
    ]
    finder = MinisterFinder(known.names, known.tenures, named, mentions, period)
    ministers, questions = finder.find()
    return Tags(
        countries_of(mentions, finder.actors, _homes(known, ministers, period), has_title=bool(title)),
        ministers,
        known.topics.find(parts),
        questions,
    )


def _homes(known: Compiled, ministers: tuple[Found, ...], period: Period | None) -> set[str]:
    """Return the countries whose foreign minister the text names."""
    return {
        country for found in ministers if not found.by_role for country in known.tenures.countries(found.key, period)
    }


def _spans(part: Part, mentions: list[Mention]) -> list[CountrySpan]:
    return [
        CountrySpan(mention.code, mention.start, mention.end)
        for mention in mentions
        if mention.part is part and mention.end > mention.start and mention.kind in _OF_AN_OFFICE
    ]
