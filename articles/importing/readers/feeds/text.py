"""The text of a feed's entry, and whether it is the whole article or a summary of it.

The feed's own word goes first: RSS's `content:encoded` and `xhtml:body`, Atom's `content`, Yandex's `yandex:full-text`
and `turbo:content` (and `full-text` of any namespace) hold the article, `description` and `summary` a summary of it.
But many feeds put the whole text into `description`: it is the article where it is long (a thousand characters), or of
several paragraphs and not short (five hundred). Where `description` says more than the content it stands for the entry.
And whatever ends in "…" or "Read more" is a summary.
"""

import re
from dataclasses import dataclass
from html import unescape
from typing import Any

from articles.importing.cleaning import clean, join, paragraphs_of
from articles.importing.readers.html_text import plain_text
from articles.importing.readers.tables.values import has_letters, is_cut

# Summaries are cut by programs after fifty-five words or some three hundred characters, and written by hand in two or
# three sentences.
_LONG = 1000
_SEVERAL = 500
# As feedparser names elements that it does not know: prefix, line, name.
_FULL_TEXT = re.compile(r"(?:[\w.-]+_)?full[-_]?text|turbo_content", re.IGNORECASE)
# "The post TITLE appeared first on SITE.", in any language.
_FOOTER = 80


@dataclass(frozen=True)
class EntryText:
    """An entry's body, its paragraphs parted by blank lines, empty without a text; and the language it names."""

    body: str = ""
    summary: bool = False
    language: str = ""


def entry_text(entry: Any, title: str, source: str) -> EntryText:
    """Return the text of an entry as feedparser gives it. `title` and `source` are the entry's, as they are shown."""
    content, language = _content(entry)
    described = dict.get(entry, "summary")
    # Where there is no summary feedparser gives the content for one.
    is_summarised = isinstance(described, str) and described.strip() != content.strip()
    summary = _paragraphs(str(described), title, source) if is_summarised else []
    paragraphs = _paragraphs(content, title, source)
    is_content = len(join(paragraphs)) > len(join(summary))
    if not is_content:
        paragraphs = summary
    if not any(map(has_letters, paragraphs)):
        return EntryText()
    is_whole = not is_cut(paragraphs) and (is_content or _is_long(paragraphs))
    return EntryText(join(clean(paragraphs, title=title)), not is_whole, language)


def _content(entry: Any) -> tuple[str, str]:
    """Return the longest of an entry's contents that are texts, and its language."""
    listed = entry.get("content") or []
    texts = [
        (str(part.get("value") or ""), str(part.get("language") or ""))
        for part in listed
        if isinstance(part, dict) and str(part.get("type") or "text/").startswith(("text/", "application/xhtml"))
    ]
    texts += [(_unescaped(value), "") for name, value in entry.items() if _FULL_TEXT.fullmatch(name)]
    return max(texts, key=lambda text: len(text[0]), default=("", ""))


def _unescaped(value: object) -> str:
    """Return the text of an element that feedparser does not know: it leaves a CDATA section of one escaped."""
    text = value if isinstance(value, str) else ""
    return unescape(text) if "<" not in text else text


def _paragraphs(text: str, title: str, source: str) -> list[str]:
    paragraphs = paragraphs_of(plain_text(text))
    if len(paragraphs) > 1 and title and title in paragraphs[-1] and source in paragraphs[-1]:
        rest = len(paragraphs[-1]) - len(title) - len(source)
        if rest <= _FOOTER:
            return paragraphs[:-1]
    return paragraphs


def _is_long(paragraphs: list[str]) -> bool:
    length = sum(map(len, paragraphs))
    return length >= _LONG or (length >= _SEVERAL and len(paragraphs) > 1)
