"""Addresses of a talk with the council."""

from django.urls import path

from programs.requests.kinds.council_talk import views

urlpatterns = [
    path("requests/<int:pk>/move/", views.move, name="talk_move"),
    path("requests/<int:pk>/held/", views.held, name="talk_held"),
    path("requests/<int:pk>/confirm/", views.confirm, name="talk_confirm"),
]
