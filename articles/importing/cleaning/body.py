"""The paragraphs that belong to an article, out of all that stood on its page."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from articles.importing.cleaning.continuing import continues_at
from articles.importing.cleaning.credits import is_unnamed_source
from articles.importing.cleaning.lines import (
    byline_of,
    ends_sentence,
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


@dataclass(frozen=True)
class Cleaned:
    """The paragraphs of the article, and how many others were left out behind which label ("Read also")."""

    paragraphs: list[str]
    left_out_behind: str = ""
    left_out: int = 0


@dataclass
class _Own:
    """What is gathered of a text while its paragraphs are looked at."""

    kept: list[str] = field(default_factory=list)
    label: str = ""
    left_out: int = 0


def clean(paragraphs: Sequence[str], *, to_the_end: bool = False, title: str = "") -> list[str]:
    """Return the paragraphs of the article itself, repeated passages once.

    `to_the_end`: the text was copied off a page as a whole, so that nothing behind "read also" is the article's any
    more; else (the page's own structure was used already) only the announced headlines go. `title` is not repeated in
    the body. Where nothing would be left, everything is kept: a text of a caption only is better than none.
    """
    if to_the_end:
        return clean_pasted(paragraphs, title=title).paragraphs
    return _finished(_own(paragraphs, title, to_the_end=False).kept, paragraphs, title)


def clean_pasted(paragraphs: Sequence[str], *, title: str = "") -> Cleaned:
    """Return what `clean` returns for a text that was copied off a page as a whole, with what was cut off its end."""
    own = _own(paragraphs, title, to_the_end=True)
    return Cleaned(_finished(own.kept, paragraphs, title), own.label, own.left_out)


def is_source_headline(line: str, behind: Sequence[str]) -> bool:
    """Tell "Source: Ministry rejects proposal" over a text: no label, as it could be further down."""
    if not is_unnamed_source(line):
        return False
    following = next((each for each in behind if kind_of(each) == "text" and not byline_of(each)), "")
    return ends_sentence(following)


def _finished(kept: list[str], paragraphs: Sequence[str], title: str) -> list[str]:
    kept = _without_captions(kept)
    if title:
        kept = _without_title(kept, title)
    return without_repeats(kept) or list(paragraphs)


def _own(paragraphs: Sequence[str], title: str, *, to_the_end: bool) -> _Own:
    own = _Own()
    kinds = [kind_of(paragraph) for paragraph in paragraphs]
    if paragraphs and not title and kinds[0] == "noise" and is_source_headline(paragraphs[0], paragraphs[1:]):
        kinds[0] = "text"
    in_related = after_mark = False
    for index, (paragraph, kind) in enumerate(zip(paragraphs, kinds, strict=True)):
        if (
            to_the_end
            and kind in ("related", "comments")
            and _is_enough(own.kept)
            and not (kind == "related" and continues_at(paragraphs, kinds, index))
        ):
            own.label = paragraph
            own.left_out = kinds[index:].count("text")
            break
        if kind == "related":
            in_related = True
        elif kind == "caption mark":
            after_mark = not any(map(is_sentence, own.kept))
        elif kind == "text":
            if in_related and is_headline(paragraph) and not is_sentence(paragraph):
                continue
            in_related = False
            if not (after_mark and len(paragraph) <= _CAPTION_LENGTH):
                own.kept.append(paragraph)
            after_mark = False
    return own


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
