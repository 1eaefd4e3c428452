"""A page of Telegram Desktop's HTML export, element by element: a target for lxml's parser.

No tree is built, and a message is told by its own element: however broken the page's nesting is, the next message
begins where it begins. A message is `div.message.default#message12` with its parts by class: `date` (its title is the
local time to the second, in newer exports with the zone), `from_name` (not where it is `joined` to the one before),
`forwarded body`, `reply_to`, `media_wrap`, `text`, `signature`. `div.message.service` is a service message; those with
a negative id and a day are no messages, but the headings between them.
"""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from articles.importing.cleaning import one_line
from articles.importing.readers.telegram_desktop import post as telegram_post
from articles.importing.readers.telegram_desktop.post import Post, telegram_date
from articles.text.dates import Moment

_IDENTITY = re.compile(r"message(-?\d{1,19})")
_REPLY = re.compile(r"#go_to_message(-?\d{1,19})$")
_DAY = re.compile(r"\d{1,2} [A-Z][a-z]+ \d{4}")
_TIME = re.compile(
    r"(?P<day>\d{2})\.(?P<month>\d{2})\.(?P<year>\d{4}) (?P<hour>\d{2}):(?P<minute>\d{2}):(?P<second>\d{2})"
    r"(?: UTC(?P<sign>[+-])(?P<hours>\d{2}):(?P<minutes>\d{2}))?"
)
_BLANKS = re.compile(r"[ \t\r\n]+")
_MEDIA = {
    "photo_wrap": telegram_post.PHOTO,
    "media_photo": telegram_post.PHOTO,
    "video_file_wrap": telegram_post.VIDEO,
    "media_video": telegram_post.VIDEO,
    "animated_wrap": telegram_post.ANIMATION,
    "sticker_wrap": telegram_post.STICKER,
    "media_voice_message": telegram_post.VOICE_MESSAGE,
    "media_audio_file": telegram_post.AUDIO,
    "media_file": telegram_post.FILE,
    "media_contact": telegram_post.CONTACT,
    "media_location": telegram_post.LOCATION,
    "media_live_location": telegram_post.LOCATION,
    "media_venue": telegram_post.LOCATION,
    "media_game": telegram_post.GAME,
    "media_invoice": telegram_post.INVOICE,
    "media_poll": telegram_post.POLL,
    "media_call": telegram_post.CALL,
}
# Media that were not fetched look alike; then their title tells more.
_TITLES = {
    "Sticker": telegram_post.STICKER,
    "Animation": telegram_post.ANIMATION,
    "Video message": telegram_post.VIDEO_MESSAGE,
}

# What the parts of a message are for, by class.
_PARTS = {"media_wrap": "media", "date": "date", "reply_to": "reply", "text": "text", "signature": "signature"}
# What may stand in them besides pieces of them. A part that was not closed ends where a text begins.
_INNER = {
    "media": {"title": "media title", "text": "text"},
    "media title": {"text": "text"},
    "from": {"date": "hidden"},
    "forwarded from": {"date": "hidden"},
}
_WHOLE = frozenset({"text", "signature", "hidden"})


@dataclass
class _Message:
    """What has been met of one message: the texts of its parts by their roles, and what its attributes say."""

    id: str
    is_service: bool
    texts: dict[str, list[str]] = field(default_factory=dict)
    time: str = ""
    reply_to: str = ""
    media: str = ""
    is_forwarded: bool = False

    def text(self, role: str) -> str:
        return "".join(self.texts.get(role, ()))

    def name(self, role: str) -> str:
        return one_line(self.text(role), 180)


class MessagePage:
    """The name of the channel on a page, and its messages as they come to their ends."""

    def __init__(self) -> None:
        self._header: list[str] = []
        # For each open element what it is for, and the message that it belongs to.
        self._open: list[tuple[str, _Message | None]] = [("page", None)]
        self._message: _Message | None = None
        self._last = Post(0)
        self._ready: list[Post] = []

    @property
    def channel(self) -> str:
        """The name in the page's header, empty where there is none."""
        return one_line("".join(self._header), 180)

    def taken(self) -> list[Post]:
        """Return the messages that ended since this was last asked."""
        ready, self._ready = self._ready, []
        return ready

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take the beginning of an element."""
        classes = set(attributes.get("class", "").split())
        if "message" in classes and classes & {"default", "service"}:
            self._end_message()
            identity = _IDENTITY.fullmatch(attributes.get("id", ""))
            self._message = _Message(identity[1] if identity else "", "service" in classes)
            self._open.append(("message", self._message))
            return
        parent, message = self._open[-1]
        if message is None:
            role = _role_in_page(parent, classes)
        else:
            role = _role_in_message(parent, classes)
            _note(message, role, classes, attributes)
            if tag == "br":
                message.texts.setdefault(role, []).append("\n")
        self._open.append(("hidden" if tag in ("script", "style") else role, message))

    def end(self, _tag: str) -> None:
        """Take the end of an element."""
        if len(self._open) > 1:
            self._open.pop()

    def data(self, text: str) -> None:
        """Take text, a piece at a time."""
        role, message = self._open[-1]
        if role == "channel":
            self._header.append(text)
        elif message is not None and role not in ("message", "hidden"):
            message.texts.setdefault(role, []).append(_BLANKS.sub(" ", text))

    def close(self) -> None:
        """Take the end of the page."""
        self._end_message()

    def _end_message(self) -> None:
        message, self._message = self._message, None
        if message is None or (message.is_service and _DAY.fullmatch(message.text("body").strip())):
            return
        self._last = _post(message, self._last)
        self._ready.append(self._last)


def _role_in_page(parent: str, classes: set[str]) -> str:
    if "page_header" in classes:
        return "header"
    return "channel" if parent == "header" and "text" in classes else parent


def _role_in_message(parent: str, classes: set[str]) -> str:
    """Return what an element of a message is for; one that says nothing of it is a piece of what it stands in."""
    inner = next((role for name, role in _INNER.get(parent, {}).items() if name in classes), "")
    if inner or parent in _WHOLE or parent.startswith("media"):
        return inner or parent
    if "from_name" in classes:
        return "forwarded from" if parent == "forwarded" else "from"
    if "body" in classes:
        return "forwarded" if "forwarded" in classes else "body"
    return next((role for name, role in _PARTS.items() if name in classes), parent)


def _note(message: _Message, role: str, classes: set[str], attributes: Mapping[str, str]) -> None:
    """Keep what the attributes of an element say of its message."""
    if role == "date":
        message.time = message.time or attributes.get("title", "")
    elif role == "forwarded":
        message.is_forwarded = True
    elif role == "reply":
        answered = _REPLY.search(attributes.get("href", ""))
        message.reply_to = answered[1] if answered else message.reply_to
    elif role.startswith("media"):
        message.media = message.media or next((name for key, name in _MEDIA.items() if key in classes), "")


def _post(message: _Message, before: Post) -> Post:
    """Return a message as a post; a joined one has the sender, and mostly the origin, of the one `before` it."""
    number = before.number + 1
    if message.is_service:
        return Post(number, message.id, nothing=f"A service message ({one_line(message.text('body'), 80)}).")
    forwarded_from = message.name("forwarded from") or before.forwarded_from if message.is_forwarded else ""
    return Post(
        number,
        message.id,
        text=message.text("text"),
        date=telegram_date(_moment(message.time), message.time),
        moment=message.time,
        sender=message.name("from") or before.sender,
        author=one_line(message.text("signature"), 300),
        forwarded_from=forwarded_from,
        reply_to=message.reply_to,
        media=_TITLES.get(message.text("media title").strip(), message.media),
    )


def _moment(time: str) -> Moment | None:
    """Read "25.07.2024 14:03:20 UTC+03:00", in older exports without the zone."""
    found = _TIME.fullmatch(time.strip())
    if found is None:
        return None
    year, month, day, hour, minute = (int(found[part]) for part in ("year", "month", "day", "hour", "minute"))
    try:
        local = datetime.datetime(year, month, day, hour, minute, tzinfo=datetime.UTC)
        offset = datetime.timedelta(hours=int(found["hours"] or 0), minutes=int(found["minutes"] or 0))
        when = local + offset if found["sign"] == "-" else local - offset
    except (ValueError, OverflowError):
        return None
    return Moment(when, "minute", zoned=found["sign"] is not None)
