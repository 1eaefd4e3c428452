"""What a reader may have meant: words that no article holds, put right by words of the index."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from articles.search.engines.base import Answer, Request
from articles.search.names import Names
from articles.search.params import SearchParams
from articles.search.tree import Or, Word
from articles.text.analysis import search_tokens
from articles.text.keyboards import other_layouts
from articles.text.normalize import fold
from articles.text.tokens import Token

# Shorter words have neighbours all over the dictionary.
FEWEST_LETTERS = 4
# So many letters allow a second one to be wrong.
LETTERS_FOR_TWO = 8
# Of the nearest words so many are weighed by how often they occur.
MOST_NEAR = 20
# So many words of one search are put right: each means to go through part of the dictionary.
MOST_WORDS = 3


class Vocabulary(Protocol):
    """What is needed of an engine for one word."""

    def words(self, beginning: str) -> Mapping[str, int]: ...

    def holding(self, words: Iterable[str]) -> Mapping[str, int]: ...


class Engine(Vocabulary, Protocol):
    """What is needed of an engine for a whole search."""

    def answer(self, request: Request) -> Answer: ...


def correction(engine: Vocabulary, word: str) -> str | None:
    """Return the word of the index that `word` was probably meant to be, folded; None where none is near.

    Nearness is the number of letters inserted, left out, exchanged or swapped (optimal string alignment): one, or two
    in long words, never in the first letter. Of equally near words the commonest; before them what the same keys give
    on another keyboard, if the index has it. Numbers are what they are. Raises EngineUnavailable.
    """
    folded = fold(word)
    if len(folded) < FEWEST_LETTERS or any(map(str.isdigit, folded)):
        return None
    keyed = [fold(typed) for typed in other_layouts(word.lower())]
    known = {typed: count for typed, count in engine.holding(keyed).items() if count}
    if known:
        return max(known, key=lambda typed: known[typed])
    most = 2 if len(folded) >= LETTERS_FOR_TWO else 1
    near = extract(folded, list(engine.words(folded[0])), scorer=OSA.distance, score_cutoff=most, limit=MOST_NEAR)
    held = engine.holding(found for found, _, _ in near)
    nearest = min(((distance, -held[found], found) for found, distance, _ in near if held[found]), default=None)
    # A word that is there needs no other.
    return nearest[2] if nearest and nearest[0] else None


def corrected(engine: Engine, text: str) -> str | None:
    """Return the words of `text`, those that no article holds in any form put right; None where no word was.

    Raises EngineUnavailable.
    """
    tokens = search_tokens(text)
    words = [Word(token.text, (token.start, token.end)) for token in tokens]
    unknown = engine.answer(Request(Or(tuple(words)), limit=0)).unknown if words else ()
    places = {word.place for word in unknown}
    better = {
        token: found
        for token in tokens
        if (token.start, token.end) in places and (found := correction(engine, token.folded))
    }
    return " ".join(better.get(token, token.text) for token in tokens) if better else None


def corrected_search(
    engine: Engine, params: SearchParams, answer: Answer, known: Names
) -> tuple[tuple[str, ...], SearchParams] | None:
    """Return the words that no article holds, and the search with all of them put right; None where none could be.

    What was typed beside them stays as it is, and so do names that are known. Raises EngineUnavailable.
    """
    typed: list[str] = []
    better = params.q
    # From the end on, so that the places of the others stay right; each place once.
    unknown = sorted(set(_unknown(engine, params.q, answer)), key=lambda token: token.start)
    for token in reversed(unknown[:MOST_WORDS]):
        meant = None if _is_name(token, known) else correction(engine, token.folded)
        if meant:
            typed.insert(0, token.text)
            better = f"{better[: token.start]}{meant}{better[token.end :]}"
    return (tuple(dict.fromkeys(typed)), params.with_words(better)) if typed else None


def _unknown(engine: Engine, typed: str, answer: Answer) -> Iterator[Token]:
    """Yield the words that no article holds, where they stand in what was typed."""
    for word in answer.unknown:
        start = typed.find(word.text, *word.place)
        tokens = search_tokens(word.text) if start >= 0 else []
        held = engine.holding(token.folded for token in tokens) if len(tokens) > 1 else {}
        for token in tokens:
            if not held.get(token.folded):
                yield token._replace(start=start + token.start, end=start + token.end)


def _is_name(token: Token, known: Names) -> bool:
    return bool(known.people_at([token])[1] or known.countries.exactly([token]) or known.topics.exactly([token]))
