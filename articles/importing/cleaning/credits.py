"""Lines that give credit: "Photo: Harbour Press", "Based on materials from the Harbour Wire", "Tags: gaza, un".

The same words open sentences and headlines ("Sources: two diplomats said …", "По материалам следствия, он был …"), so
that what stands behind them must be a name or a list, and no clause.
"""

import re

from articles.importing.cleaning import phrases
from articles.text.normalize import fold, fold_text

_CREDIT_LENGTH = 160
_ONE_NAME = re.compile(r"^(\s*[^\W\d_a-zа-яё][^\W_]{3,})\.\s*$")
_SPEAKING = frozenset(("editor", "редактор"))
_MOST_WORDS = 12
# Without capitals (Arabic) a name of more words than these is as likely a sentence.
_MOST_WORDS_WITHOUT_CASE = 7
# So few words are a name, with capitals or without ("пресс-служба президента").
_FEW = 3
_ENTRY_WORDS = 4
_LONG_WORD = 4
_OUTER = re.compile(r"^[\W_]+|[\W_]+$")
_WORD = re.compile(r"[^\W_]+(?:[-'’.&][^\W_]+)*")
_ELIDED = re.compile(r"^[ldLD]['’]")
_ADDRESS = re.compile(r"^\W*(?:https?://|www\.|@|#)\S+\W*$|^\W*[\w-]+(?:\.[\w-]+)*\.[a-z]{2,10}\W*$", re.IGNORECASE)
_ENTRIES = re.compile(r"\s*(?:[,،;؛|•·#/&+]|\s-\s)\s*")
_SENTENCE_END = re.compile(r"[.!?…؟۔][»”\"')\]]*$")
_INNER_END = re.compile(r"[^\W\d_]{3,}[.!?؟]\s")
_DECORATION = " -–—•*·()[]|►▶»>"
_CASED = re.compile(r"[a-zA-ZÀ-ɏа-яА-ЯёЁ]")

# What stands in a clause and in no name or list.
_CLAUSE_WORDS = phrases.words_of(
    """
    said says say told that is are was were been be has have had will would could should can may must not he she they we
    you i it his her their who which when after before because
    что не был была было были будет будут он она они мы вы это который которая которые если когда чтобы заявил заявила
    сообщил сообщила сообщили рассказал
    que no es son era fue fueron está están ha han había será serán se dijo dijeron cuando porque él ella
    qui ne pas est sont était a ont avait sera seront il elle ils nous vous lorsque quand n'est n'a
    أن إن أنه إنه أنها إنها لا لن لم ما قد سوف هل كان كانت ليس ليست هو هي هم الذي التي الذين قال قالت عندما لكن بأن وإن
    """
)
# Names are written with these between their capitals.
_CONNECTORS = phrases.words_of(
    """
    of the and for at in on by from to with an und von de del la las los el y en con para le les des du et au aux pour
    par sur à d l и в на для по с о из при
    """
)
# With these a name begins where a script has no capitals.
_INSTITUTIONS = phrases.words_of(
    """
    وكالة الوكالة وكالات وزارة موقع صحيفة جريدة قناة إذاعة تلفزيون شبكة مكتب مركز المركز رئاسة هيئة مؤسسة دائرة مجلة
    """
)


def is_credit(line: str) -> bool:
    """Tell a short line that only says who made the text or picture, whence it came or what it was filed under."""
    if len(line) > _CREDIT_LENGTH:
        return False
    label, colon, rest = line.replace("：", ":").partition(":")
    if colon:
        bare = _OUTER.sub("", fold_text(label))
        if bare in phrases.VISITOR_LABELS:
            return not _SENTENCE_END.search(rest) or bool(_ADDRESS.match(rest)) or len(_words(rest)) <= _FEW
        if bare in phrases.LISTS and not _SENTENCE_END.search(rest):
            return True
        if bare in phrases.LABELS:
            if bare in _INDEFINITE:
                return _is_named(rest)
            # One word and a full stop are a name as well, where nobody speaks.
            return _is_name_or_list(rest if bare in _SPEAKING else _ONE_NAME.sub(r"\1", rest))
    return _opens_for_visitors(line) or _opens_credit(line)


def is_unnamed_source(line: str) -> bool:
    """Tell "Source: Ministry rejects proposal": over a text a headline, which a credit could look like."""
    if len(line) > _CREDIT_LENGTH:
        return False
    label, colon, rest = line.replace("：", ":").partition(":")
    bare = _OUTER.sub("", fold_text(rest))
    if not colon or _OUTER.sub("", fold_text(label)) not in phrases.UNNAMED or bare in phrases.AGENCIES:
        return False
    words = _words(rest)
    return len(words) > 1 and not _ADDRESS.match(rest) and not _INNER_END.search(rest) and not _is_all_name(words)


# "مصدر: …" quotes a source that has no name; the one that has a name is "المصدر: …".
_INDEFINITE = frozenset(map(fold_text, ("مصدر", "مصادر")))


def _is_named(rest: str) -> bool:
    words = _words(rest)
    bare = _OUTER.sub("", fold_text(rest))
    known = bare in phrases.AGENCIES or bool(words and fold(words[0]) in _INSTITUTIONS)
    return not words or (known and _is_name_or_list(rest))


def _opens_for_visitors(line: str) -> bool:
    start = fold_text(line).lstrip(_DECORATION)
    # Hardly any line does, and one look at all phrases tells.
    return start.startswith(phrases.OPENINGS) and any(_opens(start, phrase) for phrase in phrases.OPENINGS)


def _opens_credit(line: str) -> bool:
    start = fold_text(line).lstrip(_DECORATION)
    if not start.startswith(phrases.CREDITS):
        return False
    phrase = next((phrase for phrase in phrases.CREDITS if _opens(start, phrase)), "")
    if not phrase:
        return False
    # Folding keeps the words of a line apart as they are: the last ones of both are the same.
    count = len(start[len(phrase) :].split())
    rest = " ".join(line.split()[-count:]) if count else ""
    # So few words are no sentence, even with a full stop.
    return _is_name_or_list(rest.rstrip(".") if count <= _FEW else rest)


def _opens(start: str, phrase: str) -> bool:
    return start.startswith(phrase) and not start[len(phrase) : len(phrase) + 1].isalnum()


def _words(text: str) -> list[str]:
    return [_ELIDED.sub("", word) for word in _WORD.findall(text)]


def _is_name_or_list(rest: str) -> bool:
    """Tell what may stand behind a label: a name, a few names or tags, an address, a number."""
    words = _words(rest)
    if not words or _ADDRESS.match(rest) or _OUTER.sub("", fold_text(rest)) in phrases.AGENCIES:
        return True
    if re.search(r"[!?؟…]", rest) or _INNER_END.search(rest):
        return False
    if any(fold(word) in _CLAUSE_WORDS for word in words if not word.isupper() or len(word) == 1):
        return False
    if _SENTENCE_END.search(rest):
        return len(words) > 1 and _is_all_name(words) and len(words) <= _MOST_WORDS
    if len(words) <= _FEW or _is_list(rest):
        return True
    if not _CASED.search(rest):
        return len(words) <= _MOST_WORDS_WITHOUT_CASE
    return len(words) <= _MOST_WORDS and _is_mostly_name(words)


def _is_list(rest: str) -> bool:
    """Tell three short entries or more."""
    entries = [entry for entry in _ENTRIES.split(rest) if entry.strip()]
    return len(entries) >= 3 and all(len(entry.split()) <= _ENTRY_WORDS for entry in entries)


def _is_name_word(word: str) -> bool:
    return not word[:1].islower() or fold(word) in _CONNECTORS


def _is_all_name(words: list[str]) -> bool:
    """Tell that every word has a capital, as in a name; in a script without them an institution's name."""
    if not _CASED.search("".join(words)):
        return fold(words[0]) in _INSTITUTIONS
    return all(map(_is_name_word, words)) and len(words) <= _MOST_WORDS_WITHOUT_CASE


def _is_mostly_name(words: list[str]) -> bool:
    own = [word for word in words if fold(word) not in _CONNECTORS]
    return 2 * sum(not word[:1].islower() for word in own) >= len(own)
