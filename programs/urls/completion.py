"""Addresses of completion."""

urlpatterns = []
