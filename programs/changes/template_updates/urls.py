"""The address of what a changed sample would do to a program."""

from django.urls import path

from programs.changes.template_updates import views

urlpatterns = [path("programs/<int:pk>/template/", views.update, name="template_update")]
