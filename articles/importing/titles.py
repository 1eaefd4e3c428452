"""A title for a text that has no headline, made from its beginning."""

import re
from collections.abc import Iterator

from articles.importing.cleaning.lines import is_dateline
from articles.text import dates

LIMIT = 120

_ORNAMENT = re.compile(r"^[^\w«“\"'‘(\[#@$€£¿¡]+")
_SENTENCE = re.compile(r"[.!?؟…。]+[»”\"')\]]*(?=\s)")
# A full stop behind so short a word abbreviates it (Dr., St., U.S., г., им.), as behind a single letter.
_ABBREVIATED = re.compile(r"(?:^|[\s(«“\"])(?:\w{1,3}|(?:\w\.)+\w|Prof|Gen|Sra|проф|тыс)\.$")


# A dateline's day ends in a dash, an agency, or a full stop: "(Wire) —", "— РИА Новости.", ". /ТАСС/."
_AGENCY = r"(?:\([^()]{1,40}\)|/[^/]{1,40}/|[—–-]\s*[^\W\d_][^.—–-]{1,25}(?=\.))"
_DATELINE_END = re.compile(
    rf"[\s,،]*(?:г\.)?\s*(?:{_AGENCY}\s*)?(?:[.]?\s*[—–-]{{1,2}}(?=\s|$)|\.|$)\s*(?:{_AGENCY}[.\s]*)?"
)
_DATELINE_LENGTH = 120
_PLACE_WORDS = 4
# "CAIRO (Wire) —", "МОСКВА —" with nothing behind it.
_PLACE_ALONE = re.compile(r"[^\W\d_][^.:!?؟]{1,40}[\s)/][—–-]{1,2}$")


def made_title(body: str) -> str:
    """Return the first sentence (or first line) of `body` as a title of at most 120 characters, cut at a word.

    Flags and pictures before it are left out, and so is a dateline; where there is nothing else, they stay.
    """
    lines = [line.strip() for line in body.split("\n") if any(letter.isalnum() for letter in line)]
    line = next(_telling(lines), "") or (lines[0] if lines else body.strip())
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


def _telling(lines: list[str]) -> Iterator[str]:
    """Yield the lines without their datelines, and none that is a dateline only."""
    for line in lines:
        if is_dateline(line) or _PLACE_ALONE.fullmatch(line):
            continue
        line = line[_end_of_dateline(line) :]
        if any(letter.isalnum() for letter in line):
            yield line


def _end_of_dateline(line: str) -> int:
    """Return where the text behind a dateline begins ("МОСКВА, 25 июля. ", "CAIRO, July 24 (Wire) — "), else 0."""
    head = line[:_DATELINE_LENGTH]
    for mention in dates.mentions(head):
        place = head[: mention.start].rstrip()
        words = place.split()
        # A day of the week, a sentence: nothing there has a capital at every word and ends in a comma or bracket.
        if mention.day is None or not 0 < len(words) <= _PLACE_WORDS or place[-1] not in ",،.(":
            return 0
        if any(word[0].islower() for word in words):
            return 0
        end = _DATELINE_END.match(line, mention.end)
        return end.end() if end else 0
    return 0
