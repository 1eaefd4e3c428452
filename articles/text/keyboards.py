"""Words typed on the wrong keyboard: what the same keys give on another one.

The layouts are those of Unicode CLDR's keyboards en, ru (ЙЦУКЕН) and ar (Arabic 101).
"""

_ENGLISH = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./"
_LAYOUTS = {
    "ru": "ёйцукенгшщзхъфывапролджэячсмитьбю.",
    "ar": "ذضصثقفغعهخحجدشسيبلاتنمكطئءؤرﻻىةوزظ",
}
_TABLES = [
    table
    for layout in _LAYOUTS.values()
    for table in (str.maketrans(_ENGLISH, layout), str.maketrans(layout, _ENGLISH))
]


def other_layouts(word: str) -> list[str]:
    """Return what the keys of `word` (folded) give on the other keyboards: kfdhjd is лавров, дфмкщм is lavrov."""
    return [typed for table in _TABLES if (typed := word.translate(table)) != word]
