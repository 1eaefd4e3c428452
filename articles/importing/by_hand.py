"""What the import would do for an article that an editor writes or changes: its group, its language, its tags."""

from articles import reference
from articles.importing.copies import Copies, forget_unused, remember
from articles.importing.sketches import Text
from articles.importing.tagging import tags_if_possible, write_tags
from articles.models import Article
from articles.text.language import detect


def complete(article: Article) -> set[int]:
    """Fill in what a form does not ask for: the near-copies it belongs to, and the language where it was left empty.

    Call it in the transaction in which the article is saved. Returns the keys of other articles that the text drew into
    another group, of which the index must learn.
    """
    if not article.language:
        article.language = detect(f"{article.title}\n\n{article.body}")
    text = Text(article.body)
    if article.body_hash == text.hash and article.copy_group:
        return set()
    article.body_hash = text.hash
    copies = Copies()
    copies.place([(article, text)])
    remember([text])
    forget_unused(Article.objects.filter(pk=article.pk).values_list("body_hash", flat=True))
    return copies.take_moved()


def tag(article: Article) -> None:
    """Tag a saved article again. What an editor set or removed stays; its evidence follows the new text.

    Where tagging breaks, the article keeps its text and loses its found tags; the log says why.
    """
    tags, _reason = tags_if_possible(article, reference.current())
    write_tags([(article, tags)])
