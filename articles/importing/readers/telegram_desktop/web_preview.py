"""A saved page of a channel's preview on the web (https://t.me/s/NAME): one article a post.

Each post is a `div.tgme_widget_message` whose `data-post` is "NAME/123"; so is the single post that t.me gives other
pages to embed. Its parts by class, all with the prefix `tgme_widget_message_`: `text`, `owner_name`, `reply`,
`forwarded_from_name`, `from_author`, `date` (with a `<time datetime>`), and `photo_wrap` and its like. Only the posts
that the browser had loaded stand in the page; when a post was changed does not.
"""

import re
from collections.abc import Iterator

from lxml import etree

from articles.importing.cleaning import clean_characters, one_line
from articles.importing.readers.decoding import decode, text_of
from articles.importing.readers.telegram_desktop import post as telegram_post
from articles.importing.readers.telegram_desktop.post import Chat, Post, records_of, telegram_date
from articles.importing.records import ImportFile, Records, UnreadableFile
from articles.text.dates import parse_iso

_MESSAGE = re.compile(
    r"<div\s[^<>]{0,300}\bclass\s*=\s*[\"']?[^\"'<>]{0,200}\btgme_widget_message\b[^<>]{0,2000}\bdata-post\s*=",
    re.IGNORECASE,
)
# A browser may put megabytes of style before the first post: then the page is told by where it was saved.
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)https://t\.me/s/\w|\burl:\s*https://t\.me/s/\w")
_ADDRESS = re.compile(
    r"<(?:link|meta)\s[^<>]{0,200}[\"']https://t\.me/s/\w{1,64}(?:[?/][^\"'<>]{0,100})?[\"']", re.IGNORECASE
)
_IDENTITY = re.compile(r"(?P<channel>\w{1,64}|c/\d{1,20})(?:/\d{1,19})?/(?P<id>\d{1,19})")
_ID_AT_END = re.compile(r"t\.me/(?P<channel>\w{1,64})(?:/\d{1,19})?/(?P<id>\d{1,19})")
_PREFIX = "tgme_widget_message_"
_MEDIA = {
    "photo_wrap": telegram_post.PHOTO,
    "video_player": telegram_post.VIDEO,
    "video_wrap": telegram_post.VIDEO,
    "roundvideo_player": telegram_post.VIDEO_MESSAGE,
    "voice_player": telegram_post.VOICE_MESSAGE,
    "document_wrap": telegram_post.FILE,
    "sticker_wrap": telegram_post.STICKER,
    "location_wrap": telegram_post.LOCATION,
    "poll": telegram_post.POLL,
}
_BLOCKS = frozenset({"br", "p", "div", "blockquote", "pre", "li"})
_BLANKS = re.compile(r"[ \t\r\n]+")


def recognises(file: ImportFile) -> bool:
    """Tell a saved preview by a post in its markup, or by the address that it was saved from."""
    return is_preview(decode(file.head))


def is_preview(html: str) -> bool:
    """Tell the beginning of a page that is a channel's preview."""
    start = html.lstrip("\ufeff \t\r\n")
    if not start.startswith("<"):
        return False
    return bool(_MESSAGE.search(start) or _SAVED_FROM.search(start) or _ADDRESS.search(start))


def read(file: ImportFile) -> Records:
    """Yield a record for each post on the page. Raises UnreadableFile where there are no posts."""
    yield from page_records(text_of(file, "utf-8"))


def page_records(html: str) -> Records:
    """Yield a record for each post of a page: an article where it has a text, else why there is none.

    Raises UnreadableFile where the page holds no posts.
    """
    tree = _tree(clean_characters(html))
    messages = [] if tree is None else [tag for tag in tree.iter("div") if _is_message(tag)]
    if not messages:
        raise UnreadableFile("This page of Telegram holds no posts.")
    header = _first(tree, "tgme_channel_info_header_title")
    chat = Chat(_name(header) or _name(_first(messages[0], f"{_PREFIX}owner_name")))
    yield from records_of(_posts(messages), chat)


def _tree(html: str) -> etree._Element | None:
    try:
        return etree.fromstring(html.encode("utf-8", "ignore"), etree.HTMLParser(encoding="utf-8", no_network=True))
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableFile("The page's HTML cannot be read.") from error


def _is_message(tag: etree._Element) -> bool:
    return "tgme_widget_message" in _classes(tag) and bool(tag.get("data-post"))


def _posts(messages: list[etree._Element]) -> Iterator[Post]:
    for number, message in enumerate(messages, start=1):
        yield _post(number, message)


def _post(number: int, message: etree._Element) -> Post:
    identity = _IDENTITY.match(message.get("data-post", ""))
    if "service_message" in _classes(message):
        text = _name(_first(message, f"{_PREFIX}text"))
        return Post(number, identity["id"] if identity else "", nothing=f"A service message ({text[:80]}).")
    link = _first(message, f"{_PREFIX}date")
    time = next((tag.get("datetime", "") for tag in (link if link is not None else message).iter("time")), "")
    return Post(
        number,
        identity["id"] if identity else "",
        text=_text(message),
        date=telegram_date(parse_iso(time), time),
        moment=time,
        sender=_name(_first(message, f"{_PREFIX}owner_name")),
        author=_name(_first(message, f"{_PREFIX}from_author")),
        forwarded_from=_name(_first(message, f"{_PREFIX}forwarded_from_name")),
        reply_to=_answered(message, identity["channel"] if identity else ""),
        url=f"https://t.me/{identity['channel']}/{identity['id']}" if identity else "",
        media=_media(message),
    )


def _text(message: etree._Element) -> str:
    """Return the text of a post, without that of the post which it answers."""
    for tag in message.iter("div"):
        if f"{_PREFIX}text" in _classes(tag) and not any(
            f"{_PREFIX}reply" in _classes(parent) for parent in tag.iterancestors()
        ):
            return "".join(_pieces(tag)).strip()
    return ""


def _pieces(tag: etree._Element) -> Iterator[str]:
    """Yield the pieces of a text, with line ends where a block begins or ends."""
    for event, part in etree.iterwalk(tag, events=("start", "end", "comment")):
        if event == "comment":
            yield _BLANKS.sub(" ", part.tail or "")
            continue
        if part.tag in _BLOCKS:
            yield "\n"
        if event == "start":
            yield _BLANKS.sub(" ", part.text or "")
        elif part is not tag:
            yield _BLANKS.sub(" ", part.tail or "")


def _answered(message: etree._Element, channel: str) -> str:
    """Return the id of the post of the same channel that a post answers, empty without one."""
    reply = _first(message, f"{_PREFIX}reply")
    found = _ID_AT_END.search(reply.get("href", "")) if reply is not None else None
    return found["id"] if found and found["channel"].lower() == channel.lower() else ""


def _media(message: etree._Element) -> str:
    classes = {name for tag in message.iter() for name in _classes(tag)}
    return next((kind for name, kind in _MEDIA.items() if f"{_PREFIX}{name}" in classes), "")


def _first(tag: etree._Element, name: str) -> etree._Element | None:
    return next((each for each in tag.iter() if name in _classes(each)), None)


def _name(tag: etree._Element | None) -> str:
    return "" if tag is None else one_line("".join(tag.itertext()), 180)


def _classes(tag: etree._Element) -> list[str]:
    return (tag.get("class") or "").split() if isinstance(tag.tag, str) else []
