"""How well the best answers stand first, beside the stock Haystack backend in the same run.

    python -m tests.benchmarks.relevance judged
    python -m tests.benchmarks.relevance headlines [--articles 5000] [--headlines 300] [--seed 1]

`judged`: the searches of tests/search/judged_searches.json over the sample articles of `fixtures/`, each judged by
somebody who had not seen the program (3: exactly what was wanted, 2: useful, 1: touched in passing). nDCG@10 with gains
2**grade - 1 (Järvelin and Kekäläinen 2002; Burges et al. 2005).

`headlines`: articles of real news are imported without their headlines; a headline's words, any of them, should find
its article. MRR@10 for each language. Reads `data/corpora` of the folder in ACCEPTANCE_DATA (default `../shared`), and
says so where that is not there.

The stock side is django-haystack's Whoosh backend as its documentation sets it up: title and body in the document
field, `auto_query` for judged searches, and an OR of the words for headlines.
"""

import argparse
import gzip
import json
import math
import os
import random
import shutil
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import reduce
from operator import or_
from pathlib import Path

from tests.benchmarks.both_sides import set_up

ROOT = Path(__file__).parents[2]
CORPORA = Path(os.environ.get("ACCEPTANCE_DATA", ROOT.parent / "shared")) / "data/corpora"
JUDGED = ROOT / "tests/search/judged_searches.json"
LANGUAGES = {"ar": "ant_ar", "en": "reuters21578_en", "ru": "tv1_ru"}
# Shorter texts say nothing that a headline could be known by.
FEWEST_WORDS = 20
DEPTH = 10

Search = Callable[[str], list[int]]


def main() -> None:
    """Measure what is asked for and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    kinds = parser.add_subparsers(dest="kind", required=True)
    kinds.add_parser("judged").add_argument("--each", action="store_true", help="print every search")
    headlines = kinds.add_parser("headlines")
    headlines.add_argument("--articles", type=int, default=5000)
    headlines.add_argument("--headlines", type=int, default=300)
    headlines.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.kind == "headlines" and not CORPORA.exists():
        sys.exit(f"{CORPORA} is not there: nothing was measured.")
    folder = tempfile.mkdtemp(prefix="relevance-")
    try:
        set_up(Path(folder))
        if options.kind == "judged":
            measure_judged(options.each)
        else:
            measure_headlines(options.articles, options.headlines, random.Random(options.seed))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def fill_stock() -> None:
    """Index all articles with the stock backend."""
    from haystack import connections, indexes
    from haystack.utils.loading import UnifiedIndex

    from articles.models import Article

    class StockIndex(indexes.SearchIndex, indexes.Indexable):
        text = indexes.CharField(document=True)

        def get_model(self) -> type[Article]:
            return Article

        def prepare_text(self, article: Article) -> str:
            return article.body if article.title_made else f"{article.title}\n{article.body}"

    unified, index = UnifiedIndex(), StockIndex()
    unified.build(indexes=[index])
    connections["stock"]._index = unified
    connections["stock"].get_backend().update(index, list(Article.objects.all()))


def ours(query: str) -> list[int]:
    """Return the ids of the articles that our search puts first."""
    from articles.search import SearchParams, matches

    return matches(SearchParams(q=query), limit=DEPTH).ids


def stock(query: str) -> list[int]:
    """Return those that stock puts first for what a person typed."""
    from haystack.query import SearchQuerySet

    return [int(row.pk) for row in SearchQuerySet().using("stock").auto_query(query)[:DEPTH]]


def stock_any(words: list[str]) -> list[int]:
    """Return those that stock puts first for any of the words."""
    from haystack.query import SQ, SearchQuerySet

    either = reduce(or_, [SQ(content=word) for word in words])
    return [int(row.pk) for row in SearchQuerySet().using("stock").filter(either)[:DEPTH]]


# --- judged searches


def measure_judged(each: bool) -> None:
    """Print nDCG@10 of both sides, by language and in all."""
    from django.core.management import call_command

    from articles.models import Article

    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        call_command("prepare_demo", ROOT / "fixtures", stdout=nowhere, stderr=nowhere)
    fill_stock()
    title = dict(Article.objects.values_list("pk", "title"))
    searches = json.loads(JUDGED.read_text(encoding="utf-8"))
    strangers = {name for judged in searches for name in judged["judged"]} - set(title.values())
    if strangers:
        sys.exit(f"Judged, but not in the archive: {sorted(strangers)}")
    gains: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for judged in searches:
        both = [
            ndcg(
                [judged["judged"].get(title[pk], 0) for pk in search(judged["query"])], list(judged["judged"].values())
            )
            for search in (ours, stock)
        ]
        gains[judged["language"]].append((both[0], both[1]))
        if each:
            print(f"{both[0]:.2f} {both[1]:.2f}  {judged['query']}")
    print("nDCG@10".ljust(12), "searches".rjust(9), "ours".rjust(7), "stock".rjust(7))
    for language, pairs in gains.items():
        show(language, pairs)
    show("all", [pair for pairs in gains.values() for pair in pairs])


def ndcg(grades: list[int], possible: list[int]) -> float:
    """Return the gain of `grades` in this order, divided by that of the best order of all `possible` ones."""
    best = gain(sorted(possible, reverse=True)[:DEPTH])
    return gain(grades) / best if best else 0.0


def gain(grades: list[int]) -> float:
    """Return the discounted cumulative gain of a list of grades."""
    return sum((2**grade - 1) / math.log2(rank + 2) for rank, grade in enumerate(grades))


# --- headlines


def measure_headlines(articles: int, headlines: int, chance: random.Random) -> None:
    """Print MRR@10 of both sides for each language."""
    from articles.search import indexing
    from articles.text.tokens import tokenize

    wanted = {language: list(fill(language, articles, headlines, chance)) for language in LANGUAGES}
    indexing.rebuild()
    fill_stock()
    print("MRR@10".ljust(12), "headlines".rjust(9), "ours".rjust(7), "stock".rjust(7))
    for language, pairs in wanted.items():
        ranks = []
        for pk, headline in pairs:
            words = [token.text for token in tokenize(headline.lower())][:32]
            ranks.append((reciprocal(ours(" OR ".join(words)), pk), reciprocal(stock_any(words), pk)))
        show(language, ranks)


def fill(language: str, articles: int, headlines: int, chance: random.Random) -> Iterator[tuple[int, str]]:
    """Put articles of a language into the database without headlines; yield (id, headline) of some."""
    from articles.models import Article, Source

    with gzip.open(CORPORA / f"{LANGUAGES[language]}.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    long_enough = [row for row in rows if row.get("title") and len((row.get("body") or "").split()) >= FEWEST_WORDS]
    drawn = chance.sample(long_enough, min(articles, len(long_enough)))
    source = Source.objects.create(name=language, slug=language)
    made = Article.objects.bulk_create(
        Article(
            source=source,
            title=row["body"][:80],
            title_made=True,
            body=row["body"],
            language=language,
            body_hash=f"{language}-{number}",
        )
        for number, row in enumerate(drawn)
    )
    for place in chance.sample(range(len(drawn)), min(headlines, len(drawn))):
        yield made[place].pk, drawn[place]["title"]


def reciprocal(found: list[int], wanted: int) -> float:
    """Return one divided by the rank of `wanted`; 0 where it was not found."""
    return 1 / (found.index(wanted) + 1) if wanted in found else 0.0


def show(name: str, pairs: list[tuple[float, float]]) -> None:
    """Print one line of a table: the means of both sides."""
    first, second = (statistics.fmean(values) for values in zip(*pairs, strict=True))
    print(name.ljust(12), str(len(pairs)).rjust(9), f"{first:.3f}".rjust(7), f"{second:.3f}".rjust(7), flush=True)


if __name__ == "__main__":
    main()
