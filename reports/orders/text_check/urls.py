"""Addresses of the check of an order's text."""

from django.urls import path

from reports.orders.text_check import views

urlpatterns = [
    path("orders/<int:pk>/text/", views.text_check, name="order_text"),
    path("orders/<int:pk>/text/<slug:key>/", views.overrule, name="order_overrule"),
    path("orders/text/<int:pk>/again/", views.take_up, name="order_take_up"),
]
