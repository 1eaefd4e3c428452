"""Posts of a messenger channel, pasted one after the other: one article a post, each post's text once.

Two shapes come in. Telegram Desktop copies posts with a head line ("Channel, [25.07.2024 14:03]"). A page of a channel
copied as a whole has none: there each post mostly stands as a heading and a body, and then the body again, which is how
one post is told from the next.
"""

import dataclasses
import datetime
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from articles.importing.cleaning import clean, join, paragraphs_of
from articles.importing.cleaning.repeats import passage_key, tandems
from articles.importing.readers.dated import record_date
from articles.importing.readers.decoding import decode, text_of
from articles.importing.records import NO_DATE, ArticleDate, ArticleRecord, ImportFile, Records, UnreadableFile
from articles.text import dates
from articles.text.normalize import fold_text

_FORWARDED = re.compile(
    r"^(?:forwarded from|переслано от|переслано из|تمت إعادة التوجيه من|معاد توجيهها من|أعيد توجيهها من|reenviado de"
    r"|transféré de|transféré depuis)\s*:?\s+(?P<from>.+)$",
    re.IGNORECASE,
)
# "Russian MFA, [25.07.2024 14:03]", "Russian MFA, [Jul 25, 2024 at 2:03 PM]:"
_COPIED = re.compile(r"^(?P<who>.{1,100}?),? \[(?P<when>[^\]]{0,40}?\d{1,2}[:.]\d{2}[^\]]{0,20})\]:?$")
_SHORT_YEAR = re.compile(r"^(\d{1,2}[./]\d{1,2}[./])(\d{2})(?=[\s,])")
# Pictures, flags and signs that channels put in front of a line.
_EMOJI = "\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u2300-\u23ff\u25a0-\u25ff\u203c\u2049\u20e3\ufe0f\u200d"
_EMOJI_FIRST = re.compile(rf"^[{_EMOJI}]")
_ORNAMENTS = frozenset(re.findall(f"[{_EMOJI}]", "".join(map(chr, range(0x2000, 0x1FB00)))))
_MARKER = re.compile(r"^(?:📍|Forwarded from )")
_HASHTAGS = re.compile(r"^(?:#\w+\s*)+$")
_READ_IN_FULL = frozenset(
    fold_text(phrase)
    for phrase in (
        "read in full", "read more", "full text", "read full text", "полностью", "читать полностью", "полный текст",
        "подробнее", "читать далее", "النص الكامل", "اقرأ المزيد", "للمزيد", "اقرأ النص الكامل", "leer completo",
        "leer más", "texto completo", "lire la suite", "texte intégral", "lire en entier",
    )
)  # fmt: skip
# Passages shorter than this may stand twice by chance ("<…>", a hashtag).
_ENOUGH = 20
# Between two dated posts so near to each other an undated one is dated no earlier and no later than they.
_CLOSE = datetime.timedelta(days=30)


@dataclass
class Post:
    """The lines of one post as they are gathered, and what stood around them."""

    lines: list[str] = field(default_factory=list)
    forwarded_from: str = ""
    source: str = ""
    date: ArticleDate = NO_DATE


def recognises(file: ImportFile) -> bool:
    """Tell channel text: copied heads, or lines headed by emoji of which some passages stand twice in a row."""
    lines = _first_lines(file)
    if not lines or _COPIED.match(lines[0]):
        return bool(lines)
    headed = sum(bool(_EMOJI_FIRST.match(line)) for line in lines)
    if headed < 2 or not (_EMOJI_FIRST.match(lines[0]) or _FORWARDED.match(lines[0])):
        return False
    keys = [passage_key(line) for line in lines]
    return any(_doubled(keys)) or (headed * 4 >= len(lines) and sum(bool(_MARKER.match(line)) for line in lines) >= 2)


def _first_lines(file: ImportFile) -> list[str]:
    """Return the lines in a file's head, without the one that is cut off at its end."""
    lines = paragraphs_of(decode(file.head))
    return lines[:-1] if file.size > len(file.head) else lines


def read(file: ImportFile) -> Records:
    """Yield one article a post, in the order of the file. Raises UnreadableFile where there is no post with a word."""
    lines = paragraphs_of(text_of(file))
    posts = _copied_posts(lines) if lines and _COPIED.match(lines[0]) else _headed_posts(lines)
    posts = [dataclasses.replace(post, lines=_text_lines(post.lines)) for post in posts]
    posts = [post for post in posts if any(letter.isalpha() for line in post.lines for letter in line)]
    if not posts:
        raise UnreadableFile("There is no text in this file.")
    for number, (post, date) in enumerate(zip(posts, _dates(posts), strict=True), start=1):
        yield ArticleRecord(
            body=join(post.lines),
            date=date,
            source=post.source,
            forwarded_from=post.forwarded_from,
            number=number,
            place=f"post {number}",
        )


def _copied_posts(lines: list[str]) -> list[Post]:
    posts: list[Post] = []
    for line in lines:
        head = _COPIED.match(line)
        if head:
            posts.append(Post(source=_plain(head["who"]), date=record_date(_copied_date(head["when"]))))
        elif forwarded := _FORWARDED.match(line):
            posts[-1].forwarded_from = _plain(forwarded["from"])
        else:
            posts[-1].lines.append(line)
    return posts


def _copied_date(text: str) -> dates.Moment | None:
    return dates.line_date(_SHORT_YEAR.sub(r"\g<1>20\2", text).replace(" at ", " "))


def _headed_posts(lines: list[str]) -> list[Post]:
    """Part lines into posts: a heading and what stands twice behind it; where nothing is doubled, by heads and ends."""
    doubled = _doubled([passage_key(line) for line in lines])
    posts: list[Post] = []
    waiting: list[str] = []
    index = 0
    while index < len(lines):
        length = doubled[index]
        if length:
            heading_at = _heading_of_doubled(waiting)
            posts.extend(_single_posts(waiting[:heading_at]))
            posts.append(_post(waiting[heading_at:] + lines[index : index + length]))
            waiting = []
            index += 2 * length
        else:
            waiting.append(lines[index])
            index += 1
    return posts + _single_posts(waiting)


def _doubled(keys: list[str]) -> list[int]:
    """Return for each line how many from there on stand twice in a row, 0 where they are too few to be no chance."""
    ends = list(itertools.accumulate(map(len, keys), initial=0))
    return [
        length if ends[start + length] - ends[start] >= _ENOUGH else 0 for start, length in enumerate(tandems(keys))
    ]


def _heading_of_doubled(waiting: list[str]) -> int:
    """Return where in the lines before a doubled passage its post begins: at the last line that can open a post."""
    start = len(waiting) - 1
    while start > 0 and not _EMOJI_FIRST.match(waiting[start]) and not _ends_post(waiting[start - 1]):
        start -= 1
    if start > 0 and _FORWARDED.match(waiting[start - 1]):
        start -= 1
    return max(start, 0)


def _single_posts(lines: list[str]) -> list[Post]:
    """Part lines of which nothing is doubled: a post begins at "Forwarded from", and behind what ends one."""
    groups: list[list[str]] = []
    for line in lines:
        forwarded = bool(_FORWARDED.match(line))
        before = groups[-1][-1] if groups else ""
        opens = _EMOJI_FIRST.match(line) and _ends_post(before) and not line.startswith("📍")
        if not groups or forwarded or (opens and not _FORWARDED.match(before)):
            groups.append([])
        groups[-1].append(line)
    return [_post(group) for group in groups]


def _ends_post(line: str) -> bool:
    return bool(_HASHTAGS.match(line)) or _plain(fold_text(line)) in _READ_IN_FULL


def _post(lines: list[str]) -> Post:
    forwarded = _FORWARDED.match(lines[0]) if lines else None
    if forwarded:
        return Post(lines[1:], forwarded_from=_plain(forwarded["from"]))
    return Post(list(lines))


def _plain(line: str) -> str:
    """Return a line without the emoji and blanks at its ends."""
    start, end = 0, len(line)
    while start < end and _is_ornament(line[start]):
        start += 1
    while end > start and _is_ornament(line[end - 1]):
        end -= 1
    return line[start:end]


def _is_ornament(character: str) -> bool:
    return character in _ORNAMENTS or character.isspace()


def _text_lines(lines: list[str]) -> list[str]:
    """Return the lines of a post without its links to a longer version, repeated passages once."""
    kept = [line for line in lines if _plain(fold_text(line)) not in _READ_IN_FULL]
    return clean(kept) if kept else []


def _dates(posts: list[Post]) -> list[ArticleDate]:
    """Return each post's date: the one it states, else a day of its text, its year told from the posts around it."""
    stated = [post.date if post.date.moment else record_date(_stated(post.lines)) for post in posts]
    before, after = _last_known(stated), _last_known(stated[::-1])[::-1]
    return [
        date if date.moment or date.problem else _inferred(post, earlier, later)
        for post, date, earlier, later in zip(posts, stated, before, after, strict=True)
    ]


def _last_known(dates_in_order: list[ArticleDate]) -> list[datetime.datetime | None]:
    """Return for each date the moment of the last one before it that is known."""
    known: datetime.datetime | None = None
    found = []
    for date in dates_in_order:
        found.append(known)
        known = date.moment or known
    return found


def _stated(lines: list[str]) -> dates.Moment | None:
    """Return the date of a "📍 place, date" line, of a heading that ends in one, or of a line of its own at the top."""
    return dates.preferred(_candidates(lines))


def _candidates(lines: list[str]) -> Iterator[dates.Moment | None]:
    for line in lines:
        if line is lines[0] or line.startswith(("📍", "🗺", "📌")):
            yield dates.place_date(line)
    for line in lines[:3]:
        yield dates.line_date(_plain(line))


def _inferred(post: Post, before: datetime.datetime | None, after: datetime.datetime | None) -> ArticleDate:
    near = [moment.date() for moment in (before, after) if moment]
    found = record_date(dates.event_date("", join(post.lines), near), "inferred")
    if found.moment is None or before is None or after is None:
        return found
    # Posts stand in order of time (either way): what one announces or looks back on cannot date it past its neighbours.
    low, high = sorted((before, after))
    if high - low > _CLOSE:
        return found
    return dataclasses.replace(found, moment=min(max(found.moment, _midnight(low)), _midnight(high)))


def _midnight(moment: datetime.datetime) -> datetime.datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)
