"""What `make` says on a machine that lacks something: one line that names it."""

import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `make` in an otherwise empty folder."""
    shutil.copy(settings.BASE_DIR / "Makefile", folder)
    (folder / "requirements.txt").touch()
    return subprocess.run(["make", *arguments], cwd=folder, capture_output=True, text=True, check=False)


def python_that(folder: Path, script: str) -> str:
    """Return the path of a stand-in for Python that runs a shell script."""
    path = folder / "my python"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def test_a_python_of_the_wrong_age_is_named(tmp_path):
    done = make(tmp_path, "setup", f"PYTHON={python_that(tmp_path, 'exit 1')}")
    assert done.returncode
    assert "my python is not a Python 3.11 to 3.14" in done.stderr
    assert not (tmp_path / ".venv").exists()


def test_a_python_without_venv_is_told_from_a_wrong_one(tmp_path):
    script = 'case "$*" in *ensurepip*) exit 1;; esac'
    done = make(tmp_path, "setup", f"PYTHON={python_that(tmp_path, script)}")
    assert done.returncode
    assert "venv module is missing" in done.stderr


def test_no_python_at_all_is_said(tmp_path):
    done = make(tmp_path, "setup", "PYTHON=")
    assert done.returncode
    assert "Python 3.11 to 3.14 is needed and was not found" in done.stderr
