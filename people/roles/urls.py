"""Addresses of roles; roles are given in people/access, where one asks and another releases."""

from django.urls import path

from people.roles import views

urlpatterns = [
    path("settings/roles/", views.roles, name="roles"),
    path("settings/roles/<int:pk>/end/", views.role_end, name="role_end"),
]
