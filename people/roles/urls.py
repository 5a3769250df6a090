"""Addresses of roles."""

from django.urls import path

from people.roles import views

urlpatterns = [
    path("settings/roles/", views.roles, name="roles"),
    path("settings/roles/give/", views.role_give, name="role_give"),
    path("settings/roles/acting/", views.acting, name="acting"),
    path("settings/roles/<int:pk>/end/", views.role_end, name="role_end"),
]
