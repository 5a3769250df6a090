"""Addresses of entering from paper."""

from django.urls import path

from programs.paper_entry import views

urlpatterns = [path("pairings/paper/new/", views.new, name="paper_new")]
