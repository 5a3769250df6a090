"""Address of the overview of acquaintance."""

from django.urls import path

from reports.documents.acquaintance import views

urlpatterns = [path("acquaintance/", views.overview, name="acquaintance")]
