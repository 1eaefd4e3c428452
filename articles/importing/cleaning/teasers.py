"""Lines that tease other articles: headlines with "Read more" at their ends, several of them in one line.

The same words are ordinary ones in a sentence ("Он расскажет об этом подробнее"). They count only as links write them:
glued to what stands before, or with a capital, and with nothing behind or the next headline.
"""

import re
from collections.abc import Iterator
from itertools import islice

from articles.importing.cleaning import phrases

# Spellings that folding makes one.
_VARIANTS = {"ا": "[اأإ]", "أ": "[اأإ]", "إ": "[اأإ]", "á": "[aá]", "é": "[eé]"}
_MORE = re.compile(
    "|".join("".join(_VARIANTS.get(letter, re.escape(letter)) for letter in each) for each in phrases.MORE_AS_WRITTEN),
    re.IGNORECASE,
)
_END = re.compile(r"[\s»›>→:\])]*")
# No more is looked at on either side.
_NEAR = 60
# A line of this length with a full stop is a sentence of the text.
_SENTENCE = 80
_FULL_STOP = frozenset(".!?؟")
# What ends a headline before a link, with or without a blank: no opening quote or bracket.
_SENTENCE_END = frozenset(".!?…؟")
_PUNCTUATION = _SENTENCE_END | frozenset('»”")]|:;،,–—-')


def is_ticker(line: str) -> bool:
    """Tell several teasers in one line, or one short headline with "Read more" at its end and no full stop."""
    links = list(_links(line))
    # What opens the line opens a sentence as well as a link: it counts beside others only.
    inside = [match for match in links if match.start() > 0]
    if len(links) >= 2 and inside:
        return True
    if len(inside) != 1 or not _END.fullmatch(line, inside[0].end()):
        return False
    # A whole sentence before it is the text's, and only the link is not.
    before = line[: inside[0].start()].rstrip()
    return len(before) < _SENTENCE or before[-1:] not in _FULL_STOP


def has_several_links(line: str) -> bool:
    """Tell a long line in which two teasers or more end."""
    return len(list(islice((match for match in _links(line) if match.start() > 0), 2))) == 2


def _links(line: str) -> Iterator[re.Match[str]]:
    return (match for match in _MORE.finditer(line) if _is_link(line, match))


def _is_link(line: str, match: re.Match[str]) -> bool:
    """Tell "Read more" as a link writes it."""
    before = line[max(0, match.start() - _NEAR) : match.start()]
    behind = line[match.end() : match.end() + _NEAR].lstrip(" »›>→:–—-")
    # The next headline begins with a capital; a sentence that goes on does not.
    if behind[:1].islower():
        return False
    first = match.group()[0]
    if first.islower():
        return before[-1:] in _SENTENCE_END
    if not first.isupper() or not before.strip() or before[-1:].isalnum() or before.rstrip()[-1:] in _PUNCTUATION:
        return True
    # In a headline that writes every word with a capital "Read More" is no link.
    words = match.group().split()
    return not before.split()[-1][0].isupper() or (len(words) > 1 and words[1].islower())
