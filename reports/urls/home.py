"""Addresses of home and search."""

from django.urls import path

from reports.views import home

urlpatterns = [
    path("home/", home.home, name="home"),
    path("search/", home.search, name="search"),
]
