"""Addresses of help; a topic comes last, its name may be anything."""

from django.urls import path

from reports.help import views

urlpatterns = [
    path("help/", views.index, name="help"),
    path("help/terms/", views.terms, name="terms"),
    path("help/terms/<slug:slug>/", views.term, name="term"),
    path("help/tours/seen/", views.tour_seen, name="tour_seen"),
    path("help/tours/off/", views.tours_off, name="tours_off"),
    path("help/tours/on/", views.tours_on, name="tours_on"),
    path("help/<slug:slug>/", views.topic, name="help_topic"),
]
