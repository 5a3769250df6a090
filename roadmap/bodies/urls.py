"""Addresses of bodies."""

from django.urls import path

from roadmap.bodies import views

urlpatterns = [
    path("council/bodies/", views.bodies, name="bodies"),
    path("council/bodies/new/", views.edit, name="body_new"),
    path("council/bodies/<int:pk>/", views.body, name="body"),
    path("council/bodies/<int:pk>/edit/", views.edit, name="body_edit"),
    path("council/bodies/<int:pk>/members/new/", views.member_new, name="body_member_new"),
    path("council/members/<int:pk>/end/", views.member_end, name="body_member_end"),
]
