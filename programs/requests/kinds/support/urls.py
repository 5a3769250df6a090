"""Addresses of those without a pair and of a moved term."""

from django.urls import path

from programs.requests.kinds.support import views

urlpatterns = [
    path("without-a-pair/", views.supports, name="supports"),
    path("requests/<int:pk>/prolong/", views.prolong, name="support_prolong"),
]
