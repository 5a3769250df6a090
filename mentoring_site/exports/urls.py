"""Addresses of lists that are made in the background."""

from django.urls import path

from mentoring_site.exports import views

app_name = "exports"
urlpatterns = [
    path("exports/new/", views.new, name="new"),
    path("exports/<int:pk>/", views.export, name="export"),
    path("exports/<int:pk>/progress/", views.progress, name="progress"),
    path("exports/<int:pk>/file/", views.file, name="file"),
]
