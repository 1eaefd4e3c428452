"""How many of django-haystack's own tests of its Whoosh backend our engine passes, and why it does not pass the others.

    python -m tests.benchmarks.haystack_suite [--source FOLDER]

Fetches the source archive of the installed django-haystack from PyPI, or takes it unpacked from `--source`. Runs its
`whoosh_tests` on the stock backend and on ours, each in a process of its own, and beside them the tests of
haystack_defects. A test that fails without a reason in REASONS is printed as unexplained, and the exit code is 1.
"""

import argparse
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import urllib.request
from collections import Counter
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[2]
INDEX = "https://pypi.org/simple/django-haystack/"
STOCK = "haystack.backends.whoosh_backend.WhooshEngine"
OURS = "articles.search.engines.whoosh.WhooshEngine"
LEFTOVER = Path("/tmp/bad_whoosh")
SETTINGS = """
from tempfile import mkdtemp

from diplomacy_search.settings import *
from test_haystack.settings import *

INSTALLED_APPS = [*INSTALLED_APPS, "articles"]
HAYSTACK_CONNECTIONS = {{
    "default": HAYSTACK_CONNECTIONS["default"],
    "whoosh": {{"ENGINE": {engine!r}, "PATH": mkdtemp(dir={folder!r}), "INCLUDE_SPELLING": True}},
    "filtered_whoosh": {{"ENGINE": {engine!r}, "PATH": mkdtemp(dir={folder!r})}},
}}
TEST_RUNNER = "tests.benchmarks.haystack_runner.Runner"
"""
DEFECTS = "SearchSetTestCase."
Outcomes = dict[str, dict[str, str]]
PASSED = ("passed", "passed although expected to fail")

# Reason -> tests, by class and method.
REASONS: dict[str, tuple[str, ...]] = {
    "asserts a query in Whoosh's own syntax; ours is a tree": (
        "LiveWhooshSearchQuerySetTestCase.test_query_generation",
        "LiveWhooshSearchQuerySetTestCase.test_various_searchquerysets",
        "LiveWhooshSearchQueryTestCase.test_log_query",
        "WhooshInputTestCase.test_clean_prepare",
        "WhooshInputTestCase.test_not_prepare",
        "WhooshSearchQueryTestCase.test_build_query_boost",
        "WhooshSearchQueryTestCase.test_build_query_fuzzy_filter_types",
        "WhooshSearchQueryTestCase.test_build_query_in_filter_datetime",
        "WhooshSearchQueryTestCase.test_build_query_in_filter_multiple_words",
        "WhooshSearchQueryTestCase.test_build_query_in_with_set",
        "WhooshSearchQueryTestCase.test_build_query_multiple_filter_types",
        "WhooshSearchQueryTestCase.test_build_query_multiple_words_and",
        "WhooshSearchQueryTestCase.test_build_query_multiple_words_mixed",
        "WhooshSearchQueryTestCase.test_build_query_multiple_words_not",
        "WhooshSearchQueryTestCase.test_build_query_multiple_words_or",
        "WhooshSearchQueryTestCase.test_build_query_phrase",
        "WhooshSearchQueryTestCase.test_build_query_single_word",
        "WhooshSearchQueryTestCase.test_build_query_wildcard_filter_types",
        "WhooshSearchQueryTestCase.test_build_query_with_contains",
        "WhooshSearchQueryTestCase.test_build_query_with_datetime",
        "WhooshSearchQueryTestCase.test_build_query_with_endswith",
        "WhooshSearchQueryTestCase.test_build_query_with_models",
        "WhooshSearchQueryTestCase.test_build_query_with_sequence_and_filter_not_in",
        "WhooshSearchQueryTestCase.test_clean",
        "WhooshSearchQueryTestCase.test_correct_exact",
        "WhooshSearchQueryTestCase.test_in_filter_values_list",
        "WhooshSearchQueryTestCase.test_narrow_sq",
    ),
    "searches Whoosh's own index object, which is another one after each clearing": (
        "ManagementCommandTestCase.test_basic_commands",
        "ManagementCommandTestCase.test_multiprocessing",
        "ManagementCommandTestCase.test_remove",
        "WhooshSearchBackendTestCase.test_analyzed_fields",
        "WhooshSearchBackendTestCase.test_clear",
        "WhooshSearchBackendTestCase.test_date_queries",
        "WhooshSearchBackendTestCase.test_escaped_characters_queries",
        "WhooshSearchBackendTestCase.test_highlight",
        "WhooshSearchBackendTestCase.test_more_like_this",
        "WhooshSearchBackendTestCase.test_range_queries",
        "WhooshSearchBackendTestCase.test_search",
        "WhooshSearchBackendTestCase.test_search_all_models",
        "WhooshSearchBackendTestCase.test_update",
        "WhooshSearchBackendTestCase.test_update_with_SkipDocument_raised",
    ),
    "asserts Whoosh's own schema, or how values become its texts": (
        "WhooshSearchBackendTestCase.test__from_python",
        "WhooshSearchBackendTestCase.test__to_python",
        "WhooshSearchBackendTestCase.test_build_schema",
    ),
    "relies on a stock defect: a slice gives the rows of another page, an empty one a row": (
        "LiveWhooshSearchQuerySetTestCase.test_slice",
        "LiveWhooshSearchQuerySetTestCase.test_values_slicing",
        "WhooshSearchBackendTestCase.test_slicing",
    ),
    "relies on a stock defect: days come back as moments, several numbers as texts joined by commas": (
        "LiveWhooshRamStorageTestCase.test_ram_storage",
        "LiveWhooshRoundTripTestCase.test_round_trip",
        "SpellingSuggestionTestCase.test_round_trip",
    ),
    "relies on a stock defect: orders of different directions are refused": (
        "WhooshSearchBackendTestCase.test_order_by",
    ),
    "asserts the order of Whoosh's own scores": ("LiveWhooshAutocompleteTestCase.test_autocomplete",),
}


def main() -> None:
    """Print both results, and the reason of each test that fails on ours."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--source", type=Path, help="the unpacked source archive of django-haystack")
    source = parser.parse_args().source
    with tempfile.TemporaryDirectory(prefix="haystack-suite-") as name:
        folder = Path(name)
        source = source.resolve() if source else fetched(folder)
        # Only the tests: the library itself is the installed one.
        (folder / "test_haystack").symlink_to(source / "test_haystack")
        stock = outcomes(folder, "stock", STOCK)
        ours = outcomes(folder, "ours", OURS)
    print(f"django-haystack {version('django-haystack')}, its own tests of its Whoosh backend")
    print_counts("stock backend", stock)
    print_counts("our engine", ours)
    unexplained = print_failures(ours, stock)
    defective = print_defects(stock, ours)
    sys.exit(1 if unexplained or defective else 0)


def fetched(folder: Path) -> Path:
    """Fetch the source archive, check its SHA-256 as PyPI gives it, unpack it into `folder`; return its own folder."""
    asked = urllib.request.Request(INDEX, headers={"Accept": "application/vnd.pypi.simple.v1+json"})
    with urllib.request.urlopen(asked, timeout=60) as answer:
        files = json.load(answer)["files"]
    name = f"django_haystack-{version('django-haystack')}.tar.gz"
    (file,) = (file for file in files if file["filename"] == name)
    with urllib.request.urlopen(file["url"], timeout=60) as answer:
        data = answer.read()
    if hashlib.sha256(data).hexdigest() != file["hashes"]["sha256"]:
        sys.exit(f"{file['url']} is not the file that PyPI speaks of.")
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        archive.extractall(folder, filter="data")
    (unpacked,) = (path for path in folder.iterdir() if (path / "test_haystack").is_dir())
    return unpacked


def outcomes(folder: Path, name: str, engine: str) -> Outcomes:
    """Run the tests on an engine in a process of its own; return test -> its outcome and the last line of its error."""
    settings, report = folder / f"{name}_settings.py", folder / f"{name}.json"
    settings.write_text(SETTINGS.format(engine=engine, folder=str(folder)))
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((str(folder), str(ROOT))),
        "DJANGO_SETTINGS_MODULE": settings.stem,
        "DATA_DIR": str(folder / "data"),
        # Where the tests put their own folders, and leave them.
        "TMPDIR": str(folder),
        "HAYSTACK_REPORT": str(report),
    }
    leftover = LEFTOVER.exists()
    command = [
        sys.executable,
        "-m",
        "django",
        "test",
        "test_haystack.whoosh_tests",
        "tests.benchmarks.haystack_defects",
    ]
    run = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if LEFTOVER.exists() and not leftover:
        # One of the tests writes there.
        shutil.rmtree(LEFTOVER)
    if not report.exists():
        sys.exit(f"The tests could not be run on {engine}:\n{run.stderr[-2000:]}")
    found: Outcomes = json.loads(report.read_text())
    return found


def print_counts(title: str, tests: Outcomes) -> None:
    tests = {name: test for name, test in tests.items() if not name.startswith(DEFECTS)}
    counts = Counter(test["outcome"] for test in tests.values())
    passed = sum(counts[outcome] for outcome in PASSED)
    others = "".join(f", {count} {outcome}" for outcome, count in sorted(counts.items()) if outcome not in PASSED)
    print(f"{title}: {passed} of {len(tests)} passed{others}")


def print_failures(ours: Outcomes, stock: Outcomes) -> bool:
    """Print the failing tests by reason; return whether one has none."""
    reason_of = {test: reason for reason, tests in REASONS.items() for test in tests}
    failed = [test for test in ours if ours[test]["outcome"] == "failed" and not test.startswith(DEFECTS)]
    for reason in (*REASONS, "unexplained"):
        tests = [test for test in failed if reason_of.get(test, "unexplained") == reason]
        if tests:
            print(f"\n{reason} ({len(tests)})")
        for test in tests:
            also = " (fails on the stock backend too)" if stock.get(test, {}).get("outcome") == "failed" else ""
            print(f"    {test}{also}: {ours[test]['error'][:160]}")
    for test in sorted(set(reason_of) - set(failed)):
        print(f"\nnow passes, or is gone: {test}")
    return any(test not in reason_of for test in failed)


def print_defects(stock: Outcomes, ours: Outcomes) -> bool:
    """Print what the tests of haystack_defects give on both backends; return whether one fails on ours."""
    print("\nwhat a search set should do; stock backend, our engine")
    for test in sorted(name for name in ours if name.startswith(DEFECTS)):
        sentence = test.removeprefix(DEFECTS).removeprefix("test_").replace("_", " ")
        error = f" ({stock[test]['error'][:120]})" if stock[test]["error"] else ""
        print(f"    {sentence}: {stock[test]['outcome']}, {ours[test]['outcome']}{error}")
    return any(test["outcome"] == "failed" for name, test in ours.items() if name.startswith(DEFECTS))


if __name__ == "__main__":
    main()
