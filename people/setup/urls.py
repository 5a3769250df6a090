"""Addresses of the first start."""

from django.urls import path

from people.setup import views

urlpatterns = [
    path("setup/", views.resume, name="setup"),
    path("setup/step/<str:step>/", views.step, name="setup_step"),
    path("setup/finish/", views.finish, name="setup_finish"),
    path("setup/<str:token>/", views.begin, name="setup_begin"),
]
