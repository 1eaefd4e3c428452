"""What Lighthouse says of the pages, on a phone and on a desktop.

    python -m tests.benchmarks.lighthouse [--keep FOLDER]

Over an archive of real articles (see real_archive) it serves the site as in production, lets Lighthouse (npm, pinned
below; needs Node 22 or what that release asks for, and the system's Chromium) look at the start page, a search, an
article and a minister, and prints the four scores of each, first and largest paint, layout shift and weight, and every
check that is not passed. A page of a search is not to be found by crawlers, which costs it points in SEO: its score is
printed without that one check too.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.benchmarks.both_sides import start
from tests.benchmarks.measuring import in_fresh_process, play
from tests.benchmarks.real_archive import open_archive
from tests.benchmarks.search_speed import index
from tests.benchmarks.serving import chromium, served

MODULE = "tests.benchmarks.lighthouse"
LIGHTHOUSE = "lighthouse@13.5.0"
FLAGS = "--headless --no-sandbox --disable-gpu --disable-background-networking"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FIGURES = ("first-contentful-paint", "largest-contentful-paint", "cumulative-layout-shift", "total-byte-weight")


def main() -> None:
    """Look at the pages of an archive that is kept, or of one that is thrown away."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--keep", type=Path, metavar="FOLDER")
    options = parser.parse_args()
    if shutil.which("npx") is None:
        sys.exit("npx was not found: nothing was looked at (Node.js brings it).")
    with tempfile.TemporaryDirectory(prefix="lighthouse-") as name:
        open_archive(options.keep or Path(name), options.articles)
        in_fresh_process(MODULE, "index")
        pages = in_fresh_process(MODULE, "pages")
        with served() as site:
            for page, path in pages.items():
                for device in ("mobile", "desktop"):
                    show(page, device, report(site + path, device, Path(name)))


def pages(_nothing: Any) -> dict[str, str]:
    """Return the addresses to look at, by what they are."""
    start(Path(os.environ["DATA_DIR"]))
    from django.db.models import Count

    from articles.models import Article, Minister

    minister = Minister.objects.annotate(articles=Count("article_tags")).order_by("-articles", "pk")[0]
    article = Article.objects.filter(language="en").order_by("-pk")[0]
    return {
        "start": "/",
        "search": "/?q=oil+prices",
        "article": article.get_absolute_url(),
        "minister": minister.get_absolute_url(),
    }


def report(address: str, device: str, folder: Path) -> Any:
    """Return Lighthouse's report on an address."""
    path = folder / "report.json"
    command = ["npx", "--yes", LIGHTHOUSE, address, "--quiet", f"--chrome-flags={FLAGS}"]
    command += ["--output=json", f"--output-path={path}", f"--only-categories={','.join(CATEGORIES)}"]
    command += ["--preset=desktop"] if device == "desktop" else []
    subprocess.run(command, check=True, env={**os.environ, "CHROME_PATH": chromium()}, stdout=subprocess.DEVNULL)
    return json.loads(path.read_text(encoding="utf-8"))


def show(page: str, device: str, found: Any) -> None:
    """Print what a report says."""
    audits = found["audits"]
    scores = [f"{name} {found['categories'][name]['score'] * 100:.0f}" for name in CATEGORIES]
    if audits["is-crawlable"]["score"] == 0:
        scores.append(f"seo without is-crawlable {without(found, 'seo', 'is-crawlable') * 100:.0f}")
    figures = [audits[name].get("displayValue", "?") for name in FIGURES]
    print(f"{page}, {device}: {', '.join(scores)}; first paint {figures[0]}, largest {figures[1]}, shift {figures[2]}")
    weighed = {part["id"] for name in CATEGORIES for part in found["categories"][name]["auditRefs"] if part["weight"]}
    for name in sorted(weighed):
        if audits[name]["score"] is not None and audits[name]["score"] < 0.9:
            print(f"    not passed: {name} {audits[name].get('displayValue', '')}")


def without(found: Any, category: str, left_out: str) -> float:
    """Return a category's score as it would be without one of its checks: the weighted mean of the others."""
    parts = [part for part in found["categories"][category]["auditRefs"] if part["weight"] and part["id"] != left_out]
    counted = [part for part in parts if found["audits"][part["id"]]["score"] is not None]
    total: float = sum(part["weight"] for part in counted)
    return sum(part["weight"] * found["audits"][part["id"]]["score"] for part in counted) / total


if __name__ == "__main__" and not play({"index": index, "pages": pages}):
    main()
