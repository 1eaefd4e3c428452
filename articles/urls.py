"""Addresses that are the same in every interface language: exports, the icon."""

from django.urls import path

from articles.views import export, machines

urlpatterns = [
    path("export.csv", export.export, name="export"),
    path("favicon.ico", machines.favicon, name="favicon"),
]
