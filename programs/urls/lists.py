"""Addresses of lists."""

urlpatterns = []
