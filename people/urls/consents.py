"""Addresses of consents."""

urlpatterns = []
