"""Addresses of pages, under the reader's language."""

from django.urls import path

from articles.views import about, article, citing, imported, machines, searching, subjects

urlpatterns = [
    path("", searching.search, name="search"),
    path("suggestions/", searching.suggestions, name="suggestions"),
    path("filters/<str:name>/", searching.facet, name="facet"),
    path("articles/<int:pk>/", article.article, name="article_short"),
    path("articles/<int:pk>/<str:slug>/", article.article, name="article"),
    path("countries/", subjects.countries, name="countries"),
    path("countries/<str:code>/", subjects.country, name="country"),
    path("ministers/", subjects.ministers, name="ministers"),
    path("ministers/<str:slug>/", subjects.minister, name="minister"),
    path("topics/", subjects.topics, name="topics"),
    path("topics/<str:slug>/", subjects.topic, name="topic"),
    path("help/", about.search_help, name="help"),
    path("articles/<int:pk>/<str:slug>/imported/", imported.imported, name="article_imported"),
    path("articles/<int:pk>/<str:slug>/cite.<str:ending>", citing.cite, name="cite"),
    path("opensearch.xml", machines.opensearch, name="opensearch"),
    path("suggestions.json", machines.suggestions, name="suggestions_json"),
]
