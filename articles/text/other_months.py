"""Names of months in further languages, from CLDR, for dates that a label announces.

In running text they are not looked for: too many of them are words of other languages.
"""

from functools import cache

from babel import Locale

from articles.text.normalize import fold_text

_LANGUAGES = ("de", "it", "pt", "tr", "uk", "fa", "pl", "nl", "ro", "bg", "sr", "id", "sv", "el", "ru", "es", "fr")


@cache
def _table() -> dict[str, int]:
    table: dict[str, int] = {}
    for language in _LANGUAGES:
        months = Locale.parse(language).months
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in months[context][width].items():
                    table.setdefault(fold_text(name.rstrip(".")), number)
    return table


def other_number_of(name: str) -> int | None:
    """Return 1-12 for the name of a month in one of the languages, without its dot; None for any other word."""
    return _table().get(fold_text(name))
