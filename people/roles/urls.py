"""Addresses of roles; roles are given in people/access, where one asks and another releases."""

from django.urls import path

from people.roles import head_views, views

urlpatterns = [
    path("settings/roles/", views.roles, name="roles"),
    path("settings/roles/<int:pk>/end/", views.role_end, name="role_end"),
    path("people/departments/<int:pk>/head/", head_views.head, name="department_head"),
    path("people/department-heads/<int:pk>/end/", head_views.head_end, name="department_head_end"),
]
