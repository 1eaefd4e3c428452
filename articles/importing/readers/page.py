"""Saved web pages (HTML): the page's own word for title, date, address and author; its text by trafilatura."""

import logging
import re
import warnings
from collections.abc import Iterator
from pathlib import PurePath

import htmldate
from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, XMLParsedAsHTMLWarning
from bs4.element import Tag

from articles.importing.cleaning import byline_of, clean, clean_characters, is_sentence, join
from articles.importing.readers.dated import record_date
from articles.importing.readers.decoding import decode, text_of
from articles.importing.readers.page_body import page_paragraphs
from articles.importing.readers.page_metadata import read_metadata
from articles.importing.records import ArticleRecord, ImportFile, UnreadableFile, UnreadableRecord
from articles.text import dates

_SUFFIXES = {".html", ".htm", ".xhtml", ".shtml"}
_MARKUP = re.compile(r"<(?:!doctype\s+html|html|head|body|meta|article|title|div|p)\b", re.IGNORECASE)
_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]{0,100}encoding=[\"']([\w.:-]+)", re.IGNORECASE
)
# Deeper than any page; lxml and trafilatura work by recursion.
_DEEPEST = 400

# Both libraries report what they try; what comes of it stands in the import's report.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)
# XHTML is read as HTML on purpose, as browsers do.
warnings.filterwarnings("ignore", category=XMLParsedAsHTMLWarning)
warnings.filterwarnings("ignore", category=MarkupResemblesLocatorWarning)


def recognises(file: ImportFile) -> bool:
    """Tell a page by its markup near the beginning, else by the extension."""
    start = decode(file.content[:4000]).lstrip("\ufeff \t\r\n")
    if start.startswith("<") and _MARKUP.search(start):
        return True
    return PurePath(file.name).suffix.lower() in _SUFFIXES


def read(file: ImportFile) -> Iterator[ArticleRecord | UnreadableRecord]:
    """Yield the one article of a page. Raises UnreadableFile where it is not a page or has no text."""
    declared = _CHARSET.search(file.content[:8192])
    charset = (declared.group(1) or declared.group(2)).decode("ascii") if declared else ""
    html = clean_characters(text_of(file, charset))
    if not _MARKUP.search(html):
        raise UnreadableFile("This file is named like a web page, but there is no HTML in it.")
    try:
        yield _article(html)
    except (RecursionError, ValueError, AssertionError) as error:
        raise UnreadableFile(f"The page's HTML cannot be read ({type(error).__name__}).") from error


def _article(html: str) -> ArticleRecord:
    soup = BeautifulSoup(html, "lxml")
    _refuse_deep(soup)
    metadata = read_metadata(soup)
    date = metadata.date or _found_date(html, soup)
    paragraphs = clean(_without_head(page_paragraphs(soup, metadata.article_body)), title=metadata.title)
    if not any(letter.isalpha() for paragraph in paragraphs for letter in paragraph):
        raise UnreadableFile("There is no article text in this page.")
    return ArticleRecord(
        body=join(paragraphs),
        title=metadata.title,
        date=record_date(date or _dateline(paragraphs)),
        url=metadata.url,
        source=metadata.site,
        byline=metadata.byline,
    )


def _refuse_deep(soup: BeautifulSoup) -> None:
    depth = 0
    level: list[Tag] = [soup]
    while level:
        depth += 1
        if depth > _DEEPEST:
            raise UnreadableFile("The page's HTML is nested too deep.")
        level = [child for tag in level for child in tag.contents if isinstance(child, Tag)]


def _dateline(paragraphs: list[str]) -> dates.Moment | None:
    return next((moment for paragraph in paragraphs[:3] if (moment := dates.dateline_date(paragraph))), None)


def _without_head(paragraphs: list[str]) -> list[str]:
    """Drop the lines above the text that only say when and by whom."""
    first = next((index for index, paragraph in enumerate(paragraphs) if is_sentence(paragraph)), 0)
    return [
        paragraph
        for index, paragraph in enumerate(paragraphs)
        if index >= first or not (dates.line_date(paragraph) or byline_of(paragraph))
    ]


def _found_date(html: str, soup: BeautifulSoup) -> dates.Moment | None:
    """Return the date that the page shows but does not mark: a line that only says when, else what htmldate finds."""
    for text in soup.find_all(string=re.compile(r"\d")):
        if text.parent is not None and text.parent.name not in ("script", "style", "title", "a", "option"):
            moment = dates.line_date(" ".join(text.split()))
            if moment:
                return moment
    try:
        found = htmldate.find_date(html, original_date=True, extensive_search=False)
    except (ValueError, TypeError, AttributeError):
        return None
    return dates.parse_iso(found) if found else None
