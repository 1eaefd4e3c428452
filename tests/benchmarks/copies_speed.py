"""How fast near-copies are found in a large archive, and how long one more article takes.

`python -m tests.benchmarks.copies_speed [--articles N]` puts rows of the corpora of the acceptance data into a database
of its own (100,000 by default), groups them all, then adds articles one by one. It prints seconds, peak memory, the
groups found, and beside them how the time would be if each article were compared with every other (measured on a few
hundred pairs and multiplied).
"""

import argparse
import os
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

import django

from tests.benchmarks.import_speed import CORPORA, ROOT, peak, write_rows

_ONE_BY_ONE = 200
_PAIRS = 500


def fill(folder: Path, most: int) -> int:
    """Put rows into the database without grouping them; return how many."""
    import json

    from articles.importing.cleaning import join, paragraphs_of
    from articles.importing.sketches import Text
    from articles.models import Article, Source

    source = Source.objects.create(name="S", slug="s")
    count = 0
    for path in write_rows(folder, most):
        with path.open(encoding="utf-8") as lines:
            while rows := [json.loads(line) for line in islice(lines, 1000)]:
                bodies = [join(paragraphs_of(row["body"])) for row in rows]
                Article.objects.bulk_create(
                    Article(source=source, title=str(row["title"] or "")[:500], body=body, body_hash=Text(body).hash)
                    for row, body in zip(rows, bodies, strict=True)
                )
                count += len(rows)
    return count


def measure(count: int) -> None:
    """Group, add, compare; print the figures."""
    from django.db.models import Count

    from articles.importing import regroup
    from articles.importing.copies import Copies, remember
    from articles.importing.sketches import Text
    from articles.models import Article

    before, started = peak(), time.perf_counter()
    grouped = regroup()
    seconds = time.perf_counter() - started
    groups = Article.objects.values("copy_group").annotate(size=Count("pk")).filter(size__gt=1)
    print(f"{count:,} articles grouped in {seconds:.0f} s, {count / seconds:.0f}/s")
    print(f"peak memory {before:.0f} MB before, {peak():.0f} MB after")
    print(f"{grouped:,} articles stand in {len(groups):,} groups, the largest of {max(g['size'] for g in groups)}")

    some = list(Article.objects.order_by("?").select_related("source")[:_ONE_BY_ONE])
    started = time.perf_counter()
    for article in some:
        added = Article(source=article.source, title="added", body=f"{article.body} And one more line.")
        text = Text(added.body)
        added.body_hash = text.hash
        Copies().place([(added, text)])
        added.save()
        remember([text])
    one = (time.perf_counter() - started) / len(some)
    print(f"one more article: {1000 * one:.1f} ms")

    texts = [Text(article.body) for article in some]
    started = time.perf_counter()
    for number in range(_PAIRS):
        texts[number % len(texts)].is_near(texts[(number * 7 + 1) % len(texts)])
    pair = (time.perf_counter() - started) / _PAIRS
    print(f"every article with every other would take {pair * count * count / 2 / 3600:,.0f} hours")


def main() -> None:
    """Measure in a folder that is thrown away."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--articles", type=int, default=100_000)
    most = options.parse_args().articles
    if not CORPORA.is_dir():
        sys.exit(f"No corpora in {CORPORA}: set ACCEPTANCE_DATA.")
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(DATA_DIR=f"{folder}/data", DJANGO_SETTINGS_MODULE="diplomacy_search.settings")
        os.environ.pop("DATABASE_URL", None)
        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        (Path(folder) / "in").mkdir()
        measure(fill(Path(folder) / "in", most))


if __name__ == "__main__":
    main()
