"""Addresses of the library."""

from django.urls import path

from roadmap.library import program_views, views

urlpatterns = [
    path("library/", views.library, name="library"),
    path("library/new/", views.new, name="material_new"),
    path("library/forms/<int:pk>/", views.of_form, name="library_form"),
    path("library/kinds/<int:pk>/", views.of_kind, name="library_kind"),
    path("library/<int:pk>/", views.material, name="material"),
    path("library/<int:pk>/edit/", views.edit, name="material_edit"),
    path("library/<int:pk>/submit/", views.submit, name="material_submit"),
    path("library/<int:pk>/review/", views.review, name="material_review"),
    path("library/<int:pk>/rework/", views.rework, name="material_rework"),
    path("library/<int:pk>/archive/", views.archive, name="material_archive"),
    path("library/<int:pk>/show/", views.show, name="material_show"),
    path("library/<int:pk>/suits/", views.suits, name="material_suits"),
    path("library/<int:pk>/prove/", program_views.prove, name="material_prove"),
    path("library/<int:pk>/take/", program_views.into_program, name="material_take"),
    path("programs/<int:pk>/library/take/", program_views.take, name="program_material_new"),
    path("library/taken/<int:pk>/drop/", program_views.drop, name="program_material_drop"),
]
