"""One module a format, in a folder with its kin.

To add a format: write its module with `recognises` and `read`, and add one line to READERS.
"""

from pathlib import PurePath
from typing import Protocol

from articles.importing.readers import channel, pasted
from articles.importing.readers.decoding import refuse_binary
from articles.importing.readers.feeds import feed
from articles.importing.readers.tables import csv_table, json_document, json_lines
from articles.importing.readers.telegram_desktop import export, pages, web_preview
from articles.importing.readers.web_pages import mhtml, page
from articles.importing.records import ImportFile, Records, UnreadableFile


class ReaderModule(Protocol):
    """What a module of this package offers."""

    def recognises(self, file: ImportFile) -> bool:
        """Tell by content first, extension second, whether the file is in this format."""

    def read(self, file: ImportFile) -> Records:
        """Yield the file's articles in order. Raises UnreadableFile."""


# Asked in this order; the first that recognises a file reads it.
READERS: dict[str, ReaderModule] = {
    "Telegram Desktop export": export,
    "Telegram Desktop page": pages,
    "Telegram channel's web page": web_preview,
    "JSON Lines": json_lines,
    "JSON": json_document,
    "feed (RSS, Atom)": feed,
    "saved web page (MHTML)": mhtml,
    "web page": page,
    "table (CSV)": csv_table,
    "channel text": channel,
    "plain text": pasted,
}
# Texts that are no articles as they stand, by extension; as plain text they would come in as one senseless article.
_OTHER_FORMATS = {
    ".xml", ".eml", ".yaml", ".yml", ".toml", ".ini", ".css", ".js",
    ".py", ".sql", ".log", ".srt", ".vtt", ".ics", ".vcf", ".svg", ".map",
}  # fmt: skip


def reader_of(file: ImportFile) -> tuple[str, ReaderModule]:
    """Return the name of a file's format and its reader. Raises UnreadableFile where no reader takes it."""
    refuse_binary(file)
    suffix = PurePath(file.name).suffix.lower()
    for name, reader in READERS.items():
        if reader is pasted and suffix in _OTHER_FORMATS:
            raise UnreadableFile(f"{suffix} files cannot be read. Readable are: {', '.join(READERS)}.")
        if reader.recognises(file):
            return name, reader
    raise UnreadableFile(f"The format is not known. Readable are: {', '.join(READERS)}.")


def read(file: ImportFile) -> Records:
    """Yield the articles of a file in any format. Raises UnreadableFile, at once or on the way."""
    _name, reader = reader_of(file)
    yield from reader.read(file)
