"""Addresses of school years."""

from django.urls import path

from reports.school_years import views

urlpatterns = [
    path("school-years/", views.years, name="school_years"),
    path("school-years/new/", views.new_year, name="new_school_year"),
]
