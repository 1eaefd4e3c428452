"""Seconds, memory and percentiles; and work in a process of its own, which has seen nothing before.

A benchmark names the parts that it measures in fresh processes: `in_fresh_process` starts the same module once more,
with the name of the part as its only argument and what the part needs as JSON on standard input. `play` is what the
module does then. A part starts Django itself, over the folder in DATA_DIR.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = ("index", "stock", "stock-complete")

Part = Callable[[Any], Any]


def in_fresh_process(module: str, part: str, given: Any = None) -> Any:
    """Run one part of a benchmark in a process of its own; return its result, or end where it failed."""
    process = started(module, part)
    said, _ = process.communicate(json.dumps(given) + "\n")
    return result_of(process, said)


def started(module: str, part: str, **environment: str) -> "subprocess.Popen[str]":
    """Start a part; it waits for its JSON on standard input."""
    return subprocess.Popen(
        [sys.executable, "-m", module, part],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def result_of(process: "subprocess.Popen[str]", said: str) -> Any:
    """Return the result of a part that has ended: the last line that it wrote."""
    if process.returncode or not said.strip():
        sys.exit(f"A part of the benchmark failed (exit code {process.returncode}).")
    return json.loads(said.strip().splitlines()[-1])


def play(parts: Mapping[str, Part]) -> bool:
    """Play the part that the command line names; return whether it names one."""
    if len(sys.argv) != 2 or sys.argv[1] not in parts:
        return False
    print(json.dumps(parts[sys.argv[1]](json.loads(sys.stdin.readline()))))
    return True


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that `work` takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def resident() -> float:
    """Return the memory in MB that the process holds now."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise OSError("/proc/self/status has no VmRSS")


def peaks() -> tuple[float, float]:
    """Return the most memory in MB that the process held so far, and that any one of its ended children held."""
    of_both = (resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    own, childs = of_both
    return own, childs


def size_of(folder: Path) -> float:
    """Return the MB that the files of a folder take."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1024**2


def percentile(values: list[float], share: int) -> float:
    """Return the value that `share` percent of `values` do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * share // 100) - 1)]


def milliseconds(seconds: float) -> str:
    """Return a time as printed."""
    return f"{seconds * 1000:,.1f} ms"


def spread(values: list[float]) -> str:
    """Return p50, p95 and maximum of times as printed."""
    three = (percentile(values, 50), percentile(values, 95), max(values))
    return "p50 {}, p95 {}, max {}".format(*map(milliseconds, three))


def copied(data: Path, folder: Path, *, index: bool) -> Path:
    """Copy an archive's data folder into `folder`, with our `index` or without; return the copy."""
    left_out = [name for name in LEFT_OUT if not (index and name == "index")]
    copy = folder / "data"
    shutil.copytree(data, copy, ignore=lambda at, _: left_out if Path(at) == data else [])
    return copy
