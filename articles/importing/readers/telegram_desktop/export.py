"""Telegram Desktop's `result.json`: one article a post of a channel or chat.

The format is Telegram Desktop's "Machine-readable JSON" export (export/output/export_output_json.cpp of its source):
one chat, {"name", "type", "id", "messages": […]}, or a whole account with its chats under "chats" and "left_chats".
`date` is local time without a zone, `date_unixtime` is exact; old exports have only the first. A text is a string or a
list of strings and entities, {"type": "bold", "text": …}. An export is read as a stream: it may be larger than memory.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from articles.importing.cleaning import one_line
from articles.importing.readers.json_events import (
    STARTS,
    BrokenJson,
    Events,
    events_of,
    events_of_head,
    members,
    skip,
)
from articles.importing.readers.telegram_desktop.message import Fields, identifier, read_message, string
from articles.importing.readers.telegram_desktop.post import Chat, Post, records_of
from articles.importing.records import ImportFile, Records, UnreadableFile

_CHAT_FIELDS = frozenset({"name", "type", "id", "username"})
_CHAT_LISTS = frozenset({"chats", "left_chats"})
# What stands before the chats in the export of an account, and may be long.
_ACCOUNT = frozenset(
    {
        "personal_information", "profile_pictures", "stories", "contacts", "frequent_contacts", "sessions",
        "web_sessions", "other_data",
    }
)  # fmt: skip
# Chats that bear no name of their own.
_NAMES_OF_KINDS = {"saved_messages": "Saved messages", "replies": "Replies"}


def recognises(file: ImportFile) -> bool:
    """Tell an export by its outermost object: it holds a list of messages, or the parts of an account."""
    if not file.head.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"{"):
        return False
    depth = 0
    key, keys = "", set()
    for event, value in events_of_head(file):
        if event == "map_key" and depth == 1:
            key = value
            keys.add(key)
        elif depth == 1 and event in STARTS:
            if (key == "messages" and event == "start_array") or (key in _CHAT_LISTS and event == "start_map"):
                return True
            if key in _ACCOUNT and "about" in keys:
                return True
        depth += (event in STARTS) - (event in ("end_map", "end_array"))
    return False


def read(file: ImportFile) -> Records:
    """Yield a record for each message: an article for each post with a text, else why there is none.

    Raises UnreadableFile where there is no list of messages, and behind the last message where the JSON is broken.
    """
    names = _Names(file)
    number, found = 0, False
    try:
        for order, chat in enumerate(_chats(events_of(file))):
            found = True
            names.complete(chat, order)
            for record in records_of(chat.posts(number), Chat(names.source(chat.fields))):
                number = max(number, record.number)
                yield record
    except BrokenJson as error:
        raise UnreadableFile(f"{error} Read were the {number:,} messages before." if number else str(error)) from error
    if not found:
        raise UnreadableFile("This JSON is no Telegram export: it holds no list of messages.")


@dataclass
class _Messages:
    """The messages of one chat, which come next in the events and must be read or skipped; what is known of the chat.

    Once the next chat is asked for, `fields` are complete; until then they are what stood before the messages.
    """

    fields: Fields
    events: Events
    event: str
    of_account: bool

    def posts(self, number: int) -> Iterator[Post]:
        """Yield the messages, counted on from `number`."""
        if self.event != "start_array":
            skip(self.events, self.event)
            yield Post(number + 1, problem="The messages of this chat are not a list.")
            return
        for event, _value in self.events:
            if event == "end_array":
                return
            number += 1
            yield read_message(self.events, event, number, self.fields)


def _chats(events: Events) -> Iterator[_Messages]:
    """Yield the chats of an export that have messages. There may be several exports one behind the other."""
    for event, _value in events:
        if event == "start_map":
            yield from _chats_of(events, of_account=False)
        else:
            skip(events, event)


def _chats_of(events: Events, *, of_account: bool) -> Iterator[_Messages]:
    """Yield the chat that the object just begun is, or the chats that lie in its lists where it is an account."""
    fields: Fields = {}
    for key, event, value in members(events):
        if key == "messages":
            yield _Messages(fields, events, event, of_account)
        elif key in _CHAT_LISTS and event in STARTS and not of_account:
            yield from _chats_of_list(events, event)
        elif event in STARTS:
            skip(events, event)
        elif key in _CHAT_FIELDS:
            fields[key] = value


def _chats_of_list(events: Events, event: str) -> Iterator[_Messages]:
    """Yield the chats of {"about": …, "list": […]}, or of a plain list."""
    if event == "start_map":
        for key, begun, _value in members(events):
            if key == "list" and begun == "start_array":
                yield from _chats_of_list(events, begun)
            else:
                skip(events, begun)
        return
    for begun, _value in events:
        if begun == "end_array":
            return
        if begun == "start_map":
            yield from _chats_of(events, of_account=True)
        else:
            skip(events, begun)


class _Names:
    """The names of the chats of a file, for which it is read a second time where what stands first does not tell them:

    where a chat's name stands behind its messages, and in the export of an account, where two chats may be named alike.
    """

    def __init__(self, file: ImportFile) -> None:
        self._file = file
        self._all: list[Fields] | None = None
        self._alike: Counter[str] = Counter()

    def complete(self, chat: _Messages, order: int) -> None:
        """Add to a chat's fields what stands behind its messages. `order` is its place among the chats of the file."""
        if not chat.of_account and "name" in chat.fields:
            return
        if self._all is None:
            self._all = self._scanned()
            self._alike.update(map(_name, self._all))
        if order < len(self._all):
            chat.fields.update(self._all[order])

    def source(self, fields: Fields) -> str:
        """Return the name of a chat's source: its own, with its id where another chat is named alike."""
        name, identity = _name(fields), identifier(fields.get("id"))
        return f"{name} ({identity})" if name and identity and self._alike[name] > 1 else name

    def _scanned(self) -> list[Fields]:
        found: list[Fields] = []
        try:
            for chat in _chats(events_of(self._file)):
                found.append(chat.fields)
                skip(chat.events, chat.event)
        except BrokenJson:
            pass  # reading comes there too, and says so
        return found


def _name(fields: Fields) -> str:
    """Return the name of a chat as Telegram Desktop shows it, empty where it has none."""
    name = one_line(string(fields.get("name")), 180) or _NAMES_OF_KINDS.get(string(fields.get("type")), "")
    return name or ("Deleted Account" if "name" in fields and "id" in fields else "")
