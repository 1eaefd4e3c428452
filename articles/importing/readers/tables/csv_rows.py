"""The rows of a table in text (CSV, RFC 4180), one at a time, with what is wrong with them.

A quotation mark that nobody closed would take everything behind it for one cell. Such a row ends where the next whole
row begins, as far as that can be told.
"""

import csv
import io
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from articles.importing.records import UnreadableFile

# So many characters are read a second time, and no more: a file may be made to be read again and again.
_REREAD = 32 * 1024 * 1024
_NOT_CLOSED = "A quotation mark of the row is not closed."


@dataclass(frozen=True)
class CsvRow:
    """A row's cells, and the number of the line it begins on; `problem` says why it has no cells."""

    line: int
    cells: list[str]
    problem: str = ""


def csv_rows(stream: io.TextIOBase, delimiter: str, width: int, longest: int) -> Iterator[CsvRow]:
    """Yield the rows of a table with so many columns; blank lines are passed over.

    A row of more than `longest` characters is left out, with the reason. Raises UnreadableFile where the stream breaks.
    """
    # A setting of the whole process; rows are held short by _Lines.
    csv.field_size_limit(max(csv.field_size_limit(), longest + 1))
    lines = _Lines(stream, longest)
    reader = csv.reader(lines, delimiter=delimiter)
    budget = _REREAD
    while True:
        lines.begin()
        cells, problem = _row(reader, lines)
        if not lines.taken and not problem:
            return
        is_uneven = width > 0 and len(cells) != width and len(lines.taken) > 1
        if (problem or is_uneven) and budget > 0:
            budget -= sum(map(len, lines.taken))
            again = _next_whole_row(lines.taken, delimiter, width)
            if again:
                yield CsvRow(lines.first, [], problem or _NOT_CLOSED)
                lines.put_back(again)
                continue
        if problem:
            yield CsvRow(lines.first, [], problem)
        elif any(cells):
            yield CsvRow(lines.first, cells)


def _row(reader: Iterator[list[str]], lines: "_Lines") -> tuple[list[str], str]:
    """Return the next row's cells, or why they cannot be told; neither at the end."""
    try:
        cells = next(reader, [])
    except _TooLong:
        return [], f"The row is longer than {lines.longest:,} characters."
    except csv.Error as error:
        return [], f"The row cannot be read ({error})."
    return ([], _NOT_CLOSED) if lines.ended and lines.taken else (cells, "")


def _next_whole_row(taken: list[str], delimiter: str, width: int) -> int:
    """Return which of the lines that a row took is a whole row by itself, 0 for none."""
    return next((index for index, line in enumerate(taken) if index and _is_row(line, delimiter, width)), 0)


def _is_row(line: str, delimiter: str, width: int) -> bool:
    try:
        rows = list(csv.reader([line], delimiter=delimiter, strict=True))
    except csv.Error:
        return False
    return width > 1 and len(rows) == 1 and len(rows[0]) == width


class _TooLong(Exception):
    """The row has more characters than any article."""


class _Lines:
    """The lines of a stream, those put back first; remembers which ones the present row took."""

    def __init__(self, stream: io.TextIOBase, longest: int) -> None:
        self._stream = stream
        self.longest = longest
        self._waiting: deque[str] = deque()
        self._size = 0
        self._next = 1
        self.first = 1
        self.taken: list[str] = []
        self.ended = False

    def begin(self) -> None:
        """Begin a row."""
        self.first, self.taken, self._size, self.ended = self._next, [], 0, False

    def put_back(self, index: int) -> None:
        """Give the lines that the row took, from that one on, again."""
        again = self.taken[index:]
        self._next -= len(again)
        self._waiting.extendleft(reversed(again))

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._waiting.popleft() if self._waiting else self._read()
        if not line:
            self.ended = True
            raise StopIteration
        self._next += 1
        self._size += len(line)
        is_long = len(line) > self.longest
        if not is_long:
            self.taken.append(line)
        if self._size > self.longest:
            while is_long and line and not line.endswith(("\n", "\r")):
                line = self._read()
            raise _TooLong
        return line

    def _read(self) -> str:
        try:
            return self._stream.readline(self.longest + 1)
        except OSError as error:
            raise UnreadableFile(f"The file cannot be read to its end ({error.strerror}).") from error
