"""Where the words of a search stand in a text: marks for the page, and the passage that shows most of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from articles.models import Article
from articles.search.tree import And, Fuzzy, InTitle, Node, Or, Phrase, Prefer, Prefix, Same, Tagged, Word
from articles.text.analysis import query_stems, word_stems
from articles.text.edits import one_edit
from articles.text.stemming import language_of
from articles.text.tokens import Token, tokenize

Span = tuple[int, int]
LENGTH = 280
# Longer texts are looked through only so far: a snippet has to come in milliseconds.
SEARCHED = 60_000


@dataclass
class Marker:
    """What to mark of a tree: words by form or stem, beginnings, near words, phrases; and the people asked for."""

    exact: set[str] = field(default_factory=set)
    stems: set[str] = field(default_factory=set)
    prefixes: list[str] = field(default_factory=list)
    fuzzy: list[str] = field(default_factory=list)
    phrases: list[list[str]] = field(default_factory=list)
    ministers: set[str] = field(default_factory=set)
    # Words repeat: each is judged once.
    _judged: dict[tuple[str, str], bool] = field(default_factory=dict)

    @classmethod
    def of(cls, tree: Node | None) -> "Marker":
        """Return the marker of a tree; what stands under a Not is not looked for."""
        marker = cls()
        if tree is not None:
            marker._collect(tree)
        return marker

    def _collect(self, node: Node) -> None:
        if isinstance(node, And | Or | Same):
            for child in node.children:
                self._collect(child)
        elif isinstance(node, InTitle | Prefer):
            self._collect(node.child)
        elif isinstance(node, Tagged) and node.facet == "minister":
            self.ministers.update(node.values)
        elif isinstance(node, Phrase | Word | Prefix | Fuzzy):
            self._collect_words(node, tokenize(node.text))

    def _collect_words(self, node: Phrase | Word | Prefix | Fuzzy, tokens: list[Token]) -> None:
        folded = [token.folded for token in tokens]
        if not folded:
            return
        if isinstance(node, Prefix):
            self.prefixes.append(folded[-1])
        elif isinstance(node, Fuzzy):
            self.fuzzy.append(folded[-1])
        elif isinstance(node, Phrase) and node.slop:
            self.exact.update(folded)
        elif len(tokens) > 1:
            self.phrases.append(folded)
            self.exact.add("".join(folded))
        else:
            self.exact.add(folded[0])
            if isinstance(node, Word):
                self.stems.update(query_stems(tokens[0]))

    def spans(self, text: str, language: str) -> list[Span]:
        """Return where the words stand in `text`, which is in `language`, in order."""
        if not (self.exact or self.stems or self.prefixes or self.fuzzy or self.phrases):
            return []
        tokens = tokenize(text)
        spans = [(token.start, token.end) for token in tokens if self._is_wanted(token, language)]
        for phrase in self.phrases:
            size = len(phrase)
            for index, token in enumerate(tokens):
                if token.folded == phrase[0] and [other.folded for other in tokens[index : index + size]] == phrase:
                    spans.append((token.start, tokens[index + size - 1].end))
        return sorted(set(spans))

    def _is_wanted(self, token: Token, language: str) -> bool:
        key = (token.text, language)
        wanted = self._judged.get(key)
        if wanted is None:
            wanted = self._judged[key] = self._judge(token, language)
        return wanted

    def _judge(self, token: Token, language: str) -> bool:
        if token.folded in self.exact:
            return True
        if self.stems and not self.stems.isdisjoint(word_stems(token.folded, language_of(token.text, language))):
            return True
        return any(token.folded.startswith(prefix) for prefix in self.prefixes) or any(
            token.folded[:2] == wanted[:2] and one_edit(wanted, token.folded) for wanted in self.fuzzy
        )

    def spans_in(self, article: Article, name: str) -> list[Span]:
        """Return what to mark in an article's `title` or `body`: the words, and the names of the people asked for."""
        text = (article.title if name == "title" else article.body)[:SEARCHED]
        spans = self.spans(text, article.language)
        if self.ministers:
            spans += evidence(article, self.ministers, name, len(text))
        return sorted(set(spans))


def evidence(article: Article, slugs: Iterable[str], name: str, end: int) -> list[Span]:
    """Return where an article's tags of these ministers stand in its `title` or `body`, up to `end`."""
    wanted = set(slugs)
    return [
        (start, stop)
        for tag in article.minister_tags.all()
        if tag.minister.slug in wanted
        for place, start, stop, *_rule in tag.evidence
        if place == name and stop <= end
    ]


def marked(text: str, spans: Sequence[Span], start: int = 0, end: int | None = None) -> SafeString:
    """Return `text` from `start` to `end` as HTML, escaped, with `<mark>` around `spans` (overlapping ones as one)."""
    end = len(text) if end is None else end
    parts: list[str] = []
    place = start
    for left, right in _merged(spans):
        if right <= start or left >= end:
            continue
        left, right = max(left, start), min(right, end)
        parts += [escape(text[place:left]), "<mark>", escape(text[left:right]), "</mark>"]
        place = right
    parts.append(escape(text[place:end]))
    return mark_safe("".join(parts))  # every piece of the text is escaped above


def snippet(text: str, spans: Sequence[Span], length: int = LENGTH) -> SafeString:
    """Return the passage of about `length` characters that holds most of `spans`, marked; the beginning without any."""
    start, end = _window(text, _merged(spans), length)
    passage = marked(text, spans, start, end)
    before = "… " if start > 0 else ""
    after = " …" if end < len(text.rstrip()) else ""
    return mark_safe(f"{before}{passage}{after}")  # `marked` has escaped it


def _merged(spans: Sequence[Span]) -> list[Span]:
    merged: list[Span] = []
    for left, right in sorted(spans):
        if merged and left <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], right))
        else:
            merged.append((left, right))
    return merged


def _window(text: str, spans: Sequence[Span], length: int) -> Span:
    """Return the bounds of the passage to show, at the edges of words."""
    if len(text) <= length or not spans:
        return 0, _word_end(text, min(length, len(text)))
    best, most, first = 0, 0, 0
    for last, (_, right) in enumerate(spans):
        while first < last and right - spans[first][0] > length * 0.8:
            first += 1
        if last - first + 1 > most:
            best, most = first, last - first + 1
    left = max(0, spans[best][0] - length // 5)
    if left < length // 5:
        left = 0
    elif left:
        gap = text.find(" ", left, spans[best][0])
        left = gap + 1 if gap >= 0 else spans[best][0]
    return left, _word_end(text, min(len(text), left + length))


def _word_end(text: str, end: int) -> int:
    """Return `end` moved back to where a word ends, unless a very long word would leave nothing."""
    if end >= len(text):
        return len(text)
    gap = max(text.rfind(" ", end - 40, end), text.rfind("\n", end - 40, end))
    return gap if gap > 0 else end
