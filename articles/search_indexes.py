"""What of an article goes into the index. Haystack fixes this file's name and place."""

from django.db.models import QuerySet
from django.utils import timezone
from haystack import indexes

from articles.models import Article
from articles.text.days import covered_days, first_second

UNDATED = -(2**62)
NO_DAY = 0


class ArticleIndex(indexes.SearchIndex, indexes.Indexable):
    """One document an article: its words, and beside them codes and slugs. Names to show are never indexed."""

    # The index keeps the words of these two, never the texts themselves.
    text = indexes.CharField(document=True, model_attr="body", stored=False)
    title = indexes.CharField(stored=False)
    language = indexes.CharField(model_attr="language")
    # What articles are ordered by: seconds since 1970 of the minute, or of the first moment of the day in the site's
    # zone; UNDATED without a date.
    moment = indexes.IntegerField()
    # The same as a date, which the index reads out of `moment`: for filters, orders and facets of a SearchQuerySet.
    published_at = indexes.DateTimeField(null=True)
    # The days that the date covers in the site's zone, as ordinals (1 is 1 January of the year 1); NO_DAY without one.
    first_day = indexes.IntegerField()
    last_day = indexes.IntegerField()
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

    def read_queryset(self, using: str | None = None) -> QuerySet[Article]:
        """All articles, as the objects of results: in one query, whatever their number."""
        return Article.objects.select_related("source")

    def prepare_title(self, article: Article) -> str:
        # A made title repeats the text: its words would count twice.
        return "" if article.title_made else article.title

    def prepare_moment(self, article: Article) -> int:
        if article.published_at is None:
            return UNDATED
        return first_second(article.published_at, article.date_precision, timezone.get_default_timezone())

    def prepare_first_day(self, article: Article) -> int:
        return _days(article)[0]

    def prepare_last_day(self, article: Article) -> int:
        return _days(article)[1]

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


def _days(article: Article) -> tuple[int, int]:
    if article.published_at is None:
        return NO_DAY, NO_DAY
    first, last = covered_days(article.published_at, article.date_precision, timezone.get_default_timezone())
    return first.toordinal(), last.toordinal()
