"""Addresses of banks."""

urlpatterns = []
