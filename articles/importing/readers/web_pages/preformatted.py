"""Releases that a page holds as preformatted text (`<pre>`): lines of a fixed width made paragraphs of the page."""

import re

from bs4 import BeautifulSoup
from bs4.element import Tag

_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
# Lines are no wider where a text is broken at a fixed width; wider ones are paragraphs.
_WIDEST = 100
# A line shorter than this share of the widest ends its paragraph: a heading, a date, a last line.
_FULL = 0.6
_SHORTEST = 200
_LETTERS_AT_LEAST = 0.6


def open_preformatted(soup: BeautifulSoup) -> None:
    """Make paragraphs of the preformatted texts of a page, parted by blank lines and by lines that stop short.

    Code, tables and short pieces stay as they are.
    """
    for block in soup.find_all("pre", limit=200):
        text = block.get_text()
        if not _is_prose(block, text):
            continue
        block.name = "div"
        block.clear()
        for paragraph in _paragraphs(text):
            tag = soup.new_tag("p")
            tag.string = paragraph
            block.append(tag)


def _is_prose(block: Tag, text: str) -> bool:
    dense = "".join(text.split())
    letters = sum(letter.isalpha() for letter in dense)
    return block.find("code") is None and len(dense) >= _SHORTEST and letters >= _LETTERS_AT_LEAST * len(dense)


def _paragraphs(text: str) -> list[str]:
    width = max(len(line.strip()) for line in text.split("\n"))
    paragraphs: list[str] = []
    for block in _BLANK_LINE.split(text):
        goes_on = False
        for line in filter(None, (" ".join(each.split()) for each in block.split("\n"))):
            if goes_on:
                paragraphs[-1] = f"{paragraphs[-1]} {line}"
            else:
                paragraphs.append(line)
            goes_on = width <= _WIDEST and len(line) >= _FULL * width
    return paragraphs
