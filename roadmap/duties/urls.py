"""Addresses of duties."""

from django.urls import path

from roadmap.duties import views

urlpatterns = [
    path("roadmap/duties/", views.duties, name="duties"),
    path("roadmap/duties/new/", views.new, name="duty_new"),
    path("roadmap/duties/samples/", views.samples, name="duty_samples"),
    path("roadmap/duties/<int:pk>/", views.duty, name="duty"),
    path("roadmap/duties/<int:pk>/edit/", views.edit, name="duty_edit"),
    path("roadmap/duties/<int:pk>/end/", views.end, name="duty_end"),
    path("roadmap/duties/dates/<int:pk>/", views.occurrence, name="occurrence"),
]
