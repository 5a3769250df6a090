"""Addresses of the calendar of working days."""

from django.urls import path

from people.school import views

urlpatterns = [
    path("settings/workdays/", views.workdays, name="workdays"),
    path("settings/workdays/new/", views.day_new, name="workday_new"),
    path("settings/workdays/<int:pk>/remove/", views.day_remove, name="workday_remove"),
]
