"""Addresses of the public section."""

app_name = "public"
urlpatterns = []
