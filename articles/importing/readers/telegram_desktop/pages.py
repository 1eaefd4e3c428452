"""Telegram Desktop's `messages.html`: one article a post of a channel or chat.

The format is Telegram Desktop's "Human-readable HTML" export (export/output/export_output_html.cpp of its source), a
thousand messages a file (`messages.html`, `messages2.html`, …). Each file is read on its own: what a message in another
one answers to is known by its id. Neither the channel's address nor the times of changes stand in this export.
"""

import re
from collections.abc import Iterator

from lxml import etree

from articles.importing.cleaning import clean_characters
from articles.importing.readers.decoding import decode, text_of
from articles.importing.readers.telegram_desktop.page_messages import MessagePage
from articles.importing.readers.telegram_desktop.post import Chat, Post, records_of
from articles.importing.records import ImportFile, Records, UnreadableFile

_TITLE = re.compile(r"<title>\s*Exported Data\s*</title>", re.IGNORECASE)
_FRAME = re.compile(r"<div\s[^<>]{0,100}\bclass\s*=\s*[\"']page_wrap\b", re.IGNORECASE)
_MESSAGE = re.compile(
    r"<div\s[^<>]{0,100}\bclass\s*=\s*[\"']message (?:default|service)\b[^<>]{0,100}\bid\s*=\s*[\"']message-?\d",
    re.IGNORECASE,
)
_PIECE = 64 * 1024


def recognises(file: ImportFile) -> bool:
    """Tell a page of an export by its title and frame, or by a message in the export's own markup."""
    head = decode(file.head).lstrip("\ufeff \t\r\n")
    if not head.startswith("<"):
        return False
    return bool((_TITLE.search(head) and _FRAME.search(head)) or _MESSAGE.search(head))


def read(file: ImportFile) -> Records:
    """Yield a record for each message: an article for each post with a text, else why there is none.

    Raises UnreadableFile for the pages of an export that hold no messages (contacts, sessions, the list of chats).
    """
    found = False
    chat = Chat("")
    for record in records_of(_posts(file, chat), chat):
        found = True
        yield record
    if not found:
        raise UnreadableFile("This page of a Telegram export holds no messages.")


def _posts(file: ImportFile, chat: Chat) -> Iterator[Post]:
    """Yield the messages of a page; `chat` is given its name, which stands above them."""
    html = clean_characters(text_of(file, "utf-8"))
    page = MessagePage()
    parser = etree.HTMLParser(target=page, huge_tree=True)
    try:
        for start in range(0, len(html), _PIECE):
            parser.feed(html[start : start + _PIECE])
            chat.source = page.channel
            yield from page.taken()
        parser.close()
    except etree.LxmlError as error:
        raise UnreadableFile("The page's HTML cannot be read.") from error
    yield from page.taken()
