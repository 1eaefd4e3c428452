"""What of an article goes into the index. Haystack fixes this file's name and place."""

from django.db.models import QuerySet
from haystack import indexes

from articles.models import Article

UNDATED = -(2**62)


class ArticleIndex(indexes.SearchIndex, indexes.Indexable):
    """One document an article: its words, and beside them codes and slugs. Names to show are never indexed."""

    text = indexes.CharField(document=True, model_attr="body")
    title = indexes.CharField()
    language = indexes.CharField(model_attr="language")
    moment = indexes.IntegerField()  # seconds since 1970, UTC; UNDATED without a date
    visible = indexes.BooleanField(model_attr="visible")
    group = indexes.CharField(model_attr="copy_group")
    country = indexes.MultiValueField()
    minister = indexes.MultiValueField()
    topic = indexes.MultiValueField()
    source = indexes.MultiValueField()
    lang = indexes.MultiValueField()
    about = indexes.MultiValueField()

    def get_model(self) -> type[Article]:
        return Article

    def index_queryset(self, using: str | None = None) -> QuerySet[Article]:
        """All articles, hidden ones too (they are left out of answers), with what a document needs."""
        return Article.objects.with_tags()

    def prepare_title(self, article: Article) -> str:
        # A made title repeats the text: its words would count twice.
        return "" if article.title_made else article.title

    def prepare_moment(self, article: Article) -> int:
        return UNDATED if article.published_at is None else int(article.published_at.timestamp())

    def prepare_country(self, article: Article) -> list[str]:
        return [tag.country_id for tag in article.country_tags.all()]

    def prepare_minister(self, article: Article) -> list[str]:
        return [tag.minister.slug for tag in article.minister_tags.all()]

    def prepare_topic(self, article: Article) -> list[str]:
        return [tag.topic.slug for tag in article.topic_tags.all()]

    def prepare_source(self, article: Article) -> list[str]:
        return [article.source.slug]

    def prepare_lang(self, article: Article) -> list[str]:
        return [article.language] if article.language else []

    def prepare_about(self, article: Article) -> list[str]:
        return [
            *(f"country:{tag.country_id}" for tag in article.country_tags.all() if tag.main),
            *(f"minister:{tag.minister.slug}" for tag in article.minister_tags.all() if tag.main),
            *(f"topic:{tag.topic.slug}" for tag in article.topic_tags.all() if tag.main),
        ]
