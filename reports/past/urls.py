"""Addresses of bringing in the past."""

from django.urls import path

from reports.past import views

urlpatterns = [
    path("past/", views.imports, name="past_imports"),
    path("past/sample.xlsx", views.sample_file, name="past_sample"),
    path("past/<int:pk>/", views.check, name="past_import"),
    path("past/<int:pk>/write/", views.write, name="past_write"),
    path("past/<int:pk>/progress/", views.progress, name="past_progress"),
    path("past/<int:pk>/take-back/", views.take_back, name="past_take_back"),
    path("past/<int:pk>/discard/", views.discard, name="past_discard"),
    path("past/<int:pk>/file/", views.file, name="past_file"),
]
