"""Addresses of replacements of mentors."""

from django.urls import path

from programs.changes.replacement import views

urlpatterns = [
    path("pairings/<int:pk>/replacement/new/", views.new, name="replacement_new"),
    path("changes/replacement/<int:pk>/edit/", views.edit, name="replacement_edit"),
    path("changes/replacement/<int:pk>/return/", views.bring_back, name="replacement_return"),
]
