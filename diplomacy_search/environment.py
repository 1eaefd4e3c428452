"""Reading settings from the environment: one small function for each shape that a value can have."""

import os
import secrets
from pathlib import Path
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    """Return the variable `name`, stripped; `default` where it is unset or blank."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool = False) -> bool:
    """Return the variable `name` as a yes or no (1, true, yes, on / 0, false, no, off).

    Raises ImproperlyConfigured for any other word, so that a misspelt switch is never taken for the unsafe choice.
    """
    value = text(name).lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} must be one of 1, true, yes, on, 0, false, no, off; it is {value!r}.")


def words(name: str, default: str = "") -> list[str]:
    """Return the variable `name` as a list, parted by commas, blanks dropped."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def whole_number(name: str, default: int) -> int:
    """Return the variable `name` as a whole number. Raises ImproperlyConfigured where it is none."""
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number; it is {value!r}.") from None


def choice(name: str, allowed: tuple[str, ...], default: str) -> str:
    """Return the variable `name` in capitals, one of `allowed`. Raises ImproperlyConfigured for any other word."""
    value = text(name, default).upper()
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(allowed)}; it is {value!r}.")
    return value


def time_zone(name: str, default: str) -> str:
    """Return the variable `name` as a time zone's name. Raises ImproperlyConfigured where there is no such zone."""
    value = text(name, default)
    try:
        ZoneInfo(value)
    except (ValueError, KeyError, OSError):  # ZoneInfoNotFoundError is a KeyError; a folder's name gives an OSError
        raise ImproperlyConfigured(f"{name} must be a time zone such as Europe/Madrid; it is {value!r}.") from None
    return value


def secret_key(data_dir: Path) -> str:
    """Return SECRET_KEY, or a random key made once and kept in `data_dir`/secret_key (readable by its owner alone).

    Raises ImproperlyConfigured where the file can be neither read nor written.
    """
    given = text("SECRET_KEY")
    if given:
        return given
    path = data_dir / "secret_key"
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        try:
            # O_EXCL: of two processes that start at once only one makes the key, the other reads it.
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            pass
        else:
            with os.fdopen(descriptor, "w") as handle:
                handle.write(secrets.token_urlsafe(50))
        key = path.read_text().strip()
    except OSError as error:
        raise ImproperlyConfigured(f"SECRET_KEY is not set and {path} cannot be used: {error.strerror}.") from None
    if not key:
        raise ImproperlyConfigured(f"{path} is empty: delete it, or set SECRET_KEY.")
    return key
