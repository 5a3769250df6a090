"""Addresses of consents."""

from django.urls import path

from people.consents import register_views, views

urlpatterns = [
    path("consents/", register_views.register, name="consents"),
    path("consents/texts/", register_views.editions, name="consent_editions"),
    path("consents/texts/ask/", register_views.ask_everybody, name="consent_editions_ask"),
    path("consents/forms/", views.empty_form, name="consent_form"),
    path("consents/mine/", views.mine, name="my_consents"),
    path("consents/<int:pk>/", views.consent, name="consent"),
    path("consents/<int:pk>/edition/", register_views.ask_edition, name="consent_edition"),
    path("consents/<int:pk>/attach/", views.attach, name="consent_attach"),
    path("consents/<int:pk>/scan/", views.scan, name="consent_scan"),
    path("consents/<int:pk>/words/", views.words, name="consent_words"),
    path("people/<int:pk>/consents/", views.person_consents, name="person_consents"),
    path("people/<int:pk>/consents/new/", views.consent_new, name="consent_new"),
    path("people/<int:pk>/consents/blank/", views.blank, name="consent_blank"),
    path("people/<int:pk>/consents/ask/", views.ask, name="consent_ask"),
]
