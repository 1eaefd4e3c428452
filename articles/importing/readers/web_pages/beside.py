"""The parts of a web page that are not its article: its frame, other articles, comments."""

import re
from typing import Literal

from bs4 import BeautifulSoup
from bs4.element import Tag

from articles.importing.readers.web_pages.linked_data import string

Part = Literal["article", "beside", "foreign"]

# By class or id. What is beside the article may still hold its date where nothing else does.
_BESIDE = re.compile(r"related|sidebar|widget|comment|footer|recommend|teaser|promo|more-|latest", re.IGNORECASE)
# These never do: they show other articles, or today's date.
_FOREIGN = re.compile(
    r"breaking|ticker|trending|popular|most[-_]?(?:read|viewed|shared|commented)|top[-_]?bar"
    r"|(?:today|current)s?[-_]?(?:date|day|time)",
    re.IGNORECASE,
)
# A box with a clock in it. The sign of a clock that stands before a date is an inline element, or of another name.
_CLOCK = re.compile(r"(?<![\w-])(?:(?:live|digital|header|site)-?)?clock(?![\w-])", re.IGNORECASE)
_HEADINGS = ("h1", "h2", "h3")


class Beside:
    """Tells what part of a page an element stands in.

    A part that holds the headline is not beside the article, whatever it is called ("content-sidebar-wrap").
    """

    def __init__(self, soup: BeautifulSoup) -> None:
        self._headed = {id(parent) for tag in soup.find_all("h1", limit=20) for parent in tag.parents}
        self._known: dict[int, Part] = {}

    def holds(self, tag: Tag) -> bool:
        """Tell whether an element stands in a part that is not the article."""
        return self.is_foreign(tag) or self._part(tag) != "article"

    def is_foreign(self, tag: Tag) -> bool:
        """Tell whether an element stands in the page's frame, or among other articles' headlines."""
        return bool(_FOREIGN.search(names(tag))) or self._part(tag) == "foreign"

    def _part(self, tag: Tag) -> Part:
        asked: list[int] = []
        answer: Part = "article"
        for parent in tag.parents:
            if parent.name in ("body", "html", "[document]", "main"):
                break
            known = self._known.get(id(parent))
            if known is not None:
                answer = known
                break
            asked.append(id(parent))
            answer = "article" if id(parent) in self._headed else _kind(parent)
            if answer != "article":
                break
        # All that were passed lie in the same part; each is looked at once, however many ask.
        self._known.update(dict.fromkeys(asked, answer))
        return answer


def names(tag: Tag | None) -> str:
    """Return the classes and the id of an element: what its makers call it."""
    if tag is None:
        return ""
    classes = tag.get("class")
    return " ".join([*(classes if isinstance(classes, list) else [str(classes or "")]), string(tag.get("id"))])


def _kind(tag: Tag) -> Part:
    """Tell what part an element without the headline begins; "article" where it begins none."""
    called = names(tag)
    if tag.name == "nav" or _FOREIGN.search(called) or _CLOCK.search(called) or _is_sites_header(tag):
        return "foreign"
    return "beside" if tag.name in ("aside", "footer") or _BESIDE.search(called) else "article"


def _is_sites_header(tag: Tag) -> bool:
    """Tell the header of the site; an article has one too, with its heading in it."""
    if tag.name != "header" or tag.find(_HEADINGS) is not None:
        return False
    return tag.find_parent(["article", "main"]) is None
