"""One analysis of text for indexing, querying and snippets, so that the three always agree.

Every word of a text gets its exact folded form, with its position, and its stems. A stem carries its language
(`en:oil`, `ru:лавров`), so that stems of different languages never meet by accident.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from articles.text.stemming import language_of, stems
from articles.text.stopwords import FUNCTION_WORDS
from articles.text.tokens import Token, flags, script, tokenize

# Languages in whose stems a Latin word of a query is looked for: a query does not say which language it is in.
QUERY_LANGUAGES = ("en", "es", "fr")
ROOT_LANGUAGES = frozenset({"ru"})
ROOT = 5
# First parts of Arabic names that newspapers write together with what follows, or apart.
WRITTEN_TOGETHER = frozenset({"عبد", "ابو"})
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
    terms = Terms()
    tokens = tokenize(text)
    for position, token in enumerate(tokens, first_position):
        terms.exact.setdefault(token.folded, []).append(position)
        for stem in word_stems(token.folded, language_of(token.text, language)):
            terms.stems.setdefault(stem, []).append(position)
        root = word_root(token.folded, language_of(token.text, language))
        if root:
            terms.roots[root] += 1
    for index, joined in (*compounds(text, tokens), *_flags_before(text, tokens)):
        positions = terms.exact.setdefault(joined, [])
        positions.append(first_position + index)
        positions.sort()
    terms.length = len(tokens)
    return terms


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


def compounds(text: str, tokens: list[Token]) -> Iterable[tuple[int, str]]:
    """Yield (index of the first word, the words joined) for words that are written together or apart.

    Amir-Abdollahian is also amirabdollahian, #RussiaASEAN also russiaasean, عبد الله also عبدالله.
    """
    index = 0
    while index < len(tokens) - 1:
        last = index
        while last + 1 < len(tokens) and _joined(text, tokens[last], tokens[last + 1]):
            last += 1
        if last > index:
            yield index, "".join(token.folded for token in tokens[index : last + 1])
        index = last + 1


def _flags_before(text: str, tokens: list[Token]) -> Iterator[tuple[int, str]]:
    """Yield (index of the word behind it, flag): a flag takes no place of its own, so that phrases reach over it."""
    starts = [token.start for token in tokens]
    for sign in flag_tokens(text):
        yield bisect_left(starts, sign.start), sign.folded


def _joined(text: str, left: Token, right: Token) -> bool:
    between = text[left.end : right.start]
    if between == " ":
        return left.folded in WRITTEN_TOGETHER and script(right.text) == "arabic"
    return between == "" or (len(between) == 1 and between in _JOINERS)
