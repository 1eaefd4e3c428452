"""Addresses that are the same in every interface language: exports."""

from django.urls import path

from articles import views

urlpatterns = [
    path("export.csv", views.export, name="export"),
]
