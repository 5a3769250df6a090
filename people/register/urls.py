"""Addresses of persons, their places of work, organisations and departments."""

from django.urls import path

from people.register import person_views, views

urlpatterns = [
    path("people/new/", person_views.person_new, name="person_new"),
    path("people/organisations/", views.organisations, name="organisations"),
    path("people/organisations/new/", views.organisation, name="organisation_new"),
    path("people/organisations/<int:pk>/", views.organisation, name="organisation"),
    path("people/departments/new/", views.department, name="department_new"),
    path("people/departments/<int:pk>/", views.department, name="department"),
    path("people/employments/<int:pk>/", person_views.employment_edit, name="employment_edit"),
    path("people/<int:pk>/edit/", person_views.person_edit, name="person_edit"),
    path("people/<int:pk>/rename/", person_views.person_rename, name="person_rename"),
    path("people/<int:pk>/names/", person_views.person_names, name="person_names"),
    path("people/<int:pk>/employments/new/", person_views.employment_new, name="employment_new"),
]
