"""Searches that somebody follows."""

from django.contrib import admin

from articles.admin.bounded_search import BoundedSearchMixin
from articles.models import SavedSearch


@admin.register(SavedSearch)
class SavedSearchAdmin(BoundedSearchMixin, admin.ModelAdmin):
    """Who follows what, and how often."""

    list_display = ("name", "user", "parameters", "frequency", "created_at")
    list_filter = ("frequency",)
    list_select_related = ("user",)
    search_fields = ("name", "parameters", "user__username")
    autocomplete_fields = ("user",)
