"""Addresses of the pages about letters."""

from django.urls import path

from people.letters import views

urlpatterns = [
    path("settings/mail/", views.mail, name="mail"),
    path("settings/mail/test/", views.mail_test, name="mail_test"),
    path("settings/mail/letters/", views.journal, name="letters"),
    path("settings/mail/letters/<int:pk>/again/", views.letter_again, name="letter_again"),
]
