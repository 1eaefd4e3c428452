"""Tags and filters of the pages' templates: each gives a finished text, address or list, never markup of its own."""

from collections.abc import Mapping
from datetime import datetime

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse, translate_url
from django.utils import timezone
from django.utils.translation import get_language, override

from articles.models import Article, Minister, Topic
from articles.presentation import links, web_addresses
from articles.presentation.examples import BESIDE_THE_BOX, EXAMPLES, ExampleLink
from articles.presentation.examples import example_links as example_links_of
from articles.presentation.keys import KEYS, Key
from articles.presentation.numbers_and_dates import article_date_text, day_text, number_text, period_text
from articles.search import facets
from articles.search.params import SearchParams

register = template.Library()


@register.filter
def number(value: int) -> str:
    """A whole number with the thousands parted in the reader's way."""
    return number_text(value, get_language() or "en")


@register.filter
def short_date(article: Article) -> str:
    """An article's date for a list: `16 Nov 2023`, `Nov 2023`, or empty."""
    return article_date_text(article, get_language() or "en")


@register.filter
def long_date(article: Article) -> str:
    """An article's date for its own page: `16 November 2023, 14:03 UTC`, or empty."""
    return article_date_text(article, get_language() or "en", long=True)


@register.filter
def period(text: str) -> str:
    """A day, month or year of the gazetteer, written out."""
    return period_text(text, get_language() or "en")


@register.filter
def day_of(moment: datetime) -> str:
    """The day of a moment in the site's zone: `16 Nov 2023`."""
    return day_text(timezone.localtime(moment, timezone.get_default_timezone()), "day", False, get_language() or "en")


@register.filter
def country_name(code: str) -> str:
    """A country's name in the reader's language."""
    return facets.country_name(code, get_language() or "en")


@register.filter
def language_name(code: str) -> str:
    """A language's name in itself."""
    return facets.language_name(code)


@register.filter
def web_address(url: str) -> str:
    """The address where it is one of the web (http or https), else empty: nothing else may become a link."""
    return web_addresses.web_address(url)


@register.simple_tag
def keyboard_keys() -> tuple[Key, ...]:
    """The keys of the pages, and what each does."""
    return KEYS


@register.simple_tag
def example_links() -> list[ExampleLink]:
    """The first examples of what can be typed, each with its search."""
    return example_links_of(EXAMPLES[:BESIDE_THE_BOX])


@register.simple_tag
def filter_url(name: str, value: str) -> str:
    """The address of all articles that carry a facet's value."""
    return links.search_address(SearchParams().with_value(name, value))


@register.simple_tag(takes_context=True)
def language_links(context: template.Context) -> list[tuple[str, str, str, bool]]:
    """The same page in each interface language: (code, name, address, whether it is the present one).

    Where the page has no address of its own (not found), the start page's.
    """
    request: HttpRequest | None = context.get("request")
    present = get_language()
    found = []
    for code, name in settings.LANGUAGES:
        found.append((code, name, _address_in(code, request), code == present))
    return found


@register.simple_tag(takes_context=True)
def alternates(context: template.Context, languages: list[tuple[str, str, str, bool]]) -> list[tuple[str, str]]:
    """The same page in each language for crawlers, which want whole addresses; the default one is English."""
    request: HttpRequest | None = context.get("request")
    if request is None:
        return []
    found = [(code, request.build_absolute_uri(address)) for code, _name, address, _current in languages]
    return [*found, ("x-default", found[0][1])]


def _address_in(code: str, request: HttpRequest | None) -> str:
    try:
        if request is not None:
            resolve(request.path_info)
            return translate_url(request.get_full_path(), code)
    except Resolver404:
        pass
    with override(code):
        return reverse("search")


@register.filter
def name_among(minister: Minister, names: Mapping[str, str]) -> str:
    """A minister's name among those that the page has looked up for the reader's language."""
    return names.get(minister.slug, minister.name)


@register.filter
def topic_name(topic: Topic) -> str:
    """A topic's name in the reader's language."""
    return topic.name_in(get_language() or "en")
