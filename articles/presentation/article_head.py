"""What the head of an article's page says of it to search engines and to who shares its address."""

from dataclasses import dataclass

from articles.models import Article
from articles.presentation.citations import one_line

_LONGEST_DESCRIPTION = 160


@dataclass(frozen=True)
class ArticleHead:
    """`published` is empty unless the day is known; `address` is the page's, whole."""

    title: str
    description: str
    address: str
    published: str


def article_head(article: Article, address: str) -> ArticleHead:
    """Return what the head says of an article whose page has this address."""
    dated = article.date_precision in {Article.DatePrecision.DAY, Article.DatePrecision.MINUTE}
    return ArticleHead(one_line(article.title), first_words(article.body), address, article.date_text if dated else "")


def first_words(text: str, most: int = _LONGEST_DESCRIPTION) -> str:
    """Return the first whole words of a text, `most` characters at most; one that is longer is cut."""
    line = one_line(text[: 4 * most])
    if len(line) <= most:
        return line
    words = line[: most - 1]
    return (words.rsplit(" ", 1)[0] if " " in words else words).rstrip(" ,;:،") + "…"
