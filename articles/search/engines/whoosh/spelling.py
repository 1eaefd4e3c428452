"""What a reader may have meant: unknown words put right by the commonest word of the index that is one letter away."""

from articles.search.engines.whoosh.snapshot import Snapshot
from articles.text.edits import one_edit
from articles.text.tokens import tokenize

# Words of the index that are compared begin as the reader's does.
BEGINNING = 2


def suggestion(snapshot: Snapshot, text: str) -> str | None:
    """Return the words of `text`, those that are not in the index put right; None where no word was."""
    words, better = [], False
    for token in tokenize(text):
        known = snapshot.words("text_exact", token.folded[:BEGINNING])
        near = [word for word in known if one_edit(token.folded, word)]
        if token.folded in known or not near:
            words.append(token.text)
        else:
            words.append(max(near, key=lambda word: (known[word], word)))
            better = True
    return " ".join(words) if better else None
