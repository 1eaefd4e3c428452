"""Which language a text is in: by script first, by letters and function words where it is short, else by py3langid."""

import copy
import re
from collections import Counter
from functools import lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

# The first characters tell enough, and long texts would cost time.
_SAMPLE = 1200
# Below so many letters the statistics of py3langid are guesswork.
_SHORT = 60

_LATIN = ("en", "es", "fr", "de", "it", "pt", "tr", "nl", "pl", "ro", "sv", "da", "cs", "hu", "id", "az")
_CYRILLIC = ("ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "mn")
_ARABIC = ("ar", "fa", "ur", "ps")
_SCRIPT_OF = {
    **dict.fromkeys(_LATIN, "latin"),
    **dict.fromkeys(_CYRILLIC, "cyrillic"),
    **dict.fromkeys((*_ARABIC, "ckb", "ug"), "arabic"),
    "zh": "han", "ja": "kana", "ko": "hangul", "el": "greek", "he": "hebrew", "hy": "armenian", "ka": "georgian",
    "th": "thai", "hi": "devanagari", "ne": "devanagari", "mr": "devanagari", "am": "ethiopic",
}  # fmt: skip
# Scripts that belong to one language as far as news goes.
_LANGUAGE_OF = {
    "han": "zh", "kana": "ja", "hangul": "ko", "greek": "el", "hebrew": "he", "armenian": "hy", "georgian": "ka",
    "thai": "th", "devanagari": "hi", "ethiopic": "am",
}  # fmt: skip
_LETTERS = {
    "latin": "A-Za-z\u00c0-\u024f\u1e00-\u1eff", "greek": "\u0370-\u03ff", "cyrillic": "\u0400-\u052f",
    "armenian": "\u0530-\u058f", "hebrew": "\u0590-\u05ff", "devanagari": "\u0900-\u097f", "thai": "\u0e00-\u0e7f",
    "arabic": "\u0620-\u064a\u066e-\u06d3\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc",
    "georgian": "\u10a0-\u10ff", "ethiopic": "\u1200-\u137f", "kana": "\u3040-\u30ff", "han": "\u3400-\u9fff",
    "hangul": "\uac00-\ud7af",
}  # fmt: skip
_RUNS = {script: re.compile(f"[{letters}]+") for script, letters in _LETTERS.items()}
# Letters that Russian does not have, and whose they are.
_CYRILLIC_LETTERS = (("ў", "be"), ("їєґ", "uk"), ("і", "uk"), ("ђћџјљњ", "sr"), ("ѓќѕ", "mk"), ("әғқңөұүһ", "kk"))
_ARABIC_LETTERS = (("ٹڈڑںےھ", "ur"), ("ټډړښځڅ", "ps"), ("پچژگکی", "fa"))
# Of these no Russian word is written.
_NOT_RUSSIAN = frozenset("іїєґўђћџјљњѓќәғқңөұүһ")
_FUNCTION_WORDS = {
    "en": "the of and to in for on with at by from as is are was were has have will after his its their that not",
    "es": "el la los las de del y en con por para que una un al se su ha sobre tras es son como no más",
    "fr": "le la les des du et en dans avec pour que une un au aux sur son sa est sont par qui ne pas plus ce",
    "de": "der die das und in den von mit im für auf ist dem ein eine zu sich nach nicht auch bei",
    "it": "il la di e in che del della con per un una gli le dei al alla nel è sono si da non",
    "pt": "o a os as de do da e em com por para que um uma ao na no não são foi dos das",
    "tr": "ve bir bu ile için da de olarak daha çok olan sonra dışişleri bakanı",
}
_WORDS = {language: frozenset(words.split()) for language, words in _FUNCTION_WORDS.items()}
_NOISE = re.compile(r"https?://\S+|www\.\S+|[\w.+-]{0,64}@[\w.-]+|#\w+")
_MARKS_OF_NOISE = ("://", "www.", "@", "#")
_WORD = re.compile(r"[^\W\d_]+")


def detect(text: str, stated: str = "") -> str:
    """Return the language of `text` as a BCP 47 primary subtag (en, ar, ru, …), empty where nothing tells.

    `stated` is what the document says of itself; it holds where the text's script can be that language.
    """
    sample = text[:_SAMPLE]
    if any(mark in sample for mark in _MARKS_OF_NOISE):
        sample = _NOISE.sub(" ", sample)
    script = _main_script(sample) or _main_script(text[:_SAMPLE])
    said = primary_subtag(stated)
    if said and (not script or _SCRIPT_OF.get(said, script) == script or (said == "ja" and script == "han")):
        return said
    if script in _LANGUAGE_OF:
        return _LANGUAGE_OF[script]
    if script == "arabic":
        return _by_letters(sample, _ARABIC_LETTERS, "ar")
    if script == "cyrillic":
        return _cyrillic(sample)
    return _latin(sample) if script == "latin" else ""


def primary_subtag(code: str) -> str:
    """Return the language part of a language code (`en-US`, `pt_BR` become en, pt), empty where it is none."""
    match = re.match(r"\s*([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]+)*\s*$", code)
    return match.group(1).lower() if match else ""


def _main_script(text: str) -> str:
    counts: Counter[str] = Counter()
    for letter, count in Counter(text).items():
        script = _script_of(letter)
        if script:
            counts[script] += count
    # Japanese mixes both; a text with some kana is Japanese.
    if counts["kana"] * 10 > counts["han"] > 0:
        return "kana"
    best = max(_LETTERS, key=lambda script: counts[script])
    return best if counts[best] else ""


@lru_cache(maxsize=4096)
def _script_of(letter: str) -> str:
    return next((script for script, run in _RUNS.items() if run.match(letter)), "")


def _by_letters(text: str, table: tuple[tuple[str, str], ...], default: str) -> str:
    """Return the language whose own letters are common enough not to come from a quoted name."""
    letters = Counter(text.lower())
    total = sum(count for letter, count in letters.items() if letter.isalpha())
    counts = {language: sum(letters[own] for own in table_letters) for table_letters, language in table}
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] > max(1, total * 0.01) else default


def _cyrillic(text: str) -> str:
    if sum(letter.isalpha() for letter in text) < _SHORT:
        return _by_letters(text, _CYRILLIC_LETTERS, "ru")
    letters = set(text.lower())
    # ы is written in Russian, Belarusian, Kazakh, Kyrgyz and Mongolian, of which only Russian needs no further letter.
    if "ы" in letters and not letters & _NOT_RUSSIAN:
        return "ru"
    guess = _identify(text, _CYRILLIC)
    # Ukrainian without a single letter of its own is Russian.
    return "ru" if guess == "uk" and not set("іїєґ") & set(text.lower()) else guess


def _latin(text: str) -> str:
    words = _WORD.findall(text.lower())
    counts = {language: sum(word in known for word in words) for language, known in _WORDS.items()}
    ranked = sorted(counts.values(), reverse=True)
    if len(words) >= 30:
        # A quarter of all words is function words: where one language has most of them, no statistics are needed.
        if ranked[0] * 6 >= len(words) and ranked[0] >= 2 * ranked[1]:
            return max(counts, key=lambda language: counts[language])
        return _identify(text, _LATIN)
    if ranked[0] >= 2 and ranked[0] > ranked[1]:
        return max(counts, key=lambda language: counts[language])
    # A headline without function words: accents tell Spanish from French, bare names are taken for English.
    if len(words) < 5 and text.isascii():
        return "en" if words else ""
    return _identify(text, ("en", "es", "fr"))


@lru_cache(maxsize=1)
def _model() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE)


@lru_cache(maxsize=8)
def _identifier(languages: tuple[str, ...]) -> LanguageIdentifier:
    # A choice of languages is a view of the model: its large tables are in memory once.
    identifier = copy.copy(_model())
    identifier.set_languages(list(languages))
    return identifier


def _identify(text: str, languages: tuple[str, ...]) -> str:
    return str(_identifier(languages).classify(text)[0])
