"""Which segments a commit merges: few enough that a search reads few, rarely enough that a commit is quick.

A tiered policy (as in Lucene's LogMergePolicy): the small segments are merged with what is new at each commit, and
those of a larger tier when there are many of them. What has lost half its documents is written anew.
"""

from collections import defaultdict
from collections.abc import Sequence

from articles.search.engines.whoosh.codec import Segment

SMALL = 400
TIERS = (SMALL, 4_000, 20_000)
MANY = 5
# A segment of more documents is merged no more: that would hold up whoever commits.
LARGEST = 50_000


def to_merge(segments: Sequence[Segment], added: int) -> list[Segment]:
    """Return those of `segments`, in their order, that the commit of `added` new documents should merge into one."""
    by_tier: defaultdict[int, list[Segment]] = defaultdict(list)
    halved: list[Segment] = []
    for segment in segments:
        count = segment.doc_count()
        if count and count * 2 <= segment.doc_count_all():
            halved.append(segment)
        elif count:
            by_tier[tier(count)].append(segment)
    if added <= SMALL or len(by_tier[0]) >= MANY:
        halved += by_tier.pop(0, [])
    chosen, total = _fitting(halved, added)
    while True:
        # What is new makes one segment with what is merged: the tier that it falls into may be full by it.
        here, together = _fitting(by_tier.pop(tier(total), []) if total else [], total)
        if len(here) + 1 < MANY:
            break
        chosen += here
        total = together
    return [segment for segment in segments if segment in chosen]


def _fitting(segments: Sequence[Segment], total: int) -> tuple[list[Segment], int]:
    """Return the smallest of `segments` that with `total` documents make a segment not too large, and its size."""
    fitting: list[Segment] = []
    for segment in sorted(segments, key=Segment.doc_count):
        if total + segment.doc_count() > LARGEST:
            break
        fitting.append(segment)
        total += segment.doc_count()
    return fitting, total


def groups(segments: Sequence[Segment]) -> list[list[Segment]]:
    """Return the segments in the fewest runs of which none is larger than a segment may become."""
    found: list[list[Segment]] = []
    total = 0
    for segment in segments:
        count = segment.doc_count()
        if not found or total + count > LARGEST:
            found.append([])
            total = 0
        found[-1].append(segment)
        total += count
    return found


def tier(documents: int) -> int:
    """Return the tier of a segment of so many documents; 0 is that of the smallest."""
    return sum(documents > most for most in TIERS)
