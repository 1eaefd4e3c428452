"""Inflections fall together, cousins stay apart."""

import pytest

from articles.gazetteer.inflection import base


@pytest.mark.parametrize(
    ("language", "one", "other", "same"),
    [
        ("en", "import", "imports", True),
        ("en", "import", "imported", True),
        ("en", "import", "importance", False),
        ("en", "extremist", "extremely", False),
        ("en", "policy", "policies", True),
        ("en", "negotiate", "negotiating", True),
        ("en", "ship", "shipping", True),
        ("en", "crisis", "crisis", True),
        ("en", "gas", "gas", True),
        ("es", "nuclear", "nucleares", True),
        ("es", "petrolero", "petrolera", True),
        ("es", "paz", "paces", True),
        ("fr", "commercial", "commerciaux", True),
        ("fr", "iranien", "iraniennes", True),
        ("fr", "important", "importateur", False),
    ],
)
def test_forms_of_one_word_have_one_base(language: str, one: str, other: str, same: bool) -> None:
    assert (base(one, language) == base(other, language)) is same


def test_other_languages_are_left_alone() -> None:
    assert base("häuser", "de") == "häuser"
