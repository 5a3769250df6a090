"""Addresses of statistics."""

from django.urls import path

from reports.statistics import views

urlpatterns = [
    path("statistics/", views.page, name="statistics"),
    path("statistics/pdf/", views.pdf, name="statistics_pdf"),
    path("statistics/keep/", views.keep, name="statistics_keep"),
    path("statistics/list/<slug:code>/", views.listed, name="statistics_list"),
    path("statistics/notes/", views.notes, name="statistics_notes"),
    path("statistics/notes/<int:pk>/", views.note, name="statistics_note"),
    path("statistics/notes/<int:pk>/pdf/", views.note_pdf, name="statistics_note_pdf"),
]
