"""How an article is cited: as a line to read, and in the formats of reference managers.

The line follows the Chicago Manual of Style (17th edition, notes and bibliography): author, title in quotation marks,
source, date, date of access, address. Where nobody signed, the source stands as the author. A date that was inferred
from the text stands in square brackets (14.44), and "n.d." where none is known (14.45). Reference managers have marks
of their own for a date that is not certain, see each format.
"""

import datetime
import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from babel import Locale, UnknownLocaleError
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from articles.models import Article
from articles.presentation.numbers_and_dates import shown_moment
from articles.presentation.web_addresses import web_address

Kind = Literal["news article", "web page", "post"]

# Controls that are no white space, direction marks that would reach over a text's end, halves of characters.
_DROPPED = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_TELEGRAM = {"t.me", "telegram.me", "telegram.org"}
_PARTS_KNOWN = {"minute": 3, "day": 3, "month": 2, "year": 1}


@dataclass(frozen=True)
class Citation:
    """What is said of an article in every format, each on one line and without controls.

    `author` is empty where nobody signed. `date` holds year, month and day, as many as are known, none where there is
    no date; `inferred`: only the text speaks of it. `address` is the original's, else the archive's; `permalink` is
    always the archive's, the same in every language of the interface. `key` stays, whatever an editor changes in the
    article.
    """

    key: str
    kind: Kind
    title: str
    author: str
    source: str
    date: tuple[int, ...]
    inferred: bool
    language: str
    address: str
    permalink: str
    accessed: datetime.date

    @property
    def credited(self) -> str:
        """Who stands as the author."""
        return self.author or self.source

    @property
    def iso_date(self) -> str:
        """The date as precise as it is known: 2023-11-16, 2023-11, 2023 or empty."""
        return "-".join(f"{part:0{4 if index == 0 else 2}}" for index, part in enumerate(self.date))


def citation(article: Article, site: str) -> Citation:
    """Return how an article is cited from the archive at `site` (`https://archive.example`) today."""
    with override(settings.LANGUAGE_CODE):
        # Without the title, which may be changed, and in other scripts is a screenful of percent signs.
        permalink = site + reverse("article_short", args=[article.pk])
    date: tuple[int, ...] = ()
    if article.published_at is not None:
        moment = shown_moment(article.published_at, article.date_precision)
        date = (moment.year, moment.month, moment.day)[: _PARTS_KNOWN.get(article.date_precision, 0)]
    return Citation(
        key=f"diplomacy-search-{article.pk}",
        kind=kind_of(article),
        title=one_line(article.title),
        author=one_line(article.byline),
        source=one_line(article.source.name),
        date=date,
        inferred=article.date_kind == Article.DateKind.INFERRED,
        language=article.language,
        address=_without_spaces(web_address(article.url)) or permalink,
        permalink=permalink,
        accessed=timezone.localdate(timezone=timezone.get_default_timezone()),
    )


def kind_of(article: Article) -> Kind:
    """Return what an article is: a post of a channel; a web page where it has neither a date nor an author; else news.

    A post was forwarded, answers another one, lies on a messenger's site, or has neither length nor headline.
    """
    host = urlsplit(article.url).hostname if web_address(article.url) else ""
    is_short = article.extent == Article.Extent.SHORT and article.title_made
    if host in _TELEGRAM or article.forwarded_from or article.reply_to or is_short:
        return "post"
    return "news article" if article.byline or article.published_at is not None else "web page"


def language_in_english(code: str) -> str:
    """Return the English name of a language; empty where it is not known."""
    try:
        return Locale.parse(code.replace("-", "_")).get_language_name("en") or ""
    except (UnknownLocaleError, ValueError):
        return ""


def one_line(text: str) -> str:
    """Return a text on one line, without what no line of a file can hold."""
    return " ".join(_DROPPED.sub("", text).split())


def _without_spaces(address: str) -> str:
    return "".join(address.split())
