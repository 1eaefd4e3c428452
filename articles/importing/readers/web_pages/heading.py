"""The heading right above a page's text: the headline of pages whose title only names the site or a section."""

import re
from itertools import islice

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString, Tag

from articles.importing.cleaning import byline_of, is_sentence, one_line
from articles.importing.cleaning.phrases import ALONE
from articles.importing.readers.web_pages.beside import names
from articles.importing.readers.web_pages.boxes import beginning
from articles.importing.readers.web_pages.title import SEPARATORS, is_site
from articles.text import dates
from articles.text.normalize import fold_text

_DATA = re.compile("ld\\+json", re.IGNORECASE)
_LARGE = frozenset(("h1", "h2", "h3", "b", "strong", "font", "big", "center"))
_TITLED = re.compile(r"(?<![a-z])(?:title|headline|heading)(?![a-z])|заголовок|titulo|titre", re.IGNORECASE)
_NO_TITLE = re.compile(r"sub|second|site|section|block|widget|page-header|kicker", re.IGNORECASE)
# How much may stand between a headline and its text: a date, an author, a line that shares the page.
_BETWEEN = 120
_FEWEST_WORDS, _MOST_WORDS, _MOST_LETTERS = 3, 30, 300
_SENTENCE_END = re.compile(r"[.…:;][»”\"')\]]*$")
_WORD = re.compile(r"[^\W\d_]{3,}")
# Words are compared by their beginnings: endings change with the case, and Arabic has its article before.
_STEM = 5
_ARTICLE = re.compile(r"^(?:وال|بال|ال|لل)(?=\w{3})")
# What pages are called that are parts of any site.
_SECTION_NAMES = """print | print version | printable version | print article | news | press release | press releases
    press | statements | speeches | news and events | latest news | media | archive | article | document | untitled
    untitled document | home page | home | index
    новости | пресс-релизы | пресс-релиз | пресс-служба | заявления | выступления | архив | события | печать | сми
    الأخبار | أخبار | بيانات | بيانات صحفية | بيان صحفي | طباعة | الرئيسية | أرشيف | خبر
    noticias | comunicados | comunicado de prensa | sala de prensa | prensa | imprimir | actualidad | archivo
    actualités | communiqués | communiqué de presse | presse | imprimer | salle de presse | archives"""
_SECTIONS = frozenset(fold_text(name) for line in _SECTION_NAMES.splitlines() for name in line.split("|"))
_INSTITUTION = re.compile(
    r"(?:the )?(?:ministry|embassy|department|consulate|permanent mission|government)\b"
    r"|(?:ministerio|embajada|consulado|cancillería|gobierno|ministère|ambassade|consulat|gouvernement)\b"
    r"|(?:мид|министерство|посольство|генеральное консульство|постоянное представительство|правительство)\b"
    r"|(?:وزارة|سفارة|قنصلية|رئاسة)\b",
    re.IGNORECASE,
)
_WORDS_IN_NAMES = """of the for to in and at de del la las los el y e des du et les le иностранных дел и в при
    affairs asuntos exteriores relaciones affaires étrangères extérieures extranjeros"""
_IN_NAMES = frozenset(_WORDS_IN_NAMES.split())
_LONGEST_NAME = 10


def headline_above(soup: BeautifulSoup, title: str, site: str, url: str, paragraphs: list[str]) -> str:
    """Return the heading right above a page's text where `title` only names the site, its owner or a section; else "".

    A heading is an element h1-h3, a paragraph in bold or large letters, or one that is named for a title.
    """
    text = next(filter(is_sentence, paragraphs), "")
    if not text:
        return ""
    is_name = not title or _is_name(title, site, url)
    share = _share(title, paragraphs)
    # A title of which more than half stands in the text is the text's.
    if not is_name and (share > 0.5 or _is_claimed(soup) or _is_shown(soup, title)):
        return ""
    heading, is_sure = _heading_above(soup, text)
    if not heading or fold_text(heading) == fold_text(title) or _is_name(heading, site, url):
        return ""
    if is_name:
        return heading if is_sure or not _is_shown(soup, title) else ""
    return heading if _share(heading, paragraphs) > max(share, 0.5) else ""


def _is_name(title: str, site: str, url: str) -> bool:
    """Tell a title that names the site, an institution or a section, and tells of no event."""
    parts = [part for part in SEPARATORS.split(title) if part.strip()]
    return all(_is_name_part(part.strip(), site, url) for part in parts)


def _is_name_part(part: str, site: str, url: str) -> bool:
    folded = fold_text(part).strip(" .:")
    return folded in _SECTIONS or folded in ALONE or is_site(part, site, url) or _is_institution(part)


def _is_institution(part: str) -> bool:
    match = _INSTITUTION.match(part)
    words = part.split()
    if match is None or len(words) > _LONGEST_NAME:
        return False
    if "\u0621" <= part[0] <= "\u064a" or part[:4].upper() == "МИД ":
        # Without capitals only so much is surely a name: "وزارة الخارجية السورية", «МИД республики».
        return len(words) <= (3 if part[0] >= "\u0621" else 2)
    return all(word[:1].isupper() or word.lower() in _IN_NAMES for word in part[match.end() :].split())


def _stems(text: str) -> set[str]:
    return {_ARTICLE.sub("", word)[:_STEM] for word in _WORD.findall(fold_text(text))}


def _share(title: str, paragraphs: list[str]) -> float:
    """Return how many of the words of a title stand in the text, from 0 to 1."""
    wanted = _stems(title)
    return len(wanted & _stems(" ".join(paragraphs))) / len(wanted) if wanted else 0.0


def _is_claimed(soup: BeautifulSoup) -> bool:
    """Tell that a page's own data name its title, and not its window only."""
    return soup.find("meta", property="og:title") is not None or soup.find("script", type=_DATA) is not None


def _is_shown(soup: BeautifulSoup, title: str) -> bool:
    """Tell that a page shows its title as a heading."""
    wanted = fold_text(title)
    return any(fold_text(tag.get_text(" ")) == wanted for tag in soup.find_all(["h1", "h2", "h3"], limit=50))


def _heading_above(soup: BeautifulSoup, text: str) -> tuple[str, bool]:
    """Return the heading nearest above a paragraph, and whether its element is named for the title of an article."""
    start = "".join(text.split())[:40]
    above: list[NavigableString] = []
    for node in (soup.body or soup).descendants:
        if not isinstance(node, NavigableString) or isinstance(node, PreformattedString) or not node.strip():
            continue
        if _begins(node, start):
            return _nearest(above)
        above.append(node)
    return "", False


def _begins(node: NavigableString, start: str) -> bool:
    """Tell a text that begins so, also where its first words are in an element of their own."""
    dense = "".join(node[:400].split())
    if dense.startswith(start):
        return True
    block = node.find_parent(["p", "div", "td"]) if start.startswith(dense) else None
    return block is not None and "".join(beginning(block, 80).split()).startswith(start)


def _nearest(above: list[NavigableString]) -> tuple[str, bool]:
    between = 0
    for node in reversed(above):
        tag = _heading_of(node)
        if tag is not None:
            heading = one_line(tag.get_text(" "), 500)
            is_sure = bool(_TITLED.search(names(tag)) and not _NO_TITLE.search(names(tag)))
            if _is_headline(heading):
                return heading, is_sure
        between += len(node.strip())
        if between > _BETWEEN:
            break
    return "", False


def _is_headline(text: str) -> bool:
    words = len(text.split())
    says_when_or_by_whom = dates.line_date(text) is not None or bool(byline_of(text))
    return _FEWEST_WORDS <= words <= _MOST_WORDS and not _SENTENCE_END.search(text) and not says_when_or_by_whom


def _heading_of(node: NavigableString) -> Tag | None:
    """Return the element that makes a heading of a text: all of its words, and no link to another page."""
    found = None
    for parent in islice(node.parents, 4):
        if parent.name in ("a", "nav", "aside", "footer", "li"):
            return None
        if len(beginning(parent, _MOST_LETTERS)) > _MOST_LETTERS:
            break
        if parent.name in _LARGE or _TITLED.search(names(parent)):
            found = parent
    return found
