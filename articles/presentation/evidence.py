"""An article's text cut into pieces, those that a tag rests on marked with what they speak for."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from articles.models import Article
from articles.search.facets import country_name

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")


@dataclass(frozen=True)
class Span:
    """A passage from `start` to `end` (offsets in characters) that speaks for `label`."""

    start: int
    end: int
    label: str


@dataclass(frozen=True)
class Piece:
    """A run of plain text; `title` names what it is evidence for, empty where it is none."""

    text: str
    title: str = ""


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


def quotations(article: Article, evidence: Iterable[object], around: int = 30) -> list[tuple[str, str, str]]:
    """Return each passage of a tag's `evidence` as (before, passage, after), for an editor to read at a glance."""
    texts = {"title": article.title, "body": article.body}
    quoted = []
    for field, start, end in _well_formed(evidence, texts):
        text = texts[field]
        before, after = text[max(0, start - around) : start], text[end : end + around]
        quoted.append((before.replace("\n", " "), text[start:end], after.replace("\n", " ")))
    return quoted


def _well_formed(evidence: Iterable[object], texts: dict[str, str]) -> Iterable[tuple[str, int, int]]:
    # The text may have been edited since it was tagged: a passage that lies outside it is no evidence any more.
    for entry in evidence if isinstance(evidence, list) else []:
        match entry:
            case [str(field), int(start), int(end)] if field in texts and 0 <= start < end <= len(texts[field]):
                yield field, start, end


def _spans(article: Article, field: str, language: str, ministers: Mapping[str, str]) -> list[Span]:
    labelled = [(tag, country_name(tag.country_id, language)) for tag in article.country_tags.all()]
    labelled += [(tag, ministers[tag.minister.slug]) for tag in article.minister_tags.all()]
    labelled += [(tag, tag.topic.name_in(language)) for tag in article.topic_tags.all()]
    texts = {"title": article.title, "body": article.body}
    return [
        Span(start, end, label)
        for tag, label in labelled
        for where, start, end in _well_formed(tag.evidence, texts)
        if where == field
    ]


def _pieces(text: str, start: int, end: int, spans: list[Span]) -> Iterable[Piece]:
    inside = [span for span in spans if span.start < end and span.end > start]
    cuts = {start, end}
    cuts.update(max(start, span.start) for span in inside)
    cuts.update(min(end, span.end) for span in inside)
    for first, last in pairwise(sorted(cuts)):
        labels = dict.fromkeys(span.label for span in inside if span.start <= first and span.end >= last)
        yield Piece(text[first:last], ", ".join(labels))
