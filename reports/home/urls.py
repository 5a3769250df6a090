"""Addresses of home and search."""

from django.urls import path

from reports.home import views

urlpatterns = [
    path("home/", views.home, name="home"),
    path("home/later/", views.later, name="home_later"),
    path("home/later/<int:pk>/back/", views.back, name="home_back"),
    path("home/letter/", views.weekly_letter, name="weekly_letter"),
    path("search/", views.search, name="search"),
]
