"""Addresses of programs."""

urlpatterns = []
