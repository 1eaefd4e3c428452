"""How fast a search is with all that a page shows, cold and warm, beside the stock Haystack backend in the same run.

    python -m tests.benchmarks.search_speed [--articles 20000] [--keep FOLDER] [--without-stock] [--profile]

Over an archive of real articles (see real_archive; `--keep` keeps it with its indexes, and finds them again) it asks
the two hundred searches of mixed_queries: each with all facets, the histogram and 20 rows with snippets. It prints

- how long our index takes to make, its size and the peak memory, where it has to be made;
- how long a fresh process takes to open it, and what memory it holds before and after;
- cold: each search once in that process, which was asked nothing before (the system has read the files); warm: the
  median of three more rounds. p50, p95, maximum, the slowest five, and p50 of each kind;
- stock: a part of the searches (those that stock can express, a few of each kind) on its own index of the articles,
  twice. "Rows" is what it does in one search: the same facets and 20 rows; the better of two times, and beside it our
  engine asked for no more than that. "Page" is all that a page shows and stock can give: the rows highlighted, and the
  histogram, for which it needs a search a bar (three bars are measured, and multiplied by their number); beside it our
  whole search. It cannot fold near-copies. No more are begun after `--stock-seconds`;
- with `--profile` what the warm searches spend their time on.
"""

import argparse
import cProfile
import io
import os
import pstats
import statistics
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from tests.benchmarks.both_sides import start
from tests.benchmarks.measuring import (
    in_fresh_process,
    milliseconds,
    peaks,
    percentile,
    play,
    resident,
    size_of,
    spread,
    timed,
)
from tests.benchmarks.mixed_queries import Asked, Pairs, mixed_queries, params_of
from tests.benchmarks.real_archive import open_archive

MODULE = "tests.benchmarks.search_speed"
FACETS = ("country", "minister", "topic", "source", "lang")
WARM_ROUNDS = 3
ROWS = 20
SLOWEST = 5
# Stock's part of the searches: so many of each kind that it can express.
OF_A_KIND = {
    "one word": 3,
    "two words": 2,
    "phrase": 3,
    "OR": 2,
    "excluded": 1,
    "facet": 2,
    "facet and words": 2,
    "dates": 2,
    "everything": 1,
}


def main() -> None:
    """Measure in the folder that is kept, or in one that is thrown away."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--keep", type=Path, metavar="FOLDER")
    parser.add_argument("--without-stock", action="store_true")
    parser.add_argument("--stock-seconds", type=float, default=300)
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="search-speed-") as thrown_away:
        open_archive(options.keep or Path(thrown_away), options.articles)
        measure(options)


def measure(options: argparse.Namespace) -> None:
    """Print all figures of the archive that Django is started over."""
    print_indexing(in_fresh_process(MODULE, "index"))
    searches = mixed_queries()
    counts = Counter(search.kind for search in searches)
    print(f"{len(searches)} searches: " + ", ".join(f"{number} {kind}" for kind, number in counts.items()))
    ours = in_fresh_process(MODULE, "ours", {"searches": searches, "profile": options.profile})
    print_opening(ours)
    for title in ("cold", "warm"):
        print_times(title, searches, ours[title], ours["totals"])
    print_kinds(searches, ours)
    if not options.without_stock:
        part = stock_part(searches)
        bars = in_fresh_process(MODULE, "bars", [searches[place].pairs for place in part])
        given = {"searches": [searches[place] for place in part], "bars": bars, "seconds": options.stock_seconds}
        print_stock(searches, part, ours, in_fresh_process(MODULE, "stock", given))
    print(ours["profile"], end="")


# --- parts, each in a process of its own


def index(_: Any) -> dict[str, Any]:
    """Make our index where it is not what the database says."""
    begin()
    from django.conf import settings

    from articles.search import indexing

    seconds = timed(indexing.rebuild) if indexing.is_stale() else None
    folder = Path(settings.HAYSTACK_CONNECTIONS["default"]["PATH"])
    return {"seconds": seconds, "size": size_of(folder), "peaks": peaks(), "articles": count()}


def ours(given: dict[str, Any]) -> dict[str, Any]:
    """Open our index and ask everything."""
    begin()
    from haystack import connections

    from articles.search import names, prepare

    result: dict[str, Any] = {"before": resident()}
    result["names"] = timed(names.current)
    result["index"] = timed(lambda: connections["default"].get_backend().snapshot())
    result["rest"] = timed(prepare)
    result["opened"] = resident()
    searches = [pairs for _, pairs in given["searches"]]
    result["totals"] = []
    result["cold"] = [asked(pairs, result["totals"]) for pairs in searches]
    rounds = [[asked(pairs) for pairs in searches] for _ in range(WARM_ROUNDS)]
    result["warm"] = [statistics.median(times) for times in zip(*rounds, strict=True)]
    result["after"] = resident()
    rounds = [[timed(lambda pairs=pairs: no_more(pairs)) for pairs in searches] for _ in range(WARM_ROUNDS)]  # type: ignore[misc]
    result["no more"] = [statistics.median(times) for times in zip(*rounds, strict=True)]
    result["profile"] = profile(searches) if given["profile"] else ""
    return result


def bars(searches: list[Pairs]) -> list[list[tuple[int, int]]]:
    """Return the first and the last day (ordinals) of each bar of each search's histogram."""
    begin()
    from articles.search import search

    found = []
    for pairs in searches:
        histogram = search(params_of(pairs)).histogram
        buckets = histogram.buckets if histogram else ()
        found.append([(bucket.start.toordinal(), bucket.end.toordinal()) for bucket in buckets])
    return found


def stock(given: dict[str, Any]) -> dict[str, Any]:
    """Make the stock index where it is not complete, and ask while there is time; None for what was not asked."""
    begin()
    result: dict[str, Any] = {"seconds": stock_index(), "times": [], "pages": [], "totals": []}
    deadline = time.monotonic() + given["seconds"]
    for (_, pairs), bars in zip(given["searches"], given["bars"], strict=True):
        if time.monotonic() > deadline:
            for column in ("times", "pages", "totals"):
                result[column].append(None)
            continue
        result["pages"].append(stock_page(pairs, bars))
        first = timed(lambda pairs=pairs: stock_answer(pairs))  # type: ignore[misc]
        begun = time.perf_counter()
        result["totals"].append(stock_answer(pairs))
        result["times"].append(min(first, time.perf_counter() - begun))
    return result


def begin() -> None:
    """Start Django over the archive of the process that started this one."""
    start(Path(os.environ["DATA_DIR"]))


def count() -> int:
    """Return how many articles there are."""
    from articles.models import Article

    return Article.objects.count()


def asked(pairs: Pairs, totals: list[int] | None = None) -> float:
    """Return the seconds of one search, as the page asks it; add its total to `totals`."""
    from articles.search import search

    begun = time.perf_counter()
    results = search(params_of(pairs))
    seconds = time.perf_counter() - begun
    if results.state not in ("found", "nothing"):
        raise AssertionError(f"{results.state}: {pairs}")
    if totals is not None:
        totals.append(results.total)
    return seconds


def no_more(pairs: Pairs) -> None:
    """Ask our engine for what stock is asked for: the facets, and the first rows with their articles."""
    from haystack import connections

    from articles.models import Article
    from articles.search.engines.base import Request
    from articles.search.planning import plan

    params = params_of(pairs)
    planned = plan(params)
    order: Any = params.sort or ("relevance" if planned.tree is not None else "newest")
    request = Request(planned.tree, planned.filters, order, limit=ROWS, facets=FACETS)
    answer = connections["default"].get_backend().answer(request)
    Article.objects.select_related("source").in_bulk(answer.ids)


def profile(searches: list[Pairs]) -> str:
    """Return what one more round spends its time on."""
    profiler = cProfile.Profile()
    profiler.enable()
    for pairs in searches:
        asked(pairs)
    profiler.disable()
    text = io.StringIO()
    for order in ("cumulative", "tottime"):
        pstats.Stats(profiler, stream=text).sort_stats(order).print_stats(40)
    return text.getvalue()


# --- the stock side


def stock_index() -> float | None:
    """Index all articles with the stock backend, in one call; return the seconds, None where it was there already."""
    from haystack import connections

    from articles.search_indexes import ArticleIndex

    complete = Path(os.environ["DATA_DIR"]) / "stock-complete"
    if complete.exists():
        return None
    backend = connections["stock"].get_backend()
    backend.clear()
    articles = list(ArticleIndex().index_queryset())
    seconds = timed(lambda: backend.update(ArticleIndex(), articles))
    complete.touch()
    return seconds


def stock_page(pairs: Pairs, bars: list[tuple[int, int]]) -> float:
    """Return the seconds that stock takes for all that a page shows."""
    seconds = timed(lambda: stock_answer(pairs, highlighted=True))
    some = list(dict.fromkeys((0, len(bars) // 2, len(bars) - 1))) if bars else []
    measured = [
        timed(lambda first=first, last=last: stock_found(pairs).filter(first_day__range=(first, last)).count())  # type: ignore[misc]
        for first, last in (bars[place] for place in some)
    ]
    return seconds + (statistics.mean(measured) * len(bars) if measured else 0.0)


def stock_answer(pairs: Pairs, *, highlighted: bool = False) -> int:
    """Ask stock for the first rows with all facets, in one search; return how many it found."""
    found = stock_found(pairs)
    for name in FACETS:
        found = found.facet(name)
    if highlighted:
        found = found.highlight()
    found = found.load_all()
    list(found[:ROWS])
    found.facet_counts()
    total: int = found.count()
    return total


def stock_found(pairs: Pairs) -> Any:
    """Return what stock finds, as a SearchQuerySet that has asked nothing yet."""
    from haystack.query import SQ, SearchQuerySet

    from articles.search import SearchParams

    params: SearchParams = params_of(pairs)
    found = SearchQuerySet().using("stock")
    if " OR " in params.q:
        either = SQ()
        for word in params.q.split(" OR "):
            either |= SQ(content=word)
        found = found.filter(either)
    elif params.q:
        found = found.auto_query(params.q)
    for name, values in params.include.items():
        for value in values:
            found = found.narrow(f'{name}:"{value}"')
    if params.date_from and params.date_to:
        # ArticleIndex gives days; its date is one that only our engine reads, out of `moment`.
        found = found.filter(
            last_day__gte=params.date_from.start.toordinal(), first_day__lte=params.date_to.end.toordinal()
        )
    return found


def stock_part(searches: list[Asked]) -> list[int]:
    """Return the places of the searches that stock is asked."""
    left = Counter(OF_A_KIND)
    places = []
    for place, search in enumerate(searches):
        if left[search.kind] > 0:
            left[search.kind] -= 1
            places.append(place)
    return places


# --- printing


def print_indexing(made: dict[str, Any]) -> None:
    """Print what making the index took."""
    own, childs = made["peaks"]
    print(f"{made['articles']:,} articles, our index has {made['size']:.1f} MB")
    if made["seconds"] is None:
        print("  it was there already")
    else:
        rate = made["articles"] / made["seconds"]
        print(f"  made in {made['seconds']:.1f} s, {rate:.0f} articles/s, peak memory {own:.0f} MB", end="")
        print(f", largest child {childs:.0f} MB" if childs else "")


def print_opening(ours: dict[str, Any]) -> None:
    """Print what opening the index took."""
    print(
        f"opened in a fresh process: names {milliseconds(ours['names'])}, index {milliseconds(ours['index'])}, "
        f"else {milliseconds(ours['rest'])}"
    )
    print(
        f"resident memory: {ours['before']:.0f} MB before, {ours['opened']:.0f} MB opened, "
        f"{ours['after']:.0f} MB after all searches"
    )


def print_times(title: str, searches: list[Asked], times: list[float], totals: list[int]) -> None:
    """Print the spread of times and the slowest searches."""
    print(f"{title}: {spread(times)}")
    ranked = sorted(zip(times, searches, totals, strict=True), key=lambda row: -row[0])
    for seconds, search, total in ranked[:SLOWEST]:
        print(f"  {milliseconds(seconds).rjust(12)}  {search.kind}: {search} ({total:,} found)")


def print_kinds(searches: list[Asked], ours: dict[str, Any]) -> None:
    """Print p50 of each kind."""
    print("p50 of".ljust(20), "cold".rjust(12), "warm".rjust(12), "found".rjust(8))
    for kind in dict.fromkeys(search.kind for search in searches):
        places = [place for place, search in enumerate(searches) if search.kind == kind]
        cold, warm = (percentile([ours[title][place] for place in places], 50) for title in ("cold", "warm"))
        found = percentile([ours["totals"][place] for place in places], 50)
        print(kind.ljust(20), milliseconds(cold).rjust(12), milliseconds(warm).rjust(12), f"{found:,}".rjust(8))


def print_stock(searches: list[Asked], part: list[int], ours: dict[str, Any], stock: dict[str, Any]) -> None:
    """Print both sides of each search that stock was asked."""
    made = "was there already" if stock["seconds"] is None else f"made in {stock['seconds']:.0f} s"
    print(f"the stock index {made}")
    heads = ("found", "our rows", "our page", "found", "rows", "page", "rows / rows", "page / page")
    print("".ljust(50), *(head.rjust(12) for head in heads))
    rows: list[tuple[float, ...]] = []
    for place, *stocks, total in zip(part, stock["times"], stock["pages"], stock["totals"], strict=True):
        if total is None:
            continue
        times = (ours["no more"][place], ours["warm"][place], *stocks)
        rows.append((*times, times[2] / times[0], times[3] / times[1]))
        print(
            f"{searches[place].kind}: {searches[place]}"[:50].ljust(50),
            f"{ours['totals'][place]:,}".rjust(12),
            *(milliseconds(seconds).rjust(12) for seconds in times[:2]),
            f"{total:,}".rjust(12),
            *(milliseconds(seconds).rjust(12) for seconds in times[2:]),
            *(f"{ratio:,.0f}".rjust(12) for ratio in rows[-1][4:]),
        )
    if not rows:
        sys.exit("Stock was asked nothing: give it more --stock-seconds.")
    medians = [statistics.median(column) for column in zip(*rows, strict=True)]
    print(
        f"{len(rows)} of {len(part)} asked; medians: rows {milliseconds(medians[0])} and {milliseconds(medians[2])}, "
        f"ratio {medians[2] / medians[0]:,.0f}; page {milliseconds(medians[1])} and {milliseconds(medians[3])}, "
        f"ratio {medians[3] / medians[1]:,.0f}; medians of the ratios {medians[4]:,.0f} and {medians[5]:,.0f}"
    )


if __name__ == "__main__" and not play({"index": index, "ours": ours, "bars": bars, "stock": stock}):
    main()
