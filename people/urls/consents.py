"""Addresses of consents."""

from django.urls import path

from people.views import consents

urlpatterns = [
    path("consents/", consents.register, name="consents"),
    path("consents/mine/", consents.mine, name="my_consents"),
    path("consents/<int:pk>/", consents.consent, name="consent"),
    path("consents/<int:pk>/withdraw/", consents.withdraw, name="consent_withdraw"),
    path("consents/<int:pk>/attach/", consents.attach, name="consent_attach"),
    path("consents/<int:pk>/scan/", consents.scan, name="consent_scan"),
    path("consents/<int:pk>/words/", consents.words, name="consent_words"),
    path("people/<int:pk>/consents/", consents.person_consents, name="person_consents"),
    path("people/<int:pk>/consents/new/", consents.consent_new, name="consent_new"),
    path("people/<int:pk>/consents/blank/", consents.blank, name="consent_blank"),
    path("people/<int:pk>/consents/ask/", consents.ask, name="consent_ask"),
]
