"""One message of Telegram Desktop's JSON export: from its events to a post."""

import datetime
import re
from typing import Any

from articles.importing.cleaning import one_line
from articles.importing.readers.json_events import ENDS, STARTS, Events, members, skip
from articles.importing.readers.telegram_desktop import post as telegram_post
from articles.importing.readers.telegram_desktop.post import Post, telegram_date
from articles.importing.records import ArticleDate
from articles.text.dates import Moment, parse_iso

Fields = dict[str, Any]

_KEPT = frozenset(
    {
        "id", "type", "action", "date", "date_unixtime", "edited", "edited_unixtime", "from", "author",
        "forwarded_from", "reply_to_message_id", "reply_to_peer_id", "media_type",
    }
)  # fmt: skip
_MEDIA_TYPES = {
    "sticker": telegram_post.STICKER,
    "animation": telegram_post.ANIMATION,
    "video_file": telegram_post.VIDEO,
    "video_message": telegram_post.VIDEO_MESSAGE,
    "voice_message": telegram_post.VOICE_MESSAGE,
    "audio_file": telegram_post.AUDIO,
}
_MEDIA_KEYS = {
    "photo": telegram_post.PHOTO,
    "file": telegram_post.FILE,
    "poll": telegram_post.POLL,
    "contact_information": telegram_post.CONTACT,
    "location_information": telegram_post.LOCATION,
    "place_name": telegram_post.LOCATION,
    "game_title": telegram_post.GAME,
    "invoice_information": telegram_post.INVOICE,
}
_SECONDS = re.compile(r"-?\d{1,11}")
_USERNAME = re.compile(r"@?([A-Za-z]\w{3,31})")
# Telegram's ids have 64 bits; what is longer is none.
_ID_LENGTH = 20


def read_message(events: Events, event: str, number: int, chat: Fields) -> Post:
    """Return the message that begins with `event`, the n-th of its export. `chat` are the fields of its chat."""
    if event != "start_map":
        skip(events, event)
        return Post(number, problem="The message is not a JSON object.")
    fields: Fields = {}
    for key, begun, value in members(events):
        if key == "text" or (key == "text_entities" and not fields.get("text")):
            text = _text(events, begun, value)
            fields["text"] = text if text is None or text else fields.get("text", text)
        elif begun in STARTS:
            skip(events, begun)
            fields.update({key: True} if key in _MEDIA_KEYS else {})
        elif key in _KEPT or key in _MEDIA_KEYS:
            fields[key] = value
    return _post(fields, number, chat)


def string(value: object) -> str:
    """Return a name, number or id as a text, anything else as an empty one."""
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def identifier(value: object) -> str:
    """Return the id of a message or chat, empty where it is none."""
    found = one_line(string(value), _ID_LENGTH + 1)
    return found if len(found) <= _ID_LENGTH else ""


def _text(events: Events, event: str, value: Any) -> str | None:
    """Return a message's text: a string, or strings and entities with a "text", in lists. None where it is neither."""
    if event not in STARTS:
        return "" if event == "null" else value if event == "string" else None
    parts: list[str] = []
    # For each list or object that is open: does what stands in it now belong to the text?
    open_parts = [event == "start_array"]
    while open_parts:
        event, value = next(events)
        if event == "map_key":
            open_parts[-1] = value == "text"
        elif event in STARTS:
            open_parts.append(event == "start_array" and open_parts[-1])
        elif event in ENDS:
            open_parts.pop()
        elif event == "string" and open_parts[-1]:
            parts.append(value)
    return "".join(parts)


def _post(fields: Fields, number: int, chat: Fields) -> Post:
    identity = identifier(fields.get("id"))
    text = fields.get("text", "")
    return Post(
        number,
        identity,
        text=text or "",
        date=_date(fields),
        edited_at=_edited_at(fields),
        moment=string(fields.get("date_unixtime")) or string(fields.get("date")),
        sender=one_line(string(fields.get("from")), 180),
        author=one_line(string(fields.get("author")), 300),
        forwarded_from=one_line(string(fields.get("forwarded_from")), 200),
        reply_to=_reply_to(fields, chat),
        url=_link(chat, identity),
        media=_media(fields),
        nothing=_nothing(fields),
        problem="The message's text is neither a text nor a list of its parts." if text is None else _problem(fields),
    )


def _problem(fields: Fields) -> str:
    if "type" in fields or "text" in fields:
        return ""
    return "This is no message of Telegram: it has neither a type nor a text."


def _nothing(fields: Fields) -> str:
    kind = string(fields.get("type"))
    if kind == "service":
        action = one_line(string(fields.get("action")), 60)
        return f"A service message ({action})." if action else "A service message."
    if kind == "unsupported":
        return "A message of a kind that Telegram Desktop could not export."
    return ""


def _media(fields: Fields) -> str:
    kind = _MEDIA_TYPES.get(string(fields.get("media_type")))
    return kind or next((name for key, name in _MEDIA_KEYS.items() if fields.get(key)), "")


def _date(fields: Fields) -> ArticleDate:
    """Return when a message was sent: the exact moment where the export gives it, else its local time without a zone.

    Of two that cannot be, the exact one is reported.
    """
    exact, local = string(fields.get("date_unixtime")), string(fields.get("date"))
    found = telegram_date(_moment(exact), exact)
    if found.moment:
        return found
    fallback = telegram_date(parse_iso(local), local)
    return fallback if fallback.moment or not exact else found


def _moment(seconds: str) -> Moment | None:
    when = _instant(seconds)
    return Moment(when.replace(second=0), "minute") if when else None


def _instant(seconds: str) -> datetime.datetime | None:
    if not _SECONDS.fullmatch(seconds):
        return None
    try:
        return datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC) + datetime.timedelta(seconds=int(seconds))
    except OverflowError:
        return None


def _edited_at(fields: Fields) -> datetime.datetime | None:
    """Return when a message was last changed. Old exports say 1970 for "never"."""
    exact = string(fields.get("edited_unixtime"))
    found = _moment(exact) or parse_iso(string(fields.get("edited")))
    if found is None or telegram_date(found, "").moment is None:
        return None
    return _instant(exact) or found.when


def _reply_to(fields: Fields, chat: Fields) -> str:
    """Return the id of the message that is answered, empty where it stands in another chat."""
    peer = string(fields.get("reply_to_peer_id")).lstrip("abcdefghijklmnopqrstuvwxyz")
    if peer and peer != string(chat.get("id")):
        return ""
    return identifier(fields.get("reply_to_message_id"))


def _link(chat: Fields, identity: str) -> str:
    """Return the public address of a message where the channel's own address is known, else nothing."""
    username = _USERNAME.fullmatch(string(chat.get("username")))
    return f"https://t.me/{username.group(1)}/{identity}" if username and identity.isdecimal() else ""
