"""The Spanish and the French country names: complete, free of contradictions, and safe from the known traps."""

import tomllib
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest
from babel import Locale

from articles.gazetteer import files
from articles.gazetteer.files import COUNTRY_KINDS
from articles.gazetteer.patterns import Case, required_case
from articles.text.tokens import tokenize

LANGUAGES = ("es", "fr")
# What CLDR lists beside countries: groups, reserved codes, pseudo-locales, parts of other countries.
NO_COUNTRIES = {"EZ", "UN", "ZZ", "QO", "AC", "CP", "DG", "EA", "IC", "TA", "XA", "XB", "CQ"}
# Patterns that stand for several countries on purpose, by language.
SHARED: dict[str, set[str]] = {"es": set(), "fr": set()}

Table = dict[str, dict[str, list[str]]]
Signature = tuple[tuple[str, Case], ...]


@cache
def read(language: str) -> Table:
    path = Path(files.__file__).parent / "data" / "countries" / f"{language}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def signature(pattern: str) -> Signature:
    """Return what the matcher tells patterns apart by: the folded words and the case that each asks for."""
    return tuple((token.folded, required_case(token.text)) for token in tokenize(pattern))


@cache
def claims_of(language: str) -> dict[tuple[str, ...], list[tuple[Signature, str, str]]]:
    """Return (signature, code, kind) of all patterns of a language by their folded words."""
    claims: dict[tuple[str, ...], list[tuple[Signature, str, str]]] = defaultdict(list)
    for code, kinds in read(language).items():
        for kind, patterns in kinds.items():
            for pattern in patterns:
                words = signature(pattern)
                claims[tuple(folded for folded, _ in words)].append((words, code, kind))
    return claims


def named_by(language: str, text: str) -> set[str]:
    """Return the countries named in `text`: the longest phrase from the left wins, one of "not" names none."""
    claims = claims_of(language)
    longest = max(map(len, claims))
    tokens = tokenize(text)
    written = [
        Case.ACRONYM
        if token.text.isupper() and len(token.text) > 1
        else Case.CAPITAL
        if token.text[0].isupper()
        else Case.ANY
        for token in tokens
    ]
    found: set[str] = set()
    start = 0
    while start < len(tokens):
        for end in range(min(len(tokens), start + longest), start, -1):
            hits = [
                (code, kind)
                for words, code, kind in claims.get(tuple(token.folded for token in tokens[start:end]), ())
                if all(case >= word[1] for case, word in zip(written[start:end], words, strict=True))
            ]
            if hits:
                if all(kind != "not" for _, kind in hits):
                    found.update(code for code, _ in hits)
                start = end
                break
        else:
            start += 1
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_country_has_a_table_with_a_name_in_order_of_the_codes(language: str) -> None:
    table = read(language)
    countries = {code for code in Locale("en").territories if len(code) == 2 and code.isalpha()} - NO_COUNTRIES
    assert set(table) == countries
    assert list(table) == sorted(table)
    assert [code for code, kinds in table.items() if not kinds.get("name")] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_is_known_and_every_pattern_has_words(language: str) -> None:
    for code, kinds in read(language).items():
        assert set(kinds) <= set(COUNTRY_KINDS), code
        for kind, patterns in kinds.items():
            assert patterns, (code, kind)
            assert all(pattern == pattern.strip() and tokenize(pattern) for pattern in patterns), (code, kind)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_pattern_is_claimed_twice(language: str) -> None:
    claims: dict[Signature, list[tuple[str, str, str]]] = defaultdict(list)
    for code, kinds in read(language).items():
        for kind, patterns in kinds.items():
            for pattern in patterns:
                claims[signature(pattern)].append((code, kind, pattern))
    assert [found for found in claims.values() if len(found) > 1 and found[0][2] not in SHARED[language]] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_not_phrase_always_holds_a_pattern_of_its_file(language: str) -> None:
    patterns: set[tuple[str, ...]] = set()
    phrases: dict[str, tuple[str, ...]] = {}
    for kinds in read(language).values():
        for kind, found in kinds.items():
            for pattern in found:
                words = tuple(folded for folded, _ in signature(pattern))
                if kind == "not":
                    phrases[pattern] = words
                else:
                    patterns.add(words)
    idle = [
        phrase
        for phrase, words in phrases.items()
        if not any(
            words[start:end] in patterns for start in range(len(words)) for end in range(start + 1, len(words) + 1)
        )
    ]
    assert idle == []


@pytest.mark.parametrize(
    ("language", "code", "kind", "pattern"),
    [
        ("es", "US", "name", "Estados Unidos"),
        ("es", "US", "name", "EE. UU."),
        ("es", "US", "name", "EEUU"),
        ("es", "US", "adjective", "estadounidenses"),
        ("es", "US", "adjective", "norteamericana"),
        ("es", "US", "government", "Casa Blanca"),
        ("es", "GB", "place", "Escocia"),
        ("es", "GB", "government", "Downing Street"),
        ("es", "RU", "adjective", "rusas"),
        ("es", "RU", "government", "Kremlin"),
        ("es", "UA", "place", "Crimea"),
        ("es", "UA", "capital", "Kyiv"),
        ("es", "CN", "capital", "Pekín"),
        ("es", "IR", "capital", "Teherán"),
        ("es", "KZ", "capital", "Nur-Sultan"),
        ("es", "PS", "place", "Cisjordania"),
        ("es", "SY", "place", "Altos del Golán"),
        ("es", "IL", "place", "Tel Aviv"),
        ("es", "CI", "name", "Costa de Marfil"),
        ("es", "MM", "name", "Birmania"),
        ("es", "SZ", "name", "Suazilandia"),
        ("es", "CD", "adjective", "congoleño"),
        ("es", "GQ", "adjective", "ecuatoguineana"),
        ("es", "KP", "adjective", "norcoreanos"),
        ("es", "KR", "adjective", "surcoreano"),
        ("es", "EU", "government", "Berlaymont"),
        ("es", "BR", "government", "Itamaraty"),
        ("es", "VA", "name", "Santa Sede"),
        ("es", "XK", "adjective", "kosovares"),
        ("fr", "US", "name", "États-Unis"),
        ("fr", "US", "name", "USA"),
        ("fr", "US", "adjective", "américaines"),
        ("fr", "US", "government", "Maison Blanche"),
        ("fr", "GB", "place", "Irlande du Nord"),
        ("fr", "FR", "government", "Quai d'Orsay"),
        ("fr", "FR", "government", "Élysée"),
        ("fr", "RU", "adjective", "russes"),
        ("fr", "UA", "place", "Crimée"),
        ("fr", "UA", "capital", "Kyiv"),
        ("fr", "CN", "capital", "Pékin"),
        ("fr", "IR", "capital", "Téhéran"),
        ("fr", "TD", "capital", "N'Djamena"),
        ("fr", "PS", "place", "bande de Gaza"),
        ("fr", "SY", "place", "plateau du Golan"),
        ("fr", "CI", "name", "Côte d'Ivoire"),
        ("fr", "CV", "name", "Cabo Verde"),
        ("fr", "TR", "name", "Türkiye"),
        ("fr", "CD", "name", "RDC"),
        ("fr", "CD", "adjective", "congolaises"),
        ("fr", "NE", "adjective", "nigériens"),
        ("fr", "NG", "adjective", "nigérians"),
        ("fr", "MU", "adjective", "mauricienne"),
        ("fr", "KP", "adjective", "nord-coréenne"),
        ("fr", "EU", "name", "UE"),
        ("fr", "VA", "name", "Saint-Siège"),
        ("fr", "XK", "adjective", "kosovare"),
    ],
)
def test_the_file_holds(language: str, code: str, kind: str, pattern: str) -> None:
    assert pattern in read(language)[code][kind]


@pytest.mark.parametrize(
    ("language", "text", "codes"),
    [
        # Longer names win over their parts.
        ("es", "Papúa Nueva Guinea y Guinea Ecuatorial, Guinea-Bisáu y Guinea", "PG GQ GW GN"),
        ("es", "El canciller de Sudán del Sur viajó a Sudán", "SS SD"),
        ("es", "La República Dominicana y Dominica", "DO DM"),
        ("es", "Corea del Norte y Corea del Sur; la península de Corea", "KP KR"),
        ("es", "combates en el este del Congo", "CD"),
        ("es", "visitas a Nuevo México y a México", "US MX"),
        ("es", "el gobierno de Columbia Británica", "CA"),
        ("es", "un viaje a Santiago de Cuba y otro a Santiago de Chile", "CU CL"),
        # Ordinary words, given names and family names.
        ("es", "la paz en la región y LA PAZ EN LA REGIÓN", ""),
        ("es", "el canciller habló en La Paz", "BO"),
        ("es", "con el fin y los fines de siempre, una gala y dos galas", ""),
        ("es", "según el salvador del acuerdo", ""),
        ("es", "el presidente de El Salvador", "SV"),
        ("es", "Mauricio y Francia Márquez, Santiago y Sofía, Granada y Guadalupe", ""),
        ("es", "la cumbre en Santiago y la cita en Sofía", "CL BG"),
        ("es", "Eliseo viajó", ""),
        ("es", "fuentes del Elíseo", "FR"),
        ("es", "irán a votar", ""),
        ("es", "pueblos de América y países latinoamericanos", ""),
        ("es", "una granada cayó, sino que explotó", ""),
        # Names in treaties, papers, companies, seas.
        ("es", "el Acuerdo de París, el acuerdo de París y los Acuerdos de Minsk", ""),
        ("es", "la Convención de Viena y el Estatuto de Roma", ""),
        ("es", "según The Washington Post y George Washington", ""),
        ("es", "el mar de China Meridional, el golfo de México y el mar del Japón", ""),
        ("es", "dijo en español, en ruso y en inglés", ""),
        ("es", "elecciones en el estado de Georgia", ""),
        ("es", "el ministro de Georgia", "GE"),
        # Disputed places.
        ("es", "Jerusalén Este, Hebrón y Rafah", "PS"),
        ("fr", "la Papouasie-Nouvelle-Guinée, la Guinée équatoriale, la Guinée-Bissau et la Guinée", "PG GQ GW GN"),
        ("fr", "le Soudan du Sud et le Soudan", "SS SD"),
        ("fr", "la République dominicaine et la Dominique", "DO DM"),
        ("fr", "la Corée du Nord, les Sud-Coréens et la péninsule de Corée", "KP KR"),
        ("fr", "l'est du Congo et la République démocratique du Congo", "CD"),
        ("fr", "le Niger et le Nigeria", "NE NG"),
        ("fr", "en Colombie-Britannique et en Colombie", "CA CO"),
        ("fr", "le Cap-Vert et Le Cap", "CV ZA"),
        ("fr", "la Grande-Bretagne et la Bretagne", "GB FR"),
        ("fr", "Maurice et Dominique ont parlé avec M. Hollande", ""),
        ("fr", "l'île Maurice, la Dominique et la Hollande", "MU DM NL"),
        ("fr", "une grenade et la réunion, Salvador Allende", ""),
        ("fr", "le Salvador et la Grenade", "SV GD"),
        ("fr", "une ministre à La Réunion", "RE"),
        ("fr", "la Réunion des ministres", ""),
        ("fr", "EAU POTABLE", ""),
        ("fr", "l'accord de Paris, l'Accord de Paris, les accords de Minsk et la convention de Vienne", ""),
        ("fr", "selon l'Agence France-Presse, France 24, Radio France et Air France", ""),
        ("fr", "Pierre Mendès France et le Paris Saint-Germain", ""),
        ("fr", "les pays latino-américains et l'Amérique latine", ""),
        ("fr", "les forces américaines", "US"),
        ("fr", "la guerre russo-ukrainienne et le dialogue sino-américain", "RU UA CN US"),
        ("fr", "Franco et René Russo", ""),
        ("fr", "le couple franco-allemand", "FR DE"),
        ("fr", "en mer de Chine méridionale, dans l'océan Indien et l'Indo-Pacifique", ""),
        ("fr", "Jérusalem-Est, Naplouse et Khan Younès", "PS"),
        ("fr", "l'État de Géorgie", ""),
        ("fr", "Philippine et Thaïs", ""),
    ],
)
def test_a_text_names_only_these_countries(language: str, text: str, codes: str) -> None:
    assert named_by(language, text) == set(codes.split())


@pytest.mark.parametrize(
    ("language", "forms"),
    [("es", ["francés", "francesa", "franceses", "francesas"]), ("fr", ["français", "française", "françaises"])],
)
def test_adjectives_come_in_all_genders_and_numbers(language: str, forms: list[str]) -> None:
    assert set(forms) <= set(read(language)["FR"]["adjective"])
