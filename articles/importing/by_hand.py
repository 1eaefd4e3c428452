"""What the import would do for an article that an editor writes or changes: its keys, its language, its tags."""

from collections.abc import Iterable

from articles import reference
from articles.enrichment import Found
from articles.importing.copies import Copies, remember
from articles.importing.sketches import Text
from articles.importing.tagging import tags_of, write_tags
from articles.models import Article, ArticleTag
from articles.text.language import detect


def complete(article: Article) -> None:
    """Fill in what a form does not ask for: the near-copies it belongs to, and the language where it was left empty.

    Call it in the transaction in which the article is saved.
    """
    text = Text(article.body)
    if article.body_hash != text.hash or not article.copy_group:
        article.body_hash = text.hash
        Copies().place([(article, text)])
        remember([text])
    if not article.language:
        article.language = detect(f"{article.title}\n\n{article.body}")


def tag(article: Article) -> None:
    """Tag a saved article again. What an editor set or removed stays; its evidence follows the new text."""
    tags = tags_of(article, reference.current())
    write_tags([(article, tags)])
    _follow_text(((row, row.country_id) for row in article.country_tags.all()), tags.countries)
    _follow_text(((row, row.minister.slug) for row in article.minister_tags.select_related("minister")), tags.ministers)
    _follow_text(((row, row.topic.slug) for row in article.topic_tags.select_related("topic")), tags.topics)


def _follow_text(rows: Iterable[tuple[ArticleTag, str]], found: tuple[Found, ...]) -> None:
    by_key = {each.key: each for each in found}
    for row, key in rows:
        if row.by_editor or row.removed:
            there = by_key.get(key)
            row.evidence = [list(place) for place in there.evidence] if there else []
            row.count = there.count if there else 0
            row.save(update_fields=["evidence", "count"])
