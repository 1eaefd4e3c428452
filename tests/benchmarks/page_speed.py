"""What a page costs beyond its search, and what it weighs and how soon it shows on a phone.

    python -m tests.benchmarks.page_speed [--articles 20000] [--keep FOLDER]

Over an archive of real articles (see real_archive) it prints

- server: for a part of the searches of mixed_queries, each asked before, the median of three times of `search()` and of
  the whole page (through all middleware, compressed) by turns; p50, p95 and maximum of both and of their difference.
  Other pages (an article, a minister, a country, a topic, all values of a filter) as they are;
- weight: the bytes that a real Chromium receives for the search page on a first visit, with styles and scripts, on the
  next search by a link, and on a filter chosen in the page;
- phone: first paint, largest paint and layout shift of the search page in Chromium slowed down four times, with 150 ms
  to the server and back and 1.6 Mbit/s, the median of five first visits.
"""

import argparse
import os
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.benchmarks.both_sides import start
from tests.benchmarks.measuring import in_fresh_process, milliseconds, percentile, play, spread, timed
from tests.benchmarks.mixed_queries import mixed_queries, params_of
from tests.benchmarks.real_archive import open_archive
from tests.benchmarks.search_speed import index
from tests.benchmarks.serving import chromium, served

MODULE = "tests.benchmarks.page_speed"
# Every third of the two hundred: some of each kind.
STEP = 3
ROUNDS = 3
VISITS = 5
WORDS = "oil prices"
PHONE = {"width": 360, "height": 740}
# The "slow 4G" of Lighthouse and WebPageTest: round trip in milliseconds, bytes a second; and a slow processor.
NETWORK = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
SLOWER = 4
PAINTS = """() => new Promise((done) => {
  const found = { first: performance.getEntriesByName('first-contentful-paint')[0]?.startTime, largest: 0, shift: 0 };
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => { found.largest = entry.startTime; }))
    .observe({ type: 'largest-contentful-paint', buffered: true });
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => { found.shift += entry.value; }))
    .observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => done(found), 500);
})"""


def main() -> None:
    """Measure over an archive that is kept, or one that is thrown away."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--keep", type=Path, metavar="FOLDER")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="page-speed-") as thrown_away:
        open_archive(options.keep or Path(thrown_away), options.articles)
        in_fresh_process(MODULE, "index")
        searches = [search.pairs for search in mixed_queries()[::STEP]]
        times = in_fresh_process(MODULE, "times", searches)
        print(f"server, {len(searches)} searches: search() {spread(times['search'])}")
        print(f"  the whole page {spread(times['page'])}")
        above = [page - search for page, search in zip(times["page"], times["search"], strict=True)]
        print(f"  above search() {spread(above)}")
        for name, seconds in times["others"].items():
            print(f"  {name} {milliseconds(seconds)}")
        for line in in_fresh_process(MODULE, "browser"):
            print(line)


def times(searches: list[Any]) -> dict[str, Any]:
    """Return the seconds of each search and of its page, and of some other pages."""
    start(Path(os.environ["DATA_DIR"]))
    from django.core.management import call_command
    from django.db.models import Count
    from django.test import Client
    from django.test.utils import setup_test_environment
    from django.urls import reverse

    from articles import search as door
    from articles.models import Article, Country, Minister, Topic

    call_command("collectstatic", interactive=False, verbosity=0)
    setup_test_environment()
    door.prepare()
    client = Client(headers={"accept-encoding": "gzip"})
    taken: dict[str, list[float]] = {"search": [], "page": []}
    for pairs in searches:
        params = params_of([tuple(pair) for pair in pairs])
        address = "/" + params.query_string()

        def ask(params: Any = params) -> object:
            return door.search(params, language="en")

        def visit(address: str = address) -> object:
            return client.get(address)

        both = [[timed(ask), timed(visit)] for _ in range(ROUNDS + 1)][1:]
        taken["search"].append(statistics.median(pair[0] for pair in both))
        taken["page"].append(statistics.median(pair[1] for pair in both))
    addresses = {"an article": Article.objects.order_by("pk")[50].get_absolute_url()}
    for name, model in {"minister": Minister, "country": Country, "topic": Topic}.items():
        first = model.objects.annotate(articles=Count("article_tags")).order_by("-articles", "pk")[0]
        addresses[f"the commonest {name}"] = first.get_absolute_url()
    addresses["all values of a filter"] = reverse("facet", args=["country"])
    others = {
        name: statistics.median(timed(lambda at=at: client.get(at)) for _ in range(ROUNDS + 1))
        for name, at in addresses.items()
    }
    return {**taken, "others": others}


def browser(_nothing: Any) -> list[str]:
    """Return what a real Chromium received and when it painted, as lines to print."""
    from playwright.sync_api import sync_playwright

    with served() as site, sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        launched = playwright.chromium.launch(executable_path=chromium(), args=flags)
        lines = [*weights(launched, site), phone(launched, site)]
        launched.close()
    return lines


def weights(launched: Any, site: str) -> list[str]:
    """Return the bytes over the network of a first visit, a second page, and a filter chosen in the page."""
    context = launched.new_context()
    page = context.new_page()
    received = [0, 0]
    session = context.new_cdp_session(page)
    session.send("Network.enable")

    def count(event: dict[str, Any]) -> None:
        received[0] += event["encodedDataLength"]
        received[1] += 1

    session.on("Network.loadingFinished", count)

    def during(work: Callable[[], object]) -> str:
        received[:] = [0, 0]
        work()
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(500)
        return f"{received[0] / 1000:.1f} kB in {received[1]} requests"

    lines = [
        f"weight: first visit {during(lambda: page.goto(f'{site}/?q={WORDS}'))}",
        f"  the next search {during(lambda: page.goto(f'{site}/?q=trade'))}",
        f"  a filter chosen in the page {during(lambda: page.locator('.facet input').first.check())}",
    ]
    context.close()
    return lines


def phone(launched: Any, site: str) -> str:
    """Return the medians of what first visits on a slow phone met."""
    visits = []
    for _ in range(VISITS):
        context = launched.new_context(viewport=PHONE, is_mobile=True, has_touch=True)
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", NETWORK)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.goto(f"{site}/?q={WORDS}")
        visits.append(page.evaluate(PAINTS))
        context.close()
    medians = {key: statistics.median(visit[key] for visit in visits) for key in ("first", "largest", "shift")}
    worst = percentile([visit["first"] for visit in visits], 100)
    return (
        f"phone: first paint {medians['first']:.0f} ms (at worst {worst:.0f}), largest {medians['largest']:.0f} ms, "
        f"layout shift {medians['shift']:.3f}"
    )


if __name__ == "__main__" and not play({"index": index, "times": times, "browser": browser}):
    main()
