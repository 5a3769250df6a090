"""Addresses of the table of terms of keeping."""

from django.urls import path

from people.retention import views

urlpatterns = [
    path("settings/retention/", views.table, name="retention"),
    path("settings/retention/new/", views.new, name="retention_new"),
    path("settings/retention/<int:pk>/", views.term, name="retention_term"),
    path("settings/retention/<int:pk>/close/", views.close, name="retention_close"),
    path("settings/retention/<int:pk>/reopen/", views.reopen, name="retention_reopen"),
]
