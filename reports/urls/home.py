"""Addresses of home."""

urlpatterns = []
