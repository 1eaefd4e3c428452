"""One analysis of text for indexing, querying and snippets, so that the three always agree.

Every word of a text gets its exact folded form, with its position, and its stems. A stem carries its language
(`en:oil`, `ru:лавров`), so that stems of different languages never meet by accident.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from articles.text.stemming import language_of, stems
from articles.text.stopwords import FUNCTION_WORDS
from articles.text.tokens import Token, Words, flags, fold_word, script, tokenize, words_of

# Raised when the words of a text come out otherwise: an index made before does not fit queries any more.
VERSION = 1
# Languages in whose stems a Latin word of a query is looked for: a query does not say which language it is in.
QUERY_LANGUAGES = ("en", "es", "fr")
ROOT_LANGUAGES = frozenset({"ru"})
ROOT = 5
# First parts of Arabic names that newspapers write together with what follows, or apart.
WRITTEN_TOGETHER = frozenset({"عبد", "ابو"})
_FIRST_LETTERS = frozenset("عاأ")
_JOINERS = "-‐‑’'"


@dataclass
class Terms:
    """The terms of a text: `exact` maps folded words to their positions, `stems` maps stems to theirs.

    `roots` counts the beginnings that words of one family share; `length` counts the words.
    """

    exact: dict[str, list[int]] = field(default_factory=dict)
    stems: dict[str, list[int]] = field(default_factory=dict)
    roots: Counter[str] = field(default_factory=Counter)
    length: int = 0


def analyze(text: str, language: str, first_position: int = 0) -> Terms:
    """Return the terms of `text`, which is in `language` (BCP 47; empty: unknown), positions from `first_position`."""
    words = words_of(text)
    folded = list(map(fold_word, words.texts))
    exact: defaultdict[str, list[int]] = defaultdict(list)
    for position, word in enumerate(folded, first_position):
        exact[word].append(position)
    stems: dict[str, list[int]] = {}
    roots: Counter[str] = Counter()
    # Each word is looked up once, however often it occurs: most of the time of indexing is spent here.
    for word, positions in exact.items():
        of_word, root = forms_of(word, language)
        for stem in of_word:
            stems[stem] = sorted(stems[stem] + positions) if stem in stems else positions
        if root:
            roots[root] += len(positions)
    joined_words = ((first, joined) for first, _, joined in compounds(text, words))
    for index, joined in (*joined_words, *_flags_before(text, words)):
        exact[joined] = sorted([*exact[joined], first_position + index])
    return Terms(dict(exact), stems, roots, len(folded))


@lru_cache(maxsize=400_000)
def forms_of(folded: str, language: str) -> tuple[tuple[str, ...], str]:
    """Return the stems of a folded word of a text in `language`, and its root; "" for one without."""
    own = language_of(folded, language)
    return word_stems(folded, own), word_root(folded, own)


@lru_cache(maxsize=200_000)
def word_stems(folded: str, language: str) -> tuple[str, ...]:
    """Return the stems of one folded word in one language, each with its language before it."""
    return tuple(f"{language or 'und'}:{stem}" for stem in stems(folded, language))


def query_stems(token: Token) -> tuple[str, ...]:
    """Return the stems under which a query's word is looked for: in each language that its script allows."""
    kind = script(token.text)
    if kind == "latin":
        return tuple(stem for language in QUERY_LANGUAGES for stem in word_stems(token.folded, language))
    if kind == "other":
        return ()
    return word_stems(token.folded, language_of(token.text, ""))


def word_root(folded: str, language: str) -> str:
    """Return what a folded word shares with the words of its family, its language before it; "" where that is unknown.

    Russian makes зерновой of зерно and украинский of Украина: their dictionary forms differ, their beginnings do not. A
    word of fewer letters has none (Иран). Five letters: McNamee and Mayfield, "Character N-Gram Tokenization for
    European Language Text Retrieval" (2004).
    """
    return f"{language}:{folded[:ROOT]}" if language in ROOT_LANGUAGES and len(folded) >= ROOT else ""


def query_root(token: Token) -> str:
    """Return the root under which a query's word is looked for; "" for a word that has none."""
    return word_root(token.folded, language_of(token.text, "")) if script(token.text) == "cyrillic" else ""


def search_tokens(text: str) -> list[Token]:
    """Return the words that are looked for of what was typed, flags among them, in order."""
    tokens = tokenize(text)
    signs = flag_tokens(text)
    return sorted((*tokens, *signs), key=lambda token: token.start) if signs else tokens


def is_function_word(text: str) -> bool:
    """Whether what was typed is one word that carries no meaning by itself."""
    tokens = tokenize(text)
    return len(tokens) == 1 and tokens[0].folded in FUNCTION_WORDS


def is_flag(token: Token) -> bool:
    """Whether a word is a flag."""
    return bool(flags(token.text))


def written_apart(folded: str) -> list[tuple[str, str]]:
    """Return the two words of which a folded word may consist: عبدالله is also written عبد الله."""
    return [(part, folded[len(part) :]) for part in WRITTEN_TOGETHER if folded.startswith(part) and len(folded) > 5]


def says_something(text: str) -> bool:
    """Whether anything can be looked for of `text`: a letter, a digit, a flag."""
    return any(letter.isalnum() for letter in text) or bool(flags(text))


def flag_tokens(text: str) -> list[Token]:
    """Return the flags of `text` as words."""
    return [Token(text[start:end], start, end, text[start:end]) for _, start, end in flags(text)]


def compounds(text: str, words: Words) -> Iterator[tuple[int, int, str]]:
    """Yield (index of the first word, of the last, the words joined) for words that are written together or apart.

    Amir-Abdollahian is also amirabdollahian, #RussiaASEAN also russiaasean, عبد الله also عبدالله. `words` are those of
    `text`.
    """
    # Most texts are without the letter that is in all of them.
    words_apart = set(words.texts) if "ب" in text else ()
    apart = {word for word in words_apart if word[0] in _FIRST_LETTERS and fold_word(word) in WRITTEN_TOGETHER}
    gaps = enumerate(zip(words.ends, islice(words.starts, 1, None), strict=False))
    close = [
        index
        for index, (end, start) in gaps
        if start == end
        or (start - end == 1 and (text[end] in _JOINERS or (text[end] == " " and words.texts[index] in apart)))
    ]
    first = last = -1
    for index in close:
        if not _joined(text, words, index):
            continue
        if index != last:
            if last > first:
                yield first, last, _together(words, first, last)
            first = index
        last = index + 1
    if last > first:
        yield first, last, _together(words, first, last)


def _together(words: Words, first: int, last: int) -> str:
    return "".join(map(fold_word, words.texts[first : last + 1]))


def _flags_before(text: str, words: Words) -> Iterator[tuple[int, str]]:
    """Yield (index of the word behind it, flag): a flag takes no place of its own, so that phrases reach over it."""
    for sign in flag_tokens(text):
        yield bisect_left(words.starts, sign.start), sign.folded


def _joined(text: str, words: Words, index: int) -> bool:
    """Whether the word at `index` and the one behind it, which are no more than a letter apart, are one."""
    between = text[words.ends[index] : words.starts[index + 1]]
    if between == " ":
        return fold_word(words.texts[index]) in WRITTEN_TOGETHER and script(words.texts[index + 1]) == "arabic"
    return between == "" or between in _JOINERS
