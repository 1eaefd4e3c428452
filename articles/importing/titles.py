"""A title for a text that has no headline, made from its beginning."""

import re

LIMIT = 120

_ORNAMENT = re.compile(r"^[^\w«“\"'‘(\[#@$€£¿¡]+")
_SENTENCE = re.compile(r"[.!?؟…。]+[»”\"')\]]*(?=\s)")
# A full stop behind so short a word abbreviates it (Dr., St., U.S., г., им.), as behind a single letter.
_ABBREVIATED = re.compile(r"(?:^|[\s(«“\"])(?:\w{1,3}|(?:\w\.)+\w|Prof|Gen|Sra|проф|тыс)\.$")


def made_title(body: str) -> str:
    """Return the first sentence (or first line) of `body` as a title of at most 120 characters, cut at a word.

    Flags and pictures before it are left out; where there is nothing else, they stay.
    """
    line = next((line.strip() for line in body.split("\n") if any(letter.isalnum() for letter in line)), body.strip())
    line = _ORNAMENT.sub("", line) or line
    for match in _SENTENCE.finditer(line):
        if not _ABBREVIATED.search(line[: match.end()]):
            line = line[: match.end()]
            break
    line = line.strip()
    if len(line) > LIMIT:
        head, space, _tail = line[: LIMIT - 1].rpartition(" ")
        return (head if space and len(head) > LIMIT // 2 else line[: LIMIT - 1]).rstrip(" ,;:–—-") + "…"
    return line.removesuffix(".") or line if line.count(".") == 1 else line
