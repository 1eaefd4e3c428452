"""Text in, tags out: `tag()` is the door. Every tag carries its evidence."""

import datetime

from articles.enrichment.compiled import compiled
from articles.enrichment.countries import Mention, countries_of, mentions_of
from articles.enrichment.document import Part, parts_of
from articles.enrichment.ministers import MinisterFinder, PartNames
from articles.enrichment.roles import CountrySpan
from articles.enrichment.tags import Found, Tags
from articles.gazetteer.facts import Gazetteer

__all__ = ["Found", "Tags", "tag"]

# An office belongs to a country by its name or adjective: nobody is the foreign minister of a capital or a city.
_OF_AN_OFFICE = frozenset({"name", "adjective", "forms"})


def tag(title: str, body: str, language: str, day: datetime.date | None, gazetteer: Gazetteer) -> Tags:
    """Return the countries, foreign ministers and topics of an article.

    `title` is empty where it was made from the body. `language` is the article's (BCP 47, empty: unknown); words in
    another script are read by the rules of that script. `day` is when the article was published: it decides who was
    minister; None where it is not known. Offsets in the evidence are characters of `title` and `body` as given.
    """
    known = compiled(gazetteer)
    base = language.split("-")[0].casefold()
    parts = parts_of(title, body)
    numbers = [known.names.lexicon.numbers(part.tokens, part.text, base) for part in parts]
    matches = [known.names.find(part, found) for part, found in zip(parts, numbers, strict=True)]
    mentions = mentions_of([match for found in matches for match in found], parts, known.codes)
    named = [
        PartNames(
            part,
            found,
            known.offices.find(
                part, known.offices.lexicon.numbers(part.tokens, part.text, base), _spans(part, mentions)
            ),
            of_part,
        )
        for part, found, of_part in zip(parts, matches, numbers, strict=True)
    ]
    ministers = MinisterFinder(known.names, known.tenures, named, mentions, day).find()
    homes = {country for found in ministers if not found.by_role for country in known.tenures.countries(found.key, day)}
    return Tags(countries_of(mentions, homes, has_title=bool(title)), ministers, known.topics.find(parts, base))


def _spans(part: Part, mentions: list[Mention]) -> list[CountrySpan]:
    return [
        CountrySpan(mention.code, mention.start, mention.end)
        for mention in mentions
        if mention.part is part and mention.end > mention.start and mention.kind in _OF_AN_OFFICE
    ]
