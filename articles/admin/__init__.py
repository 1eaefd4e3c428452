"""The editors' desk: Django's own admin, with what this archive needs beside it."""

from django.contrib import admin

from articles.admin import article, gazetteer, imports, saved_searches

__all__ = ["article", "gazetteer", "imports", "saved_searches"]

admin.site.site_header = admin.site.site_title = "Diplomacy Search: editing"
