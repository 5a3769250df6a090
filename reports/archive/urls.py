"""Addresses of the inventory of files."""

from django.urls import path

from reports.archive import views

urlpatterns = [path("settings/files/", views.files, name="files")]
