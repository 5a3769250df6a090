"""Addresses of the Положение."""

from django.urls import path

from roadmap.regulation import views

urlpatterns = [
    path("roadmap/regulation/", views.regulation, name="regulation"),
]
