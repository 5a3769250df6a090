"""The address of handing a program over to another curator."""

from django.urls import path

from programs.changes.curatorship import views

urlpatterns = [path("programs/<int:pk>/changes/curator/", views.new, name="curator_new")]
