"""Date lines that head the entries of a chronology, in a text copied off a page."""

import itertools
from collections.abc import Sequence

from articles.importing.cleaning.lines import is_sentence, kind_of
from articles.text import dates

_Found = list[tuple[int, dates.Moment]]


def chronology_lines(lines: Sequence[str]) -> set[int]:
    """Return which lines are dates of a chronology: several without a label, each with a sentence behind it.

    Of those that stand together with no sentence between them, the first counts for all. The article's own date, above
    the entries, is none of them: see `_without_own`.
    """
    dated = [(index, moment) for index, line in enumerate(lines) if (moment := _unlabelled(line))]
    if len(dated) < 2:
        return set()
    groups = _groups(lines, dated)
    if len(groups) < 2:
        return set()
    return {index for group in _without_own(groups) for index, _moment in group}


def _unlabelled(line: str) -> dates.Moment | None:
    moment = dates.line_date(line)
    return None if moment is None or dates.label_of(line) else moment


def _groups(lines: Sequence[str], dated: _Found) -> list[_Found]:
    """Return the dates with a sentence behind them and before the next: one group a sentence, up to a "read also"."""
    groups: list[_Found] = []
    ends = [index for index, _moment in dated[1:]] + [len(lines)]
    group: _Found = []
    for each, end in zip(dated, ends, strict=True):
        group.append(each)
        between = lines[each[0] + 1 : end]
        if any(map(is_sentence, between)):
            groups.append(group)
            group = []
            if any(kind_of(line) in ("related", "comments") for line in between):
                break
    return groups


def _without_own(groups: list[_Found]) -> list[_Found]:
    """Leave out the first dates where they are the article's own.

    They are where they have a clock time and no other has one; and where they are later than all others, and these
    ascend: a chronology goes one way or the other.
    """
    first, *others = groups
    later = [moment.when for group in others for _index, moment in group]
    clocks = [any(moment.precision == "minute" for _index, moment in group) for group in groups]
    own = max(moment.when for _index, moment in first)
    ascend = all(before <= after for before, after in itertools.pairwise(later))
    if (clocks[0] and not any(clocks[1:])) or (own >= max(later) and ascend):
        return others
    return groups
