"""When a web page was published: what its own data state, then its address, then what it shows."""

import datetime
import itertools
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass

import htmldate
from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString, Tag

from articles.importing.readers.web_pages.beside import Beside, names
from articles.importing.readers.web_pages.linked_data import Item, string
from articles.importing.readers.web_pages.moment import address_date, read_moment
from articles.text import dates

# htmldate reports what it tries; what comes of it stands in the import's report.
logging.getLogger("htmldate").setLevel(logging.CRITICAL)

# Names of meta tags that hold the moment of publication, the surest first.
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "article:published", "datepublished", "date_published",
    "publish-date", "publish_date", "publishdate", "pubdate", "publication_date", "published-date", "sailthru.date",
    "parsely-pub-date", "cxenseparse:recs:publishtime", "dc.date.issued", "dcterms.issued", "dcterms.created",
    "dc.date.created", "dc.date", "dcterms.date", "citation_publication_date", "originalpublicationdate",
    "article.published", "rnews:datepublished", "og:pubdate", "article_date_original", "timestamp", "date",
)  # fmt: skip
# The moment of the last change: better than none where nothing tells of the first.
_CHANGED = ("article:modified_time", "og:updated_time", "datemodified", "date_modified", "last-modified", "dc.modified")
_TIME_HINT = re.compile(
    r"publi|posted|entry-date|post-date|byline|dateline|article|created|timestamp|meta", re.IGNORECASE
)
# An element that is named for it says when, in whatever language.
_DATE_CLASS = re.compile(r"date|time|publi|posted|fecha|datum|дата", re.IGNORECASE)
_SILENT = frozenset({"script", "style", "title", "a", "option", "noscript", "template", "textarea", "button"})
_YEAR = re.compile(r"(?:19|20)\d\d|[١۱٢۲][٠-٩۰-۹]{3}|(?<![\d.])\d{1,2}\.\d{1,2}\.[0-6]\d(?![\d.])")
# Further strings with a year in them stand no longer at the head of an article.
_LOOKED_AT = 500
_LARGEST = 3_000_000


@dataclass
class _Search:
    """Goes through candidates; keeps the first that cannot be, to be named where none can."""

    impossible: dates.Moment | None = None

    def first(self, candidates: Iterator[str], near: list[datetime.date]) -> dates.Moment | None:
        """Return the first candidate that can be and names a day, else the first that names a month or year."""
        coarse = None
        for candidate in candidates:
            moment = read_moment(candidate, near) if candidate else None
            if moment is None:
                continue
            if not dates.plausible(moment):
                self.impossible = self.impossible or moment
            elif moment.precision in ("minute", "day"):
                return moment
            else:
                coarse = coarse or moment
        return coarse


def publication(soup: BeautifulSoup, data: list[Item], meta: dict[str, str], url: str) -> dates.Moment | None:
    """Return when a page was published, as surely as it tells; a moment that cannot be only where it tells no other.

    `data` are the objects of the page's JSON-LD that may date it, the surest first; `meta` its meta tags.
    """
    search = _Search()
    beside = Beside(soup)
    address = address_date(url)
    changed = [string(item.get("dateModified")) for item in data] + [meta.get(name, "") for name in _CHANGED]
    near = [day.when.date() for day in (address, *map(_unambiguous, changed)) if day is not None]
    times = _Times(soup, beside)
    stated = search.first(_stated(soup, beside, data, meta, times), near)
    if stated and not _is_placeholder(stated):
        return stated
    shown = _Shown(soup, beside)
    if stated:
        return shown.marked or stated
    unmarked = search.first(times.unmarked(), near)
    if unmarked and _is_near(unmarked, address) and _is_near(unmarked, shown.marked):
        return unmarked
    other = search.first(_later(data), near)
    if other:
        return other
    # An address with a day in it is given when an article is first put up (the form that WordPress made common).
    if address:
        moment = shown.marked or shown.plain
        return moment if moment and _is_near(moment, address, days=2) else address
    changed_at = search.first(iter(changed), near)
    guessed = None if changed_at or shown.plain else _by_htmldate(soup, _days_beside(soup, beside) | shown.foreign)
    return shown.marked or changed_at or shown.plain or guessed or search.impossible or shown.impossible


def _is_near(moment: dates.Moment, other: dates.Moment | None, days: int = 1) -> bool:
    """Tell that two dates may be of one article; a mere month or year says too little to contradict."""
    if other is None or other.precision not in ("minute", "day"):
        return True
    return abs((moment.when.date() - other.when.date()).days) <= days


def _is_placeholder(moment: dates.Moment) -> bool:
    """Tell the first of January without a time: where nobody gave a date, systems write that day, or a bare year."""
    return moment.precision != "minute" and (moment.when.month, moment.when.day) == (1, 1)


def _unambiguous(text: str) -> dates.Moment | None:
    return dates.plausible(read_moment(text)) if text else None


def _stated(
    soup: BeautifulSoup, beside: Beside, data: list[Item], meta: dict[str, str], times: "_Times"
) -> Iterator[str]:
    """Yield the dates of publication that the page's own data state."""
    for item in data:
        yield string(item.get("datePublished"))
    for name in _PUBLISHED:
        yield meta.get(name, "")
    for tag in soup.find_all(itemprop=re.compile(r"^(?:datePublished|dateCreated)$")):
        if not beside.holds(tag) and not _is_of_another(tag):
            yield from (string(tag.get("datetime")), string(tag.get("content")), tag.get_text(" "))
    yield from times.marked()


def _later(data: list[Item]) -> Iterator[str]:
    """Yield when what the data describe was made: not always when it was published."""
    for item in data:
        yield from (string(item.get("dateCreated")), string(item.get("uploadDate")))


def _is_of_another(tag: Tag) -> bool:
    """Tell a property of an item inside of the article's: a work that it cites, a comment (HTML, section 5.2)."""
    item = tag.find_parent(itemscope=True)
    return isinstance(item, Tag) and string(item.get("itemprop")) not in ("", "mainEntity", "mainEntityOfPage")


class _Times:
    """The `<time>` elements of a page's article: those that look like the article's own, and the others."""

    def __init__(self, soup: BeautifulSoup, beside: Beside) -> None:
        times = [tag for tag in soup.find_all("time", limit=500) if not beside.holds(tag)]
        self._marked = [tag for tag in times if _is_marked(tag)][:20]
        self._unmarked = [tag for tag in times if not _is_marked(tag)][:20]

    def marked(self) -> Iterator[str]:
        """Yield what those say that are named for a date of publication."""
        for tag in self._marked:
            yield from _said(tag)

    def unmarked(self) -> Iterator[str]:
        """Yield what the others say."""
        for tag in self._unmarked:
            yield from _said(tag)


def _is_marked(tag: Tag) -> bool:
    return tag.has_attr("pubdate") or bool(_TIME_HINT.search(names(tag) + names(tag.parent)))


def _said(tag: Tag) -> Iterator[str]:
    yield string(tag.get("datetime"))
    yield tag.get_text(" ")


class _Shown:
    """The dates that a page shows: in an element that is named for it, or in a line that only says when."""

    def __init__(self, soup: BeautifulSoup, beside: Beside) -> None:
        self.marked: dates.Moment | None = None
        self.impossible: dates.Moment | None = None
        above: dates.Moment | None = None
        below: dates.Moment | None = None
        elsewhere: set[dates.Moment] = set()
        # Days that the page's frame shows: today's, and those of other articles.
        self.foreign: set[datetime.date] = set()
        for text, tag, is_below in itertools.islice(_with_years(soup), _LOOKED_AT):
            moment = self._possible(dates.line_date(text))
            if beside.is_foreign(tag):
                self.foreign |= {moment.when.date()} if moment else set()
                continue
            if beside.holds(tag):
                elsewhere |= {moment} if moment else set()
                continue
            self.marked = self._possible(_named_date(tag))
            if self.marked:
                break
            if is_below:
                below = below or moment
            else:
                above = above or moment
        # Above the headline stands today's date, the day when the page was saved; below it the article's. One date
        # beside the article may be its own, several are those of others.
        self.plain = below or above or (elsewhere.pop() if len(elsewhere) == 1 else None)

    def _possible(self, moment: dates.Moment | None) -> dates.Moment | None:
        if moment is not None and not dates.plausible(moment):
            self.impossible = self.impossible or moment
            return None
        return moment


def _with_years(soup: BeautifulSoup) -> Iterator[tuple[str, Tag, bool]]:
    """Yield the short texts of a page that hold a year, their elements, and whether they follow a headline."""
    headline = soup.find("h1")
    is_below = False
    for node in (soup.body or soup).descendants:
        is_below = is_below or node is headline
        if not isinstance(node, NavigableString) or isinstance(node, PreformattedString) or len(node) > 400:
            continue
        if node.parent is not None and node.parent.name not in _SILENT and _YEAR.search(node):
            yield " ".join(node.split()), node.parent, is_below


def _named_date(tag: Tag) -> dates.Moment | None:
    """Return the date of the nearest small element around a text that is named for a date ("post-date")."""
    for parent in (tag, *itertools.islice(tag.parents, 2)):
        if _DATE_CLASS.search(names(parent)):
            text = " ".join(parent.get_text(" ").split())
            # The name of the element is as good as a label, and with a label other languages are understood.
            return (dates.line_date(text) or dates.line_date(f"Date: {text}")) if len(text) <= 100 else None
    return None


def _days_beside(soup: BeautifulSoup, beside: Beside) -> set[datetime.date]:
    """Return the days that `<time>` elements beside the article name."""
    times = [read_moment(string(tag.get("datetime"))) for tag in soup.find_all("time", limit=500) if beside.holds(tag)]
    return {moment.when.date() for moment in times if moment}


def _by_htmldate(soup: BeautifulSoup, not_these: set[datetime.date]) -> dates.Moment | None:
    html = str(soup)
    if len(html) > _LARGEST:
        return None
    try:
        found = htmldate.find_date(html, original_date=True, extensive_search=False)
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None
    moment = dates.plausible(dates.parse_iso(found)) if found else None
    return None if moment and moment.when.date() in not_these else moment
