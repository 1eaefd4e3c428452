"""What a search looks for in a text, leaf by leaf of its tree, and which of it a word of the text is.

Judged as the index judges (articles.text.analysis): words by their folded forms and their stems.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from articles.search.snippets.pieces import word_forms
from articles.search.tree import Fuzzy, Phrase, Prefix, Word
from articles.text.analysis import is_flag, query_stems, search_tokens, written_apart
from articles.text.edits import FIXED_LETTERS, one_edit

# The bit that says of a word that it is a part of a phrase; the other bits are the query's words.
PART = 1


@dataclass
class Needles:
    """What to look for, with the bit of the query's word that each stands for."""

    exact: Counter[str] = field(default_factory=Counter)
    stems: Counter[str] = field(default_factory=Counter)
    prefixes: list[tuple[str, int]] = field(default_factory=list)
    fuzzy: list[tuple[str, int]] = field(default_factory=list)
    phrases: list[tuple[list[str], int]] = field(default_factory=list)
    near: list[tuple[Counter[str], int, int]] = field(default_factory=list)
    # Words before one whose end is open: the "al" of al-sab*.
    before: list[tuple[list[str], int]] = field(default_factory=list)

    def holding(self, forms: Mapping[str, frozenset[str]]) -> list[str]:
        """Return of pieces of a text, given with all forms of their words, those that may hold what is looked for."""
        wanted = {*self.exact, *self.stems}
        begins = tuple(prefix for prefix, _ in self.prefixes) + tuple(word[:FIXED_LETTERS] for word, _ in self.fuzzy)
        return [
            piece
            for piece, own in forms.items()
            if not wanted.isdisjoint(own) or (begins and any(form.startswith(begins) for form in own))
        ]

    @property
    def with_positions(self) -> bool:
        """Whether it matters where words stand to each other."""
        return bool(self.phrases or self.near or self.before)

    def add(self, node: Word | Prefix | Fuzzy | Phrase, bit: int) -> None:
        """Look for a leaf of the tree, as the word `bit` of the query."""
        tokens = search_tokens(node.text)
        for token in [token for token in tokens if is_flag(token)]:
            # Flags stand for themselves: they take no place among the words.
            self.exact[token.folded] |= bit
            tokens.remove(token)
        folded = [token.folded for token in tokens]
        if not folded:
            return
        if isinstance(node, Prefix | Fuzzy):
            (self.prefixes if isinstance(node, Prefix) else self.fuzzy).append((folded[-1], bit))
            if len(folded) > 1:
                self._add_parts(folded[:-1])
                self.before.append((folded[:-1], bit))
        elif len(folded) == 1:
            self.exact[folded[0]] |= bit
            if isinstance(node, Word):
                for stem in query_stems(tokens[0]):
                    self.stems[stem] |= bit
                for apart in written_apart(folded[0]):
                    self._add_parts(apart)
                    self.phrases.append((list(apart), bit))
        else:
            self._add_parts(folded)
            if isinstance(node, Phrase) and node.slop:
                self.near.append((Counter(folded), node.slop, bit))
                return
            self.phrases.append((folded, bit))
            if isinstance(node, Word):
                self.exact["".join(folded)] |= bit

    def _add_parts(self, words: Iterable[str]) -> None:
        for word in words:
            self.exact[word] |= PART

    def judge(self, words: Iterable[str], language: str) -> dict[str, int]:
        """Return the bits of what each word of a text in `language` matches."""
        # Some thousand words a page: the most frequent case, a word that matches nothing, is told at once.
        exact, stems, by_form = self.exact, self.stems, bool(self.prefixes or self.fuzzy)
        verdicts = dict.fromkeys(words, 0)
        for word in verdicts:
            folded, own = word_forms(word, language)
            if folded in exact or by_form:
                verdicts[word] = self.judge_exact(folded)
            if not stems.keys().isdisjoint(own):
                for stem in own:
                    verdicts[word] |= stems.get(stem, 0)
        return verdicts

    def judge_exact(self, folded: str) -> int:
        """Return the bits of what a folded word matches by its form."""
        bits = self.exact.get(folded, 0)
        for prefix, bit in self.prefixes:
            if folded.startswith(prefix):
                bits |= bit
        for wanted, bit in self.fuzzy:
            if folded[:FIXED_LETTERS] == wanted[:FIXED_LETTERS] and one_edit(wanted, folded):
                bits |= bit
        return bits
