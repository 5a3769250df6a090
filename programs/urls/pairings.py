"""Addresses of pairings."""

urlpatterns = []
