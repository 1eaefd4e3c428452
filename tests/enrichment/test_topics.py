"""Topics: weighted phrases add up, and only inflections of a phrase match it."""

from collections.abc import Callable

import pytest

from articles.enrichment import Found, Tags, tag
from articles.gazetteer.facts import Gazetteer, TopicFacts, TopicPhraseFacts

Tagged = Callable[..., Tags]


def topics(body: str, *phrases: tuple[str, str, int], language: str = "en", title: str = "") -> tuple[Found, ...]:
    facts = tuple(TopicPhraseFacts(*phrase) for phrase in phrases)
    gazetteer = Gazetteer((), (), (), (TopicFacts("energy", (("en", "Energy"),), "", facts),))
    return tag(title, body, language, None, gazetteer).topics


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("They sell crude oil.", True),  # 3
        ("They have a pipeline.", False),  # 2
        ("They have a pipeline, and another pipeline.", True),  # 2 x (1 + 1)
        ("A pipeline for gas.", True),  # 2 + 1
        ("Gas, gas, gas, gas and gas.", False),  # only a supporting phrase
        ("They have nothing.", False),
    ],
)
def test_phrases_add_up(body: str, found: bool) -> None:
    phrases = (("en", "crude oil", 3), ("en", "pipeline", 2), ("en", "gas", 1))
    assert bool(topics(body, *phrases)) is found


def test_a_phrase_counts_double_in_the_title_and_makes_a_main_subject() -> None:
    (found,) = topics("Nothing here.", ("en", "pipeline", 2), title="The pipeline")
    assert found.main
    assert found.evidence == (("title", 4, 12, "phrase-2"),)


def test_the_longest_phrase_wins() -> None:
    (found,) = topics("The energy crisis.", ("en", "energy", 1), ("en", "energy crisis", 3))
    assert found.count == 1
    assert found.evidence == (("body", 4, 17, "phrase-3"),)


@pytest.mark.parametrize(
    ("language", "phrase", "text", "matches"),
    [
        ("en", "import", "Imported goods, imports", True),
        ("en", "import", "It is important, of importance", False),
        ("en", "sanctions", "They sanctioned him", True),
        ("en", "peace talks", "A peace talk", True),
        ("en", "OPEC", "opec", False),
        ("en", "OPEC", "OPEC", True),
        ("es", "sanción", "las sanciones", True),
        ("fr", "réunion nationale", "les réunions nationales", True),
        ("ru", "прекращение огня", "о прекращении огня", True),
        ("ru", "санкции", "под санкциями", True),
        ("ar", "الطاقة", "وبالطاقة", True),
        ("ar", "عقوبات", "والعقوبات", True),
        ("de", "NATO", "NATO", False),
        # An acronym has no inflections, and a word behind = none that count
        ("en", "EAS", "PRICES EASE AS RATES EASED", False),
        ("en", "=Homs", "Homes and the Home Office", False),
        ("en", "=Homs", "They left Homs.", True),
        ("en", "=security", "marketable securities", False),
        ("en", "=security", "national security", True),
        ("ru", "=мир", "о мире", False),
        ("ar", "=طالبان", "طالب الوفد بتأجيل الموعد", False),
        ("ar", "=طالبان", "بين الحكومة وطالبان", True),
        ("ar", "=الطاقة", "أصدر القاضي بطاقة إيداع", False),
        ("ar", "=الطاقة", "قطاع الطاقة", True),
        ("ar", "=الطاقة", "وبالطاقة", True),
    ],
)
def test_a_phrase_is_found_in_its_inflections(language: str, phrase: str, text: str, matches: bool) -> None:
    assert bool(topics(text, (language, phrase, 3), language=language)) is matches


@pytest.mark.parametrize(
    ("weights", "title", "length", "found"),
    [
        ((2, 1), "", 1_500, True),
        ((2, 1), "", 6_000, False),
        ((2, 2), "", 3_500, True),
        ((2, 2), "", 12_000, False),
        ((3,), "", 12_000, True),
        ((1, 1), "The word1 of today", 12_000, False),
        ((2, 1), "The word0 of today", 12_000, True),
    ],
)
def test_weak_phrases_must_say_more_in_a_long_text(
    weights: tuple[int, ...], title: str, length: int, found: bool
) -> None:
    names = [f"word{index}" for index in range(len(weights))]
    body = (" and ".join(names) + " here. ").ljust(length, ".")
    phrases = [("en", name, weight) for name, weight in zip(names, weights, strict=True)]
    assert bool(topics(body, *phrases, title=title)) is found


@pytest.mark.parametrize(
    ("language", "text", "slug"),
    [
        ("ar", "طالب الأساتذة بتأجيل الموعد", "afghanistan"),
        ("ar", "تعادل الفريقان في الجولة الثالثة من البطولة", "syria"),
        ("ar", "تعطل القطار على الخط الحديدي", "yemen"),
        ("ar", "خاطب الوزير الناس في الساحة", "space"),
        ("ar", "جاء الزوار من آسيا", "asean"),
        ("en", "The nuclear power plant went off the grid.", "nuclear-weapons"),
        ("en", "Gerhard Stoltenberg presented the budget.", "nato"),
        ("ru", "Президент провёл совещание с постоянными членами Совбеза РФ.", "un"),
        ("ru", "Мошенники похитили у пенсионерки деньги.", "prisoners"),
    ],
)
def test_words_of_everyday_news_are_no_topics(tagged: Tagged, language: str, text: str, slug: str) -> None:
    assert slug not in {found.key for found in tagged(text, language).topics}


def test_words_across_a_comma_are_no_phrase() -> None:
    assert not topics("They have oil, gas fields", ("en", "oil gas", 3))


@pytest.mark.parametrize(
    ("language", "text", "slug"),
    [
        ("en", "Israel and Hamas agreed to a ceasefire in the Gaza Strip.", "gaza"),
        ("ar", "دخلت المساعدات إلى قطاع غزة بعد وقف إطلاق النار بين إسرائيل وحماس", "gaza"),
        ("ru", "В секторе Газа объявлено прекращение огня между Израилем и ХАМАС.", "gaza"),
        ("es", "Israel y Hamás acordaron un alto el fuego en la Franja de Gaza.", "gaza"),
        ("fr", "Israël et le Hamas sont convenus d'un cessez-le-feu dans la bande de Gaza.", "gaza"),
        ("en", "ASEAN leaders met.", "asean"),
        ("en", "They agreed on oil and gas production.", "energy"),
    ],
)
def test_the_topics_of_the_desk_are_found_in_five_languages(
    tagged: Tagged, language: str, text: str, slug: str
) -> None:
    assert slug in {found.key for found in tagged(text, language).topics}
