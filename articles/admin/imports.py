"""What became of every import: to read, not to change."""

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.admin.bounded_search import BoundedSearchMixin
from articles.models import ImportEntry, ImportRun


class ReadOnlyMixin:
    """Nobody adds, changes or deletes these by hand."""

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyMixin, admin.ModelAdmin):
    """One import, with its numbers; its entries are a list of their own, for there can be many thousands."""

    list_display = ("__str__", "user", "finished_at", "created", "updated", "unchanged", "failed")
    list_select_related = ("user",)
    date_hierarchy = "started_at"
    fields = ("started_at", "finished_at", "user", "paths", "created", "updated", "unchanged", "failed", "entries_link")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        outcomes = ImportEntry.Outcome.values
        counts = {f"{name}_count": Count("entries", filter=Q(entries__outcome=name)) for name in outcomes}
        return super().get_queryset(request).annotate(**counts)

    @admin.display(ordering="created_count")
    def created(self, run: ImportRun) -> int:
        """How many articles are new."""
        return run.created_count

    @admin.display(ordering="updated_count")
    def updated(self, run: ImportRun) -> int:
        """How many known articles changed."""
        return run.updated_count

    @admin.display(ordering="unchanged_count")
    def unchanged(self, run: ImportRun) -> int:
        """How many were known as they are."""
        return run.unchanged_count

    @admin.display(ordering="failed_count")
    def failed(self, run: ImportRun) -> int:
        """How many records or files could not be imported."""
        return run.failed_count

    @admin.display(description="entries")
    def entries_link(self, run: ImportRun) -> SafeString:
        """Links to the entries of this import, and to the failed ones alone."""
        address = f"{reverse('admin:articles_importentry_changelist')}?run__id__exact={run.pk}"
        return format_html('<a href="{}">all</a> · <a href="{}&outcome__exact=failed">failed</a>', address, address)


@admin.register(ImportEntry)
class ImportEntryAdmin(BoundedSearchMixin, ReadOnlyMixin, admin.ModelAdmin):
    """What became of one record."""

    list_display = ("file", "record", "outcome", "reason", "article", "run")
    list_filter = ("outcome", ("run", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("article", "run")
    search_fields = ("file", "reason")
