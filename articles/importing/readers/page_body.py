"""The text of a web page: what shows other articles is taken out, then trafilatura finds the main text."""

import re

import trafilatura
from bs4 import BeautifulSoup
from bs4.element import Tag

from articles.importing.cleaning import is_related_label, paragraphs_of, squeeze

# A label over other articles is a few words in an element of its own.
_LABEL_TAGS = [
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "b",
    "strong",
    "span",
    "p",
    "div",
    "em",
    "i",
    "a",
    "dt",
    "legend",
    "summary",
    "li",
]
# A box with a paragraph of this length is more than a list of headlines; a box with this share of the page is the page.
_PARAGRAPH = 160
_SHARE_OF_PAGE = 0.3
_ENOUGH = 200
_FRAME = frozenset({"nav", "header", "footer", "aside", "form", "menu"})


def page_paragraphs(soup: BeautifulSoup, article_body: str) -> list[str]:
    """Return the paragraphs of a page's main text. `soup` loses what is none of it: read the rest of the page before.

    `article_body` is the text that the page's own data (JSON-LD) give; it is used where the markup holds none.
    """
    _flatten_layout_tables(soup)
    _remove_related_boxes(soup)
    extracted = trafilatura.extract(str(soup), include_comments=False, include_tables=True) or ""
    if len(extracted) < _ENOUGH and len(article_body) > 2 * len(extracted):
        extracted = BeautifulSoup(article_body, "lxml").get_text("\n")
    if not extracted.strip():
        extracted = _plain_paragraphs(soup)
    return [line.removeprefix("- ") for line in paragraphs_of(extracted)]


def _flatten_layout_tables(soup: BeautifulSoup) -> None:
    """Make plain boxes of tables that only arrange the page: what holds whole paragraphs is no table of data."""
    for table in soup.find_all("table"):
        # A single row is a menu or a banner.
        arranges = (
            any(len(cell.get_text()) >= _PARAGRAPH for cell in table.find_all("td")) or len(table.find_all("tr")) == 1
        )
        if arranges and table.find("th") is None:
            for tag in [table, *table.find_all(["tbody", "thead", "tr", "td"])]:
                tag.name = "div"


def _remove_related_boxes(soup: BeautifulSoup) -> None:
    """Take out every box that begins with a label for other articles ("Read also") and holds no more than headlines."""
    body = soup.body or soup
    whole = len(body.get_text(" ", strip=True))
    texts = ((label, squeeze(label.get_text(" "))) for label in body.find_all(_LABEL_TAGS))
    boxes = [_box_of(label, text, whole) for label, text in texts if is_related_label(text)]
    for box in boxes:
        if box is not None:
            box.extract()


def _box_of(label: Tag, text: str, whole: int) -> Tag | None:
    """Return the largest element around a label that still begins with it and is a box beside the article."""
    box = label
    for parent in label.parents:
        inside = squeeze(" ".join(parent.get_text(" ").split()))
        if parent.name in ("body", "html", "[document]", "main") or not inside.startswith(text):
            break
        if len(inside) > whole * _SHARE_OF_PAGE or _has_paragraph(parent):
            break
        box = parent
    # A link or a word in the run of a sentence is no label.
    return (
        None if box is label and label.name in ("a", "span", "b", "strong", "em", "i") and _in_sentence(label) else box
    )


def _has_paragraph(box: Tag) -> bool:
    return any(
        len(paragraph.get_text(" ", strip=True)) >= _PARAGRAPH and paragraph.find_parent("a") is None
        for paragraph in box.find_all("p")
    )


def _in_sentence(label: Tag) -> bool:
    block = label.find_parent(["p", "li", "td", "div"])
    return block is not None and len(block.get_text(" ", strip=True)) >= _PARAGRAPH


def _plain_paragraphs(soup: BeautifulSoup) -> str:
    """Return every paragraph outside of the page's frame."""
    tags = [
        tag for tag in soup.find_all(["p", "blockquote"]) if not any(parent.name in _FRAME for parent in tag.parents)
    ]
    return "\n".join(re.sub(r"\s+", " ", tag.get_text(" ", strip=True)) for tag in tags)
