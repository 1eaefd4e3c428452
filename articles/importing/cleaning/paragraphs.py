"""A text's lines made paragraphs."""

import itertools
import re

from articles.importing.cleaning.characters import clean_characters, squeeze

# Lines of a text that was broken at a fixed width (wire services, e-mail) are about this long, and none is longer.
_WRAP_MINIMUM = 45
_WRAP_MAXIMUM = 90
_SENTENCE_END = re.compile(r"[.!?…:;؟۔»”\"')\]>]$")
_LIST_ITEM = re.compile(r"^(?:[-–—•*·▪◦]|\d{1,3}[.)])\s")


def paragraphs_of(text: str) -> list[str]:
    """Return the paragraphs of a plain text: parted by blank lines or line breaks; hard-wrapped lines are joined."""
    lines = [(squeeze(line), line[:1] in " \t") for line in clean_characters(text).split("\n")]
    if _is_wrapped([line for line, _indented in lines]):
        return _joined(lines)
    return [line for line, _indented in lines if line]


def join(paragraphs: list[str]) -> str:
    """Return the stored form of a text: paragraphs parted by a blank line."""
    return "\n\n".join(paragraphs)


def _is_wrapped(lines: list[str]) -> bool:
    """Tell a text broken at a fixed width: no long line, and most lines stop in mid-sentence near that width."""
    filled = [line for line in lines if line]
    if len(filled) < 3 or max(map(len, filled)) > _WRAP_MAXIMUM:
        return False
    broken = [line for line in filled if len(line) >= _WRAP_MINIMUM * 0.6 and not _SENTENCE_END.search(line)]
    marked = set(broken)
    follows = sum(1 for line, after in itertools.pairwise(lines) if line in marked and after[:1].islower())
    return len(broken) * 2 >= len(filled) and follows * 3 >= len(broken)


def _joined(lines: list[tuple[str, bool]]) -> list[str]:
    """Join wrapped lines. A blank line, an indented line or a list item starts a paragraph."""
    paragraphs: list[str] = []
    start = True
    for line, indented in lines:
        if not line:
            start = True
            continue
        if start or indented or _LIST_ITEM.match(line):
            paragraphs.append(line)
        else:
            paragraphs[-1] = f"{paragraphs[-1]} {line}"
        start = False
    return paragraphs
