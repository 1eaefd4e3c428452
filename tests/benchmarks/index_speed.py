"""How fast articles become searchable, beside the stock Haystack backend in the same run.

    python -m tests.benchmarks.index_speed [--articles 20000] [--compared 5000] [--keep FOLDER]

Over copies of an archive of real articles (see real_archive), which are thrown away:

- the first `--compared` articles, by stock in one call of update(), by ours through indexing.rebuild() on one core and
  on all: reading them from the database, analysis, postings, commit, until a search counts them all. Articles a second,
  the ratio to stock, peak memory, size of the index;
- all articles rebuilt on all cores;
- beside that index: one article changed and given to indexing.update(), until its new word is found. The median of ten
  and the worst.

Stock and ours on one core are held to one core; for ours PROCESSES of the connection is 1 besides. Each is measured in
a process of its own. INDEX_PROCESSES in the environment says how many processes "all" are, where the settings leave it
open.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.benchmarks.both_sides import start
from tests.benchmarks.measuring import copied, in_fresh_process, milliseconds, peaks, play, size_of, timed
from tests.benchmarks.real_archive import open_archive

MODULE = "tests.benchmarks.index_speed"
CHANGED = 10


def main() -> None:
    """Measure over copies of the archive that is kept, or of one that is thrown away."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--compared", type=int, default=5000)
    parser.add_argument("--keep", type=Path, metavar="FOLDER")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="index-speed-") as name:
        thrown_away = Path(name)
        open_archive(options.keep or thrown_away, options.articles)
        archive = Path(os.environ["DATA_DIR"])
        compare(archive, thrown_away / "first", options.compared)
        measure_all(archive, thrown_away / "all")


def compare(archive: Path, folder: Path, number: int) -> None:
    """Print both sides over the first articles."""
    os.environ["DATA_DIR"] = str(copied(archive, folder, index=False))
    in_fresh_process(MODULE, "shorten", number)
    print(
        "".ljust(22),
        *(head.rjust(12) for head in ("articles/s", "to stock", "seconds", "peak MB", "child MB", "index MB")),
    )
    stock = in_fresh_process(MODULE, "stock")
    show("stock", stock, stock)
    for title, cores in (("ours on one core", 1), (f"ours on {len(os.sched_getaffinity(0))}", 0)):
        show(title, in_fresh_process(MODULE, "ours", cores), stock)


def show(title: str, made: dict[str, Any], stock: dict[str, Any]) -> None:
    """Print one line of the table."""
    rate, stock_rate = (side["articles"] / side["seconds"] for side in (made, stock))
    numbers = (
        f"{rate:,.0f}",
        f"{rate / stock_rate:.1f}",
        *(f"{made[key]:,.1f}" for key in ("seconds", "own", "child", "size")),
    )
    print(f"{title}, {made['articles']:,}".ljust(22), *(number.rjust(12) for number in numbers), flush=True)


def measure_all(archive: Path, folder: Path) -> None:
    """Print how long all articles take, and then one."""
    os.environ["DATA_DIR"] = str(copied(archive, folder, index=False))
    made = in_fresh_process(MODULE, "ours", 0)
    print(
        f"{made['articles']:,} articles rebuilt in {made['seconds']:.1f} s, "
        f"{made['articles'] / made['seconds']:,.0f} articles/s, peak memory {made['own']:.0f} MB, "
        f"largest child {made['child']:.0f} MB, index {made['size']:.1f} MB"
    )
    times = in_fresh_process(MODULE, "change")
    print(
        f"one article changed is found after {milliseconds(statistics.median(times))}, "
        f"at worst {milliseconds(max(times))} (of {len(times)})"
    )


# --- parts, each in a process of its own


def shorten(number: int) -> int:
    """Leave only the first articles in the database; return how many these are."""
    start(Path(os.environ["DATA_DIR"]))
    from articles.models import Article

    keys = list(Article.objects.order_by("pk").values_list("pk", flat=True)[: number + 1])
    if len(keys) > number:
        Article.objects.filter(pk__gte=keys[number]).delete()
    return Article.objects.count()


def stock(_: Any) -> dict[str, Any]:
    """Index all articles with the stock backend, on one core."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    start(Path(os.environ["DATA_DIR"]))
    from haystack import connections
    from haystack.query import SearchQuerySet

    from articles.search_indexes import ArticleIndex

    def work() -> None:
        index = ArticleIndex()
        connections["stock"].get_backend().update(index, list(index.index_queryset()))
        check(SearchQuerySet().using("stock").count())

    return made(timed(work), "stock")


def ours(cores: int) -> dict[str, Any]:
    """Index all articles with our engine, on one core or (0) on all."""
    if cores == 1:
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    start(Path(os.environ["DATA_DIR"]))
    from django.conf import settings
    from haystack import connections

    from articles.search import indexing
    from articles.search.engines.base import Request

    if cores == 1:
        connection: dict[str, Any] = settings.HAYSTACK_CONNECTIONS["default"]
        connection["PROCESSES"] = 1

    def work() -> None:
        indexing.rebuild()
        check(connections["default"].get_backend().answer(Request(hidden=True)).total)

    return made(timed(work), "default")


def check(found: int) -> None:
    """Raise where a search does not find all articles."""
    from articles.models import Article

    if found != Article.objects.count():
        raise AssertionError(f"{found} articles were found")


def made(seconds: float, connection: str) -> dict[str, Any]:
    """Return what making an index took."""
    from django.conf import settings

    from articles.models import Article

    own, child = peaks()
    size = size_of(Path(settings.HAYSTACK_CONNECTIONS[connection]["PATH"]))
    return {"seconds": seconds, "articles": Article.objects.count(), "own": own, "child": child, "size": size}


def change(_: Any) -> list[float]:
    """Change some articles, one by one; return how long each time until what is new was found."""
    start(Path(os.environ["DATA_DIR"]))
    from articles.models import Article
    from articles.search import SearchParams, indexing, matches, prepare

    prepare()
    keys = list(Article.objects.visible().order_by("pk").values_list("pk", flat=True))
    times = []
    for place, key in enumerate(keys[:: max(1, len(keys) // CHANGED)][:CHANGED]):
        word = f"zqxv{chr(ord('a') + place)}w"
        article = Article.objects.get(pk=key)
        # No signal of saving: only what is measured may tell the index.
        Article.objects.filter(pk=key).update(body=f"{article.body}\n\n{word}")
        begun = time.perf_counter()
        indexing.update([key])
        found = matches(SearchParams(q=word)).ids
        times.append(time.perf_counter() - begun)
        if found != [key]:
            sys.exit(f"{word} of article {key} is found in {found}.")
    return times


if __name__ == "__main__" and not play({"shorten": shorten, "stock": stock, "ours": ours, "change": change}):
    main()
