"""How long the worst takes that can be typed: hostile and odd queries, and suggestions for a few letters.

    python -m tests.benchmarks.hostile_speed [--articles 20000] [--keep FOLDER]

Over an archive of real articles (see real_archive) it asks, as full searches with facets, histogram and 20 rows: what
brings the stock backend down; the widest that the query language allows, made of the words and beginnings that most
articles hold; and the two thousand of tests/search/odd_queries. It prints the slowest ten, each as first asked and
asked again, and how many took longer than LIMIT; then p50, p95 and maximum of suggestions for 300 beginnings of one to
six letters in three scripts.
"""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.benchmarks.measuring import in_fresh_process, milliseconds, play, resident, spread
from tests.benchmarks.mixed_queries import SEED, Pairs, Sample, params_of, sampled
from tests.benchmarks.real_archive import open_archive
from tests.benchmarks.search_speed import index
from tests.search.odd_queries import odd_queries

MODULE = "tests.benchmarks.hostile_speed"
LIMIT = 0.3
SLOWEST = 10
BEGINNINGS = 300
MOST_LETTERS = 6

Timed = tuple[float, str, Callable[[], object]]


def main() -> None:
    """Measure in the folder that is kept, or in one that is thrown away."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--keep", type=Path, metavar="FOLDER")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hostile-speed-") as thrown_away:
        open_archive(options.keep or Path(thrown_away), options.articles)
        in_fresh_process(MODULE, "index")
        measure()


def measure() -> None:
    """Ask everything and print the figures."""
    from articles.search import prepare

    sample = sampled(random.Random(SEED))
    prepare()
    before = resident()
    report("hostile", [timed_search(name, pairs) for name, pairs in hostile(sample)])
    report("odd", [timed_search(ascii(query), [("q", query)]) for query in odd_queries()])
    report_suggestions(sample)
    print(f"resident memory: {before:.0f} MB before, {resident():.0f} MB after")


# --- searches


def hostile(sample: Sample) -> Iterator[tuple[str, Pairs]]:
    """Yield names and parameters of what is meant to be slow."""
    for query in ("*", "*a*", "a*", "[a TO z]", "a~5", '"of the"~100', "*:*", "NOT *:*", "-the", "the OR of OR a"):
        yield query, [("q", query)]
    yield "a word of 50,000 letters", [("q", "x" * 50_000)]
    yield "10,000 terms", [("q", " ".join(f"w{number}" for number in range(10_000)))]
    yield "deep parentheses", [("q", "(" * 10_000 + "truce" + ")" * 10_000)]
    everything = [word.lower() for texts in sample.texts.values() for words in texts for word in words]
    common = [word for word, _ in Counter(everything).most_common(3000)]
    beginnings = [beginning for beginning, _ in Counter(word[:3] for word in everything).most_common(30)]
    long = [word for word in common if len(word) > 5]
    function_words = ("of the", "in the", "to the")
    of_all = [word for words in zip(*sample.commonest.values(), strict=False) for word in words]
    queries = {
        "30 beginnings, any": " OR ".join(f"{beginning}*" for beginning in beginnings),
        "30 beginnings, all": " ".join(f"{beginning}*" for beginning in beginnings),
        "a beginning in titles": f"title:{beginnings[0]}*",
        "20 fuzzy words, any": " OR ".join(f"{word}~" for word in long[:20]),
        "20 fuzzy words, all": " ".join(f"{word}~" for word in long[:20]),
        "three wide phrases": " ".join(f'"{words}"~10' for words in function_words),
        "three wide phrases, any": " OR ".join(f'"{words}"~10' for words in function_words),
        "three wide phrases of common words": " OR ".join(
            f'"{words[0]} {words[1]}"~10' for words in sample.commonest.values()
        ),
        "a phrase of ten function words": '"of the in the to the of a and the"~10',
        "32 common words, any": " OR ".join(of_all[:32]),
        "32 common words, all": " ".join(of_all[:32]),
        "all but 31 common words": " ".join((of_all[0], *(f"-{word}" for word in of_all[1:32]))),
        "20 parentheses around alternatives": "(" * 20 + " OR ".join(of_all[:20]) + ")" * 20,
        "phrases of common words, any": " OR ".join(
            f'"{first} {second}"' for first, second in zip(of_all[::2], of_all[1::2], strict=False)
        ),
    }
    for name, query in queries.items():
        yield name, [("q", query)]
    yield "the farthest page", [("q", of_all[0]), ("page", "1000000")]
    yield "100 rows", [("q", " OR ".join(of_all[:10])), ("per", "100"), ("copies", "all")]
    yield "100 unknown values", [("country", f"Z{number}") for number in range(100)]


def timed_search(name: str, pairs: Pairs) -> Timed:
    """Return the seconds of a search asked for the first time, its name, and how to ask it again."""

    def ask() -> None:
        from articles.search import search

        results = search(params)
        if results.state == "unavailable":
            raise AssertionError(f"unavailable: {name[:100]}")

    # What an address cannot hold, half a character, is left out as a browser would.
    params = params_of([(key, value.encode("utf-8", "ignore").decode()) for key, value in pairs])
    return seconds_of(ask), name, ask


def seconds_of(ask: Callable[[], object]) -> float:
    begun = time.perf_counter()
    ask()
    return time.perf_counter() - begun


def report(title: str, timings: list[Timed]) -> None:
    """Print how long all took, and the slowest."""
    seconds = [row[0] for row in timings]
    late = sum(each > LIMIT for each in seconds)
    print(f"{len(timings):,} {title} searches: {spread(seconds)}; {late} of them longer than {milliseconds(LIMIT)}")
    for first, name, ask in sorted(timings, key=lambda row: -row[0])[:SLOWEST]:
        again = seconds_of(ask)
        print(f"  {milliseconds(first).rjust(12)}, again {milliseconds(again).rjust(12)}  {name[:120]}")
    sys.stdout.flush()


# --- suggestions


def report_suggestions(sample: Sample) -> None:
    """Print how long suggestions take."""
    from articles.search import suggest

    first = seconds_of(lambda: suggest("mo"))
    timings: list[tuple[float, str]] = []
    found = 0
    for beginning in beginnings_of(sample):
        begun = time.perf_counter()
        found += bool(suggest(beginning))
        timings.append((time.perf_counter() - begun, beginning))
    print(
        f"{len(timings)} suggestions: {spread([seconds for seconds, _ in timings])}; "
        f"{found} of them suggest something; the first of the process, not counted, {milliseconds(first)}"
    )
    for seconds, beginning in sorted(timings, reverse=True)[:SLOWEST]:
        print(f"  {milliseconds(seconds).rjust(12)}  {beginning}")


def beginnings_of(sample: Sample) -> list[str]:
    """Return beginnings of words of the archive and of ministers' names, each script as often as the others."""
    from articles import reference

    chance = random.Random(SEED)
    spellings: dict[str, list[str]] = {"latin": [], "arabic": [], "cyrillic": []}
    for minister in reference.current().ministers:
        for script, spelling in (("latin", minister.name), *minister.spellings):
            spellings[script].append(spelling)
    scripts = {"ar": "arabic", "en": "latin", "ru": "cyrillic"}
    beginnings = []
    for place in range(BEGINNINGS):
        language = tuple(scripts)[place % len(scripts)]
        names = spellings[scripts[language]]
        whole = chance.choice(chance.choice(sample.texts[language]) if place % 2 else chance.choice(names).split())
        beginnings.append(whole[: chance.randint(1, MOST_LETTERS)].lower())
    return beginnings


if __name__ == "__main__" and not play({"index": index}):
    main()
