"""Characters that carry no meaning in a stored text: removed before anything else looks at it."""

import re
import unicodedata
from itertools import groupby

# NUL and other controls (PostgreSQL refuses NUL, XML and feeds the rest), lone surrogates (no encoding can write them),
# non-characters, and the object replacement mark of pasted pages. Tab and line ends stay.
_REFUSED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufff9-\ufffc\ufffe\uffff]")
# Direction controls, soft hyphens and spaces of width zero.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\u206a-\u206f\ufeff]"
)
# Joiners (ZWNJ, ZWJ) are spelling between letters of Arabic, Syriac, Indic and Mongolian scripts, and glue in emoji.
# Elsewhere, doubled, and a ZWNJ at the end of a word they say nothing. The tatweel is a letter like others here: stored
# as it was written, and folded where words are compared.
_DOUBLED_JOINERS = re.compile("([\u200c\u200d])[\u200c\u200d]+")
_JOINED = "\u0600-\u08ff\u0900-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefc"
_JOINERS = re.compile(
    f"\u200c(?:(?<![{_JOINED}]\u200c)|(?=\\s|\\Z))"
    f"|\u200d(?<![{_JOINED}\u2190-\u2bff\u3030-\u3299\ufe0f\U0001f000-\U0001faff]\u200d)"
)
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile("[\t \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")


def _combining_marks() -> str:
    """Return all marks that combine with the letter before them, as the inside of a character class."""
    marks = (code for code in range(0x300, 0x1E950) if unicodedata.combining(chr(code)))
    runs = [list(run) for _key, run in groupby(enumerate(marks), lambda each: each[1] - each[0])]
    return "".join(f"{chr(run[0][1])}-{chr(run[-1][1])}" for run in runs)


# Unicode's Stream-Safe Text Format (UAX #15, section 13): no language sets more marks on one letter, and to put
# a thousand of them in order takes a million steps.
_MARKS = _combining_marks()
_MOST_MARKS = 30
_TOO_MANY_MARKS = re.compile(f"[{_MARKS}][{_MARKS}]{{{_MOST_MARKS},}}")

# Marks are no letters, and a run without letters is found much faster than one of marks.
_NO_LETTERS = re.compile(rf"[^\w\s!-~]{{{_MOST_MARKS + 1},}}")


def _with_fewer_marks(run: re.Match[str]) -> str:
    return _TOO_MANY_MARKS.sub(lambda marks: marks.group()[:_MOST_MARKS], run.group())


def clean_characters(text: str) -> str:
    """Return `text` in NFC without control, invisible and unwritable characters; lines end in \\n; line breaks stay."""
    text = _LINE_ENDS.sub("\n", text)
    text = _REFUSED.sub("", text)
    if text.isascii():
        return text
    text = _JOINERS.sub("", _DOUBLED_JOINERS.sub(r"\1", _INVISIBLE.sub("", text)))
    return unicodedata.normalize("NFC", _NO_LETTERS.sub(_with_fewer_marks, text))


def squeeze(line: str) -> str:
    """Return one line with its white space made single spaces and cut off at both ends."""
    return _SPACES.sub(" ", line).strip()


def one_line(text: str, limit: int) -> str:
    """Return `text` as one clean line of at most `limit` characters: for names, titles and ids."""
    return " ".join(clean_characters(text).split())[:limit].rstrip()
