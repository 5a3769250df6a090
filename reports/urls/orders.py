"""Addresses of orders."""

urlpatterns = []
