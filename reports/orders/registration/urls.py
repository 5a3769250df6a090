"""Addresses of the journal of registration."""

from django.urls import path

from reports.orders.registration import views

urlpatterns = [
    path("orders/journal/", views.journal, name="orders_journal"),
    path("orders/journal/pdf/", views.journal_pdf, name="orders_journal_pdf"),
    path("orders/journal/number/", views.number_new, name="number_new"),
]
