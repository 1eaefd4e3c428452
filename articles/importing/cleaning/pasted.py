"""A text that somebody copied off a page: headline, date and byline told from the body."""

from dataclasses import dataclass

from articles.importing.cleaning.body import clean_pasted, is_source_headline
from articles.importing.cleaning.chronology import chronology_lines
from articles.importing.cleaning.lines import byline_of, is_dateline, is_headline, is_sentence, kind_of
from articles.importing.cleaning.paragraphs import paragraphs_of
from articles.text import dates

# A date line this far above or below the text is the page's; further inside it belongs to what is told.
_HEAD_LINES = 8


@dataclass(frozen=True)
class PastedText:
    """What a pasted text says: a headline (may be empty), the body's paragraphs, when it was published, by whom.

    `left_out` paragraphs stood behind a label like "Read also" (`left_out_behind`) and are not in the body.
    """

    title: str
    paragraphs: list[str]
    date: dates.Moment | None
    byline: str
    left_out_behind: str = ""
    left_out: int = 0


def read_pasted(text: str) -> PastedText:
    """Tell headline, date, byline and body of a text that was copied off a page as a whole."""
    date, lines = _take_date(paragraphs_of(text))
    byline, lines = _take_byline(_own_lines(lines))
    title = _title(lines)
    cleaned = clean_pasted(lines[1:] if title else lines, title=title)
    return PastedText(
        title=title,
        paragraphs=cleaned.paragraphs,
        date=dates.preferred((date, _dateline(cleaned.paragraphs))),
        byline=byline,
        left_out_behind=cleaned.left_out_behind,
        left_out=cleaned.left_out,
    )


def _own_lines(lines: list[str]) -> list[str]:
    """Drop what stands above the headline: navigation, tickers, tracking marks."""
    for index, line in enumerate(lines):
        if kind_of(line) == "text" or is_source_headline(line, lines[index + 1 : index + 1 + _HEAD_LINES]):
            return lines[index:]
    return lines


def _take_date(lines: list[str]) -> tuple[dates.Moment | None, list[str]]:
    """Return the stated date and the lines without those that state one.

    Date lines stand near the top; labelled ones ("Published: …") count at the bottom too. The date of publication goes
    before the date of the last change, one that cannot be (in the future) behind all others. The dates of a chronology
    are what the text tells: they stay in it, and date nothing.
    """
    found: list[tuple[bool, dates.Moment]] = []
    told = chronology_lines(lines)
    lines = list(lines)
    telling = False  # whether a sentence stands above the line
    for index, line in enumerate(lines):
        near_the_top = index < _HEAD_LINES or not telling
        label = dates.label_of(line)
        looked_at = near_the_top or (label and index >= len(lines) - _HEAD_LINES)
        moment = dates.line_date(line) if looked_at and index not in told else None
        if moment:
            found.append((dates.is_change(label), moment))
            lines[index] = ""
        telling = telling or (not moment and is_sentence(line))
    found.sort(key=lambda each: each[0])
    return dates.preferred(moment for _changed, moment in found), [line for line in lines if line]


def _dateline(paragraphs: list[str]) -> dates.Moment | None:
    """Return the date of the dateline that opens the text, below a subtitle or two."""
    return dates.preferred(dates.dateline_date(paragraph) for paragraph in paragraphs[:3])


def _take_byline(lines: list[str]) -> tuple[str, list[str]]:
    # The first line is the headline, even where it starts with "By".
    for index, line in enumerate(lines[1:_HEAD_LINES], start=1):
        name = byline_of(line)
        if name:
            return name, lines[:index] + lines[index + 1 :]
    return "", lines


def _title(lines: list[str]) -> str:
    """Return the first line where it reads like a headline over a text, else nothing."""
    if len(lines) < 2 or not is_headline(lines[0]) or is_sentence(lines[0]) or is_dateline(lines[0]):
        return ""
    rest = [line for line in lines[1:] if kind_of(line) == "text"]
    return lines[0] if any(is_sentence(line) or len(line) > len(lines[0]) for line in rest) else ""
