"""Addresses of the overview."""

from django.urls import path

from reports.figures import views

urlpatterns = [
    path("overview/", views.page, name="figures"),
    path("overview/pdf/", views.pdf, name="figures_pdf"),
]
