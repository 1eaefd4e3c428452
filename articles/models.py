"""What is kept: articles, where they came from, the gazetteer, and the tags between them.

Nothing here imports anything else of the app, and nothing happens in `save()` that the importer can do in sight.
"""

import datetime

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import slugify


class Source(models.Model):
    """Who published: a site, a channel, a feed. `slug` is its value in addresses and in the index."""

    name = models.CharField(max_length=200, unique=True)
    slug = models.SlugField(max_length=100, unique=True, allow_unicode=True)
    homepage = models.URLField(max_length=500, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Country(models.Model):
    """A country by its ISO 3166-1 alpha-2 code (also XK Kosovo and EU European Union). Names to show come from CLDR."""

    code = models.CharField(max_length=2, primary_key=True)
    name = models.CharField(max_length=100, help_text="In English, for lists in the admin.")

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "countries"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("country", args=[self.code])


class Kept(models.TextChoices):
    """Who a row of the gazetteer belongs to: the data files may change theirs, never what an editor made or dropped."""

    FILE = "file", "from the data files"
    EDITOR = "editor", "by an editor"
    DROPPED = "dropped", "dropped by an editor"


class CountryName(models.Model):
    """One way to name a country in one language."""

    class Kind(models.TextChoices):
        """What sort of name it is; FORM is matched exactly as written, NOT is a phrase that names no country."""

        NAME = "name", "name"
        ADJECTIVE = "adjective", "adjective or inhabitant"
        CAPITAL = "capital", "capital"
        GOVERNMENT = "government", "government"
        PLACE = "place", "place or territory"
        FORM = "forms", "exact form"
        NOT = "not", "not this country"

    country = models.ForeignKey(Country, on_delete=models.CASCADE, related_name="names")
    language = models.CharField(max_length=10)
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.CharField(max_length=120)
    kept = models.CharField(max_length=7, choices=Kept, default=Kept.EDITOR)

    class Meta:
        ordering = ["country", "language", "kind", "id"]
        constraints = [
            models.UniqueConstraint(fields=["country", "language", "kind", "text"], name="one_row_a_country_name")
        ]

    def __str__(self) -> str:
        return self.text


class Minister(models.Model):
    """A person who held or holds the office. `slug` is fixed at creation: addresses and saved searches rely on it."""

    name = models.CharField(max_length=200, help_text="Full name in Latin letters, as shown.")
    slug = models.SlugField(max_length=120, unique=True)
    wikidata_id = models.CharField(max_length=20, blank=True)
    kept = models.CharField(max_length=7, choices=Kept, default=Kept.EDITOR)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("minister", args=[self.slug])


class MinisterName(models.Model):
    """A further spelling of a minister's full name, in any script. Russian ones stand in the nominative."""

    class Script(models.TextChoices):
        LATIN = "latin", "Latin"
        ARABIC = "arabic", "Arabic"
        CYRILLIC = "cyrillic", "Cyrillic"

    minister = models.ForeignKey(Minister, on_delete=models.CASCADE, related_name="names")
    script = models.CharField(max_length=10, choices=Script)
    text = models.CharField(max_length=200)
    kept = models.CharField(max_length=7, choices=Kept, default=Kept.EDITOR)

    class Meta:
        ordering = ["minister", "script", "id"]
        constraints = [models.UniqueConstraint(fields=["minister", "text"], name="one_row_a_minister_name")]

    def __str__(self) -> str:
        return self.text


class Tenure(models.Model):
    """An office held for a country from a day to a day.

    `start` and `end` are kept as known: YYYY, YYYY-MM or YYYY-MM-DD; an empty `end` means in office.
    """

    class Office(models.TextChoices):
        FOREIGN_MINISTER = "foreign-minister", "foreign minister"

    minister = models.ForeignKey(Minister, on_delete=models.CASCADE, related_name="tenures")
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="tenures")
    office = models.CharField(max_length=40, choices=Office, default=Office.FOREIGN_MINISTER)
    start = models.CharField(max_length=10, help_text="YYYY, YYYY-MM or YYYY-MM-DD")
    end = models.CharField(max_length=10, blank=True, help_text="YYYY, YYYY-MM or YYYY-MM-DD; empty: in office")
    kept = models.CharField(max_length=7, choices=Kept, default=Kept.EDITOR)

    class Meta:
        ordering = ["country", "start"]
        constraints = [
            models.UniqueConstraint(fields=["minister", "country", "office", "start"], name="one_row_a_tenure")
        ]

    def __str__(self) -> str:
        return f"{self.minister}, {self.country}, {self.start} to {self.end or 'today'}"


class Official(models.Model):
    """Someone who is often taken for a foreign minister and is none: a spokesperson, a deputy, a head of government."""

    name = models.CharField(max_length=200)
    country = models.ForeignKey(Country, on_delete=models.CASCADE, related_name="officials")
    role = models.CharField(max_length=100)
    spellings = models.JSONField(default=list, blank=True, help_text="Full names in any script, a list of strings.")
    kept = models.CharField(max_length=7, choices=Kept, default=Kept.EDITOR)

    class Meta:
        ordering = ["country", "name"]
        constraints = [models.UniqueConstraint(fields=["country", "name"], name="one_row_an_official")]

    def __str__(self) -> str:
        return f"{self.name} ({self.role})"


class Topic(models.Model):
    """A subject of the desk, with weighted phrases by which it is found."""

    slug = models.SlugField(max_length=60, unique=True)
    names = models.JSONField(default=dict, help_text='Names to show, by language: {"en": "Energy", …}.')
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="children")
    kept = models.CharField(max_length=7, choices=Kept, default=Kept.EDITOR)

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name_in("en")

    def get_absolute_url(self) -> str:
        return reverse("topic", args=[self.slug])

    def name_in(self, language: str) -> str:
        """Return the name in `language` (BCP 47, its first part counts), else in English, else the slug."""
        names = self.names if isinstance(self.names, dict) else {}
        return names.get(language.split("-")[0]) or names.get("en") or self.slug


class TopicPhrase(models.Model):
    """A phrase that speaks for a topic. Weight 3 is enough by itself, 2 needs company, 1 only supports."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="phrases")
    language = models.CharField(max_length=10)
    text = models.CharField(max_length=120)
    weight = models.PositiveSmallIntegerField(default=2, choices=[(1, "1"), (2, "2"), (3, "3")])
    kept = models.CharField(max_length=7, choices=Kept, default=Kept.EDITOR)

    class Meta:
        ordering = ["topic", "language", "-weight", "text"]
        constraints = [models.UniqueConstraint(fields=["topic", "language", "text"], name="one_row_a_topic_phrase")]

    def __str__(self) -> str:
        return self.text


class GazetteerVersion(models.Model):
    """One row whose number every change of the gazetteer raises, so that processes know when theirs is old."""

    number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)


class ImportRun(models.Model):
    """One import: who, when, what, and what became of every record (see ImportEntry)."""

    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)
    paths = models.TextField(help_text="What was given to import, one path a line.")

    class Meta:
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return f"Import {self.pk} of {self.started_at:%Y-%m-%d %H:%M}"


class Original(models.Model):
    """A file as it came, kept under its SHA-256 in DATA_DIR/originals. It has no address on the site."""

    sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=255, help_text="The file's own name, without folders.")
    size = models.PositiveBigIntegerField(help_text="bytes")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ArticleQuerySet(models.QuerySet):
    """Articles, in the words of the site."""

    def visible(self) -> "ArticleQuerySet":
        """Only what everybody may see."""
        return self.filter(visible=True)

    def with_tags(self) -> "ArticleQuerySet":
        """With source, original and all tags that hold, in a fixed number of queries."""
        return self.select_related("source", "original").prefetch_related(
            models.Prefetch("country_tags", CountryTag.objects.filter(removed=False).select_related("country")),
            models.Prefetch("minister_tags", MinisterTag.objects.filter(removed=False).select_related("minister")),
            models.Prefetch("topic_tags", TopicTag.objects.filter(removed=False).select_related("topic")),
        )


class Article(models.Model):
    """One article, clean and dated. `body` is paragraphs parted by a blank line, without the title."""

    class DatePrecision(models.TextChoices):
        MINUTE = "minute", "minute"
        DAY = "day", "day"
        MONTH = "month", "month"
        NONE = "none", "no date"

    class DateKind(models.TextChoices):
        STATED = "stated", "stated by the source"
        INFERRED = "inferred", "inferred from the text"
        NONE = "none", "no date"

    # Where a record comes from: importing the same record again updates this row. See importing/loader.py.
    identity = models.CharField(max_length=64, unique=True, editable=False)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="articles")
    url = models.CharField(max_length=2000, blank=True, help_text="As imported.")
    external_id = models.CharField(max_length=200, blank=True, help_text="The id in the imported file.")
    title = models.CharField(max_length=500)
    title_made = models.BooleanField(default=False, help_text="Made from the text: the document has no headline.")
    body = models.TextField()
    language = models.CharField(max_length=10, blank=True, help_text="BCP 47, e.g. en, ar, ru; empty: unknown.")
    published_at = models.DateTimeField(null=True, blank=True, help_text="UTC; the first moment of a day or month.")
    date_precision = models.CharField(max_length=6, choices=DatePrecision, default=DatePrecision.NONE)
    date_kind = models.CharField(max_length=8, choices=DateKind, default=DateKind.NONE)
    byline = models.CharField(max_length=300, blank=True)
    forwarded_from = models.CharField(max_length=200, blank=True)
    original = models.ForeignKey(Original, null=True, blank=True, on_delete=models.SET_NULL, related_name="articles")
    body_hash = models.CharField(max_length=64, db_index=True, editable=False, help_text="Of the normalised body.")
    copy_group = models.CharField(
        max_length=64, blank=True, db_index=True, editable=False, help_text="Articles with the same text share it."
    )
    visible = models.BooleanField(default=True)
    import_run = models.ForeignKey(ImportRun, null=True, blank=True, on_delete=models.SET_NULL, related_name="articles")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-id"]
        indexes = [models.Index(fields=["-published_at", "-id"], name="article_newest_first")]
        permissions = [("export_article", "Can export articles as CSV")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("article", args=[self.pk, self.slug])

    @property
    def slug(self) -> str:
        """The last part of the address, from the title; it only decorates."""
        return slugify(self.title, allow_unicode=True)[:80].strip("-") or "article"

    @cached_property
    def date_text(self) -> str:
        """The date as precise as it is known: `2024-07-25T14:03Z`, `2024-07-25`, `2024-07` or empty (UTC, ISO 8601)."""
        if self.published_at is None:
            return ""
        moment = self.published_at.astimezone(datetime.UTC)
        formats = {"minute": "%Y-%m-%dT%H:%MZ", "day": "%Y-%m-%d", "month": "%Y-%m"}
        return moment.strftime(formats[self.date_precision]) if self.date_precision in formats else ""


class ArticleTag(models.Model):
    """What the three kinds of tags have in common.

    `evidence` lists where in the text the tag stands: `[field, start, end]` with field `title` or `body` and offsets in
    characters. `by_editor` and `removed` are a person's word, which tagging again never undoes.
    """

    count = models.PositiveIntegerField(default=0, help_text="How often it stands in the text.")
    main = models.BooleanField(default=False, help_text="A main subject of the article.")
    evidence = models.JSONField(default=list, blank=True)
    by_editor = models.BooleanField(default=False)
    removed = models.BooleanField(default=False)

    class Meta:
        abstract = True


class CountryTag(ArticleTag):
    """A country named in an article."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="country_tags")
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="article_tags")

    class Meta:
        ordering = ["-main", "-count", "country"]
        constraints = [models.UniqueConstraint(fields=["article", "country"], name="one_tag_a_country")]

    def __str__(self) -> str:
        return str(self.country)


class MinisterTag(ArticleTag):
    """A foreign minister of an article: named in the text, or (`by_role`) resolved from the office and the date."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="minister_tags")
    minister = models.ForeignKey(Minister, on_delete=models.PROTECT, related_name="article_tags")
    by_role = models.BooleanField(default=False)

    class Meta:
        ordering = ["by_role", "-main", "-count", "minister"]
        constraints = [models.UniqueConstraint(fields=["article", "minister"], name="one_tag_a_minister")]

    def __str__(self) -> str:
        return str(self.minister)


class TopicTag(ArticleTag):
    """A topic that an article touches."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="topic_tags")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="article_tags")

    class Meta:
        ordering = ["-main", "-count", "topic"]
        constraints = [models.UniqueConstraint(fields=["article", "topic"], name="one_tag_a_topic")]

    def __str__(self) -> str:
        return str(self.topic)


class ImportEntry(models.Model):
    """What became of one record, or of a whole file that could not be read."""

    class Outcome(models.TextChoices):
        CREATED = "created", "created"
        UPDATED = "updated", "updated"
        UNCHANGED = "unchanged", "unchanged"
        FAILED = "failed", "failed"

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="entries")
    file = models.CharField(max_length=500)
    record = models.PositiveIntegerField(default=0, help_text="Number in the file, from 1; 0: the file as a whole.")
    outcome = models.CharField(max_length=9, choices=Outcome)
    reason = models.CharField(max_length=500, blank=True)
    article = models.ForeignKey(Article, null=True, blank=True, on_delete=models.SET_NULL)

    class Meta:
        ordering = ["run", "id"]
        verbose_name_plural = "import entries"

    def __str__(self) -> str:
        return f"{self.file} {self.record}: {self.outcome}"


class SavedSearch(models.Model):
    """A search that somebody follows: its parameters as in the address, never an engine's query."""

    class Frequency(models.TextChoices):
        NEVER = "never", "never"
        DAILY = "daily", "daily"
        WEEKLY = "weekly", "weekly"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches")
    name = models.CharField(max_length=200)
    parameters = models.CharField(max_length=2000, help_text="The search's address behind the question mark.")
    frequency = models.CharField(max_length=6, choices=Frequency, default=Frequency.NEVER)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "saved searches"

    def __str__(self) -> str:
        return self.name
