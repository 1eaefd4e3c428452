"""How fast the engine indexes and answers, beside the stock Haystack backend in the same run.

    python -m tests.benchmarks.search_speed [--articles 5000]

Reads real articles from `data/corpora` of the folder in ACCEPTANCE_DATA (default `../shared`) and says so where they
are not there. Both sides index the same articles and answer the same queries, each with facets for country, topic,
language and source. Times are medians of several runs in one warm process; the ratio is what counts, machines are
noisy.
"""

import argparse
import datetime
import gzip
import itertools
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.benchmarks.both_sides import set_up

ROOT = Path(__file__).parents[2]
CORPUS = Path(os.environ.get("ACCEPTANCE_DATA", ROOT.parent / "shared")) / "data/corpora/reuters21578_en.jsonl.gz"
QUERIES = ("opec", "oil prices", '"interest rates"', "trade OR tariff", "japan -dollar", "minister")
FACETS = ("country", "topic", "lang", "source")
RUNS = 5


def main() -> None:
    """Print a table of both sides."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=5000)
    count = parser.parse_args().articles
    if not CORPUS.exists():
        sys.exit(f"{CORPUS} is not there: nothing was measured.")
    folder = tempfile.mkdtemp(prefix="search-speed-")
    try:
        set_up(Path(folder))
        fill(count)
        measure(count)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def fill(count: int) -> None:
    """Put `count` articles into the database, in part with a country and a topic so that facets have work to do."""
    from articles.models import Article, Country, CountryTag, Source, Topic, TopicTag

    source = Source.objects.create(name="Reuters", slug="reuters")
    countries = [Country.objects.create(code=code, name=code) for code in ("US", "JP", "GB", "DE", "FR", "BR", "SA")]
    topics = [Topic.objects.create(slug=slug, names={"en": slug}) for slug in ("trade", "energy", "economy")]
    articles = Article.objects.bulk_create(
        [
            Article(
                source=source,
                title=row.get("title") or "Untitled",
                body=row["body"],
                language="en",
                published_at=datetime.datetime.fromisoformat(row["date"]).replace(tzinfo=datetime.UTC),
                date_precision="day",
                date_kind="stated",
                body_hash=str(number),
            )
            for number, row in enumerate(rows(count))
        ]
    )
    CountryTag.objects.bulk_create(
        CountryTag(article=article, country=countries[article.pk % len(countries)], count=1) for article in articles
    )
    TopicTag.objects.bulk_create(
        TopicTag(article=article, topic=topics[article.pk % len(topics)], count=1) for article in articles
    )


def rows(count: int) -> Iterator[dict[str, Any]]:
    """Yield the first `count` rows of the corpus."""
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        yield from itertools.islice(map(json.loads, lines), count)


def measure(count: int) -> None:
    """Index and search with both, and print what it took."""
    from haystack import connections
    from haystack.query import SearchQuerySet

    from articles.search import SearchParams, indexing
    from articles.search.engines.base import Request
    from articles.search.planning import plan
    from articles.search_indexes import ArticleIndex

    articles = list(ArticleIndex().index_queryset())
    ours = timed(indexing.rebuild)
    stock = timed(lambda: connections["stock"].get_backend().update(ArticleIndex(), articles))
    print(f"{count} articles".ljust(28), "ours".rjust(12), "stock".rjust(12), "stock / ours".rjust(14))
    show("index, articles a second", count / ours, count / stock, "", stock / ours)

    def answer(query: str) -> int:
        planned = plan(SearchParams(q=query))
        request = Request(planned.tree, planned.filters, facets=FACETS)
        return connections["default"].get_backend().answer(request).total

    def stock_answer(query: str) -> int:
        found = SearchQuerySet().using("stock").auto_query(query)
        for name in FACETS:
            found = found.facet(name)
        found.facet_counts()
        return found.count()

    for query in QUERIES:
        fast = statistics.median(timed(lambda query=query: answer(query)) for _ in range(RUNS))
        slow = statistics.median(timed(lambda query=query: stock_answer(query)) for _ in range(RUNS))
        show(query, fast * 1000, slow * 1000, " ms", slow / fast)


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that `work` takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def show(name: str, ours: float, stock: float, unit: str, ratio: float) -> None:
    """Print one line of the table."""
    print(name.ljust(28), f"{ours:,.1f}{unit}".rjust(12), f"{stock:,.1f}{unit}".rjust(12), f"{ratio:,.1f}".rjust(14))


if __name__ == "__main__":
    main()
