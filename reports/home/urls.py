"""Addresses of home and search."""

from django.urls import path

from reports.home import views

urlpatterns = [
    path("home/", views.home, name="home"),
    path("search/", views.search, name="search"),
]
