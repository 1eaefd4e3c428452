"""How fast articles come in, without tags and index: reading, cleaning, language, dates, near-copies and SQLite.

`python -m tests.benchmarks.import_speed [--articles N] [--tags]` imports rows of the four corpora of the acceptance
data (ACCEPTANCE_DATA, default: `shared` beside the project), all of them by default, into a database of its own, then
once more, when nothing may change. It prints articles a second, peak memory on the way, and what became of them.
"""

import argparse
import gzip
import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent.parent
CORPORA = Path(os.environ.get("ACCEPTANCE_DATA", ROOT.parent / "shared")) / "data" / "corpora"


def write_rows(folder: Path, most: int) -> list[Path]:
    """Unpack the corpora as JSON Lines, each as a source of its own, `most` rows of all together."""
    paths = []
    for packed in sorted(CORPORA.glob("*.jsonl.gz")):
        path = folder / packed.stem.removesuffix(".jsonl") / "rows.jsonl"
        path.parent.mkdir()
        with gzip.open(packed, "rt", encoding="utf-8") as rows, path.open("w", encoding="utf-8") as unpacked:
            for line in rows:
                if most <= 0:
                    break
                row = json.loads(line)
                row["source"] = row.pop("channel", None) or path.parent.name
                unpacked.write(json.dumps(row, ensure_ascii=False) + "\n")
                most -= 1
        paths.append(path)
    return paths


def peak() -> float:
    """Return the process's peak memory so far in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def run(paths: list[Path], *, with_tags: bool) -> None:
    """Import once and print the figures."""
    from articles.importing import FileReport, files_in, import_files
    from articles.importing.report import sums

    started = shown = time.perf_counter()
    finished = 0

    def progress(file: FileReport, _bytes: int) -> None:
        nonlocal shown, finished
        done = finished + sum(file.counts.values())
        finished += sum(file.counts.values()) if file.finished else 0
        if file.finished or time.perf_counter() - shown > 20:
            shown = time.perf_counter()
            print(f"  {done:7,} articles, {done / (shown - started):6.0f}/s, peak {peak():4.0f} MB", flush=True)

    report = import_files(files_in(paths), with_tags=with_tags, progress=progress)
    seconds = time.perf_counter() - started
    total = sum(report.counts.values())
    print(f"{sums(report.counts)}: {seconds:.0f} s, {total / seconds:.0f} articles/s, peak {peak():.0f} MB", flush=True)


def main() -> None:
    """Import into a folder that is thrown away."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--articles", type=int, default=10**9)
    options.add_argument("--tags", action="store_true")
    chosen = options.parse_args()
    if not CORPORA.is_dir():
        sys.exit(f"No corpora in {CORPORA}: set ACCEPTANCE_DATA.")
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(DATA_DIR=f"{folder}/data", DJANGO_SETTINGS_MODULE="diplomacy_search.settings")
        os.environ.pop("DATABASE_URL", None)
        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        if chosen.tags:
            call_command("load_gazetteer", verbosity=0)
        print(f"peak {peak():.0f} MB before the first article")
        (Path(folder) / "in").mkdir()
        paths = write_rows(Path(folder) / "in", chosen.articles)
        for title in ("first import", "the same again"):
            print(title)
            run(paths, with_tags=chosen.tags)


if __name__ == "__main__":
    main()
