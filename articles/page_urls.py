"""Addresses of pages, under the reader's language."""

from django.urls import path

from articles import views

urlpatterns = [
    path("", views.search, name="search"),
    path("articles/<int:pk>/", views.article, name="article_short"),
    path("articles/<int:pk>/<str:slug>/", views.article, name="article"),
    path("countries/", views.countries, name="countries"),
    path("countries/<str:code>/", views.country, name="country"),
    path("ministers/", views.ministers, name="ministers"),
    path("ministers/<str:slug>/", views.minister, name="minister"),
    path("topics/", views.topics, name="topics"),
    path("topics/<str:slug>/", views.topic, name="topic"),
    path("help/", views.search_help, name="help"),
]
