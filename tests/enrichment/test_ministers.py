"""Foreign ministers: by name in any script and case, by surname, by office, and always by date."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from articles.enrichment import Tags, tag
from articles.gazetteer.facts import (
    CountryFacts,
    CountryPattern,
    Gazetteer,
    MinisterFacts,
    SettledFacts,
    TenureFacts,
)
from tests.enrichment.labelled import period

Tagged = Callable[..., Tags]


def named(tags: Tags) -> set[str]:
    return {found.key for found in tags.ministers if not found.by_role}


def by_role(tags: Tags) -> set[str]:
    return {found.key for found in tags.ministers if found.by_role}


@pytest.mark.parametrize(
    ("language", "day", "text", "expected"),
    [
        ("en", "2023-05-01", "Sergey Lavrov spoke.", {"sergey-lavrov"}),
        ("en", "2023-05-01", "Sergei Viktorovich Lavrov spoke.", {"sergey-lavrov"}),
        ("en", "2023-05-01", "S. Lavrov spoke.", {"sergey-lavrov"}),
        ("en", "2023-05-01", "SERGEY LAVROV SPOKE", {"sergey-lavrov"}),
        ("en", "2023-05-01", "Yvan Gil Pinto spoke.", {"yvan-gil"}),
        ("en", "2023-05-01", "Hossein Amirabdollahian spoke.", {"hossein-amir-abdollahian"}),
        ("en", "2024-05-01", "Dr. S. Jaishankar spoke.", {"subrahmanyam-jaishankar"}),
        ("en", "2024-05-01", "Wang Yi spoke. Wang left.", {"wang-yi"}),
        ("es", "2023-05-01", "Serguéi Lavrov habló con Yván Gil.", {"sergey-lavrov", "yvan-gil"}),
        ("ar", "2023-05-01", "وبحث سيرغي لافروف مع سامح شكري الملف", {"sergey-lavrov", "sameh-shoukry"}),
        (
            "ar",
            "2023-05-01",
            "اتصال مع سيرجي لافروف وعبدالله بن زايد",
            {"sergey-lavrov", "abdullah-bin-zayed-al-nahyan"},
        ),
        ("ru", "2024-05-01", "Сергея Лаврова ждут. Разговор с Хаканом Фиданом.", {"sergey-lavrov", "hakan-fidan"}),
        ("ru", "2024-05-01", "С.В. Лавров встретился с Петером Сийярто.", {"sergey-lavrov", "peter-szijjarto"}),
        ("ar", "2023-05-01", "وصل Sergey Lavrov اليوم", {"sergey-lavrov"}),
    ],
)
def test_full_names_are_found_in_any_spelling(
    tagged: Tagged, language: str, day: str, text: str, expected: set[str]
) -> None:
    assert named(tagged(text, language, day)) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Foreign Minister Lavrov arrived.", {"sergey-lavrov"}),
        ("en", "Lavrov, the Russian foreign minister, arrived.", {"sergey-lavrov"}),
        ("en", "Foreign Minister Gil arrived.", {"yvan-gil"}),
        ("es", "El canciller Gil llegó.", {"yvan-gil"}),
        ("ru", "На переговорах министра Лаврова ждали.", {"sergey-lavrov"}),
        ("ru", "Министр иностранных дел Лавров прибыл.", {"sergey-lavrov"}),
        ("ar", "وصل وزير الخارجية لافروف", {"sergey-lavrov"}),
        # Neither office nor full name, and not to be told from a word or from others
        ("en", "Mr Gil went home to his garden.", set()),
        ("en", "Prime Minister Wong arrived.", set()),
        ("en", "The deputy foreign minister, Lavrova, arrived.", set()),
    ],
)
def test_a_surname_counts_beside_the_office(tagged: Tagged, language: str, text: str, expected: set[str]) -> None:
    assert named(tagged(text, language, "2023-09-21")) == expected


def test_a_surname_counts_once_the_text_has_introduced_the_person(
    tagged: Tagged, words: Callable[..., list[str]]
) -> None:
    body = "Yván Gil came to Moscow. Gil said that he was glad."
    (found,) = tagged(body, day="2023-11-16").ministers
    assert words(found, body) == ["Yván Gil", "Gil"]


def test_a_rare_surname_counts_alone_if_the_country_is_named(tagged: Tagged) -> None:
    assert named(tagged("Russia hopes for more, as Lavrov said.", day="2023-05-01")) == {"sergey-lavrov"}
    assert named(tagged("We hope for more, as Lavrov said.", day="2023-05-01")) == set()
    assert named(tagged("Russia honours the scholar Mikhail Lavrov.", day="2023-05-01")) == set()


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2016-06-01", set()),
        ("2020-06-01", {"mike-pompeo"}),
        ("2021-02-10", {"mike-pompeo"}),
        ("2022-06-01", set()),
    ],
)
def test_only_who_is_in_office_on_the_day_is_tagged(tagged: Tagged, day: str, expected: set[str]) -> None:
    assert named(tagged("Mike Pompeo gave an interview.", day=day)) == expected


def test_without_a_date_any_time_in_office_will_do(tagged: Tagged) -> None:
    assert named(tagged("Mike Pompeo gave an interview.")) == {"mike-pompeo"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pérez Molina met Vladimir Putin.", set()),
        ("Ehud Barak spoke.", set()),
        ("Foreign Minister Ehud Barak spoke.", {"ehud-barak"}),
        ("Ehud Barak, the Israeli foreign minister, spoke.", {"ehud-barak"}),
    ],
)
def test_without_a_date_who_held_a_higher_office_must_be_called_minister(
    tagged: Tagged, text: str, expected: set[str]
) -> None:
    assert named(tagged(text)) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        # In office from 2018-04-26 to 2021-01-20: a month of grace either side
        ("2018-03-20", set()),
        ("2018-04-01", {"mike-pompeo"}),
        ("2021-02-20", {"mike-pompeo"}),
        ("2021-02-22", set()),
        ("2021-02", {"mike-pompeo"}),
        ("2021", {"mike-pompeo"}),
        ("2022", set()),
    ],
)
def test_a_month_or_a_year_may_mean_any_of_its_days(tagged: Tagged, day: str, expected: set[str]) -> None:
    assert named(tagged("Mike Pompeo gave an interview.", day=day)) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Mike Pompeo gave an interview.", {"mike-pompeo"}),
        ("en", "Former Secretary of State Mike Pompeo gave an interview.", set()),
        ("en", "Mr Blinken succeeded Mike Pompeo.", set()),
        ("fr", "L'ancien secrétaire d'État Mike Pompeo a parlé.", set()),
        ("ru", "Бывший госсекретарь Майк Помпео дал интервью.", set()),
    ],
)
def test_who_is_called_former_has_no_month_of_grace(
    tagged: Tagged, language: str, text: str, expected: set[str]
) -> None:
    assert named(tagged(text, language, "2021-02-10")) == expected


@pytest.mark.parametrize(
    ("day", "expected"), [("2019-07-10", {"mike-pompeo"}), ("2019-07", {"mike-pompeo"}), ("2019", set()), ("", set())]
)
def test_an_office_needs_a_date_that_is_known_to_the_month(tagged: Tagged, day: str, expected: set[str]) -> None:
    tags = tagged("The US Secretary of State left.", day=day)
    assert by_role(tags) == expected
    assert tags.questions == ()


def two_holders(*settled: SettledFacts) -> Gazetteer:
    """Atlantis, whose minister leaves in March 2024 and whose new one comes in that month, days unknown."""
    patterns = (CountryPattern("en", "name", "Atlantis"),)
    ministers = (
        MinisterFacts("old-one", "Olga Oldone", "", (), (TenureFacts("XA", "2020", "2024-03"),)),
        MinisterFacts("new-one", "Nina Newone", "", (), (TenureFacts("XA", "2024-03"),)),
    )
    return Gazetteer((CountryFacts("XA", "Atlantis", patterns),), ministers, (), (), settled)


def test_an_office_with_two_possible_holders_is_an_open_question() -> None:
    body = "The foreign minister of Atlantis left. The Atlantis foreign minister was tired."
    tags = tag("", body, "en", period("2024-03-10"), two_holders())
    assert tags.ministers == ()
    (question,) = tags.questions
    assert (question.country, question.period, question.candidates) == (
        "XA", period("2024-03-10"), ("new-one", "old-one"))  # fmt: skip
    assert [body[place.start : place.end] for place in question.evidence] == [
        "foreign minister of Atlantis", "Atlantis foreign minister"]  # fmt: skip


def test_no_question_is_asked_where_the_text_names_one_of_them() -> None:
    body = "The foreign minister of Atlantis left. Nina Newone was tired."
    tags = tag("", body, "en", period("2024-03-10"), two_holders())
    assert named(tags) == {"new-one"}
    assert tags.questions == ()


@pytest.mark.parametrize(("answer", "expected"), [("new-one", {"new-one"}), ("", set())])
def test_an_answered_question_is_not_asked_again(answer: str, expected: set[str]) -> None:
    day = period("2024-03-10")
    assert day
    gazetteer = two_holders(SettledFacts("XA", day, answer))
    tags = tag("", "The foreign minister of Atlantis left.", "en", day, gazetteer)
    assert by_role(tags) == expected
    assert tags.questions == ()
    other_day = tag("", "The foreign minister of Atlantis left.", "en", period("2024-03-11"), gazetteer)
    assert len(other_day.questions) == 1


def test_a_surname_alone_is_uncertain_and_a_full_name_is_not(tagged: Tagged) -> None:
    (alone,) = tagged("Russia hopes for more, as Lavrov said.", day="2023-05-01").ministers
    (full,) = tagged("Russia hopes for more, as Sergey Lavrov said.", day="2023-05-01").ministers
    assert (alone.uncertain, alone.evidence[0].rule) == (True, "surname-alone")
    assert (full.uncertain, full.evidence[0].rule) == (False, "full-name")


@pytest.mark.parametrize(
    ("day", "expected"), [("1993-06-01", {"anna-twinname"}), ("2021-06-01", {"bella-twinname"}), ("2005-06-01", set())]
)
def test_a_namesake_of_another_time_does_not_share_the_surname(day: str, expected: set[str]) -> None:
    ministers = (
        MinisterFacts("anna-twinname", "Anna Twinname", "", (), (TenureFacts("XA", "1990", "1995"),)),
        MinisterFacts("bella-twinname", "Bella Twinname", "", (), (TenureFacts("XA", "2020"),)),
    )
    gazetteer = replace(two_holders(), ministers=ministers)
    assert named(tag("", "Atlantis thanked Twinname for it.", "en", period(day), gazetteer)) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Maria Zakharova spoke for the ministry."),
        ("en", "Benjamin Netanyahu and Anwar Ibrahim met."),
        ("en", "Crown Prince Mohammed bin Salman received the guests."),
        ("ru", "Мария Захарова ответила на вопросы."),
    ],
)
def test_other_officials_are_no_foreign_ministers(tagged: Tagged, language: str, text: str) -> None:
    assert tagged(text, language, "2023-11-16").ministers == ()


@pytest.mark.parametrize(
    ("language", "day", "text", "expected"),
    [
        ("en", "2023-05-01", "The Russian foreign minister left.", {"sergey-lavrov"}),
        ("en", "2023-05-01", "Egypt's foreign minister left.", {"sameh-shoukry"}),
        ("en", "2023-05-01", "The minister of foreign affairs of the Republic of Türkiye left.", {"mevlut-cavusoglu"}),
        ("en", "2022-05-01", "The US Secretary of State left.", {"antony-blinken"}),
        ("en", "2023-05-01", "RUSSIA'S FOREIGN MINISTER LEAVES", {"sergey-lavrov"}),
        ("ar", "2023-05-01", "قال وزير الخارجية المصري أمس", {"sameh-shoukry"}),
        ("ar", "2023-05-01", "قال وزير خارجية مصر أمس", {"sameh-shoukry"}),
        ("ru", "2023-05-01", "По словам главы МИД Ирана, это так.", {"hossein-amir-abdollahian"}),
        ("ru", "2023-05-01", "Встреча с министром иностранных дел Турции прошла.", {"mevlut-cavusoglu"}),
        ("ru", "2023-05-01", "Глава иранского МИД уехал.", {"hossein-amir-abdollahian"}),
        ("es", "2023-05-01", "El canciller venezolano salió.", {"yvan-gil"}),
        ("es", "2023-05-01", "El ministro de Relaciones Exteriores de Venezuela salió.", {"yvan-gil"}),
        ("fr", "2023-05-01", "Le ministre iranien des Affaires étrangères est parti.", {"hossein-amir-abdollahian"}),
        ("fr", "2023-05-01", "Le chef de la diplomatie russe est parti.", {"sergey-lavrov"}),
        ("en", "2023-05-01", "The High Representative for the European Union left.", {"josep-borrell"}),
        ("es", "2023-05-01", "La jefa de la diplomacia europea salió.", {"josep-borrell"}),
        ("es", "2023-05-01", "El alto representante de la UE salió.", {"josep-borrell"}),
        ("fr", "2023-05-01", "Le haut représentant de l'UE est parti.", {"josep-borrell"}),
        ("ru", "2023-05-01", "Глава евродипломатии уехал.", {"josep-borrell"}),
        ("ru", "2023-05-01", "Слова верховного представителя ЕС не понравились.", {"josep-borrell"}),
        ("ar", "2023-05-01", "قال الممثل الأعلى للاتحاد الأوروبي أمس", {"josep-borrell"}),
        # A post that is to be filled
        ("en", "2023-05-01", "He is a nominee for US Secretary of State.", set()),
        ("en", "2023-05-01", "The post of Russian foreign minister is his dream.", set()),
        ("ru", "2023-05-01", "Сенатора прочат на пост госсекретаря США.", set()),
        ("ru", "2023-05-01", "Госсекретарь Союза России и Белоруссии уехал.", set()),
        ("es", "2023-05-01", "Es candidato al cargo de canciller venezolano.", set()),
        ("fr", "2023-05-01", "Il vise le poste de ministre iranien des Affaires étrangères.", set()),
        # A counterpart is a minister where a minister is spoken of
        ("en", "2023-05-01", "Sergey Lavrov met his Egyptian counterpart.", {"sameh-shoukry"}),
        ("en", "2023-05-01", "The trainer met his Egyptian counterpart.", set()),
        # Somebody else
        ("en", "2023-05-01", "The Vatican Secretary of State left.", set()),
        ("en", "2023-05-01", "The Spanish Secretary of State for the economy left.", set()),
        ("en", "2023-05-01", "The Secretary of State for Transport left.", set()),
        ("en", "2023-05-01", "Yesterday Michigan Secretary of State Jane Doe left.", set()),
        ("en", "2023-05-01", "The Indian Foreign Secretary left.", set()),
        ("ru", "2023-05-01", "Госсекретарь Союзного государства уехал.", set()),
        ("ru", "2023-05-01", "Госсекретарь по делам туризма уехал.", set()),
        ("en", "2023-05-01", "The foreign ministers of Egypt and Qatar left.", set()),
        ("en", "2023-05-01", "The Russian deputy foreign minister left.", set()),
        ("en", "2023-05-01", "A former Russian foreign minister left.", set()),
        ("en", "2023-05-01", "The spokesman for the Russian foreign minister left.", set()),
        ("en", "2023-05-01", "The Russian foreign ministry protested.", set()),
        ("ru", "2023-05-01", "Заместитель министра иностранных дел России уехал.", set()),
        ("ar", "2023-05-01", "قال نائب وزير الخارجية الروسي أمس", set()),
        ("ar", "2023-05-01", "قال وزير الخارجية المصري الأسبق أمس", set()),
        ("es", "2023-05-01", "El canciller alemán salió.", set()),
        ("fr", "2023-05-01", "L'ancien ministre iranien des Affaires étrangères est parti.", set()),
        # No day, nobody
        ("en", "", "The Russian foreign minister left.", set()),
    ],
)
def test_the_office_and_the_day_tell_the_person(
    tagged: Tagged, language: str, day: str, text: str, expected: set[str]
) -> None:
    tags = tagged(text, language, day)
    assert by_role(tags) == expected


@pytest.mark.parametrize(
    ("language", "day", "text"),
    [
        # على (on) is folded like علي (Ali), and debts (ديون) are spelled like Dion
        ("ar", "2016-09-27", "شدد الوزير على أهمية التنسيق مع دول الجوار"),
        ("ar", "2017-03-01", "طلب الوزير من نظيره تحويل الديون إلى مشاريع تنموية"),
        ("fr", "2018-05-01", "Le ministre de la Cohésion des territoires est parti."),
    ],
)
def test_ordinary_words_beside_a_minister_are_no_surnames(tagged: Tagged, language: str, day: str, text: str) -> None:
    assert tagged(text, language, day).ministers == ()


def test_a_person_named_anyway_is_not_tagged_by_office(tagged: Tagged) -> None:
    tags = tagged("Sergey Lavrov left. The Russian foreign minister was tired.", day="2023-05-01")
    assert named(tags) == {"sergey-lavrov"}
    assert by_role(tags) == set()


def test_a_name_behind_the_office_says_who_it_is(tagged: Tagged) -> None:
    tags = tagged("The US Secretary of State, Mike Pompeo, wrote a book.", day="2024-05-01")
    assert tags.ministers == ()


def test_a_minister_makes_the_country_weigh_more(tagged: Tagged) -> None:
    body = "Hakan Fidan spoke first. " + "It was a long day. " * 30 + "Turkey and Peru sent greetings."
    found = {each.key: each.main for each in tagged(body, day="2024-05-01").countries}
    assert found == {"TR": True, "PE": False}


def test_a_minister_of_title_or_lead_is_a_main_subject(tagged: Tagged) -> None:
    body = "The day was long. " * 60 + "Hakan Fidan spoke last."
    assert [found.main for found in tagged(body, day="2024-05-01").ministers] == [False]
    assert [found.main for found in tagged(body, day="2024-05-01", title="Fidan and Hakan Fidan").ministers] == [True]
