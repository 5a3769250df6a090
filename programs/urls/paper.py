"""Addresses of paper."""

urlpatterns = []
