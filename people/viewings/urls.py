"""The address of the journal of views."""

from django.urls import path

from people.viewings import views

urlpatterns = [path("people/<int:pk>/viewings/", views.viewings, name="person_viewings")]
