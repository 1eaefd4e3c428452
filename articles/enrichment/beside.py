"""What stands beside a name: the office, a title, another name."""

from typing import NamedTuple

from articles.enrichment.automaton import PART_OF_NAME
from articles.enrichment.document import Part
from articles.enrichment.offices import DROPPED, LINKS, folded_words
from articles.enrichment.roles import OfficeMatch
from articles.gazetteer.patterns import case_of
from articles.text.tokens import script

# What stands between an office or a comma and a name.
_TITLES = folded_words(
    "dr mr mrs ms sir dame lord sheikh shaikh prince excellency his her hon"
    " senor senora sr sra don m mme monsieur madame доктор господин господина г н шейх"
    " السيد السيدة الدكتور الدكتورة د الشيخ الأمير السفير"
)
_FORMER = folded_words(
    "former formerly ex onetime predecessor successor succeed succeeds succeeded replaced replaces nominee nominated"
    " designate elect resigned sacked dismissed ousted"
    " ancien ancienne prédécesseur successeur limogé démissionnaire"
    " exministro exministra excanciller antiguo antigua predecesor sucesor sustituye sustituyó destituido"
    " бывший бывшего бывшему бывшим бывшая экс предшественник предшественника преемник преемника сменил сменит"
    " السابق السابقة الأسبق السلف سلفه خلفا خلفه المرشح المقال"
)
# Words on either side of a name.
_NEAR = 6
_COMMAS = frozenset({",", "،", "("})
_ARTICLES = frozenset({"", "the", "el", "la", "le"})
_AROUND_OFFICES = DROPPED | LINKS


class People(NamedTuple):
    """Where the full names of a part start and end (words, the end is the one behind)."""

    starts: frozenset[int]
    ends: frozenset[int]


def stands_before(part: Part, office: OfficeMatch, index: int) -> bool:
    """Whether the office stands right before the name at word `index`: only titles and up to two given names between.

    In Arabic, where capitals do not tell given names, one word that is part of some known name.
    """
    if not office.end <= index <= office.end + 4 or not part.chained(office.end - 1, index + 1):
        return False
    between = [at for at in range(office.end, index) if part.reading.folded[at] not in _TITLES]
    if any(script(part.words.texts[at]) == "arabic" for at in between):
        return len(between) == 1 and bool(part.reading.uses[between[0]] & PART_OF_NAME)
    return len(between) <= 2 and all(case_of(part.words.texts[at]) for at in between)


def stands_behind(part: Part, office: OfficeMatch, index: int) -> bool:
    """Whether the office stands behind the name that ends with word `index`: "Lavrov, the Russian foreign minister"."""
    if office.kind != "foreign" or not index < office.start <= index + 4:
        return False
    gap = part.text[part.words.ends[index] : part.words.starts[index + 1]]
    return gap.strip() in _COMMAS and _AROUND_OFFICES.issuperset(part.reading.folded[index + 1 : office.start])


def is_called_former(part: Part, start: int, end: int) -> bool:
    """Whether words near the name from word `start` to before `end` say that the person has left, or is yet to come."""
    sentence = part.sentence_at(start)
    near = [*range(max(0, start - _NEAR), start), *range(end, min(end + _NEAR, len(part.words.texts)))]
    return any(part.reading.folded[index] in _FORMER and part.sentence_at(index) == sentence for index in near)


def introduces_name(part: Part, office: OfficeMatch, people: People) -> bool:
    """Whether a full name stands right behind the office, or right before it: then the name says who it is."""
    for start in range(office.end, office.end + 3):
        if start in people.starts and _only_titles_between(part, office.end, start):
            return True
    for end in range(office.start, max(office.start - 3, 0), -1):
        if end in people.ends:
            gap = part.text[part.words.ends[end - 1] : part.words.starts[office.start]].strip()
            if gap[:1] in _COMMAS and gap.strip(" ,،(").casefold() in _ARTICLES:
                return True
    return False


def _only_titles_between(part: Part, end: int, start: int) -> bool:
    """Whether only a comma and titles stand between the words before `end` and those from `start`."""
    gap = part.text[part.words.ends[end - 1] : part.words.starts[end]].strip()
    return (gap in _COMMAS or part.joined(end)) and _TITLES.issuperset(part.reading.folded[end:start])


def stands_free(part: Part, index: int, covered: set[int]) -> bool:
    """Whether no other capitalised word belongs to a surname: Boris Johnson and Johnson City are not Johnson."""
    words = part.words
    for other, joint in ((index - 1, index), (index + 1, index + 1)):
        if not 0 <= other < len(words.texts) or not part.joined(joint) or other in covered:
            continue
        if case_of(words.texts[other]) and part.reading.folded[other] not in _TITLES:
            return False
    return True
