"""Addresses of the portfolio."""

from django.urls import path

from reports.portfolio import views

urlpatterns = [path("people/<int:pk>/portfolio/", views.page, name="portfolio")]
