"""The articles of a search as CSV for a spreadsheet: streamed, with a byte order mark, and no cell that computes."""

import csv
import re
from collections.abc import Iterable, Iterator

from articles.models import Article

BYTE_ORDER_MARK = "\ufeff"
COLUMNS = (
    "id",
    "title",
    "date",
    "date_kind",
    "source",
    "language",
    "url",
    "address",
    "countries",
    "countries_mentioned",
    "ministers",
    "topics",
    "text",
)
# What spreadsheets take for the beginning of a formula, also behind white space and invisible marks, and in the
# full-width forms that some of them read like the ASCII ones (OWASP, "CSV Injection").
_FORMULA = re.compile(
    r"[\t\r]|[\s\x00-\x1f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]*[=+\-@＝＋－＠]"
)


class _Line:
    """A file for csv.writer that hands each line back."""

    def write(self, line: str) -> str:
        return line


def harmless(cell: str) -> str:
    """Return the cell with an apostrophe before it where a spreadsheet would compute it."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def csv_lines(articles: Iterable[Article], site: str) -> Iterator[str]:
    """Yield the lines of the export, the header first. `site` is scheme and host.

    The articles must have been loaded by `with_tags()`. Lists are parted by `; `, country columns hold ISO codes.
    """
    writer = csv.writer(_Line())
    yield BYTE_ORDER_MARK + writer.writerow(COLUMNS)
    for article in articles:
        yield writer.writerow([harmless(cell) for cell in _cells(article, site)])


def _cells(article: Article, site: str) -> list[str]:
    countries = list(article.country_tags.all())
    return [
        str(article.pk),
        article.title,
        article.date_text,
        article.date_kind,
        article.source.name,
        article.language,
        article.url,
        site + article.get_absolute_url(),
        "; ".join(tag.country_id for tag in countries if tag.main),
        "; ".join(tag.country_id for tag in countries),
        "; ".join(tag.minister.name for tag in article.minister_tags.all()),
        "; ".join(tag.topic.slug for tag in article.topic_tags.all()),
        article.body,
    ]
