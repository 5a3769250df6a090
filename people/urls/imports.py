"""Addresses of imports."""

urlpatterns = []
