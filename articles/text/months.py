"""Names of months in English, Arabic (three traditions), Russian, Spanish and French, as one table.

The Arabic names follow CLDR 45 (ar, ar-SY, ar-DZ, ar-MA, ar-MR, ar-TN) with the spellings that newspapers use beside
them; accents, hamzas and vowel signs need not be written alike.
"""

from functools import lru_cache

from articles.text.normalize import fold_text

_MONTHS = (
    # English with abbreviations | Spanish | French | Russian, genitive and nominative | Arabic: Egypt, Levant, Maghreb
    ("january jan", "enero ene", "janvier janv", "января январь янв", "يناير|كانون الثاني|كانون ثاني|جانفي"),
    ("february feb", "febrero", "février fevrier févr fév fevr", "февраля февраль фев февр",
     "فبراير|شباط|فيفري|فبرائر"),
    ("march mar", "marzo", "mars", "марта март мар", "مارس|آذار"),
    ("april apr", "abril abr", "avril avr", "апреля апрель апр", "أبريل|نيسان|أفريل"),
    ("may", "mayo", "mai", "мая май", "مايو|أيار|ماي|مايس"),
    ("june jun", "junio", "juin", "июня июнь июн", "يونيو|يونيه|حزيران|جوان"),
    ("july jul", "julio", "juillet juil", "июля июль июл", "يوليو|يوليه|تموز|جويلية|يوليوز"),
    ("august aug", "agosto ago", "août aout", "августа август авг", "أغسطس|أوت|غشت|أغشت"),
    ("september sept sep", "septiembre setiembre", "septembre", "сентября сентябрь сен сент",
     "سبتمبر|أيلول|شتنبر|شتمبر"),
    ("october oct", "octubre", "octobre", "октября октябрь окт", "أكتوبر|تشرين الأول|تشرين أول"),
    ("november nov", "noviembre", "novembre", "ноября ноябрь ноя нояб", "نوفمبر|تشرين الثاني|تشرين ثاني|نونبر"),
    ("december dec", "diciembre dic", "décembre decembre déc", "декабря декабрь дек",
     "ديسمبر|كانون الأول|كانون أول|دجنبر|دجمبر"),
)  # fmt: skip


def _table() -> dict[str, int]:
    table: dict[str, int] = {}
    for number, groups in enumerate(_MONTHS, start=1):
        for group in groups:
            for name in group.split("|") if "|" in group else group.split():
                table[fold_text(name)] = number
    return table


_NUMBERS = _table()
# August of the Levant is spelt exactly so: without the sign on its first letter it is "father".
_AUGUST = "آب"

# Words that may be a month's name: letters with vowel signs and accents. Two Levantine names have a second word.
WORD = r"[^\W\d_](?:[^\W\d_]|[\u064b-\u0652\u0300-\u036f])*"
PATTERN = rf"(?:(?:تشرين|كانون)\s{{1,3}})?{WORD}"
FIRST_WORDS = frozenset({"تشرين", "كانون"})
LAST_WORDS = frozenset({"الأول", "الاول", "أول", "اول", "الثاني", "الثانى", "ثاني", "ثانى"})


@lru_cache(10_000)
def number_of(name: str) -> int | None:
    """Return 1-12 for the name of a month in any case, without its dot; None for any other word."""
    return 8 if name == _AUGUST else _NUMBERS.get(fold_text(name))
