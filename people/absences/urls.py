"""Addresses of absences."""

from django.urls import path

from people.absences import views

urlpatterns = [
    path("people/<int:pk>/absences/", views.absences, name="person_absences"),
    path("absences/<int:pk>/remove/", views.remove, name="absence_remove"),
]
