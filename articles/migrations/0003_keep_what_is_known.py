import re

from django.db import migrations

# So the posts of Telegram exports were numbered before: "chat/message". Now a message's id is its number alone.
_CHAT_AND_MESSAGE = re.compile(r"[^/]+/(-?\d+)")


def keep_what_is_known(apps, schema_editor):
    """Give articles the keys by which they are known when they come again, and say how the imports so far ended."""
    from articles.importing.identity import content_key, keys_of
    from articles.importing.sketches import Text

    Article = apps.get_model("articles", "Article")
    Identity = apps.get_model("articles", "Identity")
    taken = set()
    texts = {}
    waiting = []
    known = Article.objects.exclude(identity__startswith="hand-").select_related("source", "original").order_by("pk")
    for article in known.iterator():
        numbered = _CHAT_AND_MESSAGE.fullmatch(article.external_id)
        if numbered and article.title_made and article.original and article.original.name.endswith(".json"):
            article.external_id = numbered[1]
            article.save(update_fields=["external_id"])
        content = content_key("" if article.title_made else article.title, Text(article.body))
        keys = keys_of(article.source.name, article.external_id, article.url, content)
        for key in {keys.id, keys.url} - taken - {""}:
            taken.add(key)
            waiting.append(Identity(key=key, article_id=article.pk))
        # Of articles with one text those are known by it that are known by nothing else.
        rank = 1 if keys.id or keys.url else 0
        texts[keys.text] = min(texts.get(keys.text, (2, 0)), (rank, article.pk))
    waiting += [Identity(key=key, article_id=pk) for key, (_rank, pk) in texts.items()]
    Identity.objects.bulk_create(waiting, batch_size=1000)
    ImportRun = apps.get_model("articles", "ImportRun")
    ImportRun.objects.filter(finished_at__isnull=False).update(state="finished")
    ImportRun.objects.filter(finished_at__isnull=True).update(state="interrupted")


class Migration(migrations.Migration):
    dependencies = [("articles", "0002_imports")]

    operations = [migrations.RunPython(keep_what_is_known, migrations.RunPython.noop)]
