"""Addresses of running."""

urlpatterns = []
