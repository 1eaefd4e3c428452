"""Messages of a Telegram chat to records: what both exports of Telegram Desktop, JSON and HTML, have in common.

A message of either export becomes a record of the same source, id and text, so that both are one article. Telegram
sends the pictures of an album as messages of one second, mostly with one caption: they are one article.
"""

import datetime
import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.conf import settings

from articles.importing.cleaning import clean, join, paragraphs_of
from articles.importing.readers.dated import record_date
from articles.importing.records import (
    NO_DATE,
    ArticleDate,
    ArticleRecord,
    EmptyRecord,
    UnreadableFile,
    UnreadableRecord,
)
from articles.text.dates import Moment

# The names of media as reports say them, beside what may lie in one album with them.
PHOTO, VIDEO, AUDIO, FILE = "A photo", "A video", "An audio file", "A file"
ANIMATION, STICKER, POLL, CONTACT = "An animation", "A sticker", "A poll", "A contact"
VIDEO_MESSAGE, VOICE_MESSAGE, LOCATION = "A video message", "A voice message", "A location"
GAME, INVOICE, CALL = "A game", "An invoice", "A call"
_TOGETHER = {PHOTO: "pictures", VIDEO: "pictures", AUDIO: "audio", FILE: "files"}
_ALBUM_LENGTH = 10
# What exports write in place of a file that was not fetched.
_PLACEHOLDER = re.compile(
    r"^\(?(?:(?:file|photo|story|video)s? )?"
    r"(?:not included[.,]|exceeds maximum size[.,]|unavailable, please try again later)"
    r"(?: change data exporting settings to download\.?)?\)?$",
    re.IGNORECASE,
)
# Telegram began in 2013. What bears an earlier date (mostly 1970) has lost its own.
_FIRST_YEAR = 2013

PostRecord = ArticleRecord | EmptyRecord | UnreadableRecord


@dataclass(frozen=True)
class Post:
    """One message as its export holds it.

    `moment` is its second and `sender` who sent it, in the export's own words: parts of an album have both in common.
    `media` names what it brings beside its text. `nothing` says why it is no post at all, `problem` why it cannot be
    read. `author` is the name that signs a post of a channel.
    """

    number: int
    id: str = ""
    text: str = ""
    date: ArticleDate = NO_DATE
    edited_at: datetime.datetime | None = None
    moment: str = ""
    sender: str = ""
    author: str = ""
    forwarded_from: str = ""
    reply_to: str = ""
    url: str = ""
    media: str = ""
    nothing: str = ""
    problem: str = ""

    @property
    def place(self) -> str:
        """Where one finds the message in its export."""
        return f"message {self.id}" if self.id else f"message no. {self.number}"


@dataclass
class Chat:
    """The chat that posts are read from: the name of its source, and the ids that stood in it already."""

    source: str
    seen: set[str] = field(default_factory=set)


def records_of(posts: Iterable[Post], chat: Chat) -> Iterator[PostRecord]:
    """Yield one record for each message of a chat, in their order.

    Raises what `posts` raises, behind the records of all posts that came before.
    """
    album: list[Post] = []
    try:
        for post in posts:
            if album and not _is_next_of_album(album, post):
                yield from _records(album, chat)
                album = []
            album.append(post)
    except UnreadableFile:
        yield from _records(album, chat)
        raise
    yield from _records(album, chat)


def telegram_date(moment: Moment | None, stated: str) -> ArticleDate:
    """Return the date of a message. `stated` is what the export says, to name what cannot be a date."""
    if moment is None:
        return ArticleDate(problem=f"The date “{stated[:40]}” cannot be read: it was left out.") if stated else NO_DATE
    if moment.when.year < _FIRST_YEAR:
        return ArticleDate(problem=f"The date {moment.when:%Y-%m-%d} is older than Telegram: it was left out.")
    return record_date(moment)


def _is_next_of_album(album: list[Post], post: Post) -> bool:
    before, kind = album[-1], _TOGETHER.get(post.media)
    alike = (before.moment, before.sender, before.forwarded_from) == (post.moment, post.sender, post.forwarded_from)
    return (
        bool(kind and post.moment)
        and alike
        and _TOGETHER.get(before.media) == kind
        and len(album) < _ALBUM_LENGTH
        and not (before.nothing or post.nothing or before.problem or post.problem)
        and _is_near(before.id, post.id)
    )


def _is_near(before: str, after: str) -> bool:
    """Tell ids that the parts of one album may have: they follow each other, but for parts that were deleted."""
    try:
        return 0 < int(after) - int(before) < _ALBUM_LENGTH
    except ValueError:
        return True


def _records(album: list[Post], chat: Chat) -> Iterator[PostRecord]:
    """Yield the records of one post, or of the posts of one album: an article and what belongs to it."""
    texts = {post.number: _paragraphs(post) for post in album}
    main = next((post for post in album if texts[post.number]), None)
    for post in album:
        if post is main:
            paragraphs = list(itertools.chain.from_iterable(texts.values()))
            yield _article(post, join(_cleaned(paragraphs)), chat)
        elif post.problem:
            yield UnreadableRecord(post.number, post.problem, post.place)
        elif main:
            yield EmptyRecord(post.number, f"Part of the album of {main.place}.", post.place)
        else:
            yield EmptyRecord(post.number, post.nothing or _nothing(post), post.place)


def _paragraphs(post: Post) -> list[str]:
    """Return the paragraphs of a post, none where there is no word in it."""
    if post.nothing or post.problem:
        return []
    kept = [paragraph for paragraph in paragraphs_of(post.text) if not _PLACEHOLDER.match(paragraph)]
    return kept if _has_word(kept) else []


def _has_word(paragraphs: list[str]) -> bool:
    return any(letter.isalnum() for paragraph in paragraphs for letter in paragraph)


def _cleaned(paragraphs: list[str]) -> list[str]:
    # What is too long for an article is refused as a whole later; cleaning it would only take time.
    if sum(map(len, paragraphs)) > settings.ARTICLE_MAX_LENGTH:
        return paragraphs
    cleaned = clean(paragraphs)
    return cleaned if _has_word(cleaned) else paragraphs


def _nothing(post: Post) -> str:
    if post.media:
        return f"{post.media} without a text."
    return "A message without a word in its text." if post.text.strip() else "A message without a text."


def _article(post: Post, body: str, chat: Chat) -> ArticleRecord:
    warnings: tuple[str, ...] = ()
    if post.id in chat.seen:
        warnings = (f"The id {post.id} stands more than once in this chat.",)
    elif post.id:
        chat.seen.add(post.id)
    return ArticleRecord(
        body=body,
        date=post.date,
        url=post.url,
        source=chat.source or post.sender,
        byline=post.author,
        forwarded_from=post.forwarded_from,
        external_id=post.id,
        number=post.number,
        place=post.place,
        edited_at=post.edited_at,
        reply_to=post.reply_to,
        warnings=warnings,
    )
