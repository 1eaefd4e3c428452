"""How fast texts are tagged, and what the compiled gazetteer takes: `python tests/benchmarks/tagging_speed.py
[FOLDER]`.

FOLDER holds corpora as gzipped JSON Lines (title, body); default: $ACCEPTANCE_DATA/data/corpora. One core. Each corpus
is tagged twice: cold, when most words are new, and warm, as in a long import.
"""

import datetime
import gzip
import json
import os
import resource
import sys
import time
import tracemalloc
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from articles.enrichment import tag  # noqa: E402
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
    folder = (
        Path(sys.argv[1])
        if len(sys.argv) > 1
        else Path(os.environ.get("ACCEPTANCE_DATA", "../shared")) / "data/corpora"
    )
    start = time.perf_counter()
    gazetteer = read_gazetteer()
    print(f"reading the data files: {time.perf_counter() - start:.2f} s")
    for language, text in SAMPLES.items():
        start = time.perf_counter()
        tag("", text, language, DAY, gazetteer)
        print(f"compiling {language}: {time.perf_counter() - start:.2f} s")
    for language, name in CORPORA:
        if not (folder / name).is_file():
            print(f"{folder / name} is not there: {language} is not measured")
            continue
        articles = read(folder / name)
        words = sum(len(body.split()) for _, body in articles)
        for run in ("cold", "warm"):
            start = time.perf_counter()
            for title, body in articles:
                tag(title, body, language, DAY, gazetteer)
            seconds = time.perf_counter() - start
            print(
                f"{language} {run}: {len(articles) / seconds:.0f} articles/s of {words / len(articles):.0f} words, "
                f"that is {words / seconds / WORDS:.0f} articles/s of {WORDS} words"
            )
    print(f"peak memory of the process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    print(f"compiled gazetteer, all languages: {compiled_size():.0f} MB")


def read(path: Path) -> list[tuple[str, str]]:
    """Return (title, body) of the first articles of a corpus."""
    articles = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            articles.append((row.get("title") or "", row["body"]))
            if len(articles) == ARTICLES:
                break
    return articles


def compiled_size() -> float:
    """Return the megabytes that compiling all languages takes, over the plain facts."""
    gazetteer = read_gazetteer()
    fresh = type(gazetteer)(gazetteer.countries, gazetteer.ministers, gazetteer.officials, gazetteer.topics)
    tracemalloc.start()
    for language, text in SAMPLES.items():
        tag("", text, language, DAY, fresh)
    size = tracemalloc.get_traced_memory()[0] / 2**20
    tracemalloc.stop()
    return size


if __name__ == "__main__":
    main()
