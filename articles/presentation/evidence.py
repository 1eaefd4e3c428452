"""An article's text cut into pieces: what a tag rests on, with what it speaks for and by which rule, and the words of
the search that the reader came from."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
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
    here, `anchor` is that passage's id. A match of a search reaches over one piece or several: `opens` holds its number
    where one begins (0 where it goes on from another paragraph, None where none begins), `closes` says that one ends.
    """

    text: str
    title: str = ""
    tags: str = ""
    starts: str = ""
    anchor: str = ""
    opens: int | None = None
    closes: bool = False


Paragraph = tuple[Piece, ...]
# Where words of a search stand in a text: in order, none overlapping.
Matches = Sequence[tuple[int, int]]


def marked_title(article: Article, language: str, ministers: Mapping[str, str], matches: Matches = ()) -> Paragraph:
    """Return the article's title in pieces; see `marked_paragraphs`."""
    marks = _Marks(article.title, _spans(article, "title", language, ministers), matches, 1)
    return tuple(marks.pieces(0, len(article.title)))


def marked_paragraphs(
    article: Article, language: str, ministers: Mapping[str, str], matches: Matches = (), first: int = 1
) -> list[Paragraph]:
    """Return the article's body as paragraphs in pieces.

    `language` is the reader's, for the names of countries and topics; `ministers` gives names by slug. `matches` are
    numbered from `first`.
    """
    marks = _Marks(article.body, _spans(article, "body", language, ministers), matches, first)
    return [tuple(marks.pieces(start, end)) for start, end in _paragraphs(article.body)]


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


class _Marks:
    """Cuts a text where passages start and end; goes through it once, however many there are."""

    def __init__(self, text: str, spans: list[Span], matches: Matches, first: int) -> None:
        self._text = text
        self._match_starts = [start for start, _end in matches]
        self._match_ends = [end for _start, end in matches]
        self._first = first
        # With their numbers: what is named first stays first.
        self._spans = sorted(enumerate(spans), key=lambda numbered: numbered[1].passage.start)
        self._starts = [span.passage.start for _number, span in self._spans]
        self._ends = sorted(span.passage.end for span in spans)
        self._passed = 0
        self._titles, self._keys = _Holding(), _Holding()

    def pieces(self, start: int, end: int) -> Iterator[Piece]:
        """Yield the pieces of the characters `start` to `end`; to be asked from the left to the right."""
        cuts = {start, end}
        for places in (self._starts, self._ends, self._match_starts, self._match_ends):
            cuts.update(_between(places, start, end))
        for first, last in pairwise(sorted(cuts)):
            starting = self._go_to(first)
            yield Piece(
                self._text[first:last],
                "; ".join(self._titles.at(first)),
                " ".join(self._keys.at(first)),
                " ".join(dict.fromkeys(span.key for span in starting)),
                starting[0].passage.anchor if starting else "",
                *self._match(first, last, start, end),
            )

    def _match(self, first: int, last: int, start: int, end: int) -> tuple[int | None, bool]:
        """Return of the piece `first` to `last` of a paragraph which match opens there, and whether one closes."""
        index = bisect_right(self._match_starts, first) - 1
        if index < 0 or self._match_ends[index] <= first:
            return None, False
        opens = self._first + index if self._match_starts[index] == first else 0 if first == start else None
        return opens, last in (self._match_ends[index], end)

    def _go_to(self, place: int) -> list[Span]:
        """Take in all passages that start up to `place`; return those that start there."""
        until = bisect_right(self._starts, place, self._passed)
        reached, self._passed = self._spans[self._passed : until], until
        for number, span in reached:
            self._titles.add(span.title, number, span.passage.end)
            self._keys.add(span.key, number, span.passage.end)
        return [span for _number, span in reached if span.passage.start == place]


class _Holding:
    """Texts, each of which holds as long as a span that says it does; in the order of the first of these spans."""

    def __init__(self) -> None:
        self._spans: dict[str, list[tuple[int, int]]] = {}

    def add(self, text: str, number: int, end: int) -> None:
        """Let `text` hold up to `end`, by the span with this number."""
        heappush(self._spans.setdefault(text, []), (number, end))

    def at(self, place: int) -> list[str]:
        """Return the texts that hold at `place`, and forget what has ended."""
        for text, spans in list(self._spans.items()):
            while spans and spans[0][1] <= place:
                heappop(spans)
            if not spans:
                del self._spans[text]
        return sorted(self._spans, key=lambda text: self._spans[text][0])


def _between(places: list[int], start: int, end: int) -> list[int]:
    """Return those of the sorted `places` that lie behind `start` and before `end`."""
    return places[bisect_right(places, start) : bisect_left(places, end)]
