"""An archive of real articles for benchmarks: Arabic, English and Russian in turn, of each language the longest first.

The texts are those of `data/corpora` of the folder in ACCEPTANCE_DATA (default: `shared` beside the project), with
their dates, the tags that the application finds and its groups of near-copies. Filling takes minutes: a benchmark that
is given a folder keeps the archive there and finds it again.
"""

import datetime
import gzip
import json
import os
import sys
from collections.abc import Iterator
from heapq import nlargest
from itertools import chain, islice, zip_longest
from pathlib import Path
from typing import Any

from tests.benchmarks.both_sides import set_up

ROOT = Path(__file__).resolve().parents[2]
CORPORA = Path(os.environ.get("ACCEPTANCE_DATA", ROOT.parent / "shared")) / "data/corpora"
LANGUAGES = {"ar": ("ant_ar",), "en": ("reuters21578_en",), "ru": ("tv1_ru", "telegram_ru")}
BATCH = 1000


def open_archive(folder: Path, count: int) -> None:
    """Start Django over an archive of `count` articles in `folder`: the one that is there, or one made now."""
    if not CORPORA.is_dir():
        sys.exit(f"{CORPORA} is not there: nothing was measured.")
    data = folder / f"articles-{count}"
    made = (data / "complete").exists()
    data.mkdir(parents=True, exist_ok=True)
    set_up(data)
    if not made:
        fill(count)
        (data / "complete").touch()


def fill(count: int) -> None:
    """Put the articles into the database, with tags and groups."""
    from django.core.management import call_command

    from articles import reference
    from articles.enrichment import prepare
    from articles.importing import regroup
    from articles.models import Article

    call_command("load_gazetteer", verbosity=0)
    gazetteer = reference.current()
    prepare(gazetteer)
    waiting, done = rows(count), 0
    while batch := list(islice(waiting, BATCH)):
        write(batch, gazetteer)
        done += len(batch)
        print(f"\r{done:,} of {count:,} articles tagged", end="", file=sys.stderr, flush=True)
    print("\ngrouping near-copies", file=sys.stderr)
    regroup()
    assert Article.objects.count() == count, f"The corpora hold only {Article.objects.count()} articles."


def rows(count: int) -> Iterator[dict[str, Any]]:
    """Yield `count` rows: the longest of each language, the languages in turn while they last."""
    by_language = [
        nlargest(count, chain.from_iterable(map(read, names)), key=lambda row: len(row["body"]))
        for names in LANGUAGES.values()
    ]
    in_turn = chain.from_iterable(zip_longest(*by_language))
    return islice((row for row in in_turn if row), count)


def read(name: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of one corpus."""
    with gzip.open(CORPORA / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def write(batch: list[dict[str, Any]], gazetteer: Any) -> None:
    """Write rows as articles with their tags."""
    from articles.importing.cleaning import join, paragraphs_of
    from articles.importing.sketches import Text
    from articles.importing.tagging import tags_if_possible, write_tags
    from articles.models import Article, Source

    sources: dict[str, Source] = {}
    articles = []
    for row in batch:
        name = row.get("channel") or row["source"]
        if name not in sources:
            sources[name], _ = Source.objects.get_or_create(name=name[:200], defaults={"slug": slug(name)})
        body = join(paragraphs_of(row["body"]))
        date = datetime.datetime.fromisoformat(row["date"]) if row["date"] else None
        articles.append(
            Article(
                source=sources[name],
                title=str(row["title"] or body[:80])[:500],
                title_made=not row["title"],
                body=body,
                language=row["lang"],
                published_at=date.replace(tzinfo=date.tzinfo or datetime.UTC) if date else None,
                date_precision="day" if date else "none",
                date_kind="stated" if date else "none",
                body_hash=Text(body).hash,
            )
        )
    write_tags(
        [(article, tags_if_possible(article, gazetteer)[0]) for article in Article.objects.bulk_create(articles)]
    )


def slug(name: str) -> str:
    """Return a slug for a source."""
    import hashlib

    return f"source-{hashlib.sha256(name.encode()).hexdigest()[:12]}"
