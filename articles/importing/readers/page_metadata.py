"""What a web page says of itself: JSON-LD first, then OpenGraph and other meta tags, microdata, `<time>`."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from bs4 import BeautifulSoup
from bs4.element import Tag

from articles.importing.cleaning import one_line
from articles.importing.readers.page_title import headline, site_beside
from articles.text import dates

_ARTICLE_TYPES = re.compile(r"article|posting|report|review|recipe|story", re.IGNORECASE)
_SITE_TYPES = re.compile(r"^(?:organization|newsmediaorganization|website)$", re.IGNORECASE)
# Names of meta tags that hold the moment of publication, the surest first.
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "article:published", "datepublished", "date_published",
    "publish-date", "publish_date", "publishdate", "pubdate", "publication_date", "published-date", "sailthru.date",
    "parsely-pub-date", "cxenseparse:recs:publishtime", "dc.date.issued", "dcterms.issued", "dcterms.created",
    "dc.date.created", "dc.date", "dcterms.date", "citation_publication_date", "originalpublicationdate",
    "article.published", "rnews:datepublished", "og:pubdate", "article_date_original", "timestamp", "date",
)  # fmt: skip
_TIME_HINT = re.compile(
    r"publi|posted|entry-date|post-date|byline|dateline|article|created|timestamp|meta", re.IGNORECASE
)
_NOT_THE_ARTICLE = re.compile(
    r"related|sidebar|widget|comment|footer|recommend|teaser|promo|more-|latest", re.IGNORECASE
)


@dataclass(frozen=True)
class PageMetadata:
    """A page's own word; empty where it says nothing. `date` is checked against the calendar only."""

    title: str = ""
    url: str = ""
    site: str = ""
    byline: str = ""
    date: dates.Moment | None = None
    article_body: str = ""


def read_metadata(soup: BeautifulSoup) -> PageMetadata:
    """Return what a parsed page says of itself."""
    items = list(_linked_data(soup))
    article = next((item for item in items if _ARTICLE_TYPES.search(_type(item))), {})
    meta = _meta(soup)
    site = (
        meta.get("og:site_name")
        or _name(article.get("publisher"))
        or _site_of(items)
        or meta.get("application-name", "")
    )
    url = _address(soup, article, meta)
    window_title = _head_title(soup)
    claimed = [_string(article.get("headline")), meta.get("og:title", ""), meta.get("twitter:title", ""), window_title]
    title = headline(soup, claimed, site, url)
    return PageMetadata(
        title=title,
        url=url,
        # A page saved without its address would be known by its folder only.
        site=one_line(site, 200) or ("" if url else site_beside(title, one_line(window_title, 500))),
        byline=one_line(_byline(soup, article, meta), 300),
        date=_published(soup, article, meta),
        article_body=_string(article.get("articleBody")),
    )


def _linked_data(soup: BeautifulSoup) -> Iterator[dict]:
    """Yield every object of the page's JSON-LD, lists and @graph opened. Broken scripts are passed over."""
    for script in soup.find_all("script", type=re.compile(r"^application/ld\+json", re.IGNORECASE)):
        text = re.sub(r"^\s*(?:<!--|//<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\]\]>|\]\]>)\s*$", "", script.get_text())
        try:
            waiting = [json.loads(text.rstrip(" ;\n\t"), strict=False)]
        except (ValueError, RecursionError):
            continue
        opened = 0
        while waiting and opened < 1000:
            value = waiting.pop(0)
            opened += 1
            if isinstance(value, list):
                waiting.extend(value)
            elif isinstance(value, dict):
                yield value
                waiting.extend(value[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in value)


def _type(item: dict) -> str:
    kind = item.get("@type")
    return " ".join(map(str, kind)) if isinstance(kind, list) else _string(kind)


def _string(value: object) -> str:
    if isinstance(value, list) and value:
        return _string(value[0])
    return value if isinstance(value, str) else ""


def _name(value: object) -> str:
    """Return the name in a person or organisation, or all names in a list of them."""
    if isinstance(value, list):
        return ", ".join(dict.fromkeys(name for name in map(_name, value) if name))
    if isinstance(value, dict):
        return _string(value.get("name"))
    return value if isinstance(value, str) else ""


def _site_of(items: list[dict]) -> str:
    return next((_string(item.get("name")) for item in items if _SITE_TYPES.match(_type(item))), "")


def _meta(soup: BeautifulSoup) -> dict[str, str]:
    """Return the meta tags by name or property, in lower case; the first of a name holds."""
    found: dict[str, str] = {}
    for tag in soup.find_all("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop")
        content = tag.get("content")
        if isinstance(name, str) and isinstance(content, str) and content.strip():
            found.setdefault(name.strip().lower(), content.strip())
    return found


def _address(soup: BeautifulSoup, article: dict, meta: dict[str, str]) -> str:
    """Return the page's own address: canonical link, og:url, JSON-LD; only absolute http(s) ones count."""
    link = soup.find("link", rel=lambda value: isinstance(value, str) and value.lower() == "canonical")
    page = article.get("mainEntityOfPage")
    candidates = [
        _string(link.get("href")) if isinstance(link, Tag) else "",
        meta.get("og:url", ""),
        _string(article.get("url")),
        _string(page.get("@id")) if isinstance(page, dict) else _string(page),
    ]
    base = next((each for each in candidates if each.startswith(("http://", "https://"))), "")
    for candidate in candidates:
        # A canonical address relative to the page's own, or without its scheme.
        address = urljoin(base, candidate.strip()) if candidate else ""
        if address.startswith(("http://", "https://")):
            return address
    return ""


def _byline(soup: BeautifulSoup, article: dict, meta: dict[str, str]) -> str:
    named = _name(article.get("author")) or meta.get("author", "") or meta.get("article:author", "")
    if not named or named.startswith("http"):
        tag = soup.find(itemprop="author") or soup.find(rel="author")
        named = tag.get_text(" ") if isinstance(tag, Tag) else ""
    return re.sub(r"^(?:by|por|par|von|بقلم|автор)\s*:?\s+", "", named.strip(), flags=re.IGNORECASE)


def _head_title(soup: BeautifulSoup) -> str:
    return soup.title.get_text(" ") if soup.title else ""


def _published(soup: BeautifulSoup, article: dict, meta: dict[str, str]) -> dates.Moment | None:
    """Return the moment of publication that the page's own data state."""
    candidates = [_string(article.get("datePublished")), *(meta.get(name, "") for name in _PUBLISHED)]
    for tag in soup.find_all(itemprop=re.compile(r"^(?:datePublished|dateCreated)$")):
        candidates += [_string(tag.get("datetime")), _string(tag.get("content")), tag.get_text(" ")]
    candidates += list(_times(soup))
    candidates += [_string(article.get("dateCreated")), _string(article.get("dateModified"))]
    for candidate in candidates:
        moment = dates.plausible(read_moment(candidate)) if candidate else None
        if moment:
            return moment
    return None


def _times(soup: BeautifulSoup) -> Iterator[str]:
    """Yield what `<time>` elements say, the ones that look like the article's own first."""
    times = [tag for tag in soup.find_all("time") if not _outside(tag)]
    marked = [
        tag for tag in times if tag.has_attr("pubdate") or _TIME_HINT.search(_classes(tag) + _classes(tag.parent))
    ]
    for tag in [*marked, *(tag for tag in times if tag not in marked)][:20]:
        yield _string(tag.get("datetime"))
        yield tag.get_text(" ")


def _outside(tag: Tag) -> bool:
    """Tell an element that stands in a part of the page that shows other articles, or comments."""
    return any(
        _NOT_THE_ARTICLE.search(_classes(parent)) or parent.name in ("aside", "footer") for parent in tag.parents
    )


def _classes(tag: Tag | None) -> str:
    if tag is None:
        return ""
    classes = tag.get("class")
    names = classes if isinstance(classes, list) else [str(classes or "")]
    return " ".join([*names, _string(tag.get("id"))])


def read_moment(text: str) -> dates.Moment | None:
    """Read a date as pages write them: ISO 8601, compact, or in words. Midnight is a day, which no zone shifts."""
    text = one_line(text, 100)
    day = re.match(r"(\d{4}-\d{2}-\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?(?:\s*(?:Z|[+-]\d{2}:?\d{2}))?)?$", text)
    if day:
        return dates.parse_iso(day.group(1))
    compact = re.match(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})\d{0,2})?$", text)
    if compact:
        year, month, number, hour, minute = compact.groups()
        return dates.parse_iso(f"{year}-{month}-{number}" + (f"T{hour}:{minute}" if hour else ""))
    return dates.parse_iso(text) or dates.line_date(text)
