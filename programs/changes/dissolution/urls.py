"""Address of the end of a pair without a program."""

from django.urls import path

from programs.changes.dissolution import views

urlpatterns = [path("pairings/<int:pk>/end/new/", views.new, name="dissolution_new")]
