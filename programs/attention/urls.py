"""Addresses of the attention to programs."""

from django.urls import path

from programs.attention import views

urlpatterns = [path("programs/attention/", views.attention, name="attention")]
