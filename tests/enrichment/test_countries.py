"""Countries: which names are found in which text, what is none, and which are main subjects."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.enrichment import Tags, tag
from articles.gazetteer.facts import CountryFacts, CountryPattern, Gazetteer

Tagged = Callable[..., Tags]


def codes(tags: Tags) -> set[str]:
    return {found.key for found in tags.countries}


def main(tags: Tags) -> set[str]:
    return {found.key for found in tags.countries if found.main}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        # Names that are part of other names
        ("en", "Guinea sent a delegation.", {"GN"}),
        ("en", "Guinea-Bissau sent a delegation.", {"GW"}),
        ("en", "Equatorial Guinea sent a delegation.", {"GQ"}),
        ("en", "Papua New Guinea sent a delegation.", {"PG"}),
        ("en", "Troops left Niger before the vote in Nigeria.", {"NE", "NG"}),
        ("en", "The Democratic Republic of the Congo recalled its envoy.", {"CD"}),
        ("en", "DR Congo recalled its envoy.", {"CD"}),
        ("en", "Talks between Sudan and South Sudan resumed.", {"SD", "SS"}),
        ("en", "South Sudan thanked the donors.", {"SS"}),
        ("en", "The Dominican Republic closed the border with Haiti.", {"DO", "HT"}),
        ("en", "Dominica joined the bloc.", {"DM"}),
        ("en", "North Korea fired a missile and South Korea answered.", {"KP", "KR"}),
        ("ru", "КНДР и Республика Корея обменялись заявлениями.", {"KP", "KR"}),
        ("ar", "أطلقت كوريا الشمالية صاروخا وردت كوريا الجنوبية.", {"KP", "KR"}),
        # Names that are none
        ("en", "Agence France-Presse reported it first.", set()),
        ("en", "The governor of New Mexico signed the bill.", {"US"}),
        ("en", "They ate turkey and drank from fine china.", set()),
        ("en", "Ask us, not them.", set()),
        ("en", "JOIN US TODAY", set()),
        ("en", "The speaker was Ahmed Al-Kuwaiti, a poet.", set()),
        ("ru", "Расходы были малы, а выгоды мали.", set()),
        ("ru", "Переговоры в Мали продолжаются.", {"ML"}),
        # People, firms, birds and a state of another country
        ("en", "Michael Jordan scored again. Jordan smiled.", set()),
        ("en", "Jordan and Michael Jordan agree that Jordanian coffee is good.", {"JO"}),
        ("en", "Chad Ellison plays for Georgia Tech.", set()),
        ("en", "Chad President Deby arrived.", {"TD"}),
        ("en", "The Atlanta court heard growers from north Georgia.", {"US"}),
        ("en", "Georgia said in Tbilisi that Atlanta was far.", {"GE", "US"}),
        ("en", "Santos buys Delhi Petroleum. Delhi declined to comment.", set()),
        ("en", "Turkey is dear this year. The turkey farms are empty.", set()),
        ("ar", "ابتسم المدرب أحمد الكويتي وخرج", set()),
        ("ar", "قال الرئيس الكويتي ذلك", {"KW"}),
        ("es", "La reunión fue en Nuevo México.", {"US"}),
        ("fr", "La réunion a commencé.", set()),
        ("fr", "La Réunion attend le cyclone.", {"FR"}),
        ("en", "Shares of Union Kiln <UK> rose.", set()),
        ("ar", "وصل الوفد وعاد للبنان وسافر لليبيا", {"LB", "LY"}),
        # Territories count as their country
        ("en", "Protests in Hong Kong and Greenland, rain in Puerto Rico.", {"CN", "DK", "US"}),
        ("en", "Gaza, the West Bank and East Jerusalem are calm.", {"PS"}),
        ("ru", "Фолклендские острова и Гренландия", {"GB", "DK"}),
        ("en", "🇭🇰 Markets open", {"CN"}),
        # Governments
        ("en", "The Kremlin, Moscow and Tehran disagree.", {"RU", "IR"}),
        ("fr", "Le Quai d'Orsay se tait.", {"FR"}),
        ("ar", "أكدت الخارجية المصرية ذلك", {"EG"}),
        ("ru", "МИД Ирана ответил.", {"IR"}),
        ("en", "Czechia and Türkiye agree.", {"CZ", "TR"}),
        # Scripts, cases, clitics
        ("en", "Türkiye, Turkiye and Turkey are one country.", {"TR"}),
        ("en", "Côte d'Ivoire and Cote d’Ivoire are one country.", {"CI"}),
        ("en", "Chad and Jordan signed.", {"TD", "JO"}),
        ("ru", "О встрече с Ираном и Турцией говорили в Египте.", {"IR", "TR", "EG"}),
        ("ru", "российско-китайские отношения", {"RU", "CN"}),
        ("ar", "التقى المسؤول في عمّان نظيره من سلطنة عمان", {"JO", "OM"}),
        ("ar", "وبالأردن وللكويت ولبنان", {"JO", "KW", "LB"}),
        ("ar", "الأزمة المالية تتفاقم", set()),
        ("ar", "وصلت FIFA إلى Qatar أمس", {"QA"}),
        # How posts write
        ("en", "#RussiaASEAN and #china", {"RU", "CN"}),
        ("en", "🇷🇺🇨🇳 Talks were held today.", {"RU", "CN"}),
        ("en", "U.S. and US officials met; US-led talks follow.", {"US"}),
        ("en", "CHINA AND IRAN SIGN DEAL", {"CN", "IR"}),
    ],
)
def test_countries_are_found_by_their_names_and_by_nothing_else(
    tagged: Tagged, language: str, text: str, expected: set[str]
) -> None:
    assert codes(tagged(text, language)) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("es", "El gobierno venezolano viajó a Moscú y a los Estados Unidos.", {"VE", "RU", "US"}),
        ("fr", "La délégation iranienne s'est rendue en Russie et en Côte d'Ivoire.", {"IR", "RU", "CI"}),
        ("fr", "L'Iran et l'Égypte ont signé.", {"IR", "EG"}),
        ("de", "Außenminister aus Iran und Qatar trafen sich in Berlin.", {"IR", "QA", "DE"}),
    ],
)
def test_other_latin_languages_have_their_own_names(
    tagged: Tagged, language: str, text: str, expected: set[str]
) -> None:
    assert codes(tagged(text, language)) == expected


def test_a_tag_shows_where_it_was_found(tagged: Tagged, words: Callable[..., list[str]]) -> None:
    title, body = "Iran's envoy in Cairo", "The Iranian said that Egypt agreed."
    tags = tagged(body, title=title)
    found = {each.key: words(each, body, title) for each in tags.countries}
    assert found == {"IR": ["Iran", "Iranian"], "EG": ["Cairo", "Egypt"]}
    assert {each.key: each.count for each in tags.countries} == {"IR": 2, "EG": 2}


@pytest.mark.parametrize(
    ("language", "text", "day", "expected"),
    [
        ("en", "The Soviet envoy left.", "1987-03-01", {"RU"}),
        ("en", "They rode in a Soviet car.", "2023-03-01", set()),
        ("en", "They rode in a Soviet car.", "", set()),
        ("ru", "Советский Союз и Чехословакия подписали договор.", "1988", {"RU", "CZ"}),
        ("fr", "Le ministre yougoslave est parti.", "2001-05", {"RS"}),
        ("es", "La Unión Soviética y la RDA protestaron.", "1986-01-01", {"RU", "DE"}),
        ("ar", "وصل الوفد السوفياتي أمس", "1990-01-01", {"RU"}),
    ],
)
def test_a_former_state_is_the_one_that_followed_it_in_texts_of_its_time(
    tagged: Tagged, language: str, text: str, day: str, expected: set[str]
) -> None:
    assert codes(tagged(text, language, day)) == expected


def test_who_acts_for_a_country_counts_toward_what_the_text_is_about(tagged: Tagged) -> None:
    body = (
        "Lavrov said so. Sergey Lavrov will not go. " + "It was a long day. " * 30 + "Russia and Peru sent greetings."
    )
    tags = tagged(body, day="2024-05-01", title="Sergey Lavrov stays")
    assert codes(tags) == {"RU", "PE"}
    assert main(tags) == {"RU"}


def test_a_leader_acts_by_surname_alone_where_the_text_names_the_country(tagged: Tagged) -> None:
    body = "Zelensky will not go. " + "It was a long day. " * 30 + "Ukraine and Peru sent greetings."
    tags = tagged(body, day="2024-05-01", title="Zelensky stays")
    assert codes(tags) == {"UA", "PE"}
    assert main(tags) == {"UA"}


def test_the_lead_of_a_text_without_paragraphs_is_its_first_sentences(tagged: Tagged) -> None:
    body = "Kenya and Ghana met. " + "It was a long and hot day. " * 8 + "Peru and Chile did not come. " * 2
    assert main(tagged(body)) == {"KE", "GH"}


def test_nobody_makes_a_country_mentioned_that_the_text_does_not_name(tagged: Tagged) -> None:
    assert codes(tagged("Sergey Lavrov met Hakan Fidan.", day="2024-05-01")) == set()


def test_a_flag_counts_in_the_heading_only(tagged: Tagged) -> None:
    assert codes(tagged("🇰🇿 Talks today\n\nMore to come 🇰🇬.")) == {"KZ"}


def test_a_name_of_two_countries_means_the_one_that_the_text_names_otherwise() -> None:
    def country(code: str, kind: str, *own: str) -> CountryFacts:
        names = [CountryPattern("en", "name", name) for name in own]
        return CountryFacts(code, code, (CountryPattern("en", kind, "Twinland"), *names))

    gazetteer = Gazetteer((country("AA", "name", "Aland"), country("BB", "capital", "Beeland")), (), (), ())
    alone = tag("", "Twinland spoke.", "en", None, gazetteer)
    beside = tag("", "Twinland spoke for Beeland.", "en", None, gazetteer)
    assert [found.key for found in alone.countries] == ["AA"]
    assert [found.key for found in beside.countries] == ["BB"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ar", "انعقد الاجتماع في عمان", {"OM": True}),
        ("ar", "انعقد الاجتماع في عُمان", {"OM": False}),
        ("ar", "انعقد الاجتماع الأردني في عمان", {"JO": False}),
        ("en", "Oman and Amman agree.", {"OM": False, "JO": False}),
    ],
)
def test_a_name_of_two_countries_is_uncertain_where_nothing_says_which(
    tagged: Tagged, language: str, text: str, expected: dict[str, bool]
) -> None:
    assert {found.key: found.uncertain for found in tagged(text, language).countries} == expected


def test_the_title_makes_main_subjects(tagged: Tagged) -> None:
    body = "The two sides spoke of trade. Later they mentioned Peru.\n\n" + "They also spoke of other things. " * 12
    assert main(tagged(body, title="Brazil and Ghana open talks")) == {"BR", "GH"}


def test_a_country_named_in_passing_is_no_main_subject(tagged: Tagged) -> None:
    body = (
        "Kenya asked the bank for a loan. Kenya said that it would pay it back in ten years.\n\n"
        + "The bank will decide in May. " * 15
        + "A similar loan went to Peru. Kenya is confident."
    )
    tags = tagged(body)
    assert main(tags) == {"KE"}
    assert codes(tags) == {"KE", "PE"}


def test_a_list_of_countries_makes_none_of_them_main(tagged: Tagged) -> None:
    body = (
        "Norway invited the ministers of Chile, Peru, Kenya, Ghana, Japan, Nepal and Cuba. "
        "Norway pays for the meeting. Norway is proud of it."
    )
    assert main(tagged(body)) == {"NO"}


def test_the_host_city_of_a_meeting_is_no_main_subject(tagged: Tagged) -> None:
    body = "Egypt and Qatar held talks in Vienna. Egypt asked for a truce and Qatar agreed."
    tags = tagged(body)
    assert codes(tags) == {"EG", "QA", "AT"}
    assert main(tags) == {"EG", "QA"}


def test_a_dateline_says_where_the_reporter_was(tagged: Tagged) -> None:
    body = "NAIROBI, July 3 (Desk) - Ghana and Togo signed a treaty on Monday. Ghana and Togo are neighbours."
    tags = tagged(body)
    assert main(tags) == {"GH", "TG"}


@given(st.text(max_size=200))
def test_evidence_always_lies_inside_the_text(text: str) -> None:
    gazetteer = Gazetteer((CountryFacts("RU", "Russia", (CountryPattern("en", "name", "Russia"),)),), (), (), ())
    body = text + " Russia " + text
    for found in tag("", body, "", None, gazetteer).countries:
        assert found.count == len(found.evidence)
        assert all(0 <= start < end <= len(body) for _, start, end, _rule in found.evidence)
