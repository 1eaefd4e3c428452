"""Automata kept in files, so that a process does not compile what another has compiled.

A file holds the SHA-256 of what follows, and the automaton in Python's own `marshal` form, which reads a few million
values a second. marshal must not be given what strangers wrote: the folder is the program's own, as private as its
database. What cannot be read (an older Python, half a file) is compiled anew.
"""

import hashlib
import logging
import marshal
import os
import tempfile
from dataclasses import fields
from pathlib import Path

from articles.enrichment.automaton import Automaton
from articles.enrichment.rules import rules
from articles.gazetteer.allocation import many_objects

logger = logging.getLogger(__name__)

_SUFFIX = ".automaton"
_PART = ".part"
_DIGEST = hashlib.sha256().digest_size


def read(folder: Path, version: int) -> Automaton | None:
    """Return the automaton of a state of the gazetteer; None where none is kept, or it cannot be read."""
    path = _path(folder, version)
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        logger.warning("%s cannot be read: %s", path, error)
        return None
    digest, body = content[:_DIGEST], content[_DIGEST:]
    if hashlib.sha256(body).digest() != digest:
        logger.warning("%s is damaged and is made anew", path)
        return None
    with many_objects():
        return Automaton(**marshal.loads(body))


def write(folder: Path, version: int, automaton: Automaton) -> None:
    """Keep an automaton in place of those of earlier states. Where that cannot be done it is only logged."""
    body = marshal.dumps({field.name: getattr(automaton, field.name) for field in fields(automaton)})
    path = _path(folder, version)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, suffix=_PART)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(hashlib.sha256(body).digest() + body)
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)
        for other in (*folder.glob(f"*{_SUFFIX}"), *folder.glob(f"*{_PART}")):
            if other != path:
                other.unlink(missing_ok=True)
    except OSError as error:
        logger.warning("%s cannot be written: %s", path, error)


def _path(folder: Path, version: int) -> Path:
    return folder / f"{version}-{rules()}{_SUFFIX}"
