"""The address of a look at a personal file."""

from django.urls import path

from programs.requests.kinds.personal_file import views

urlpatterns = [path("requests/<int:pk>/look/", views.look, name="personal_file_look")]
