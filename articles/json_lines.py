"""One JSON value a line, safe for readers that split at more than line feeds."""

import json
from typing import Any

# Python's str.splitlines and JavaScript before 2019 take these for line ends; JSON allows them in strings unescaped.
_SEPARATORS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def json_line(value: Any) -> str:
    """Return `value` as JSON on one line (UTF-8 text, no line end), with U+0085, U+2028 and U+2029 escaped."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # A lone surrogate cannot be written as UTF-8.
    return text.translate(_SEPARATORS).encode("utf-8", "replace").decode("utf-8")
