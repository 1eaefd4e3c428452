"""Addresses that are the same in every interface language: exports, the icon."""

from django.urls import path

from articles import views

urlpatterns = [
    path("export.csv", views.export, name="export"),
    path("favicon.ico", views.favicon, name="favicon"),
]
