"""Settings from the environment: safe by default, clear about what is wrong."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def run(tmp_path: Path, code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `code` in a process of its own with only these variables set."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**kept, "DATA_DIR": str(tmp_path / "data"), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def setting(tmp_path: Path, name: str, **environment: str) -> str:
    done = run(tmp_path, f"from diplomacy_search import settings; print(settings.{name})", **environment)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("name", "environment", "expected"),
    [
        ("DEBUG", {}, "False"),
        ("DEBUG", {"DEBUG": "1"}, "True"),
        ("DEBUG", {"DEBUG": "off"}, "False"),
        ("ALLOWED_HOSTS", {}, "['localhost', '127.0.0.1', '[::1]']"),
        ("ALLOWED_HOSTS", {"ALLOWED_HOSTS": "a.example, b.example,"}, "['a.example', 'b.example']"),
        ("SECRET_KEY", {"SECRET_KEY": "given"}, "given"),
        ("SESSION_COOKIE_SECURE", {}, "False"),
        ("SESSION_COOKIE_SECURE", {"HTTPS": "yes"}, "True"),
        ("UPLOAD_MAX_SIZE", {}, "20971520"),
        ("TIME_ZONE", {}, "UTC"),
        ("TIME_ZONE", {"TIME_ZONE": "Asia/Tokyo"}, "Asia/Tokyo"),
        ("DATABASES['default']['OPTIONS']['transaction_mode']", {}, "IMMEDIATE"),
    ],
)
def test_a_setting_comes_from_the_environment_or_is_the_safe_default(tmp_path, name, environment, expected):
    assert setting(tmp_path, name, **environment) == expected


def test_a_key_is_made_once_and_readable_by_its_owner_alone(tmp_path):
    first = setting(tmp_path, "SECRET_KEY")
    path = tmp_path / "data" / "secret_key"
    assert len(first) >= 50
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert setting(tmp_path, "SECRET_KEY") == first
    assert setting(tmp_path / "other", "SECRET_KEY") != first


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({"DEBUG": "perhaps"}, "DEBUG must be one of"),
        ({"LOG_LEVEL": "loud"}, "LOG_LEVEL must be one of"),
        ({"UPLOAD_MAX_SIZE": "20 MB"}, "UPLOAD_MAX_SIZE must be a whole number"),
        ({"TIME_ZONE": "Moon/Crater"}, "TIME_ZONE must be a time zone such as"),
        ({"DATABASE_URL": "nosuch://user:hunter2@host/name"}, "DATABASE_URL cannot be read"),
    ],
)
def test_a_setting_that_cannot_be_meant_stops_the_program_with_a_message(tmp_path, environment, message):
    done = run(tmp_path, "from diplomacy_search import settings", **environment)
    assert done.returncode == 1
    assert message in done.stderr.splitlines()[-1]
    assert "hunter2" not in done.stderr


def test_the_deployment_check_is_silent_under_the_documented_settings(tmp_path):
    code = "import manage, sys; sys.argv = ['manage.py', 'check', '--deploy', '--fail-level', 'WARNING']; manage.main()"
    documented = {"SECRET_KEY": "k9" * 40 + "xyzXYZ!", "HTTPS": "1", "ALLOWED_HOSTS": "news.example"}
    done = run(tmp_path, code, **documented)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_everything_that_the_program_writes_lies_in_the_data_folder(tmp_path):
    data = str(tmp_path / "data")
    for name in (
        "ORIGINALS_DIR",
        "STATIC_ROOT",
        "DATABASES['default']['NAME']",
        "HAYSTACK_CONNECTIONS['default']['PATH']",
    ):
        assert setting(tmp_path, name).startswith(data)
