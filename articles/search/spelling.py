"""What a reader may have meant: words that no article holds, put right by words of the index."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from articles.search.engines.base import Answer
from articles.search.params import SearchParams
from articles.text.analysis import search_tokens
from articles.text.keyboards import other_layouts
from articles.text.normalize import fold

# Shorter words have neighbours all over the dictionary.
FEWEST_LETTERS = 4
# So many letters allow a second one to be wrong.
LETTERS_FOR_TWO = 8
# Of the nearest words so many are weighed by how often they occur.
MOST_NEAR = 20


class Vocabulary(Protocol):
    """What is needed of an engine."""

    def words(self, beginning: str) -> Mapping[str, int]: ...

    def holding(self, words: Iterable[str]) -> Mapping[str, int]: ...


def correction(engine: Vocabulary, word: str) -> str | None:
    """Return the word of the index that `word` was probably meant to be, folded; None where none is near.

    Nearness is the number of letters inserted, left out, exchanged or swapped (optimal string alignment): one, or two
    in long words, never in the first letter. Of equally near words the commonest; before them what the same keys give
    on another keyboard, if the index has it. Raises EngineUnavailable.
    """
    folded = fold(word)
    keyed = [fold(typed) for typed in other_layouts(word.lower())]
    known = {typed: count for typed, count in engine.holding(keyed).items() if count}
    if known:
        return max(known, key=lambda typed: known[typed])
    if len(folded) < FEWEST_LETTERS:
        return None
    words = engine.words(folded[0])
    most = 2 if len(folded) >= LETTERS_FOR_TWO else 1
    near = extract(folded, list(words), scorer=OSA.distance, score_cutoff=most, limit=MOST_NEAR)
    held = engine.holding(found for found, _, _ in near)
    nearest = min(((distance, -held[found], found) for found, distance, _ in near if held[found]), default=None)
    # A word that is there needs no other.
    return nearest[2] if nearest and nearest[0] else None


def corrected(engine: Vocabulary, text: str) -> str | None:
    """Return the words of `text`, those that are in no article put right; None where no word was."""
    tokens = search_tokens(text)
    held = engine.holding(token.folded for token in tokens)
    better = {
        token: found for token in tokens if not held[token.folded] and (found := correction(engine, token.folded))
    }
    return " ".join(better.get(token, token.text) for token in tokens) if better else None


def corrected_search(
    engine: Vocabulary, params: SearchParams, answer: Answer
) -> tuple[tuple[str, ...], SearchParams] | None:
    """Return the words that no article holds, and the search with all of them put right; None where none could be.

    What was typed beside them stays as it is. Raises EngineUnavailable.
    """
    typed: list[str] = []
    better = params.q
    # From the end on, so that the places of the others stay right.
    for word in sorted(answer.unknown, key=lambda word: word.place, reverse=True):
        start, end = word.place
        meant = correction(engine, word.text) if params.q[start:end] == word.text else None
        if meant:
            typed.insert(0, word.text)
            better = f"{better[:start]}{meant}{better[end:]}"
    return (tuple(dict.fromkeys(typed)), params.with_words(better)) if typed else None
