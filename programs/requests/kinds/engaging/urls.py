"""Addresses of hours of engaged teachers."""

from django.urls import path

from programs.requests.kinds.engaging import views

urlpatterns = [
    path("requests/<int:pk>/hours/new/", views.work_new, name="engaged_work_new"),
    path("engaged-work/<int:pk>/confirm/", views.work_confirm, name="engaged_work_confirm"),
    path("engaged-work/<int:pk>/drop/", views.work_drop, name="engaged_work_drop"),
]
