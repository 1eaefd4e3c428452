"""What became of every import: to read, not to change."""

from collections.abc import Callable

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.admin.bounded_search import BoundedSearchMixin
from articles.models import BoilerplateLine, ImportEntry, ImportRun


class ReadOnlyMixin:
    """Nobody adds, changes or deletes these by hand."""

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


def _count(outcome: str, description: str) -> Callable[[admin.ModelAdmin, ImportRun], int]:
    """Return a column of the list: how many entries of a run had an outcome."""

    @admin.display(description=description, ordering=f"{outcome}_count")
    def column(model_admin: admin.ModelAdmin, run: ImportRun) -> int:
        return getattr(run, f"{outcome}_count")

    return column


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyMixin, admin.ModelAdmin):
    """One import, with its numbers; its entries are a list of their own, for there can be many thousands."""

    numbers = ("created", "copies", "updated", "unchanged", "empty", "failed")
    list_display = ("__str__", "state", "user", "finished_at", *numbers)
    list_filter = ("state",)
    list_select_related = ("user",)
    date_hierarchy = "started_at"
    fields = ("state", "started_at", "finished_at", "user", "paths", "retry_of", *numbers, "entries_link", "again")

    created = _count("created", "created")
    copies = _count("copy", "near-copies")
    updated = _count("updated", "updated")
    unchanged = _count("unchanged", "unchanged")
    empty = _count("empty", "empty")
    failed = _count("failed", "failed")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        outcomes = ImportEntry.Outcome.values
        counts = {f"{name}_count": Count("entries", filter=Q(entries__outcome=name)) for name in outcomes}
        return super().get_queryset(request).annotate(**counts)

    @admin.display(description="entries")
    def entries_link(self, run: ImportRun) -> SafeString:
        """Links to the entries of this import, and to those alone that want looking at."""
        address = f"{reverse('admin:articles_importentry_changelist')}?run__id__exact={run.pk}"
        return format_html(
            '<a href="{0}">all</a> · <a href="{0}&outcome__exact=failed">failed</a> · '
            '<a href="{0}&outcome__exact=copy">near-copies</a> · <a href="{0}&outcome__exact=note">notes</a>',
            address,
        )

    @admin.display(description="another try")
    def again(self, run: ImportRun) -> str:
        """How the failed records are tried again."""
        return f"python manage.py import_articles --retry {run.pk}" if run.failed_count else "nothing failed"


@admin.register(ImportEntry)
class ImportEntryAdmin(BoundedSearchMixin, ReadOnlyMixin, admin.ModelAdmin):
    """What became of one record."""

    list_display = ("file", "where", "outcome", "reason", "article")
    list_filter = ("outcome", ("run", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("article",)
    search_fields = ("file", "reason")

    @admin.display(description="place", ordering="record")
    def where(self, entry: ImportEntry) -> str:
        """Where in the file the record stands."""
        return entry.place or (f"record {entry.record}" if entry.record else "the whole file")


@admin.register(BoilerplateLine)
class BoilerplateLineAdmin(BoundedSearchMixin, admin.ModelAdmin):
    """Lines that are left out of a source's articles: learned by imports, or given here. Unticked, a line stays."""

    list_display = ("text", "source", "active", "articles", "seen", "learned_at")
    list_editable = ("active",)
    list_filter = ("active", ("source", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("source",)
    search_fields = ("text", "source__name")
    autocomplete_fields = ("source",)
    fields = ("source", "text", "active", "articles", "seen", "learned_at")
    readonly_fields = ("articles", "seen", "learned_at")
