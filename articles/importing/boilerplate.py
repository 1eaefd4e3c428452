"""Lines that recur in a source's articles and belong to none of them: learned, kept in the database, left out.

"Subscribe to our channel", a bureau's address, the wire's signature: each source has its own, and no list knows them
all. A line is learned where it stands first or last in many of a source's latest articles. It is left out where it
stands there, never inside a text, and never where nothing else would be left. Editors see the lines in the admin and
can make one stay.
"""

import re
from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from articles.importing.cleaning import join
from articles.importing.cleaning.repeats import passage_key
from articles.models import Article, BoilerplateLine

# So many of a source's latest articles are looked at.
_WINDOW = 200
# In at least so many articles, and in this share of those looked at, a line is no accident.
_FEWEST = 10
_SHARE = 0.3
# A ministry ends readout after readout with the same sentence, and means it.
_FEWEST_SENTENCES = 40
_SHARE_SENTENCES = 0.9
_SENTENCE_END = re.compile(r"[.!?…؟۔][»”\"')\]]*$")
# So many paragraphs from either end are looked at; a longer one is a text of its own.
_FIRST = 1
_LAST = 3
_LONGEST = 300


@dataclass
class _Lines:
    """What is known of one source's lines. `known` holds what was learned: True where it is left out."""

    known: dict[str, bool]
    window: deque[frozenset[str]]
    counts: Counter[str]


@dataclass(frozen=True)
class Learned:
    """A line that was learned: in how many of how many articles of its source it stood."""

    source: str
    text: str
    articles: int
    seen: int

    def __str__(self) -> str:
        return (
            f"“{self.text[:200]}” stands in {self.articles} of the last {self.seen} articles of {self.source} "
            "and is left out as boilerplate."
        )


@dataclass
class Boilerplate:
    """The lines of the sources of one import, each source looked up once."""

    _sources: dict[str, _Lines] = field(default_factory=dict)
    _learned: list[Learned] = field(default_factory=list)

    def without(self, source: str, body: str) -> str:
        """Return a body without the lines that are known as its source's boilerplate."""
        known = self._lines(source).known
        return stripped(body, {key for key, left_out in known.items() if left_out}) if known else body

    def take_learned(self) -> list[Learned]:
        """Return what has become boilerplate since the last call."""
        learned, self._learned = self._learned, []
        return learned

    def note(self, source: str, body: str) -> None:
        """Count the lines of a new article's body; what is boilerplate from now on stands in `take_learned`."""
        lines = self._lines(source)
        ends = _ends(body.split("\n\n"))
        if len(lines.window) == _WINDOW:
            lines.counts.subtract(lines.window[0])
        lines.window.append(frozenset(ends))
        lines.counts.update(ends.keys())
        seen = len(lines.window)
        for key, text in ends.items():
            if key not in lines.known and _recurs(text, lines.counts[key], seen):
                lines.known[key] = True
                self._learned.append(Learned(source, text, lines.counts[key], seen))

    def _lines(self, source: str) -> _Lines:
        if source not in self._sources:
            rows = BoilerplateLine.objects.filter(source__name=source).values_list("text", "active")
            bodies = Article.objects.filter(source__name=source).order_by("-pk").values_list("body", flat=True)
            window = deque((frozenset(_ends(body.split("\n\n"))) for body in bodies[:_WINDOW]), maxlen=_WINDOW)
            counts = Counter(key for keys in window for key in keys)
            self._sources[source] = _Lines({passage_key(text): active for text, active in rows}, window, counts)
        return self._sources[source]


def stripped(body: str, keys: Iterable[str]) -> str:
    """Return a body without the lines of these keys at its ends; the body as it is where nothing would be left."""
    wanted = set(keys)
    kept = _without_first(body.split("\n\n"), wanted, _FIRST)
    kept = _without_first(kept[::-1], wanted, _LAST)[::-1]
    # A text of which most would go is made of such lines.
    return join(kept) if 2 * sum(map(len, kept)) >= len(body) and any(map(str.isalpha, "".join(kept))) else body


def _without_first(paragraphs: list[str], wanted: set[str], others: int) -> list[str]:
    """Return paragraphs without the wanted lines among the first; it looks until it has passed so many `others`."""
    kept: list[str] = []
    for index, paragraph in enumerate(paragraphs):
        if not (_is_line(paragraph) and passage_key(paragraph) in wanted):
            kept.append(paragraph)
            if len(kept) == others:
                return kept + paragraphs[index + 1 :]
    return kept


def _recurs(line: str, count: int, seen: int) -> bool:
    """Tell a line that stands in many articles; one that is written like a sentence must stand in nearly all."""
    if _SENTENCE_END.search(line):
        return count >= max(_FEWEST_SENTENCES, _SHARE_SENTENCES * seen)
    return count >= max(_FEWEST, _SHARE * seen)


def _ends(paragraphs: list[str]) -> dict[str, str]:
    """Return the lines that stand at the ends of a text, by key. A text of one paragraph has none."""
    if len(paragraphs) < 2:
        return {}
    first, last = paragraphs[:_FIRST], paragraphs[max(_FIRST, len(paragraphs) - _LAST) :]
    return {passage_key(line): line for line in (*first, *last) if _is_line(line)}


def _is_line(paragraph: str) -> bool:
    """Tell what may be boilerplate: a short paragraph with words in it that are not all hashtags, which name topics."""
    words = paragraph.split()
    return (
        len(paragraph) <= _LONGEST
        and any(letter.isalpha() for letter in paragraph)
        and not all(word.startswith("#") for word in words)
    )
