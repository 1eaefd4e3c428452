"""What an engine must do: keep documents, and answer a tree with filters in one call.

An engine is a Haystack backend that also has `answer(Request) -> Answer`. Which text counts as a match is said by
articles.text.analysis; what a search means is said by the tree. The same contract tests run against every engine.
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from articles.models import Article
from articles.search.tree import Fuzzy, Node, Prefix, Word

Order = Literal["relevance", "newest", "oldest"]
ARTICLE = "articles.article"
MOST_COPIES = 20
# So many words are looked for where a beginning, or a word with a letter open, stands for more.
MAX_EXPANSIONS = 200

REBUILD_HINT = "Run: python manage.py rebuild_index --noinput"


class EngineUnavailable(Exception):
    """The index cannot be used: missing, damaged, of another version. The message names the command that helps."""


@dataclass(frozen=True)
class Filters:
    """What narrows a search beside its words. Values inside a facet are ORed, unless the facet is in `all_of`.

    `about` holds main subjects (`country:RU`, `minister:…`, `topic:…`), all of which must hold. `first_day` and
    `last_day` (both inclusive, in the site's zone) bound the date: a month or a year matches where it overlaps them.
    `undated`: True only articles without a date, False none of them.
    """

    include: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    exclude: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    all_of: frozenset[str] = frozenset()
    about: tuple[str, ...] = ()
    first_day: datetime.date | None = None
    last_day: datetime.date | None = None
    undated: bool | None = None


@dataclass(frozen=True)
class Request:
    """One question to an engine. `tree` None means every article. `limit` None means all rows, 0 none.

    `order` may also be fields of the index, each with a minus before it for descending. `facets` names those to count.
    With `fold` near-copies share one row: the best-placed of them. Hidden articles are left out unless `hidden` is set.

    Of an index that holds other models too, only articles are asked for unless `models` says otherwise (None: all).
    `documents` asks for what the index keeps of each row. `counted` are trees of which it is counted how many of the
    found match them.
    """

    tree: Node | None = None
    filters: Filters = field(default_factory=Filters)
    order: Order | tuple[str, ...] = "relevance"
    offset: int = 0
    limit: int | None = 20
    facets: tuple[str, ...] = ()
    histogram: bool = False
    fold: bool = False
    hidden: bool = False
    models: tuple[str, ...] | None = (ARTICLE,)
    documents: bool = False
    counted: tuple[Node, ...] = ()


@dataclass(frozen=True)
class Document:
    """What an index keeps of a row: Haystack's name for the object, its model and key, and the values of its fields."""

    identifier: str
    model: str
    pk: str
    fields: Mapping[str, Any]


@dataclass(frozen=True)
class Answer:
    """The rows asked for and the numbers around them.

    `ids` are article ids in order (0 for another model's object), `scores` theirs; `copies` says how many near-copies
    a row stands for. `total` counts articles, `stories` counts near-copies once. `facets` maps facet -> value -> count,
    values without a match left out. `days` counts articles by day in the site's zone (a month or year by its first day)
    whatever the chosen dates are, `undated` those without a date. `documents` and `counted` are as asked for.
    """

    ids: tuple[int, ...] = ()
    scores: tuple[float, ...] = ()
    copies: Mapping[int, int] = field(default_factory=dict)
    copy_ids: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    total: int = 0
    stories: int = 0
    facets: Mapping[str, Mapping[Any, int]] = field(default_factory=dict)
    days: Mapping[datetime.date, int] = field(default_factory=dict)
    undated: int = 0
    documents: tuple[Document, ...] = ()
    counted: tuple[int, ...] = ()
    unknown: tuple[Word, ...] = ()
    cut: tuple[Prefix | Fuzzy, ...] = ()


class SearchEngine(Protocol):
    """The contract, beside Haystack's own update, remove and clear."""

    def answer(self, request: Request) -> Answer:
        """Answer a request. Raises EngineUnavailable."""
        ...

    def words(self, beginning: str, *, titles: bool = False) -> Mapping[str, int]:
        """Return the folded words of articles (or of their titles) that begin so -> in how many they stand, about.

        Hidden articles' words are among them: what a reader is shown must be asked of `holding` first. Raises
        EngineUnavailable.
        """
        ...

    def holding(self, words: Iterable[str], *, titles: bool = False) -> Mapping[str, int]:
        """Return for each folded word how many visible articles (or titles) hold it as written.

        Raises EngineUnavailable.
        """
        ...

    def bring_up_to_date(self, article_ids: Iterable[int]) -> None:
        """Make the index hold these articles as the database has them now, in one commit; those that are no longer
        there are taken out. Raises EngineUnavailable.
        """
        ...

    def ids(self) -> set[int]:
        """Return the ids of all articles in the index. Raises EngineUnavailable."""
        ...

    def differing(self, articles: Iterable[Article]) -> list[int]:
        """Return the ids of those of `articles` that the index lacks, or of which it holds something else than what it
        would be told now. Raises EngineUnavailable.
        """
        ...

    def damage(self) -> list[str]:
        """Return a sentence on each part of the index that is not what was written. Reads all of it. Raises
        EngineUnavailable.
        """
        ...

    def rebuild(self) -> "Rebuild":
        """Start a new index beside the live one, which goes on answering until the new one replaces it.

        Goes on with one that was abandoned. What is written into the live one meanwhile, the new one learns too.
        """
        ...


class Rebuild(Protocol):
    """A new index in the making."""

    def add(self, articles: object) -> int:
        """Index a batch of articles; return how many."""
        ...

    def finish(self) -> None:
        """Make the new index the live one, in one step."""
        ...

    def abandon(self) -> None:
        """Stop; the live index stays, and the next rebuild goes on with what was made."""
        ...
