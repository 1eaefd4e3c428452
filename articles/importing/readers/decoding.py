"""Bytes to text: byte order marks, UTF-8, a declared charset, else what the letters say."""

import codecs
import re
from collections import Counter

from charset_normalizer import from_bytes

from articles.importing.records import ImportFile, UnreadableFile

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What files begin with that people take for texts. The order matters only for reading.
_BINARY = (
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a picture, sound or film"),
    (b"OggS", "a sound or film"),
    (b"ID3", "a sound"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "a database"),
)
# Charsets of old pages in the five languages; charset-normalizer chooses among these.
_LEGACY = ["cp1251", "cp1252", "cp1256", "koi8_r", "iso8859_5", "iso8859_6"]
_SAMPLE = 20_000
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def refuse_binary(file: ImportFile) -> None:
    """Raise UnreadableFile, with what the file seems to be, for an empty or binary file."""
    content = file.content
    if not content.strip():
        raise UnreadableFile("The file is empty.")
    for start, name in _BINARY:
        if content.startswith(start):
            raise UnreadableFile(f"This is {name}, not a text. Unpack it or save it as text first.")
    if content[4:8] == b"ftyp":
        raise UnreadableFile("This is a picture, sound or film, not a text. Unpack it or save it as text first.")
    if marked_charset(content) is None and _unmarked_utf16(content) is None:
        sample = content[:_SAMPLE]
        if len(_CONTROL.findall(sample)) > len(sample) * 0.02 + 8:
            raise UnreadableFile("This is not a text but a binary file of an unknown kind.")


def text_of(file: ImportFile, declared: str = "") -> str:
    """Return the text of a file. `declared` is a charset that the document names itself.

    Raises UnreadableFile for empty and binary files. Bytes that the charset does not know become U+FFFD.
    """
    refuse_binary(file)
    return decode(file.content, declared)


def decode(content: bytes, declared: str = "") -> str:
    """Return `content` as text: byte order mark, UTF-8 where it fits, the declared charset, else by its letters."""
    charset = marked_charset(content) or _unmarked_utf16(content)
    if charset:
        return content.decode(charset, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode(_legacy_charset(content, declared), errors="replace")


def marked_charset(content: bytes) -> str | None:
    """Return the charset that a byte order mark names, None without one."""
    return next((charset for mark, charset in _MARKS if content.startswith(mark)), None)


def _unmarked_utf16(content: bytes) -> str | None:
    """Tell UTF-16 without a mark by its spaces and line ends, which are the same two bytes in every script."""
    sample = content[:2000]
    if b"\x00" not in sample:
        return None
    pairs = Counter(sample[index : index + 2] for index in range(0, len(sample) - 1, 2))
    little, big = pairs[b" \x00"] + pairs[b"\n\x00"], pairs[b"\x00 "] + pairs[b"\x00\n"]
    if max(little, big) * 40 < pairs.total():
        return None
    return "utf-16-le" if little > big else "utf-16-be"


def _legacy_charset(content: bytes, declared: str) -> str:
    if declared:
        try:
            name = codecs.lookup(declared).name
            # A page that says UTF-8 and has a few broken bytes is UTF-8 all the same.
            if name != "utf-8" or _mostly_utf8(content):
                # What calls itself Latin-1 is windows-1252 on the web (WHATWG Encoding).
                return "cp1252" if name in ("iso8859-1", "ascii") else name
        except LookupError:
            pass  # an unknown name says nothing
    if _mostly_utf8(content):
        return "utf-8"
    best = from_bytes(content[:_SAMPLE], cp_isolation=_LEGACY, threshold=0.5, preemptive_behaviour=False).best()
    return best.encoding if best else "cp1252"


def _mostly_utf8(content: bytes) -> bool:
    """Tell UTF-8 with some damage: far more letters of several bytes than bytes that fit nowhere."""
    sample = content[:_SAMPLE].decode("utf-8", errors="replace")
    broken = sample.count("\ufffd")
    whole = sum(letter > "\x7f" for letter in sample) - broken
    return whole > 4 * broken
