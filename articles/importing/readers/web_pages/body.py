"""The text of a web page: trafilatura finds the main text in what was left when boxes with other articles were removed.

What trafilatura leaves is compared with what the page says of itself and with its paragraphs of the same kind.
"""

import logging
import re
from collections import Counter

import trafilatura
from bs4 import BeautifulSoup
from bs4.element import Tag

from articles.importing.cleaning import paragraphs_of
from articles.importing.readers.web_pages.boxes import (
    elements,
    lengths_of,
    remove_captions,
)
from articles.importing.readers.web_pages.metadata import PageMetadata

# trafilatura reports what it tries; what comes of it stands in the import's report.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

_ENOUGH = 200
_FRAME = frozenset({"nav", "header", "footer", "aside", "form", "menu"})
# A description shorter than this may stand anywhere; a text's standfirst is a sentence.
_STANDFIRST = 60
_STANDFIRST_TAGS = frozenset(("p", "div", "h2", "h3", "span"))
# Looking for each in the whole text takes time; a page of which more is lost is no article.
_MOST_LOST = 500
_ROW = re.compile(r"^\|.*\|$")
_RULE = re.compile(r"^\|(?:\s*:?-{3,}:?\s*\|)+$")

_JOINERS = {"\u200c": "\u2d6f", "\u200d": "\ua7f7"}


def page_paragraphs(soup: BeautifulSoup, metadata: PageMetadata) -> list[str]:
    """Return the paragraphs of the main text of a page whose boxes with other articles are gone. `soup` loses captions.

    The text that the page's own data (JSON-LD) give is used where the markup holds none, or much less.
    """
    remove_captions(soup)
    paragraphs = _lines(_extracted(str(soup)))
    told = _lines(BeautifulSoup(metadata.article_body, "lxml").get_text("\n")) if metadata.article_body else []
    if _is_fuller(told, paragraphs):
        return told
    if not paragraphs:
        return _lines(_plain_paragraphs(soup))
    paragraphs = _with_lost(paragraphs, soup)
    return _standfirst(soup, metadata, paragraphs) + paragraphs


def _extracted(html: str) -> str:
    """Return the main text that trafilatura finds, with the joiners that Persian spelling and emoji need.

    It drops them as unprintable; letters that no text has stand for them meanwhile.
    """
    for joiner, letter in _JOINERS.items():
        html = html.replace(joiner, letter)
    text = trafilatura.extract(html, include_comments=False, include_tables=True) or ""
    for joiner, letter in _JOINERS.items():
        text = text.replace(letter, joiner)
    return text


def _lines(text: str) -> list[str]:
    """Return the paragraphs of an extracted text; rows of a table as a line each, its cells parted by semicolons."""
    lines: list[str] = []
    for line in paragraphs_of(text):
        if _RULE.match(line):
            continue
        if _ROW.match(line):
            line = "; ".join(cell for each in line.strip("|").split("|") if (cell := each.strip()))
        lines.append(line.removeprefix("- "))
    return [line for line in lines if line]


def _is_fuller(told: list[str], found: list[str]) -> bool:
    """Tell that a page's data hold a text of which its markup shows next to nothing (it is drawn by a script)."""
    length, other = sum(map(len, told)), sum(map(len, found))
    shown, whole = _key("".join(found)), _key("".join(told))
    # trafilatura looks into the data too, and makes one paragraph of the text.
    is_broken_better = shown == whole and len(told) > len(found)
    return is_broken_better or (length > 2 * other and (other < _ENOUGH or shown in whole))


def _key(text: str) -> str:
    """Return the letters and digits of a text: what is the same however it was broken into lines."""
    return "".join(re.findall(r"\w+", text.casefold()))


def _with_lost(paragraphs: list[str], soup: BeautifulSoup) -> list[str]:
    """Put back paragraphs that were left out though they lie in the same elements, of the same names, as most others.

    One template writes all paragraphs of a text alike, and nothing else of the page like them: where several of one
    kind are the text, a sentence of the same kind is too. Links and teasers are no sentences.
    """
    found = {_key(paragraph): index for index, paragraph in enumerate(paragraphs)}
    tags = [(tag, _key(tag.get_text())) for tag in soup.find_all("p")]
    kinds = Counter(_kind(tag) for tag, key in tags if key in found)
    whole = _key("".join(paragraphs))
    lost: dict[int, list[str]] = {}
    behind = -1
    looked_for = 0
    for tag, key in tags:
        if key in found:
            behind = max(behind, found[key])
        elif behind >= 0 and looked_for < _MOST_LOST and kinds[_kind(tag)] >= 3 and _is_text(tag):
            looked_for += 1
            if key not in whole:
                lost.setdefault(behind, []).append(" ".join(tag.get_text().split()))
    return [each for index, paragraph in enumerate(paragraphs) for each in (paragraph, *lost.get(index, []))]


def _kind(tag: Tag) -> str:
    """Return the names of an element and of those around it, out to the article or a few levels."""
    names = []
    for parent in [tag, *tag.parents][:6]:
        names.append(f"{parent.name}.{parent.get('class')}")
        if parent.name in ("article", "main", "body"):
            break
    return " ".join(names)


def _is_text(tag: Tag) -> bool:
    text = " ".join(tag.get_text().split())
    linked = sum(len(link.get_text()) for link in tag.find_all("a"))
    return len(text) >= 40 and linked * 2 < len(text) and bool(re.search(r"[.!?…؟۔][»”\"')\]]*$", text))


def _standfirst(soup: BeautifulSoup, metadata: PageMetadata, paragraphs: list[str]) -> list[str]:
    """Return the sentence between headline and text that the page also describes itself with, if it was left out.

    Editors write it as the article's beginning; a description that stands nowhere on the page is for search engines.
    """
    lengths = lengths_of(soup)
    whole = _key("".join(paragraphs))
    first = next((key for each in paragraphs if (key := _key(each)) != _key(metadata.title)), "")
    wanted = {
        key: len(each)
        for each in metadata.descriptions
        if len(each) >= _STANDFIRST and (key := _key(each)) not in whole and key != _key(metadata.title)
    }
    if not wanted:
        return []
    longest = 2 * max(wanted.values())
    for tag in elements(soup.body or soup, _STANDFIRST_TAGS):
        if not _STANDFIRST / 2 <= lengths[id(tag)] <= longest:
            continue
        key = _key(tag.get_text())
        if key == first:
            break
        if key in wanted and tag.find_parent(["a", "nav", "aside", "footer", "li"]) is None:
            return [" ".join(tag.get_text(" ").split())]
    return []


def _plain_paragraphs(soup: BeautifulSoup) -> str:
    """Return every paragraph outside of the page's frame."""
    tags = [
        tag for tag in soup.find_all(["p", "blockquote"]) if not any(parent.name in _FRAME for parent in tag.parents)
    ]
    return "\n".join(re.sub(r"\s+", " ", tag.get_text(" ", strip=True)) for tag in tags)
