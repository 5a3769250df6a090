"""Addresses of acts of destruction of personal data."""

from django.urls import path

from people.consents.destruction import views

urlpatterns = [
    path("consents/destructions/", views.register, name="destructions"),
    path("consents/destructions/<int:pk>/", views.destruction, name="destruction"),
    path("consents/destructions/<int:pk>/approve/", views.approve, name="destruction_approve"),
    path("consents/destructions/<int:pk>/decline/", views.decline, name="destruction_decline"),
    path("consents/destructions/<int:pk>/act.pdf", views.paper, name="destruction_paper"),
    path("consents/destructions/<int:pk>/log.xlsx", views.log, name="destruction_log"),
    path("consents/destructions/records/", views.new_of_records, name="destruction_records"),
    path("people/<int:pk>/destruction/", views.new, name="destruction_new"),
]
