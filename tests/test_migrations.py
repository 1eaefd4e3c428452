"""An archive from before is known again after its database was brought up to date."""

from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from articles.importing.identity import content_key, keys_of
from articles.importing.sketches import Text


@pytest.mark.django_db(transaction=True)
def test_articles_from_before_keep_what_they_are_known_by() -> None:
    old = MigrationExecutor(connection).migrate([("articles", "0001_initial")]).apps
    source = old.get_model("articles", "Source").objects.create(name="S", slug="s")
    export = old.get_model("articles", "Original").objects.create(sha256="0" * 64, name="result.json", size=1)
    run = old.get_model("articles", "ImportRun")
    run.objects.create(paths="broken off")

    def make(identity: str, **fields: Any) -> int:
        values = {"title": "T", "body": "Some words.", "body_hash": "x", "identity": identity, **fields}
        return old.get_model("articles", "Article").objects.create(source=source, **values).pk

    by_id = make("1", external_id="7", url="https://e.org/x")
    post = make("2", external_id="42/9", title_made=True, original=export)
    by_text = make("3")
    make("4")  # the same text once more, as another file gave it
    make("hand-5", url="https://e.org/y")
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())

    from articles.models import Article, Identity, ImportRun

    keys = dict(Identity.objects.values_list("key", "article"))
    content = content_key("T", Text("Some words."))
    wanted = keys_of("S", "7", "https://e.org/x", content)
    assert keys == {
        wanted.id: by_id, wanted.url: by_id, wanted.text: by_text, keys_of("S", "9", "", content).id: post,
        keys_of("S", "9", "", content_key("", Text("Some words."))).text: post,
    }  # fmt: skip
    assert Article.objects.get(pk=post).external_id == "9"
    assert Article.objects.count() == 5
    assert ImportRun.objects.get().state == "interrupted"
