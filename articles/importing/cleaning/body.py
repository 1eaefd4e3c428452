"""The paragraphs that belong to an article, out of all that stood on its page."""

from collections.abc import Sequence

from articles.importing.cleaning.lines import (
    is_dateline,
    is_headline,
    is_sentence,
    is_signed_caption,
    kind_of,
)
from articles.importing.cleaning.repeats import without_repeats

# So much text must stand before a "read also" or a comment box before all that follows is taken for foreign.
_ENOUGH = 120
_CAPTION_LENGTH = 400


def clean(paragraphs: Sequence[str], *, to_the_end: bool = False, title: str = "") -> list[str]:
    """Return the paragraphs of the article itself, repeated passages once.

    `to_the_end`: the text was copied off a page as a whole, so that nothing behind "read also" is the article's any
    more; else (the page's own structure was used already) only the announced headlines go. `title` is not repeated in
    the body. Where nothing would be left, everything is kept: a text of a caption only is better than none.
    """
    kept = _without_captions(_own(paragraphs, to_the_end=to_the_end))
    if title:
        kept = _without_title(kept, title)
    return without_repeats(kept) or list(paragraphs)


def _own(paragraphs: Sequence[str], *, to_the_end: bool) -> list[str]:
    kept: list[str] = []
    in_related = after_mark = False
    for paragraph in paragraphs:
        kind = kind_of(paragraph)
        if kind in ("related", "comments") and to_the_end and _is_enough(kept):
            break
        if kind == "related":
            in_related = True
        elif kind == "caption mark":
            after_mark = not any(map(is_sentence, kept))
        elif kind == "text":
            if in_related and is_headline(paragraph) and not is_sentence(paragraph):
                continue
            in_related = False
            if not (after_mark and len(paragraph) <= _CAPTION_LENGTH):
                kept.append(paragraph)
            after_mark = False
    return kept


def _is_enough(kept: list[str]) -> bool:
    return any(map(is_sentence, kept)) or sum(map(len, kept)) >= _ENOUGH


def _without_captions(paragraphs: list[str]) -> list[str]:
    """Drop signed captions and lone datelines above the text proper, where text follows that is longer than they."""
    below = sum(map(len, paragraphs))
    kept: list[str] = []
    for index, paragraph in enumerate(paragraphs):
        below -= len(paragraph)
        if (is_dateline(paragraph) or is_signed_caption(paragraph)) and below > 2 * len(paragraph):
            continue
        kept.append(paragraph)
        if is_sentence(paragraph):
            return kept + paragraphs[index + 1 :]
    return kept


def _without_title(paragraphs: list[str], title: str) -> list[str]:
    """Drop the headline where it stands again above the text."""
    same = title.casefold().split()
    for index, paragraph in enumerate(paragraphs[:3]):
        if paragraph.casefold().split() == same and len(paragraphs) > 1:
            return paragraphs[:index] + paragraphs[index + 1 :]
    return paragraphs
