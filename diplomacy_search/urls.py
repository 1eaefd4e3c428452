"""The site's addresses. The pages stand under the reader's language (none for English)."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("articles.urls")),
    *i18n_patterns(path("", include("articles.page_urls")), prefix_default_language=False),
]
