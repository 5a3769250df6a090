"""Addresses of the overview of acquaintance and of acts over many of its papers."""

from django.urls import path

from reports.documents.acquaintance import views

urlpatterns = [
    path("acquaintance/", views.overview, name="acquaintance"),
    path("people/<int:pk>/acquaintance/", views.of_person, name="person_readings"),
    path("acquaintance/remind/", views.remind_many, name="acquaintance_remind_many"),
    path("acquaintance/print/", views.print_sheets, name="acquaintance_print"),
    path("acquaintance/record/", views.record_sheets, name="acquaintance_record"),
]
