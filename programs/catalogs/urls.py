"""Addresses of the editable lists."""

from django.urls import path

from programs.catalogs import views

urlpatterns = [
    path("settings/lists/", views.index, name="lists"),
    path("settings/lists/<slug:what>/new/", views.entry, name="lists_new"),
    path("settings/lists/<slug:what>/<int:pk>/", views.entry, name="lists_edit"),
]
