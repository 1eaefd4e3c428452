"""How much an import slows down those who search meanwhile, and whether each of them always gets an answer.

    python -m tests.benchmarks.searching_while_importing [--articles N] [--imported N] [--seconds N] [--keep FOLDER]

Four processes ask searches of mixed_queries over a copy of an archive of real articles (see real_archive), over and
over: for some seconds alone, then while a fifth process imports new articles with `manage.py import_articles`. The new
ones are the next longest of the corpora. It prints how many searches were done and how many failed, how many pages came
back empty that are not, p50 and p95 of both times and their ratio, and how long the import took.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

from tests.benchmarks.both_sides import start
from tests.benchmarks.measuring import (
    ROOT,
    copied,
    in_fresh_process,
    milliseconds,
    percentile,
    play,
    result_of,
    started,
    timed,
)
from tests.benchmarks.mixed_queries import mixed_queries, params_of
from tests.benchmarks.real_archive import open_archive, rows
from tests.benchmarks.search_speed import index

MODULE = "tests.benchmarks.searching_while_importing"
SEARCHERS = 4
# Every third of the two hundred: some of each kind.
STEP = 3
SHOWN = 5


def main() -> None:
    """Measure over a copy of the archive that is kept, or of one that is thrown away."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--imported", type=int, default=5000)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--keep", type=Path, metavar="FOLDER")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="searching-while-importing-") as name:
        thrown_away = Path(name)
        open_archive(options.keep or thrown_away, options.articles)
        in_fresh_process(MODULE, "index")
        searches = [search.pairs for search in mixed_queries()[::STEP]]
        os.environ["DATA_DIR"] = str(copied(Path(os.environ["DATA_DIR"]), thrown_away / "copy", index=True))
        new = write_new(thrown_away / "new.jsonl", options.articles, options.imported)
        alone = searched_during(lambda: time.sleep(options.seconds), searches, thrown_away)
        show("alone", alone)
        said = ""
        seconds = 0.0

        def importing() -> None:
            nonlocal said, seconds
            begun = time.perf_counter()
            said = import_file(new)
            seconds = time.perf_counter() - begun

        together = searched_during(importing, searches, thrown_away)
        show("while importing", together)
        for share in (50, 95):
            first, second = (percentile(side["times"], share) for side in (alone, together))
            print(f"p{share} while importing is {second / first:.2f} times that alone")
        print(f"the import took {seconds:.1f} s, {options.imported / seconds:.0f} articles/s: {said}")


def write_new(path: Path, held: int, number: int) -> Path:
    """Write articles that the archive does not hold as JSON Lines."""
    with path.open("w", encoding="utf-8") as file:
        for row in islice(rows(held + number), held, None):
            named = {**row, "source": row.get("channel") or row["source"]}
            file.write(json.dumps(named, ensure_ascii=False) + "\n")
    return path


def import_file(path: Path) -> str:
    """Import a file as an editor would; return the last thing that the command says."""
    command = [sys.executable, "manage.py", "import_articles", str(path)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    said = run.stderr.strip().splitlines()
    if run.returncode:
        print("\n".join(said[-SHOWN:]))
    return said[-1] if said else "nothing was said"


def searched_during(work: Callable[[], object], searches: list[Any], folder: Path) -> dict[str, Any]:
    """Return what all searchers met while `work` was done."""
    stop = folder / "stop"
    stop.unlink(missing_ok=True)
    searchers = [started(MODULE, "search") for _ in range(SEARCHERS)]
    for number, searcher in enumerate(searchers):
        say(searcher, {"searches": searches, "seed": number, "stop": str(stop)})
    for searcher in searchers:
        # Each has asked everything once and waits.
        if searcher.stdout is None or searcher.stdout.readline() != "ready\n":
            sys.exit("A searcher failed.")
    for searcher in searchers:
        say(searcher, "go")
    seconds = timed(work)
    stop.touch()
    results = [result_of(searcher, searcher.communicate()[0]) for searcher in searchers]
    joined: dict[str, Any] = {
        key: [value for result in results for value in result[key]] for key in ("times", "errors", "empty")
    }
    return {**joined, "seconds": seconds}


def say(process: "subprocess.Popen[str]", what: Any) -> None:
    """Write one line of JSON to a part's standard input."""
    if process.stdin is not None:
        process.stdin.write(json.dumps(what) + "\n")
        process.stdin.flush()


def search(given: dict[str, Any]) -> dict[str, list[Any]]:
    """Ask everything once, then over and over until told to stop. A part, in a process of its own."""
    start(Path(os.environ["DATA_DIR"]))
    from articles.search import prepare
    from articles.search import search as ask

    prepare()
    searches = [params_of(pairs) for pairs in given["searches"]]
    known = [bool(ask(params).hits) for params in searches]
    result: dict[str, list[Any]] = {"times": [], "errors": [], "empty": []}
    stop, chance = Path(given["stop"]), random.Random(given["seed"])
    print("ready", flush=True)
    sys.stdin.readline()
    while not stop.exists():
        place = chance.randrange(len(searches))
        params = searches[place]
        begun = time.perf_counter()
        try:
            results = ask(params)
        except Exception as error:
            # Whatever goes wrong is what is counted here.
            result["errors"].append(f"{type(error).__name__}: {error} ({params.query_string()})")
            continue
        result["times"].append(time.perf_counter() - begun)
        if results.state not in ("found", "nothing"):
            result["errors"].append(f"{results.state} ({params.query_string()})")
        elif known[place] and not results.hits:
            result["empty"].append(params.query_string())
    return result


def show(title: str, found: dict[str, Any]) -> None:
    """Print what the searchers met."""
    times = found["times"]
    print(
        f"{title}: {len(times):,} searches of {SEARCHERS} processes in {found['seconds']:.1f} s, "
        f"{len(found['errors'])} errors, {len(found['empty'])} empty pages; "
        f"p50 {milliseconds(percentile(times, 50))}, p95 {milliseconds(percentile(times, 95))}"
    )
    for line in (*found["errors"][:SHOWN], *found["empty"][:SHOWN]):
        print(f"  {line}")
    sys.stdout.flush()


if __name__ == "__main__" and not play({"index": index, "search": search}):
    main()
