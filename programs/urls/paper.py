"""Addresses of entering from paper."""

from django.urls import path

from programs.views import paper

urlpatterns = [path("pairings/paper/new/", paper.new, name="paper_new")]
