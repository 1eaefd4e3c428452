"""The office of foreign minister in words: "the Russian foreign minister", "وزير خارجية مصر", "глава МИД Ирана".

A phrase is words, with {C} where a country's name or adjective stands, (a|b) for alternatives (an empty one: optional),
and ~ behind a Russian noun that stands in any case of the singular. Plural offices name nobody, so no plural is here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from articles.gazetteer.patterns import Word, required_case
from articles.gazetteer.russian import singular_forms
from articles.text.normalize import fold
from articles.text.tokens import tokenize

Kind = Literal["foreign", "counterpart", "title"]
"""foreign: the office itself; counterpart: somebody's colleague; title: "minister", which only goes with a name."""

COUNTRY = "{C}"


class Office(NamedTuple):
    """Ways to name an office in one language. `only` / `never`: the countries in which the words mean this office."""

    language: str
    kind: Kind
    phrases: tuple[str, ...]
    only: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()


@dataclass(frozen=True)
class OfficeName:
    """What a phrase says, without its words."""

    kind: Kind
    only: frozenset[str]
    never: frozenset[str]


_EN_TAIL = (
    "(|and (international|regional|) (cooperation|trade|integration)|and (expatriates|emigration|worship|diaspora)"
    "|and human mobility|and european affairs|and foreign trade|and egyptian expatriates|and emigrants)"
)
_EN_OFFICE = (
    f"((foreign|foreign affairs|external affairs) minister|minister (of|for) (foreign|external) affairs{_EN_TAIL})"
)
_EN_STATE = "(|republic of|islamic republic of|federal republic of|kingdom of|state of|sultanate of)"
_AR_TAIL = (
    "(|والهجرة|والهجرة وشؤون المصريين بالخارج|والمغتربين|وشؤون المغتربين|والتعاون|والتعاون الدولي|والتعاون الإقليمي"
    "|والشؤون الأفريقية|والجالية الوطنية بالخارج|والتعاون الأفريقي والمغاربة المقيمين بالخارج)"
)
_AR_OFFICE = f"(وزير|وزيرة) (الخارجية|الشؤون الخارجية){_AR_TAIL}"
_FR_AFFAIRS = "des (Affaires étrangères|Affaires extérieures|Relations extérieures)(| et de Coopération)"
_ES_AFFAIRS = "de (Exteriores|Asuntos Exteriores|Relaciones Exteriores)(| y Cooperación| y Culto| y Movilidad Humana)"
_RU_MINISTRY = "(МИД|МИДа|внешнеполитического ведомства|дипломатии|внешнеполитического министерства)"

OFFICES = (
    Office(
        "en",
        "foreign",
        (
            f"(|{COUNTRY}) ({_EN_OFFICE}|FM|(top|chief|most senior) diplomat)",
            f"({_EN_OFFICE}|top diplomat) (of|for) {_EN_STATE} {COUNTRY}",
        ),
    ),
    Office(
        "en", "foreign", (f"(|{COUNTRY}) Secretary of State", f"(|{COUNTRY}) secretary of state"), frozenset({"US"})
    ),
    Office("en", "foreign", (f"(|{COUNTRY}) Foreign Secretary", f"(|{COUNTRY}) foreign secretary"), frozenset({"GB"})),
    Office(
        "en",
        "foreign",
        (f"{COUNTRY} (foreign policy chief|high representative)", f"high representative (of|for) {COUNTRY}"),
        frozenset({"EU"}),
    ),
    Office("en", "foreign", (f"{COUNTRY} secretary (of|for) foreign affairs",), frozenset({"PH", "MX"})),
    Office("en", "counterpart", (f"{COUNTRY} counterpart", f"counterpart (from|of) {COUNTRY}")),
    Office("en", "title", ("minister", "counterpart", "secretary")),
    Office(
        "fr",
        "foreign",
        (
            f"ministre (|{COUNTRY}) {_FR_AFFAIRS}",
            f"ministre {_FR_AFFAIRS} (|de|du|des) {COUNTRY}",
            f"(chef|cheffe) de diplomatie (|{COUNTRY}|de {COUNTRY})",
        ),
    ),
    Office("fr", "foreign", ("ministre de Europe et des Affaires étrangères",), frozenset({"FR"})),
    Office("fr", "foreign", (f"secrétaire État {COUNTRY}",), frozenset({"US"})),
    Office(
        "fr",
        "foreign",
        ("(chef|cheffe) de diplomatie européenne", f"(haut représentant|haute représentante) (de|pour) {COUNTRY}"),
        frozenset({"EU"}),
    ),
    Office("fr", "counterpart", (f"homologue {COUNTRY}",)),
    Office("fr", "title", ("ministre", "homologue", "secrétaire d'État")),
    Office(
        "es",
        "foreign",
        (
            f"(ministro|ministra|titular) (|{COUNTRY}) {_ES_AFFAIRS}",
            f"(ministro|ministra) {_ES_AFFAIRS} (|de|del) {COUNTRY}",
            f"(jefe|jefa) de diplomacia (|{COUNTRY}|de {COUNTRY})",
        ),
    ),
    # In Germany and Austria the word means the head of government.
    Office("es", "foreign", (f"canciller (|{COUNTRY}|de {COUNTRY}|del {COUNTRY})",), never=frozenset({"DE", "AT"})),
    Office("es", "foreign", (f"secretario de Estado (|de) {COUNTRY}",), frozenset({"US"})),
    Office(
        "es",
        "foreign",
        (
            "(jefe|jefa) de diplomacia (europea|comunitaria)",
            f"(alto|alta) representante (|de|para) (|política exterior de) {COUNTRY}",
        ),
        frozenset({"EU"}),
    ),
    Office("es", "counterpart", (f"homólogo {COUNTRY}", f"homóloga {COUNTRY}", f"par {COUNTRY}")),
    Office("es", "title", ("ministro", "ministra", "homólogo", "homóloga", "secretario de Estado")),
    Office(
        "ru",
        "foreign",
        (
            f"(|{COUNTRY}) министр~ иностранных дел (|{COUNTRY}|республики {COUNTRY})",
            f"(глава~|шеф~) {_RU_MINISTRY} (|{COUNTRY})",
            f"(глава~|шеф~) {COUNTRY} {_RU_MINISTRY}",
        ),
    ),
    Office("ru", "foreign", (f"(|{COUNTRY}) госсекретарь~ (|{COUNTRY})",), frozenset({"US"})),
    Office(
        "ru",
        "foreign",
        (
            "(глава~|шеф~) (евродипломатии|европейской дипломатии)",
            f"(верховный|верховного|верховному|верховным|верховном) представитель~ {COUNTRY}",
        ),
        frozenset({"EU"}),
    ),
    Office("ru", "counterpart", (f"{COUNTRY} коллега~",)),
    Office("ru", "title", ("министр~", "коллега~", "глава~ ведомства")),
    Office(
        "ar",
        "foreign",
        (
            f"{_AR_OFFICE} (|{COUNTRY})",
            f"(وزير|وزيرة) خارجية {COUNTRY}",
            f"(رئيس|رئيسة) الدبلوماسية {COUNTRY}",
        ),
    ),
    Office(
        "ar",
        "foreign",
        (
            f"(الممثل الأعلى|الممثلة العليا) {COUNTRY}",
            f"(مسؤول|مسؤولة|منسق|منسقة) السياسة الخارجية (|في) {COUNTRY}",
        ),
        frozenset({"EU"}),
    ),
    Office("ar", "counterpart", (f"(نظيره|نظيرها|نظيرته|نظيرتها|لنظيره) {COUNTRY}",)),
    Office("ar", "title", ("الوزير", "الوزيرة", "نظيره", "نظيرها", "نظيرته")),
)


def folded_words(words: str) -> frozenset[str]:
    """Return words parted by spaces, folded."""
    return frozenset(fold(word) for word in words.split())


# Dropped before phrases are compared, from texts and phrases alike: they change nothing about the office.
DROPPED = folded_words(
    "the new acting visiting veteran newly appointed incoming el la los las lo nuevo nueva actual"
    " le les nouveau nouvelle actuel новый нового новому новым новая новой действующий действующего"
    " السيد السيدة الجديد الجديدة الحالي"
)
# Before the office: somebody else, or no longer.
NOT_BEFORE = folded_words(
    "deputy vice former ex assistant shadow onetime erstwhile late under undersecretary"
    " spokesman spokeswoman spokesperson adviser advisor aide"
    " ancien ancienne parole adjoint conseiller"
    " antiguo antigua portavoz vocero vocera asesor"
    " заместитель заместителя заместителю заместителем заместителе"
    " бывший бывшего бывшему бывшим бывшем бывшая экс"
    " помощник помощника советник советника представитель представителя"
    " نائب ونائب لنائب بنائب نائبة مساعد ومساعد لمساعد مساعدة مستشار مستشارة وكيل متحدث المتحدث ناطق الناطق"
    # A post that is to be filled.
    " post position job nominee candidate cargo puesto candidato candidata poste candidat candidate"
    " пост поста посту постом посте должность должности кандидат кандидата кандидатуру"
    " منصب لمنصب بمنصب حقيبة"
)
# Behind the office, with the same meaning.
NOT_BEHIND = folded_words("designate elect السابق الأسبق السابقة الأسبقة adjoint délégué saliente")
# Behind a title that is a foreign minister's in one country only (Secretary of State): that it is another's.
QUALIFIERS_BEHIND = folded_words("for союзного союза совета по")
# What may stand between such a word and the office: "spokesman for the", "adjoint au".
LINKS = folded_words("of for to the as du de del la au al на в باسم")
# The portfolios that make a minister another minister.
OTHER_PORTFOLIOS = folded_words(
    "prime first defence defense finance interior home trade commerce industry justice energy oil health economy"
    " culture education transport environment agriculture labour labor information planning tourism sports development"
    " cabinet state junior general press treasury primer primera premier première премьер вице"
)


def phrases() -> Iterator[tuple[str, list[str], OfficeName]]:
    """Yield (language, words, what it says) for every way to write an office; dropped words are gone."""
    for office in OFFICES:
        name = OfficeName(office.kind, office.only, office.never)
        for phrase in office.phrases:
            for variant in dict.fromkeys(_expanded(phrase)):
                words = [word for part in variant.split() for word in _words(part)]
                yield office.language, [word for word in words if fold(word.rstrip("~")) not in DROPPED], name


def phrase_word(word: str) -> Word:
    """Return the pattern word for a word of a phrase (not for {C})."""
    if word.endswith("~"):
        noun = word[:-1]
        return Word(tuple(sorted(singular_forms(noun))), required_case(noun))
    return Word((fold(word),), required_case(word))


def _words(part: str) -> list[str]:
    if part == COUNTRY or part.endswith("~"):
        return [part]
    return [token.text for token in tokenize(part)]


def _expanded(phrase: str) -> Iterator[str]:
    """Yield the phrases that a phrase with alternatives stands for."""
    start = phrase.find("(")
    if start < 0:
        yield phrase
        return
    alternatives, end = _alternatives(phrase, start)
    rests = list(_expanded(phrase[end:]))
    for alternative in alternatives:
        for expanded in _expanded(alternative):
            yield from (phrase[:start] + expanded + rest for rest in rests)


def _alternatives(phrase: str, start: int) -> tuple[list[str], int]:
    """Return the alternatives of the bracket that opens at `start`, brackets within left as they are, and its end."""
    depth, last, found = 0, start + 1, []
    for index in range(start, len(phrase)):
        depth += {"(": 1, ")": -1}.get(phrase[index], 0)
        if depth == 0 or (depth == 1 and phrase[index] == "|"):
            found.append(phrase[last:index])
            last = index + 1
        if depth == 0:
            return found, last
    raise ValueError(f"a bracket is not closed in {phrase!r}")
