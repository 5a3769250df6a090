"""Addresses of the notice to Роскомнадзор."""

from django.urls import path

from people.consents.operator import views

urlpatterns = [
    path("consents/operator/", views.notice, name="operator"),
    path("consents/operator/edit/", views.edit, name="operator_edit"),
    path("consents/operator/notice.pdf", views.paper, name="operator_paper"),
]
