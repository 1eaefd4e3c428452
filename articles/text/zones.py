"""The zone behind a clock time, as news texts name it. A name that means several zones (IST, BST, CST) names none.

Offsets of abbreviations follow the IANA time zone database; named places are looked up in it, so that summer time and
laws of their time count.
"""

import datetime
import re
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from articles.text.normalize import fold_text

# Hours east of Greenwich. Only in capitals: "est", "cat" and "west" are words.
_ABBREVIATIONS = {
    "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "WEST": 1, "EST": -5, "EDT": -4, "PDT": -7, "HKT": 8, "JST": 9, "KST": 9,
    "SGT": 8, "WIB": 7, "WITA": 8, "PKT": 5, "NPT": 5.75, "SAST": 2, "CAT": 2, "EAT": 3, "WAT": 1, "TRT": 3,
    "IRST": 3.5, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13, "BRT": -3, "ART": -3,
    "WET": 0, "MSD": 4, "GST": 4, "MYT": 8, "ICT": 7,
}  # fmt: skip
_PLACES = {
    "UTC": "غرينتش جرينتش غرينيتش جرينيتش غرينويتش greenwich гринвичу",
    "Africa/Algiers": "الجزائر algiers",
    "Africa/Cairo": "القاهرة مصر cairo",
    "Africa/Casablanca": "الرباط المغرب",
    "Africa/Khartoum": "الخرطوم السودان khartoum",
    "Africa/Tripoli": "ليبيا",
    "Africa/Tunis": "تونس tunis",
    "America/New_York": "واشنطن نيويورك washington eastern вашингтону",
    "Asia/Baghdad": "بغداد العراق baghdad",
    "Asia/Beirut": "بيروت لبنان beirut",
    "Asia/Damascus": "دمشق سوريا damascus",
    "Asia/Dubai": "دبي أبوظبي الإمارات dubai",
    "Asia/Jerusalem": "القدس israel jerusalem",
    "Asia/Kolkata": "india delhi",
    "Asia/Kuwait": "الكويت kuwait",
    "Asia/Qatar": "الدوحة قطر doha",
    "Asia/Riyadh": "مكة الرياض السعودية makkah mecca riyadh saudi",
    "Asia/Shanghai": "بكين beijing пекину pekín pékin",
    "Asia/Tehran": "طهران إيران tehran tehrán téhéran",
    "Asia/Tokyo": "طوكيو tokyo tokio",
    "Europe/Berlin": "برلين berlin berlín",
    "Europe/Istanbul": "إسطنبول تركيا أنقرة istanbul ankara turkey turkish",
    "Europe/Kyiv": "كييف kyiv kiev киеву киевскому киевского",
    "Europe/London": "لندن london londres",
    "Europe/Madrid": "مدريد madrid peninsular",
    "Europe/Minsk": "минску минскому",
    "Europe/Moscow": "موسكو moscow moscú moscou москве московскому московского",
    "Europe/Paris": "باريس paris parís",
}
_ZONES = {fold_text(place): zone for zone, places in _PLACES.items() for place in places.split()}
_FIGURES = re.compile(
    r"\s?[(\[]?(?P<utc>GMT|UTC)?\s?(?P<sign>[+−–-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?(?![\d:.])[)\]]?",
    re.IGNORECASE,
)
_NAME = re.compile(r"\s{0,2}[(\[]?(?P<name>[^\W\d_]{1,5})(?![^\W_])[)\]]?")
_ZULU = re.compile(r"Z\b")
_IANA = re.compile(r"\s{0,2}[(\[]?(?P<name>[A-Z][a-z]+/[A-Z][A-Za-z_]+)[)\]]?")
_WORD = r"[^\W\d_]{2,20}"
_PLACE = re.compile(
    rf"\s{{0,2}}[(\[]?(?:بتوقيت\s(?:مدينة\s)?(?P<arabic>{_WORD})(?:\sالمكرمة)?|(?:по\s)?(?P<russian>{_WORD})\sвремен[иу]|"
    rf"по\s(?P<to>{_WORD})|(?P<english>{_WORD})\s(?:standard\s)?time"
    rf"|\(?(?:hora|heures?)\s(?:de\s)?(?P<romance>{_WORD}))[)\]]?",
    re.IGNORECASE,
)
_LOCAL = re.compile(
    r"\s{0,2}[(\[]?(?:local time|بالتوقيت المحلي|(?:по\s)?местно(?:го|му) времени|heure locale|hora local)[)\]]?",
    re.IGNORECASE,
)


class Zone(NamedTuple):
    """A zone as it stands in a text up to `end`; `info` is None where it is only said to be the place's own."""

    info: datetime.tzinfo | None
    end: int


def zone_at(text: str, place: int) -> Zone | None:
    """Return the zone that `text` names at `place`, right behind a clock time; None where it names none."""
    zulu = _ZULU.match(text, place)
    if zulu:
        return Zone(datetime.UTC, zulu.end())
    local = _LOCAL.match(text, place)
    if local:
        return Zone(None, local.end())
    return _by_figures(text, place) or _by_abbreviation(text, place) or _by_place(text, place) or _by_key(text, place)


def _by_figures(text: str, place: int) -> Zone | None:
    match = _FIGURES.match(text, place)
    if match is None:
        return None
    hours, minutes = int(match["hours"]), int(match["minutes"] or 0)
    # "10:30 - 12" and "10:30-12:00" go on to another hour; no place lies as far west as that.
    east = match["sign"] == "+"
    if hours > (14 if east else 11) or minutes > 59 or (not match["utc"] and match["minutes"] is None and hours > 9):
        return None
    offset = datetime.timedelta(hours=hours, minutes=minutes)
    return Zone(datetime.timezone(offset if east else -offset), match.end())


def _by_abbreviation(text: str, place: int) -> Zone | None:
    match = _NAME.match(text, place)
    if match is None:
        return None
    name = match["name"]
    if name.upper() in {"GMT", "UTC"}:
        return Zone(datetime.UTC, match.end())
    if name.upper() in {"MSK", "МСК"}:
        return Zone(_zone("Europe/Moscow"), match.end())
    if name == "ET":
        return Zone(_zone("America/New_York"), match.end())
    hours = _ABBREVIATIONS.get(name)
    return None if hours is None else Zone(datetime.timezone(datetime.timedelta(hours=hours)), match.end())


def _by_place(text: str, place: int) -> Zone | None:
    match = _PLACE.match(text, place)
    if match is None:
        return None
    name = next(word for word in match.groupdict().values() if word)
    zone = _ZONES.get(fold_text(name))
    return Zone(_zone(zone), match.end()) if zone else None


def _by_key(text: str, place: int) -> Zone | None:
    match = _IANA.match(text, place)
    info = _zone(match["name"]) if match else None
    return Zone(info, match.end()) if match and info else None


@lru_cache(64)
def _zone(key: str) -> datetime.tzinfo | None:
    try:
        return ZoneInfo(key)
    except (KeyError, ValueError, OSError):
        return None
