"""Text that may hold HTML: a feed's content, a cell of a table, a value of a JSON document. Its words as plain lines.

Whole pages have a reader of their own (`page`): here nothing stands around the text.
"""

import re
from html import unescape

from lxml import etree

_INLINE = "a|abbr|acronym|b|big|cite|code|del|em|font|i|img|ins|kbd|mark|q|s|small|span|strike|strong|sub|sup|tt|u"
_BLOCK = (
    "p|br|div|article|section|main|header|footer|aside|h[1-6]|ul|ol|li|dl|dt|dd|blockquote|pre|figure|figcaption|hr"
    "|table|thead|tbody|tfoot|tr|td|th|caption|center|address|html|body|head|form|iframe|script|style|video|audio|object"
)
_TAG = re.compile(rf"</?(?:{_INLINE}|{_BLOCK})(?:\s[^<>]*)?/?>|<!--|<!\[CDATA\[|<!DOCTYPE\s+html", re.IGNORECASE)
_BLOCK_TAG = re.compile(rf"</?(?:{_BLOCK})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_BLOCKS = frozenset(_BLOCK.replace("h[1-6]", "h1|h2|h3|h4|h5|h6").split("|"))
# What a browser does not show as text, and what is told about a picture.
_UNSEEN = frozenset(
    {"script", "style", "title", "template", "noscript", "iframe", "object", "svg", "math", "select", "button",
     "textarea", "video", "audio", "canvas", "figcaption"}
)  # fmt: skip
_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n\s*")


def plain_text(text: str) -> str:
    """Return `text` without markup, its paragraphs on lines of their own; plain text comes back as it is.

    HTML is known by a tag that HTML has. References (`&amp;`, `&#8217;`) are made characters in both. In HTML with
    paragraphs, line ends say nothing, as in a browser; blank lines part paragraphs all the same (drafts of blogs mix
    both), and where there are only tags like `<b>`, every line end does.
    """
    if "<" in text and _TAG.search(text):
        return _without_markup(_CDATA.sub("", text))
    return _REFERENCE.sub(lambda match: unescape(match.group()), text) if "&" in text else text


def _without_markup(html: str) -> str:
    lines = _Lines(folds=bool(_BLOCK_TAG.search(html)))
    # The parser hands out what it meets one by one and builds no tree: no nesting is too deep for it.
    parser = etree.HTMLParser(target=lines, recover=True, no_network=True, encoding="utf-8")
    try:
        parser.feed(html.replace("\x00", "").encode("utf-8", "ignore"))
        return str(parser.close())
    except etree.LxmlError:
        return lines.close()


class _Lines:
    """What lxml's parser hands its events to: gathers the text, with line ends where an element begins or ends."""

    def __init__(self, *, folds: bool) -> None:
        self._folds = folds
        self._parts: list[str] = []
        self._unseen = 0

    def start(self, tag: str, _attributes: object) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        self._part(tag)

    def end(self, tag: str) -> None:
        if tag in _UNSEEN and self._unseen:
            self._unseen -= 1
        self._part(tag)

    def data(self, text: str) -> None:
        if self._unseen:
            return
        if self._folds and "\n" in text:
            text = "\n".join(piece.replace("\n", " ") for piece in _BLANK_LINE.split(text))
        self._parts.append(text)

    def comment(self, _text: str) -> None:
        pass

    def close(self) -> str:
        return "".join(self._parts)

    def _part(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._parts.append(" ")
        elif tag in _BLOCKS:
            self._parts.append("\n")
