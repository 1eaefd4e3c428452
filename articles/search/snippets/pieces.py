"""What stands between white space in texts, and what words it is: the same again and again, whatever is searched.

Remembered for the whole process, so that a search looks closer only at what holds something that it asks for.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable
from itertools import accumulate
from typing import NamedTuple

from articles.text.analysis import compounds, flag_tokens, forms_of
from articles.text.tokens import fold_word, words_of

# So many pieces are remembered, of all languages together: some 65 MB. Longer ones seldom come again.
MOST = 100_000
LONGEST = 40


class Piece(NamedTuple):
    """All forms of the words in a piece (folded, stems, words joined, flags), and how many words it is."""

    forms: frozenset[str]
    size: int


def word_forms(word: str, language: str) -> tuple[str, tuple[str, ...]]:
    """Return a word of a text in `language` folded, and its stems."""
    folded = fold_word(word)
    return folded, forms_of(folded, language)[0]


_known: dict[tuple[str, str], Piece] = {}


def pieces_of(pieces: Collection[str], language: str) -> dict[str, Piece]:
    """Return what each of these pieces of texts in `language` is."""
    found = {piece: known for piece in pieces if (known := _known.get((language, piece))) is not None}
    new = [piece for piece in pieces if piece not in found]
    if new:
        read = dict(zip(new, _read(new, language), strict=True))
        if len(_known) + len(read) > MOST:
            _known.clear()
        _known.update(((language, piece), known) for piece, known in read.items() if len(piece) <= LONGEST)
        found |= read
    return found


def _read(pieces: list[str], language: str) -> Iterable[Piece]:
    # Not parted by spaces: words that may be written together across one do not stand beside each other here.
    text = "\n".join(pieces)
    ends = list(accumulate(len(piece) + 1 for piece in pieces))
    words = words_of(text)
    forms: list[set[str]] = [set() for _ in pieces]
    sizes = [0] * len(pieces)
    place = 0
    for start, word in zip(words.starts, words.texts, strict=True):
        while start >= ends[place]:
            place += 1
        folded, stems = word_forms(word, language)
        forms[place].add(folded)
        forms[place].update(stems)
        sizes[place] += 1
    for first, _, joined in compounds(text, words):
        forms[bisect_right(ends, words.starts[first])].add(joined)
    for sign in flag_tokens(text):
        forms[bisect_right(ends, sign.start)].add(sign.folded)
    return map(Piece, map(frozenset, forms), sizes)
