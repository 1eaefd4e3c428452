"""A text file of any size as a stream of characters. Its charset is found out from all its bytes."""

import codecs
import io
from typing import BinaryIO

from articles.importing.readers.decoding import charset_of_bytes, marked_charset
from articles.importing.records import ImportFile, UnreadableFile

_CHUNK = 1024 * 1024
# So many bytes around the first one that is no UTF-8 are asked for their charset.
_BEFORE, _SAMPLE = 4 * 1024, 64 * 1024
_ENOUGH = 2000


def text_stream(file: ImportFile) -> io.TextIOWrapper:
    """Return the characters of a file, line ends as they are; what its charset does not know becomes U+FFFD.

    Raises UnreadableFile where the file cannot be opened or read.
    """
    return io.TextIOWrapper(file.open(), charset_of(file), errors="replace", newline="")


def charset_of(file: ImportFile) -> str:
    """Return the charset of a file: its mark, UTF-8 where all of it fits, else what its letters say."""
    marked = marked_charset(file.head)
    if marked:
        return marked
    if b"\x00" in file.head[:_ENOUGH]:
        return charset_of_bytes(file.head)  # perhaps UTF-16, which has to be read from its beginning
    with file.open() as stream:
        sample = _not_utf8(stream)
    return charset_of_bytes(sample) if sample else "utf-8"


def _not_utf8(stream: BinaryIO) -> bytes:
    """Return bytes around the first place that is no UTF-8, none where all is."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    before = chunk = b""
    try:
        while chunk := stream.read(_CHUNK):
            decoder.decode(chunk)
            before = chunk[-_BEFORE:]
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        # The decoder had kept the beginning of a letter from the chunk before.
        at = len(before) + error.start - (len(error.object) - len(chunk))
        return (before + chunk)[max(0, at - _BEFORE) :][:_SAMPLE]
    except OSError as error:
        raise UnreadableFile(f"The file cannot be read to its end ({error.strerror}).") from error
    return b""
