"""Addresses of acquaintance."""

from django.urls import path

from reports.documents.acquaintance import views

urlpatterns = [
    path("orders/<int:pk>/remind/", views.order_remind, name="order_remind"),
    path("orders/<int:pk>/sheet/", views.order_sheet, name="order_sheet"),
    path("orders/acquaintances/<int:pk>/sign/", views.acquaintance_sign, name="acquaintance_sign"),
    path("acquaintance/", views.overview, name="acquaintance"),
    path("acquaintance/protocols/<int:pk>/", views.protocol, name="protocol"),
]
