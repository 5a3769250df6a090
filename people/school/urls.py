"""Addresses of the calendar of working days."""

from django.urls import path

from people.school import views

urlpatterns = [
    path("settings/workdays/", views.workdays, name="workdays"),
    path("settings/workdays/new/", views.day_new, name="workday_new"),
    path("settings/workdays/region/", views.region, name="workdays_region"),
    path("settings/workdays/region/<int:pk>/remove/", views.region_remove, name="workdays_region_remove"),
    path("settings/workdays/<int:pk>/remove/", views.day_remove, name="workday_remove"),
]
