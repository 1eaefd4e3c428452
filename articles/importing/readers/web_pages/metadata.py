"""What a web page says of itself: JSON-LD first, then OpenGraph and other meta tags, microdata, links."""

import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Comment
from bs4.element import Tag

from articles.importing.cleaning import one_line
from articles.importing.readers.web_pages.date import publication
from articles.importing.readers.web_pages.linked_data import (
    Item,
    article_of,
    linked_data,
    name_of,
    page_of,
    site_of,
    string,
)
from articles.importing.readers.web_pages.title import headline, site_beside
from articles.text import dates

_BY = re.compile(r"^(?:by|por|par|von|بقلم|автор)\s*:?\s+", re.IGNORECASE)
# What browsers write into the pages that they save: "saved from url=(0042)https://…" (Internet Explorer, Chrome, Edge)
# and "url: https://…" (SingleFile).
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)\s*(\S+)|saved with SingleFile\s+url:\s*(\S+)", re.IGNORECASE)
_WEB = ("http://", "https://")


@dataclass(frozen=True)
class PageMetadata:
    """A page's own word; empty where it says nothing. `date` may lie where no date can: `record_date` reports that.

    `descriptions` are what the page says that it is about: summaries, or the text's own first lines. The language that
    a page states is no part of it: templates state theirs over articles in any other.
    """

    title: str = ""
    url: str = ""
    site: str = ""
    byline: str = ""
    date: dates.Moment | None = None
    article_body: str = ""
    descriptions: tuple[str, ...] = ()


def read_metadata(soup: BeautifulSoup, address: str = "") -> PageMetadata:
    """Return what a parsed page says of itself; `address` is where it was saved from, if something else tells."""
    items = linked_data(soup)
    meta = _meta(soup)
    window_title = soup.title.get_text(" ") if soup.title else ""
    shown = [tag.get_text(" ") for tag in soup.find_all("h1", limit=5)]
    article = article_of(items, [meta.get("og:title", ""), *shown, window_title])
    url = _address(soup, article, meta, address)
    site = (
        meta.get("og:site_name")
        or name_of(article.get("publisher"), items)
        or site_of(items)
        or meta.get("application-name", "")
    )
    claimed = [string(article.get("headline")), meta.get("og:title", ""), meta.get("twitter:title", ""), window_title]
    title = headline(soup, claimed, site, url)
    return PageMetadata(
        title=title,
        url=url,
        # A page saved without its address would be known by its folder only.
        site=one_line(site, 200) or ("" if url else site_beside(title, one_line(window_title, 500))),
        byline=one_line(_byline(soup, name_of(article.get("author"), items), meta), 300),
        date=publication(soup, [article, page_of(items)], meta, url),
        article_body=string(article.get("articleBody")),
        descriptions=(
            string(article.get("description")),
            *(meta.get(name, "") for name in ("og:description", "description", "twitter:description")),
        ),
    )


def _meta(soup: BeautifulSoup) -> dict[str, str]:
    """Return the meta tags by name or property, in lower case; the first of a name holds."""
    found: dict[str, str] = {}
    for tag in soup.find_all("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop")
        content = tag.get("content")
        if isinstance(name, str) and isinstance(content, str) and content.strip():
            found.setdefault(name.strip().lower(), content.strip())
    return found


def _address(soup: BeautifulSoup, article: Item, meta: dict[str, str], address: str) -> str:
    """Return the page's own address: canonical link, og:url, JSON-LD, where it was saved; only http(s) ones count."""
    link = soup.find("link", rel=_is_canonical)
    base = soup.find("base", href=True)
    page = article.get("mainEntityOfPage")
    candidates = [
        string(link.get("href")) if isinstance(link, Tag) else "",
        meta.get("og:url", ""),
        string(article.get("url")),
        string(page.get("@id")) if isinstance(page, dict) else string(page),
        address,
        _saved_from(soup),
    ]
    bases = [*candidates, string(base.get("href")) if isinstance(base, Tag) else ""]
    start = next((each for each in bases if each.strip().startswith(_WEB)), "").strip()
    # A canonical address may be relative to the page's own, or without its scheme.
    found = [url for each in candidates if each and (url := _joined(start, each.strip())).startswith(_WEB)]
    # The front page is no article's address: templates that name it as the canonical one are mistaken.
    deeper = (url for url in found if urlsplit(url).path.strip("/") or urlsplit(url).query)
    return next(deeper, found[0] if found else "")


def _joined(base: str, address: str) -> str:
    try:
        joined = urljoin(base, address)
        return joined if urlsplit(joined).hostname else ""
    except ValueError:
        return ""  # a host like "[", which is none


def _is_canonical(value: str | None) -> bool:
    return isinstance(value, str) and value.lower() == "canonical"


def _saved_from(soup: BeautifulSoup) -> str:
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment), limit=50):
        found = _SAVED_FROM.search(comment)
        if found:
            return found.group(1) or found.group(2)
    return ""


def _byline(soup: BeautifulSoup, author: str, meta: dict[str, str]) -> str:
    named = author or meta.get("author", "") or meta.get("article:author", "")
    if not named or named.startswith("http"):
        tag = soup.find(itemprop="author") or soup.find(rel="author")
        named = tag.get_text(" ") if isinstance(tag, Tag) else ""
    return _BY.sub("", named.strip())
