"""Names of months in English, Arabic (three traditions), Russian, Spanish and French, as one pattern and one table.

The Arabic names follow CLDR 45 (ar, ar-SY, ar-DZ, ar-MA, ar-TN) with the spellings that newspapers use beside them.
"""

import re

_MONTHS = (
    # English with abbreviations | Spanish | French | Russian, genitive and nominative | Arabic: Egypt, Levant, Maghreb
    ("january jan", "enero ene", "janvier janv", "января январь янв", "يناير|كانون الثاني|جانفي|ينّاير"),
    ("february feb", "febrero feb", "février fevrier févr fév", "февраля февраль фев февр", "فبراير|شباط|فيفري|فبرائر"),
    ("march mar", "marzo", "mars", "марта март мар", "مارس|آذار|اذار"),
    ("april apr", "abril abr", "avril avr", "апреля апрель апр", "أبريل|ابريل|إبريل|نيسان|أفريل|افريل"),
    ("may", "mayo", "mai", "мая май", "مايو|أيار|ايار|ماي|مايس"),
    ("june jun", "junio", "juin", "июня июнь июн", "يونيو|يونيه|حزيران|جوان|يونية"),
    ("july jul", "julio", "juillet juil", "июля июль июл", "يوليو|يوليه|تموز|جويلية|يوليوز|يولية"),
    ("august aug", "agosto ago", "août aout", "августа август авг", "أغسطس|اغسطس|آب|أوت|اوت|غشت"),
    ("september sept sep", "septiembre setiembre", "septembre", "сентября сентябрь сен сент",
     "سبتمبر|أيلول|ايلول|شتنبر"),
    ("october oct", "octubre", "octobre", "октября октябрь окт", "أكتوبر|اكتوبر|تشرين الأول|تشرين الاول|تشرين أول"),
    ("november nov", "noviembre", "novembre", "ноября ноябрь ноя нояб", "نوفمبر|تشرين الثاني|تشرين ثاني|نونبر"),
    ("december dec", "diciembre dic", "décembre decembre déc", "декабря декабрь дек",
     "ديسمبر|كانون الأول|كانون الاول|كانون أول|دجنبر"),
)  # fmt: skip


def _table() -> dict[str, int]:
    table: dict[str, int] = {}
    for number, groups in enumerate(_MONTHS, start=1):
        for group in groups:
            for name in group.split("|") if "|" in group else group.split():
                table[name] = number
    return table


NUMBERS = _table()

# Longest first, so that "march" is not read as "mar". A word may follow only after a boundary; a dot may abbreviate.
# آب (August) is also "water" and "returned": where it is a month, a number stands before it, which the callers ask for.
_NAMES = "|".join(re.escape(name) for name in sorted(NUMBERS, key=len, reverse=True)).replace(r"\ ", r"\s+")
PATTERN = rf"(?:{_NAMES})(?!\w)\.?"


def number_of(name: str) -> int:
    """Return 1-12 for a name that PATTERN matched, in any case, with or without a dot. Raises KeyError for others."""
    return NUMBERS[" ".join(name.lower().rstrip(".").split())]
