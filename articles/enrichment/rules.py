"""Which rules tags are made by: a short name of the state of this program's tagging."""

import hashlib
import sys
from functools import cache
from importlib.metadata import version
from pathlib import Path

_ARTICLES = Path(__file__).resolve().parents[1]
# What the tags of a text depend on, beside the text, its date and the gazetteer.
_PACKAGES = ("text", "gazetteer", "enrichment")
_LIBRARIES = ("pymorphy3", "pymorphy3-dicts-ru", "PyStemmer")


@cache
def rules() -> str:
    """Return twelve letters that change whenever the code of tagging does, and with the Python that runs it."""
    digest = hashlib.sha256(sys.version.encode())
    for library in _LIBRARIES:
        digest.update(version(library).encode())
    sources = [path for package in _PACKAGES for path in sorted((_ARTICLES / package).glob("*.py"))]
    for path in (*sources, _ARTICLES / "importing" / "tagging.py"):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
