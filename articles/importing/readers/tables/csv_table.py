"""Tables in text: comma-separated values (RFC 4180) and what else programs write under that name.

Cells are parted by commas, semicolons, tabs or bars, found out from the first row, which names the columns; Excel's
`sep=;` above it holds. Which name means what: columns.py. The file is read row by row and may have any size.
"""

import csv
import io
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from articles.importing.readers.decoding import decode, refuse_binary
from articles.importing.readers.tables.columns import column_of, has_text
from articles.importing.readers.tables.csv_rows import CsvRow, csv_rows
from articles.importing.readers.tables.json_lines import longest_line
from articles.importing.readers.tables.records import Row, no_text_column, records_of
from articles.importing.readers.text_stream import text_stream
from articles.importing.records import ImportFile, Records, UnreadableFile

SUFFIXES = (".csv", ".tsv", ".tab")
_DELIMITERS = ",;\t|"
_HEAD = 64 * 1024
# A cell of a header is a name.
_LONGEST_NAME = 60


@dataclass(frozen=True)
class _Layout:
    """How a table is written: what parts its cells, the names of its columns, and on which line they stand."""

    delimiter: str
    names: list[str]
    line: int


def recognises(file: ImportFile) -> bool:
    """Tell a table by its extension; by its first line where that names a column for the text and one more."""
    if PurePath(file.name).suffix.lower() in SUFFIXES:
        return True
    layout = _layout(decode(file.head))
    if layout is None or len(layout.names) < 2 or any(len(name) > _LONGEST_NAME for name in layout.names):
        return False
    known = [name for name in layout.names if column_of(name)]
    return has_text(known) and len(known) >= 2 and 2 * len(known) >= len(layout.names)


def read(file: ImportFile) -> Records:
    """Yield a record for each row below the header; `number` counts them from 1, `place` names the line in the file.

    A row in which the text cannot be told comes as an UnreadableRecord. Raises UnreadableFile where the file is empty
    or binary, or has no column for a text.
    """
    refuse_binary(file)
    with text_stream(file) as stream:
        layout = _layout(stream.read(_HEAD))
    if layout is None:
        raise UnreadableFile("The file is empty.")
    if not has_text(layout.names):
        raise no_text_column(layout.names)
    with text_stream(file) as stream:
        for _line in range(1, layout.line):
            stream.readline()
        rows = csv_rows(stream, layout.delimiter, len(layout.names), longest_line())
        next(rows, None)  # the header
        yield from records_of(_rows(rows, layout))


def _layout(start: str) -> _Layout | None:
    """Return how a table is written that begins so: the delimiter by which its first row has most columns of a name.

    None where the text is empty.
    """
    lines = io.StringIO(start.removeprefix("\ufeff"), newline="")
    given = ""
    for number, line in enumerate(lines, start=1):
        if line.lower().startswith("sep=") and len(line.strip("\r\n")) == len("sep=?") and not given:
            given = line[len("sep=")]
        elif line.strip():
            header = line + "".join(itertools.islice(lines, 20))
            layouts = [_Layout(each, _names(header, each), number) for each in given or _DELIMITERS]
            return max(layouts, key=_likelihood)
    return None


def _names(header: str, delimiter: str) -> list[str]:
    try:
        return [name.strip() for name in next(csv.reader(io.StringIO(header, newline=""), delimiter=delimiter), [])]
    except csv.Error:
        return []


def _likelihood(layout: _Layout) -> tuple[int, int]:
    return sum(column_of(name) is not None for name in layout.names), len(layout.names)


def _rows(rows: Iterator[CsvRow], layout: _Layout) -> Iterator[Row]:
    for number, row in enumerate(rows, start=1):
        place = f"row {row.line + layout.line - 1}"
        yield number, place, row.problem or _values(row.cells, layout)


def _values(cells: list[str], layout: _Layout) -> dict[str, object] | str:
    """Return a row's cells by the names of their columns, or why the text cannot be told."""
    names = layout.names
    width, count = len(names), len(cells)
    if width == 1:
        return {names[0]: layout.delimiter.join(cells)}
    if count > width and any(cell.strip() for cell in cells[width:]):
        return f"The row has {count:,} cells, the header {width:,}: the text cannot be told."
    if count < width and not has_text(names[:count]):
        return f"The row has {count:,} cells, the header {width:,}: the text is not among them."
    return _by_name(names, cells)


def _by_name(names: list[str], cells: list[str]) -> dict[str, object]:
    """Return cells by their columns' names. Of columns of one name the first that is filled counts."""
    row: dict[str, object] = {}
    for name, cell in itertools.zip_longest(names, cells[: len(names)], fillvalue=""):
        if not row.get(name):
            row[name] = cell
    return row
