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
# Charsets of old texts in other scripts than Latin; charset-normalizer chooses among these by their letters.
_LEGACY = ["cp1251", "cp1256", "koi8_r", "koi8_u", "iso8859_5", "iso8859_6", "cp866", "cp1253", "cp1255"]
# What a document may declare, by Python's names. The codecs of Python include compressions and escapes: not these.
_LATIN = frozenset(
    ("ascii", "cp437", "cp850", "cp1250", "cp1252", "cp1254", "cp1257", "cp1258", "mac-roman",
     "iso8859-1", "iso8859-2", "iso8859-3", "iso8859-4", "iso8859-9", "iso8859-10", "iso8859-13", "iso8859-14",
     "iso8859-15", "iso8859-16")
)  # fmt: skip
_NOT_LATIN = frozenset(
    ("cp866", "cp874", "cp1251", "cp1253", "cp1255", "cp1256", "koi8-r", "koi8-u", "koi8-t", "mac-cyrillic", "tis-620",
     "iso8859-5", "iso8859-6", "iso8859-7", "iso8859-8", "iso8859-11")
)  # fmt: skip
# Several bytes a letter: nothing in common with the two kinds above.
_OTHERS = frozenset(
    ("gb2312", "gbk", "gb18030", "big5", "big5hkscs", "euc_jp", "euc_kr", "shift_jis", "cp932", "cp949", "cp950",
     "iso2022_jp")
)  # fmt: skip
_SAMPLE = 20_000
# A capital behind a small letter (Cyrillic, Greek), Arabic beside Latin, or what is no letter at all.
_MISSPELLED = re.compile(
    "[а-яёђ-џα-ώ][А-ЯЁЂ-ЏΑ-Ω]|[\u0621-\u064a][A-Za-z\u00c0-\u00ff]|[A-Za-z\u00c0-\u00ff][\u0621-\u064a]"
    "|\\w[\u00a1-\u00a9\u00ac-\u00b6\u00d7\u00f7\u2500-\u25ff\ufffd]\\w"
)
# Letters of Serbian, Macedonian and Ukrainian: no language needs them for a seventh of a text.
_RARE = "ђѓєѕіїјљњћќўџ№"
_MARKUP = re.compile(rb"<[^<>]*>")
_FOREIGN_WORD = re.compile(rb"[A-Za-z]*[\x80-\xff][A-Za-z\x80-\xff]*")
_ROW_OF_LETTERS = re.compile(rb"[\x80-\xff]{3,}")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def refuse_binary(file: ImportFile) -> None:
    """Raise UnreadableFile, with what the file seems to be, for an empty or binary file."""
    content = file.head
    if not content.strip() and file.size <= len(content):
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
    """Return `content` as text, read in the charset that it is in; bytes that fit nowhere become U+FFFD."""
    return content.decode(charset_of_bytes(content, declared), errors="replace")


def charset_of_bytes(content: bytes, declared: str = "") -> str:
    """Return the charset of `content`: byte order mark, UTF-8 where it fits, the declared one, else by its letters."""
    charset = marked_charset(content) or _unmarked_utf16(content)
    if charset:
        return charset
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return _legacy_charset(content, declared)
    return "utf-8"


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
    """Return the charset of bytes that are no UTF-8: the declared one unless the bytes speak against it."""
    telling = _telling(content)
    if _mostly_utf8(telling):
        # A page that says otherwise and has a few broken bytes is UTF-8 all the same.
        return "utf-8"
    latin = _is_latin(telling)
    name = _known(declared)
    if name in _OTHERS or (name in (_LATIN if latin else _NOT_LATIN) and _is_spelled(telling, name)):
        # What calls itself Latin-1 is windows-1252 on the web (WHATWG Encoding).
        return "cp1252" if name in ("iso8859-1", "ascii") else name
    if latin:
        return "cp1252"
    best = from_bytes(telling, cp_isolation=_LEGACY, threshold=0.5, preemptive_behaviour=False).best()
    return best.encoding if best else "cp1252"


def _known(declared: str) -> str:
    """Return Python's name of a charset that documents are written in; empty for any other, and for UTF-8."""
    try:
        name = codecs.lookup(declared).name
    except (LookupError, ValueError):
        return ""
    return name if name in _LATIN or name in _NOT_LATIN or name in _OTHERS else ""


def _telling(content: bytes) -> bytes:
    """Return the words that are not ASCII, markup left out, as many as a sample needs."""
    words = _FOREIGN_WORD.findall(_MARKUP.sub(b" ", content))
    return b" ".join(words)[:_SAMPLE]


def _is_latin(telling: bytes) -> bool:
    """Tell a Latin script by its bytes: accents and marks stand alone among ASCII, letters of other scripts in rows."""
    high = sum(byte > 0x7F for byte in telling)
    return sum(map(len, _ROW_OF_LETTERS.findall(telling))) * 2 < high


def _is_spelled(telling: bytes, charset: str) -> bool:
    """Tell whether words are words in a charset: in a wrong one capitals or other scripts stand in their midst."""
    text = telling.decode(charset, errors="replace")
    words = text.split()
    shouted = sum(map(str.isupper, text)) > sum(map(str.islower, text))
    rare = sum(map(text.count, _RARE)) * 7 > len(text)
    return not shouted and not rare and sum(1 for word in words if _MISSPELLED.search(word)) * 4 <= len(words)


def _mostly_utf8(sample: bytes) -> bool:
    """Tell UTF-8 with some damage: far more letters of several bytes than bytes that fit nowhere."""
    text = sample.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    whole = sum(letter > "\x7f" for letter in text) - broken
    return whole > 4 * broken
