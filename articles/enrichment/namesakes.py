"""Names of countries that are none: people, firms and places that are called like a country or its capital.

Where the text says nothing else of the country (no other name or adjective of it, nobody who acts for it):

- a name right behind a given name is a family name (Michael Jordan), and then it is one throughout the text;
- a name that people bear as a given name too is one before a capitalised word that is no title (Chad Ellison);
- a capital before a word of firms (Delhi Petroleum), and then throughout the text;
- Georgia in a text that names places of the United States;
- a word that the text also writes small, at the start of a sentence (Turkey will cost more: the bird).

In Arabic, where people bear such names most often, an adjective with the article right behind a given name is a family
name wherever it stands (أحمد الكويتي).
"""

from collections import defaultdict

from articles.enrichment.automaton import COUNTRY, COUNTRY_ALONE, OFFICE
from articles.enrichment.document import Part
from articles.enrichment.names import NameMatch
from articles.enrichment.offices import folded_words
from articles.gazetteer.patterns import Case, case_of
from articles.text.stemming import without_arabic_prefixes
from articles.text.tokens import script

# Countries that people are named after, as family names and as given names.
_FAMILY = frozenset({"jordan", "israel", "ireland", "washington", "berlin", "london", "france", "paris", "chad"})
_GIVEN = frozenset({"jordan", "chad", "georgia"})
# Given names that stand before such family names.
_GIVEN_NAMES = folded_words(
    "aaron adam albert alex andrew anatole anne barbara ben bill bob booker brian carl carol charles charlie"
    " chris dan daniel dave david deandre denzel dennis donald ed edward elizabeth eric frank fred gary george"
    " graham greg hamilton harold harry helen henry howard ian irving isaiah jack james jane jason jeff jennifer"
    " jerry jill jim joan joe john jonathan joseph julia karen kathy keith kelly ken kerry kevin larry laura lee"
    " linda lisa louis louise marie mark martin mary matt michael michel miguel mike montell neil nick pat patrick"
    " paul peter phil philip ray richard rick robert robin roger ron ronald rose roy sam sarah scott sean simon"
    " stephen steve stuart susan ted thomas tim tom tony vernon victor walter will william"
)
_ARABIC_GIVEN_NAMES = folded_words(
    "أحمد محمد محمود حسن حسين حسام خالد سامر عدنان يوسف إبراهيم مصطفى عمر عثمان فهد ناصر كريم طارق زياد وليد هشام"
    " بلال جمال كمال سمير نبيل عادل ماجد فيصل بدر رامي رائد ياسر أيمن أشرف مروان عمار أنس إياد غسان نزار فارس مازن"
    " سليم سليمان موسى عيسى إسماعيل إسحاق زكريا داود عبدالله عبدالرحمن عبدالعزيز مريم فاطمة ليلى سارة"
)
# Capitalised words behind a country's name that make no person of it.
_TITLES = frozenset(
    {
        *("president", "king", "queen", "prime", "foreign", "minister", "government", "army", "embassy", "parliament"),
        *("police", "state", "national", "central", "valley", "river", "crown", "prince", "defence", "defense", "fm"),
        *("ambassador", "interior", "finance", "supreme", "security", "military", "air", "times", "post", "bank"),
        *("presidente", "ministro", "canciller", "rey", "ministre", "roi", "président", "and", "or", "y", "et", "pm"),
    }
)
# Words of firms.
_FIRMS = frozenset(
    {
        *("petroleum", "corp", "corporation", "inc", "ltd", "limited", "plc", "co", "company", "holdings", "group"),
        *("resources", "industries", "mining", "insurance", "steel", "oil", "gold", "energy", "mines", "securities"),
    }
)
# Common nouns that are countries with a capital.
_NOUNS = frozenset({"turkey", "china", "chile", "jersey", "guinea"})


def without_namesakes(named: list[NameMatch]) -> list[NameMatch]:
    """Return the names of countries among `named`, all that a text has, phrases that name none among them."""
    phrases = [match for match in named if any(name.kind == "not" for name in match.countries)]
    none = {id(match) for match in phrases}
    kept = [match for match in named if id(match) not in none and not _is_arabic_family_name(match)]
    words_of: dict[str, set[str]] = defaultdict(set)
    for match in kept:
        for name in match.countries:
            words_of[name.code].add(_word(match))
    # Only what nothing else in the text speaks for is looked at closer.
    doubtful = [
        match
        for match in kept
        if match.end - match.start == 1 and all(len(words_of[name.code]) == 1 for name in match.countries)
    ]
    borne = {_word(match) for match in doubtful if _is_borne(match)}
    borne |= {match.part.reading.folded[match.end - 1] for match in phrases if _is_person(match)}
    american = any(name.code == "US" and name.kind == "place" for match in kept for name in match.countries)
    if american:
        borne.add("georgia")
    dropped = {id(match) for match in doubtful if _word(match) in borne or _is_noun(match)}
    return [match for match in kept if id(match) not in dropped]


def _is_person(match: NameMatch) -> bool:
    return match.part.reading.folded[match.start] in _GIVEN_NAMES


def _word(match: NameMatch) -> str:
    return " ".join(match.part.reading.folded[match.start : match.end])


def _is_arabic_family_name(match: NameMatch) -> bool:
    part, start = match.part, match.start
    if match.end - start > 1 or start == 0 or not part.reading.folded[start].startswith("ال"):
        return False
    if any(name.kind not in {"adjective", "forms"} for name in match.countries) or not part.joined(start):
        return False
    return not _ARABIC_GIVEN_NAMES.isdisjoint(without_arabic_prefixes(part.reading.folded[start - 1]))


def _is_borne(match: NameMatch) -> bool:
    """Whether a person or a firm bears the name here."""
    part, start, behind = match.part, match.start, match.end
    if script(part.words.texts[start]) != "latin" or match.countries[0].kind not in {"name", "capital"}:
        return False
    if part.is_heading:
        return False
    word, texts = part.reading.folded[start], part.words.texts
    if word in _FAMILY and start and part.reading.folded[start - 1] in _GIVEN_NAMES and _spaced(part, start):
        return bool(case_of(texts[start - 1]))
    if behind == len(texts) or not _spaced(part, behind) or case_of(texts[behind]) is not Case.CAPITAL:
        return False
    next_word, known = part.reading.folded[behind], part.reading.uses[behind] & (COUNTRY | COUNTRY_ALONE | OFFICE)
    if match.countries[0].kind == "capital":
        return next_word in _FIRMS
    return word in _GIVEN and next_word not in _TITLES and not known


def _spaced(part: Part, index: int) -> bool:
    """Whether only a space parts a word from the one before it."""
    return part.text[part.words.ends[index - 1] : part.words.starts[index]] == " "


def _is_noun(match: NameMatch) -> bool:
    """Whether the word starts a sentence and the text writes it small elsewhere."""
    part, start = match.part, match.start
    word = part.reading.folded[start]
    if word not in _NOUNS or (start and part.sentence_at(start) == part.sentence_at(start - 1)):
        return False
    return not part.written_small.isdisjoint({word, f"{word}s"})
