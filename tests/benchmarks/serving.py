"""The site served as in production, for benchmarks that drive a browser."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from tests.benchmarks.measuring import ROOT

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PATIENCE = 60  # seconds


@contextmanager
def served() -> Iterator[str]:
    """Serve the archive in DATA_DIR with gunicorn on a free port; give the address without a slash at its end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    manage = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(manage, cwd=ROOT, check=True)
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--threads", "4"]
    command += ["--no-control-socket", "--log-level", "error", "diplomacy_search.wsgi"]
    server = subprocess.Popen(command, cwd=ROOT, env=os.environ)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(server, address)
        yield address
    finally:
        server.terminate()
        server.wait()


def _wait(server: "subprocess.Popen[bytes]", address: str) -> None:
    for _ in range(PATIENCE * 10):
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{address}/?q=warm") as answer:
                answer.read()
                return
        except OSError:
            time.sleep(0.1)
    sys.exit("The server did not start.")


def chromium() -> str:
    """Return the path of the system's Chromium; ends where there is none."""
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    return path or sys.exit("No Chromium was found: nothing was measured (Debian: apt-get install chromium).")
