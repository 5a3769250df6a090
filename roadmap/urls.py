"""Addresses of the roadmap and the regulation."""

app_name = "roadmap"
urlpatterns = []
