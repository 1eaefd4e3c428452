"""How well saved pages are read, beside plain trafilatura on the same pages.

`python tests/benchmarks/import_quality.py [--misses] [--half even|odd]` reads the labelled pages of the acceptance data
(ACCEPTANCE_DATA, default: `shared` beside the project) and prints how many titles are right (words equal), how many
dates are within a day, how many phrases that belong to the text are in it, and how many that do not are not; for all
pages and for each half of them (every other one by name). Rules are made while looking at the even half; the odd half
tells whether they are true of other pages too. `--misses` also lists what is wrong, `--half` keeps to one half.
"""

import argparse
import datetime
import gzip
import json
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import django

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = Path(os.environ.get("ACCEPTANCE_DATA", ROOT.parent / "shared")) / "data" / "html"
KINDS = ("title", "date", "with", "without")
SLOW = 0.3


class Reading(NamedTuple):
    """What one way of reading finds in a page; the date as YYYY-MM-DD."""

    title: str
    date: str
    text: str


Way = Callable[[str, bytes], Reading]


def ours(name: str, html: bytes) -> Reading:
    """Read a page the way the importer does."""
    from articles.importing.readers.web_pages import page
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


def judged(found: Reading, expected: dict[str, Any]) -> Iterator[tuple[str, bool, str]]:
    """Yield what was asked of a page, whether it is right, and what was found or looked for."""
    text = " ".join(found.text.split())
    yield "title", words(found.title) == words(expected["title"]), found.title
    yield "date", is_near(found.date, expected["date"]), found.date
    for phrase in expected["with"]:
        yield "with", " ".join(phrase.split()) in text, phrase
    for phrase in expected["without"]:
        yield "without", " ".join(phrase.split()) not in text, phrase


def measure(name: str, read: Way, gold: list[tuple[str, dict[str, Any]]], show: bool) -> None:
    """Print the figures of one way of reading."""
    asked: dict[str, Counter[str]] = {"all": Counter(), "even": Counter(), "odd": Counter()}
    right: dict[str, Counter[str]] = {"all": Counter(), "even": Counter(), "odd": Counter()}
    times: list[tuple[float, str]] = []
    for file, expected in gold:
        html = gzip.decompress((PAGES / file).read_bytes())
        started = time.process_time()
        found = read(file.removesuffix(".gz"), html)
        times.append((time.process_time() - started, file))
        for kind, is_right, what in judged(found, expected):
            for part in ("all", expected["half"]):
                asked[part][kind] += 1
                right[part][kind] += is_right
            if show and not is_right:
                print(f"  {kind} {file} ({expected['half']}): {what}")
    for part in asked:
        if asked[part]:
            figures = "  ".join(f"{kind} {100 * right[part][kind] / asked[part][kind]:.1f} %" for kind in KINDS)
            print(f"{name:18} {part:5} {figures}")
    total = sum(seconds for seconds, _file in times)
    print(f"{name:18} {total:.1f} s, {total / len(times):.2f} s a page, the slowest {max(times)[0]:.2f} s")
    if show:
        slow = [f"{file} {seconds:.2f} s" for seconds, file in sorted(times, reverse=True) if seconds > SLOW]
        print("  slow:", *slow)


def main() -> None:
    """Measure both ways."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true", help="list what is wrong")
    parser.add_argument("--half", choices=["even", "odd"], help="keep to one half of the pages")
    options = parser.parse_args()
    if not (PAGES / "gold.json").exists():
        sys.exit(f"No pages in {PAGES}: set ACCEPTANCE_DATA.")
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diplomacy_search.settings")
    django.setup()
    labelled: dict[str, dict[str, Any]] = json.loads((PAGES / "gold.json").read_text("utf-8"))
    gold = [
        (file, {**expected, "half": "odd" if index % 2 else "even"})
        for index, (file, expected) in enumerate(sorted(labelled.items()))
    ]
    gold = [each for each in gold if options.half in (None, each[1]["half"])]
    print(f"{len(gold)} pages")
    measure("plain trafilatura", plain, gold, False)
    measure("this program", ours, gold, options.misses)


if __name__ == "__main__":
    main()
