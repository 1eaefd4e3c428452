"""The tree that a query is read into, and that an engine answers. Values only: no engine, no database.

Leaves carry the place in the typed query that they come from, which takes no part in comparing two trees.
"""

import datetime
from dataclasses import dataclass, field
from typing import Any, Literal, Union

Node = Union[
    "Word", "Prefix", "Fuzzy", "Phrase", "InTitle", "Field", "Tagged", "Dated", "Compared",
    "Not", "And", "Or", "Same", "Prefer",
]  # fmt: skip
Place = tuple[int, int]
Relation = Literal["equals", "between", "begins", "ends", "contains", "words", "word_begins", "near"]


@dataclass(frozen=True)
class Word:
    """A word in any of its forms."""

    text: str
    place: Place = field(default=(0, 0), compare=False, repr=False)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Prefix:
    """All words that begin with `text`."""

    text: str
    place: Place = field(default=(0, 0), compare=False, repr=False)

    def __str__(self) -> str:
        return f"{self.text}*"


@dataclass(frozen=True)
class Fuzzy:
    """All words that differ from `text` by one letter at most."""

    text: str
    place: Place = field(default=(0, 0), compare=False, repr=False)

    def __str__(self) -> str:
        return f"{self.text}~"


@dataclass(frozen=True)
class Phrase:
    """Exactly these words in this order (slop 0), or these words within `slop` further words in any order."""

    text: str
    slop: int = 0
    place: Place = field(default=(0, 0), compare=False, repr=False)

    def __str__(self) -> str:
        return f'"{self.text}"' + (f"~{self.slop}" if self.slop else "")


@dataclass(frozen=True)
class InTitle:
    """What stands in the title."""

    child: Word | Prefix | Fuzzy | Phrase

    def __str__(self) -> str:
        return f"title:{self.child}"


@dataclass(frozen=True)
class Field:
    """A named field's value as typed (`country:Russia`), before it is known what it names."""

    name: str
    value: str
    place: Place = field(default=(0, 0), compare=False, repr=False)

    def __str__(self) -> str:
        special = self.value.startswith("-") or any(letter.isspace() or letter in '":()' for letter in self.value)
        return f"{self.name}:{self.value}" if not special else f'{self.name}:"{self.value}"'


@dataclass(frozen=True)
class Tagged:
    """Articles that carry one of `values` in a facet; facet `about` holds main subjects (country:RU, topic:gaza)."""

    facet: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Dated:
    """Articles whose date covers a day from `first` to `last`, both inclusive (in the site's zone; None: open)."""

    first: datetime.date | None = None
    last: datetime.date | None = None


@dataclass(frozen=True)
class Compared:
    """Documents with a value in an index's field that stands in `relation` to `values`; no query as typed makes it.

    `equals` one of the values (None: the document has none), `between` two ends (None: open; `without_ends` says
    which of them are left out). The others compare texts with one value: they begin or end with it or contain it,
    have all its words as whole words, as beginnings of words (`word_begins`), or each but for one letter (`near`).

    A day is all of its moments in the site's zone. What cannot be a value of the field equals nothing.
    """

    field: str
    relation: Relation = "equals"
    values: tuple[Any, ...] = ()
    without_ends: tuple[bool, bool] = (False, False)

    def __str__(self) -> str:
        values = ", ".join(str(value)[:80] for value in self.values[:5])
        return f"{self.field} {self.relation} [{values}{', …' if len(self.values) > 5 else ''}]"


@dataclass(frozen=True)
class Not:
    """Everything but `child`."""

    child: Node

    def __str__(self) -> str:
        child = _grouped(self.child)
        return f"NOT {child}" if child.startswith("-") else f"-{child}"


@dataclass(frozen=True)
class And:
    """All of `children` (two or more)."""

    children: tuple[Node, ...]

    def __str__(self) -> str:
        return " ".join(_grouped(child) if isinstance(child, And) else str(child) for child in self.children)


@dataclass(frozen=True)
class Or:
    """One of `children` (two or more), or several."""

    children: tuple[Node, ...]

    def __str__(self) -> str:
        return " OR ".join(_grouped(child) for child in self.children)


@dataclass(frozen=True)
class Same:
    """Several ways to say one thing: what matches one of `children`, no better for matching several."""

    children: tuple[Node, ...]


@dataclass(frozen=True)
class Prefer:
    """What matches `child`, and of it rather what matches `preferred` too."""

    child: Node
    preferred: Node


def _grouped(node: Node) -> str:
    return f"({node})" if isinstance(node, And | Or) else str(node)
