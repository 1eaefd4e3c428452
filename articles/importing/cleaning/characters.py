"""Characters that carry no meaning in a stored text: removed before anything else looks at it."""

import re
import unicodedata

# NUL and other controls (PostgreSQL refuses NUL, XML and feeds the rest), lone surrogates (no encoding can write them),
# non-characters, and the object replacement mark of pasted pages. Tab and line ends stay.
_REFUSED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffc\ufffe\uffff]")
# Direction controls, soft hyphens and joiners of width zero. ZWNJ and ZWJ stay: Persian spelling and emoji need them.
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile("[\t \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")


def clean_characters(text: str) -> str:
    """Return `text` in NFC without control, invisible and unwritable characters; lines end in \\n; line breaks stay."""
    text = _LINE_ENDS.sub("\n", text)
    text = _INVISIBLE.sub("", _REFUSED.sub("", text))
    return unicodedata.normalize("NFC", text)


def squeeze(line: str) -> str:
    """Return one line with its white space made single spaces and cut off at both ends."""
    return _SPACES.sub(" ", line).strip()


def one_line(text: str, limit: int) -> str:
    """Return `text` as one clean line of at most `limit` characters: for names, titles and ids."""
    return " ".join(clean_characters(text).split())[:limit].rstrip()
