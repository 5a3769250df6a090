"""Addresses of the list of people and of a person's page."""

from django.urls import path

from people.profile import views

urlpatterns = [
    path("people/<int:pk>/leaving/", views.leaving, name="leaving"),
    path("people/", views.people, name="register"),
    path("people/<int:pk>/", views.person, name="person"),
    path("people/<int:pk>/history/", views.person_history, name="person_history"),
]
