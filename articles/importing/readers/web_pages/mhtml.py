"""Web pages saved as one file with their pictures (MHTML, RFC 2557: `.mhtml`, `.mht`), as Chrome, Edge and Word do.

A message with a `multipart/related` body, of which one part is the page; or a message that is the page itself.
"""

import email
import email.header
import re
from email.errors import CloseBoundaryNotFoundDefect
from email.message import Message
from pathlib import PurePath

from articles.importing.cleaning import one_line
from articles.importing.readers.decoding import decode, refuse_binary
from articles.importing.readers.telegram_desktop.web_preview import is_preview, page_records
from articles.importing.readers.web_pages.page import declared_charset, page_article
from articles.importing.records import ArticleRecord, ImportFile, Records, Remark, UnreadableFile

_SUFFIXES = {".mhtml", ".mht"}
_HTML = {"text/html", "application/xhtml+xml"}
_HEADER = re.compile(rb"[\w-]{1,60}:[ \t]")
# What browsers write at the head of a page that they save, and what only mail has.
_SAVED = re.compile(rb"^(?:snapshot-content-location:|from:[^\r\n]{0,20}saved by )", re.IGNORECASE | re.MULTILINE)
_RELATED = re.compile(rb"^content-type:\s*multipart/related\b", re.IGNORECASE | re.MULTILINE)
_MAIL = re.compile(rb"^(?:received|to|message-id|delivered-to):", re.IGNORECASE | re.MULTILINE)
_NESTED = re.compile(rb"^content-type:\s*multipart/", re.IGNORECASE | re.MULTILINE)
# So many characters of a page are looked at to tell what it is.
_HEAD = 64 * 1024
# A saved page is one multipart with perhaps a second inside of it. Each further one makes every line slower to read.
_MOST_NESTED = 10


def recognises(file: ImportFile) -> bool:
    """Tell a saved page by the headers that browsers write, else by the extension of a file that is no plain HTML."""
    start = file.head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if _HEADER.match(start):
        headers = re.split(rb"\r?\n\r?\n", start, maxsplit=1)[0]
        if _SAVED.search(headers) or (_RELATED.search(headers) and not _MAIL.search(headers)):
            return True
    return PurePath(file.name).suffix.lower() in _SUFFIXES and not start.startswith(b"<")


def read(file: ImportFile) -> Records:
    """Yield the one article of a saved page, or the posts of a Telegram channel's; a remark where the file is cut off.

    Raises UnreadableFile where there is no page in it, or no text.
    """
    refuse_binary(file)
    content = file.content.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not _HEADER.match(content):
        raise UnreadableFile("This file is named like a saved page (MHTML), but it has no MIME headers.")
    if len(_NESTED.findall(content)) > _MOST_NESTED:
        raise UnreadableFile("The saved page (MHTML) is nested too deep.")
    message = email.message_from_bytes(content)
    pages = _pages(message)
    if not pages:
        raise UnreadableFile("There is no HTML page in this saved page (MHTML); it may be cut off.")
    first = _html(pages[0])
    if is_preview(first[:_HEAD]):
        yield from page_records(first)
    else:
        yield _first_article(pages, _address(message), _title(message))
    if any(isinstance(defect, CloseBoundaryNotFoundDefect) for part in message.walk() for defect in part.defects):
        yield Remark("The saved page (MHTML) breaks off before its end: what stands before was read.")


def _first_article(pages: list[Message], address: str, title: str) -> ArticleRecord:
    """Return the article of the page, or, where the page is only a frame, of the first page inside of it with one."""
    refusal: UnreadableFile | None = None
    for page in pages:
        html = _html(page)
        if not html.strip():
            continue
        try:
            return page_article(html, _location(page) if page is pages[0] and not address else address, title)
        except UnreadableFile as error:
            refusal = refusal or error
    raise refusal or UnreadableFile("The HTML page in this saved page (MHTML) is empty.")


def _html(page: Message) -> str:
    """Return the text of a page, empty where it has none."""
    content = page.get_payload(decode=True)
    if not isinstance(content, bytes) or not content.strip():
        return ""
    return decode(content, _charset(page) or declared_charset(content))


def _pages(message: Message) -> list[Message]:
    """Return the HTML parts: the root first (RFC 2387: the one that `start` names, else the first), then by length."""
    parts = [part for part in message.walk() if part.get_content_type() in _HTML and not part.is_multipart()]
    start = message.get_param("start")
    address = _address(message)
    root = next((part for part in parts if start and part.get("Content-ID") == start), None) or next(
        (part for part in parts if address and _location(part) == address), parts[0] if parts else None
    )
    rest = sorted((part for part in parts if part is not root), key=lambda part: -len(str(part.get_payload())))
    return [root, *rest[:10]] if root is not None else []


def _address(message: Message) -> str:
    """Return where the page was saved from: Chrome's own header, else the Content-Location of the whole."""
    return _url(message.get("Snapshot-Content-Location")) or _location(message)


def _location(part: Message) -> str:
    return _url(part.get("Content-Location"))


def _url(value: object) -> str:
    # A long address is folded over several lines.
    address = re.sub(r"\s+", "", str(value or ""))
    return address if address.startswith(("http://", "https://")) else ""


def _charset(part: Message) -> str:
    try:
        return part.get_content_charset() or ""
    except (LookupError, ValueError, UnicodeError):
        return ""


def _title(message: Message) -> str:
    """Return the subject, which browsers set to the title of the window."""
    subject = message.get("Subject")
    if subject is None:
        return ""
    try:
        return one_line(str(email.header.make_header(email.header.decode_header(subject))), 500)
    except (LookupError, ValueError, UnicodeError):
        return ""
