"""An article's text cut into pieces, those that a tag rests on marked with what they speak for and by which rule."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from articles.models import Article
from articles.presentation.rules import rule_in_words
from articles.search.facets import country_name

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
# Where a sentence ends, for who reads it: an abbreviation may be taken for one, which costs a few words of context.
_SENTENCE_END = re.compile(r"[.!?؟…。](?:[\"'»”)\]]*)\s+|\n+")


@dataclass(frozen=True)
class Passage:
    """Characters `start` to `end` of `field` ("title" or "body"), found by `rule` (empty: not known)."""

    field: str
    start: int
    end: int
    rule: str = ""

    @property
    def anchor(self) -> str:
        """The id under which a page has it."""
        return f"{self.field}-{self.start}"


@dataclass(frozen=True)
class Span:
    """A passage that speaks for the tag `key`, whose name is `label`."""

    passage: Passage
    key: str
    label: str

    @property
    def title(self) -> str:
        """What it speaks for, and why."""
        rule = rule_in_words(self.passage.rule)
        return f"{self.label}: {rule}" if rule else self.label


@dataclass(frozen=True)
class Piece:
    """A run of plain text; `title` names what it is evidence for, empty where it is none.

    `tags` are the keys of the tags that it speaks for, parted by spaces; `starts` of those of which a passage starts
    here, `anchor` is that passage's id.
    """

    text: str
    title: str = ""
    tags: str = ""
    starts: str = ""
    anchor: str = ""


Paragraph = tuple[Piece, ...]


def marked_title(article: Article, language: str, ministers: Mapping[str, str]) -> Paragraph:
    """Return the article's title in pieces; see `marked_paragraphs`."""
    return tuple(_pieces(article.title, 0, len(article.title), _spans(article, "title", language, ministers)))


def marked_paragraphs(article: Article, language: str, ministers: Mapping[str, str]) -> list[Paragraph]:
    """Return the article's body as paragraphs in pieces.

    `language` is the reader's, for the names of countries and topics; `ministers` gives names by slug.
    """
    spans = _spans(article, "body", language, ministers)
    return [tuple(_pieces(article.body, start, end, spans)) for start, end in _paragraphs(article.body)]


def _paragraphs(body: str) -> Iterable[tuple[int, int]]:
    edges = [0, *(edge for match in _BLANK_LINE.finditer(body) for edge in match.span()), len(body)]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        text = body[start:end]
        if text.strip():
            yield start + len(text) - len(text.lstrip()), end - len(text) + len(text.rstrip())


def passages(article: Article, evidence: object) -> list[Passage]:
    """Return the passages of a tag's `evidence` that are there, in reading order, one for each place where one starts.

    The text may have been edited since it was tagged: a passage that lies outside it is no evidence any more.
    """
    texts = {"title": article.title, "body": article.body}
    found: dict[tuple[bool, int], Passage] = {}
    for passage in _well_formed(evidence, texts):
        text = texts[passage.field][passage.start : passage.end]
        start = passage.start + len(text) - len(text.lstrip())
        if text.strip():
            place = (passage.field != "title", start)
            found.setdefault(place, Passage(passage.field, start, start + len(text.strip()), passage.rule))
    return [found[place] for place in sorted(found)]


def _well_formed(evidence: object, texts: Mapping[str, str]) -> Iterator[Passage]:
    for entry in evidence if isinstance(evidence, list) else []:
        match entry:
            case [str(field), int(start), int(end), *rest] if field in texts and 0 <= start < end <= len(texts[field]):
                yield Passage(field, start, end, rest[0] if rest and isinstance(rest[0], str) else "")


def words_of(article: Article, passage: Passage) -> str:
    """Return the words of a passage on one line."""
    text = article.title if passage.field == "title" else article.body
    return " ".join(text[passage.start : passage.end].split())


def quotations(article: Article, evidence: object, around: int = 30) -> list[tuple[str, str, str]]:
    """Return each passage of a tag's `evidence` as (before, passage, after), for an editor to read at a glance."""
    quoted = []
    for passage in passages(article, evidence):
        text = article.title if passage.field == "title" else article.body
        before, after = text[max(0, passage.start - around) : passage.start], text[passage.end : passage.end + around]
        quoted.append((before.replace("\n", " "), words_of(article, passage), after.replace("\n", " ")))
    return quoted


def in_sentence(article: Article, passage: Passage, most: int = 200) -> tuple[str, str, str]:
    """Return (before, passage, after) with the rest of its sentence, at most so many characters on either side."""
    text = article.title if passage.field == "title" else article.body
    before = _SENTENCE_END.split(text[max(0, passage.start - most) : passage.start])[-1]
    if len(before) == most:
        before = f"…{before}"
    after = text[passage.end : passage.end + most]
    end = _SENTENCE_END.search(after)
    if end:
        after = after[: end.end()].rstrip()
    elif len(after) == most:
        after = f"{after}…"
    return before.replace("\n", " "), words_of(article, passage), after.replace("\n", " ")


def country_key(code: str) -> str:
    """Return the key of a country's tag within a page."""
    return f"country-{code}"


def minister_key(slug: str) -> str:
    """Return the key of a minister's tag within a page."""
    return f"minister-{slug}"


def topic_key(slug: str) -> str:
    """Return the key of a topic's tag within a page."""
    return f"topic-{slug}"


def _spans(article: Article, field: str, language: str, ministers: Mapping[str, str]) -> list[Span]:
    labelled = [
        (tag, country_key(tag.country_id), country_name(tag.country_id, language)) for tag in article.country_tags.all()
    ]
    labelled += [
        (tag, minister_key(tag.minister.slug), ministers[tag.minister.slug]) for tag in article.minister_tags.all()
    ]
    labelled += [(tag, topic_key(tag.topic.slug), tag.topic.name_in(language)) for tag in article.topic_tags.all()]
    return [
        Span(passage, key, label)
        for tag, key, label in labelled
        for passage in passages(article, tag.evidence)
        if passage.field == field
    ]


def _pieces(text: str, start: int, end: int, spans: list[Span]) -> Iterable[Piece]:
    inside = [span for span in spans if span.passage.start < end and span.passage.end > start]
    cuts = {start, end}
    cuts.update(max(start, span.passage.start) for span in inside)
    cuts.update(min(end, span.passage.end) for span in inside)
    for first, last in pairwise(sorted(cuts)):
        here = [span for span in inside if span.passage.start <= first and span.passage.end >= last]
        starting = [span for span in here if span.passage.start == first]
        yield Piece(
            text[first:last],
            "; ".join(dict.fromkeys(span.title for span in here)),
            " ".join(dict.fromkeys(span.key for span in here)),
            " ".join(dict.fromkeys(span.key for span in starting)),
            starting[0].passage.anchor if starting else "",
        )
