"""Short texts in five languages with what a careful reader finds in them, and how far tagging agrees.

Three sets, each written and labelled by people who knew neither the gazetteer nor the rules. `known` and `later` may
be looked at while these are worked on; of `unseen` only the sums are looked at, so that they tell how texts fare that
nobody has seen. A third of `known` and `unseen` was written to hold traps; `later` is plain news. A text's
`…_optional` values are neither right nor wrong.
"""

import datetime
import tomllib
from calendar import monthrange
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from articles.enrichment import Period, Tags, tag
from articles.gazetteer.files import read_gazetteer
from articles.text.normalize import fold

FOLDER = Path(__file__).parent
SETS = ("known", "later", "unseen")
KINDS = ("mentioned", "main", "ministers", "topics")


class Outcome(NamedTuple):
    """How tagging and reader agree on one kind of tag of one text."""

    text_id: str
    language: str
    kind: str
    right: set[str]
    wrong: set[str]
    missing: set[str]


def texts(name: str) -> list[dict[str, Any]]:
    """Return the labelled texts of a set, in the order of files and texts."""
    return [
        text
        for path in sorted((FOLDER / name).glob("*.toml"))
        for text in tomllib.loads(path.read_text(encoding="utf-8"))["text"]
    ]


def outcomes(name: str) -> list[Outcome]:
    """Tag the texts of a set and compare."""
    found = []
    for text in texts(name):
        tags = tag(text["title"], text["body"].strip(), text["language"], period(text["date"]), read_gazetteer())
        for kind in KINDS:
            got = _found(tags, kind, text)
            wanted, optional = set(text[kind]), set(text.get(f"{kind}_optional", []))
            found.append(
                Outcome(text["id"], text["language"], kind, got & wanted, got - wanted - optional, wanted - got)
            )
    return found


def period(date: str) -> Period | None:
    """Return the days that YYYY, YYYY-MM or YYYY-MM-DD means; None for an empty date."""
    if not date:
        return None
    year, month, day = [*map(int, date.split("-")), 0, 0][:3]
    first = datetime.date(year, month or 1, day or 1)
    return Period(first, first if day else datetime.date(year, month or 12, monthrange(year, month or 12)[1]))


def _found(tags: Tags, kind: str, text: dict[str, Any]) -> set[str]:
    if kind == "topics":
        return {each.key for each in tags.topics}
    if kind == "ministers":
        labels = [*text["ministers"], *text.get("ministers_optional", []), *text.get("not_ministers", [])]
        return {_label_of(each.key, labels) for each in tags.ministers}
    return {each.key for each in tags.countries if kind == "mentioned" or each.main}


def _label_of(slug: str, labels: list[str]) -> str:
    """Return which of the reader's names means this minister, the slug where none does."""
    spellings = _spellings()[slug]
    return next((label for label in labels if _words(label) in spellings), slug)


@lru_cache(maxsize=1)
def _spellings() -> dict[str, set[tuple[str, ...]]]:
    return {
        minister.slug: {_words(minister.name), *(_words(text) for _script, text in minister.spellings)}
        for minister in read_gazetteer().ministers
    }


def _words(name: str) -> tuple[str, ...]:
    return tuple(fold(name.replace("-", " ")).split())
