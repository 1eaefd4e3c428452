"""Lines learned as boilerplate, written to the database and taken out of the articles that came in with them."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from articles.gazetteer.facts import Gazetteer
from articles.importing.boilerplate import Learned, stripped
from articles.importing.cleaning import one_line
from articles.importing.cleaning.repeats import passage_key
from articles.importing.copies import Copies, forget_unused, remember
from articles.importing.prepared import extent_of
from articles.importing.sketches import Text
from articles.importing.sources import Sources
from articles.importing.tagging import drop_tags, tags_if_possible, write_tags
from articles.importing.titles import made_title
from articles.models import Article, BoilerplateLine, Unindexed

_BATCH = 200


def keep(learned: Iterable[Learned], sources: Sources) -> None:
    """Write down lines that were learned. They are `pending` until they are taken out of older articles."""
    for line in learned:
        BoilerplateLine.objects.get_or_create(
            source=sources.get(line.source),
            text=line.text,
            defaults={"articles": line.articles, "seen": line.seen, "pending": True},
        )


def take_out_pending(gazetteer: Gazetteer | None, copies: Copies) -> list[int]:
    """Take pending lines out of the imported articles of their sources; return the keys of those that changed.

    What editors wrote by hand stays as it is. A process that is killed meanwhile leaves the line pending.
    """
    changed: list[int] = []
    for line in BoilerplateLine.objects.filter(pending=True).select_related("source"):
        key = passage_key(line.text)
        articles = Article.objects.filter(source=line.source, import_run__isnull=False).order_by("pk")
        bodies = articles.values_list("pk", "body").iterator(chunk_size=_BATCH)
        having = [pk for pk, body in bodies if line.active and stripped(body, [key]) != body]
        for start in range(0, len(having), _BATCH):
            batch = articles.filter(pk__in=having[start : start + _BATCH]).select_related("source")
            changed += _rewrite([(article, stripped(article.body, [key])) for article in batch], gazetteer, copies)
        line.pending = False
        line.save(update_fields=["pending"])
    return changed


def _rewrite(pairs: list[tuple[Article, str]], gazetteer: Gazetteer | None, copies: Copies) -> list[int]:
    """Give articles other bodies, with all that hangs on them."""
    texts, replaced = [], [article.body_hash for article, _body in pairs]
    for article, body in pairs:
        text = Text(body)
        article.body, article.body_hash, article.updated_at = body, text.hash, timezone.now()
        article.extent = extent_of(text, summary=article.extent == Article.Extent.SUMMARY)
        if article.title_made:
            article.title = one_line(made_title(body), 500)
        texts.append((article, text))
    tags = [(article, tags_if_possible(article, gazetteer)[0]) for article, _text in texts] if gazetteer else []
    with transaction.atomic():
        copies.place(texts)
        names = ["title", "body", "body_hash", "extent", "copy_group", "updated_at"]
        Article.objects.bulk_update([article for article, _text in texts], names, batch_size=50)
        remember(text for _article, text in texts)
        forget_unused(replaced)
        write_tags(tags)
        if gazetteer is None:
            drop_tags([article for article, _text in texts])
        changed = [*copies.take_moved(), *(article.pk for article, _text in texts)]
        Unindexed.objects.mark(changed)
    return changed
