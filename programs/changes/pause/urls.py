"""Addresses of suspensions and resumptions."""

from django.urls import path

from programs.changes.pause import views

urlpatterns = [
    path("programs/<int:pk>/pause/new/", views.new, name="pause_new"),
    path("changes/pause/<int:pk>/resume/", views.resume, name="resume_new"),
]
