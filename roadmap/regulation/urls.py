"""Addresses of the Положение."""

from django.urls import path

from roadmap.regulation import views

urlpatterns = [
    path("regulation/<int:pk>/", views.regulation_version, name="regulation_version"),
    path("roadmap/regulation/", views.regulation, name="regulation"),
]
