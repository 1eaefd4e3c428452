"""Commands whose reader leaves early."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_a_command_ends_quietly_when_nobody_reads_on(tmp_path):
    code = (
        "from articles.management.piping import reader_may_leave\n"
        "with reader_may_leave():\n"
        "    for number in range(200_000):\n"
        "        print(f'a line of data {number}')\n"
    )
    reading, writing = os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=writing, stderr=subprocess.PIPE, text=True
    )
    os.close(writing)
    assert os.read(reading, 100).startswith(b"a line of data")
    os.close(reading)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert errors == ""
