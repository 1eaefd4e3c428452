"""What a search marks in an article: its words, phrases and near words, and the people asked for in any script."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from articles.models import Article
from articles.search.snippets.finding import Finder, Match
from articles.search.snippets.needles import PART, Needles
from articles.search.tree import And, Fuzzy, InTitle, Node, Or, Phrase, Prefer, Prefix, Same, Tagged, Word

Span = tuple[int, int]
# Longer texts are looked through only so far: a snippet has to come in milliseconds.
SEARCHED = 60_000


@dataclass
class Marker:
    """What to mark of a tree in texts and in titles, each word of the query with a bit of its own."""

    anywhere: Needles = field(default_factory=Needles)
    # What is looked for in titles: the same, and what was asked for in titles only.
    titles: Needles = field(default_factory=Needles)
    ministers: dict[str, int] = field(default_factory=dict)
    _next: int = PART << 1
    _finders: dict[tuple[int, str], Finder] = field(default_factory=dict)

    @classmethod
    def of(cls, tree: Node | None) -> "Marker":
        """Return the marker of a tree; what stands under a Not is not looked for."""
        marker = cls()
        if tree is not None:
            marker._collect(tree)
        return marker

    def _collect(self, node: Node) -> int:
        """Look for what a tree asks for; return the bits of its words."""
        if isinstance(node, And | Or):
            return self._collect_all(node.children)
        if isinstance(node, Same):
            # The name in another script stands for the words of the query that it says.
            people = [child for child in node.children if isinstance(child, Tagged)]
            bits = self._collect_all(tuple(child for child in node.children if not isinstance(child, Tagged)))
            for child in people:
                bits |= self._ask_for(child, bits)
            return bits
        if isinstance(node, Prefer):
            return self._collect(node.child)
        if isinstance(node, Tagged):
            return self._ask_for(node, 0)
        if isinstance(node, Word | Prefix | Fuzzy | Phrase | InTitle):
            return self._look_for(node)
        return 0

    def _collect_all(self, nodes: tuple[Node, ...]) -> int:
        bits = 0
        for node in nodes:
            bits |= self._collect(node)
        return bits

    def _look_for(self, node: Word | Prefix | Fuzzy | Phrase | InTitle) -> int:
        bit = self._new_bit()
        if isinstance(node, InTitle):
            self.titles.add(node.child, bit)
        else:
            self.titles.add(node, bit)
            self.anywhere.add(node, bit)
        return bit

    def _ask_for(self, node: Tagged, bits: int) -> int:
        """Mark a tag's people, as the query's words `bits` or else as a word of their own."""
        slugs = node.values if node.facet == "minister" else ()
        if node.facet == "about":
            slugs = tuple(value.removeprefix("minister:") for value in node.values if value.startswith("minister:"))
        if slugs and not bits:
            bits = self._new_bit()
        for slug in slugs:
            self.ministers[slug] = self.ministers.get(slug, 0) | bits
        return bits

    def _new_bit(self) -> int:
        bit, self._next = self._next, self._next << 1
        return bit

    def spans(self, text: str, language: str) -> list[Span]:
        """Return where the words stand in `text`, which is no title and in `language`, in order."""
        return _spans(self.matches(text, language))

    def spans_in(self, article: Article, name: str) -> list[Span]:
        """Return what to mark in an article's `title` or `body`."""
        return _spans(self.matches_in(article, name))

    def matches(self, text: str, language: str) -> list[Match]:
        """Return what matches in `text`, which is no title and in `language`, in order."""
        return self._found(self.anywhere, text, language)

    def matches_in(self, article: Article, name: str) -> list[Match]:
        """Return what matches in an article's `title` or `body`: the words, and the names of the people asked for."""
        # A title made from the text is no title to the index.
        needles = self.titles if name == "title" and not article.title_made else self.anywhere
        text = article.title if name == "title" else article.body
        matches = self._found(needles, text, article.language)
        if self.ministers:
            matches = sorted({*matches, *evidence(article, self.ministers, name, min(len(text), SEARCHED))})
        return matches

    def _found(self, needles: Needles, text: str, language: str) -> list[Match]:
        finder = self._finders.setdefault((id(needles), language), Finder(needles, language))
        if len(text) <= SEARCHED:
            return finder.find(text)
        # The word at the end may be cut.
        return [match for match in finder.find(text[:SEARCHED]) if match.end < SEARCHED]


def evidence(article: Article, ministers: Mapping[str, int], name: str, end: int) -> list[Match]:
    """Return where an article's tags of these ministers stand in its `title` or `body`, up to `end`.

    `ministers` maps slugs to the query's words that ask for them.
    """
    found = []
    for tag in article.minister_tags.all():
        if tag.minister.slug in ministers:
            for entry in tag.evidence if isinstance(tag.evidence, list) else []:
                match entry:
                    case [str(place), int(start), int(stop), *_rule] if place == name and 0 <= start < stop <= end:
                        found.append(Match(start, stop, ministers[tag.minister.slug]))
    return found


def _spans(matches: list[Match]) -> list[Span]:
    return sorted({(match.start, match.end) for match in matches})
