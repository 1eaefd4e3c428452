"""Telegram Desktop's `result.json`: one article a post of a channel or chat.

The format is Telegram Desktop's "Machine-readable JSON" export. `date` is local time without a zone, `date_unixtime`
is exact.
"""

import datetime
import json
import re
from collections.abc import Iterator

from articles.importing.cleaning import clean, join, one_line, paragraphs_of
from articles.importing.readers.dated import record_date
from articles.importing.readers.decoding import decode, text_of
from articles.importing.records import ArticleDate, ArticleRecord, ImportFile, UnreadableFile, UnreadableRecord
from articles.text.dates import Moment, parse_iso

_MESSAGES = re.compile(r'"messages"\s*:\s*\[')
_SAMPLE = 5_000_000
_USERNAME = re.compile(r"^@?([A-Za-z]\w{3,31})$")


def recognises(file: ImportFile) -> bool:
    """Tell an export by its outermost object, which holds a list of messages."""
    start = file.content[:4000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start.startswith(b"{"):
        return False
    sample = decode(file.content[:_SAMPLE])
    found = _MESSAGES.search(sample)
    # A line of JSON Lines may speak of messages too; there the first line is whole by itself.
    return bool(found) and not _is_row(sample.strip().partition("\n")[0])


def _is_row(line: str) -> bool:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and not isinstance(value.get("messages"), list) and "chats" not in value


def read(file: ImportFile) -> Iterator[ArticleRecord | UnreadableRecord]:
    """Yield a record for each post with a text; service messages and media without a text are passed over.

    Raises UnreadableFile where the JSON is broken or holds no messages.
    """
    try:
        export = json.loads(text_of(file))
    except RecursionError:
        raise UnreadableFile("The JSON is nested too deep to be an export.") from None
    except ValueError as error:
        raise UnreadableFile(f"The JSON is broken: {error}.") from None
    number = 0
    for chat in _chats(export):
        for message in _albums_joined(chat["messages"]):
            number += 1
            record = _record(message, chat, number)
            if record is not None:
                yield record


def _chats(export: object) -> list[dict]:
    """Return the chats of an export of one chat or of an account. Raises UnreadableFile where there is none."""
    if isinstance(export, dict):
        listed = export.get("chats")
        several = listed.get("list") if isinstance(listed, dict) else None
        candidates = several if isinstance(several, list) else [export]
        chats = [chat for chat in candidates if isinstance(chat, dict) and isinstance(chat.get("messages"), list)]
        if chats:
            return chats
    raise UnreadableFile("This JSON is no Telegram export: it holds no list of messages.")


def _albums_joined(messages: list) -> list:
    """Join the pictures of an album: Telegram sends them as messages of one second, mostly with one caption."""
    joined: list = []
    for message in messages:
        before = joined[-1] if joined else None
        if isinstance(message, dict) and isinstance(before, dict) and _is_same_album(before, message):
            if not _text(before.get("text")):
                joined[-1] = {**message, "id": before.get("id")}
            elif _text(message.get("text")):
                joined[-1] = {**before, "text": f"{_text(before['text'])}\n\n{_text(message['text'])}"}
        else:
            joined.append(message)
    return joined


def _is_same_album(before: dict, message: dict) -> bool:
    moment = message.get("date_unixtime")
    return (
        bool(moment)
        and before.get("date_unixtime") == moment
        and before.get("from_id") == message.get("from_id")
        and all(each.get("type") == "message" and _has_media(each) for each in (before, message))
    )


def _has_media(message: dict) -> bool:
    return any(key in message for key in ("photo", "file", "media_type"))


def _record(message: object, chat: dict, number: int) -> ArticleRecord | UnreadableRecord | None:
    if not isinstance(message, dict):
        return UnreadableRecord(number, "The message is not a JSON object.")
    if message.get("type") != "message":
        return None
    if not isinstance(message.get("text", ""), str | list):
        return UnreadableRecord(number, "The message's text is neither a text nor a list of its parts.")
    paragraphs = paragraphs_of(_text(message.get("text")))
    if not paragraphs:
        return None
    name = one_line(_string(chat.get("name")) or _string(message.get("from")), 200)
    identity = f"{_string(chat.get('id')) or name}/{_string(message.get('id'))}"[:200] if message.get("id") else ""
    return ArticleRecord(
        body=join(clean(paragraphs)),
        date=_date(message),
        url=_link(chat, message),
        source=name,
        forwarded_from=one_line(_string(message.get("forwarded_from")), 200),
        external_id=identity,
        key=f"message {identity}",
        number=number,
    )


def _text(value: object) -> str:
    """Return a message's text: a string, or a list of strings and entities ({"type": "bold", "text": …})."""
    if isinstance(value, str):
        return value
    if not isinstance(value, list):
        return ""
    parts = (part.get("text") if isinstance(part, dict) else part for part in value)
    return "".join(part for part in parts if isinstance(part, str))


def _string(value: object) -> str:
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _date(message: dict) -> ArticleDate:
    """Return when a message was sent: the exact moment where the export gives it, else its local time taken for UTC."""
    exact = _string(message.get("date_unixtime"))
    if exact.isdecimal() and len(exact) <= 11:
        when = datetime.datetime.fromtimestamp(int(exact), datetime.UTC)
        return record_date(Moment(when.replace(second=0), "minute"))
    return record_date(parse_iso(_string(message.get("date"))))


def _link(chat: dict, message: dict) -> str:
    """Return the public address of a message where the channel's own address is known, else nothing."""
    username = _USERNAME.match(_string(chat.get("username")))
    return f"https://t.me/{username.group(1)}/{message['id']}" if username and message.get("id") else ""
