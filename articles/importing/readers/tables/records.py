"""Rows of a table, whatever file it comes in, made records. A row is a mapping of column names to values."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from django.conf import settings

from articles.importing.cleaning import clean, join, one_line, paragraphs_of
from articles.importing.readers.html_text import plain_text
from articles.importing.readers.tables.columns import NAMES_OF_TEXTS, TEXTS, Field, column_of, has_text
from articles.importing.readers.tables.date_columns import Way, as_written, ways_of
from articles.importing.readers.tables.values import (
    byline_value,
    date_of,
    has_letters,
    is_cut,
    line_value,
    text_value,
    without_rest_mark,
)
from articles.importing.records import (
    ArticleRecord,
    EmptyRecord,
    Record,
    Records,
    Remark,
    UnreadableFile,
    UnreadableRecord,
)

# A row, or why it cannot be read; its number and its place in the file.
Row = tuple[int, str, Mapping[str, object] | str]
Found = dict[Field, list[object]]

# So many rows without a text in a row at the beginning, and the table is one of something else.
_PATIENCE = 100
# So many rows, and characters of them, are looked at before the first record is made: they tell how dates are written.
_AHEAD, _AHEAD_SIZE = 200, 1_000_000
_REMEMBERED, _NAMED, _NAME_LENGTH = 1000, 20, 40
# Objects in which exports wrap a row: Elasticsearch, JSON:API, GraphQL, The Guardian's API.
_WRAPPERS = ("_source", "attributes", "node", "fields")


def records_of(rows: Iterable[Row], source: str = "") -> Records:
    """Yield a record for each row, and at the end a remark on the columns that nothing was taken from.

    `source` is the source of rows that name none. Raises UnreadableFile where no row has a column for a text.
    """
    first, rest = _ahead(iter(rows))
    table = _Table(source, ways_of(unwrapped(row) for _number, _place, row in first if not isinstance(row, str)))
    if not first:
        yield Remark("There are no articles in this table.")
    if not any(_has_text(row) for row in first) and any(not isinstance(row[2], str) for row in first):
        raise no_text_column(name for row in first if not isinstance(row[2], str) for name in row[2])
    for number, place, row in chain(first, rest):
        if isinstance(row, str):
            yield UnreadableRecord(number, row, place)
        else:
            yield table.record(number, place, row)
    yield from table.remarks()


def no_text_column(names: Iterable[str]) -> UnreadableFile:
    """Return the error for a table with these columns, none of which holds a text."""
    return UnreadableFile(
        f"There is no column with the text of an article. There are: {_listed(dict.fromkeys(names))}. "
        f"One of these would do: {NAMES_OF_TEXTS}."
    )


def unwrapped(row: Mapping[str, object]) -> Mapping[str, object]:
    """Return a row that an export wrapped in another object with that object's members."""
    if has_text(row):
        return row
    for name in _WRAPPERS:
        inside = row.get(name)
        if isinstance(inside, dict) and has_text(inside):
            return {**{key: value for key, value in row.items() if key != name}, **inside}
    return row


def _ahead(rows: Iterator[Row]) -> tuple[list[Row], Iterator[Row]]:
    """Return the first rows, and an iterator of the others. Where the table breaks off among the first ones, what it
    breaks off with is raised behind them; at once where none of them has a text.
    """
    first: list[Row] = []
    size = 0
    has_a_text = False
    try:
        for row in rows:
            first.append(row)
            has_a_text = has_a_text or _has_text(row)
            size += _size(row)
            if len(first) >= (_AHEAD if has_a_text else _PATIENCE) or (has_a_text and size > _AHEAD_SIZE):
                break
    except UnreadableFile as error:
        if not has_a_text:
            raise
        return first, _broken(error)
    return first, rows


def _size(row: Row) -> int:
    return 0 if isinstance(row[2], str) else sum(len(value) for value in row[2].values() if isinstance(value, str))


def _broken(error: UnreadableFile) -> Iterator[Row]:
    yield from ()
    raise error


def _has_text(row: Row) -> bool:
    return not isinstance(row[2], str) and has_text(unwrapped(row[2]))


def _listed(names: Iterable[str]) -> str:
    all_names = list(names)
    shown = [one_line(name[:_NAME_LENGTH], _NAME_LENGTH) or "(no name)" for name in all_names[:_NAMED]]
    more = len(all_names) - len(shown)
    return ", ".join(shown) + (f" and {more:,} more" if more else "") or "none"


class _Table:
    """Makes records of rows, and remembers the columns that it does not know.

    `ways` tells how columns of dates are written.
    """

    def __init__(self, source: str, ways: Mapping[str, Way]) -> None:
        self._source = source
        self._ways = ways
        self._unknown: dict[str, None] = {}

    def remarks(self) -> Iterator[Remark]:
        if self._unknown:
            yield Remark(f"Not used: columns {_listed(self._unknown)}.")

    def record(self, number: int, place: str, row: Mapping[str, object]) -> Record:
        found = self._sorted(unwrapped(row))
        if not any(field in found for field in TEXTS):
            return UnreadableRecord(number, "The article has no body.", place)
        title = _first_line(found, "title", 500)
        try:
            for field in TEXTS:
                paragraphs = paragraphs_of(without_rest_mark(plain_text(_text(found.get(field, ())))))
                if any(map(has_letters, paragraphs)):
                    body = join(clean(paragraphs, title=title))
                    summary = field == "summary" or is_cut(paragraphs)
                    return self._article(number, place, found, title, body, summary=summary)
        except _NoText as error:
            return UnreadableRecord(number, str(error), place)
        return EmptyRecord(number, "There is no text.", place)

    def _article(self, number: int, place: str, found: Found, title: str, body: str, *, summary: bool) -> ArticleRecord:
        date, edited_at, warning = date_of(found.get("published", ()), found.get("edited", ()))
        unknown = "Some characters are not known to the file's charset." if "\ufffd" in body else ""
        return ArticleRecord(
            body=body,
            title=title,
            date=date,
            url=_first_line(found, "url", 4000),
            source=_first_line(found, "source", 200) or self._source,
            language=_first_line(found, "language", 40),
            byline=next((name for value in found.get("author", ()) if (name := byline_value(value, 300))), ""),
            external_id=_first_line(found, "id", 200),
            number=number,
            place=place,
            summary=summary,
            edited_at=edited_at,
            warnings=tuple(filter(None, (warning, unknown))),
        )

    def _sorted(self, row: Mapping[str, object]) -> Found:
        """Return the row's filled values by what they mean, the clearest column first."""
        found: dict[Field, list[tuple[int, object]]] = {}
        for name, value in row.items():
            column = column_of(name)
            if column is None:
                if len(self._unknown) < _REMEMBERED:
                    self._unknown[name[:_NAME_LENGTH]] = None
                continue
            field, rank = column
            values = found.setdefault(field, [])
            # NaN, which Python writes for what is missing, is not even equal to itself.
            if value not in (None, "", [], {}) and value == value:
                is_date = field in ("published", "edited")
                values.append((rank, as_written(name, value, self._ways.get(name)) if is_date else value))
        return {field: [value for _rank, value in sorted(ranked, key=_rank)] for field, ranked in found.items()}


def _rank(ranked: tuple[int, object]) -> int:
    return ranked[0]


def _first_line(found: Found, field: Field, limit: int) -> str:
    return next((line for value in found.get(field, ()) if (line := line_value(value, limit))), "")


def _text(values: Sequence[object]) -> str:
    """Return the first filled text of a column's values. Raises _NoText where they are something else than texts."""
    texts = [text for value in values if (text := text_value(value)) is not None]
    if values and not texts:
        raise _NoText("The body is not a text.")
    text = next((text for text in texts if text.strip()), "")
    # Markup and what is cut off around an article may be several times the article itself.
    limit = settings.ARTICLE_MAX_LENGTH
    if len(text) > 8 * limit:
        raise _NoText(f"The text has {len(text):,} characters; at most {limit:,} are taken.")
    return text


class _NoText(Exception):
    """A row's text cannot be read. The message says why, in the user's words."""
