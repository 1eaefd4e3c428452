"""The one app of this site."""

from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    """Articles, what is found in them, and the search over them."""

    name = "articles"
    verbose_name = "Diplomacy search"

    def ready(self) -> None:
        """Keep what is compiled of the gazetteer beside the database."""
        from django.conf import settings

        from articles import enrichment

        enrichment.keep_in(settings.DATA_DIR / "gazetteer")
