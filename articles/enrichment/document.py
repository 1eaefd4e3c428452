"""A text to tag: title and body as words, what these may be, and where sentences and the lead end."""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property

from articles.enrichment.matcher import Lexicon, Reading
from articles.enrichment.tags import Place, Rule
from articles.text.tokens import Words, words_of

# Characters. The lead is the first paragraph, within these bounds: posts and wires break after each sentence.
SHORTEST_LEAD, LONGEST_LEAD = 200, 600

# What may stand between two words of one name: a space, hyphen or line break, a possessive, an elided article, a quote.
_GAP = re.compile(r"(?:['’ʼ][sS]?)?[ \t\u00a0\u200b-\u200f-]*\n?[ \t]*[-‐‑]?[\"“«'‘]?(?:[lLdD]['’])?")
_PLAIN_GAPS = frozenset({" ", "-", ""})
_ABBREVIATION_GAP = re.compile(r"\.[ \u00a0-]?")
# "MOSCOW, July 3 (TASS) - ", "CARACAS, Venezuela — ", «القاهرة / الوكالة - »: the start of a text, up to a dash.
_DATELINE = re.compile(r"\s*(?:[A-ZА-ЯЁÀ-Ý][A-ZА-ЯЁÀ-Ý.]{2,}[^\n]{0,60}?|[\u0600-\u06ff /]{3,25}?)\s?(?:--|[-–—])\s")
_SENTENCE_END = re.compile(r"[.!?؟…][\"”»’)]*\s+|\n+")


@dataclass(frozen=True, eq=False)
class Part:
    """The title or the body: its words, and what they may be."""

    name: str
    text: str
    words: Words = field(repr=False)
    reading: Reading = field(repr=False)

    def joined(self, index: int) -> bool:
        """Whether word `index` and the one before it may be words of one name (no comma, no end of a sentence)."""
        before = self.words.ends[index - 1]
        gap = self.text[before : self.words.starts[index]]
        if gap in _PLAIN_GAPS:
            return True
        if gap[0] == ".":
            word = self.words.texts[index - 1]
            short = len(word) == 1 or (len(word) <= 3 and word[0].isupper())
            return short and _ABBREVIATION_GAP.fullmatch(gap) is not None
        return _GAP.fullmatch(gap) is not None

    def chained(self, start: int, end: int) -> bool:
        """Whether all words from `start` to before `end` are joined to one another."""
        return all(self.joined(index) for index in range(start + 1, end))

    def written(self, start: int, end: int) -> str:
        """Return the text of the words from `start` to before `end`."""
        return self.text[self.words.starts[start] : self.words.ends[end - 1]]

    def place(self, start: int, end: int, rule: Rule) -> Place:
        """Return the characters of the words from `start` to before `end`, as evidence found by `rule`."""
        return Place(self.name, self.words.starts[start], self.words.ends[end - 1], rule)

    @cached_property
    def _sentence_ends(self) -> list[int]:
        return [match.end() for match in _SENTENCE_END.finditer(self.text)]

    def sentence_of(self, offset: int) -> int:
        """Return the number of the sentence at a character."""
        return bisect_right(self._sentence_ends, offset)

    def sentence_at(self, index: int) -> int:
        """Return the number of the sentence of a word."""
        return bisect_right(self._sentence_ends, self.words.starts[index])

    @cached_property
    def is_heading(self) -> bool:
        """Whether this is a title with a capital on nearly every word, so that capitals say nothing."""
        if self.name != "title":
            return False
        words = [text for text in self.words.texts if len(text) > 3]
        return len(words) > 2 and sum(map(_is_capital, words)) > 0.8 * len(words)

    @cached_property
    def written_small(self) -> frozenset[str]:
        """The words that stand somewhere without a capital, folded."""
        pairs = zip(self.words.texts, self.reading.folded, strict=True)
        return frozenset(folded for text, folded in pairs if not _is_capital(text))

    @cached_property
    def dateline_end(self) -> int:
        """The character where the dateline ends; 0: there is none."""
        match = _DATELINE.match(self.text) if self.name == "body" else None
        return match.end() if match else 0

    @cached_property
    def lead_end(self) -> int:
        """The character where the lead ends; all of a title is lead."""
        if self.name == "title":
            return len(self.text)
        first = self.text.find("\n\n")
        if first < 0:
            # One block of text: its first sentences stand for a paragraph.
            first = next((end for end in self._sentence_ends if end >= SHORTEST_LEAD), len(self.text))
        return min(max(first, SHORTEST_LEAD), LONGEST_LEAD, len(self.text))


def _is_capital(text: str) -> bool:
    return text[:1].isupper()


def parts_of(title: str, body: str, language: str, lexicon: Lexicon) -> list[Part]:
    """Return the parts of an article that hold words, title first."""
    parts = []
    for name, text in (("title", title), ("body", body)):
        if text:
            words = words_of(text)
            parts.append(Part(name, text, words, lexicon.read(words, text, language)))
    return parts
