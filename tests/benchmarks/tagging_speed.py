"""How fast texts are tagged and how soon: `python tests/benchmarks/tagging_speed.py [FOLDER]`.

FOLDER holds corpora as gzipped JSON Lines (title, body); default: $ACCEPTANCE_DATA/data/corpora. One core, texts of 300
words: longer ones are cut, shorter ones of a corpus joined. Each corpus is tagged cold, when most words are new, and
warm, as in a long import; beside it, as a measure of the machine, how fast `str.split` and a dictionary look-up a word
go through the same texts.
"""

import datetime
import gzip
import json
import os
import resource
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from articles.enrichment import compilation, stored, tag  # noqa: E402
from articles.gazetteer.facts import Gazetteer  # noqa: E402
from articles.gazetteer.files import read_gazetteer  # noqa: E402

CORPORA = (("en", "reuters21578_en.jsonl.gz"), ("ar", "ant_ar.jsonl.gz"), ("ru", "tv1_ru.jsonl.gz"))
ARTICLES = 2000
WORDS = 300
SAMPLES = {
    "en": "Iran's foreign minister met Sergey Lavrov.",
    "es": "El canciller iraní habló con Serguéi Lavrov.",
    "fr": "Le ministre iranien des Affaires étrangères a vu Sergueï Lavrov.",
    "ar": "التقى وزير الخارجية الإيراني سيرغي لافروف",
    "ru": "Министр иностранных дел Ирана встретил Сергея Лаврова.",
}
DAY = datetime.date(2023, 5, 1)


def main() -> None:
    """Print start-up, memory and speed."""
    folder = Path(
        sys.argv[1] if len(sys.argv) > 1 else os.environ.get("ACCEPTANCE_DATA", "../shared") + "/data/corpora"
    )
    gazetteer = start_up()
    for language, name in CORPORA:
        if not (folder / name).is_file():
            print(f"{folder / name} is not there: {language} is not measured")
            continue
        articles = list(of_300_words(folder / name))
        measure = plain(articles)
        for run in ("cold", "warm"):
            start = time.perf_counter()
            for title, body in articles:
                tag(title, body, language, DAY, gazetteer)
            seconds = time.perf_counter() - start
            print(
                f"{language} {run}: {len(articles) / seconds:.0f} articles/s of {WORDS} words, "
                f"{seconds / measure:.0f} times what splitting and looking up takes"
            )
    print(f"peak memory of the process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    print(f"compiled gazetteer, all languages: {compiled_size():.0f} MB")


def start_up() -> Gazetteer:
    """Print how long it takes until the first text of each language is tagged."""
    start = time.perf_counter()
    gazetteer = read_gazetteer()
    print(f"reading the data files: {time.perf_counter() - start:.2f} s")
    for language, text in SAMPLES.items():
        start = time.perf_counter()
        tag("", text, language, DAY, gazetteer)
        print(f"compiling {language}: {time.perf_counter() - start:.2f} s")
    automaton = compilation.compiled(gazetteer).lexicon.automaton
    with tempfile.TemporaryDirectory() as folder:
        stored.write(Path(folder), 1, automaton)
        start = time.perf_counter()
        stored.read(Path(folder), 1)
        print(f"reading what another process has compiled of all languages: {time.perf_counter() - start:.2f} s")
    return gazetteer


def of_300_words(path: Path) -> Iterator[tuple[str, str]]:
    """Yield up to ARTICLES (title, body) of a corpus, the bodies cut or joined to WORDS words."""
    made, words = 0, []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            words += row["body"].split(" ")
            if len(words) >= WORDS:
                yield row.get("title") or "", " ".join(words[:WORDS])
                words = []
                made += 1
                if made == ARTICLES:
                    return


def plain(articles: list[tuple[str, str]]) -> float:
    """Return the seconds that a bare minimum takes over the same texts."""
    known = {word: 1 for _, body in articles for word in body.split()}
    start = time.perf_counter()
    for _, body in articles:
        [known.get(word) for word in body.split()]
    return time.perf_counter() - start


def compiled_size() -> float:
    """Return the megabytes that compiling all languages takes, over the plain facts."""
    gazetteer = read_gazetteer()
    fresh = Gazetteer(gazetteer.countries, gazetteer.ministers, gazetteer.officials, gazetteer.topics)
    tracemalloc.start()
    for language, text in SAMPLES.items():
        tag("", text, language, DAY, fresh)
    size = tracemalloc.get_traced_memory()[0] / 2**20
    tracemalloc.stop()
    return size


if __name__ == "__main__":
    main()
