"""Addresses of the list of people and of a person's page."""

from django.urls import path

from people.profile import views

urlpatterns = [
    path("people/<int:pk>/leaving/", views.leaving, name="leaving"),
    path("people/", views.people, name="register"),
    path("people/propose/mentees/", views.propose_mentees, name="propose_mentees"),
    path("people/propose/mentors/", views.propose_mentors, name="propose_mentors"),
    path("people/consents/print/", views.consents_print, name="consents_print"),
    path("people/consents/record/", views.consents_record, name="consents_record"),
    path("people/consents/ask/", views.consents_ask, name="consents_ask"),
    path("people/<int:pk>/", views.person, name="person"),
    path("people/<int:pk>/history/", views.person_history, name="person_history"),
]
