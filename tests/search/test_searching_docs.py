"""What docs/searching.md says of odd queries is what the program does: the table is made here.

    python -m tests.search.test_searching_docs

writes it anew.
"""

import os
import re
from pathlib import Path
from typing import Any

import pytest

DOCUMENT = Path(__file__).parents[2] / "docs/searching.md"
BEGIN, END = "<!-- odd queries: made by tests/search/test_searching_docs.py -->", "<!-- end of odd queries -->"

QUERIES = (
    "gaza truce OR ceasefire",
    "gaza or truce",
    "(gaza OR lebanon) truce -unrwa",
    "gaza NOT (hamas OR unrwa)",
    "NOT NOT truce",
    "the truce in gaza",
    "the",
    '"The The"',
    '"two-state solution"~3',
    "“двух государств” решение",
    "Лаврова",
    "lavrov -лавров",
    '"lavrov"',
    "وزير الخارجية الأردني",
    "أمير عبد اللهيان",
    "al-Sabah",
    "#RussiaASEAN",
    "U.S.-led C++",
    "🇷🇺 🇮🇷",
    "Turkiye OR Türkiye",
    "country:روسيا",
    "country:Atlantis oil",
    "minister:lavrov topic:gaza lang:ar",
    "about:Congo",
    "about:RU after:2023-10-01 before:2024",
    "after:yesterday",
    "subtitle:gaza",
    "10:30 https://example.org/a",
    "diplom* Netanjahu~ gaza~3",
    "di* x~",
    "[a TO z] *a* a^5",
    "text_exact:gaza AND *:*",
    'truce "gaza',
    "truce) ((gaza",
    "OR gaza AND",
    "-",
    "?!",
)


def table() -> str:
    """Return the table as Markdown: what is typed, what it asks for, what the page says."""
    from articles.search.params import SearchParams
    from articles.search.planning import plan
    from articles.search.wording import in_words

    rows = ["| you type | it asks for | the page says |", "| --- | --- | --- |"]
    for query in QUERIES:
        planned = plan(SearchParams(q=query))
        asked = in_words(planned.tree) if planned.tree is not None else "nothing: it is said to be not understood"
        notes = [f"Also found: articles tagged with {note.name}, in any script." for note in planned.names]
        said = " ".join((*planned.messages, *notes))
        rows.append(f"| `{query}` | {_plain(asked)} | {_plain(said)} |")
    return "\n".join(rows)


def _plain(text: str) -> str:
    """Return `text` with what Markdown would take for its own signs escaped."""
    return re.sub(r"([*|_\[\]<])", r"\\\1", text)


def written() -> str:
    text = DOCUMENT.read_text(encoding="utf-8")
    return text.partition(BEGIN)[2].partition(END)[0].strip()


@pytest.mark.django_db
def test_the_table_of_odd_queries_says_what_the_program_does(monkeypatch: pytest.MonkeyPatch) -> None:
    use_whole_gazetteer(monkeypatch)
    assert written() == table(), "Write it anew: python -m tests.search.test_searching_docs"


def use_whole_gazetteer(patch: Any) -> None:
    from articles.gazetteer.files import read_gazetteer
    from articles.search import names

    known = names.Names(read_gazetteer())
    patch.setattr(names, "current", lambda: known)


def main() -> None:
    """Put the table into the document."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    use_whole_gazetteer(pytest.MonkeyPatch())
    text = DOCUMENT.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    DOCUMENT.write_text(f"{before}{BEGIN}\n\n{table()}\n\n{END}{rest.partition(END)[2]}", encoding="utf-8")


if __name__ == "__main__":
    main()
