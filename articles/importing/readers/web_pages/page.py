"""Saved web pages (HTML): the page's own word for title, date, address and author; its text by trafilatura."""

import re
import warnings
from pathlib import PurePath

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, XMLParsedAsHTMLWarning
from bs4.element import Tag

from articles.importing.cleaning import byline_of, clean, clean_characters, is_notice, is_sentence, join
from articles.importing.readers.dated import record_date
from articles.importing.readers.decoding import decode, text_of
from articles.importing.readers.web_pages.body import page_paragraphs
from articles.importing.readers.web_pages.boxes import flatten_layout_tables, remove_related_boxes
from articles.importing.readers.web_pages.heading import headline_above
from articles.importing.readers.web_pages.metadata import read_metadata
from articles.importing.readers.web_pages.preformatted import open_preformatted
from articles.importing.readers.web_pages.refusals import refuse_list, refuse_message
from articles.importing.records import ArticleRecord, ImportFile, Records, UnreadableFile
from articles.text import dates

_SUFFIXES = {".html", ".htm", ".xhtml", ".shtml"}
_MARKUP = re.compile(r"<(?:!doctype\s+html|html|head|body|meta|article|title|div|p)\b", re.IGNORECASE)
_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]{0,100}encoding=[\"']([\w.:-]+)", re.IGNORECASE
)
# Pictures and fonts that a page saved as one file holds (RFC 2397): megabytes of it that no reader wants.
_DATA_ADDRESS = re.compile(r"data:[\w.+-]*/?[\w.+-]*(?:;[\w.+=-]*)*;base64,[A-Za-z0-9+/=%\s]{64,}")
# Deeper than any page; what lies deeper the HTML parser of libxml2 leaves out without a word.
_DEEPEST = 256
# Markup beyond this is not written by people; the parsers need a hundred times as much memory.
_LARGEST = 20_000_000

# XHTML is read as HTML on purpose, as browsers do.
warnings.filterwarnings("ignore", category=XMLParsedAsHTMLWarning)
warnings.filterwarnings("ignore", category=MarkupResemblesLocatorWarning)


def recognises(file: ImportFile) -> bool:
    """Tell a page by its markup near the beginning, else by the extension."""
    start = decode(file.head[:4000]).lstrip("\ufeff \t\r\n")
    if start.startswith("<") and _MARKUP.search(start):
        return True
    return PurePath(file.name).suffix.lower() in _SUFFIXES


def read(file: ImportFile) -> Records:
    """Yield the one article of a page. Raises UnreadableFile where it is not a page or has no text."""
    yield page_article(text_of(file, declared_charset(file.head)))


def declared_charset(html: bytes) -> str:
    """Return the charset that a page names itself near its beginning, empty without one."""
    declared = _CHARSET.search(html[:8192])
    return (declared.group(1) or declared.group(2)).decode("ascii") if declared else ""


def page_article(html: str, address: str = "", title: str = "") -> ArticleRecord:
    """Return the article of a page's HTML.

    `address` and `title` are what is known of the page otherwise, for pages that do not say. Raises UnreadableFile
    where this is not HTML, or where there is no article in it.
    """
    html = _DATA_ADDRESS.sub("data:,", clean_characters(html))
    if not _MARKUP.search(html):
        raise UnreadableFile("This file is named like a web page, but there is no HTML in it.")
    if len(html) > _LARGEST:
        raise UnreadableFile(f"The page has {len(html):,} characters of HTML; at most {_LARGEST:,} are read.")
    try:
        return _article(html, address, title)
    except (RecursionError, ValueError, AssertionError, TypeError, AttributeError, KeyError, IndexError) as error:
        # What breaks inside of a parser is the page's fault, and is told as that.
        raise UnreadableFile(f"The page's HTML cannot be read ({type(error).__name__}).") from error


def _article(html: str, address: str, title: str) -> ArticleRecord:
    soup = BeautifulSoup(html, "lxml")
    _refuse_deep(soup)
    is_frame = soup.find("frameset") is not None
    flatten_layout_tables(soup)
    remove_related_boxes(soup)
    open_preformatted(soup)
    metadata = read_metadata(soup, address)
    found = _without_head(page_paragraphs(soup, metadata))
    title = metadata.title or title
    title = headline_above(soup, title, metadata.site, metadata.url, found) or title
    paragraphs = clean(found, title=title)
    if not is_frame:
        # Without a sentence in it, what was taken for the text may be anything on the page.
        refuse_message(title, found if any(map(is_sentence, found)) else list(soup.stripped_strings))
    _refuse_empty(paragraphs, is_frame)
    refuse_list(soup, paragraphs)
    return ArticleRecord(
        body=join(paragraphs),
        title=title,
        date=record_date(_best_date(metadata.date, paragraphs)),
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


def _refuse_empty(paragraphs: list[str], is_frame: bool) -> None:
    if is_frame:
        raise UnreadableFile("This page is only a frame around other pages; save the page inside of the frame.")
    if not any(letter.isalpha() for paragraph in paragraphs for letter in paragraph):
        raise UnreadableFile("There is no article text in this page.")
    # `clean` leaves a text of nothing but notices as it is: on a page that is what stood before the article.
    if any(map(is_notice, paragraphs)) and not any(is_sentence(each) and not is_notice(each) for each in paragraphs):
        raise UnreadableFile("This page shows only a notice (cookies, consent, a check of the browser), no article.")


def _best_date(stated: dates.Moment | None, paragraphs: list[str]) -> dates.Moment | None:
    """Return the date that the page states where it can be, else its dateline's, else what it states."""
    return dates.preferred([stated, *map(dates.dateline_date, paragraphs[:3])])


def _without_head(paragraphs: list[str]) -> list[str]:
    """Drop the lines above the text that only say when and by whom."""
    first = next((index for index, paragraph in enumerate(paragraphs) if is_sentence(paragraph)), 0)
    return [
        paragraph
        for index, paragraph in enumerate(paragraphs)
        if index >= first or not _says_when_or_by_whom(paragraph)
    ]


def _says_when_or_by_whom(line: str) -> bool:
    # A label alone had its date in an element of its own.
    is_label = dates.label_of(line) == line.strip(" :") != ""
    return is_label or dates.line_date(line) is not None or bool(byline_of(line))
