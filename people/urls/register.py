"""Addresses of register."""

urlpatterns = []
