"""Addresses of consents, their withdrawals and acts of destruction."""

from django.urls import path

from people.views import consent_register, consents, destructions, withdrawals

urlpatterns = [
    path("consents/", consent_register.register, name="consents"),
    path("consents/texts/", consent_register.editions, name="consent_editions"),
    path("consents/texts/ask/", consent_register.ask_everybody, name="consent_editions_ask"),
    path("consents/forms/", consents.empty_form, name="consent_form"),
    path("consents/withdrawals/", withdrawals.register, name="withdrawals"),
    path("consents/withdrawals/<int:pk>/done/", withdrawals.done, name="withdrawal_done"),
    path("consents/destructions/", destructions.register, name="destructions"),
    path("consents/destructions/<int:pk>/", destructions.destruction, name="destruction"),
    path("consents/destructions/<int:pk>/approve/", destructions.approve, name="destruction_approve"),
    path("consents/destructions/<int:pk>/decline/", destructions.decline, name="destruction_decline"),
    path("consents/destructions/<int:pk>/act.pdf", destructions.paper, name="destruction_paper"),
    path("consents/destructions/<int:pk>/log.xlsx", destructions.log, name="destruction_log"),
    path("consents/mine/", consents.mine, name="my_consents"),
    path("consents/<int:pk>/", consents.consent, name="consent"),
    path("consents/<int:pk>/withdraw/", withdrawals.withdraw, name="consent_withdraw"),
    path("consents/<int:pk>/withdrawal.pdf", withdrawals.form, name="consent_withdrawal_form"),
    path("consents/<int:pk>/edition/", consent_register.ask_edition, name="consent_edition"),
    path("consents/<int:pk>/attach/", consents.attach, name="consent_attach"),
    path("consents/<int:pk>/scan/", consents.scan, name="consent_scan"),
    path("consents/<int:pk>/words/", consents.words, name="consent_words"),
    path("people/<int:pk>/consents/", consents.person_consents, name="person_consents"),
    path("people/<int:pk>/consents/new/", consents.consent_new, name="consent_new"),
    path("people/<int:pk>/consents/blank/", consents.blank, name="consent_blank"),
    path("people/<int:pk>/consents/ask/", consents.ask, name="consent_ask"),
    path("people/<int:pk>/destruction/", destructions.new, name="destruction_new"),
]
