"""The headline of a web page, without the name of the site."""

import html
import re
from urllib.parse import urlsplit

from bs4 import BeautifulSoup

from articles.importing.cleaning import one_line
from articles.importing.readers.web_pages.boxes import elements
from articles.text.normalize import fold_text

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_SHOWN_LARGE = frozenset(("h1", "h2", "h3", "b", "strong", "font"))
_QUOTES = ('"', "'", "“", "«", "„", "‘")
SEPARATORS = re.compile(r"\s+[|·•»«›:]+\s+|\s+::\s+|\s+[-–—]\s+|\s*\|\s*")


def headline(soup: BeautifulSoup, claimed: list[str], site: str, url: str) -> str:
    """Return the headline without the site's name.

    `claimed` are the titles that the page's own data give (JSON-LD, OpenGraph, `<title>`), the surest first. The
    visible `<h1>` wins where one of them agrees that it is the headline: editors give search engines and networks other
    wordings, readers know the one on the page.
    """
    plain = (one_line(html.unescape(_TAG.sub("", each)), 500) for each in claimed)
    told = [title for each in plain if (title := without_site(each, site, url))]
    segment = _shown_segment(soup, told)
    if segment:
        return segment
    shown = [
        title
        for tag in soup.find_all("h1")[:10]
        if (title := without_site(one_line(tag.get_text(" "), 500), site, url))
    ]
    standing = _standing(soup, told)
    if standing:
        return standing
    for title in shown:
        if any(_alike(title, each) for each in told):
            return title
    if told:
        # One heading alone, long enough for a headline and not the site's name, is the headline whatever the tags say.
        alone = len(shown) == 1 and len(shown[0].split()) >= 4 and not is_site(shown[0], site, url)
        return shown[0] if alone else told[0]
    return shown[0] if shown else ""


def site_beside(title: str, shown: str) -> str:
    """Return the site's name that `shown`, the window's title, has beside the headline `title`; "" without one.

    A name is short: five words at most, and one separator parts it from the headline.
    """
    for separator in SEPARATORS.finditer(shown):
        parts = (shown[: separator.start()].strip(), shown[separator.end() :].strip())
        for headline_part, name in (parts, parts[::-1]):
            if headline_part == title and 0 < len(name.split()) <= 5 and not SEPARATORS.search(name):
                return name
    return ""


def _shown_segment(soup: BeautifulSoup, told: list[str]) -> str:
    """Return the part of a told title that stands alone on the page as a heading: the rest names site or section."""
    headings = {" ".join(tag.get_text(" ").split()).casefold() for tag in elements(soup, _SHOWN_LARGE)}
    for title in told:
        for separator in re.finditer(rf"{SEPARATORS.pattern}|:\s+", title):
            for segment in (title[: separator.start()], title[separator.end() :]):
                if len(segment.split()) >= 4 and segment.strip().casefold() in headings:
                    return segment.strip()
    return ""


def _standing(soup: BeautifulSoup, told: list[str]) -> str:
    """Return the told title that a heading repeats word for word, an `<h1>` before lesser ones; "" without one.

    A title that another one only continues is cut off: a quotation mark inside of it ended the attribute.
    """
    whole = [title for title in told if not any(_continues(other, title) for other in told)]
    for levels in (["h1"], ["h2", "h3"]):
        headings = {tuple(_words(tag.get_text(" "))) for tag in soup.find_all(levels, limit=200)}
        for title in whole:
            if tuple(_words(title)) in headings:
                return title
    return ""


def _continues(longer: str, title: str) -> bool:
    """Tell a title that goes on with a quotation where the other one ends."""
    return len(longer) > len(title) and longer.startswith(title) and longer[len(title) :].lstrip()[:1] in _QUOTES


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", fold_text(text))


def _alike(one: str, other: str) -> bool:
    """Tell two wordings of one headline: the one begins the other, or most of their words are the same."""
    first, second = _words(one), _words(other)
    if not first or not second:
        return False
    shorter, longer = sorted((first, second), key=len)
    if len(shorter) >= 2 and longer[: len(shorter)] == shorter:
        return True
    common = len(set(first) & set(second))
    return common * 2 > len(set(first) | set(second))


def without_site(title: str, site: str, url: str) -> str:
    """Return `title` without the site's name before or behind it ("Headline | The Paper", "The Paper: Headline")."""
    parts = list(SEPARATORS.finditer(title))
    for separator in reversed(parts):
        tail = title[separator.end() :]
        if is_site(tail, site, url) and title[: separator.start()].strip():
            return without_site(title[: separator.start()].strip(), site, url)
    for separator in parts:
        head = title[: separator.start()]
        if is_site(head, site, url) and title[separator.end() :].strip():
            return without_site(title[separator.end() :].strip(), site, url)
    # A bar parts a headline from nothing but the names of sections and sites.
    bar = re.search(r"\s+(?:\||»|::)\s+", title)
    if bar and len(title[: bar.start()].split()) >= 4 and len(title[bar.end() :].split()) <= 4:
        return title[: bar.start()].strip()
    return title


def is_site(text: str, site: str, url: str) -> bool:
    """Tell the site's name, as the page gives it or as its host spells it."""
    words = _words(text)
    if not words:
        return True
    if site and (name := _words(site)) and (words == name or set(words) <= set(name)):
        return True
    host = (urlsplit(url).hostname or "") if url else ""
    labels = [label for label in host.removeprefix("www.").split(".") if len(label) > 2]
    glued = "".join(words)
    return glued == "".join(host.removeprefix("www.").split(".")) or any(
        glued == label.replace("-", "") or (len(label) >= 4 and len(words) <= 5 and label.replace("-", "") in glued)
        for label in labels[:1] + labels[1:-1]
    )
