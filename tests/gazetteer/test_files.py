"""Reading the data files: what they give, and what is said about a bad one."""

from pathlib import Path

import pytest

from articles.gazetteer.facts import CountryPattern, OfficialFacts, TenureFacts, TopicPhraseFacts
from articles.gazetteer.files import LANGUAGES, GazetteerFileError, english_name, read_gazetteer

MINISTERS = "slug,name,wikidata_id,country,latin,arabic,cyrillic\n"
TENURES = "slug,country,office,start,end\n"
OFFICIALS = "name,country,role,latin,arabic,cyrillic,start,end\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small gazetteer that is in order."""
    (tmp_path / "countries").mkdir()
    for language in LANGUAGES:
        (tmp_path / "countries" / f"{language}.toml").write_text('[XA]\nname = ["Alandia"]\n', encoding="utf-8")
    files = {
        "ministers.csv": MINISTERS + "ann-lee,Ann Lee,Q1,XA,Anne Lee|Ann Lee,آن لي,Энн Ли\n",
        "tenures.csv": TENURES + "ann-lee,XA,foreign-minister,2020-05,2021\nann-lee,XA,foreign-minister,2023,\n",
        "officials.csv": OFFICIALS + "Bob Roe,XA,spokesperson,Robert Roe,,Боб Роу,2020,\n",
        "topics.toml": '[energy]\nname = { en = "Energy" }\n[energy.en]\n"oil" = 2\n'
        '[gas]\nparent = "energy"\nname = { en = "Gas" }\n',
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_the_files_make_one_gazetteer(folder: Path) -> None:
    gazetteer = read_gazetteer(folder)
    (country,) = gazetteer.countries
    (minister,) = gazetteer.ministers
    assert country.patterns == tuple(CountryPattern(language, "name", "Alandia") for language in LANGUAGES)
    assert minister.spellings == (("latin", "Anne Lee"), ("arabic", "آن لي"), ("cyrillic", "Энн Ли"))
    assert minister.tenures == (TenureFacts("XA", "2020-05", "2021"), TenureFacts("XA", "2023"))
    assert gazetteer.officials == (OfficialFacts("Bob Roe", "XA", "spokesperson", ("Robert Roe", "Боб Роу")),)
    assert gazetteer.topics[0].phrases == (TopicPhraseFacts("en", "oil", 2),)
    assert gazetteer.topics[1].parent == "energy"
    assert gazetteer.version == 0


def test_the_files_are_read_once_a_process(folder: Path) -> None:
    assert read_gazetteer(folder) is read_gazetteer(folder)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("ministers.csv", "slug,name\n", "ministers.csv, line 1: the column 'wikidata_id' is missing"),
        ("ministers.csv", MINISTERS + "ann-lee,Ann Lee\n", "ministers.csv, line 2: 7 cells are wanted"),
        ("ministers.csv", MINISTERS + "Ann Lee,Ann Lee,,XA,,,\n", "ministers.csv, line 2: 'Ann Lee' is not a slug"),
        (
            "ministers.csv",
            MINISTERS + "ann-lee,A,,XA,,,\nann-lee,B,,XA,,,\n",
            "line 3: the slug 'ann-lee' stands twice",
        ),
        ("ministers.csv", MINISTERS + "ann-lee,,,XA,,,\n", "ministers.csv, line 2: the name is empty"),
        ("ministers.csv", MINISTERS, "tenures.csv: no minister has the slug 'ann-lee'"),
        (
            "tenures.csv",
            TENURES + "ann-lee,XB,,2020,\n",
            "tenures.csv, line 2: the country 'XB' is in none of the files",
        ),
        ("tenures.csv", TENURES + "ann-lee,XA,,May 2020,\n", "tenures.csv, line 2: start 'May 2020' is not YYYY"),
        ("tenures.csv", TENURES + "ann-lee,XA,,2020,2020-13\n", "tenures.csv, line 2: end '2020-13' is not YYYY"),
        ("tenures.csv", TENURES + "ann-lee,XA,,,\n", "tenures.csv, line 2: start is empty"),
        ("tenures.csv", TENURES + "ann-lee,XA,,2020-05,2019\n", "line 2: the end 2019 is before the start 2020-05"),
        ("officials.csv", OFFICIALS + ",XA,,,,,,\n", "officials.csv, line 2: the name is empty"),
        ("topics.toml", '[energy]\nname = { ru = "х" }\n', "topics.toml, line 1: energy needs name"),
        (
            "topics.toml",
            '[a]\nname = { en = "A" }\n[a.en]\n"oil" = 4\n',
            "line 4: a: the weight of 'oil' is not 1, 2, 3 or one of them negative",
        ),
        ("topics.toml", '[a]\nparent = "b"\nname = { en = "A" }\n', "there is no topic 'b' to be its parent"),
        ("topics.toml", '[a]\nname = { en = "A" }\nwords = 1\n', "a: unknown key 'words'"),
        ("topics.toml", "[a\n", "topics.toml: "),
        ("countries/en.toml", '[XA]\nnames = ["A"]\n', "en.toml, line 2: XA: unknown key 'names'"),
        ("countries/en.toml", '[XA]\nname = "A"\n', "en.toml, line 2: XA.name is not a list"),
        ("countries/en.toml", '[XA]\nname = [" "]\n', "en.toml, line 2: XA.name has an empty name"),
        ("countries/en.toml", '[Alandia]\nname = ["A"]\n', "en.toml, line 1: 'Alandia' is not a table"),
    ],
)
def test_what_is_wrong_is_told_with_file_and_line(folder: Path, name: str, text: str, message: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(GazetteerFileError) as caught:
        read_gazetteer(folder)
    assert message in str(caught.value)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "topics.toml").unlink()
    with pytest.raises(GazetteerFileError, match=r"topics\.toml: the file is missing"):
        read_gazetteer(folder)


def test_a_file_in_another_encoding_is_named_with_the_line(folder: Path) -> None:
    (folder / "officials.csv").write_bytes(OFFICIALS.encode() + "Bøb,XA,,,,,,\n".encode("latin-1"))
    with pytest.raises(GazetteerFileError, match=r"officials\.csv, line 2: this is not UTF-8"):
        read_gazetteer(folder)


def test_the_data_files_of_the_project_are_in_order() -> None:
    gazetteer = read_gazetteer()
    codes = {country.code for country in gazetteer.countries}
    assert {"RU", "PS", "XK", "TW", "EU"} <= codes
    for country in gazetteer.countries:
        languages = {pattern.language for pattern in country.patterns if pattern.kind in {"name", "forms"}}
        assert languages == set(LANGUAGES), country.code
    assert len(gazetteer.ministers) >= 600
    assert {"gaza", "asean", "energy"} <= {topic.slug for topic in gazetteer.topics}


@pytest.mark.parametrize(("code", "name"), [("CI", "Côte d’Ivoire"), ("EU", "European Union"), ("PS", "Palestine")])
def test_countries_have_english_names(code: str, name: str) -> None:
    assert english_name(code) == name
