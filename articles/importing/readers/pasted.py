"""Plain text: one article, copied off a page or typed in."""

from articles.importing.cleaning import PastedText, join, one_line, read_pasted
from articles.importing.readers.dated import record_date
from articles.importing.readers.decoding import text_of
from articles.importing.records import ArticleRecord, ImportFile, Records, UnreadableFile

_LABEL_LENGTH = 60


def recognises(file: ImportFile) -> bool:
    """Any text is readable as plain text: this reader comes last."""
    return True


def read(file: ImportFile) -> Records:
    """Yield the one article of a plain text. Raises UnreadableFile where there is no word in it."""
    text = text_of(file)
    pasted = read_pasted(text)
    if not any(letter.isalpha() for paragraph in pasted.paragraphs for letter in paragraph):
        raise UnreadableFile("There is no text in this file.")
    yield ArticleRecord(
        body=join(pasted.paragraphs),
        title=pasted.title,
        date=record_date(pasted.date),
        byline=pasted.byline,
        warnings=_warnings(pasted),
    )


def _warnings(pasted: PastedText) -> tuple[str, ...]:
    if not pasted.left_out:
        return ()
    label = one_line(pasted.left_out_behind, _LABEL_LENGTH).rstrip(" :：")
    paragraphs = "1 paragraph" if pasted.left_out == 1 else f"{pasted.left_out:,} paragraphs"
    return (f"Left out behind “{label}”: {paragraphs}; the original is kept.",)
