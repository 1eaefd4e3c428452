"""What tagging knows: countries, ministers with their tenures, officials, topics, and the sources of articles."""

from typing import ClassVar

from django.contrib import admin
from django.db import models
from django.db.models import Count, Q, QuerySet
from django.forms import BaseModelFormSet, ModelForm
from django.http import HttpRequest

from articles import reference
from articles.admin.bounded_search import BoundedSearchMixin
from articles.admin.previewing import PreviewMixin, minister_preview, topic_preview
from articles.admin.revival import RevivingForm, RevivingFormSet, RevivingInlineMixin
from articles.admin.topic_help import HOW_TOPICS_ARE_FOUND
from articles.forms import OfficialForm, TenureForm, TopicForm
from articles.models import (
    Country,
    CountryName,
    Kept,
    Minister,
    MinisterName,
    Official,
    Source,
    Tenure,
    Topic,
    TopicPhrase,
)


class KeptForm(RevivingForm):
    """A row that the data files may bring. Dropped, it stays marked, so that they do not bring it again."""

    taken_back = Q(kept=Kept.DROPPED)


class KeptFormSet(RevivingFormSet):
    """The rows of one gazetteer entry."""

    def mark_kept(self, row: models.Model) -> None:
        row.kept = Kept.EDITOR

    def mark_taken_back(self, row: models.Model) -> None:
        row.kept = Kept.DROPPED

    def save_existing(self, form: KeptForm, obj: models.Model, commit: bool = True) -> models.Model:
        """A row of the files whose key changes becomes two: the old one is dropped, else they would bring it back."""
        if obj.kept == Kept.FILE and set(form.key) & set(form.changed_data):
            type(obj)._default_manager.filter(pk=obj.pk).update(kept=Kept.DROPPED)
            form.instance.pk, form.instance._state.adding = None, True
        return super().save_existing(form, obj, commit=commit)


class KeptInline(RevivingInlineMixin, admin.TabularInline):
    """Rows of a gazetteer entry; `kept` says whose they are."""

    formset = KeptFormSet
    extra = 0
    readonly_fields = ("kept",)


class CountryNameForm(KeptForm):
    """A name of a country."""

    key: ClassVar[tuple[str, ...]] = ("language", "kind", "text")
    owner_columns = ("country_id",)


class CountryNameInline(KeptInline):
    """Names of a country."""

    model = CountryName
    form = CountryNameForm


class MinisterNameForm(KeptForm):
    """A spelling of a minister's name."""

    key: ClassVar[tuple[str, ...]] = ("text",)
    owner_columns = ("minister_id",)


class MinisterNameInline(KeptInline):
    """Spellings of a minister's name."""

    model = MinisterName
    form = MinisterNameForm


class TenureRowForm(KeptForm, TenureForm):
    """An office of a minister."""

    key: ClassVar[tuple[str, ...]] = ("country", "office", "start")
    owner_columns = ("minister_id",)


class TenureInline(KeptInline):
    """Offices of a minister."""

    model = Tenure
    form = TenureRowForm
    autocomplete_fields = ("country",)


class TopicPhraseForm(KeptForm):
    """A phrase of a topic."""

    key: ClassVar[tuple[str, ...]] = ("language", "text")
    owner_columns = ("topic_id",)


class TopicPhraseInline(KeptInline):
    """Phrases of a topic."""

    model = TopicPhrase
    form = TopicPhraseForm


class GazetteerAdmin(BoundedSearchMixin, admin.ModelAdmin):
    """An entry of the gazetteer. Every change raises the version, so that all processes tag by the new state."""

    def save_related(
        self, request: HttpRequest, form: ModelForm, formsets: list[BaseModelFormSet], change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        reference.raise_version()


class KeptAdmin(GazetteerAdmin):
    """An entry that the data files may bring: it is dropped, not deleted, and can be taken into use again."""

    actions = ("drop", "use_again")
    readonly_fields: tuple[str, ...] = ("kept",)

    def save_model(self, request: HttpRequest, obj: models.Model, form: ModelForm, change: bool) -> None:
        if form.changed_data and obj.kept != Kept.DROPPED:
            obj.kept = Kept.EDITOR
        super().save_model(request, obj, form, change)

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    @admin.action(description="Drop: tag no article with these from now on", permissions=["change"])
    def drop(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Take the chosen entries out of use; articles keep the tags that they have until they are tagged again."""
        self._mark(request, queryset, Kept.DROPPED, "dropped: articles are no longer tagged with it")

    @admin.action(description="Use again", permissions=["change"])
    def use_again(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Take the chosen entries into use again."""
        self._mark(request, queryset.filter(kept=Kept.DROPPED), Kept.EDITOR, "taken into use again")

    def _mark(self, request: HttpRequest, queryset: QuerySet, kept: Kept, said: str) -> None:
        entries = list(queryset)
        queryset.model._default_manager.filter(pk__in=[entry.pk for entry in entries]).update(kept=kept)
        reference.raise_version()
        for entry in entries:
            self.log_change(request, entry, said.capitalize())
        self.message_user(request, f"{len(entries)} {said}.")


class FixedSlugMixin:
    """The slug can be chosen once: addresses, the index and saved searches rely on it."""

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> tuple[str, ...]:
        fields = tuple(super().get_readonly_fields(request, obj))  # type: ignore[misc]
        return (*fields, "slug") if obj else fields

    def get_prepopulated_fields(self, request: HttpRequest, obj: models.Model | None = None) -> dict:
        return {} if obj else super().get_prepopulated_fields(request, obj)  # type: ignore[misc]


@admin.register(Source)
class SourceAdmin(BoundedSearchMixin, FixedSlugMixin, admin.ModelAdmin):
    """Who published."""

    list_display = ("name", "homepage", "time_zone", "articles_count")
    search_fields = ("name", "homepage")
    formfield_overrides: ClassVar = {models.URLField: {"assume_scheme": "https"}}
    prepopulated_fields = {"slug": ("name",)}

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(articles_count=Count("articles"))

    @admin.display(description="articles", ordering="articles_count")
    def articles_count(self, source: Source) -> int:
        """The number of articles, hidden ones included."""
        return source.articles_count


@admin.register(Country)
class CountryAdmin(GazetteerAdmin):
    """Countries are fixed by ISO 3166; their names in texts are not."""

    list_display = ("name", "code")
    search_fields = ("name", "=code")
    fields = ("code", "name")
    readonly_fields = ("code",)
    inlines = (CountryNameInline,)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Country | None = None) -> bool:
        return False


@admin.register(Minister)
class MinisterAdmin(PreviewMixin, FixedSlugMixin, KeptAdmin):
    """Ministers with the spellings of their names and the offices they held."""

    previewed = minister_preview
    list_display = ("name", "offices", "wikidata_id", "kept")
    list_filter = ("kept",)
    search_fields = ("name", "names__text", "slug", "=wikidata_id")
    fields = ("name", "slug", "wikidata_id", "kept")
    prepopulated_fields = {"slug": ("name",)}
    inlines = (MinisterNameInline, TenureInline)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).prefetch_related("tenures__country")

    @admin.display(description="offices")
    def offices(self, minister: Minister) -> str:
        """The countries and years of the offices that hold."""
        held = [tenure for tenure in minister.tenures.all() if tenure.kept != Kept.DROPPED]
        return ", ".join(f"{tenure.country} {tenure.start[:4]}–{tenure.end[:4]}" for tenure in held)


@admin.register(Topic)
class TopicAdmin(PreviewMixin, FixedSlugMixin, KeptAdmin):
    """Topics with the phrases by which they are found."""

    previewed = topic_preview
    form = TopicForm
    list_display = ("__str__", "slug", "parent", "kept")
    list_filter = ("kept",)
    list_select_related = ("parent",)
    search_fields = ("slug", "names")
    names = ("name_en", "slug", "name_ar", "name_ru", "name_es", "name_fr", "parent", "kept")
    fieldsets = (
        (None, {"fields": names}),
        ("How articles are found", {"fields": ("threshold",), "description": HOW_TOPICS_ARE_FOUND}),
    )
    inlines = (TopicPhraseInline,)


@admin.register(Official)
class OfficialAdmin(KeptAdmin):
    """People who are often taken for a foreign minister and are none."""

    form = OfficialForm
    list_display = ("name", "country", "role", "kept")
    list_filter = ("kept", "role")
    list_select_related = ("country",)
    search_fields = ("name", "spellings", "country__name")
    autocomplete_fields = ("country",)
    fields = ("name", "country", "role", "spellings", "kept")
