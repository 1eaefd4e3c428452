"""How well saved pages are read, beside plain trafilatura on the same pages.

`python tests/benchmarks/page_extraction.py [--all]` reads the labelled pages of the acceptance data (ACCEPTANCE_DATA,
default: `shared` beside the project) and prints how many titles are right (words equal), how many dates are within a
day, how many phrases that belong to the text are in it, and how many that do not are not. `--all` also lists misses.
"""

import datetime
import gzip
import json
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import django

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = Path(os.environ.get("ACCEPTANCE_DATA", ROOT.parent / "shared")) / "data" / "html"


class Reading(NamedTuple):
    """What one way of reading finds in a page; the date as YYYY-MM-DD."""

    title: str
    date: str
    text: str


def ours(name: str, html: bytes) -> Reading:
    """Read a page the way the importer does."""
    from articles.importing.readers import page
    from articles.importing.records import ArticleRecord, ImportFile, UnreadableFile

    try:
        for record in page.read(ImportFile(name, html)):
            if isinstance(record, ArticleRecord):
                day = record.date.moment.date().isoformat() if record.date.moment else ""
                return Reading(record.title, day, record.body)
    except UnreadableFile as error:
        print(f"{name}: {error}")
    return Reading("", "", "")


def plain(name: str, html: bytes) -> Reading:
    """Read a page with trafilatura as it comes."""
    import trafilatura

    found: Any = trafilatura.bare_extraction(html, include_comments=False, with_metadata=True)
    return Reading(found.title or "", found.date or "", found.text or "") if found else Reading("", "", "")


def words(text: str) -> str:
    """Return the words of a text in lower case."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def is_near(found: str, expected: str) -> bool:
    """Tell a date within a day of the expected one."""
    try:
        return abs(datetime.date.fromisoformat(found[:10]) - datetime.date.fromisoformat(expected)).days <= 1
    except ValueError:
        return False


def measure(name: str, read: Callable[[str, bytes], Reading], gold: dict[str, Any], show: bool) -> None:
    """Print one line of figures for one way of reading."""
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    started = time.perf_counter()
    for file, expected in gold.items():
        found = read(file.removesuffix(".gz"), gzip.decompress((PAGES / file).read_bytes()))
        text = " ".join(found.text.split())
        answers = [("title", words(found.title) == words(expected["title"]), found.title)]
        answers.append(("date", is_near(found.date, expected["date"]), found.date))
        answers += [("with", " ".join(phrase.split()) in text, phrase) for phrase in expected["with"]]
        answers += [("without", " ".join(phrase.split()) not in text, phrase) for phrase in expected["without"]]
        for kind, is_right, what in answers:
            asked[kind] += 1
            right[kind] += is_right
            if show and not is_right:
                print(f"  {kind} {file}: {what}")
    figures = "  ".join(f"{kind} {100 * right[kind] / asked[kind]:.1f} %" for kind in asked)
    print(f"{name:18} {figures}  {time.perf_counter() - started:.1f} s")


def main() -> None:
    """Measure both ways on all pages."""
    if not (PAGES / "gold.json").exists():
        sys.exit(f"No pages in {PAGES}: set ACCEPTANCE_DATA.")
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diplomacy_search.settings")
    django.setup()
    gold = json.loads((PAGES / "gold.json").read_text("utf-8"))
    print(f"{len(gold)} pages")
    measure("plain trafilatura", plain, gold, False)
    measure("this program", ours, gold, "--all" in sys.argv)


if __name__ == "__main__":
    main()
