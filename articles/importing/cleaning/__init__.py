"""Page or pasted text in, the article's own text out. No database, no HTML: lines and paragraphs.

`clean` keeps what belongs to the article; `read_pasted` also tells headline, date and byline from a text that was
copied off a page as a whole.
"""

from articles.importing.cleaning.body import clean
from articles.importing.cleaning.characters import clean_characters, one_line, squeeze
from articles.importing.cleaning.lines import byline_of, is_related_label, is_sentence
from articles.importing.cleaning.notices import is_notice
from articles.importing.cleaning.paragraphs import join, paragraphs_of
from articles.importing.cleaning.pasted import PastedText, read_pasted

__all__ = [
    "PastedText",
    "byline_of",
    "clean",
    "clean_characters",
    "is_notice",
    "is_related_label",
    "is_sentence",
    "join",
    "one_line",
    "paragraphs_of",
    "read_pasted",
    "squeeze",
]
