"""Addresses of acquaintance with orders."""

from django.urls import path

from reports.orders.acquaintance import views

urlpatterns = [
    path("orders/<int:pk>/remind/", views.order_remind, name="order_remind"),
    path("orders/<int:pk>/sheet/", views.order_sheet, name="order_sheet"),
    path("orders/acquaintances/<int:pk>/read/", views.acquaintance_read, name="acquaintance_read"),
    path("orders/acquaintances/<int:pk>/sign/", views.acquaintance_sign, name="acquaintance_sign"),
    path("orders/acquaintances/<int:pk>/sheet/", views.acquaintance_sheet, name="acquaintance_sheet"),
    path("orders/acquaintances/<int:pk>/remind/", views.acquaintance_remind, name="acquaintance_remind"),
    path("acquaintance/protocols/<int:pk>/", views.protocol, name="protocol"),
]
