"""Addresses of the table of terms of keeping."""

from django.urls import path

from people.retention import views

urlpatterns = [
    path("settings/retention/", views.table, name="retention"),
    path("settings/retention/<int:pk>/", views.term, name="retention_term"),
]
