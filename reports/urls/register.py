"""Addresses of the journal, of signatures made outside, of stacks of scans and of acquaintance."""

from django.urls import path

from reports.views import register

urlpatterns = [
    path("orders/journal/", register.journal, name="orders_journal"),
    path("orders/journal/pdf/", register.journal_pdf, name="orders_journal_pdf"),
    path("orders/journal/number/", register.number_new, name="number_new"),
]
