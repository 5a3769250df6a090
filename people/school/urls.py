"""Addresses of the school's particulars and of its calendar of working days."""

from django.urls import path

from people.school import views, workday_views

urlpatterns = [
    path("settings/school/", views.school, name="school"),
    path("settings/workdays/", workday_views.workdays, name="workdays"),
    path("settings/workdays/new/", workday_views.day_new, name="workday_new"),
    path("settings/workdays/<int:pk>/remove/", workday_views.day_remove, name="workday_remove"),
]
