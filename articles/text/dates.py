"""Dates as news texts write them, in English, Arabic, Russian, Spanish and French.

A day without a clock time is a calendar day: its moment is that day's midnight UTC, whatever the zone of the source.
"""

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

import dateparser

from articles.text import months

Precision = Literal["minute", "day", "month"]

# Nothing that is imported here was published before; such a date is a slip.
EARLIEST_YEAR = 1900

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹\u00a0\u202f", "01234567890123456789  ")
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|°|-?го|-е)?(?!\d)"
_RANGE = r"(?:\s*(?:[-–—/]|and|to|y|al|et|au|и|по|و|إلى)\s*\d{1,2}(?:st|nd|rd|th|º)?(?!\d))?"
_YEAR = r"(?P<year>(?:19|20)\d{2})(?!\d)"
_OF_YEAR = rf"(?:(?:,?\s*(?:de\s+|del\s+|of\s+|عام\s+|سنة\s+)?|\s*[-/]\s*){_YEAR})"
_MONTH = rf"(?P<month>{months.PATTERN})"
_FORMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # 16th of November, 2023 · 4 de mayo de 2024 · 16 ноября 2023 · 21 أيلول/سبتمبر 2023 · 26-27 июля
        rf"(?<![\d.,:/-]){_DAY}{_RANGE},?[\s-]*(?:of\s+|de\s+|del\s+|من\s+)?{_MONTH}"
        rf"(?:\s*[/(]\s*{months.PATTERN}\s*\)?)?{_OF_YEAR}?",
        # July 25, 2024 · Feb. 6 · mayo 4 de 2024
        rf"(?<!\w){_MONTH}\s*{_DAY}{_RANGE}(?![:%]){_OF_YEAR}?",
        # July 2024 · juillet 2024 · تموز 2024
        rf"(?<!\w){_MONTH}{_OF_YEAR}",
        r"(?<![\d./-])(?P<year>(?:19|20)\d{2})([-/.])(?P<number>\d{1,2})\2(?P<day>\d{1,2})(?![\d-])",
    )
)
_NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2((?:19|20)\d{2})(?![\d-])")
# Words before which English writes no date although they spell a month.
_NEEDS_CAPITAL = frozenset({"may", "march", "mar", "sep", "dec", "jan", "mars", "mai"})

_TIME = re.compile(
    r"(?<![\d:])(?P<hour>[01]?\d|2[0-3])(?::|h)(?P<minute>[0-5]\d)(?::[0-5]\d)?(?![\d:])"
    r"\s*(?P<half>[ap]\.?m\b\.?|صباحا?ً?|مساءً?|[صم](?!\w))?",
    re.IGNORECASE,
)
_ZONE = re.compile(r"(?:\b(?:GMT|UTC)\s*)?(?P<sign>[+-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?\b")
_NAMED_ZONES = {
    "gmt": 0, "utc": 0, "msk": 3, "мск": 3, "cet": 1, "cest": 2, "eet": 2, "eest": 3, "est": -5, "edt": -4,
    "pst": -8, "pdt": -7, "bst": 1, "ist": None,
}  # fmt: skip
_ISO = re.compile(
    r"(\d{4})-(\d{2})(?:-(\d{2})(?:[T ](\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?)?",
    re.IGNORECASE,
)

# "Published:" and its like. What stands behind it on the line is the date of publication, or of the last change.
_LABEL = re.compile(
    r"^\W*(?P<label>(?:first\s+|originally\s+)?(?:published|posted|released|date|issued|pub\.?\s*date|publication\s+date)"
    r"(?:\s+(?:on|at|date))?"
    r"|(?:تاريخ\s+)?(?:النشر|نشر|نُشر|نشرت)(?:\s+(?:في|بتاريخ|يوم))?|التاريخ|تم\s+النشر(?:\s+في)?|آخر\s+تحديث"
    r"|опубликован[оаы]?|дата(?:\s+публикации)?|размещено"
    r"|publicado(?:\s+el)?|fecha(?:\s+de\s+publicación)?|publicación"
    r"|publié(?:e)?(?:\s+le)?|date\s+de\s+publication|mis\s+en\s+ligne(?:\s+le)?|paru\s+le"
    r"|veröffentlicht(?:\s+am)?|pubblicato(?:\s+il)?|publicado\s+em|(?:last\s+)?updated?(?:\s+on)?"
    r"|обновлено|actualizado(?:\s+el)?|mis\s+à\s+jour(?:\s+le)?)(?!\w)\s*[:：\-–|]?\s*",
    re.IGNORECASE,
)
_LABELLED_LENGTH = 160
_AFTER_LABEL = 25
_LINE_LENGTH = 80
# "Cairo | 7 May 2023 | 15:25", "Por Marisol Ruiz — 25 de enero de 2024"
_BARS = re.compile(r"\s*[|•·/]\s*|\s+[—–-]\s+")
_ASIDE_WORDS = 5
# What may stand on a date's line beside the date and say nothing else: days of the week, "at", "year", zones.
_FILLING_WORDS = """monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
    понедельник вторник среда четверг пятница суббота воскресенье пн вт ср чт пт сб вс
    الاثنين الإثنين الثلاثاء الأربعاء الاربعاء الخميس الجمعة السبت الأحد الاحد يوم
    lunes martes miércoles jueves viernes sábado domingo lundi mardi mercredi jeudi vendredi samedi dimanche
    at on the le el a las à в года год г الساعة بتوقيت غرينتش جرينتش م ه hrs h uhr hours local time am pm
    gmt utc msk мск cet cest eet eest est edt pst pdt bst ist z moscow"""
_FILLING = frozenset(_FILLING_WORDS.split())
# A date behind these words is no news: it is when something older began, or a day by which something is due.
_BACKGROUND = re.compile(
    r"(?:\b(?:since|until|till|before|by|after|from|dated|born(?:\s+on)?|signed(?:\s+(?:on|in))?|adopted(?:\s+(?:on|in))?"
    r"|(?<!morning )(?<!evening )(?<!afternoon )(?<!night )(?<!day )of(?:\s+the)?"
    r"|с|со|от|до|после|подписан\w*|принят\w*|desde|hasta|antes\s+del?|después\s+del?|del?|firmad\w+(?:\s+el)?"
    r"|depuis(?:\s+le)?|jusqu['’]au|avant\s+le|après\s+le|du|signée?\w*(?:\s+le)?)"
    r"|(?<!\w)(?:منذ|حتى|قبل|بعد|الموقع\w*\s+في))\s*$",
    re.IGNORECASE,
)
_LEAD = 1000
_PROSE_LANGUAGES = ["en", "ar", "ru", "es", "fr", "de", "it", "pt", "tr", "uk", "fa", "pl", "nl", "ro"]


class Moment(NamedTuple):
    """A point in time as precisely as it is known: aware, UTC, the minute or the first moment of the day or month."""

    when: datetime.datetime
    precision: Precision


@dataclass(frozen=True)
class Mention:
    """A date as it stands in a text between `start` and `end`; year or day is None where it is not written."""

    start: int
    end: int
    year: int | None
    month: int
    day: int | None


def mentions(text: str) -> list[Mention]:
    """Return the dates of `text` in order, without overlaps. Days that no calendar has (31.02.) are left out."""
    text = text.translate(_DIGITS)
    found: list[Mention] = []
    for mention in sorted(_raw_mentions(text), key=lambda each: (each.start, -each.end)):
        if not found or mention.start >= found[-1].end:
            found.append(mention)
    return found


def _raw_mentions(text: str) -> Iterator[Mention]:
    for form in _FORMS:
        for match in form.finditer(text):
            parts = match.groupdict()
            name = parts.get("month")
            if name and name.lower().rstrip(".") in _NEEDS_CAPITAL and name[0].islower() and not parts.get("year"):
                continue
            month = months.number_of(name) if name else int(parts["number"])
            year = int(parts["year"]) if parts.get("year") else None
            day = int(parts["day"]) if parts.get("day") else None
            if _exists(year, month, day):
                yield Mention(*match.span(), year, month, day)
    for match in _NUMERIC.finditer(text):
        first, separator, second, year = int(match[1]), match[2], int(match[3]), int(match[4])
        # 07/25/2024 is American; 05/06/2024 may be either, and a guess would be wrong half the time. Dots are European.
        if separator != "." and first <= 12 and second <= 12 and first != second:
            continue
        day, month = (second, first) if second > 12 else (first, second)
        if _exists(year, month, day):
            yield Mention(*match.span(), year, month, day)


def _exists(year: int | None, month: int, day: int | None) -> bool:
    try:
        datetime.date(year or 2024, month, day or 1)
    except ValueError:
        return False
    return True


def plausible(moment: Moment | None, now: datetime.datetime | None = None) -> Moment | None:
    """Return `moment` unless it lies before 1900 or in the future (a day's grace: zones differ), else None."""
    if moment is None or moment.when.year < EARLIEST_YEAR:
        return None
    latest = (now or datetime.datetime.now(datetime.UTC)) + datetime.timedelta(days=1)
    return moment if moment.when <= latest else None


def parse_iso(text: str) -> Moment | None:
    """Read YYYY-MM, YYYY-MM-DD or an ISO 8601 date and time (no zone: UTC), else None. Seconds are dropped."""
    match = _ISO.fullmatch(text.strip().translate(_DIGITS))
    if match is None:
        return None
    year, month, day, hour, minute, second, zone = match.groups()
    try:
        if hour is None:
            when = datetime.datetime(int(year), int(month), int(day or 1), tzinfo=datetime.UTC)
            return Moment(when, "day" if day else "month")
        datetime.time(int(hour), int(minute), int(second or 0))
        local = datetime.datetime(int(year), int(month), int(day), int(hour), int(minute))
        return Moment((local - _iso_offset(zone)).replace(tzinfo=datetime.UTC), "minute")
    except (ValueError, OverflowError):
        return None


def _iso_offset(zone: str | None) -> datetime.timedelta:
    if not zone or zone in "Zz":
        return datetime.timedelta()
    digits = zone[1:].replace(":", "").ljust(4, "0")
    offset = datetime.timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    if offset >= datetime.timedelta(hours=24):
        raise ValueError(zone)
    return -offset if zone[0] == "-" else offset


def day_moment(year: int, month: int, day: int | None) -> Moment:
    """Return the calendar day, or the month where `day` is None. Raises ValueError for a day that does not exist."""
    return Moment(datetime.datetime(year, month, day or 1, tzinfo=datetime.UTC), "day" if day else "month")


def line_date(line: str) -> Moment | None:
    """Return the date of a line that says nothing but when: a label, a day of the week, a date, a clock time, a zone.

    A labelled line ("Published: 5 May 2024 by the desk") may say more. None for any other line.
    """
    line = line.strip()
    label = _LABEL.match(line)
    if len(line) > (_LABELLED_LENGTH if label else _LINE_LENGTH):
        return None
    rest = line[label.end() :] if label else line
    iso = parse_iso(rest)
    if iso:
        return plausible(iso)
    for mention in mentions(rest):
        if mention.year is None or (label and mention.start > _AFTER_LABEL):
            continue
        before, after = rest[: mention.start], rest[mention.end :]
        if not label and not _is_all_when(before, after):
            return None
        return plausible(_with_time(mention.year, mention, f"{before} | {after}"))
    return plausible(_prose(rest)) if label else None


def label_of(line: str) -> str:
    """Return the words with which a line announces a date ("Published", "تاريخ النشر"), empty where it does not."""
    match = _LABEL.match(line)
    return match.group("label") if match else ""


def _is_all_when(before: str, after: str) -> bool:
    """Tell that around a date nothing else is told; a place or author may stand aside, behind a bar, dash or comma."""
    left, right = _BARS.split(re.sub(r",\s*$", " | ", before)), _BARS.split(after)
    return (
        _is_filling(left[-1])
        and _is_filling(right[0])
        and all(_is_filling(part) or _is_aside(part) for part in (*left[:-1], *right[1:]))
    )


def _is_aside(part: str) -> bool:
    """Tell a few words behind a bar or dash: a place, an author, a section."""
    return len(part.split()) <= _ASIDE_WORDS and not re.search(r"\d|[.!?؟…:]\s*\S", part)


def _is_filling(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+", _TIME.sub(" ", text.translate(_DIGITS)).lower())
    numbers = re.findall(r"\d+", _ZONE.sub(" ", _TIME.sub(" ", text.translate(_DIGITS))))
    return not numbers and all(word in _FILLING for word in words)


def _with_time(year: int, mention: Mention, around: str) -> Moment:
    """Add the clock time that stands around a date, in its zone, else UTC."""
    around = around.translate(_DIGITS)
    clock = _TIME.search(around)
    if clock is None or mention.day is None:
        return day_moment(year, mention.month, mention.day)
    hour, half = int(clock["hour"]), (clock["half"] or "").lower()
    if half.startswith(("p", "م")) and hour < 12:
        hour += 12
    elif half.startswith(("a", "ص")) and hour == 12:
        hour = 0
    local = datetime.datetime(year, mention.month, mention.day, hour, int(clock["minute"]), tzinfo=datetime.UTC)
    return Moment(local - _zone_offset(around[clock.end() :]), "minute")


def _zone_offset(text: str) -> datetime.timedelta:
    match = _ZONE.search(text)
    if match and int(match["hours"]) <= 14:
        offset = datetime.timedelta(hours=int(match["hours"]), minutes=int(match["minutes"] or 0))
        return -offset if match["sign"] == "-" else offset
    for word in re.findall(r"[^\W\d_]+", text.lower()):
        hours = _NAMED_ZONES.get(word)
        if hours is not None:
            return datetime.timedelta(hours=hours)
    return datetime.timedelta()


def _prose(text: str) -> Moment | None:
    """Read the date of a labelled line in another language than the five, with its year written out."""
    if not re.search(r"(?:19|20)\d{2}", text) or not any(letter.isalpha() for letter in text):
        return None
    settings: dict[str, object] = {
        "STRICT_PARSING": True,
        "PARSERS": ["absolute-time"],
        "TIMEZONE": "UTC",
        "RETURN_AS_TIMEZONE_AWARE": True,
    }
    try:
        when = dateparser.parse(text.strip()[:60], languages=_PROSE_LANGUAGES, settings=settings)
    except (ValueError, OverflowError):
        return None
    if when is None:
        return None
    return Moment(when.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=datetime.UTC), "day")


_PLACE = re.compile(r"^\s*(?:📍|🗺|📌)\s*(?P<rest>.+)$")
_IN_BRACKETS = re.compile(r"[(（](?P<rest>[^()（）]{6,80})[)）]\W*$")


def place_date(line: str) -> Moment | None:
    """Return the date of "📍 Vientiane, July 25, 2024" or of a heading that ends in "(Vientiane, July 25, 2024)"."""
    match = _PLACE.match(line) or _IN_BRACKETS.search(line)
    if match is None:
        return None
    rest = match.group("rest")
    for mention in mentions(rest):
        # The date ends the line; what stands before it is a place of a few words.
        before = rest[: mention.start]
        if mention.year and mention.day and len(before.split()) <= 6:
            return plausible(_with_time(mention.year, mention, rest[mention.end :]))
    return None


_DATELINE_END = re.compile(r"^[\s.г]*(?:\([^()]{1,40}\)|[,،./]\s*[^\W\d][\w\s]{0,25})?\s*(?:[—–-]{1,2}\s|\.\s*[—–-])")


def dateline_date(paragraph: str) -> Moment | None:
    """Return the date of a paragraph's dateline, "CAIRO, July 24, 2022 (Wire) — …"; None for any other paragraph."""
    for mention in mentions(paragraph[:120]):
        place = paragraph[: mention.start].strip(" ,،.(—–-")
        if not place or len(place.split()) > 5 or place[:1].islower():
            return None
        if mention.year and mention.day and _DATELINE_END.match(paragraph[mention.end :]):
            return plausible(day_moment(mention.year, mention.month, mention.day))
    return None


def event_date(title: str, body: str, near: Iterable[datetime.date] = ()) -> Moment | None:
    """Return the day that the beginning of a text speaks of, None where it names no day whose year can be told.

    `near` are the days of neighbouring texts (posts of one channel), nearest first: a year that is not written is taken
    from them, else from another date of the text. Days behind "since", "signed on" and their like are background.
    """
    text = f"{title}\n{body}"
    all_mentions = mentions(text)
    neighbours = list(near)
    reference = neighbours[0] if neighbours else _latest_written(all_mentions)
    lead = [each for each in all_mentions if each.day and each.start < len(title) + _LEAD]
    lead = [each for each in lead if not _BACKGROUND.search(text[max(0, each.start - 40) : each.start])]
    candidates = [moment for each in lead if (moment := plausible(_resolve(each, reference))) is not None]
    if not candidates:
        return None
    # Of an older and a newer year the newer is the news.
    year = max(moment.when.year for moment in candidates)
    best = next(moment for moment in candidates if moment.when.year == year)
    if neighbours and abs((best.when.date() - neighbours[0]).days) > 365:
        return None
    return best


def _latest_written(found: list[Mention]) -> datetime.date | None:
    today = datetime.datetime.now(datetime.UTC).date()
    days = [datetime.date(each.year, each.month, each.day or 15) for each in found if each.year]
    return max((day for day in days if day <= today), default=None)


def _resolve(mention: Mention, reference: datetime.date | None) -> Moment | None:
    """Give a mention its year: its own, else the one that brings it nearest to `reference`."""
    if mention.year:
        return day_moment(mention.year, mention.month, mention.day)
    if reference is None:
        return None
    choices = []
    for year in (reference.year - 1, reference.year, reference.year + 1):
        try:
            choices.append(day_moment(year, mention.month, mention.day))
        except ValueError:
            continue  # 29 February of another year
    return min(choices, key=lambda moment: abs((moment.when.date() - reference).days), default=None)
