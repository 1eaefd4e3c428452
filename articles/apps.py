"""The one app of this site."""

from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    """Articles, what is found in them, and the search over them."""

    name = "articles"
    verbose_name = "Diplomacy search"
