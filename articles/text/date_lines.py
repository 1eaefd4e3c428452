"""Dates that a text states of itself: a line that only says when, a place line, a dateline.

They are returned as they are read, also where they cannot be (see `plausible` and `preferred` in moments.py).
"""

import re

from articles.text import date_labels, moments, months
from articles.text.clock import clocks, without_clocks
from articles.text.date_labels import Label
from articles.text.date_mentions import Mention, mentions
from articles.text.day_order import with_day_first, with_whole_year
from articles.text.moments import Moment
from articles.text.normalize import INVISIBLE
from articles.text.other_months import other_number_of
from articles.text.zones import zone_at

_FIGURE = re.compile(r"\d")
_YEAR = re.compile(r"\d{4}|\d\.\d{1,2}\.\d\d(?!\d)")
_LABELLED_LENGTH = 160
_LINE_LENGTH = 80
# Behind "Published:" a day of the week, a clock time or a place may stand before the date, and not more.
_AFTER_LABEL = 25
# How far from the date its clock time may stand.
_CLOCK_WITHIN = 40
# "Cairo | 7 May 2023 | 15:25", "Por Marisol Ruiz — 25 de enero de 2024"
_BARS = re.compile(r"\s*[|•·/]\s*|\s+[—–-]\s+")
_LAST_COMMA = re.compile(r"[,،]\s*$")
_ASIDE_WORDS = 5
# What may stand on a date's line beside the date and say nothing else: days of the week, "at", "year", zones.
_FILLING_WORDS = """monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
    понедельник вторник среда четверг пятница суббота воскресенье пн вт ср чт пт сб вс
    الاثنين الإثنين الثلاثاء الأربعاء الاربعاء الخميس الجمعة السبت الأحد الاحد يوم الموافق
    lunes martes miércoles jueves viernes sábado domingo lundi mardi mercredi jeudi vendredi samedi dimanche
    lun mar mié mie jue vie sáb sab dom mer jeu ven sam dim
    at on the le el a à las los de del of в г гг год года عام سنة لعام في الساعة م ه هـ hrs h hs uhr hours am pm
    gmt utc msk мск cet cest eet eest est edt pst pdt bst ist z"""
_FILLING = frozenset(_FILLING_WORDS.split())
_WORDS = re.compile(r"[^\W\d_]+")
_SENTENCE = re.compile(r"\d|[.!?؟…:]\s*\S")
# Vowel signs, and the letter that only makes a word longer: شوّال, مـ
_ARABIC_FILLING = re.compile("[\u0640\u064b-\u0652]")
# 14:30-5 May 2024: the dash parts them, and is no minus of a zone.
_CLOCK_AND_DAY = re.compile(rf"(\d[:.]\d\d)\s?[-–—]\s?(?=\d{{1,2}}\s{{1,3}}(?P<month>{months.PATTERN}))")
# The same day by the Islamic calendar, which Arabic papers print beside it: 6 ربيع الأول 1445 هـ
_HIJRI = re.compile(
    r"\d{1,2}\s{1,3}(?:من\s)?(?:ال)?(?:محرم|صفر|ربيع\s(?:الأول|الاول|الآخر|الاخر|الثاني)|رجب|شعبان|رمضان|شوال"
    r"|جما?دى\s(?:الأولى|الاولى|الآخرة|الاخرة|الثانية)|ذ[ويا]\s(?:القعدة|الحجة))[,،]?\s{0,3}(?:عام\s|سنة\s)?[1١][34٣٤]\d\d"
    r"(?:\s{0,2}ه[ـ‍]?)?(?!\w)|(?<!\d)[1١][34٣٤]\d\d\s?[/-]\s?\d{1,2}\s?[/-]\s?\d{1,2}\s{0,2}ه[ـ‍]?(?!\w)"
)


def line_date(line: str) -> Moment | None:
    """Return the date of a line that says nothing but when: a label, a day of the week, a date, a clock time, a zone.

    A labelled line ("Published: 5 May 2024 by the desk") may say more; of several dates that of publication goes first.
    None for any other line.
    """
    line = line.strip()
    if len(line) > 2 * _LABELLED_LENGTH or not _YEAR.search(line):
        return None
    line = INVISIBLE.sub("", line)
    if len(line) > _LABELLED_LENGTH:
        return None
    first, *further = date_labels.labels(_gregorian(line))
    moment = _read(first)
    if moment is None and not first.words and not _is_aside(first.text):
        return None
    # In a sentence ("The list, published 5 May 2024, names …") a label counts only where a colon stands behind it.
    readings = [(first, moment)] + [(label, _read(label)) for label in further if moment or label.signed]
    found = [(label.changed, each) for label, each in readings if each]
    return min(found, key=lambda each: each[0])[1] if found else None


def _gregorian(line: str) -> str:
    """Return a line without what stands in it beside the date by the calendar that all have in common."""
    line = _CLOCK_AND_DAY.sub(_parted, _ARABIC_FILLING.sub("", line))
    return _HIJRI.sub(" ", line) if "1" in line or "١" in line else line


def _parted(match: re.Match[str]) -> str:
    return f"{match[1]}, " if months.number_of(match["month"]) else match[0]


def _read(label: Label) -> Moment | None:
    """Return the date that a label announces, or that stands before the first label and by itself."""
    text = label.text
    if not label.words and len(text) > _LINE_LENGTH:
        return None
    iso = moments.parse_iso(text.strip(" .()[]"))
    if iso and (label.words or iso.precision != "year"):
        return iso
    text = with_day_first(with_whole_year(text) if label.words else text, label.words)
    for mention in _with_year(text):
        before, after = text[: mention.start], text[mention.end :]
        if _stands_alone(label, before, after):
            return _moment(mention, before, after)
        return None
    return _in_another_language(text) if label.words else None


def _with_year(text: str) -> list[Mention]:
    """Return the dates of a line with a written year; of another century only where there is no other."""
    found = [mention for mention in mentions(text) if mention.year]
    return found or [mention for mention in mentions(text, all_years=True) if mention.year]


def _stands_alone(label: Label, before: str, after: str) -> bool:
    if not label.words:
        return _is_all_when(before, after)
    return len(before) <= _AFTER_LABEL if label.signed else _is_filling(before)


def _is_all_when(before: str, after: str) -> bool:
    """Tell that around a date nothing else is told; a place or author may stand aside, behind a bar, dash or comma."""
    left = _BARS.split(_LAST_COMMA.sub(" | ", without_clocks(before)))
    right = _BARS.split(without_clocks(after))
    return (
        _is_filling(left[-1])
        and _is_filling(right[0])
        and all(_is_filling(part) or _is_aside(part) for part in (*left[:-1], *right[1:]))
    )


def _is_aside(part: str) -> bool:
    """Tell a few words behind a bar or dash: a place, an author, a section."""
    return len(part.split()) <= _ASIDE_WORDS and not _SENTENCE.search(part)


def _is_filling(text: str) -> bool:
    text = without_clocks(text) if _FIGURE.search(text) else text
    return not _FIGURE.search(text) and all(word in _FILLING for word in _WORDS.findall(text.lower()))


def _moment(mention: Mention, before: str, after: str) -> Moment | None:
    """Return a date with the clock time that stands around it, in its zone where it names one."""
    if mention.year is None:
        return None
    clock = next(clocks(after[:_CLOCK_WITHIN]), None) or next(clocks(before[-_CLOCK_WITHIN:]), None)
    if clock is None or mention.day is None:
        return moments.day_moment(mention.year, mention.month, mention.day)
    behind = zone_at(after, 0) if clock.zone is None else None
    if behind:
        # 23:30 31 декабря 2023 МСК
        clock = clock._replace(zone=behind.info)
    when, zoned = clock.on(mention.year, mention.month, mention.day)
    return Moment(when, "minute", zoned)


# --- other languages

# 3. März 2021 · 5 maggio 2024 · 3 Ekim 2023
_OTHER = re.compile(
    rf"\D{{0,20}}(?<!\d)(\d{{1,2}})\.?\s{{1,3}}(?:de\s)?({months.WORD})\.?,?\s{{1,3}}(?:de\s)?(\d{{4}})(?!\d)"
)


def _in_another_language(text: str) -> Moment | None:
    """Read the day with which a label in another language than the five goes on."""
    match = _OTHER.match(text)
    month = other_number_of(match[2]) if match else None
    if match is None or month is None:
        return None
    try:
        return moments.day_moment(int(match[3]), month, int(match[1]))
    except ValueError:
        return None


# --- places and datelines

_PLACE = re.compile(r"\s{0,5}(?:📍|🗺|📌)[\ufe0f\s]{0,5}(?P<rest>.{1,160})")
_IN_BRACKETS = re.compile(r"[(（](?P<rest>[^()（）]{6,80})[)）]\W{0,10}$")
_PLACE_WORDS = 6
_DATELINE_LENGTH = 120
_DATELINE_END = re.compile(
    r"[\s.г]{0,4}(?:(?:\([^()]{1,40}\)|[,،./]\s{0,2}[^\W\d][\w\s]{0,25})?\s{0,3}(?:[—–-]{1,2}\s|\.\s{0,2}[—–-])"
    r"|[.,]?\s{0,2}/[^/\n]{2,40}/\s{0,2}[.—–-])"
)


def place_date(line: str) -> Moment | None:
    """Return the date of "📍 Vientiane, July 25, 2024" or of a heading that ends in "(Vientiane, July 25, 2024)"."""
    match = _PLACE.match(line) or _IN_BRACKETS.search(line.rstrip()[-_LABELLED_LENGTH:])
    if match is None or not _FIGURE.search(match["rest"]):
        return None
    rest = match["rest"]
    for mention in _with_year(rest):
        # The date ends the line; what stands before it is a place of a few words.
        before = rest[: mention.start]
        if mention.day and len(before.split()) <= _PLACE_WORDS:
            return _moment(mention, "", rest[mention.end :])
    return None


def dateline_date(paragraph: str) -> Moment | None:
    """Return the date of a paragraph's dateline, "CAIRO, July 24, 2022 (Wire) — …"; None for any other paragraph."""
    head = paragraph[:_DATELINE_LENGTH]
    if not _FIGURE.search(head):
        return None
    for mention in mentions(head):
        place = head[: mention.start].strip(" ,،.(—–-")
        if not place or len(place.split()) > 5 or place[:1].islower():
            return None
        if mention.year and mention.day and _DATELINE_END.match(paragraph, mention.end):
            return moments.day_moment(mention.year, mention.month, mention.day)
    return None
