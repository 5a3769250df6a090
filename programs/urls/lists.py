"""Addresses of the editable lists."""

from django.urls import path

from programs.views import lists

urlpatterns = [
    path("settings/lists/", lists.index, name="lists"),
    path("settings/lists/<slug:what>/new/", lists.entry, name="lists_new"),
    path("settings/lists/<slug:what>/<int:pk>/", lists.entry, name="lists_edit"),
]
