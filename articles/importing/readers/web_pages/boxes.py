"""What is taken out of a web page before its text is looked for: boxes with other articles, captions, layout tables.

Every step goes through the page once, however large it is and however deep its boxes lie in each other.
"""

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from articles.importing.cleaning import is_related_label, squeeze

# A label over other articles is a few words in an element of its own.
_LABEL_TAGS = frozenset(
    ("h2", "h3", "h4", "h5", "h6", "b", "strong", "span", "p", "div", "em", "i", "a", "dt", "legend", "summary", "li")
)
_TABLE_TAGS = frozenset(("tbody", "thead", "tr", "td", "th"))
_INLINE = frozenset({"a", "span", "b", "strong", "em", "i"})
_LONGEST_LABEL = 100
# A box with a paragraph of this length is more than a list of headlines; a box with this share of the page is the page.
_PARAGRAPH = 160
_SHARE_OF_PAGE = 0.3
# Captions with this share of a page's paragraphs are its text: a gallery that tells a story picture by picture.
_SHARE_OF_CAPTIONS = 0.25


def elements(tag: Tag, names: frozenset[str]) -> list[Tag]:
    """Return the elements of these names inside of one, in order: `find_all`, but much faster for several names."""
    return [each for each in tag.descendants if isinstance(each, Tag) and each.name in names]


def lengths_of(soup: BeautifulSoup) -> dict[int, int]:
    """Return how many letters and marks stand in each element, by its `id()`: one pass instead of one an element."""
    lengths: dict[int, int] = {}
    nodes: list[PageElement] = list(soup.descendants)
    for node in reversed(nodes):
        if isinstance(node, Tag):
            length = lengths.setdefault(id(node), 0)
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            length = len(node.strip())
        else:
            continue
        if node.parent is not None:
            lengths[id(node.parent)] = lengths.get(id(node.parent), 0) + length
    return lengths


def flatten_layout_tables(soup: BeautifulSoup) -> None:
    """Make plain boxes of tables that only arrange the page: what holds whole paragraphs is no table of data."""
    lengths = lengths_of(soup)
    own: dict[int, list[Tag]] = {}
    for tag in elements(soup, _TABLE_TAGS):
        table = tag.find_parent("table")
        if table is not None:
            own.setdefault(id(table), []).append(tag)
    for table in soup.find_all("table"):
        parts = own.get(id(table), [])
        # A single row is a menu or a banner.
        arranges = any(part.name == "td" and lengths[id(part)] >= _PARAGRAPH for part in parts) or (
            sum(part.name == "tr" for part in parts) == 1
        )
        if arranges and not any(part.name == "th" for part in parts):
            for tag in (table, *parts):
                tag.name = "div"


def remove_captions(soup: BeautifulSoup) -> None:
    """Take out the captions: they tell of pictures that are not kept. Where captions are the text, they stay."""
    lengths = lengths_of(soup)
    captions = soup.find_all("figcaption")
    paragraphs = sum(lengths[id(tag)] for tag in soup.find_all("p"))
    if sum(lengths[id(tag)] for tag in captions) < paragraphs * _SHARE_OF_CAPTIONS:
        for tag in captions:
            tag.extract()


def remove_related_boxes(soup: BeautifulSoup) -> None:
    """Take out every box that begins with a label for other articles ("Read also") and holds no more than headlines."""
    finder = _BoxFinder(soup)
    boxes = [finder.box_of(label, text) for label, text in finder.labels()]
    for box in boxes:
        if box is not None:
            box.extract()


class _BoxFinder:
    """Finds the boxes around labels; remembers what it learned of an element, for the next label inside of it."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self._body: Tag = soup.body or soup
        self._lengths = lengths_of(soup)
        self._largest = self._lengths.get(id(self._body), 0) * _SHARE_OF_PAGE
        # Every element that holds a whole paragraph; one inside of a link is a teaser of another article.
        self._with_paragraph = {
            id(parent)
            for paragraph in self._body.find_all("p")
            if self._lengths[id(paragraph)] >= _PARAGRAPH and paragraph.find_parent("a") is None
            for parent in paragraph.parents
        }

    def labels(self) -> list[tuple[Tag, str]]:
        """Return the labels for other articles with their texts."""
        short = (tag for tag in elements(self._body, _LABEL_TAGS) if 0 < self._lengths[id(tag)] <= _LONGEST_LABEL)
        texts = ((tag, squeeze(" ".join(tag.get_text(" ").split()))) for tag in short)
        return [(tag, text) for tag, text in texts if is_related_label(text)]

    def box_of(self, label: Tag, text: str) -> Tag | None:
        """Return the largest element around a label that still begins with it and is a box beside the article."""
        box = label
        for parent in label.parents:
            if parent.name in ("body", "html", "[document]", "main"):
                break
            if self._lengths[id(parent)] > self._largest or id(parent) in self._with_paragraph:
                break
            if not beginning(parent, len(text)).startswith(text):
                break
            box = parent
        # A link or a word in the run of a sentence is no label.
        return None if box is label and label.name in _INLINE and self._is_in_sentence(label) else box

    def _is_in_sentence(self, label: Tag) -> bool:
        block = label.find_parent(["p", "li", "td", "div"])
        return block is not None and self._lengths[id(block)] >= _PARAGRAPH


def beginning(tag: Tag, length: int) -> str:
    """Return at least so many of the first letters of an element, with single spaces."""
    words: list[str] = []
    have = 0
    for text in tag.stripped_strings:
        words += text.split()
        have += len(text) + 1
        if have > length + 1:
            break
    return " ".join(words)
