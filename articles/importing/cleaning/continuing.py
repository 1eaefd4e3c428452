"""Whether an article goes on behind a "read also" that stands in its middle, in a text copied off a page.

Mostly nothing behind it is the article's: teasers, or a whole other article, of the same matter more often than not.
It goes on where all of this is so: no credit closed the text above the label; below stand one to three headlines, and
then nothing but sentences to the end of the text; these have words in common with the text above, and none with the
headlines, as the article has that a headline announces.
"""

import re
from collections.abc import Iterable, Sequence

from articles.importing.cleaning.lines import LineKind, is_sentence
from articles.text.normalize import fold_text

_MOST_HEADLINES = 3
_LEAST_SENTENCES = 2
_LEAST_COMMON = 2
_WORD = re.compile(r"[ء-ي]{4,}|[^\W\d_]{5,}")
# Words are compared by their beginnings (endings differ), in Arabic without conjunction and article.
_STEM = 5
_ARABIC_PREFIX = re.compile(r"^(?:[وف]?[بكل]?ال|[وف]?لل|[وفب])(?=\w{3})")


def continues_at(paragraphs: Sequence[str], kinds: Sequence[LineKind], label: int) -> bool:
    """Tell that the article goes on behind the label at this place and the headlines below it."""
    if label == 0 or kinds[label - 1] != "text" or not is_sentence(paragraphs[label - 1]):
        return False
    first = label + 1
    while first < len(paragraphs) and kinds[first] == "text" and not is_sentence(paragraphs[first]):
        first += 1
    if not 1 <= first - label - 1 <= _MOST_HEADLINES:
        return False
    rest = list(zip(paragraphs[first:], kinds[first:], strict=True))
    while rest and rest[-1][1] not in ("text", "related headline"):
        rest.pop()
    if len(rest) < _LEAST_SENTENCES or not all(kind == "text" and is_sentence(line) for line, kind in rest):
        return False
    below = _stems(line for line, _kind in rest)
    return len(below & _stems(paragraphs[:label])) >= _LEAST_COMMON and not below & _stems(
        paragraphs[label + 1 : first]
    )


def _stems(lines: Iterable[str]) -> set[str]:
    words = (word for line in lines for word in _WORD.findall(fold_text(line)))
    return {_ARABIC_PREFIX.sub("", word)[:_STEM] for word in words}
