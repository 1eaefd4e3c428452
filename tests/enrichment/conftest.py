"""The gazetteer of the data files, and tagging in a line."""

from collections.abc import Callable

import pytest

from articles.enrichment import Found, Tags, tag
from articles.gazetteer.facts import Gazetteer
from articles.gazetteer.files import read_gazetteer
from tests.enrichment.labelled import period


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """What the data files say."""
    return read_gazetteer()


@pytest.fixture(scope="session")
def tagged(gazetteer: Gazetteer) -> Callable[..., Tags]:
    """Return a function: tags of a body, with a title and a date (day, month or year) where the case needs them."""

    def tags(body: str, language: str = "en", day: str = "", title: str = "") -> Tags:
        return tag(title, body, language, period(day), gazetteer)

    return tags


@pytest.fixture(scope="session")
def words() -> Callable[[Found, str, str], list[str]]:
    """Return a function: the words of the text at which a tag was found."""

    def at(found: Found, body: str, title: str = "") -> list[str]:
        texts = {"title": title, "body": body}
        return [texts[name][start:end] for name, start, end, _rule in found.evidence]

    return at
