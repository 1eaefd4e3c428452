"""Russian case forms: of words by the dictionary, of names by declension rules.

The dictionary guesses wrong on rare foreign names (Фидан, Сийярто), and a lemmatiser run over the text inherits the
guess. So forms are made from the nominative, which the gazetteer holds, and matched as they stand. Where the nominative
leaves two declensions open (Путин and Дарвин differ in the instrumental), the forms of both are taken.

Rules: А. А. Зализняк, Грамматический словарь русского языка; for surnames: Правила русской орфографии и пунктуации.
"""

from functools import lru_cache

from articles.text.normalize import fold
from articles.text.stemming import morphology

_HUSHING = "жшщчц"
# Names whose vowel drops out; their oblique stem.
_FLEETING = {"павел": "павл", "лев": "льв", "петр": "петр", "олег": "олег"}
_ADJECTIVES = ("ский", "цкий", "ской", "цкой", "ый")


@lru_cache(maxsize=50_000)
def word_forms(word: str) -> frozenset[str]:
    """Return the folded forms of a dictionary word given in the nominative: all cases and numbers, the word included.

    Words that the dictionary does not know (МИД, names of towns) get the forms of a name.
    """
    folded = fold(word)
    if not folded.isalpha():
        return frozenset({folded})
    if word.isupper():
        return frozenset({folded}) | (_noun(folded) if folded[-1] not in "аеёиоуыэюяьй" else frozenset())
    if not morphology().word_is_known(word):
        return name_forms(word)
    known = [reading for reading in morphology().parse(word) if reading.tag.case in (None, "nomn")]
    # Capitalised, a place name is meant where the dictionary has one: Мали is no form of малый.
    places = [reading for reading in known if "Geox" in reading.tag] if word[0].isupper() else []
    forms = {fold(form.word) for reading in (places or known)[:2] for form in reading.lexeme}
    return frozenset(forms | {folded})


@lru_cache(maxsize=20_000)
def phrase_forms(word: str) -> frozenset[str]:
    """Return the folded forms of a word in any case of a phrase: of its likely readings, the word included."""
    folded = fold(word)
    if not folded.isalpha() or not morphology().word_is_known(folded):
        return frozenset({folded}) | (name_forms(folded) if folded.isalpha() else frozenset())
    readings = morphology().parse(folded)
    likely = [reading for reading in readings if reading.score >= readings[0].score * 0.5][:3]
    return frozenset({folded} | {fold(form.word) for reading in likely for form in reading.lexeme})


@lru_cache(maxsize=1_000)
def singular_forms(word: str) -> frozenset[str]:
    """Return the folded singular case forms of a dictionary noun given in the nominative."""
    reading = next(reading for reading in morphology().parse(word) if reading.tag.case == "nomn")
    return frozenset({fold(word)} | {fold(form.word) for form in reading.lexeme if form.tag.number == "sing"})


@lru_cache(maxsize=50_000)
def name_forms(word: str) -> frozenset[str]:
    """Return the folded case forms of a given name, patronymic or surname in the nominative, the word included."""
    folded = fold(word)
    if not folded.isalpha() or len(folded) < 2:
        return frozenset({folded})
    return frozenset({folded}) | _adjective(folded) | _noun(folded)


def _adjective(word: str) -> frozenset[str]:
    """Return the adjective-like forms: Лавров, Путин, Лавровский, Лаврова, Лавровская."""
    if word.endswith(("ов", "ев", "ин", "ын")):
        return _with(word, "а у ым е")
    if word.endswith(_ADJECTIVES):
        soft = word.endswith(("ский", "цкий", "ской", "цкой"))
        return _with(word[:-2], "ого ому им ом" if soft else "ого ому ым ом")
    if word.endswith(("ова", "ева", "ина", "ына")):
        return _with(word[:-1], "ой у ою")
    if word.endswith("ая"):
        return _with(word[:-2], "ой ую ою")
    return frozenset()


def _noun(word: str) -> frozenset[str]:
    """Return the forms by the noun declensions; none for what does not decline (Сийярто, Микати, Фико)."""
    if word.endswith("ая"):
        # Кая is a noun; of Лавровская, which is none, nobody writes such forms.
        return _with(word[:-1], "и е ю ей")
    if word.endswith(_ADJECTIVES):
        return frozenset()
    stem, last = word[:-1], word[-1]
    if last == "а":
        genitive = "и" if stem[-1:] in "гкхжшщч" else "ы"
        return _with(stem, genitive + " е у ой ою" + (" ей" if stem[-1:] in _HUSHING else ""))
    if word.endswith("ия"):
        return _with(stem, "и ю ей")
    if last == "я":
        return _with(stem, "и е ю ей")
    if word.endswith("ий"):
        return _with(stem, "я ю ем и")
    if last == "й":
        return _with(stem, "я ю ем е")
    if last == "ь":
        return _with(stem, "я ю ем е и") | {word + "ю"}
    if last in "еиоуыэю":
        return frozenset()
    forms = _with(_FLEETING.get(word, word), "а у ом е" + (" ем" if last in _HUSHING else ""))
    if word.endswith("ец"):
        forms |= _with(word[:-2] + "ц", "а у ем ом е")
    return forms


def _with(stem: str, endings: str) -> frozenset[str]:
    return frozenset(stem + ending for ending in endings.split())
