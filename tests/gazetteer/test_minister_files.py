"""The files of ministers, tenures and officials taken for ministers: whole, consistent, and true where checked."""

import csv
import datetime
import re
from collections import Counter, defaultdict
from itertools import combinations, pairwise
from pathlib import Path

import pytest

DATA = Path(__file__).parents[2] / "articles" / "gazetteer" / "data"
SINCE = datetime.date(2015, 1, 1)
HANDOVER = datetime.timedelta(days=45)
# Rival governments, or a sovereign who holds the office beside a second minister.
SEVERAL_HOLDERS = {"BN", "LY", "MM", "SD", "SY", "YE"}
SCRIPT = {
    "latin": re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff\u02bb\u2019'. -]+"),
    "arabic": re.compile(r"[\u0600-\u06ff. -]+"),
    "cyrillic": re.compile(r"[\u0400-\u04ff'. -]+( [IVX]+)?"),
}


def read(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


MINISTERS = read("ministers.csv")
TENURES = read("tenures.csv")
OFFICIALS = read("officials.csv")


def first_day(text: str) -> datetime.date:
    """The earliest day that a date of any precision can mean."""
    return datetime.date.fromisoformat(f"{text}-01-01"[:10])


def last_day(text: str) -> datetime.date:
    """The latest day that a date of any precision can mean; no date: still in office."""
    if not text:
        return datetime.date.max
    if len(text) == 4:
        return datetime.date(int(text), 12, 31)
    if len(text) == 7:
        return (first_day(text) + datetime.timedelta(days=31)).replace(day=1) - datetime.timedelta(days=1)
    return first_day(text)


def holders(country: str, day: str) -> set[str]:
    when = datetime.date.fromisoformat(day)
    return {
        tenure["slug"]
        for tenure in TENURES
        if tenure["country"] == country and first_day(tenure["start"]) <= when <= last_day(tenure["end"])
    }


def test_there_are_enough_ministers_officials_and_countries() -> None:
    assert len(MINISTERS) >= 600
    assert len(OFFICIALS) >= 150
    assert len({tenure["country"] for tenure in TENURES}) >= 190


def test_slugs_are_ascii_and_stand_once() -> None:
    counts = Counter(minister["slug"] for minister in MINISTERS)
    assert [slug for slug, count in counts.items() if count > 1] == []
    assert [slug for slug in counts if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)] == []


def test_a_wikidata_id_stands_for_one_person() -> None:
    counts = Counter(minister["wikidata_id"] for minister in MINISTERS if minister["wikidata_id"])
    assert [wikidata_id for wikidata_id, count in counts.items() if count > 1] == []
    assert [wikidata_id for wikidata_id in counts if not re.fullmatch(r"Q\d+", wikidata_id)] == []


def test_everybody_has_a_tenure_and_every_tenure_somebody() -> None:
    assert {minister["slug"] for minister in MINISTERS} == {tenure["slug"] for tenure in TENURES}


def test_a_minister_stands_under_the_country_of_one_of_his_tenures() -> None:
    countries = defaultdict(set)
    for tenure in TENURES:
        countries[tenure["slug"]].add(tenure["country"])
    assert [minister["slug"] for minister in MINISTERS if minister["country"] not in countries[minister["slug"]]] == []


def test_every_tenure_is_of_the_office_and_begins_before_it_ends() -> None:
    for tenure in TENURES:
        assert tenure["office"] == "foreign-minister", tenure
        assert re.fullmatch(r"[A-Z]{2}", tenure["country"]), tenure
        for column in ("start", "end"):
            assert re.fullmatch(r"(\d{4}(-\d{2}(-\d{2})?)?)?", tenure[column]), tenure
        assert first_day(tenure["start"]) <= last_day(tenure["end"]), tenure


def test_one_person_s_terms_do_not_overlap() -> None:
    terms = defaultdict(list)
    for tenure in TENURES:
        terms[tenure["slug"], tenure["country"]].append(
            (first_day(tenure["start"]), first_day(tenure["end"] or "9999"))
        )
    for person, spans in terms.items():
        spans.sort()
        assert all(before[1] <= after[0] for before, after in pairwise(spans)), person


def test_two_people_do_not_hold_one_office_for_longer_than_a_handover() -> None:
    spans = defaultdict(list)
    for tenure in TENURES:
        # A vague end is read as early as it can be: only what is certain counts as an overlap.
        span = (first_day(tenure["start"]), first_day(tenure["end"] or "9999"), tenure["slug"])
        if span[1] >= SINCE and tenure["country"] not in SEVERAL_HOLDERS:
            spans[tenure["country"]].append(span)
    overlaps = [
        (country, one[2], other[2])
        for country, held in spans.items()
        for one, other in combinations(held, 2)
        if min(one[1], other[1]) - max(one[0], other[0], SINCE) > HANDOVER
    ]
    assert overlaps == []


def test_spellings_are_full_names_in_the_script_of_their_column() -> None:
    for person in MINISTERS + OFFICIALS:
        for script, letters in SCRIPT.items():
            for spelling in filter(None, person[script].split("|")):
                assert letters.fullmatch(spelling), (person["name"], script, spelling)
                assert len(re.split(r"[\s-]+", spelling)) > 1 or " " not in person["name"], (person["name"], spelling)


def test_a_spelling_belongs_to_one_minister() -> None:
    owners = defaultdict(set)
    for minister in MINISTERS:
        for spelling in [minister["name"], *(part for script in SCRIPT for part in minister[script].split("|"))]:
            owners[spelling.casefold()].add(minister["slug"])
    del owners[""]
    assert {spelling: slugs for spelling, slugs in owners.items() if len(slugs) > 1} == {}


@pytest.mark.parametrize("script", ["arabic", "cyrillic"])
def test_most_ministers_in_office_since_2019_are_spelled_in_every_script(script: str) -> None:
    recent = {tenure["slug"] for tenure in TENURES if last_day(tenure["end"]) >= datetime.date(2019, 1, 1)}
    spelled = {minister["slug"] for minister in MINISTERS if minister["slug"] in recent and minister[script]}
    assert len(spelled) / len(recent) > 0.8


def test_officials_stand_once_and_begin_before_they_end() -> None:
    counts = Counter((official["country"], official["name"]) for official in OFFICIALS)
    assert [who for who, count in counts.items() if count > 1] == []
    for official in OFFICIALS:
        assert re.fullmatch(r"[A-Z]{2}", official["country"]), official
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", official["role"]), official
        if official["start"]:
            assert first_day(official["start"]) <= last_day(official["end"]), official


def test_spokespersons_and_deputies_were_never_minister() -> None:
    ministers = {minister["name"] for minister in MINISTERS}
    never = {official["name"] for official in OFFICIALS if official["role"] in {"spokesperson", "deputy-minister"}}
    assert never & ministers == set()


@pytest.mark.parametrize(
    "name", ["Maria Zakharova", "Esmaeil Baghaei", "Mao Ning", "Nicolás Maduro", "Bashar al-Assad", "Anwar Ibrahim"]
)
def test_officials_often_taken_for_ministers_are_known(name: str) -> None:
    assert name in {official["name"] for official in OFFICIALS}


@pytest.mark.parametrize(
    ("country", "day", "slug"),
    [
        ("RU", "1988-05-30", "eduard-shevardnadze"),
        ("RU", "2023-11-16", "sergey-lavrov"),
        ("US", "1987-03-02", "george-shultz"),
        ("US", "2016-06-01", "john-kerry"),
        ("US", "2024-03-01", "antony-blinken"),
        ("US", "2025-06-01", "marco-rubio"),
        ("GB", "1987-03-02", "geoffrey-howe"),
        ("GB", "2019-03-01", "jeremy-hunt"),
        ("GB", "2024-02-01", "david-cameron"),
        ("GB", "2025-03-01", "david-lammy"),
        ("FR", "2014-07-01", "laurent-fabius"),
        ("FR", "2023-06-01", "catherine-colonna"),
        ("FR", "2025-02-01", "jean-noel-barrot"),
        ("DE", "1987-06-01", "hans-dietrich-genscher"),
        ("DE", "2020-05-01", "heiko-maas"),
        ("DE", "2025-06-01", "johann-wadephul"),
        ("EU", "2016-01-16", "federica-mogherini"),
        ("EU", "2023-05-01", "josep-borrell"),
        ("EU", "2025-01-15", "kaja-kallas"),
        ("CN", "2022-06-01", "wang-yi"),
        ("CN", "2023-03-07", "qin-gang"),
        ("CN", "2024-07-25", "wang-yi"),
        ("IN", "2018-01-01", "sushma-swaraj"),
        ("IN", "2023-09-09", "subrahmanyam-jaishankar"),
        ("JP", "2022-05-01", "yoshimasa-hayashi"),
        ("KR", "2019-02-01", "kang-kyung-hwa"),
        ("KP", "2023-10-19", "choe-son-hui"),
        ("IR", "2015-07-14", "mohammad-javad-zarif"),
        ("IR", "2023-10-15", "hossein-amir-abdollahian"),
        ("IR", "2025-01-17", "abbas-araghchi"),
        ("EG", "2023-10-15", "sameh-shoukry"),
        ("EG", "2025-01-15", "badr-abdelatty"),
        ("TR", "2020-03-05", "mevlut-cavusoglu"),
        ("TR", "2024-01-15", "hakan-fidan"),
        ("IL", "2022-03-01", "yair-lapid"),
        ("IL", "2023-11-01", "eli-cohen"),
        ("PS", "2023-11-21", "riyad-al-maliki"),
        ("SA", "2016-01-04", "adel-al-jubeir"),
        ("SA", "2023-11-21", "faisal-bin-farhan-al-saud"),
        ("QA", "2022-06-01", "mohammed-bin-abdulrahman-al-thani"),
        ("AE", "2020-09-15", "abdullah-bin-zayed-al-nahyan"),
        ("KW", "2023-07-10", "salem-abdullah-al-jaber-al-sabah"),
        ("OM", "2023-07-10", "badr-al-busaidi"),
        ("JO", "2024-06-01", "ayman-safadi"),
        ("SY", "2015-09-30", "walid-al-moallem"),
        ("SY", "2025-03-01", "asaad-al-shaibani"),
        ("UA", "2022-02-24", "dmytro-kuleba"),
        ("BY", "2021-05-23", "vladimir-makei"),
        ("AM", "2023-09-20", "ararat-mirzoyan"),
        ("VE", "2018-05-20", "jorge-arreaza"),
        ("VE", "2023-11-16", "yvan-gil"),
        ("CU", "2016-03-21", "bruno-rodriguez-parrilla"),
        ("BR", "2023-04-17", "mauro-vieira"),
        ("MY", "2024-07-27", "mohamad-hasan"),
        ("LA", "2024-07-25", "saleumxay-kommasith"),
        ("ID", "2023-07-12", "retno-marsudi"),
        ("ZA", "2023-08-22", "naledi-pandor"),
        ("HU", "2022-11-21", "peter-szijjarto"),
        ("CA", "2023-09-18", "melanie-joly"),
        ("NO", "2024-05-28", "espen-barth-eide"),
        ("IE", "2024-05-28", "micheal-martin"),
        ("PE", "2024-11-14", "elmer-schialer"),
        ("CD", "2025-01-28", "therese-kayikwamba-wagner"),
        ("RW", "2025-01-28", "olivier-nduhungirehe"),
    ],
)
def test_who_held_the_office_on_a_day(country: str, day: str, slug: str) -> None:
    assert holders(country, day) == {slug}
