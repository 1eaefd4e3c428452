"""What is kept: articles, where they came from, the gazetteer, and the tags between them.

Nothing here imports anything else of the app, and nothing happens in `save()` that the importer can do in sight.
"""

import datetime
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import slugify


def validate_time_zone(name: str) -> None:
    """Raise ValidationError for what is no time zone of the IANA database."""
    try:
        ZoneInfo(name)
    except (ValueError, KeyError, OSError):
        raise ValidationError("There is no such time zone; Europe/Madrid is one.") from None


class Source(models.Model):
    """Who published: a site, a channel, a feed. `slug` is its value in addresses and in the index."""

    name = models.CharField(max_length=200, unique=True)
    slug = models.SlugField(max_length=100, unique=True, allow_unicode=True)
    homepage = models.URLField(max_length=500, blank=True)
    time_zone = models.CharField(
        max_length=50,
        blank=True,
        validators=[validate_time_zone],
        help_text="Of clock times that come without one, e.g. Europe/Madrid; empty: the program's setting.",
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class BoilerplateLine(models.Model):
    """A line that stands in many articles of a source and says nothing of them: left out where it stands at an end."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="boilerplate")
    text = models.CharField(max_length=400)
    articles = models.PositiveIntegerField(default=0, help_text="In so many articles it stood when it was learned.")
    seen = models.PositiveIntegerField(default=0, help_text="Among so many articles of the source.")
    active = models.BooleanField(default=True, help_text="Left out; untick to keep it in articles from now on.")
    pending = models.BooleanField(default=False, editable=False, help_text="Not yet taken out of older articles.")
    learned_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["source", "-articles", "id"]
        constraints = [models.UniqueConstraint(fields=["source", "text"], name="one_row_a_boilerplate_line")]

    def __str__(self) -> str:
        return self.text


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
        HISTORIC = "historic", "name or adjective of a former state"
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
    threshold = models.PositiveSmallIntegerField(
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(9)],
        help_text="The score that makes a tag, 1 to 9: higher tags fewer articles.",
    )
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
    """A phrase that speaks for a topic. Weight 3 is enough by itself, 2 needs company, 1 only supports.

    A negative weight speaks against it, and no shorter phrase inside counts. Words behind "=" stand as they are
    written.
    """

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="phrases")
    language = models.CharField(max_length=10)
    text = models.CharField(max_length=120)
    weight = models.SmallIntegerField(
        default=2,
        choices=[
            (3, "3: enough by itself"),
            (2, "2: needs company"),
            (1, "1: only supports"),
            (-1, "-1: speaks a little against it"),
            (-2, "-2: speaks against it"),
            (-3, "-3: speaks strongly against it"),
        ],
    )
    kept = models.CharField(max_length=7, choices=Kept, default=Kept.EDITOR)

    class Meta:
        ordering = ["topic", "language", "-weight", "text"]
        constraints = [models.UniqueConstraint(fields=["topic", "language", "text"], name="one_row_a_topic_phrase")]

    def __str__(self) -> str:
        return self.text


class GazetteerVersion(models.Model):
    """One row whose numbers changes of the gazetteer raise, so that processes know when theirs is old.

    `settled` is raised by answers to office questions, which change no name: what is compiled of these stays good.
    """

    number = models.PositiveBigIntegerField(default=0)
    settled = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)


class ImportRun(models.Model):
    """One import: who, when, what, and what became of every record (see ImportEntry)."""

    class State(models.TextChoices):
        """INTERRUPTED: it was stopped or killed; what it had imported stays."""

        RUNNING = "running", "running"
        FINISHED = "finished", "finished"
        INTERRUPTED = "interrupted", "interrupted"

    state = models.CharField(max_length=11, choices=State, default=State.RUNNING)
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)
    paths = models.TextField(help_text="What was given to import, one path a line.")
    retry_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="retries")

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


# So many rows are asked for, or written, in one query.
TOGETHER = 1000


class ArticleQuerySet(models.QuerySet):
    """Articles, in the words of the site."""

    def visible(self) -> "ArticleQuerySet":
        """Only what everybody may see."""
        return self.filter(visible=True)

    _wants_tags = False

    def with_tags(self) -> "ArticleQuerySet":
        """With source and all tags that hold, in a fixed number of queries.

        Django's prefetch_related makes a queryset for each article and kind of tag, which takes longer than the queries
        themselves.
        """
        found = self.select_related("source")
        found._wants_tags = True
        return found

    def _clone(self) -> "ArticleQuerySet":
        clone: ArticleQuerySet = super()._clone()  # type: ignore[misc]
        clone._wants_tags = self._wants_tags
        return clone

    def _fetch_all(self) -> None:
        fetched = self._result_cache is not None
        super()._fetch_all()
        if self._wants_tags and not fetched:
            _load_tags(self._result_cache or ())

    def _iterator(self, use_chunked_fetch: bool, chunk_size: int | None) -> Iterator[Any]:
        rows = super()._iterator(use_chunked_fetch, chunk_size)  # type: ignore[misc]
        if not self._wants_tags:
            yield from rows
            return
        while some := list(islice(rows, chunk_size or TOGETHER)):
            _load_tags(some)
            yield from some


class _Loaded(models.QuerySet):
    """The tags of one article, loaded; what narrows or orders them asks the database for those of this article."""

    article_id = 0

    def _chain(self) -> Any:
        return self.model._default_manager.using(self.db).filter(removed=False, article=self.article_id)


def _load_tags(rows: Sequence[Any]) -> None:
    """Load the tags that hold for those of `rows` that are articles, as prefetch_related would."""
    articles = [row for row in rows if isinstance(row, Article)]
    for start in range(0, len(articles), TOGETHER):
        some = articles[start : start + TOGETHER]
        kinds: tuple[tuple[str, Any, str], ...] = (
            ("country_tags", CountryTag, "country"),
            ("minister_tags", MinisterTag, "minister"),
            ("topic_tags", TopicTag, "topic"),
        )
        for name, model, of in kinds:
            hold = model.objects.filter(removed=False)
            query, database = hold.query, hold.db
            by_article: dict[int, list[Any]] = {article.pk: [] for article in some}
            for tag in hold.filter(article__in=list(by_article)).select_related(of):
                by_article[tag.article_id].append(tag)
            for article in some:
                loaded: Any = _Loaded(model, query, database)
                loaded.article_id = article.pk
                loaded._result_cache, loaded._prefetch_done = by_article[article.pk], True
                for tag in by_article[article.pk]:
                    tag._state.fields_cache["article"] = article
                article.__dict__.setdefault("_prefetched_objects_cache", {})[name] = loaded


class Article(models.Model):
    """One article, clean and dated. `body` is paragraphs parted by a blank line, without the title."""

    class DatePrecision(models.TextChoices):
        MINUTE = "minute", "minute"
        DAY = "day", "day"
        MONTH = "month", "month"
        YEAR = "year", "year"
        NONE = "none", "no date"

    class DateKind(models.TextChoices):
        STATED = "stated", "stated by the source"
        INFERRED = "inferred", "inferred from the text"
        NONE = "none", "no date"

    class Extent(models.TextChoices):
        """How much of an article this is; SHORT: under twenty words."""

        FULL = "full", "whole text"
        SUMMARY = "summary", "summary only"
        SHORT = "short", "short post"

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="articles")
    url = models.CharField(max_length=2000, blank=True, help_text="As imported.")
    external_id = models.CharField(max_length=200, blank=True, help_text="The id within its source.")
    title = models.CharField(max_length=500)
    title_made = models.BooleanField(default=False, help_text="Made from the text: the document has no headline.")
    body = models.TextField()
    language = models.CharField(max_length=10, blank=True, help_text="BCP 47, e.g. en, ar, ru; empty: unknown.")
    published_at = models.DateTimeField(
        null=True, blank=True, help_text="UTC; the first moment of a day, month or year."
    )
    date_precision = models.CharField(max_length=6, choices=DatePrecision, default=DatePrecision.NONE)
    date_kind = models.CharField(max_length=8, choices=DateKind, default=DateKind.NONE)
    byline = models.CharField(max_length=300, blank=True)
    forwarded_from = models.CharField(max_length=200, blank=True)
    reply_to = models.CharField(max_length=200, blank=True, help_text="The id of the post that this one answers.")
    edited_at = models.DateTimeField(null=True, blank=True, help_text="UTC; when the source last changed it.")
    extent = models.CharField(max_length=7, choices=Extent, default=Extent.FULL)
    original = models.ForeignKey(Original, null=True, blank=True, on_delete=models.SET_NULL, related_name="articles")
    body_hash = models.CharField(max_length=64, db_index=True, editable=False, help_text="Of the normalised body.")
    copy_group = models.CharField(
        max_length=64, blank=True, db_index=True, editable=False, help_text="Equal and nearly equal texts share it."
    )
    visible = models.BooleanField(default=True)
    tagged_with = models.CharField(
        max_length=40, blank=True, editable=False, help_text="The state of gazetteer and rules that its tags are of."
    )
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
        """The date as precise as it is known: `2024-07-25T14:03Z` (UTC), `2024-07-25`, `2024-07`, `2024` or empty."""
        if self.published_at is None:
            return ""
        moment = self.published_at.astimezone(datetime.UTC)
        if self.date_precision == "minute":
            return f"{moment.isoformat()[:16]}Z"
        length = {"day": 10, "month": 7, "year": 4}.get(self.date_precision, 0)
        return moment.date().isoformat()[:length]


class Identity(models.Model):
    """What an article is known by when it comes again: a hash of its id, its address or its text.

    See importing/identity.py. An article may have several; none leads to two articles. `shared`: several articles were
    found under it, so that it identifies none of them.
    """

    key = models.CharField(max_length=40, primary_key=True)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="identities")
    shared = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "identities"

    def __str__(self) -> str:
        return self.key


class UnindexedQuerySet(models.QuerySet):
    """What no index has learned, in words for whoever changes articles and for whoever tells the index."""

    def mark(self, keys: Iterable[int]) -> None:
        """Note that the articles with these keys change: in the transaction that changes them."""
        stamp = secrets.randbits(62)
        rows: list[Any] = [Unindexed(article_id=pk, stamp=stamp) for pk in sorted(set(keys))]
        self.bulk_create(rows, TOGETHER, update_conflicts=True, unique_fields=["article"], update_fields=["stamp"])

    def marks(self, keys: Sequence[int] | None = None) -> dict[int, int]:
        """Return the marks that there are now, of some articles or of all: key -> stamp."""
        if keys is None:
            return dict(self.values_list("pk", "stamp"))
        found: dict[int, int] = {}
        for start in range(0, len(keys), TOGETHER):
            found.update(self.filter(pk__in=keys[start : start + TOGETHER]).values_list("pk", "stamp"))
        return found

    def settle(self, marks: Mapping[int, int]) -> None:
        """Take away marks, read before the articles were, of which the index has learned now.

        Those that were set anew meanwhile stay: the index may have learned an older state.
        """
        by_stamp: dict[int, list[int]] = {}
        for pk, stamp in marks.items():
            by_stamp.setdefault(stamp, []).append(pk)
        for stamp, keys in by_stamp.items():
            for start in range(0, len(keys), TOGETHER):
                self.filter(stamp=stamp, pk__in=keys[start : start + TOGETHER]).delete()


class Unindexed(models.Model):
    """That an article changed and the index has not learned of it yet. Written with the change.

    `stamp` tells one change from the next.
    """

    article = models.OneToOneField(Article, on_delete=models.CASCADE, primary_key=True, related_name="unindexed")
    stamp = models.BigIntegerField(default=0)

    objects = UnindexedQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "unindexed articles"

    def __str__(self) -> str:
        return str(self.pk)


class TextSketch(models.Model):
    """A text as near-copies of it are found: one row for all articles with this body. See importing/sketches.py."""

    body_hash = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return self.body_hash


class SketchBand(models.Model):
    """One of the numbers of a sketch; texts that share one may be near-copies."""

    value = models.IntegerField(db_index=True)
    sketch = models.ForeignKey(TextSketch, on_delete=models.CASCADE, related_name="bands")

    def __str__(self) -> str:
        return str(self.value)


class ArticleTag(models.Model):
    """What the three kinds of tags have in common.

    `evidence` lists where in the text the tag stands: `[field, start, end, rule]` with field `title` or `body`,
    offsets in characters, and the rule by which it was found (enrichment/tags.py). `by_editor` and `removed` are a
    person's word, which tagging again never undoes.
    """

    count = models.PositiveIntegerField(default=0, help_text="How often it stands in the text.")
    main = models.BooleanField(default=False, help_text="A main subject of the article.")
    evidence = models.JSONField(default=list, blank=True)
    uncertain = models.BooleanField(
        default=False, db_index=True, help_text="Little speaks for it: an editor may want to look."
    )
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


class OfficeQuestion(models.Model):
    """Who was foreign minister of a country, where a text names only the office and more than one may be meant.

    Handover weeks, acting ministers, rival governments. An editor answers once, for all articles of these days; an
    answer without a minister means nobody. `first` and `last` are the days that the articles' date may mean.
    """

    country = models.ForeignKey(Country, on_delete=models.CASCADE, related_name="office_questions")
    first = models.DateField()
    last = models.DateField()
    candidates = models.ManyToManyField(Minister, related_name="office_questions")
    settled = models.BooleanField(default=False)
    answer = models.ForeignKey(Minister, null=True, blank=True, on_delete=models.PROTECT, related_name="office_answers")
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["settled", "-first", "country"]
        constraints = [models.UniqueConstraint(fields=["country", "first", "last"], name="one_office_question")]

    def __str__(self) -> str:
        days = f"{self.first}" if self.first == self.last else f"{self.first} to {self.last}"
        return f"Foreign minister of {self.country}, {days}"


class OfficeMention(models.Model):
    """That an article names an office whose holder is an open question; `evidence` as in a tag."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="office_mentions")
    question = models.ForeignKey(OfficeQuestion, on_delete=models.CASCADE, related_name="mentions")
    evidence = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "question"], name="one_mention_an_office_question")]

    def __str__(self) -> str:
        return str(self.question)


class ImportEntry(models.Model):
    """What became of one record, or of a whole file that could not be read.

    `original` and `path` say where its bytes are found again for another try: as they were kept, and where they lay.
    """

    class Outcome(models.TextChoices):
        """COPY: a new article, nearly the same text as another. EMPTY: nothing to import. NOTE: said of the file."""

        CREATED = "created", "created"
        COPY = "copy", "near-copy"
        UPDATED = "updated", "updated"
        UNCHANGED = "unchanged", "unchanged"
        EMPTY = "empty", "empty"
        FAILED = "failed", "failed"
        NOTE = "note", "note"

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="entries")
    file = models.CharField(max_length=500, help_text="With the archives and folders that it lies in.")
    path = models.CharField(max_length=1000, blank=True, help_text="Where the file lay; an upload's name.")
    original = models.ForeignKey(Original, null=True, blank=True, on_delete=models.SET_NULL, related_name="entries")
    record = models.PositiveIntegerField(default=0, help_text="Number in the file, from 1; 0: the file as a whole.")
    place = models.CharField(max_length=100, blank=True, help_text="Line, message or entry in the file.")
    outcome = models.CharField(max_length=9, choices=Outcome)
    reason = models.CharField(max_length=500, blank=True)
    article = models.ForeignKey(Article, null=True, blank=True, on_delete=models.SET_NULL)

    class Meta:
        ordering = ["run", "id"]
        indexes = [models.Index(fields=["run", "outcome"], name="entries_by_outcome")]
        verbose_name_plural = "import entries"

    def __str__(self) -> str:
        return f"{self.file} {self.place or self.record}: {self.outcome}"


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
