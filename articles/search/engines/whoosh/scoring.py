"""How well a document answers: BM25F, and what is added to it.

BM25F is that of Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009): how often a
word stands in each part of a text, each part with a weight, is summed before the sum is saturated. News says in its
first sentences what it is about, so the lead is a part of its own. A document's length is compared with that of others
in its language, and a word's rarity is counted among the documents in its script: an archive holds long English
articles beside short Russian posts.
"""

import numpy as np

from articles.search.engines.whoosh.snapshot import Snapshot

K1 = 1.2
B = 0.5
TITLE_WEIGHT = 5.0
LEAD_WEIGHT = 0.5
# What is added for the form as typed, beside all forms of the word together.
EXACT_WEIGHT = 0.1
# What is added for words of the same beginning, in languages whose words grow from roots.
ROOT_WEIGHT = 0.5
# What is added for the words of the search standing close together, in the best documents.
CLOSENESS_WEIGHT = 0.5
MOST_COMPARED = 1000
# A tag counts as so many mentions of what it names.
MAIN_WEIGHT, MENTIONED_WEIGHT = 2.0, 1.0
# What is only preferred counts for so much of what is asked for.
PREFERRED_WEIGHT = 0.5


def rarity(documents: int, holding: int) -> float:
    """Return the weight of a word that `holding` of `documents` hold (Robertson and Spärck Jones; never negative)."""
    return float(np.log(1.0 + (documents - holding + 0.5) / (holding + 0.5))) if documents >= holding else 0.0


def saturated(frequencies: np.ndarray) -> np.ndarray:
    """Return what weighted frequencies count: every further occurrence less."""
    return frequencies * (K1 + 1) / (frequencies + K1)


def relative_lengths(snapshot: Snapshot) -> np.ndarray:
    """Return by how much each document's length divides the frequencies of its words: 1 for one of average length."""
    return (1 - B) + B * snapshot.relative_lengths
