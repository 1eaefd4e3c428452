"""Addresses that are the same in every interface language: exports, feeds, what browsers and crawlers ask for."""

from django.contrib.sitemaps import views as sitemap_views
from django.urls import path

from articles.sitemaps import SECTIONS
from articles.views import export, feed, machines

urlpatterns = [
    path("export.csv", export.export, name="export"),
    path("feed.atom", feed.feed, name="feed"),
    path("favicon.ico", machines.favicon, name="favicon"),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", sitemap_views.index, {"sitemaps": SECTIONS, "sitemap_url_name": "sitemap_section"}, "sitemap"),
    path("sitemap-<section>.xml", sitemap_views.sitemap, {"sitemaps": SECTIONS}, "sitemap_section"),
]
