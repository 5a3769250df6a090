"""Addresses of register."""

from django.urls import path

from people.views import person, register

urlpatterns = [
    path("people/", register.people, name="register"),
    path("people/new/", person.person_new, name="person_new"),
    path("people/organisations/", register.organisations, name="organisations"),
    path("people/organisations/new/", register.organisation, name="organisation_new"),
    path("people/organisations/<int:pk>/", register.organisation, name="organisation"),
    path("people/departments/new/", register.department, name="department_new"),
    path("people/departments/<int:pk>/", register.department, name="department"),
    path("people/employments/<int:pk>/", person.employment_edit, name="employment_edit"),
    path("people/<int:pk>/", person.person, name="person"),
    path("people/<int:pk>/edit/", person.person_edit, name="person_edit"),
    path("people/<int:pk>/history/", person.person_history, name="person_history"),
    path("people/<int:pk>/names/", person.person_names, name="person_names"),
    path("people/<int:pk>/employments/new/", person.employment_new, name="employment_new"),
]
