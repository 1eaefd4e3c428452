"""The file of topics: every topic in five languages, phrases with weights, a tree without loops."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

FILE = Path(__file__).parents[2] / "articles" / "gazetteer" / "data" / "topics.toml"
TOPICS: dict[str, Any] = tomllib.loads(FILE.read_text(encoding="utf-8"))
LANGUAGES = ("en", "ar", "ru", "es", "fr")
REQUIRED = [
    "gaza",
    "asean",
    "energy",
    "ukraine",
    "syria",
    "iran-nuclear",
    "sanctions",
    "trade",
    "security",
    "climate",
    "migration",
    "human-rights",
    "un",
    "brics",
    "sco",
    "gcc",
    "arab-league",
    "eu",
    "nato",
    "opec",
]
LETTERS = {
    "ar": re.compile(r"[\u0600-\u06ff]"),
    "ru": re.compile(r"[\u0400-\u04ff]"),
}
ACRONYM = re.compile(r"[A-Z]+[A-Z\d+-]*")


@pytest.mark.parametrize("slug", REQUIRED)
def test_the_topics_that_links_rely_on_are_there(slug: str) -> None:
    assert slug in TOPICS


def test_slugs_are_short_and_ascii() -> None:
    assert [slug for slug in TOPICS if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) or len(slug) > 20] == []


@pytest.mark.parametrize("slug", TOPICS)
def test_a_topic_has_a_name_and_phrases_in_every_language(slug: str) -> None:
    assert set(TOPICS[slug]) - {"parent", "threshold"} == {"name", *LANGUAGES}
    assert set(TOPICS[slug]["name"]) == set(LANGUAGES)
    for language in LANGUAGES:
        fewest = 15 if language in ("en", "ar", "ru") else 8
        assert len(TOPICS[slug][language]) >= fewest, language


@pytest.mark.parametrize("slug", TOPICS)
def test_weights_are_known_and_each_language_has_unmistakable_phrases(slug: str) -> None:
    for language in LANGUAGES:
        weights = list(TOPICS[slug][language].values())
        assert set(weights) <= {1, 2, 3, -1, -2, -3}
        assert weights.count(3) >= 4, language


@pytest.mark.parametrize("slug", TOPICS)
def test_phrases_are_clean_and_in_the_script_of_their_language(slug: str) -> None:
    for language in LANGUAGES:
        for phrase in TOPICS[slug][language]:
            assert phrase == " ".join(phrase.split()), phrase
            assert not re.search(r"[|;\"\u064b-\u0652]", phrase), phrase
            if language in LETTERS and not ACRONYM.match(phrase):
                assert LETTERS[language].search(phrase), phrase


@pytest.mark.parametrize("slug", TOPICS)
def test_following_parents_ends_at_a_topic_without_one(slug: str) -> None:
    seen = [slug]
    while parent := TOPICS[seen[-1]].get("parent"):
        assert parent in TOPICS
        assert parent not in seen
        seen.append(parent)


@pytest.mark.parametrize(
    ("slug", "language", "phrase"),
    [
        ("gaza", "en", "Gaza Strip"),
        ("gaza", "ar", "قطاع غزة"),
        ("gaza", "ru", "сектор Газа"),
        ("asean", "ru", "АСЕАН"),
        ("asean", "ar", "=آسيان"),
        ("energy", "en", "oil and gas"),
        ("energy", "es", "petróleo y gas"),
        ("trade", "en", "trade relations"),
        ("trade", "fr", "libre-échange"),
        ("iran-nuclear", "en", "JCPOA"),
    ],
)
def test_one_mention_of_an_unmistakable_phrase_is_enough(slug: str, language: str, phrase: str) -> None:
    assert TOPICS[slug][language][phrase] == 3


@pytest.mark.parametrize(
    ("slug", "language", "phrase"),
    [("trade", "en", "=trade"), ("energy", "en", "oil"), ("gaza", "en", "Israel"), ("palestine", "en", "Israel")],
)
def test_a_word_that_many_texts_use_is_not_enough_alone(slug: str, language: str, phrase: str) -> None:
    assert TOPICS[slug][language][phrase] < 3
