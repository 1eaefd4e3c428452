"""A web page's JSON-LD (schema.org objects in script elements, https://www.w3.org/TR/json-ld11/#embedding)."""

import json
import re
from collections import deque
from collections.abc import Iterator

from bs4 import BeautifulSoup

from articles.importing.cleaning import clean_characters

_SCRIPT = re.compile(r"^application/(?:[\w.-]+\+)?ld\+json", re.IGNORECASE)
_WRAPPER = re.compile(r"^\s*(?:<!--|(?://|/\*)?\s*<!\[CDATA\[(?:\s*\*/)?)|(?:-->|(?://|/\*)?\s*\]\]>(?:\s*\*/)?)\s*$")
_ARTICLE_TYPES = re.compile(r"article|posting|report|review|recipe|story", re.IGNORECASE)
_SITE_TYPES = re.compile(r"^(?:organization|newsmediaorganization|website)$", re.IGNORECASE)
# Where an object keeps the thing that the page is about. What stands elsewhere (itemListElement, hasPart) is others.
_INSIDE = ("@graph", "mainEntity", "mainEntityOfPage")
# More objects than any page has; more bytes of them than any article needs.
_MOST_OBJECTS = 1000
_LONGEST = 4_000_000

Item = dict[str, object]


def linked_data(soup: BeautifulSoup) -> list[Item]:
    """Return every object of the page's JSON-LD, lists and @graph opened. Broken scripts are passed over."""
    found: list[Item] = []
    for script in soup.find_all("script", type=_SCRIPT):
        found.extend(_objects(script.get_text(), _MOST_OBJECTS - len(found)))
    return found


def _objects(text: str, most: int) -> Iterator[Item]:
    if len(text) > _LONGEST:
        return
    try:
        waiting = deque([json.loads(_WRAPPER.sub("", text).rstrip(" ;\r\n\t"), strict=False)])
    except (ValueError, RecursionError):
        return
    while waiting and most > 0:
        value = waiting.popleft()
        most -= 1
        if isinstance(value, list):
            waiting.extend(value[:_MOST_OBJECTS])
        elif isinstance(value, dict):
            yield value
            waiting.extend(value[key] for key in _INSIDE if key in value)


def article_of(items: list[Item], titles: list[str]) -> Item:
    """Return the object that is the page's article: the one with one of the page's `titles`, else the first; else {}.

    Pages list other articles in the same form, and not always behind their own.
    """
    articles = [item for item in items if _ARTICLE_TYPES.search(_type(item))]
    wanted = {_folded(title) for title in titles if title}
    named = (item for item in articles if _folded(string(item.get("headline"))) in wanted)
    return next(named, articles[0] if articles else {})


def page_of(items: list[Item]) -> Item:
    """Return the object that is the page itself (schema.org WebPage), {} without one."""
    return next((item for item in items if _type(item).lower().endswith("page")), {})


def site_of(items: list[Item]) -> str:
    """Return the name of the site or its owner, empty without one."""
    return next((string(item.get("name")) for item in items if _SITE_TYPES.match(_type(item))), "")


def name_of(value: object, items: list[Item]) -> str:
    """Return the name of a person or organisation, or all names in a list of them; `{"@id": …}` is looked up."""
    names = {string(item.get("@id")): string(item.get("name")) for item in items if item.get("@id")}
    values = value[:20] if isinstance(value, list) else [value]
    return ", ".join(dict.fromkeys(name for each in values if (name := _name(each, names))))


def _name(value: object, names: dict[str, str]) -> str:
    if isinstance(value, dict):
        return string(value.get("name")) or names.get(string(value.get("@id")), "")
    return string(value)


def string(value: object) -> str:
    """Return a value that is a text, or the first of a list; empty for anything else."""
    while isinstance(value, list) and value:
        value = value[0]
    # An escape in JSON can be a letter that no encoding can write.
    return clean_characters(value) if isinstance(value, str) else ""


def _type(item: Item) -> str:
    kind = item.get("@type")
    return " ".join(map(str, kind)) if isinstance(kind, list) else string(kind)


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
