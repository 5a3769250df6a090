"""Addresses of withdrawals of consents."""

from django.urls import path

from people.consents.withdrawals import views

urlpatterns = [
    path("consents/withdrawals/", views.register, name="withdrawals"),
    path("consents/withdrawals/<int:pk>/answer.pdf", views.answer, name="withdrawal_answer"),
    path("consents/<int:pk>/withdraw/", views.withdraw, name="consent_withdraw"),
    path("consents/<int:pk>/withdrawal.pdf", views.form, name="consent_withdrawal_form"),
]
